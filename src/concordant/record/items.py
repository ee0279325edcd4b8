"""What was received: raw bytes with their hash, kept before anything reads them, and what became of each."""

from __future__ import annotations

import json
import os
import socket
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from concordant.record.database import Change, Database, sha256
from concordant.record.errors import UnknownError
from concordant.record.forms import IRRELEVANT, PENDING, QUARANTINED, Outcome, RawItem, Receipt

_BATCH = 64  # items a transaction: one wait for the disk for all of them
_LEASE_S = 600.0


@dataclass(frozen=True, slots=True)
class Task:
    """An item that waits to be read, with the bytes and what is said of them."""

    item: int
    kind: str
    body: bytes
    source: str
    line: int | None
    captured: str
    given: dict[str, str]
    tries: int


def packed(data: bytes) -> tuple[str, bytes]:
    small = zlib.compress(data, 6)
    return ("zlib", small) if len(small) < len(data) else ("none", data)


def unpacked(packing: str, body: bytes) -> bytes:
    return zlib.decompress(body) if packing == "zlib" else body


def take_all(database: Database, raws: Iterable[RawItem]) -> Iterator[Receipt]:
    """Keep items, a batch to a transaction; each receipt comes after its bytes are on the disk."""
    source = iter(raws)
    while batch := list(islice(source, _BATCH)):
        receipts = []
        with database.transaction():
            for raw in batch:
                receipts.append(_take(database, raw))
        yield from receipts


def _identity(raw: RawItem) -> tuple[str, str | None]:
    if raw.body is None:
        return _missing(raw), None
    digest = sha256(raw.body)
    return f"{raw.kind}:{digest}", digest


def _missing(raw: RawItem) -> str:
    """The identity of an item without bytes: where it should have come from."""
    return f"none:{raw.source}:{raw.line}"


def _take(database: Database, raw: RawItem) -> Receipt:
    identity, digest = _identity(raw)
    known = database.row(
        "SELECT i.id, n.state FROM item i JOIN item_now n ON n.item = i.id WHERE i.identity = ?", (identity,)
    )
    if known is None:
        return _receive(database, raw, identity, digest)
    item, state = int(known[0]), str(known[1])
    told = _told(raw)
    if database.row("SELECT 1 FROM sighting WHERE item = ? AND source = ? AND line IS ? AND given = ?", (item, *told)):
        return Receipt(item, digest, False, state, raw.source, raw.line)
    with database.change("seen again", f"item {item}", note=_where(raw)) as change:
        _see(change, item, raw)
        if state == QUARANTINED and raw.problem is None:
            set_state(change, Outcome(item, PENDING, raw.source, raw.line))  # it came with more to go by: try again
            state = PENDING
    return Receipt(item, digest, False, state, raw.source, raw.line)


def _told(raw: RawItem) -> tuple[str, int | None, str]:
    return raw.source, raw.line, json.dumps(dict(raw.given), sort_keys=True, ensure_ascii=False)


def _where(raw: RawItem) -> str:
    return raw.source if raw.line is None else f"{raw.source}:{raw.line}"


def _receive(database: Database, raw: RawItem, identity: str, digest: str | None) -> Receipt:
    with database.change("received", identity, note=_where(raw)) as change:
        held = None
        if raw.body is not None and digest is not None:
            held = database.value("SELECT id FROM raw WHERE sha256 = ?", (digest,))
            if held is None:
                packing, body = packed(raw.body)
                held = change.add("raw", sha256=digest, size=len(raw.body), packing=packing, body=body)
        item = change.add("item", identity=identity, raw=held, kind=raw.kind)
        if held is not None:
            _got_later(database, change, raw, item)
        _see(change, item, raw)
        code, reason = raw.problem or (None, None)
        state = QUARANTINED if raw.problem else PENDING
        set_state(change, Outcome(item, state, raw.source, raw.line, code=code, reason=reason))
    return Receipt(item, digest, True, state, raw.source, raw.line)


def _got_later(database: Database, change: Change, raw: RawItem, item: int) -> None:
    """What could not be got before, and now was, no longer waits in the quarantine."""
    old = database.row(
        "SELECT i.id FROM item i JOIN item_now n ON n.item = i.id WHERE i.identity = ? AND n.state = 'quarantined'",
        (_missing(raw),),
    )
    if old is not None:
        reason = f"it was got later, as item {item}"
        set_state(change, Outcome(int(old[0]), IRRELEVANT, raw.source, raw.line, code="got-later", reason=reason))


def _see(change: Change, item: int, raw: RawItem) -> None:
    source, line, given = _told(raw)
    fetched = json.dumps(dict(raw.fetched), sort_keys=True, ensure_ascii=False)
    change.add("sighting", item=item, source=source, line=line, captured=change.at, given=given, fetched=fetched)


def set_state(change: Change, outcome: Outcome, report: int | None = None) -> None:
    """Write down what became of an item."""
    row = change.add(
        "outcome", item=outcome.item, state=outcome.state, report=report, code=outcome.code, reason=outcome.reason
    )
    change.put(
        "INSERT INTO item_now (item, state, outcome, report, tries) VALUES (?, ?, ?, ?, 0) ON CONFLICT (item) DO UPDATE "
        "SET state = excluded.state, outcome = excluded.outcome, report = excluded.report, "
        "tries = CASE WHEN excluded.state = 'pending' THEN 0 ELSE tries + 1 END",
        (outcome.item, outcome.state, row, report),
    )
    change.put("DELETE FROM lease WHERE item = ?", (outcome.item,))


