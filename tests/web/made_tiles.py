"""Tiny PMTiles archives (version 3) of a single tile for the whole world, made byte by byte as the specification has it."""

from __future__ import annotations

import gzip
import json
import struct
import zlib
from pathlib import Path
from typing import Any


def varint(number: int) -> bytes:
    made = bytearray()
    while number > 127:
        made.append(number & 127 | 128)
        number >>= 7
    return bytes([*made, number])


def archive(path: Path, tile: bytes, kind: int, metadata: dict[str, Any], **changed: int) -> Path:
    """An archive with one tile at zoom 0; `changed` are bytes of the header, by what they are."""
    directory = gzip.compress(varint(1) + varint(0) + varint(1) + varint(len(tile)) + varint(1))
    told = gzip.compress(json.dumps(metadata).encode())
    at = [127, len(directory), 127 + len(directory), len(told)]
    at += [at[2] + at[3], 0, at[2] + at[3], len(tile)]
    head = b"PMTiles" + bytes([changed.get("version", 3)]) + struct.pack("<8Q", *at) + struct.pack("<3Q", 1, 1, 1)
    head += bytes([1, changed.get("packing", 2), changed.get("tile_packing", 1), kind, 0, changed.get("highest", 0)])
    head += struct.pack("<4i", -1800000000, -850000000, 1800000000, 850000000) + bytes([0]) + struct.pack("<2i", 0, 0)
    path.write_bytes(head + directory + told + tile)
    return path


def png(side: int = 256, colour: tuple[int, int, int] = (180, 40, 40)) -> bytes:
    """A square of one colour."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    rows = (b"\0" + bytes(colour) * side) * side
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">2I5B", side, side, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def vector(layer: str) -> bytes:
    """A vector tile: one polygon that covers all of it, in one layer."""

    def field(number: int, body: bytes) -> bytes:
        return varint(number << 3 | 2) + varint(len(body)) + body

    def zigzag(number: int) -> int:
        return number << 1 ^ number >> 31

    moves = [9, zigzag(0), zigzag(0), 26, zigzag(4096), zigzag(0), zigzag(0), zigzag(4096), zigzag(-4096), zigzag(0), 15]
    feature = varint(3 << 3) + varint(3) + field(4, b"".join(map(varint, moves)))
    return field(3, field(1, layer.encode()) + field(2, feature) + varint(5 << 3) + varint(4096) + varint(15 << 3) + varint(2))
