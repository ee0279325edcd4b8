"""The gate: a cheap scan that sets aside reports which cannot tell of an event, before any grammar is read."""

from __future__ import annotations

import re
from functools import lru_cache

from concordant.codebook import Codebook
from concordant.coding.lexicon import split_phrase
from concordant.reading import fold
from concordant.reading.reader import plain


@lru_cache(maxsize=16)
def _scan(codebook: Codebook, language: str) -> re.Pattern[str]:
    """One expression for every trigger that can tell of a happening (strength 2 or 3)."""
    words = {row["phrase"] for row in codebook.table(f"{language}/triggers") if int(row["strength"]) >= 2}
    forms = {r"\W+".join(map(_word, split_phrase(phrase))) for phrase in words}
    return re.compile(r"\b(?:" + "|".join(sorted(forms, key=lambda f: (-len(f), f))) + r")(?!\w)")


def _word(word: str) -> str:
    return re.escape(word[:-1]) + r"\w*" if word.endswith("*") else re.escape(word.rstrip("'"))


def set_aside(title: str | None, text: str, language: str, *, codebook: Codebook) -> str | None:
    """The reason why a report cannot tell of an event, None where it may."""
    if not text.strip() and not (title or "").strip():
        return "the report has no text"
    if _scan(codebook, language).search(fold(plain(f"{title or ''}\n{text}"))) is None:
        return "no word of the lexicon tells of anything done"
    return None
