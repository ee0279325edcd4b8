"""The commands of publishing: `publish` and `published`."""

from __future__ import annotations

import csv
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from concordant.cli.opening import guarded, opened
from concordant.cli.options import AsOf, Codebook, Why, choice

publishing = typer.Typer()
FORMATS = ("csv", "jsonl", "geojson")


@publishing.command()
@guarded
def publish(
    context: typer.Context,
    event: Annotated[str, typer.Argument(help="A confirmed event's id or the first characters of it.")],
    why: Why,
    undo: Annotated[bool, typer.Option("--undo", help="Let it leave no longer.")] = False,
    codebook: Codebook = None,
) -> None:
    """Let an event out for everybody, in its public form: no names of persons, no sources, no exact place."""
    from concordant.record.record import whoami

    with opened(context, codebook=codebook) as record:
        if undo:
            record.public.withdraw(event, why=why, by=whoami())
            typer.echo(f"withdrawn: {event}")
        else:
            typer.echo(f"published: {record.public.publish(event, why=why, by=whoami(), on=datetime.now(UTC).date())}")


@publishing.command()
@guarded
def published(
    context: typer.Context,
    format: Annotated[str, typer.Option("--format", help="csv, jsonl or geojson.")] = "jsonl",
    as_of: AsOf = None,
    output: Annotated[Path | None, typer.Option("--output", dir_okay=False, help="Write here.")] = None,
    codebook: Codebook = None,
) -> None:
    """What was let out and whose day has come, in its public form."""
    from concordant.record.publishing import OUT, PUBLIC_COLUMNS, public_feature, public_row

    choice(format, FORMATS, "--format")
    with opened(context, codebook=codebook) as record:
        found = record.public.all(on=datetime.now(UTC).date(), as_of=as_of)
    out = [p.values for p in sorted(found, key=lambda p: str(p.event_id)) if p.state == OUT]
    stream = output.open("w", encoding="utf-8", newline="") if output else sys.stdout
    try:
        if format == "csv":
            writer = csv.DictWriter(stream, PUBLIC_COLUMNS)
            writer.writeheader()
            writer.writerows(public_row(values) for values in out)
        elif format == "jsonl":
            stream.writelines(json.dumps(values, ensure_ascii=False) + "\n" for values in out)
        else:
            print(json.dumps({"type": "FeatureCollection", "features": [public_feature(v) for v in out]}, ensure_ascii=False), file=stream)
    finally:
        if output:
            stream.close()
