"""The commands over a record: `add`, `events`, `show`, `log`, rulings, and what keeps it safe."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from concordant.cli.opening import as_day, guarded, opened
from concordant.cli.options import AsOf, Codebook, Language, Scope, Why, Workers, choice

if TYPE_CHECKING:
    from concordant.record import Filters

EVENT_FORMATS = ("table", "csv", "json", "jsonl", "geojson")
recording = typer.Typer()


@recording.command()
@guarded
def add(
    context: typer.Context,
    sources: Annotated[list[str], typer.Argument(help="Files, folders, .jsonl, .csv, .warc.gz, addresses, or - .")],
    published: Annotated[str | None, typer.Option(help="Day of publication of reports that do not say theirs.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Outlet of reports that do not say theirs.")] = None,
    language: Language = None,
    workers: Workers = 1,
    scope: Scope = "default",
    codebook: Codebook = None,
    format: Annotated[str, typer.Option("--format", help="text, or jsonl: a line for each receipt and outcome.")] = "text",
    allow_private: Annotated[bool, typer.Option("--allow-private-network", hidden=True, help="Fetch from private addresses too: for tests.")] = False,
) -> None:
    """Take reports into the record: they are kept first, then read, coded and linked."""
    from concordant.cli.adding import run
    from concordant.fetching.polite import Polite
    from concordant.record import Intake

    choice(format, ("text", "jsonl"), "--format")
    day = as_day(published, "--published")
    intake = Intake(day, language, outlet, Polite(allow_private=allow_private))
    with opened(context, workers=workers, scope=scope, codebook=codebook) as record:
        raise typer.Exit(run(record, sources, intake, as_json=format == "jsonl"))


@recording.command()
@guarded
def events(
    context: typer.Context,
    format: Annotated[str, typer.Option("--format", help="table, csv, json, jsonl or geojson.")] = "table",
    as_of: AsOf = None,
    since: Annotated[str | None, typer.Option(help="First day (YYYY-MM-DD).")] = None,
    until: Annotated[str | None, typer.Option(help="Last day.")] = None,
    kind: Annotated[str | None, typer.Option(help="Kind of event.")] = None,
    country: Annotated[str | None, typer.Option(help="ISO code of the country.")] = None,
    admin1: Annotated[str | None, typer.Option(help="First division.")] = None,
    place: Annotated[str | None, typer.Option(help="Place or division, by name or gazetteer id.")] = None,
    actor: Annotated[str | None, typer.Option(help="Actor, by name or id.")] = None,
    killed: Annotated[int | None, typer.Option(help="Killed at least.")] = None,
    text: Annotated[str | None, typer.Option(help="Words that were told of it.")] = None,
    role: Annotated[str | None, typer.Option(help="main or background.")] = None,
    confidence: Annotated[float | None, typer.Option(help="Confidence at least.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Told by this outlet.")] = None,
    report: Annotated[str | None, typer.Option(help="Told by this report.")] = None,
    standing: Annotated[str, typer.Option(help="event; or sum, vague, not_event (set aside); or all.")] = "event",
    limit: Annotated[int | None, typer.Option(min=1, help="So many at most.")] = None,
    after: Annotated[str | None, typer.Option(help="Go on after this event.")] = None,
    oldest_first: Annotated[bool, typer.Option("--oldest-first", help="In the order of time.")] = False,
    output: Annotated[Path | None, typer.Option("--output", dir_okay=False, help="Write here.")] = None,
) -> None:
    """List events, newest first; --as-of gives the record as it was known then."""
    from concordant.cli.listing import write_events
    from concordant.record import Filters

    choice(format, EVENT_FORMATS, "--format")
    choice(standing, ("event", "sum", "vague", "not_event", "all"), "--standing")
    filters: Filters = Filters(
        since=since, until=until, kind=kind, country=country, admin1=admin1, place=place, actor=actor, killed=killed,
        text=text, role=role, confidence=confidence, outlet=outlet, report=report, standing=standing,
    )  # fmt: skip
    with opened(context) as record:
        found = record.events(filters, as_of=as_of, limit=limit, after=after, oldest_first=oldest_first)
        write_events(found, format, output)


@recording.command()
@guarded
def show(
    context: typer.Context,
    event: Annotated[str, typer.Argument(help="The event's id or the first characters of it; or a report's id.")],
    as_of: AsOf = None,
    format: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """The dossier of an event: every claim, who says it, what was decided and why."""
    from concordant.cli.dossiers import show_dossier

    choice(format, ("text", "json"), "--format")
    with opened(context) as record:
        show_dossier(record, event, as_of, as_json=format == "json")


@recording.command()
@guarded
def log(
    context: typer.Context,
    event: Annotated[str, typer.Argument(help="The event's id or the first characters of it.")],
    as_of: AsOf = None,
    format: Annotated[str, typer.Option("--format", help="text or jsonl.")] = "text",
) -> None:
    """Which report or ruling changed which value of an event, and when."""
    from concordant.cli.dossiers import show_log

    choice(format, ("text", "jsonl"), "--format")
    with opened(context) as record:
        show_log(record.log(event, as_of=as_of), as_json=format == "jsonl")


@recording.command()
@guarded
def link(
    context: typer.Context,
    one: Annotated[str, typer.Argument(help="An event or account.")],
    other: Annotated[str, typer.Argument(help="Another.")],
    why: Why,
) -> None:
    """Rule that two events (or accounts) are the same happening."""
    with opened(context) as record:
        record.link(one, other, why=why)
        typer.echo(f"one event: {record.event(_event_of(record, one)).id}")


@recording.command()
@guarded
def unlink(
    context: typer.Context,
    one: Annotated[str, typer.Argument(help="An event or account.")],
    other: Annotated[str, typer.Argument(help="An account that is not of it.")],
    why: Why,
) -> None:
    """Rule that two accounts, or an account and the rest of its event, are not the same happening."""
    with opened(context) as record:
        record.unlink(one, other, why=why)
        typer.echo(f"two events: {_event_of(record, one)} and {_event_of(record, other)}")


def _event_of(record: object, name: str) -> str:
    from concordant.record import Record

    assert isinstance(record, Record)
    return record.account_event(name) or record.event(name).id


@recording.command()
@guarded
def rule(
    context: typer.Context,
    subject: Annotated[str, typer.Argument(help="An event; with --irrelevant a report.")],
    why: Why,
    set_: Annotated[
        str | None, typer.Option("--set", help="FIELD=VALUE: casualties.killed=12 (or 10-14), date=2024-05-06, kind=ambush.")
    ] = None,
    reject: Annotated[str | None, typer.Option("--reject", help="A claim of `show` that is wrong.")] = None,
    not_event: Annotated[bool, typer.Option("--not-event", help="It is no event.")] = False,
    confirm: Annotated[bool, typer.Option("--confirm", help="The values are right.")] = False,
    irrelevant: Annotated[bool, typer.Option("--irrelevant", help="The report tells of nothing.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take the ruling back.")] = False,
    quote: Annotated[str | None, typer.Option("--quote", help="The words of a report, letter for letter, that carry what is --set.")] = None,
    which: Annotated[int | None, typer.Option("--which", min=1, help="Which of several places where the words stand: 1 for the first.")] = None,
) -> None:
    """Rule on an event: set a value, reject a claim, confirm it, or mark it as none; --undo takes it back."""
    from concordant.cli.ruling import Asked, decide

    asked = Asked(subject, set_, reject, not_event, confirm, irrelevant, undo, quote, which)
    with opened(context) as record:
        typer.echo(f"ruled: {decide(record, asked, why)}")


@recording.command()
@guarded
def skipped(
    context: typer.Context,
    what: Annotated[str | None, typer.Option(help="quarantined, irrelevant, passage or ruling.")] = None,
    as_of: AsOf = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Show so many at most.")] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Try what is quarantined again.")] = False,
    workers: Workers = 1,
    format: Annotated[str, typer.Option("--format", help="text or jsonl.")] = "text",
) -> None:
    """What was received and not coded, passages that were left, rulings that no longer fit, each with the reason."""
    from concordant.cli.adding import summary, try_again
    from concordant.cli.listing import write_skipped

    choice(format, ("text", "jsonl"), "--format")
    with opened(context, workers=workers) as record:
        if retry:
            raise typer.Exit(try_again(record))
        write_skipped(record.skipped(what=what, as_of=as_of, limit=limit), as_json=format == "jsonl")
        if format == "text":
            typer.echo(summary(record.counts(as_of=as_of)))


@recording.command()
@guarded
def verify(
    context: typer.Context,
    head: Annotated[str | None, typer.Option(help="The hash of an entry noted earlier: it must be in the log.")] = None,
) -> None:
    """Check the log's chain, every row and every document."""
    with opened(context) as record:
        verdict = record.verify()
        for problem in verdict.problems:
            typer.echo(f"E_VERIFY: {problem}", err=True)
        known = head is None or record.knows_head(head)
        if not known:
            typer.echo("E_VERIFY: the noted entry is not in the log: it was cut or written anew", err=True)
        typer.echo(f"{verdict.entries} entries, {verdict.rows} rows, {verdict.documents} documents; head {verdict.head}")
        raise typer.Exit(0 if verdict.whole and known else 1)


