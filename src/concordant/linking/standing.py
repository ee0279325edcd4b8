"""Standing: whether accounts brought together are an event, a sum over events, or too vague to be either."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache

from concordant.codebook import Codebook
from concordant.linking.accounts import Sight
from concordant.linking.tables import Tables


class Standing(StrEnum):
    """What accounts brought together are."""

    EVENT = "event"
    SUM = "sum"  # tells of several happenings at once: counted in no total, linked to its parts
    VAGUE = "vague"  # recalled in passing with too little to be told from others


def standing_of(sights: Sequence[Sight], tables: Tables) -> Standing:
    """The standing of a group of accounts."""
    if any(s.account.tells > 1 for s in sights):
        return Standing.SUM
    if any(s.account.event.get("role") == "main" for s in sights):
        return Standing.EVENT
    points = _points()
    known = {what for s in sights for what in _known(s)}
    return Standing.EVENT if sum(points[what] for what in known) >= points["enough"] else Standing.VAGUE


def _known(seen: Sight) -> Iterator[str]:
    if seen.days:
        length = seen.days.end - seen.days.start
        yield "day" if length <= 2 else "month" if length <= 31 else "year"
    if seen.spot:
        yield "settlement" if not seen.spot.area else "country" if seen.spot.radius_km >= 300 else "area"
    if any(f.total is not None for f in seen.figures.values()):
        yield "figure"
    if seen.actors:
        yield "actor"


@lru_cache(maxsize=1)
def _points() -> dict[str, float]:
    return {row["what"]: row.number("points") or 0.0 for row in Codebook().table("firmness")}
