"""The history of an event: which report or ruling changed which of its values, and when."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from concordant.record.database import Database
from concordant.record.forms import LogLine
from concordant.record.packing import unpack
from concordant.record.settling import GONE

_PLAIN = ("standing", "role", "kind", "mood", "hedged", "means", "attributed_to")


def log(database: Database, event_id: str, seq: int) -> list[LogLine]:
    """The changes of an event's values, oldest first, also under the ids that its accounts had before."""
    lines: list[LogLine] = []
    values: dict[str, Any] = {}
    for row in _versions(database, event_id, seq):
        now = {} if row["state"] == GONE else summary(row["values"])
        cause = f"{row['action']}: {row['object']}"
        if row["state"] == GONE and row["event"] != event_id:
            continue  # it went on under its heir's name, which says so
        if row["state"] == GONE:
            into = ", ".join(row["related"])
            lines.append(LogLine(row["at"], row["tx"], "event", row["event"], into or None, cause, row["actor"], "moved"))
            continue
        if row["related"] and values.get("id") != row["event"]:
            was = ", ".join(row["related"])
            lines.append(LogLine(row["at"], row["tx"], "event", was, row["event"], cause, row["actor"], "came from"))
        for name, old, new in differences(values, now):
            lines.append(LogLine(row["at"], row["tx"], name, old, new, cause, row["actor"], row["note"]))
        values = now | {"id": row["event"]}
    return lines


def _versions(database: Database, event_id: str, seq: int) -> list[dict[str, Any]]:
    """The versions of an event and of those it came from, in the order of the log."""
    found: dict[int, dict[str, Any]] = {}
    ahead, seen = [(event_id, seq)], set()
    while ahead:
        name, upto = ahead.pop()
        if name in seen:
            continue
        seen.add(name)
        own = _own(database, name, upto)
        found |= {row["id"]: row for row in own}
        live = [row for row in own if row["state"] != GONE]
        if live:  # what it came from when it was first made; later joins are changes of its own
            ahead += [(before, live[0]["tx"]) for before in live[0]["related"][:1]]
    return [found[number] for number in sorted(found)]


def _own(database: Database, name: str, upto: int) -> list[dict[str, Any]]:
    columns = ("id", "tx", "event", "state", "related", "values", "at", "actor", "action", "object", "note")
    rows = database.rows(
        "SELECT v.id, v.tx, v.event_id, v.state, v.related, v.body, n.at, n.actor, n.action, n.object, n.note "
        "FROM event_version v JOIN entry n ON n.seq = v.tx WHERE v.event_id = ? AND v.tx <= ? ORDER BY v.id", (name, upto),
    )  # fmt: skip
    made = [dict(zip(columns, row, strict=True)) for row in rows]
    for row in made:
        row |= {"values": unpack(row["values"]), "related": json.loads(row["related"])}
    return made


def summary(values: Mapping[str, Any]) -> dict[str, Any]:
    """An event's values by name, each in a form short enough to be read in one line of a log."""
    found: dict[str, Any] = {name: values.get(name) for name in _PLAIN}
    date_, place = values.get("date") or {}, values.get("place") or {}
    found["date"] = _span(date_)
    found["place"] = ", ".join(str(place[k]) for k in ("name", "admin2", "admin1", "country") if place.get(k)) or None
    found["coordinates"] = _point(place)
    found["claimed_by"] = values.get("claimed_by")
    for party in values.get("parties") or ():
        found.setdefault(f"parties.{party['role']}", []).append(party["name"])
    for toll in values.get("casualties") or ():
        rival = ".rival" if toll.get("rival") else ""
        found.setdefault(f"casualties.{toll['outcome']}.{toll['victims']}{rival}", figure(toll))
    found["accounts"] = sorted(f"{a['report_id']}/{a['account_id']}" for a in values.get("accounts") or ())
    return found


def _span(told: Mapping[str, Any]) -> str | None:
    start, end = told.get("start"), told.get("end")
    return None if not start else start if start == end else f"{start}/{end}"


def _point(place: Mapping[str, Any]) -> str | None:
    if place.get("latitude") is None:
        return None
    return f"{place['latitude']}, {place['longitude']} ± {place.get('radius_km')} km"


def figure(toll: Mapping[str, Any]) -> str:
    """A count in short: 5, 3–5, at least 5, some."""
    low, best, high = (toll.get(bound) for bound in ("low", "best", "high"))
    if low is None and best is None and high is None:
        return str(toll.get("state") or "some")
    if low == best == high:
        return str(best)
    if high is None:
        return f"{best if best is not None else low} or more"
    return f"{best if best is not None else '?'} ({low if low is not None else '?'}–{high})"


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """What is different between two summaries: name, old and new value; accounts one by one."""
    for name in dict.fromkeys([*new, *old]):
        before, after = old.get(name), new.get(name)
        if name == "accounts":
            yield from (("accounts", None, one) for one in after or () if one not in (before or ()))
            yield from (("accounts", one, None) for one in before or () if one not in (after or ()))
        elif name != "id" and before != after and (before or after):
            yield name, before, after
