"""The gate: a cheap scan that sets aside reports which cannot tell of an event, before any grammar is read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from concordant.codebook import Codebook
from concordant.coding.lexicon import split_phrase
from concordant.reading import fold
from concordant.reading.reader import plain

# A report with an event in it has 1.5 words of the lexicon in 1,000 characters or more (233 coded reports; one has 0.7);
# of news of all kinds that has any, one in five stays below this.
_CHARACTERS_A_WORD = 2000


@lru_cache(maxsize=16)
def _scan(codebook: Codebook, language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """One expression for every trigger that can tell of a happening (strength 2 or 3), one for words that never do."""
    rows = codebook.table(f"{language}/triggers")
    telling = _any_of(row["phrase"] for row in rows if row["strength"] in ("2", "3"))
    return telling, _any_of(row["phrase"] for row in rows if row["strength"] == "0")


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    forms = {r"\W+".join(map(_word, split_phrase(phrase))) for phrase in phrases}
    return re.compile(r"\b(?:" + "|".join(sorted(forms, key=lambda f: (-len(f), f)) or [r"(?!)"]) + r")(?!\w)")


def _word(word: str) -> str:
    return re.escape(word[:-1]) + r"\w*" if word.endswith("*") else re.escape(word.rstrip("'"))


def set_aside(title: str | None, text: str, language: str, *, codebook: Codebook) -> str | None:
    """The reason why a report cannot tell of an event, None where it may."""
    if not text.strip() and not (title or "").strip():
        return "the report has no text"
    telling, idle = _scan(codebook, language)
    words = fold(plain(f"{title or ''}\n{text}"))
    found = 0
    for match in telling.finditer(words):
        found += idle.fullmatch(match.group()) is None
        if found and found * _CHARACTERS_A_WORD >= len(words):
            return None
    if not found:
        return "no word of the lexicon tells of anything done"
    return f"too few words of the lexicon for its length ({found} in {len(words)} characters)"
