"""Concordant: from news reports of political violence to a conflict record that can be defended.

    >>> import concordant
    >>> coded = concordant.code("Des hommes armés ont tué cinq villageois lundi à Tamboré.", published="2024-05-07")
    >>> [event.kind for event in coded.events]
    ['attack_on_civilians']

Nothing heavy is loaded before the first report is coded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from concordant.coding.coded import CodedReport
    from concordant.coding.coder import Coder
    from concordant.record import Record
    from concordant.reports import Report

__all__ = ["code", "code_reports", "coder", "open"]


@lru_cache(maxsize=8)
def coder(*, codebook: tuple[str, ...] = (), scope: str = "default") -> Coder:
    """A coder with its tables loaded on first use.

    `codebook` names folders whose tables are laid over the built-in ones; `scope` is "default" (organised and
    political violence) or "all-violence". Raises CodebookError for a table that cannot be used, ValueError for an
    unknown scope.
    """
    from concordant.codebook import Codebook
    from concordant.coding.coder import SCOPES, Coder

    if scope not in SCOPES:
        raise ValueError(f"no scope {scope!r}; there are {', '.join(SCOPES)}")
    return Coder(Codebook(tuple(Path(folder) for folder in codebook)), scope)


def code(
    text: str, *, title: str | None = None, published: str | date | None = None, outlet: str | None = None,
    language: str | None = None, id: str | None = None, using: Coder | None = None,
) -> CodedReport:  # fmt: skip
    """Code one report's text: the events it tells of, each value with the words that carry it.

    `published` is a date or "YYYY-MM-DD" (ValueError otherwise); without it, days told only by their name stay
    undated. `language` is found from the text unless given ("fr", "en"). The result's offsets are code points into
    `text` and `title`.
    """
    import hashlib
    from datetime import date as day

    from concordant.coding.coder import code_report
    from concordant.reports import Report

    when = day.fromisoformat(published) if isinstance(published, str) else published
    name = id or hashlib.sha256(f"{title or ''}\n{text}".encode()).hexdigest()[:16]
    report = Report(id=name, text=text, title=title, published=when, outlet=outlet, language=language)
    return code_report(report, using or coder())


def code_reports(reports: Iterable[Report], *, using: Coder | None = None) -> Iterator[CodedReport]:
    """Code reports one by one, in order."""
    from concordant.coding.coder import code_report

    worker = using or coder()
    for report in reports:
        yield code_report(report, worker)


def open(path: str | Path) -> Record:
    """Open a record, or make one where there is none: `concordant.open("record.db").events().to_pandas()`."""
    from concordant.record import open_record

    return open_record(path)
