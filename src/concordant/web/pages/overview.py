"""The first page: how much there is, when, where, of what kind, and what changed last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from starlette.responses import Response

from concordant.record import Filters
from concordant.web.asking import Asked
from concordant.web.page import Ask, show
from concordant.web.pages.listing import time_of
from concordant.web.pages.mapping import sheet_of

_WINDOW = 30


@dataclass(frozen=True, slots=True)
class Change:
    """Events of one region in the window and in the one before."""

    country: str
    region: str
    before: int
    after: int

    @property
    def difference(self) -> int:
        return self.after - self.before


def overview(ask: Ask) -> Response:
    """What the record holds."""
    everything = Filters()
    kinds = sorted(ask.tally("kind"), key=lambda t: -t.events)
    countries = sorted(ask.tally("country"), key=lambda t: -t.events)
    until = _last_day(ask)
    counts = ask.counts()
    sheet, placed = sheet_of(ask, everything)
    return show(
        ask, "overview.html", counts=counts, kinds=kinds, countries=countries, sheet=sheet, placed=placed,
        killed=sum(t.killed for t in kinds), timeline=time_of(ask, Asked(everything)), changes=_changes(ask, until), until=until,
        open=ask.count(Filters(review="open")), disputed=ask.count(Filters(disputed=True)),
        latest=list(ask.shown(ask.record.events(as_of=ask.seq, limit=6))),
        deadliest=list(ask.shown(ask.record.events(Filters(killed=1), as_of=ask.seq, limit=6, order="killed"))),
    )  # fmt: skip


def _last_day(ask: Ask) -> date | None:
    for event in ask.record.events(as_of=ask.seq, limit=1):
        start = (event.values.get("date") or {}).get("start")
        return date.fromisoformat(start) if start else None
    return None


def _changes(ask: Ask, until: date | None) -> list[Change]:
    """By region, the events of the last thirty days told of, and of the thirty before."""
    if until is None:
        return []
    now = Filters(since=(until - timedelta(days=_WINDOW - 1)).isoformat(), until=until.isoformat())
    earlier = replace(
        now, since=(until - timedelta(days=2 * _WINDOW - 1)).isoformat(), until=(until - timedelta(days=_WINDOW)).isoformat()
    )
    after = {t.key: t.events for t in ask.tally("admin1", now)}
    before = {t.key: t.events for t in ask.tally("admin1", earlier)}
    parted = {key: key.split("/", 1) for key in {*after, *before}}
    changes = [Change(c, region, before.get(key, 0), after.get(key, 0)) for key, (c, region) in parted.items()]
    told = sorted(changes, key=lambda c: (-abs(c.difference), -c.after, c.country, c.region))[:10]
    return [replace(change, region=_name(ask, change)) for change in told]


def _name(ask: Ask, change: Change) -> str:
    """A region's name as reports have it: the record counts by a name without case and accents."""
    if not change.region:
        return ""
    found = ask.record.events(Filters(country=change.country, admin1=change.region), as_of=ask.seq, limit=1)
    return next((str(e.values["place"]["admin1"]) for e in found), change.region)
