"""From files, folders, addresses and archives to the bytes of single reports, nothing of which is read yet."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from concordant.record.forms import RawItem
from concordant.record.pages import HEAD, Intake, as_row, from_address
from concordant.reports.documents import sniff
from concordant.reports.intake import STDIN, TYPES, files_below, kind_of, peekable, unopened, why_skipped
from concordant.reports.report import Problem, Refused, Unreadable
from concordant.reports.rows import Row, bounded, csv_rows, lines, whole_rows

_GZIP = b"\x1f\x8b"
# What holds no report at all: it is told and not received.
_NOTHING = (Problem.MISSING, Problem.SKIPPED_TYPE, Problem.EMPTY_FOLDER)


def raw_items(sources: Iterable[str | Path], intake: Intake) -> Iterator[RawItem | Unreadable]:
    """The raw items of files, folders, http(s) addresses and "-" (standard input), in the order given.

    What should hold a report and cannot be got is an item without a body, with its problem; what holds none (a
    missing file, a type without a reader) is an Unreadable.
    """
    for source in sources:
        name = str(source)
        if name == STDIN:
            yield from _guarded(name, lambda: _from_stream(sys.stdin.buffer, "<stdin>", None, intake))
        elif name.startswith(("http://", "https://")):
            yield from from_address(name, intake)
        else:
            yield from _from_path(Path(source), intake)


def _from_path(path: Path, intake: Intake) -> Iterator[RawItem | Unreadable]:
    if path.is_dir():
        yield from _from_folder(path, intake)
        return
    try:
        with path.open("rb") as stream:
            yield from _guarded(str(path), lambda: _from_stream(stream, str(path), path, intake))
    except (OSError, ValueError) as error:
        yield _unopened(path, error)


def _unopened(path: Path, error: Exception) -> RawItem | Unreadable:
    return _received(unopened(path, error))


def _received(problem: Unreadable) -> RawItem | Unreadable:
    if problem.code in _NOTHING:
        return problem
    return RawItem("text", None, problem.source, problem.line, problem=(str(problem.code), problem.reason))


def _from_folder(folder: Path, intake: Intake) -> Iterator[RawItem | Unreadable]:
    found = False
    for path in files_below(folder):
        if isinstance(path, Unreadable):
            yield _received(path)
        elif (why := _unreadable(path)) is not None:
            yield Unreadable(str(path), None, Problem.SKIPPED_TYPE, f"skipped: {why}")
        else:
            found = True
            yield from _from_path(path, intake)
    if not found:
        yield Unreadable(str(folder), None, Problem.EMPTY_FOLDER, "the folder holds no file that can be read")


def _unreadable(path: Path) -> str | None:
    return None if _is_archive(path) else why_skipped(path)


def _is_archive(path: Path) -> bool:
    return path.name.lower().endswith((".warc", ".warc.gz"))


def _guarded(
    name: str, items: Callable[[], Iterator[RawItem | Unreadable]]
) -> Iterator[RawItem | Unreadable]:
    """The items of a file; where it breaks off, the place and the reason, and never the end of the intake."""
    try:
        yield from items()
    except Refused as refused:
        yield RawItem("text", None, name, problem=(str(refused.code), refused.reason))
    except (gzip.BadGzipFile, EOFError, zlib.error):
        yield RawItem("text", None, name, problem=(Problem.IO_ERROR, "the gzip file is broken or cut short"))
    except OSError as error:
        yield RawItem("text", None, name, problem=(Problem.IO_ERROR, f"cannot be read: {error.strerror or error}"))


def items_in(stream: BinaryIO, name: str, intake: Intake) -> Iterator[RawItem | Unreadable]:
    """The raw items of a file that lies elsewhere than on this disk; `name` says of which type it may be."""
    yield from _guarded(name, lambda: _from_stream(stream, name, Path(name), intake))


def _from_stream(
    stream: BinaryIO, name: str, path: Path | None, intake: Intake
) -> Iterator[RawItem | Unreadable]:
    if path is not None and _is_archive(path):
        yield from _from_archive(stream, name, intake)
        return
    buffered = peekable(stream)
    if buffered.peek(2)[:2] == _GZIP:
        buffered = peekable(gzip.GzipFile(fileobj=buffered))
    kind = sniff(buffered.peek(HEAD)[:HEAD], (kind_of(path) if path else None) or "")
    yield from _from_kind(buffered, kind, name, intake)


def _from_kind(stream: io.BufferedReader, kind: str, name: str, intake: Intake) -> Iterator[RawItem | Unreadable]:
    if kind == "jsonl":
        yield from _from_lines(stream, name, intake)
    elif kind in ("json", "csv"):
        yield from _from_rows((whole_rows if kind == "json" else csv_rows)(stream), name, kind, intake)
    else:
        yield RawItem(kind, bounded(stream), name, given=intake.given())


def _from_lines(stream: BinaryIO, name: str, intake: Intake) -> Iterator[RawItem]:
    empty = True
    for number, data in lines(stream):
        if isinstance(data, Refused):
            yield RawItem("row", None, name, number, problem=(str(data.code), data.reason))
        elif data.strip():
            yield RawItem("row", data.rstrip(b"\r\n"), name, number, intake.given())
        else:
            continue
        empty = False
    if empty:
        raise Refused(Problem.EMPTY, "the file holds no rows")


def _from_rows(rows: Iterable[Row], name: str, kind: str, intake: Intake) -> Iterator[RawItem]:
    """The rows of a JSON list or a CSV file, each written down as a JSON object of its own."""
    empty = True
    for row in rows:
        empty = False
        if isinstance(row.fields, Refused):
            yield RawItem("row", None, name, row.line, problem=(str(row.fields.code), row.fields.reason))
        else:
            yield RawItem("row", as_row(row.fields), name, row.line, intake.given(), {"from": kind})
    if empty:
        raise Refused(Problem.EMPTY, "the file holds no rows")


def _from_archive(stream: BinaryIO, name: str, intake: Intake) -> Iterator[RawItem]:
    from concordant.reports.warc import responses

    for number, page in enumerate(responses(stream), start=1):
        if isinstance(page, Refused):
            yield RawItem("html", None, name, number, problem=(str(page.code), page.reason))
            continue
        kind = sniff(page.body[:HEAD], TYPES.get(page.content_type, ""))
        if page.content_type and page.content_type not in TYPES and kind not in ("html", "pdf"):
            continue  # pictures, style sheets and scripts: an archive is full of them
        told = {"url": page.url, "captured": page.captured, "content_type": page.content_type, "status": page.status}
        given = intake.given(url=page.url, charset=page.charset)
        yield RawItem(kind if kind in ("html", "pdf") else "text", page.body, name, number, given, told)
