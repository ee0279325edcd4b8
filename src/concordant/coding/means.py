"""Means: the weapons and vehicles with which violence was done, from the words of the lexicon."""

from __future__ import annotations

from functools import lru_cache

from concordant.codebook import Codebook
from concordant.coding.lexicon import PhraseBook
from concordant.coding.mentions import MeansMention
from concordant.reading import Reading

MEANS = (
    "small_arms", "ied", "mine", "suicide_vest", "vehicle_bomb", "artillery", "mortar", "rocket", "aircraft",
    "helicopter", "drone", "fire", "knife", "motorcycle", "vehicle", "grenade",
)  # fmt: skip
_NONE = "none"
_WITHOUT = frozenset(("sans", "aucun", "aucune", "without", "no"))
_NEAR = 3  # words before a means among which "sans" denies it


@lru_cache(maxsize=8)
def _book(codebook: Codebook, language: str) -> PhraseBook:
    rows = codebook.table(f"{language}/means")
    for row in rows:
        if row["means"] not in (*MEANS, _NONE):
            raise row.error(f"no means {row['means']!r}; there are {', '.join(MEANS)}, and {_NONE}")
    return PhraseBook(rows)


def find_means(reading: Reading, *, codebook: Codebook) -> tuple[MeansMention, ...]:
    """The means that a reading's words name, in order; a word that is part of a longer entry counts as that entry."""
    return tuple(
        MeansMention(reading.span(match.first, match.last), match.row["means"])
        for match in _book(codebook, reading.language).find(reading)
        if match.row["means"] != _NONE and not _denied(reading, match.first)
    )


def _denied(reading: Reading, first: int) -> bool:
    """Whether words right before say that there was none ("sans tirer un coup de feu", "no shots")."""
    sentence = reading.sentences[reading.tokens[first].sentence]
    before = reading.tokens[max(sentence.first, first - _NEAR) : first]
    return any(token.fold in _WITHOUT for token in before)
