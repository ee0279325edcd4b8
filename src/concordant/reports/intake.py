"""Intake: from files, folders, addresses and streams to reports, one at a time and in order."""

from __future__ import annotations

import gzip
import io
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from concordant.reports.documents import Given, Origin, read_document, read_row, row_id, sniff
from concordant.reports.fetched import Fetch, FetchError
from concordant.reports.report import Problem, Refused, Report, Unreadable
from concordant.reports.rows import Row, bounded, csv_rows, json_rows, whole_rows

STDIN = "-"
_GZIP = b"\x1f\x8b"
_HEAD = 4096
KINDS = {
    ".txt": "text", ".text": "text", ".md": "text", ".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv", ".tsv": "csv",
}  # fmt: skip
TYPES = {
    "text/html": "html", "application/xhtml+xml": "html", "application/pdf": "pdf", "text/plain": "text",
    "application/x-ndjson": "jsonl", "application/jsonl": "jsonl", "application/json": "json", "text/csv": "csv",
}  # fmt: skip
_READERS = {"jsonl": json_rows, "json": whole_rows, "csv": csv_rows}


def iter_reports(
    sources: Iterable[str | Path],
    *,
    published: date | None = None,
    language: str | None = None,
    fetch: Fetch | None = None,
    today: date | None = None,
) -> Iterator[Report | Unreadable]:
    """The reports of files, folders, http(s) addresses and "-" (standard input), in the order given.

    What cannot be read comes as an Unreadable in its place; nothing is left out silently but the hidden files of a
    folder, and nothing but the caller's own mistakes raises. A folder is read with all below it, sorted by path.
    `published` and `language` count for pages and files; the row of a JSON Lines or CSV file keeps its own where it
    has one. `fetch` gets addresses (see concordant.fetching); without it they are not read. No page was published
    after `today`.
    """
    given = Given(published, language, today or date.today())
    for source in sources:
        name = str(source)
        if name == STDIN:
            yield from _from_stream(sys.stdin.buffer, "<stdin>", None, given)
        elif name.startswith(("http://", "https://")):
            yield from _from_address(name, fetch, given)
        else:
            yield from _from_path(Path(source), given)


def _from_address(url: str, fetch: Fetch | None, given: Given) -> Iterator[Report | Unreadable]:
    if fetch is None:
        yield Unreadable(url, None, Problem.NOT_FETCHED, "not fetched: addresses are read only with a fetcher")
        return
    try:
        got = fetch(url)
    except FetchError as error:
        yield Unreadable(url, None, Problem.NOT_FETCHED, f"not fetched: {error.reason}")
        return
    kind = TYPES.get(got.content_type.split(";")[0].strip().lower(), "")
    origin = Origin(url, url=got.url, charset=got.charset)
    yield from _from_bytes(peekable(io.BytesIO(got.body)), kind, origin, given)


def _from_path(path: Path, given: Given) -> Iterator[Report | Unreadable]:
    try:
        if path.is_dir():
            yield from _from_folder(path, given)
            return
        with path.open("rb") as stream:
            yield from _from_stream(stream, str(path), path, given)
    except (OSError, ValueError) as error:
        yield unopened(path, error)


def unopened(path: Path, error: Exception) -> Unreadable:
    """What stands in the place of a file that could not be opened."""
    if isinstance(error, FileNotFoundError):
        return Unreadable(str(path), None, Problem.MISSING, "no such file or folder")
    if isinstance(error, PermissionError):
        return Unreadable(str(path), None, Problem.FORBIDDEN, "no permission to read it")
    reason = getattr(error, "strerror", None) or str(error)
    return Unreadable(str(path), None, Problem.IO_ERROR, f"cannot be read: {reason}")


def _from_folder(folder: Path, given: Given) -> Iterator[Report | Unreadable]:
    found = False
    for path in files_below(folder):
        if isinstance(path, Unreadable):
            yield path
        elif (why := why_skipped(path)) is not None:
            yield Unreadable(str(path), None, Problem.SKIPPED_TYPE, f"skipped: {why}")
        else:
            found = True
            yield from _from_path(path, given)
    if not found:
        yield Unreadable(str(folder), None, Problem.EMPTY_FOLDER, "the folder holds no file that can be read")


def files_below(folder: Path) -> Iterator[Path | Unreadable]:
    """The files below a folder, sorted by path; hidden ones, and folders behind links, are left alone."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield unopened(folder, error)
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from files_below(Path(entry.path))
        elif not entry.is_dir():
            yield Path(entry.path)


def why_skipped(path: Path) -> str | None:
    """Why a file of a folder is not read, None where it is; a pipe would keep us waiting for ever."""
    if kind_of(path) is None:
        return f"no reader for this type ({path.suffix or 'no suffix'})"
    return "not a regular file" if path.exists() and not path.is_file() else None


def kind_of(path: Path) -> str | None:
    """The kind of document that a file's name promises, None where there is no reader for it."""
    return KINDS.get((Path(path.stem) if path.suffix.lower() == ".gz" else path).suffix.lower())


def _from_stream(stream: BinaryIO, name: str, path: Path | None, given: Given) -> Iterator[Report | Unreadable]:
    buffered = peekable(stream)
    if buffered.peek(2)[:2] == _GZIP:
        buffered = peekable(gzip.GzipFile(fileobj=buffered))
    kind = (kind_of(path) if path else None) or ""
    try:
        yield from _from_bytes(buffered, kind, Origin(name), given)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        yield Unreadable(name, None, Problem.IO_ERROR, "the gzip file is broken or cut short")


def peekable(stream: Any) -> io.BufferedReader:
    """The stream as one that can be looked into without reading on."""
    return stream if hasattr(stream, "peek") else io.BufferedReader(stream)


def _from_bytes(stream: io.BufferedReader, kind: str, origin: Origin, given: Given) -> Iterator[Report | Unreadable]:
    kind = sniff(stream.peek(_HEAD)[:_HEAD], kind)
    try:
        if kind in _READERS:
            yield from _from_rows(_READERS[kind](stream), origin, given)
        else:
            yield read_document(bounded(stream), kind, origin, given)
    except Refused as refused:
        yield Unreadable(origin.source, None, refused.code, refused.reason)


def _from_rows(rows: Iterator[Row], origin: Origin, given: Given) -> Iterator[Report | Unreadable]:
    seen: dict[int, int] = {}
    empty = True
    for row in rows:
        empty = False
        try:
            yield _noted(read_row(row, origin, given), seen)
        except Refused as refused:
            yield Unreadable(origin.source, row.line, refused.code, refused.reason, _named(row))
    if empty:
        yield Unreadable(origin.source, None, Problem.EMPTY, "the file holds no rows")


def _noted(report: Report, seen: dict[int, int]) -> Report:
    """The report, with a note where an earlier row has its id. Hashes are kept, not ids: an archive has millions."""
    first = seen.setdefault(hash(report.id), report.line or 0)
    if first == report.line:
        return report
    return replace(report, notes=(*report.notes, f"line {first} has the same id"))


def _named(row: Row) -> str | None:
    try:
        return None if isinstance(row.fields, Refused) else row_id(row.fields)
    except Refused:
        return None
