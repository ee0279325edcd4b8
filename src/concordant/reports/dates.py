"""Publication dates: as rows declare them, and as pages state them, with where it was found."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from email.utils import parsedate
from typing import Any, NamedTuple

from concordant.reports.report import Problem, Refused

_ISO = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})(?!\d)")
_ISO_ROW = re.compile(
    r"\s*\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?)?\s*"
)
_PART_ROW = re.compile(r"(\d{4})(?:-(\d{2}))?")
_MONTHS = {
    name: number
    for number, names in enumerate((
        "janvier january jan", "février fevrier february feb", "mars march mar", "avril april apr avr", "mai may",
        "juin june jun", "juillet july jul juil", "août aout august aug", "septembre september sept sep",
        "octobre october oct", "novembre november nov", "décembre decembre december dec déc",
    ), start=1)
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WORDED = re.compile(
    rf"\b(?P<d>\d{{1,2}})(?:er|st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{_MONTH})\b\.?,?\s+(?P<y>\d{{4}})\b"
    rf"|\b(?P<m2>{_MONTH})\b\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})\b",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")
_WEEKDAY = (
    "lun(?:di)?|mar(?:di)?|mer(?:credi)?|jeu(?:di)?|ven(?:dredi)?|sam(?:edi)?|dim(?:anche)?|"
    "mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
)
_ALONE = re.compile(
    rf"(?:[|•·–-]\s*)?(?:le\s+|on\s+|the\s+)?(?:(?:{_WEEKDAY})\.?,?\s+)?(?:(?:{_WORDED.pattern})|{_NUMERIC.pattern})"
    r"(?:[\s,|•·–-]*(?:à|at)?\s*\d{1,2}\s?[h:]\s?\d{0,2}(?:\s?[ap]m)?)?\.?",
    re.IGNORECASE,
)
# Between a heading and the date stand a teaser, an author, a section: a few lines.
_AFTER, _BEFORE = 8, 3
_STATED = re.compile(
    r"\b(?:publi[ée]e?s?|paru|mis en ligne|post[ée]d?|published|first published|date de publication)\b"
    r"(?P<tail>[^\n]{0,80})",
    re.IGNORECASE,
)
_IN_URL = re.compile(
    r"(?<!\d)((?:19|20)\d{2})([/-])(\d{1,2})\2(\d{1,2})(?!\d)|(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)"
)
_EARLIEST = date(1980, 1, 1)
# What a page's JSON-LD says of other documents: their dates are not this page's.
_OTHERS = frozenset((
    "comment", "review", "itemListElement", "mentions", "hasPart", "citation", "relatedLink", "video", "image",
))  # fmt: skip


class Dated(NamedTuple):
    """A publication date and where it stood: "json-ld", "meta", "time", "url" or "text"."""

    day: date
    source: str


def row_dates(value: object) -> tuple[date, date] | None:
    """The first and last day of a row's `published` cell: YYYY-MM-DD, with or without a time, YYYY-MM, or YYYY.

    None where it is empty. Raises Refused (code "invalid-date") for anything else: 03/04/2024 is two dates, and a
    wrong one spoils every date that the text counts from it.
    """
    words = "" if value is None else str(value).strip()
    if not words:
        return None
    with suppress(ValueError):
        if match := _PART_ROW.fullmatch(words):
            return _span(int(match[1]), int(match[2]) if match[2] else None)
        if _ISO_ROW.fullmatch(words):
            day = date.fromisoformat(words[:10])
            return day, day
    raise Refused(Problem.INVALID_DATE, f"published {words[:40]!r} is not a date of the form YYYY-MM-DD")


def _span(year: int, month: int | None) -> tuple[date, date]:
    last = month or 12
    return date(year, month or 1, 1), date(year, last, monthrange(year, last)[1])


def stated_date(value: str, *, day_first: bool = True) -> date | None:
    """The date that a machine-readable field or a phrase states, None where it states none."""
    if match := _ISO.match(value):
        return _day(match[1], match[2], match[3])
    if match := _WORDED.search(value):
        month = (match["m"] or match["m2"]).lower()
        return _day(match["y"] or match["y2"], _MONTHS[month], match["d"] or match["d2"])
    if match := _NUMERIC.search(value):
        return _numeric(int(match[1]), int(match[2]), match[3], day_first=day_first)
    fields = parsedate(value)
    return _day(*fields[:3]) if fields else None


def _numeric(first: int, second: int, year: str, *, day_first: bool) -> date | None:
    if day_first or first > 12:
        return _day(year, second, first)
    return _day(year, first, second) if second > 12 or first == second else None


def date_in_text(text: str, *, day_first: bool) -> date | None:
    """The date of the first phrase such as "Publié le 3 mai 2021" or "Published: May 3, 2021"."""
    for match in _STATED.finditer(text):
        if day := stated_date(match["tail"].lstrip(" :à-|"), day_first=day_first):
            return day
    return None


def is_date_line(line: str) -> bool:
    """Whether a line is a date and nothing else ("| jeudi 3 mai 2021 à 14h30")."""
    return _ALONE.fullmatch(line) is not None


def date_beside(lines: list[str], headings: Collection[str], *, day_first: bool) -> date | None:
    """The date that stands alone on a line just after one of the headings, or just before it ("jeudi 3 mai 2021")."""
    for number, line in enumerate(lines):
        if line in headings:
            near = lines[number + 1 : number + 1 + _AFTER] + lines[max(0, number - _BEFORE) : number]
            for beside in near:
                if is_date_line(beside) and (day := stated_date(beside, day_first=day_first)):
                    return day
    return None


def date_in_url(url: str) -> date | None:
    """The day in an address such as /2021/05/03/ or …-20210503…."""
    for match in _IN_URL.finditer(url):
        parts = (match[1], match[3], match[4]) if match[1] else (match[5], match[6], match[7])
        if day := _day(*parts):
            return day
    return None


def first_dated(candidates: Iterable[tuple[str, date | None]], latest: date) -> Dated | None:
    """The first of (source, day) that can be a publication date: not in the future of `latest`.

    A day's grace is for time zones. Pages carry dates to come (the end of an offer, of an embargo).
    """
    for source, day in candidates:
        if day and _EARLIEST <= day <= latest + timedelta(days=1):
            return Dated(day, source)
    return None


def published_values(data: Any) -> Iterator[tuple[bool, str]]:
    """(is an article's, datePublished) of every object in a page's JSON-LD, in order."""
    if isinstance(data, list):
        for item in data:
            yield from published_values(item)
    elif isinstance(data, dict):
        kinds = data.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        value = data.get("datePublished") or data.get("dateCreated")
        if isinstance(value, str):
            yield any(str(kind).endswith(("Article", "Posting", "Report")) for kind in kinds), value
        for key, inner in data.items():
            if key not in _OTHERS and isinstance(inner, list | dict):
                yield from published_values(inner)


def _day(year: int | str, month: int | str, day: int | str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
