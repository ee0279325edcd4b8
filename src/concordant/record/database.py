"""The record's file: connections, transactions, and the log in which every change is chained to the one before."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from concordant.record.chain import entry_hash, payload_of
from concordant.record.errors import RecordError, as_record_error
from concordant.record.migrations import migrate

_WAIT_S = 60.0
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """A moment as the record writes it: UTC, to the microsecond, so that text order is time order."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Change:
    """One entry of the log being written: every row goes in with the entry's number."""

    def __init__(self, connection: sqlite3.Connection, seq: int, at: str) -> None:
        self.connection, self.seq, self.at = connection, seq, at
        self._rows: list[tuple[str, int, tuple[Any, ...]]] = []

    def add(self, table: str, **values: Any) -> int:
        """Add a row to a table of the record; returns its number."""
        row = {"tx": self.seq, **values}
        marks = ", ".join("?" * len(row))
        sql = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"
        number = int(self.connection.execute(sql, tuple(row.values())).lastrowid or 0)
        self._rows.append((table, number, tuple(sorted({"id": number, **row}.items()))))
        return number

    def put(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Change a table that can be made again from the record."""
        self.connection.execute(sql, values)

    def payload(self, salt: bytes) -> bytes:
        return payload_of(salt, ((table, dict(row)) for table, _, row in sorted(self._rows, key=lambda r: r[:2])))


class Database:
    """A record's file, open: a connection for each thread, and one writer at a time over all processes."""

    def __init__(self, path: Path, clock: Clock = utc_now) -> None:
        self.path, self._clock = path, clock
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        self._max_pages: int | None = None
        path.parent.mkdir(parents=True, exist_ok=True)
        with self.errors():
            migrate(self.connection)

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection; a forked process opens its own."""
        held = getattr(self._local, "held", None)
        if held is None or held[0] != os.getpid():
            held = (os.getpid(), self._connect())
            self._local.held = held
        connection: sqlite3.Connection = held[1]
        return connection

    def _connect(self) -> sqlite3.Connection:
        with self.errors():
            connection = sqlite3.connect(self.path, timeout=_WAIT_S, isolation_level=None, check_same_thread=False)
            # A rollback journal and never WAL: SQLite before 3.51.3 can lose pages when two connections reset a
            # write-ahead log at once, and we run on whatever SQLite the system has. TRUNCATE with FULL syncs the
            # emptied journal, so that a commit that was acknowledged stays committed.
            for pragma in (
                "journal_mode = TRUNCATE", "synchronous = FULL", "foreign_keys = ON", "mmap_size = 0",
                "cache_size = -65536", "temp_store = MEMORY", "trusted_schema = OFF", "recursive_triggers = ON",
            ):  # fmt: skip
                connection.execute(f"PRAGMA {pragma}").fetchall()
            if self._max_pages:
                connection.execute(f"PRAGMA max_page_count = {self._max_pages}").fetchall()
        with self._guard:
            self._open.append(connection)
        return connection

    def limit_pages(self, pages: int) -> None:
        """Let the file grow to so many pages and no further, on this and all connections to come."""
        self._max_pages = pages
        self.connection.execute(f"PRAGMA max_page_count = {pages}").fetchall()

    def close(self) -> None:
        with self._guard:
            for connection in self._open:
                connection.close()
            self._open.clear()
        self._local = threading.local()

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turn the database's errors into the record's."""
        try:
            yield
        except sqlite3.Error as error:
            raise as_record_error(error) from error

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query. They are fetched at once: a reader that dawdles would keep writers waiting."""
        with self.errors():
            return self.connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        with self.errors():
            found: tuple[Any, ...] | None = self.connection.execute(sql, values).fetchone()
        return found

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The first cell of a query's first row, None where there is none."""
        found = self.row(sql, values)
        return found[0] if found else None

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All queries inside see the record at one moment. Keep it short: who writes has to wait for it."""
        connection = self.connection
        if connection.in_transaction:
            yield
            return
        with self.errors():
            connection.execute("BEGIN")
            try:
                yield
            finally:
                connection.execute("COMMIT")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that happens inside is kept, or nothing is; one that is inside another belongs to it."""
        connection = self.connection
        if connection.in_transaction:
            yield
            return
        with self.errors():
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def change(self, action: str, obj: str, *, actor: str = "concordant", note: str = "") -> Iterator[Change]:
        """Write one entry of the log with its rows."""
        with self.transaction():
            last = self.row("SELECT seq, at, hash FROM entry ORDER BY seq DESC LIMIT 1")
            seq, before, previous = last or (0, "", b"")
            now = stamp(self._clock())
            if now < before:  # the order of the record is the order of its entries, whatever the clock says
                now, note = before, f"{note} [the clock went back to {now}]".strip()
            change = Change(self.connection, seq + 1, now)
            yield change
            salt = os.urandom(16)
            fields = (seq + 1, now, actor, action, obj, note, salt, change.payload(salt))
            self.connection.execute(
                "INSERT INTO entry (seq, at, actor, action, object, note, salt, payload, hash) VALUES (?,?,?,?,?,?,?,?,?)",
                (*fields, entry_hash(previous, fields)),
            )

    def head(self) -> int:
        """The number of the last entry."""
        return int(self.value("SELECT coalesce(max(seq), 0) FROM entry"))

    def moment(self, as_of: str | datetime | int | None) -> int:
        """The last entry that was known at a time: a day (its end, UTC), a moment, an entry's number; None is now."""
        if as_of is None:
            return self.head()
        if isinstance(as_of, int):
            return as_of
        return int(self.value("SELECT coalesce(max(seq), 0) FROM entry WHERE at <= ?", (_latest(as_of),)))


def _latest(as_of: str | datetime) -> str:
    if isinstance(as_of, datetime):
        return stamp(as_of if as_of.tzinfo else as_of.replace(tzinfo=UTC))
    text = as_of.strip()
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise RecordError(f"{as_of!r} is no day (YYYY-MM-DD) or moment (YYYY-MM-DDTHH:MM:SS)") from None
    if len(text) == 10:
        return f"{text}T23:59:59.999999Z"
    return stamp(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