@recording.command()
@guarded
def backup(
    context: typer.Context, file: Annotated[Path, typer.Argument(dir_okay=False, help="Where to; it must not exist.")]
) -> None:
    """Copy the record while it is in use."""
    with opened(context) as record:
        typer.echo(f"{file}: copied; head {record.backup(file)}")


@recording.command()
@guarded
def restore(
    context: typer.Context, file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A backup.")]
) -> None:
    """Put a backup in the record's place, once it has been verified; the record that was there is kept beside it."""
    from concordant.cli.opening import path_of
    from concordant.record.backing import restore as put_back

    aside = put_back(file, path_of(context))
    typer.echo(f"{path_of(context)}: restored" + (f"; the record before is {aside}" if aside else ""))


@recording.command()
@guarded
def recode(
    context: typer.Context,
    accept: Annotated[bool, typer.Option("--accept", help="Take in what was proposed.")] = False,
    report: Annotated[list[str] | None, typer.Option("--report", help="Only these reports.")] = None,
    why: Annotated[str, typer.Option(help="Why, for the log.")] = "a newer coder",
    workers: Workers = 1,
    scope: Scope = "default",
    codebook: Codebook = None,
    format: Annotated[str, typer.Option("--format", help="text or jsonl.")] = "text",
) -> None:
    """Code the record's reports again and show, event by event, what would change; --accept takes it in."""
    from concordant.cli.listing import write_proposal

    choice(format, ("text", "jsonl"), "--format")
    with opened(context, workers=workers, scope=scope, codebook=codebook) as record:
        if accept:
            typer.echo(f"{record.accept(why=why)} reports have a new coding")
        else:
            write_proposal(record.propose(reports=report), as_json=format == "jsonl")


