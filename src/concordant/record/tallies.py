"""How many events there are of each kind, in each month, country or division, and how many were killed in them."""

from __future__ import annotations

from dataclasses import dataclass

from concordant.record.database import Database
from concordant.record.errors import RecordError
from concordant.record.filters import Filters, query

# What can be counted by. Undated events have the day "" and so the month "": they are counted and never dropped.
BY = {
    "year": "substr(e.day, 1, 4)", "month": "substr(e.day, 1, 7)", "day": "e.day", "kind": "e.kind",
    "country": "e.country", "admin1": "e.country || '/' || e.admin1", "killed": "e.killed", "confidence": "round(e.confidence, 1)",
}  # fmt: skip


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
    asked = query(filters, seq, now=seq >= database.head())
    rows = database.rows(
        f"SELECT {BY[by]} AS k, count(*), sum(max(e.killed, 0)), sum(e.killed > 0) {asked.sql} GROUP BY k ORDER BY k",
        asked.values,
    )
    return [Tally(str(key), int(events), int(killed or 0), int(fatal or 0)) for key, events, killed, fatal in rows]


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
    asked = query(filters, seq, now=seq >= database.head())
    square = f"CAST(floor(e.latitude / {degrees:f}) AS INTEGER), CAST(floor(e.longitude / {degrees:f}) AS INTEGER)"
    rows = database.rows(
        f"SELECT avg(e.latitude), avg(e.longitude), count(*), sum(max(e.killed, 0)), min(e.event_id) {asked.sql} "
        f"AND e.latitude IS NOT NULL GROUP BY {square} ORDER BY 3 DESC", asked.values,
    )  # fmt: skip
    return [Cell(float(r[0]), float(r[1]), int(r[2]), int(r[3]), str(r[4])) for r in rows]
