"""Many reports in one file: JSON Lines and CSV, read a line at a time."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, NamedTuple

from concordant.reports.charset import Decoded, decode
from concordant.reports.report import Problem, Refused

# A line longer than the largest text (JSON may write a character as six) is passed over without being held.
MAX_LINE = 128 * 1024 * 1024
MAX_FILE = 50 * 2**20
_CHUNK = 1024 * 1024
_MARKS = "\ufeff"


class Row(NamedTuple):
    """One row: where it stands, its fields or why there are none, the hash of its bytes, and notes on them."""

    line: int
    fields: Mapping[str, Any] | Refused
    sha256: str | None = None
    notes: tuple[str, ...] = ()


def json_rows(stream: BinaryIO) -> Iterator[Row]:
    """The rows of a JSON Lines stream; empty lines are left out, and a bad line never ends the reading."""
    for number, data in lines(stream):
        if isinstance(data, Refused):
            yield Row(number, data)
        elif data.strip():
            yield _json_row(number, data)


def _json_row(number: int, data: bytes) -> Row:
    digest = hashlib.sha256(data).hexdigest()
    try:
        decoded, value = _parsed(data.rstrip(b"\r\n"))
        return Row(number, _object(value), digest, decoded.notes)
    except Refused as refused:
        return Row(number, refused, digest)


def whole_rows(stream: BinaryIO) -> Iterator[Row]:
    """The rows of a JSON file that is one object or a list of objects; numbered by their place in the list.

    Raises Refused where the file as a whole cannot be read.
    """
    data = bounded(stream)
    decoded, value = _parsed(data)
    for number, item in enumerate(value if isinstance(value, list) else [value], start=1):
        try:
            digest = hashlib.sha256(json.dumps(item, sort_keys=True).encode()).hexdigest()
            yield Row(number, _object(item), digest, decoded.notes)
        except Refused as refused:
            yield Row(number, refused)


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Refused(Problem.INVALID_JSON, f"a report must be a JSON object, not {type(value).__name__}")
    return value


def _parsed(data: bytes) -> tuple[Decoded, Any]:
    decoded = decode(data)
    try:
        return decoded, json.loads(decoded.text.lstrip(_MARKS))
    except json.JSONDecodeError as error:
        where = f"column {error.colno}" if error.lineno == 1 else f"line {error.lineno} column {error.colno}"
        raise Refused(Problem.INVALID_JSON, f"invalid JSON: {error.msg} at {where}") from None
    except (ValueError, RecursionError) as error:
        raise Refused(Problem.INVALID_JSON, f"invalid JSON: {str(error)[:80]}") from None


def lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | Refused]]:
    """The lines of a stream with their numbers; one that is too long is refused in its place."""
    number = 0
    while data := stream.readline(MAX_LINE):
        number += 1
        if len(data) < MAX_LINE or data.endswith(b"\n"):
            yield number, data
            continue
        while data and not data.endswith(b"\n"):
            data = stream.readline(_CHUNK)
        yield number, Refused(Problem.TOO_LARGE, f"the line is over {MAX_LINE // 2**20} MB")


def bounded(stream: BinaryIO) -> bytes:
    """All of a stream that is not too large. Raises Refused (code "too-large" or "empty")."""
    data = stream.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        raise Refused(Problem.TOO_LARGE, f"the file is over {MAX_FILE // 2**20} MB")
    if not data:
        raise Refused(Problem.EMPTY, "the file is empty")
    return data


def csv_rows(stream: BinaryIO) -> Iterator[Row]:
    """The rows of a CSV stream with a header line; separated by commas, semicolons or tabs."""
    previous = csv.field_size_limit(MAX_LINE)
    try:
        yield from _csv_rows(stream)
    finally:
        csv.field_size_limit(previous)


def _csv_rows(stream: BinaryIO) -> Iterator[Row]:
    notes: list[str] = []
    texts = _decoded_lines(stream, notes)
    header_line = next(texts, "")
    if not header_line.strip():
        return
    names = _header(header_line)
    if "text" not in names:
        reason = f'the header has no column "text": {", ".join(names)[:100]}'
        yield Row(1, Refused(Problem.NO_TEXT, reason))
        return
    reader = csv.reader(texts, delimiter=_delimiter(header_line), strict=True)
    end = 1
    while True:
        start = end + 1
        notes.clear()
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield Row(start, Refused(Problem.INVALID_CSV, f"invalid CSV: {error}"))
            cells = []
        end = reader.line_num + 1
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield _csv_row(start, names, cells, tuple(dict.fromkeys(notes)))


def _csv_row(line: int, names: list[str], cells: list[str], notes: tuple[str, ...]) -> Row:
    digest = hashlib.sha256("\x1f".join(cells).encode()).hexdigest()
    if len(cells) > len(names):
        return Row(line, Refused(Problem.INVALID_CSV, f"{len(cells)} cells, but the header has {len(names)}"), digest)
    if any("\x00" in cell for cell in cells):
        return Row(line, Refused(Problem.BINARY, "not text: control characters"), digest)
    fields = {name: cell for name, cell in zip(names, cells, strict=False) if cell.strip()}
    return Row(line, fields, digest, notes)


def _decoded_lines(stream: BinaryIO, notes: list[str]) -> Iterator[str]:
    """The stream's lines as text; one that is not UTF-8 is read in what it seems to be in, and `notes` says so."""
    for _, line in lines(stream):
        if isinstance(line, Refused):
            notes.append(f"a line was left out: {line.reason}")
            continue
        try:
            yield line.decode("utf-8").lstrip(_MARKS)
        except UnicodeDecodeError:
            decoded = _decode_line(line)
            notes.extend(decoded.notes)
            yield decoded.text


def _decode_line(line: bytes) -> Decoded:
    try:
        return decode(line)
    except Refused as refused:
        return Decoded(
            line.decode("utf-8", "replace"), "utf-8", (f"some characters could not be read ({refused.reason})",)
        )


def _header(line: str) -> list[str]:
    cells = next(csv.reader(io.StringIO(line), delimiter=_delimiter(line)), [])
    return [cell.strip().casefold() for cell in cells]


def _delimiter(header: str) -> str:
    return max(",;\t", key=header.count)
