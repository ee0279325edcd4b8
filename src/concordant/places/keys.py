"""Keys under which a place's names are found: one for its spelling, one for its sound."""

from __future__ import annotations

import re
from functools import lru_cache

from concordant.reading.words import fold

_BREAKS = re.compile(r"[^\w]+|_")
_ARTICLE = re.compile(r"^(?:le|la|les|l|the) (?=\w)")
_SAINT = re.compile(r"\b(?:st|ste)\b")
# "ou/u", "gh/g", "y/i", "k/c", "dj/j", "tch/ch", double letters: how one name is written by two newsrooms.
_SOUNDS = (
    ("tch", "x"), ("dj", "j"), ("dz", "z"), ("ou", "u"), ("oo", "u"), ("gh", "g"), ("kh", "k"), ("ph", "f"),
    ("sh", "x"), ("ch", "x"), ("qu", "k"), ("q", "k"), ("c", "k"), ("y", "i"), ("w", "u"), ("h", ""), ("z", "s"),
)  # fmt: skip
_DOUBLE = re.compile(r"(.)\1+")


@lru_cache(maxsize=65536)
def place_key(name: str) -> str:
    """A name as it is compared: no case, accents, hyphens, apostrophes or leading article; "St" as "saint"."""
    key = " ".join(_BREAKS.sub(" ", fold(name)).split())
    key = _SAINT.sub("saint", key)
    return _ARTICLE.sub("", key)


@lru_cache(maxsize=65536)
def sound_key(key: str) -> str:
    """What a place key sounds like: spellings of one name by different newsrooms mostly share it."""
    sound = key.replace(" ", "")
    for spelling, letter in _SOUNDS:
        sound = sound.replace(spelling, letter)
    sound = _DOUBLE.sub(r"\1", sound)
    return sound[:-1] if len(sound) > 4 and sound.endswith("e") else sound


_BEFORE = re.compile(
    r"^(?i:departamento|d[eé]partement|provincia|prov[ií]ncia|province|r[eé]gion|cercle|territoire|district|gouvernorat|"
    r"wilaya|estado|state|commune|municipio|pr[eé]fecture|distrito|territory|parr[oò]quia)"
    r"(?: (?:de la|de los|de las|du|de|del|do|da|des|of)\b| d['’])?\s*(?=\w)"
)
_AFTER = re.compile(
    r" (?:region|province|governorate|state|department|district|prefecture|county|cercle|circle|municipality|oblast|"
    r"raion|territory|commune|division|zone|canton|parish|emirate)$",
    re.IGNORECASE,
)


def bare_division(name: str) -> str:
    """A division's name without its word for the kind ("Departamento de Usulután", "Mopti Region")."""
    return _AFTER.sub("", _BEFORE.sub("", name)) or name
