"""One document or one row to one report: its text, its date and its language settled, or refused with the reason."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from concordant.reports.charset import check_text, decode
from concordant.reports.dates import date_in_text, first_dated, row_dates
from concordant.reports.language import READ, contradicting_language, declared_language, detect_language
from concordant.reports.report import Problem, Refused, Report, report_id
from concordant.reports.rows import Row
from concordant.reports.wrapping import unwrap

MAX_TEXT = 20 * 2**20
# The masthead or byline of a report; further down a date that is "published" is another paper's.
_BYLINE = 600

_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_COLUMNS = {"id", "text", "title", "published", "outlet", "language"}
# Half of a surrogate pair cannot be written as UTF-8, and a NUL ends the string in much that reads our output.
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller says of the reports, and the day on which they are read."""

    published: date | None
    language: str | None
    today: date


@dataclass(frozen=True, slots=True)
class Origin:
    """Where bytes come from: the source's name, and the address and charset that came with them."""

    source: str
    url: str | None = None
    charset: str | None = None


def sniff(head: bytes, kind: str) -> str:
    """The kind of what begins with `head`; `kind` is what its name or header says, "" where nothing does."""
    if kind in ("text", "html", ""):
        if b"%PDF-" in head[:1024]:
            return "pdf"
        if _HTML.match(head):
            return "html"
    if kind == "json":
        first = head.strip().split(b"\n", 1)[0].strip()
        return "jsonl" if first.startswith(b"{") and (first.endswith(b"}") or first == head.strip()) else "json"
    return kind or _sniff_rows(head)


def _sniff_rows(head: bytes) -> str:
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if re.match(rb"\{\s*\"", bare):
        return "jsonl"
    names = re.split(r"[,;\t]", bare.split(b"\n", 1)[0].decode("utf-8", "replace").casefold())
    columns = {name.strip().strip('"') for name in names}
    return "csv" if "text" in columns and len(columns & _COLUMNS) > 1 else "text"


def read_document(data: bytes, kind: str, origin: Origin, given: Given) -> Report:
    """The report in a document's bytes; `kind` is "html", "pdf" or "text". Raises Refused where there is none."""
    readers = {"html": _from_page, "pdf": _from_pdf}
    report = readers.get(kind, _from_text)(data, origin, given)
    return _settled(report, given)


def _from_page(data: bytes, origin: Origin, given: Given) -> Report:
    from concordant.reports.page import read_page

    page = read_page(data, url=origin.url, charset=origin.charset, latest=given.today)
    return Report(
        id="", text=page.text, title=page.title, outlet=page.outlet, author=page.author, language=page.language,
        published=page.published.day if page.published else None,
        date_source=page.published.source if page.published else None,
        url=page.url, sha256=_hash(data), source=origin.source, notes=page.notes,
        metadata={"type": "html", "charset": page.charset, "extractor": _extractor("trafilatura")},
    )  # fmt: skip


def _from_pdf(data: bytes, origin: Origin, given: Given) -> Report:
    from concordant.reports.pdf import read_pdf

    paper = read_pdf(data)
    text = unwrap(paper.text)
    found = first_dated([("text", date_in_text(text[:_BYLINE], day_first=True))], given.today)
    return Report(
        id="", text=text, title=paper.title, author=paper.author, url=origin.url,
        published=found.day if found else None, date_source=found.source if found else None,
        sha256=_hash(data), source=origin.source, notes=paper.notes,
        metadata={"type": "pdf", "extractor": _extractor("pypdf")},
    )  # fmt: skip


def _from_text(data: bytes, origin: Origin, given: Given) -> Report:
    decoded = decode(data, origin.charset)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise Refused(Problem.EMPTY, "the file holds no text")
    found = first_dated([("text", date_in_text(text[:_BYLINE], day_first=True))], given.today)
    return Report(
        id="", text=unwrap(text), url=origin.url, sha256=_hash(data), source=origin.source, notes=decoded.notes,
        published=found.day if found else None, date_source=found.source if found else None,
        metadata={"type": "text", "charset": decoded.charset},
    )  # fmt: skip


