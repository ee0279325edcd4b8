"""What is most worth a person's minute: deadly on one source, figures that disagree, a doubtful reading."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from concordant.record import Event, Filters, Record
from concordant.record.filters import killed
from concordant.record.reviewed import CHANGED, disputed

# How much each reason weighs, so that twenty dead on one source come before figures that disagree about two.
_WEIGHTS = {"single": 1.0, "disputed": 3.0, "changed": 4.0, "doubtful": 2.0, "unplaced": 0.5, "undated": 0.7}
_DOUBTFUL = 0.6
_LOOKED_AT = 150  # events of each sort that are weighed


@dataclass(frozen=True, slots=True)
class Item:
    """An event that waits, with the reasons for it: (key of the catalogue, figure or None)."""

    event: Event
    worth: float
    reasons: tuple[tuple[str, int | None], ...]


def item(event: Event) -> Item:
    """What speaks for looking at an event."""
    values = event.values
    dead, sure = killed(values), values.get("confidence") or {}
    found: dict[str, float] = {}
    if dead > 0 and sure.get("origins", 1) == 1:
        found["single"] = _WEIGHTS["single"] * math.log2(1 + dead)
    if disputed(values):
        found["disputed"] = _WEIGHTS["disputed"] + math.log2(1 + max(dead, 0)) / 2
    if values.get("review") == CHANGED:
        found["changed"] = _WEIGHTS["changed"]
    if float(sure.get("overall") or 0) < _DOUBTFUL:
        found["doubtful"] = _WEIGHTS["doubtful"]
    found |= _gaps(values)
    reasons = sorted(found, key=lambda name: -found[name]) or ["open"]
    return Item(event, round(sum(found.values()), 3), tuple((r, dead if r == "single" else None) for r in reasons))


def _gaps(values: Mapping[str, Any]) -> dict[str, float]:
    found = {}
    if (values.get("place") or {}).get("latitude") is None:
        found["unplaced"] = _WEIGHTS["unplaced"]
    if not (values.get("date") or {}).get("start"):
        found["undated"] = _WEIGHTS["undated"]
    return found


def waiting(record: Record, seq: int) -> list[Item]:
    """The events that wait, those most worth a minute first: taken from the deadliest, the disputed and the newest."""
    found: dict[str, Event] = {}
    for wanted, order in (
        (Filters(review="changed"), "day"), (Filters(review="open", disputed=True), "killed"),
        (Filters(review="open"), "killed"), (Filters(review="open"), "day"),
    ):  # fmt: skip
        found |= {e.id: e for e in record.events(wanted, as_of=seq, limit=_LOOKED_AT, order=order)}
    return sorted((item(event) for event in found.values()), key=lambda i: (-i.worth, i.event.id))


def left(record: Record, seq: int) -> int:
    """How many events nobody has looked at since they last changed."""
    return record.count(Filters(review="open"), as_of=seq) + record.count(Filters(review=CHANGED), as_of=seq)


