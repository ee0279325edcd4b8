"""What can go wrong with a record: each error with a stable code and words that say what to do."""

from __future__ import annotations

import sqlite3


class RecordError(Exception):
    """A record that cannot be read or written as asked; `code` is stable."""

    code = "E_RECORD"


class StorageFullError(RecordError):
    """No room is left: nothing of the change was kept, everything before it was."""

    code = "E_STORAGE_FULL"


class StorageError(RecordError):
    """The disk or the file system failed, or the file is damaged."""

    code = "E_IO"


class BusyError(RecordError):
    """Another process has been writing for longer than we wait."""

    code = "E_BUSY"


class SchemaError(RecordError):
    """The file is no record, or one of a newer version of the program."""

    code = "E_SCHEMA"


class UnknownError(RecordError):
    """There is no such event, account, report or item."""

    code = "E_UNKNOWN"


class MissingError(RecordError, ImportError):
    """A library that is not part of the installation is needed for this."""

    code = "E_MISSING"


def as_record_error(error: sqlite3.Error) -> RecordError:
    """The database's error in our words."""
    words = str(error)
    if "full" in words:
        return StorageFullError("the disk is full: the change was not kept, the record is whole; free some space")
    if "locked" in words or "busy" in words:
        return BusyError("another process is writing to the record and does not finish; try again")
    if isinstance(error, sqlite3.IntegrityError):
        return RecordError(f"the change contradicts the record: {words}")
    return StorageError(f"the record cannot be used: {words}")