def holder() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def _alive(name: str) -> bool:
    """Whether the process that holds a lease may still be at work."""
    host, _, number = name.rpartition(":")
    if host != socket.gethostname():
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except (PermissionError, ValueError):
        return True
    return True


def lease(database: Database, count: int) -> list[Task]:
    """So many pending items for this process alone; those of a process that died are free at once."""
    now = time.time()
    with database.transaction():
        for name in {str(row[0]) for row in database.rows("SELECT DISTINCT holder FROM lease")}:
            if not _alive(name):
                database.rows("DELETE FROM lease WHERE holder = ?", (name,))
        found = database.rows(
            "SELECT n.item FROM item_now n LEFT JOIN lease l ON l.item = n.item AND l.until > ? "
            "WHERE n.state = 'pending' AND l.item IS NULL ORDER BY n.item LIMIT ?", (now, count),
        )  # fmt: skip
        for (item,) in found:
            database.rows("INSERT OR REPLACE INTO lease VALUES (?, ?, ?)", (item, holder(), now + _LEASE_S))
    return tasks(database, [int(item) for (item,) in found])


def release(database: Database, items: Sequence[int]) -> None:
    """Give back items that were leased and not worked on."""
    with database.transaction():
        for item in items:
            database.rows("DELETE FROM lease WHERE item = ? AND holder = ?", (item, holder()))


def tasks(database: Database, items: Sequence[int]) -> list[Task]:
    return [task for item in items if (task := _task(database, item)) is not None]


def _task(database: Database, item: int) -> Task | None:
    row = database.row(
        "SELECT i.kind, r.packing, r.body, s.source, s.line, s.captured, s.given, n.tries FROM item i "
        "JOIN raw r ON r.id = i.raw JOIN sighting s ON s.item = i.id JOIN item_now n ON n.item = i.id "
        "WHERE i.id = ? ORDER BY s.id DESC LIMIT 1", (item,),
    )  # fmt: skip
    if row is None:
        return None
    kind, packing, body, source, line, captured, given, tries = row
    return Task(item, kind, unpacked(packing, body), source, line, captured, json.loads(given), tries)


def failed(database: Database, task: Task, code: str, reason: str) -> Outcome:
    """An item whose reading came to grief: it goes to the quarantine, from where it can be tried again."""
    outcome = Outcome(task.item, QUARANTINED, task.source, task.line, code=code, reason=reason)
    with database.change("quarantined", f"item {task.item}", note=f"{code}: {reason}"[:500]) as change:
        set_state(change, outcome)
    return outcome


def retry(database: Database, items: Sequence[int] | None = None, *, actor: str) -> int:
    """Let quarantined items be tried again: those named, or all that have bytes to read."""
    rows = database.rows(
        "SELECT n.item, s.source, s.line FROM item_now n JOIN item i ON i.id = n.item "
        "JOIN sighting s ON s.id = (SELECT max(id) FROM sighting WHERE item = n.item) "
        "WHERE n.state = 'quarantined' AND i.raw IS NOT NULL ORDER BY n.item"
    )
    chosen = [row for row in rows if items is None or row[0] in set(items)]
    with database.transaction():
        for item, source, line in chosen:
            with database.change("tried again", f"item {item}", actor=actor) as change:
                set_state(change, Outcome(item, PENDING, source, line))
    return len(chosen)




def states(database: Database, seq: int) -> list[tuple[Any, ...]]:
    """How many items were in which state when entry `seq` was the last."""
    if seq >= database.head():
        others = database.rows(
            "SELECT state, count(*) FROM item_now WHERE state < 'coded' GROUP BY state UNION ALL "
            "SELECT state, count(*) FROM item_now WHERE state > 'coded' GROUP BY state"
        )
        every = int(database.value("SELECT coalesce(max(id), 0) FROM item"))  # each has a state, and none is ever taken out
        return [("coded", every - sum(int(number) for _, number in others)), *others]
    return database.rows(
        "SELECT o.state, count(*) FROM outcome o WHERE o.id IN (SELECT max(id) FROM outcome WHERE tx <= ? GROUP BY item) "
        "GROUP BY o.state", (seq,),
    )  # fmt: skip


def outcome(database: Database, item: int) -> Outcome:
    """What has become of an item until now."""
    row = database.row(
        "SELECT n.state, s.source, s.line, r.report_id, o.code, o.reason, (SELECT count(*) FROM account_now WHERE report = n.report) "
        "FROM item_now n JOIN outcome o ON o.id = n.outcome LEFT JOIN report r ON r.id = n.report "
        "JOIN sighting s ON s.id = (SELECT min(id) FROM sighting WHERE item = n.item) WHERE n.item = ?", (item,),
    )  # fmt: skip
    if row is None:
        raise UnknownError(f"no item has the number {item}")
    state, source, line, report, code, reason, accounts = row
    return Outcome(item, state, source, line, report, code, reason, accounts, new=False)
