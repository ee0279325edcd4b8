"""Pairs of events whose accounts are alike enough to be of one happening, and that linking nevertheless kept apart."""

from __future__ import annotations

import json

from concordant.record.database import Database

_SCANNED = 4000  # edges looked at: those between events are few, and a page shows fifty


def near_pairs(database: Database, seq: int, limit: int) -> list[tuple[str, str]]:
    """Pairs of events, the deadliest first, that nobody has ruled to be two. They are those of now, seen at entry `seq`."""
    if seq < database.head():
        return []
    rows = database.rows(
        "SELECT DISTINCT min(m.event_id, n.event_id), max(m.event_id, n.event_id), max(e.killed, f.killed) AS dead FROM edge d "
        "JOIN account_now a ON a.number = d.account JOIN account_now b ON b.number = d.other "
        "JOIN member_now m ON m.account_id = a.account_id AND m.until IS NULL "
        "JOIN member_now n ON n.account_id = b.account_id AND n.until IS NULL "
        "JOIN event_now e ON e.event_id = m.event_id AND e.until IS NULL AND e.state = 'event' "
        "JOIN event_now f ON f.event_id = n.event_id AND f.until IS NULL AND f.state = 'event' "
        "WHERE d.account < d.other AND m.event_id <> n.event_id ORDER BY dead DESC, 1, 2 LIMIT ?", (_SCANNED,),
    )  # fmt: skip
    apart = _ruled_apart(database)
    return [(str(a), str(b)) for a, b, _ in rows if (str(a), str(b)) not in apart][:limit]


def _ruled_apart(database: Database) -> set[tuple[str, str]]:
    """The pairs of events of which accounts are ruled to be of two happenings (or that somebody could not tell)."""
    last: dict[str, str] = {}
    for subject, judgement in database.rows("SELECT subject, judgement FROM ruling WHERE kind = 'pair' ORDER BY id"):
        last[str(subject)] = str(judgement)
    found = set()
    for subject, judgement in last.items():
        if judgement in ("not_same", "unsure"):
            events = [database.value("SELECT event_id FROM member_now WHERE account_id = ? AND until IS NULL", (n,)) for n in json.loads(subject)]
            if all(events):
                found.add((min(map(str, events)), max(map(str, events))))
    return found
