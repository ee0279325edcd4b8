"""How many events there are of each kind, in each month, country or division, and how many were killed in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from concordant.record.database import Database
from concordant.record.errors import RecordError
from concordant.record.filters import Filters, query

# What can be counted by. Undated events have the day "" and so the month "": they are counted and never dropped.
BY = {
    "year": "substr(e.day, 1, 4)", "month": "substr(e.day, 1, 7)", "day": "e.day", "kind": "e.kind",
    "country": "e.country", "admin1": "e.country || '/' || e.admin1", "killed": "e.killed", "confidence": "round(e.confidence, 1)",
}  # fmt: skip
# What is kept as events come and go (003.sql), so that all events of now need not be counted: by what, and how much of the key.
_KEPT = {"year": ("day", 4), "month": ("day", 7), "day": ("day", 10), "kind": ("kind", 99), "country": ("country", 99), "admin1": ("admin1", 999)}
_SQUARE = 0.05  # degrees: the side of the squares that are kept
_FINE = 8  # squares wide at least that a square must be to be made up of them; at the edges of smaller ones it would show


@dataclass(frozen=True, slots=True)
class Tally:
    """So many events of one key; `killed` is the sum of their best figures, `fatal` how many tell of dead at all."""

    key: str
    events: int
    killed: int
    fatal: int


def tally(database: Database, filters: Filters, seq: int, by: str) -> list[Tally]:
    """The events that `filters` let through, counted by a key, in the order of the keys."""
    if by not in BY:
        raise RecordError(f"events cannot be counted by {by!r}; there are {', '.join(BY)}")
    now = seq >= database.head()
    if now and filters == Filters() and by in _KEPT:
        kept, length = _KEPT[by]
        rows = database.rows(
            "SELECT substr(key, 1, ?) AS k, sum(events), sum(killed), sum(fatal) FROM sum_now WHERE by = ? GROUP BY k ORDER BY k", (length, kept)
        )
    else:
        asked = query(filters, seq, now=now)
        rows = database.rows(
            f"SELECT {BY[by]} AS k, count(*), sum(max(e.killed, 0)), sum(e.killed > 0) {asked.sql} GROUP BY k ORDER BY k",
            asked.values,
        )
    return [Tally(str(key), int(events), int(killed or 0), int(fatal or 0)) for key, events, killed, fatal in rows]


def shorter(tallies: Iterable[Tally], length: int) -> list[Tally]:
    """Tallies by the first letters of their keys: of months those of years."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for told in tallies:
        for at, number in enumerate((told.events, told.killed, told.fatal)):
            sums[told.key[:length]][at] += number
    return [Tally(key, *numbers) for key, numbers in sorted(sums.items())]


def total(database: Database, filters: Filters) -> int | None:
    """How many events of now there are, where that is kept: of all of them, those to review, those with rival figures."""
    by, key = "kind", "%"
    if filters.disputed and filters == Filters(disputed=True):
        by, key = "tag", "disputed:yes"
    elif filters.review and filters == Filters(review=filters.review):
        by, key = "tag", f"review:{filters.review}"
    elif filters != Filters():
        return None
    return int(database.value("SELECT coalesce(sum(events), 0) FROM sum_now WHERE by = ? AND (? = '%' OR key = ?)", (by, key, key)))


@dataclass(frozen=True, slots=True)
class Cell:
    """A square of the map with what happened in it: its middle, how many events, how many killed, one event's id."""

    latitude: float
    longitude: float
    events: int
    killed: int
    event_id: str


def cells(database: Database, filters: Filters, seq: int, degrees: float) -> list[Cell]:
    """The events with coordinates, brought together by squares of so many degrees."""
    now = seq >= database.head()
    if now and filters == Filters() and (degrees == _SQUARE or degrees >= _FINE * _SQUARE):
        return _kept_cells(database, degrees)
    asked = query(filters, seq, now=now)
    square = f"CAST(floor(e.latitude / {degrees:f}) AS INTEGER), CAST(floor(e.longitude / {degrees:f}) AS INTEGER)"
    rows = database.rows(
        f"SELECT avg(e.latitude), avg(e.longitude), count(*), sum(max(e.killed, 0)), min(e.event_id) {asked.sql} "
        f"AND e.latitude IS NOT NULL GROUP BY {square} ORDER BY 3 DESC", asked.values,
    )  # fmt: skip
    return [Cell(float(r[0]), float(r[1]), int(r[2]), int(r[3]), str(r[4])) for r in rows]


def _kept_cells(database: Database, degrees: float) -> list[Cell]:
    """All events of now, out of the squares that are kept."""
    square = "row, col"
    if degrees != _SQUARE:
        square = f"CAST(floor(latitude / events / {degrees:f}) AS INTEGER), CAST(floor(longitude / events / {degrees:f}) AS INTEGER)"
    rows = database.rows(
        "SELECT sum(latitude) / sum(events), sum(longitude) / sum(events), sum(events), sum(killed), max(event_id), min(row), min(col) "
        f"FROM cell_now GROUP BY {square} ORDER BY 3 DESC"
    )
    return [Cell(float(r[0]), float(r[1]), int(r[2]), int(r[3]), str(r[4]) or _one_of(database, r[5], r[6])) for r in rows]


def _one_of(database: Database, row: int, col: int) -> str:
    """An event in a square whose last known one has gone."""
    found = database.value(
        "SELECT event_id FROM event_now INDEXED BY event_now_day WHERE until IS NULL AND state = 'event' AND latitude >= ? AND latitude < ? "
        "AND longitude >= ? AND longitude < ? LIMIT 1", (row * _SQUARE, (row + 1) * _SQUARE, col * _SQUARE, (col + 1) * _SQUARE),
    )  # fmt: skip
    return str(found or "")


def gathered(fine: Iterable[Cell], degrees: float) -> list[Cell]:
    """Small squares brought together to larger ones."""
    sums: dict[tuple[int, int], list[Cell]] = defaultdict(list)
    for cell in fine:
        sums[int(cell.latitude // degrees), int(cell.longitude // degrees)].append(cell)
    made = [
        Cell(
            sum(c.latitude * c.events for c in group) / (n := sum(c.events for c in group)), sum(c.longitude * c.events for c in group) / n, n,
            sum(c.killed for c in group), min(c.event_id for c in group),
        )
        for group in sums.values()
    ]  # fmt: skip
    return sorted(made, key=lambda cell: -cell.events)
