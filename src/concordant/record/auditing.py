"""Verifying a record: the chain of the log, every row against its entry, every raw document against its hash."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from concordant.record.chain import entry_hash, payload_of
from concordant.record.database import Database, sha256
from concordant.record.items import unpacked
from concordant.record.migrations import HISTORY

Found = tuple[int, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found: how many entries and rows hold, the hash of the last entry, and what does not hold."""

    entries: int
    rows: int
    documents: int
    head: str
    problems: tuple[str, ...]

    @property
    def whole(self) -> bool:
        return not self.problems


def verify(database: Database) -> Verdict:
    """Check a record against itself. A head noted outside the record shows that nothing was rewritten as a whole."""
    problems: list[str] = []
    with database.errors():
        connection = database.connection
        connection.execute("BEGIN")
        try:
            entries, rows, head = _chain(connection, problems)
            documents = _documents(connection, problems)
            problems += _views(connection)
            check = [row[0] for row in connection.execute("PRAGMA integrity_check(10)") if row[0] != "ok"]
            check += [f"a row of {row[0]} points nowhere" for row in connection.execute("PRAGMA foreign_key_check")]
        finally:
            connection.execute("COMMIT")
    return Verdict(entries, rows, documents, head.hex(), (*problems, *check))


def knows_head(database: Database, head: str) -> bool:
    """Whether an entry of this hash, noted earlier outside the record, is in the log."""
    return len(head) >= 8 and bool(
        database.row("SELECT 1 FROM entry WHERE lower(hex(hash)) LIKE ? || '%' LIMIT 1", (head.lower(),))
    )


class _Rows:
    """The rows of one table in the order in which they were written, looked at one by one."""

    def __init__(self, connection: sqlite3.Connection, table: str) -> None:
        self.table = table
        cursor = connection.execute(f"SELECT * FROM {table} ORDER BY id")
        names = [column[0] for column in cursor.description]
        self._rows: Iterator[dict[str, Any]] = (dict(zip(names, row, strict=True)) for row in cursor)
        self.next = next(self._rows, None)

    def of(self, seq: int) -> Iterator[dict[str, Any]]:
        """The rows of one entry."""
        while self.next is not None and self.next["tx"] == seq:
            yield self.next
            self.next = next(self._rows, None)


def _chain(connection: sqlite3.Connection, problems: list[str]) -> tuple[int, int, bytes]:
    tables = [_Rows(connection, table) for table in sorted(HISTORY)]
    head, count, rows, before = b"", 0, 0, ""
    for entry in connection.execute(
        "SELECT seq, at, actor, action, object, note, salt, payload, hash FROM entry ORDER BY seq"
    ):
        count += 1
        seq, at = entry[0], entry[1]
        if seq != count:
            problems.append(f"entry {count} is missing from the log")
            count = seq
        if at < before:
            problems.append(f"entry {seq} is older than the one before")
        held = [(table.table, row) for table in tables for row in table.of(seq)]
        rows += len(held)
        if payload_of(entry[6], held) != entry[7]:
            problems.append(f"entry {seq} ({entry[3]} {entry[4]}): its rows are not those that were written")
        if entry_hash(head, entry[:8]) != entry[8]:
            problems.append(f"entry {seq} ({entry[3]} {entry[4]}): the log was changed here")
        head, before = entry[8], at
    problems += [f"rows of {table.table} belong to no entry" for table in tables if table.next is not None]
    return count, rows, head


def _documents(connection: sqlite3.Connection, problems: list[str]) -> int:
    count = 0
    for digest, packing, body in connection.execute("SELECT sha256, packing, body FROM raw ORDER BY id"):
        count += 1
        try:
            same = sha256(unpacked(packing, body)) == digest
        except Exception:  # a damaged body fails in as many ways as there are bytes in it
            same = False
        if not same:
            problems.append(f"the document {digest} is not what came in")
    return count


_COUNTED = "SELECT kind, count(*), sum(max(killed, 0)) FROM event_now WHERE until IS NULL AND state = 'event' GROUP BY kind"
_KEPT = "SELECT key, events, killed FROM sum_now WHERE by = 'kind'"
_VIEWS = {
    "what became of items": (
        "SELECT count(*) FROM item i LEFT JOIN item_now n ON n.item = i.id LEFT JOIN outcome o ON o.id = n.outcome "
        "WHERE o.id IS NOT (SELECT max(id) FROM outcome WHERE item = i.id) OR o.state IS NOT n.state"
    ),
    "the present codings": (
        "SELECT count(*) FROM report r LEFT JOIN report_now n ON n.report = r.id "
        "WHERE n.coding IS NOT (SELECT max(id) FROM coding WHERE report = r.id)"
    ),
    "the present events": (
        "SELECT count(*) FROM event_version v LEFT JOIN event_now n ON n.version = v.id AND n.until IS NULL "
        "WHERE (v.id = (SELECT max(id) FROM event_version WHERE event_id = v.event_id) AND v.state <> 'gone') "
        "<> (n.version IS NOT NULL)"
    ),
    "the sums over events": f"SELECT (SELECT count(*) FROM ({_COUNTED} EXCEPT {_KEPT})) + (SELECT count(*) FROM ({_KEPT} EXCEPT {_COUNTED}))",
    "the members of events": (
        "SELECT count(*) FROM account_now a LEFT JOIN member_now n ON n.account_id = a.account_id AND n.until IS NULL "
        "WHERE n.event_id IS NOT (SELECT event_id FROM membership WHERE account_id = a.account_id ORDER BY id DESC LIMIT 1)"
    ),
}


def _views(connection: sqlite3.Connection) -> list[str]:
    """Whether what is laid out to be found fast agrees with what was written down."""
    wrong = {name: connection.execute(sql).fetchone()[0] for name, sql in _VIEWS.items()}
    return [f"{name} disagree with the log in {number} places" for name, number in wrong.items() if number]
