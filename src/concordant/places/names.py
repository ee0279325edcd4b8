"""How place names are compared: folded keys, and looser keys for the spellings of the press."""

from __future__ import annotations

import re

from concordant.reading import fold

_ARTICLE = re.compile(r"^(?:l'|le |la |les |el |al |al-|the )")
_MARKS = re.compile(r"[^a-z0-9]+")
_LOOSE = (
    ("ou", "u"), ("gh", "g"), ("dj", "j"), ("tch", "ch"), ("ph", "f"), ("th", "t"), ("kh", "k"), ("ck", "k"), ("qu", "k"),
    ("c", "k"), ("y", "i"), ("w", "u"), ("z", "s"), ("gue", "ge"), ("gui", "gi"), ("h", ""), ("e", ""),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")


def key(name: str) -> str:
    """A name's folded key: no case, accents, hyphens or apostrophes ("Tin-Zaouatène" and "tin zaouatene" are one)."""
    return _MARKS.sub(" ", fold(name)).strip()


def bare_key(name: str) -> str:
    """The key without a leading article."""
    return key(_ARTICLE.sub("", fold(name)))


def loose_key(name: str) -> str:
    """A key that the usual spellings of one name share (ou/u, gh/g, dj/j, y/i, doubled letters, silent e and h)."""
    text = key(name).replace(" ", "")
    for written, heard in _LOOSE:
        text = text.replace(written, heard)
    return _DOUBLED.sub(r"\1", text)
