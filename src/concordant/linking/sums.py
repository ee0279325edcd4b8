"""Sums: accounts that tell of several happenings at once, with one figure for all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from concordant.codebook import Codebook
from concordant.linking.accounts import days_of, spot_of
from concordant.linking.comparing import areas
from concordant.linking.tables import Tables
from concordant.linking.tolls import leading_sum
from concordant.linking.words import carrying_sentences

SHORTEST = 2  # days that a summed-up span has at least, beyond its first: two raids of one night are one happening


@dataclass(frozen=True, slots=True)
class _Cues:
    summed: re.Pattern[str]
    period: re.Pattern[str]
    numbers: Mapping[str, int]


def happenings_told(title: str | None, text: str, language: str | None, event: Mapping[str, Any]) -> int:
    """How many happenings an account sums up: 1 unless its words number several of them over a time."""
    if language not in ("fr", "en") or not _long(event.get("date")):
        return 1
    cues = _cues(Codebook(), language)
    for sentence in carrying_sentences(title or "", text, event):
        found = cues.summed.search(sentence)
        if found and cues.period.search(sentence):
            return cues.numbers.get(found.group(1)) or (int(found.group(1)) if found.group(1).isdigit() else 2)
    return 1


def _long(told: Mapping[str, Any] | None) -> bool:
    """Whether a date leaves room for several happenings: no date, or a span of more than a night."""
    if not told:
        return True
    return (date.fromisoformat(told["end"]) - date.fromisoformat(told["start"])).days >= SHORTEST


@lru_cache(maxsize=8)
def _cues(codebook: Codebook, language: str) -> _Cues:
    rows = {row["what"]: row["pattern"] for row in codebook.table("sums") if row["language"] == language}
    numbers = {word: int(value) for word, value in (pair.split("=") for pair in rows["number"].split("|"))}
    counted = "|".join((r"\d{1,3}", *numbers, rows["many"]))
    summed = re.compile(rf"\b({counted}) (?:\w+ )?(?:{rows['happenings']})\b")
    return _Cues(summed, re.compile(rf"\b(?:{rows['period']})"), numbers)


def covers(whole: Mapping[str, Any], part: Mapping[str, Any], tables: Tables | None = None) -> bool:
    """Whether an event can be one of those that a sum adds up: in its days and its area, of a kind with it, and with
    a toll no larger. Both are given by the values of a coded event.
    """
    span, days = days_of(whole.get("date")), days_of(part.get("date"))
    area, spot = spot_of(whole.get("place")), spot_of(part.get("place"))
    if span is None or days is None or not span.start <= days.start <= days.end <= span.end + 1:
        return False
    if area is None or spot is None or areas(area, spot) not in ("area", "within", "country"):
        return False
    known = tables or Tables.of()
    families = {known.family.get(str(values.get("kind"))) for values in (whole, part)}
    return (len(families) == 1 or families <= _HARM) and _no_more(whole, part)


_HARM = {"battle", "remote", "civilians"}  # a sum of attacks counts ambushes, mines and killings alike


def _no_more(whole: Mapping[str, Any], part: Mapping[str, Any]) -> bool:
    for outcome in ("killed", "wounded", "abducted"):
        sums = [leading_sum(r for r in v.get("casualties") or () if r["outcome"] == outcome) for v in (whole, part)]
        if sums[0] is not None and sums[1] is not None and sums[1] > sums[0]:
            return False
    return True
