"""The gate: a cheap scan that sets aside reports which cannot tell of an event, before any grammar is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from concordant.codebook import Codebook
from concordant.coding.lexicon import split_phrase
from concordant.reading import fold
from concordant.reading.reader import plain

# A report with an event in it has 1.5 words of the lexicon in 1,000 characters or more (233 coded reports; one has 0.7);
# of news of all kinds that has any, one in five stays below this.
_CHARACTERS_A_WORD = 2000
_WORD = re.compile(r"\w+")
_WORDS_KEPT = 50_000


@dataclass(frozen=True)
class _Scan:
    """A language's triggers that can tell of a happening (strength 2 or 3), and the words that never do (strength 0)."""

    telling: re.Pattern[str]
    idle: re.Pattern[str]
    whole: frozenset[str]
    stems: tuple[str, ...]
    _known: dict[str, bool] = field(default_factory=dict)

    def find(self, words: str) -> Iterator[str]:
        """The phrases found in a folded text, the longest at each place."""
        end = 0
        for word in _WORD.finditer(words):
            # Asking a table first whether anything begins with a word takes a quarter of the time of the expression.
            if word.start() >= end and self._opens(word.group()):
                match = self.telling.match(words, word.start())
                if match:
                    end = match.end()
                    yield match.group()

    def _opens(self, word: str) -> bool:
        known = self._known.get(word)
        if known is None:
            if len(self._known) > _WORDS_KEPT:
                self._known.clear()
            known = self._known[word] = word in self.whole or word.startswith(self.stems)
        return known


@lru_cache(maxsize=16)
def _scan(codebook: Codebook, language: str) -> _Scan:
    rows = codebook.table(f"{language}/triggers")
    told = [row["phrase"] for row in rows if row["strength"] in ("2", "3")]
    first = [split_phrase(phrase)[0] for phrase in told]
    stems = tuple(word[:-1] for word in first if re.fullmatch(r"\w+\*", word))
    whole = frozenset(match.group() for word in first if (match := re.match(r"\w+", word)))
    return _Scan(_any_of(told), _any_of(row["phrase"] for row in rows if row["strength"] == "0"), whole, stems)


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    forms = {r"\W+".join(map(_word, split_phrase(phrase))) for phrase in phrases}
    return re.compile(r"\b(?:" + "|".join(sorted(forms, key=lambda f: (-len(f), f)) or [r"(?!)"]) + r")(?!\w)")


def _word(word: str) -> str:
    return re.escape(word[:-1]) + r"\w*" if word.endswith("*") else re.escape(word.rstrip("'"))


def set_aside(title: str | None, text: str, language: str, *, codebook: Codebook) -> str | None:
    """The reason why a report cannot tell of an event, None where it may."""
    if not text.strip() and not (title or "").strip():
        return "the report has no text"
    scan = _scan(codebook, language)
    words = fold(plain(f"{title or ''}\n{text}"))
    found = 0
    for phrase in scan.find(words):
        found += scan.idle.fullmatch(phrase) is None
        if found and found * _CHARACTERS_A_WORD >= len(words):
            return None
    if not found:
        return "no word of the lexicon tells of anything done"
    return f"too few words of the lexicon for its length ({found} in {len(words)} characters)"
