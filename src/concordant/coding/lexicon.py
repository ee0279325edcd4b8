"""Phrases of the lexicon tables, found in a reading: folded words in a row, "*" ending a stem."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from concordant.codebook import Row
from concordant.reading import Reading, Token, fold

_STEM_KEY = 3  # letters of a stem that select the entries to try
_WORDS_KEPT = 50_000  # words whose entries are remembered: a day's news has fewer


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: its tokens [first, last), and the table row it comes from."""

    first: int
    last: int
    row: Row


class PhraseBook:
    """The phrases of a table, ready to be found; the longest at a place wins, then the first in the table."""

    def __init__(self, rows: Iterable[Row], column: str = "phrase") -> None:
        self._exact: dict[str, list[tuple[tuple[str, ...], Row]]] = defaultdict(list)
        self._stems: dict[str, list[tuple[tuple[str, ...], Row]]] = defaultdict(list)
        self._known: dict[str, tuple[tuple[tuple[str, ...], Row], ...]] = {}
        for row in rows:
            words = tuple(split_phrase(row[column]))
            if not words:
                raise row.error(f"empty {column}")
            if words[0].endswith("*"):
                self._stems[words[0][:-1][:_STEM_KEY]].append((words, row))
            else:
                self._exact[words[0]].append((words, row))

    def find(self, reading: Reading) -> Iterator[Match]:
        """Every match, longest first at each place; matches do not overlap."""
        at, end = 0, len(reading.tokens)
        while at < end:
            best = self.longest(reading, at)
            if best is None:
                at += 1
                continue
            yield best
            at = best.last

    def longest(self, reading: Reading, at: int) -> Match | None:
        """The longest match that begins at a token, None where there is none."""
        tokens, best = reading.tokens, None
        candidates = self._known.get(tokens[at].fold)
        if candidates is None:
            candidates = self._remember(tokens[at].fold)
        for words, row in candidates:
            longer = best is None or at + len(words) > best.last
            if longer and matches(words, tokens, at) and accepts(row.cells.get("pos", ""), tokens, at, len(words)):
                best = Match(at, at + len(words), row)
        return best

    def _remember(self, word: str) -> tuple[tuple[tuple[str, ...], Row], ...]:
        """The entries that a word can begin, found once for each word: most begin none."""
        if len(self._known) >= _WORDS_KEPT:
            self._known.clear()
        found = tuple(entry for entry in self._candidates(word) if begins(entry[0][0], word))
        self._known[word] = found
        return found

    def _candidates(self, word: str) -> Iterator[tuple[tuple[str, ...], Row]]:
        yield from self._exact.get(word, ())
        for length in range(1, min(_STEM_KEY, len(word)) + 1):
            yield from self._stems.get(word[:length], ())


def split_phrase(phrase: str) -> list[str]:
    """A phrase's words as the readings' tokens have them: an elided word is a word of its own."""
    return fold(phrase.replace("’", "'")).replace("'", "' ").split()


def matches(words: tuple[str, ...], tokens: tuple[Token, ...], at: int) -> bool:
    """Whether the tokens from `at` on are these words, within one sentence."""
    if at + len(words) > len(tokens) or tokens[at + len(words) - 1].sentence != tokens[at].sentence:
        return False
    return all(begins(word, tokens[at + n].fold) for n, word in enumerate(words))


def begins(word: str, fold: str) -> bool:
    """Whether a folded word is a table's word, or begins with its stem where that ends in "*"."""
    return fold.startswith(word[:-1]) if word.endswith("*") else fold == word


def accepts(pos: str, tokens: tuple[Token, ...], at: int, length: int) -> bool:
    """Whether a token can be the noun or verb that a table asks for (of phrases, any is accepted).

    A small pipeline takes some participles for nouns; behind an auxiliary they are verbs.
    """
    token = tokens[at]
    if length > 1 or pos in ("", "any"):
        return True
    if pos == "noun":
        return token.pos in ("NOUN", "PROPN", "X", "ADJ", "NUM", "ADV")
    return token.pos in ("VERB", "AUX", "ADJ", "ADV") or _behind_auxiliary(tokens, at)


def _behind_auxiliary(tokens: tuple[Token, ...], at: int) -> bool:
    for before in reversed(tokens[max(0, at - 4) : at]):
        if before.pos in ("AUX", "ADV") or before.fold in ("ete", "been"):
            if before.pos == "AUX":
                return before.sentence == tokens[at].sentence
            continue
        return False
    return False
