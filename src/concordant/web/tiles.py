"""Tiles of one's own under the map: an archive on this computer, or a template address of a server that the operator names."""

from __future__ import annotations

import gzip
import html
import json
import re
import struct
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from concordant.record import RecordError
from concordant.web.guarding import is_loopback

# The header of a PMTiles archive (version 3): where its parts are, and what its tiles are.
_HEADER, _MAGIC, _VERSION = 127, b"PMTiles", 3
_PARTS = ("root directory", "metadata", "leaf directories", "tile data")
_COMPRESSIONS = {1: "none", 2: "gzip"}
_TYPES = {1: "vector", 2: "raster", 3: "raster", 4: "raster", 5: "raster"}
_LARGEST_METADATA = 2 * 2**20
_NEEDED = ("{z}", "{x}", "{y}")


@dataclass(frozen=True, slots=True)
class Tiles:
    """What is drawn under the events: an archive of one file (`path`), or images at an address with {z}, {x} and {y}.

    `origin` is the one host that the map's page may then ask besides its own; None for an archive.
    """

    kind: str  # vector or raster
    path: Path | None = None
    address: str | None = None
    origin: str | None = None
    lowest: int = 0
    highest: int = 19
    attribution: str = ""
    layers: tuple[str, ...] = field(default=())  # of vector tiles

    def told(self) -> dict[str, Any]:
        """What the map's script needs to know."""
        return {
            "kind": self.kind, "address": self.address, "lowest": self.lowest, "highest": self.highest, "layers": list(self.layers),
        }  # fmt: skip


def tiles_of(what: str) -> Tiles:
    """The tiles that an operator names: a file or a template address. Raises RecordError where they are none."""
    return _template(what) if "://" in what else _archive(Path(what))


def _template(address: str) -> Tiles:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise RecordError(f"{address!r} is no address: {error}") from None
    missing = [name for name in _NEEDED if name not in f"{parts.path}?{parts.query}"]
    if missing:
        raise RecordError(f"{address!r} is no address of tiles: it lacks {', '.join(missing)}")
    if not host or not re.fullmatch(r"[A-Za-z0-9.\-]+|[0-9a-f:]+", host) or parts.username is not None:
        raise RecordError(f"{address!r} names no host that tiles can be asked from")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(host)):
        raise RecordError(f"{address!r}: tiles are asked from elsewhere over https only")
    unknown = set(re.findall(r"\{.*?\}", address)) - set(_NEEDED)
    if unknown or re.search(r"[\s;,'\"<>\\]", address):
        raise RecordError(f"{address!r} is no address of tiles: there is {', '.join(sorted(unknown)) or 'a mark'} in it that means nothing")
    name = f"[{host}]" if ":" in host else host
    origin = f"{parts.scheme}://{name}" + (f":{port}" if port else "")
    return Tiles("raster", address=address, origin=origin, attribution=name)


def _archive(path: Path) -> Tiles:
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
            size = path.stat().st_size
            found = _read(path, header, size)
            file.seek(found[1])
            metadata = _metadata(path, file.read(found[2]), found[3])
    except OSError as error:
        raise RecordError(f"{path}: the tiles cannot be read: {error.strerror or error}") from None
    layers = tuple(str(layer["id"]) for layer in metadata.get("vector_layers") or () if isinstance(layer, dict) and layer.get("id"))
    if found[0] == "vector" and not layers:
        raise RecordError(f"{path}: an archive of vector tiles that does not name its layers (vector_layers in its metadata)")
    return Tiles(
        found[0], path, "/tiles.pmtiles", None, header[100], header[101], _plain(str(metadata.get("attribution") or "")), layers
    )


def _read(path: Path, header: bytes, size: int) -> tuple[str, int, int, int]:
    """The type of an archive's tiles, and where its metadata stands, how long it is and how it is packed."""
    if len(header) < _HEADER or header[:7] != _MAGIC:
        raise RecordError(f"{path} is no PMTiles archive")
    if header[7] != _VERSION:
        raise RecordError(f"{path} is a PMTiles archive of version {header[7]}; version {_VERSION} is needed (pmtiles convert)")
    numbers = struct.unpack("<8Q", header[8:72])
    for name, offset, length in zip(_PARTS, numbers[::2], numbers[1::2], strict=True):
        if offset + length > size:
            raise RecordError(f"{path} is cut off: its {name} should end at byte {offset + length}, the file at {size}")
    if header[97] not in _COMPRESSIONS or header[98] not in _COMPRESSIONS:
        raise RecordError(f"{path}: its parts are packed in a way that browsers cannot read; gzip is needed")
    if header[99] not in _TYPES:
        raise RecordError(f"{path}: tiles of type {header[99]} are neither vector tiles nor images")
    if numbers[3] > _LARGEST_METADATA:
        raise RecordError(f"{path}: {numbers[3]} bytes of metadata are no metadata")
    return _TYPES[header[99]], numbers[2], numbers[3], header[97]


def _metadata(path: Path, body: bytes, packing: int) -> dict[str, Any]:
    try:
        told = json.loads(gzip.decompress(body) if packing == 2 else body) if body else {}
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise RecordError(f"{path}: its metadata cannot be read: {error}") from None
    return told if isinstance(told, dict) else {}


def _plain(marked: str) -> str:
    """An attribution without its marks: it is shown as text."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", marked)).split())[:300]
