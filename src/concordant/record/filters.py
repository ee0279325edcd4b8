"""Filters of events, and the queries they make: what a list, a map or a page asks the record for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from concordant.record.errors import RecordError
from concordant.record.naming import name_key
from concordant.record.reviewed import disputed

STANDINGS = ("event", "sum", "vague", "not_event", "all")
_NAMED = ("kind", "country", "event", "report", "text")  # what has a better index than that of days
_USUAL = "review:open"
_ORDERED = {
    "killed": "event_now_killed", "confidence": "event_now_confidence", "outlets": "event_now_outlets", "kind": "event_now_by_kind",
    "place": "event_now_by_place",
}  # fmt: skip
UNDATED = ""  # the day of an event without one; it sorts before every day


@dataclass(frozen=True, slots=True)
class Filters:
    """Which events: all that are given must hold. Names are compared without case, accents and marks.

    `since` and `until` are days (an event counts whose days reach into them), `killed` the least number of dead,
    `place` the name of a place or division or a gazetteer id, `actor` a name or an id of the register, `text` words
    that stand in what was told (a trailing * stands for any ending), `box` west, south, east, north; `review` how far
    people have looked at it (open, corrected, confirmed, changed), `disputed` those with rival figures only, `published` those
    that were let out, `unplaced` those without coordinates.
    """

    since: str | None = None
    until: str | None = None
    kind: str | None = None
    country: str | None = None
    admin1: str | None = None
    place: str | None = None
    actor: str | None = None
    killed: int | None = None
    text: str | None = None
    role: str | None = None
    confidence: float | None = None
    outlet: str | None = None
    report: str | None = None
    event: str | None = None
    box: tuple[float, float, float, float] | None = None
    review: str | None = None
    disputed: bool = False
    unplaced: bool = False
    published: bool = False
    standing: str = "event"  # sum, vague or not_event for what is set aside; all for everything

    def __post_init__(self) -> None:
        if self.standing not in STANDINGS:
            raise RecordError(f"{self.standing!r} is none of {', '.join(STANDINGS)}")
        for day in (self.since, self.until):
            try:
                if day is not None:
                    date.fromisoformat(day)
            except ValueError:
                raise RecordError(f"{day!r} is no day as YYYY-MM-DD") from None


@dataclass(frozen=True, slots=True)
class Query:
    """SQL over event_now as `e`: where from, under which conditions, with which values."""

    tables: str
    where: str
    values: tuple[Any, ...]

    @property
    def sql(self) -> str:
        return f"FROM {self.tables} WHERE {self.where}"


def query(filters: Filters, seq: int, *, now: bool, order: str = "day", common: bool = False) -> Query:
    """The query for the events that `filters` let through as they stood at entry `seq`; `now` where that is the last.

    `common` says that so many events have what is asked for that the list's order should lead the search.
    """
    tags = tuple(_tags(filters))
    # The first tag leads the search, unless nearly every event has it: then the order of the list does, and it is looked up.
    led = bool(tags) and tags[0] != _USUAL and not common
    tables = "event_tag t CROSS JOIN event_now e ON e.version = t.version" if led else "event_now e"
    if not led and now and filters.standing == "event" and not any(getattr(filters, name) for name in _NAMED):
        # left to itself SQLite may take one that sends it to every row
        whole = order == "killed" or filters in (Filters(), Filters(review=filters.review))  # else what is let through may be far down the order
        tables += f" INDEXED BY {_ORDERED.get(order, 'event_now_day') if whole else 'event_now_day'}"
    if not led and now and filters.standing not in ("event", "all") and not (filters.event or filters.report or filters.text):
        tables += " INDEXED BY event_now_state"
    conditions: list[tuple[str, tuple[Any, ...]]] = [("t.tag = ?", (tags[0],))] if led else []
    conditions.append(_standing("e", seq, now=now))
    if filters.standing != "all":
        # literals: the indices hold for one state each, and that of the others is only taken where it is said that it is another
        other = "" if filters.standing == "event" else " AND e.state <> 'event'"
        conditions.append((f"e.state = '{filters.standing}'{other}", ()))
    conditions += _plain(filters)
    conditions += [
        ("EXISTS (SELECT 1 FROM event_tag u WHERE u.tag = ? AND u.day = e.day AND u.version = e.version)", (tag,))
        for tag in tags[led:]
    ]
    conditions += _told(filters, seq, now=now)
    where = " AND ".join(sql for sql, _ in conditions)
    return Query(tables, where, tuple(value for _, values in conditions for value in values))


def _standing(table: str, seq: int, *, now: bool) -> tuple[str, tuple[Any, ...]]:
    if now:
        return f"{table}.until IS NULL", ()
    return f"{table}.tx <= ? AND ({table}.until IS NULL OR {table}.until > ?)", (seq, seq)


def _plain(filters: Filters) -> Iterator[tuple[str, tuple[Any, ...]]]:
    if filters.since is not None:
        yield "e.last_day >= ?", (filters.since,)
    if filters.until is not None:
        yield "e.day <= ? AND e.day <> ''", (filters.until,)
    for name in ("kind", "role"):
        if (value := getattr(filters, name)) is not None:
            yield f"e.{name} = ?", (value,)
    if filters.country is not None:
        yield "e.country = ?", (filters.country.upper(),)
    if filters.admin1 is not None:
        yield "e.admin1 = ?", (name_key(filters.admin1),)
    if filters.killed is not None:
        yield "e.killed >= ?", (filters.killed,)
    if filters.confidence is not None:
        yield "e.confidence >= ?", (filters.confidence,)
    if filters.event is not None:
        yield "e.event_id = ?", (filters.event,)
    if filters.unplaced:
        yield "e.latitude IS NULL", ()
    if filters.box is not None:
        west, south, east, north = filters.box
        yield "e.longitude >= ? AND e.latitude >= ? AND e.longitude <= ? AND e.latitude <= ?", (west, south, east, north)


def _tags(filters: Filters) -> Iterator[str]:
    if filters.actor:
        yield f"actor:{name_key(filters.actor)}"
    if filters.place:
        yield f"place:{name_key(filters.place)}"
    if filters.outlet:
        yield f"outlet:{name_key(filters.outlet)}"
    if filters.disputed:
        yield "disputed:yes"
    if filters.published:
        yield "published:yes"
    if filters.review:
        yield f"review:{filters.review}"


def _told(filters: Filters, seq: int, *, now: bool) -> Iterator[tuple[str, tuple[Any, ...]]]:
    standing, values = _standing("m", seq, now=now)
    if filters.text and (words := match(filters.text)):
        yield (
            "e.event_id IN (SELECT m.event_id FROM account_text x JOIN account a ON a.id = x.rowid "
            f"JOIN member_now m ON m.account_id = a.account_id AND {standing} WHERE account_text MATCH ?)",
            (*values, words),
        )
    if filters.report:
        yield (
            "e.event_id IN (SELECT m.event_id FROM report r JOIN account a ON a.report = r.id "
            f"JOIN member_now m ON m.account_id = a.account_id AND {standing} WHERE r.report_id = ?)",
            (*values, filters.report),
        )


def match(text: str) -> str:
    """A search in the index's own language: all words, each taken literally but for a trailing star."""
    words = re.findall(r"\w+\*?", text)
    return " ".join(f'"{word.rstrip("*")}"{"*" if word.endswith("*") else ""}' for word in words)


def columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """What of an event's values the record keeps beside them, to find it by."""
    date_, place = values.get("date") or {}, values.get("place") or {}
    accounts = values.get("accounts") or ()
    return {
        "day": date_.get("start") or UNDATED, "last_day": date_.get("end") or date_.get("start") or UNDATED,
        "kind": values.get("kind") or "", "country": place.get("country") or "",
        "admin1": name_key(place.get("admin1") or ""), "role": values.get("role") or "main",
        "killed": killed(values), "confidence": float((values.get("confidence") or {}).get("overall") or 0.0),
        "outlets": len({a.get("outlet") or a["report_id"] for a in accounts}),
        "latitude": place.get("latitude"), "longitude": place.get("longitude"),
    }  # fmt: skip


def killed(values: Mapping[str, Any]) -> int:
    """The dead of an event as best known, over all sides; -1 where no figure is told."""
    rows = [r for r in values.get("casualties") or () if r["outcome"] == "killed" and not r.get("rival")]
    figures = [next((r[b] for b in ("best", "low", "high") if r.get(b) is not None), None) for r in rows]
    told = [n for n in figures if n is not None]
    return sum(told) if told else (0 if any(r.get("state") == "none" for r in rows) else -1)


def tags(values: Mapping[str, Any]) -> set[str]:
    """The names an event can be asked for by: its actors, places and outlets."""
    place = values.get("place") or {}
    found = {f"place:{name_key(place[k])}" for k in ("name", "admin1", "admin2", "gazetteer_id") if place.get(k)}
    for party in values.get("parties") or ():
        found |= {f"actor:{name_key(party[k])}" for k in ("name", "actor_id") if party.get(k)}
    found |= {f"outlet:{name_key(a['outlet'])}" for a in values.get("accounts") or () if a.get("outlet")}
    found |= {f"review:{values.get('review') or 'open'}"} | ({"disputed:yes"} if disputed(values) else set())
    found |= {"published:yes"} if values.get("published") else set()
    return {tag for tag in found if not tag.endswith(":")}
