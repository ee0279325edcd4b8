"""The history of an event: which report or ruling changed which of its values, and when."""

from __future__ import annotations

import json
from typing import Any

from concordant.record.database import Database
from concordant.record.forms import LogLine
from concordant.record.packing import unpack
from concordant.record.settling import GONE
from concordant.record.telling import differences, summary


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
