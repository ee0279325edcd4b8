"""The report: one published document, kept whole; and what stands in its place when it cannot be read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Report:
    """One published document: its text as a reader gets it, and what is known of its publication.

    `date_source` says where `published` was found: "given" by the caller, "row" (a JSON line or CSV row), or in a
    page "json-ld", "meta", "time", "url" or "text". `source` and `line` say where the report came from, `sha256` is
    the hash of the bytes it was read from, `notes` says in plain words what was odd about them.
    """

    id: str
    text: str
    title: str | None = None
    published: date | None = None
    outlet: str | None = None
    author: str | None = None
    language: str | None = None
    url: str | None = None
    date_source: str | None = None
    sha256: str | None = None
    source: str | None = None
    line: int | None = None
    notes: tuple[str, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict, hash=False)
    published_within: tuple[date, date] | None = None


class Problem(StrEnum):
    """Why something could not be read as a report; the values are stable and safe to sort by."""

    MISSING = "missing"
    FORBIDDEN = "forbidden"
    IO_ERROR = "io-error"
    EMPTY = "empty"
    EMPTY_FOLDER = "empty-folder"
    SKIPPED_TYPE = "skipped-type"
    TOO_LARGE = "too-large"
    BINARY = "binary"
    CHARSET = "charset"
    INVALID_JSON = "invalid-json"
    INVALID_CSV = "invalid-csv"
    NO_TEXT = "no-text"
    INVALID_FIELD = "invalid-field"
    INVALID_DATE = "invalid-date"
    ENCRYPTED_PDF = "encrypted-pdf"
    CORRUPT_PDF = "corrupt-pdf"
    SCANNED_PDF = "scanned-pdf"
    NO_ARTICLE = "no-article"
    LANGUAGE = "language"
    LANGUAGE_UNKNOWN = "language-unknown"
    NOT_FETCHED = "not-fetched"
    XML_UNSAFE = "xml-unsafe"
    NO_FEED = "no-feed"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that was to be read as a report and was not: where it stands, and why in one line."""

    source: str
    line: int | None
    code: str
    reason: str
    id: str | None = None

    def __str__(self) -> str:
        where = self.source if self.line is None else f"{self.source}:{self.line}"
        return f"{where}: {self.reason}"


class Refused(Exception):  # noqa: N818 (it is no error of the program's: it becomes an Unreadable)
    """Raised by a reader for what it cannot read; turned into an Unreadable by `iter_reports`."""

    def __init__(self, code: str, reason: str) -> None:
        self.code, self.reason = code, reason
        super().__init__(reason)


def report_id(title: str | None, text: str) -> str:
    """The id of a report that has none of its own: the same title and text give the same id everywhere."""
    return hashlib.sha256(f"{title or ''}\n\n{text}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
