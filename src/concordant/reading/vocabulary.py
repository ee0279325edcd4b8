"""The English words that the pipeline's own dictionary holds: what tells a name from a noun in a text without capitals."""

from __future__ import annotations

from functools import lru_cache

from concordant.reading.pipelines import dictionary

_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""))


def is_english_word(word: str) -> bool:
    """Whether a lower-case word, or what it is the plural of, is in WordNet's list of nouns, verbs and adjectives.

    WordNet holds the names of large cities and of countries too.
    """
    known = _words()
    if word in known:
        return True
    return any(word.endswith(end) and word.removesuffix(end) + new in known for end, new in _ENDINGS)


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    return dictionary("en")
