"""The versions of the record's tables: a file of SQL for each, applied in turn, the whole of each or none of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from concordant.record.errors import SchemaError

APPLICATION = 0x434E4352  # "CNCR", in the file's header: what has another is no record
_FOLDER = Path(__file__).resolve().parent / "data"
# Rows of these are added and never changed; all have the columns id and tx.
HISTORY = (
    "account", "alert", "assignment", "coding", "copy", "document", "event_version", "item", "membership", "misfit", "origin",
    "outcome", "raw", "report", "ruling", "ruling_subject", "second_coding", "sighting", "succession",
)  # fmt: skip


def versions() -> tuple[Path, ...]:
    return tuple(sorted(_FOLDER.glob("[0-9][0-9][0-9].sql")))


def migrate(connection: sqlite3.Connection, upto: int | None = None) -> int:
    """Bring a record's tables to the newest version (or `upto`); returns it. Raises SchemaError for what is no record."""
    found = _found(connection)
    files = versions()
    if found > len(files):
        raise SchemaError(f"the record is of version {found}, this program knows {len(files)}: use a newer one")
    wanted = len(files) if upto is None else upto
    for number in range(found + 1, wanted + 1):
        _apply(connection, number, files[number - 1])
    return max(found, wanted)


def _found(connection: sqlite3.Connection) -> int:
    """The version of a record's tables, 0 for an empty file; read at one moment, for another process may be making them."""
    connection.execute("BEGIN")
    try:
        tables = int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
        application = int(connection.execute("PRAGMA application_id").fetchone()[0])
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.execute("COMMIT")
    if tables and application != APPLICATION:
        raise SchemaError("the file is a database, but no record of this program's")
    return version


def _apply(connection: sqlite3.Connection, number: int, file: Path) -> None:
    """One version, with the checks of foreign keys put off: a table that is built anew would else empty its children."""
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        connection.execute("BEGIN IMMEDIATE")
        if int(connection.execute("PRAGMA user_version").fetchone()[0]) < number:  # else another process was faster
            for statement in statements(file.read_text(encoding="utf-8")):
                connection.execute(statement)
            _guard(connection)
            _note(connection, number)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _note(connection: sqlite3.Connection, number: int) -> None:
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise SchemaError(f"version {number} would leave rows that point nowhere; nothing was changed")
    connection.execute("CREATE TABLE IF NOT EXISTS version (number INTEGER PRIMARY KEY, at TEXT NOT NULL)")
    connection.execute("INSERT INTO version VALUES (?, ?)", (number, datetime.now(UTC).isoformat()))
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {number}")


def _guard(connection: sqlite3.Connection) -> None:
    """Forbid changes to what has been recorded."""
    known = {str(row[0]) for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table in (name for name in ("entry", *HISTORY) if name in known):  # a version knows the tables of its day
        for deed in ("UPDATE", "DELETE"):
            connection.execute(
                f"CREATE TRIGGER IF NOT EXISTS {table}_{deed.lower()} BEFORE {deed} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"
            )


def statements(script: str) -> Iterator[str]:
    """The statements of an SQL script, one by one (executescript would commit what is under way)."""
    part = ""
    for line in script.splitlines(keepends=True):
        part += line
        if sqlite3.complete_statement(part):
            yield part
            part = ""
    if part.strip() and not all(line.startswith("--") or not line.strip() for line in part.splitlines()):
        yield part
