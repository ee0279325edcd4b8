"""Sums: accounts that tell of several happenings at once, with one figure for all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from concordant.codebook import Codebook
from concordant.linking.words import evidence_of, plain, sentence_spans

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
    for sentence in _carrying(title or "", text, event):
        found = cues.summed.search(sentence)
        if found and cues.period.search(sentence):
            return cues.numbers.get(found.group(1)) or (int(found.group(1)) if found.group(1).isdigit() else 2)
    return 1


def _long(told: Mapping[str, Any] | None) -> bool:
    """Whether a date leaves room for several happenings: no date, or a span of more than a night."""
    if not told:
        return True
    return (date.fromisoformat(told["end"]) - date.fromisoformat(told["start"])).days >= SHORTEST


def _carrying(title: str, text: str, event: Mapping[str, Any]) -> list[str]:
    at = {(e["in"], e["start"]) for e in evidence_of(event)}
    spans = [("title", 0, len(title), title)] + [("text", s, e, text[s:e]) for s, e in sentence_spans(text)]
    return [_bare(words) for part, start, end, words in spans if any(p == part and start <= a < end for p, a in at)]


def _bare(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", plain(words))


@lru_cache(maxsize=8)
def _cues(codebook: Codebook, language: str) -> _Cues:
    rows = {row["what"]: row["pattern"] for row in codebook.table("sums") if row["language"] == language}
    numbers = {word: int(value) for word, value in (pair.split("=") for pair in rows["number"].split("|"))}
    counted = "|".join((r"\d{1,3}", *numbers, rows["many"]))
    summed = re.compile(rf"\b({counted}) (?:\w+ )?(?:{rows['happenings']})\b")
    return _Cues(summed, re.compile(rf"\b(?:{rows['period']})"), numbers)
