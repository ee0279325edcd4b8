"""Looking up phrases of a table in running words: longest match over folded pieces of words, plurals folded too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from concordant.reading.words import Reading, fold

T = TypeVar("T")

_PIECE = re.compile(r"[a-z0-9]+")
_JOINING = frozenset("-/'\"")
BARRIER = ""  # stands for a mark that no phrase runs across


def stem(piece: str) -> str:
    """A folded piece without the mark of the plural: "forces" and "force" alike, "boss" as it is."""
    return piece[:-1] if len(piece) > 3 and piece[-1] in "sx" and piece[-2] != "s" else piece


def pieces(text: str) -> tuple[str, ...]:
    """The stems of a phrase: letters and digits only, so that "Al-Qaïda" and "al qaida" are the same."""
    return tuple(stem(piece) for piece in _PIECE.findall(fold(text)))


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a token: its stem, as folded in the text, and the token's index."""

    stem: str
    fold: str
    token: int


def running(reading: Reading, first: int, last: int) -> tuple[Piece, ...]:
    """The pieces of the tokens [first, last); joining marks are left out, other marks stand as barriers."""
    found: list[Piece] = []
    for token in reading.tokens[first:last]:
        parts = _PIECE.findall(token.fold)
        if parts:
            found.extend(Piece(stem(part), part, token.i) for part in parts)
        elif token.text not in _JOINING:
            found.append(Piece(BARRIER, token.text, token.i))
    return tuple(found)


@dataclass(slots=True)
class Phrases(Generic[T]):
    """Phrases with a value each; one phrase may have several."""

    _by_first: dict[str, dict[tuple[str, ...], list[T]]] = field(default_factory=dict)

    def add(self, phrase: str, value: T) -> None:
        key = pieces(phrase)
        if key:
            self._by_first.setdefault(key[0], {}).setdefault(key, []).append(value)

    @property
    def openers(self) -> frozenset[str]:
        """The stems that a phrase can begin with."""
        return frozenset(self._by_first)

    def exactly(self, phrase: str) -> list[T]:
        """The values of a whole phrase."""
        key = pieces(phrase)
        return self._by_first.get(key[0], {}).get(key, []) if key else []

    def at(self, words: Sequence[Piece], start: int) -> list[tuple[int, list[T]]]:
        """The phrases that begin at a piece, longest first: their length in pieces and their values."""
        keys = self._by_first.get(words[start].stem) if start < len(words) else None
        if keys is None:  # 19 of 20 pieces begin no phrase
            return []
        found: list[tuple[int, list[T]]] = []
        for key, values in keys.items():
            end = start + len(key)
            if end <= len(words) and all(words[start + n].stem == part for n, part in enumerate(key)):
                found.append((len(key), values))
        return sorted(found, key=lambda hit: -hit[0])
