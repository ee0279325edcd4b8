"""Means: the weapons and vehicles with which violence was done, from words of the lexicon."""

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


@lru_cache(maxsize=8)
def _book(codebook: Codebook, language: str) -> PhraseBook:
    rows = codebook.table(f"{language}/means")
    for row in rows:
        if row["means"] not in MEANS:
            raise row.error(f"no means {row['means']!r}; there are {', '.join(MEANS)}")
    return PhraseBook(rows)


def find_means(reading: Reading, *, codebook: Codebook) -> tuple[MeansMention, ...]:
    """The means that a reading's words name, in order."""
    book = _book(codebook, reading.language)
    return tuple(
        MeansMention(reading.span(match.first, match.last), match.row["means"]) for match in book.find(reading)
    )
