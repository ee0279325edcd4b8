"""The commands. Everything heavy is imported inside them, so that help answers at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from concordant.cli.feeds import feeds_app
from concordant.cli.publishing import publishing
from concordant.cli.recording import recording
from concordant.cli.serving import web

app = typer.Typer(
    help="From news reports of political violence to a conflict record that can be defended.",
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
)  # fmt: skip
gazetteer_app = typer.Typer(help="The gazetteer: build the embedded one, add larger ones.", no_args_is_help=True)
app.add_typer(gazetteer_app, name="gazetteer")
app.add_typer(recording)
app.add_typer(publishing)
app.add_typer(feeds_app, name="feeds")
app.add_typer(web)

FORMATS = ("card", "json", "jsonl", "csv")
SCOPES = ("default", "all-violence")


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"concordant {version('concordant')}")
        raise typer.Exit


@app.callback()
def root(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    record: Annotated[
        Path | None,
        typer.Option("--record", dir_okay=False, help="The record's file ($CONCORDANT_RECORD, else in your data folder)."),
    ] = None,
) -> None:
    """From news reports of political violence to a conflict record that can be defended."""
    context.obj = {"record": record}


def _one_of(value: str, known: tuple[str, ...], name: str) -> str:
    if value not in known:
        raise typer.BadParameter(f"{value!r} is none of {', '.join(known)}", param_hint=name)
    return value


@app.command()
def code(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, .jsonl or .csv of reports, addresses, or - .")],
    format: Annotated[str, typer.Option("--format", help="card, json, jsonl or csv.")] = "card",
    published: Annotated[
        str | None,
        typer.Option("--published", help="Day of publication (YYYY-MM-DD) of reports that do not say theirs."),
    ] = None,
    workers: Annotated[int, typer.Option("--workers", min=1, help="Processes to code with.")] = 1,
    scope: Annotated[str, typer.Option("--scope", help="default (organised violence) or all-violence.")] = "default",
    codebook: Annotated[
        list[Path] | None,
        typer.Option(
            "--codebook", exists=True, file_okay=False, help="A folder of your own tables, laid over the built-in."
        ),
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", help="fr or en, where the text must not decide.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", dir_okay=False, help="Write here and not to the screen.")
    ] = None,
) -> None:
    """Code reports: the events they tell of, every value with the words that carry it."""
    from datetime import date

    from concordant.cli.coding import Job, run

    _one_of(format, FORMATS, "--format")
    _one_of(scope, SCOPES, "--scope")
    if language is not None:
        _one_of(language, ("fr", "en"), "--language")
    try:
        day = date.fromisoformat(published) if published else None
    except ValueError:
        raise typer.BadParameter(f"{published!r} is no day as YYYY-MM-DD", param_hint="--published") from None
    folders = tuple(str(folder) for folder in codebook or ())
    raise typer.Exit(run(Job(tuple(paths), format, day, workers, scope, folders, language, output)))


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Gold reports, one JSON line each.")],
    predictions: Annotated[
        Path | None,
        typer.Option(
            "--predictions", exists=True, dir_okay=False, help="Coded reports to score; without it they are coded now."
        ),
    ] = None,
    errors: Annotated[int, typer.Option("--errors", min=0, help="Show so many main events that are not exact.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    html: Annotated[Path | None, typer.Option("--html", dir_okay=False, help="Write a page of the misses.")] = None,
) -> None:
    """Score coded reports against gold ones, by field and language."""
    from concordant.cli.evaluating import run

    raise typer.Exit(run(gold, predictions, errors, as_json=as_json, html=html))


@app.command()
def benchmark(
    cases: Annotated[
        Path | None, typer.Option("--cases", exists=True, file_okay=False, help="Folder of cases (benchmark/cases).")
    ] = None,
    predictions: Annotated[
        Path | None,
        typer.Option(
            "--predictions", exists=True, dir_okay=False, help="Answers to score, a JSON line a case; else coded now."
        ),
    ] = None,
    field: Annotated[str, typer.Option("--field", help="One field only, such as toll.")] = "",
    language: Annotated[str, typer.Option("--language", help="fr or en only.")] = "",
    half: Annotated[str, typer.Option("--half", help="open or kept cases only.")] = "",
    failing: Annotated[bool, typer.Option("--failing", help="List the cases that fail, and why.")] = False,
    reports: Annotated[bool, typer.Option("--reports", help="Print the reports to be coded, and no figures.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Score the public benchmark of invented cases, by field and language."""
    from concordant.cli.benchmarking import Question, run
    from concordant.evaluation.cases import FIELDS, HALVES

    for value, known, name in (
        (field, FIELDS, "--field"), (language, ("fr", "en"), "--language"), (half, HALVES, "--half")
    ):  # fmt: skip
        _one_of(value, ("", *known), name)
    raise typer.Exit(run(Question(cases, predictions, field, language, half, failing, reports, as_json)))


@gazetteer_app.command("build")
def gazetteer_build() -> None:
    """Build the embedded gazetteer from its packages and the project's tables."""
    from concordant.places.build import build

    counts = build()
    typer.echo(f"gazetteer built: {sum(counts.values())} places")


@gazetteer_app.command("add")
def gazetteer_add(
    files: Annotated[
        list[Path], typer.Argument(exists=True, dir_okay=False, help="GeoNames country dumps or tables of your own.")
    ],
) -> None:
    """Add GeoNames country dumps (.txt, .gz, .zip) or tables with the columns of localities.tsv."""
    from concordant.codebook import CodebookError
    from concordant.places.importer import DumpError, add_dump

    failed = False
    for file in files:
        try:
            added = add_dump(file)
        except (DumpError, CodebookError) as error:
            typer.echo(f"not added: {error}", err=True)
            failed = True
        else:
            typer.echo(f"{file.name}: {added}")
    raise typer.Exit(1 if failed else 0)


@gazetteer_app.command("fetch")
def gazetteer_fetch(
    countries: Annotated[list[str], typer.Argument(help="ISO codes, such as ML BF NE.")],
    address: Annotated[str | None, typer.Option("--address", help="Where the country dumps lie.")] = None,
) -> None:
    """Fetch GeoNames country dumps and add them (needs internet)."""
    from concordant.cli.gazetteer_download import BASE_URL, download

    for country in countries:
        try:
            typer.echo(f"{country}: {download(country.upper(), address or BASE_URL)}")
        except (OSError, ValueError) as error:
            typer.echo(f"not fetched: {country}: {error}", err=True)
            raise typer.Exit(1) from None
