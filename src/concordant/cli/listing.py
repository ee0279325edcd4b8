"""Lists on screen and in files: events in five forms, what was skipped, what coding again would change."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from concordant.record import Event, Skipped
from concordant.record.flat import COLUMNS, feature, flat
from concordant.record.recoding import Difference, Proposal


def write_events(events: Iterable[Event], form: str, output: Path | None) -> None:
    """Write events in a form of `events --format`."""
    with _opened(output, form) as out:
        _FORMS[form](events, out)
        out.flush()


@contextmanager
def _opened(output: Path | None, form: str) -> Iterator[IO[str]]:
    if output is None:
        yield sys.stdout
    else:
        with output.open("w", encoding="utf-8", newline="" if form == "csv" else None) as file:
            yield file


def _jsonl(events: Iterable[Event], out: IO[str]) -> None:
    for event in events:
        out.write(json.dumps(event.to_dict(), ensure_ascii=False) + "\n")


def _json(events: Iterable[Event], out: IO[str]) -> None:
    json.dump([event.to_dict() for event in events], out, ensure_ascii=False, indent=2)
    out.write("\n")


def _geojson(events: Iterable[Event], out: IO[str]) -> None:
    out.write('{"type": "FeatureCollection", "features": [')
    for number, event in enumerate(events):
        out.write((",\n" if number else "\n") + json.dumps(feature(event.values), ensure_ascii=False))
    out.write("\n]}\n")


def _csv(events: Iterable[Event], out: IO[str]) -> None:
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for event in events:
        writer.writerow({name: _safe(cell) for name, cell in flat(event.values).items()})


def _safe(cell: Any) -> Any:
    """A cell that a spreadsheet does not take for a formula; numbers are left alone."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")) else cell


_WIDTHS = (("event", 10), ("date", 21), ("kind", 20), ("place", 34), ("killed", 8), ("wounded", 8), ("reports", 8), ("by", 24))


def _table(events: Iterable[Event], out: IO[str]) -> None:
    out.write("".join(name.ljust(width) for name, width in _WIDTHS).rstrip() + "\n")
    for event in events:
        cells = zip(_cells(event), _WIDTHS, strict=True)
        out.write("".join(_cut(cell, width - 1).ljust(width) for cell, (_, width) in cells).rstrip() + "\n")


def _cells(event: Event) -> tuple[str, ...]:
    row = flat(event.values)
    start, end = row["date_start"], row["date_end"]
    days = "undated" if not start else start if start == end else f"{start}–{end[5:] if end[:4] == start[:4] else end}"
    place = ", ".join(str(row[k]) for k in ("place", "admin1", "country") if row[k]) or "place unknown"
    return (
        event.id[:8], days, row["kind"] or "", place, _figure(row, "killed"), _figure(row, "wounded"), str(row["reports"]),
        row["perpetrators"] or row["participants"],
    )  # fmt: skip


def _figure(row: dict[str, Any], outcome: str) -> str:
    low, best, high = (row[f"{outcome}_{bound}"] for bound in ("low", "best", "high"))
    if best is None and low is None:
        return "" if high is None else f"≤ {high}"
    if best is None:
        return f"{low}–{high}" if high is not None else f"≥ {low}"
    return str(best) if low in (best, None) and high in (best, None) else f"{best} ({low or '?'}–{high or '?'})"


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


_FORMS = {"jsonl": _jsonl, "json": _json, "geojson": _geojson, "csv": _csv, "table": _table}


def write_skipped(lines: Iterable[Skipped], *, as_json: bool) -> None:
    """Write what was skipped, one line each."""
    for line in lines:
        if as_json:
            print(json.dumps(line.to_dict(), ensure_ascii=False))
        else:
            words = f" “{_cut(' '.join(line.text.split()), 100)}”" if line.text else ""
            print(f"{line.what:<12}{line.id:<18}{line.source}: {line.code}: {line.reason}{words}")


def write_proposal(proposal: Proposal, *, as_json: bool) -> None:
    """Write what coding again would change, event by event."""
    if as_json:
        for event in proposal.events:
            print(json.dumps(_difference(event), ensure_ascii=False))
        return
    print(f"{proposal.reports} reports coded again: {len(proposal.changed)} differ, {len(proposal.failed)} failed")
    for name, reason in proposal.failed:
        print(f"  failed: {name}: {reason}")
    for event in proposal.events:
        print(f"{event.what}: {event.event_id}" + (f" (now {', '.join(event.related)})" if event.related else ""))
        for field, old, new in event.changes:
            print(f"    {field}: {_said(old)} -> {_said(new)}")
    for misfit in proposal.misfits:
        print(f"ruling {misfit['ruling']} would no longer fit: {misfit['reason']}")
    if proposal.changed or proposal.events:
        print("nothing was changed; `concordant recode --accept` takes it in")


def _difference(event: Difference) -> dict[str, Any]:
    changes = [{"field": field, "old": old, "new": new} for field, old, new in event.changes]
    return {"what": event.what, "event": event.event_id, "related": list(event.related), "changes": changes}


def _said(value: Any) -> str:
    if value is None or value == []:
        return "–"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