@recording.command()
@guarded
def watch(
    context: typer.Context,
    feeds: Annotated[
        list[str] | None, typer.Argument(help="Addresses of feeds or OPML lists; or files that list them; else those of `feeds list`.")
    ] = None,
    every: Annotated[float, typer.Option(min=0.01, help="Minutes between two looks at a feed.")] = 15.0,
    alerts: Annotated[
        Path | None, typer.Option("--alerts", exists=True, dir_okay=False, help="A TOML file of alert rules.")
    ] = None,
    rounds: Annotated[int | None, typer.Option(min=1, help="Stop after so many rounds.")] = None,
    pause: Annotated[float, typer.Option(min=0.0, help="Seconds between two requests to one site.")] = 1.0,
    workers: Workers = 1,
    scope: Scope = "default",
    codebook: Codebook = None,
    allow_private: Annotated[bool, typer.Option("--allow-private-network", hidden=True, help="Fetch from private addresses too: for tests.")] = False,
) -> None:
    """Keep the record up to date with feeds, until interrupted; a line of status for each round."""
    from concordant.cli.watching import Asked, run

    asked = Asked(tuple(feeds or ()), every * 60, alerts, rounds, pause, allow_private)
    with opened(context, workers=workers, scope=scope, codebook=codebook) as record:
        raise typer.Exit(run(record, asked))