def read_row(row: Row, origin: Origin, given: Given) -> Report:
    """The report of one row of a JSON Lines or CSV file. Raises Refused where it holds none."""
    if isinstance(row.fields, Refused):
        raise row.fields
    fields = row.fields
    text = _text(fields)
    span = row_dates(fields.get("published"))
    published = span[0] if span and span[0] == span[1] else None
    report = Report(
        id=row_id(fields) or "", text=text, title=_string(fields, "title"), outlet=_string(fields, "outlet"),
        author=_string(fields, "author"), url=_string(fields, "url"), language=_string(fields, "language"),
        published=published, published_within=None if published else span, date_source="row" if span else None,
        sha256=row.sha256, source=origin.source, line=row.line, notes=row.notes, metadata={"type": "row"},
    )  # fmt: skip
    fallback = Given(None if span else given.published, None if report.language else given.language, given.today)
    return _settled(report, fallback)


def row_id(fields: Mapping[str, Any]) -> str | None:
    """The row's own id as a string, None where it has none. Raises Refused for an id that is no name or number."""
    value = fields.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _string(fields, "id")


def _text(fields: Mapping[str, Any]) -> str:
    if fields.get("text") is None:
        raise Refused(Problem.NO_TEXT, f'no "text" (it has {", ".join(map(str, list(fields)[:8])) or "nothing"})')
    value = fields["text"]
    if not isinstance(value, str):
        raise Refused(Problem.INVALID_FIELD, f'"text" must be a string, not {type(value).__name__}')
    if not value.strip():
        raise Refused(Problem.NO_TEXT, '"text" is empty')
    return value


def _string(fields: Mapping[str, Any], name: str) -> str | None:
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise Refused(Problem.INVALID_FIELD, f'"{name}" must be a string, not {type(value).__name__}')
    return _writable(value) if value and value.strip() else None


def _settled(report: Report, given: Given) -> Report:
    """The report with its text checked, the caller's word on it taken, its language settled and its id given."""
    if len(report.text) > MAX_TEXT:
        raise Refused(Problem.TOO_LARGE, f"the text is over {MAX_TEXT // 2**20} million characters")
    text = _writable(report.text)
    check_text(text)
    notes = report.notes + (("characters that cannot be written were replaced",) if text != report.text else ())
    language, said = settle_language(report.title, text, report.language, given.language)
    return replace(
        report, id=report.id or report_id(report.title, text), text=text, language=language, notes=notes + said,
        published=given.published or report.published,
        date_source="given" if given.published else report.date_source,
    )  # fmt: skip


def settle_language(
    title: str | None, text: str, declared: str | None, given: str | None
) -> tuple[str, tuple[str, ...]]:
    """The language to read a report in, and notes on it: the caller's word, else what is declared, else what it shows.

    A declaration yields to a text that clearly says otherwise. Raises Refused for a language that is not read
    (code "language") and for none that is clear (code "language-unknown").
    """
    notes: tuple[str, ...] = ()
    language = declared_language(given)
    if given is None:
        language = declared_language(declared)
        other = contradicting_language(text, language) if language else None
        if other:
            notes = (f"declared {language}, but reads as {other}",)
        language = other or language or detect_language(text) or detect_language(f"{title or ''}\n{text}")
    if language is None:
        raise Refused(Problem.LANGUAGE_UNKNOWN, "language not recognised: too short or too mixed; say which it is in")
    if language not in READ:
        raise Refused(Problem.LANGUAGE, f"language: {language}, not read")
    return language, notes


def _writable(value: str) -> str:
    return _UNWRITABLE.sub("\ufffd", value)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@lru_cache(maxsize=4)
def _extractor(package: str) -> str:
    from importlib.metadata import version

    return f"{package} {version(package)}"
