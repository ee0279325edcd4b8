"""The report: one published document, kept whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Report:
    """One published document: its text as a reader gets it, and what is known of its publication."""

    id: str
    text: str
    title: str | None = None
    published: date | None = None
    outlet: str | None = None
    author: str | None = None
    language: str | None = None
    url: str | None = None
