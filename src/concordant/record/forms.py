"""What goes into a record and what it answers with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PENDING, CODED, IRRELEVANT, QUARANTINED = "pending", "coded", "irrelevant", "quarantined"
STATES = (PENDING, CODED, IRRELEVANT, QUARANTINED)


@dataclass(frozen=True, slots=True)
class RawItem:
    """Bytes that should hold one report, as they came: `kind` is text, html, pdf or row (a JSON object).

    `given` is what the caller or the archive says of it (published, language, url, charset, outlet), `fetched` how
    it was got. What could not be got at all has no `body` and the `problem`: a code and a reason.
    """

    kind: str
    body: bytes | None
    source: str
    line: int | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    fetched: Mapping[str, Any] = field(default_factory=dict)
    problem: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The word that an item is kept: it is given only when the bytes are on the disk."""

    item: int
    sha256: str | None
    new: bool
    state: str
    source: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an item: its state, its report where it is one, and the reason where it was not coded."""

    item: int
    state: str
    source: str
    line: int | None = None
    report_id: str | None = None
    code: str | None = None
    reason: str | None = None
    accounts: int = 0
    new: bool = True


@dataclass(frozen=True, slots=True)
class Event:
    """One event of the record as it was known at `known`: `values` are its fields, as `events --format jsonl` prints them."""

    id: str
    values: Mapping[str, Any]
    known: str
    version: int

    def to_dict(self) -> dict[str, Any]:
        return dict(self.values)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items came in and what became of them: received = coded + irrelevant + quarantined + pending."""

    received: int
    coded: int
    irrelevant: int
    quarantined: int
    pending: int
    reports: int
    accounts: int
    events: int

    def to_dict(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report of the record: what is known of its publication, its text, and what the coder made of it."""

    report_id: str
    title: str | None
    text: str
    published: str | None
    outlet: str | None
    language: str | None
    url: str | None
    origin: str
    state: str
    why: str | None
    accounts: tuple[Mapping[str, Any], ...]
    not_coded: tuple[Mapping[str, Any], ...]
    copies: tuple[tuple[str, float], ...]
    seen: tuple[Mapping[str, Any], ...]
    sha256: str | None

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was received and not coded, or a passage that was left: where it is and why."""

    what: str  # quarantined, irrelevant, passage or ruling
    id: str
    source: str
    code: str
    reason: str
    text: str = ""

    def to_dict(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class LogLine:
    """One change of an event's value: what it was, what it became, when, and which report or ruling did it."""

    at: str
    seq: int
    field: str
    old: Any
    new: Any
    cause: str
    by: str
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}
