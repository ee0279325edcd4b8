"""The parts of a time expression: its numbers, its month, weekday, unit and part of the day, and the mention they make."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from concordant.coding.calendar import MONTH_NUMBER, WEEKDAY_NUMBER, Now
from concordant.coding.dategrammar import NUMBERS
from concordant.coding.mentions import DateMention, DatePrecision
from concordant.reading import Span

Groups = Mapping[str, str | None]
Handler = Callable[[Span, Groups, Now, str], DateMention | None]

_UNITS = {
    "jour": "day", "day": "day", "semaine": "week", "week": "week", "mois": "month", "moi": "month", "month": "month",
    "an": "year", "annee": "year", "year": "year", "heure": "hour", "hour": "hour", "minute": "minute",
}  # fmt: skip
_PART = {
    "matin": "morning", "matinee": "morning", "soir": "evening", "soiree": "evening", "apres-midi": "afternoon",
    "midi": "noon", "nuit": "night", "aube": "dawn", "mi-journee": "noon", "heures": "morning", "minuit": "midnight",
    "morning": "morning", "evening": "evening", "night": "night", "afternoon": "afternoon", "dawn": "dawn",
    "noon": "noon", "midday": "noon",
}  # fmt: skip


def year_of(text: str) -> int:
    number = int(text)
    return number if number > 99 else 1900 + number if number >= 50 else 2000 + number


def day_of(text: str) -> int:
    return int(re.sub(r"\D", "", text) or 1)


def month_of(text: str | None, language: str) -> int | None:
    return MONTH_NUMBER[language].get(text.rstrip(".")) if text else None


def weekday_of(text: str | None, language: str) -> int | None:
    return WEEKDAY_NUMBER[language].get(text or "")


def number_of(text: str | None, language: str) -> int | None:
    if not text:
        return None
    return int(text) if text.isdigit() else NUMBERS[language].get(text)


def unit_of(text: str | None) -> str:
    return _UNITS[(text or "").rstrip("s")]


def made(
    span: Span, days: tuple[date, date] | None, precision: DatePrecision, **more: object
) -> DateMention:  # fmt: skip
    """A mention; counted from the publication unless `more` says otherwise."""
    start, end = days or (None, None)
    return replace(DateMention(span, start, end, precision, "publication"), **more)  # type: ignore[arg-type]


def part_of(groups: Groups) -> str | None:
    words = re.findall(r"[a-z-]+", groups.get("part") or groups.get("pre") or "")
    return _PART.get(words[-1]) if words else None
