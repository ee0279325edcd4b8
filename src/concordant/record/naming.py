"""Names as the record compares them, and numbers made of names."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """A name without case, accents, spaces and marks."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in bare if char.isalnum())


def number_of(name: str | bytes) -> int:
    """A 64-bit number for a name: what takes eight bytes in an index instead of forty."""
    data = name.encode("utf-8", "surrogatepass") if isinstance(name, str) else name
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big", signed=True)


def account_number(account_id: str) -> int:
    """An account's id as a number in the same order as the id."""
    try:
        return int(account_id, 16) - 2**63 if len(account_id) == 16 else number_of(account_id)
    except ValueError:
        return number_of(account_id)
