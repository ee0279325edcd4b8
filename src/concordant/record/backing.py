"""Copies of a record: made while it is in use, and put back in its place."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from concordant.record.database import Database
from concordant.record.errors import RecordError


def backup(database: Database, target: Path) -> str:
    """Copy the record as it is now to a file; returns the hash of the last entry in the copy.

    The copy is made beside the target and moved there when it is whole and on the disk. Others may go on reading;
    who wants to write waits until it is done, so that the copy is of one moment.
    """
    if target.exists():
        raise RecordError(f"{target} exists already: a backup never overwrites")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with database.errors():
            copy = sqlite3.connect(part)
            try:
                database.connection.backup(copy)
                head = copy.execute("SELECT hash FROM entry ORDER BY seq DESC LIMIT 1").fetchone()
            finally:
                copy.close()
        _synced(part)
        part.rename(target)
        _synced(target.parent)
    finally:
        part.unlink(missing_ok=True)
    return head[0].hex() if head else ""


def restore(source: Path, target: Path) -> Path | None:
    """Put a backup in a record's place, once it has been verified; returns where the record that was there is now."""
    from concordant.record.auditing import verify

    if not source.exists():
        raise RecordError(f"{source} does not exist")
    copy = Database(source)
    try:
        verdict = verify(copy)
        if not verdict.whole:
            raise RecordError(f"the backup is damaged and was not put back: {verdict.problems[0]}")
        aside = _aside(target)
        if aside is not None:
            target.rename(aside)
        backup(copy, target)
    finally:
        copy.close()
    return aside


def _aside(target: Path) -> Path | None:
    """A free name beside the record for the one that is there."""
    if not target.exists():
        return None
    number = 1
    while (name := target.with_name(f"{target.name}.before-restore-{number}")).exists():
        number += 1
    return name


def _synced(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        if path.is_file():
            raise
    finally:
        os.close(handle)
