"""Values as the record keeps them: JSON, compressed."""

from __future__ import annotations

import json
import zlib
from typing import Any


def pack(value: Any) -> bytes:
    """A value as compressed JSON, its keys in the order they were given in."""
    return pack_text(as_json(value))


def unpack(body: bytes) -> Any:
    return json.loads(unpack_text(body))


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def pack_text(text: str) -> bytes:
    # surrogatepass: half of a surrogate pair is no character, but a name in bad JSON can hold one
    return zlib.compress(text.encode("utf-8", "surrogatepass"))


def unpack_text(body: bytes) -> str:
    return zlib.decompress(body).decode("utf-8", "surrogatepass")
