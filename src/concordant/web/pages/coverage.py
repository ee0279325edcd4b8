"""Coverage: who reports, how many events hang on one origin, and how long reports take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from starlette.responses import Response

from concordant.record import Filters
from concordant.web.asking import asked
from concordant.web.page import Ask, show

_SAMPLE = 2000


@dataclass(frozen=True, slots=True)
class Line:
    """One outlet or country: events, those told by one origin alone, and the median days from event to report."""

    key: str
    events: int
    single: int
    delay: float | None


def coverage(ask: Ask) -> Response:
    """Who reports where, over the latest events that the filters let through."""
    wanted = asked(ask.given)
    held, _ = ask.held
    outlets, countries, sample = ask.memory.of(("coverage", wanted.filters, ask.seq, held), lambda: _covered(ask, wanted.filters))
    return show(ask, "coverage.html", outlets=outlets, countries=countries, sample=sample)


def _covered(ask: Ask, filters: Filters) -> tuple[list[Line], list[Line], int]:
    values = [e.values for e in ask.shown(ask.record.events(filters, as_of=ask.seq, limit=_SAMPLE))]
    outlets = _lines((a.get("outlet") or "", v, a) for v in values for a in v.get("accounts") or ())
    countries = _lines(((v.get("place") or {}).get("country") or "", v, a) for v in values for a in (v.get("accounts") or ())[:1])
    return outlets, countries, len(values)


def _lines(told: Iterable[tuple[str, Mapping[str, Any], Mapping[str, Any]]]) -> list[Line]:
    events: dict[str, dict[str, bool]] = defaultdict(dict)
    delays: dict[str, list[int]] = defaultdict(list)
    for key, values, account in told:
        events[key][values["id"]] = (values.get("confidence") or {}).get("origins", 1) == 1
        if account.get("role") == "main" and (days := _delay(values, account)) is not None:
            delays[key].append(days)
    lines = [Line(k, len(e), sum(e.values()), median(delays[k]) if delays[k] else None) for k, e in events.items()]
    return sorted(lines, key=lambda line: (-line.events, line.key))[:60]


def _delay(values: Mapping[str, Any], account: Mapping[str, Any]) -> int | None:
    """Days from an event to a report that is there to tell it."""
    end, published = (values.get("date") or {}).get("end"), account.get("published")
    try:
        days = (date.fromisoformat(str(published)[:10]) - date.fromisoformat(str(end))).days
    except ValueError:
        return None
    return days if days >= 0 else None
