"""Names: how spellings of one name are brought together."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """A name without case, accents, spaces and marks: how spellings of one name are brought together."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in bare if c.isalnum())


@lru_cache(maxsize=65536)
def skeleton(name: str) -> str:
    """The consonants of a name as it sounds in French and English: the same for "Solhan", "Sohlan" and "Solhane".

    A name with fewer than three of them keeps its vowels as they sound, or too many names would be alike.
    """
    key = name_key(name)
    bare = re.sub(r"ph", "f", re.sub(r"c(?=[ei])", "s", re.sub(r"(?<!c)h|(?<=[gkt])h", "", key)))
    bones = re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouyw]", "", bare))
    return bones if len(bones) >= 3 else re.sub(r"(.)\1+", r"\1", re.sub(r"ou|w", "u", bare.replace("y", "i")))
