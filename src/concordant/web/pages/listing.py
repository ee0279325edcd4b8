"""The list of events, with its filters, its order and its place in time; and the same as a file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

from starlette.responses import Response, StreamingResponse

from concordant.record import UnknownError
from concordant.record.filters import UNDATED
from concordant.record.flat import COLUMNS, feature, flat
from concordant.record.tallies import shorter
from concordant.web.asking import SIZES, Asked, asked
from concordant.web.drawing import Timeline, timeline
from concordant.web.page import Ask, show

TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson", "geojson": "application/geo+json"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def events(ask: Ask) -> Response:
    """The table of events."""
    wanted = asked(ask.given)
    found = list(
        ask.record.events(
            wanted.filters, as_of=ask.seq, limit=wanted.size + 1, after=wanted.after, oldest_first=wanted.rising, order=wanted.order
        )
    )
    page, more = found[: wanted.size], len(found) > wanted.size
    over_time = time_of(ask, wanted)
    total = ask.count(wanted.filters)
    return show(
        ask, "events.html", events=list(ask.shown(page)), total=total, wanted=wanted, next=page[-1].id if more else None,
        timeline=over_time, sizes=SIZES, choices=choices(ask), empty=total == 0 and not wanted.active,
    )  # fmt: skip


def time_of(ask: Ask, wanted: Asked) -> Timeline:
    """The events of a list over time: by day, month or year, as their span wants it."""
    months = ask.tally("month", wanted.filters)
    dated = [t for t in months if t.key != UNDATED]
    undated = sum(t.events for t in months if t.key == UNDATED)
    first, last = (dated[0].key, dated[-1].key) if dated else ("", "")
    span = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7]) if dated else 0
    unit = "day" if span <= 2 else "month" if span <= 96 else "year"
    if unit == "day":
        told = [t for t in ask.tally("day", wanted.filters) if t.key != UNDATED]
    else:
        told = dated if unit == "month" else shorter(dated, 4)
    return timeline(told, unit, undated)


def choices(ask: Ask) -> dict[str, list[tuple[str, str]]]:
    """What the selects of the filters offer: kinds by name, and the countries that the record has."""
    words = ask.words
    countries = [(t.key, words.country(t.key)) for t in ask.tally("country") if t.key]
    return {
        "kind": words.known("kind"), "country": sorted(countries, key=lambda pair: pair[1]),
        "review": [(k, words.name("review", k)) for k in ("open", "corrected", "confirmed", "changed")],
        "standing": [(k, words.name("standing", k)) for k in ("event", "sum", "vague", "not_event", "all")],
        "role": words.known("role"),
    }  # fmt: skip


def export(ask: Ask) -> Response:
    """All events that the filters let through, as CSV, JSON Lines or GeoJSON; none is left out."""
    form = ask.request.path_params["form"]
    if form not in TYPES:
        raise UnknownError(f"events come as {', '.join(TYPES)}, not as {form}")
    wanted = asked(ask.given)
    found = ask.record.events(wanted.filters, as_of=ask.seq, oldest_first=wanted.rising, order=wanted.order)
    lines = {"csv": _csv, "jsonl": _jsonl, "geojson": _geojson}[form]
    name = f'attachment; filename="concordant-events.{form}"'
    return StreamingResponse(lines(event.to_dict() for event in ask.shown(found)), media_type=TYPES[form], headers={"Content-Disposition": name})


def _csv(events: Iterator[dict[str, object]]) -> Iterator[str]:
    yield csv_line(COLUMNS)
    for values in events:
        row = flat(values)
        yield csv_line([safe_cell(row[name]) for name in COLUMNS])


def safe_cell(value: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def csv_line(cells: object) -> str:
    made = io.StringIO()
    csv.writer(made).writerow(cells)  # type: ignore[arg-type]
    return made.getvalue()


def _jsonl(events: Iterator[dict[str, object]]) -> Iterator[str]:
    for values in events:
        yield json.dumps(values, ensure_ascii=False) + "\n"


def _geojson(events: Iterator[dict[str, object]]) -> Iterator[str]:
    yield '{"type": "FeatureCollection", "features": ['
    for number, values in enumerate(events):
        yield ("," if number else "") + json.dumps(feature(values), ensure_ascii=False)
    yield "]}"
