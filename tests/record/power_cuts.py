"""A disk that loses power: a file system for SQLite that remembers every write and sync, and what would be left of them.

What was written and not yet synced when the power goes may be on the disk whole, torn, or not at all, each write for
itself and in any order. The record runs on the SQLite that comes with apsw here, by way of a connection that answers as
the one of the standard library does.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

SECTOR = 512


@dataclass(slots=True)
class Disk:
    """The files as they are certain to be after a power cut (`synced`), and the changes since (`pending`)."""

    synced: dict[str, bytearray] = field(default_factory=dict)
    pending: list[tuple[str, str, int, bytes]] = field(default_factory=list)
    syncs: int = 0
    seen: Callable[[], None] = lambda: None

    def note(self, what: str, name: str, at: int = 0, data: bytes = b"") -> None:
        self.pending.append((what, name, at, data))
        self.seen()

    def sync(self, name: str) -> None:
        """What was done to a file is certain from now on."""
        self.syncs += 1
        rest = []
        for change in self.pending:
            if change[1] == name:
                _apply(self.synced, change)
            else:
                rest.append(change)
        self.pending = rest

    def after_a_cut(self, chance: random.Random) -> dict[str, bytes]:
        """The files after the power went now."""
        files = {name: bytearray(data) for name, data in self.synced.items()}
        changes = list(self.pending)
        chance.shuffle(changes)
        for change in changes:
            fate = chance.random()
            if fate < 0.4:
                continue
            torn = fate < 0.6 and change[0] == "write"
            end = chance.randrange(0, len(change[3]) + 1) // SECTOR * SECTOR if torn else len(change[3])
            _apply(files, (*change[:3], change[3][:end]))
        return {name: bytes(data) for name, data in files.items()}


def _apply(files: dict[str, bytearray], change: tuple[str, str, int, bytes]) -> None:
    what, name, at, data = change
    if what == "delete":
        files.pop(name, None)
        return
    file = files.setdefault(name, bytearray())
    if what == "truncate":
        del file[at:]
        file.extend(b"\0" * (at - len(file)))
    else:
        file.extend(b"\0" * (at - len(file)))
        file[at : at + len(data)] = data


class _Files(apsw.VFS):
    def __init__(self, name: str, disk: Disk) -> None:
        self.disk = disk
        super().__init__(name, "")

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        return _File(self.disk, name, flags)

    def xDelete(self, name: str, sync: bool) -> None:  # noqa: N802
        self.disk.note("delete", name)
        if sync:
            self.disk.sync(name)
        super().xDelete(name, sync)


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:
        self.disk = disk
        self.name = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self.disk.note("write", self.name, offset, bytes(data))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:  # noqa: N802
        self.disk.note("truncate", self.name, size)
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self.disk.sync(self.name)
        super().xSync(flags)


class _Cursor:
    """The answer to a statement, read at once."""

    def __init__(self, connection: apsw.Connection, sql: str, values: Any) -> None:
        cursor = connection.cursor()
        cursor.execute(sql, tuple(values))
        try:
            self.description: Any = [(name,) for name, _ in cursor.get_description()]
        except apsw.ExecutionCompleteError:
            self.description = []
        self._rows = iter(cursor.fetchall())
        self.lastrowid = connection.last_insert_rowid()

    def fetchone(self) -> Any:
        return next(self._rows, None)

    def fetchall(self) -> list[Any]:
        return list(self._rows)

    def __iter__(self) -> Any:
        return self._rows


class Connection:
    """A connection of apsw's that answers as one of the standard library does."""

    def __init__(self, path: str, files: str, synchronous: str | None) -> None:
        self._connection = apsw.Connection(path, vfs=files)
        self._synchronous = synchronous

    def execute(self, sql: str, values: Any = ()) -> _Cursor:
        if self._synchronous and sql == "PRAGMA synchronous = FULL":
            sql = f"PRAGMA synchronous = {self._synchronous}"
        try:
            return _Cursor(self._connection, sql, values)
        except apsw.ConstraintError as error:
            raise sqlite3.IntegrityError(str(error)) from error
        except apsw.Error as error:
            raise sqlite3.OperationalError(str(error)) from error

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    def close(self) -> None:
        self._connection.close()


class Power:
    """Stands in for `sqlite3.connect` while a test lasts."""

    def __init__(self, synchronous: str | None = None) -> None:
        self.disk, self._synchronous = Disk(), synchronous
        self._name = f"power{id(self)}"
        self._files = _Files(self._name, self.disk)

    def connect(self, path: Path, **_: Any) -> Connection:
        return Connection(str(path), self._name, self._synchronous)

    def restore(self, files: dict[str, bytes], old: Path, folder: Path) -> Path:
        """Put what is left of the files into a folder, the database and the journal beside it."""
        for name, data in files.items():
            if Path(name).name.startswith(old.name):
                (folder / Path(name).name).write_bytes(data)
        return folder / old.name
