"""The chain of the log: each entry's hash covers the entry, the rows that came with it, and the hash before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_NAME = b"concordant-log-1"


def row_digest(table: str, row: Mapping[str, Any]) -> bytes:
    """The hash of one row; a blob counts by its own hash, so that it can be taken away and its proof remain."""
    cells = {name: _cell(value) for name, value in row.items()}
    return hashlib.sha256(_canonical([table, cells])).digest()


def _cell(value: Any) -> Any:
    return f"sha256:{hashlib.sha256(value).hexdigest()}" if isinstance(value, bytes) else value


def payload_of(salt: bytes, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> bytes:
    """The hash of an entry's rows, in the order of tables' names and rows' numbers."""
    digest = hashlib.sha256(salt)
    for table, row in rows:
        digest.update(row_digest(table, row))
    return digest.digest()


def entry_hash(previous: bytes, fields: Sequence[Any]) -> bytes:
    """The hash of an entry: of `fields` (seq, at, actor, action, object, note, salt, payload) and the one before."""
    told = [field.hex() if isinstance(field, bytes) else field for field in fields]
    return hashlib.sha256(_NAME + previous + _canonical(told)).digest()


def _canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode()
