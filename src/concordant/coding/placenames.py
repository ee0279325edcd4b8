"""Finding what may be a place's name: runs of capitalised words, or known names where there are no capitals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from concordant.places.keys import place_key
from concordant.reading.words import Reading, Span
from concordant.reading.words import fold as _fold

fold = lru_cache(maxsize=16384)(_fold)
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
# Articles and prepositions that stick to the next word; "N'Djamena", "M'Bera" keep their letter.
_ELIDED = re.compile(r"^(?:[lLdDsSjJcCtT]|qu|Qu|jusqu|lorsqu|puisqu|quelqu|[nm](?='[a-zà-ÿ]))'")
_CONNECTORS = frozenset((
    "de", "du", "des", "d", "la", "le", "les", "l", "el", "al", "ad", "ar", "as", "at", "an", "ez", "es", "en",
    "et", "sur", "aux", "sous", "the", "of", "and", "y", "los", "las", "del", "di", "da", "dos",
))  # fmt: skip
_ARABIC = re.compile(r"(?:al|el|an|ar|as|ad|at|ash|ez|es|az)-[A-ZÀ-Ý]")  # "al-Hilla"
_ARTICLES = frozenset(["le", "la", "les", "l", "the"])
# Words that open a sentence or a title with a capital and belong to no name that follows.
_OPENERS = frozenset((
    "a", "au", "aux", "dans", "en", "le", "la", "les", "l", "un", "une", "de", "du", "des", "d", "sur", "pour",
    "par", "selon", "apres", "avant", "depuis", "vers", "entre", "contre", "avec", "sans", "ce", "cet", "cette",
    "ces", "the", "in", "at", "on", "near", "from", "after", "before", "since", "as", "an", "for", "by", "with",
    "when", "while", "of", "to", "and", "et", "ou", "mais", "si", "quand", "lorsque", "plusieurs", "deux", "trois",
    "quatre", "cinq", "nos", "notre", "son", "sa", "ses", "leur", "leurs", "chez", "hors", "outre", "via", "rien",
    "no", "ni", "est", "etait", "ont", "a-t-il", "que", "qui",
))  # fmt: skip
# Connectors that join capitalised words into one name even where the gazetteer does not know it.
_GLUE = frozenset(["el", "al", "ad", "ar", "as", "ez", "es", "aux", "los", "las", "del"])
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the canvas, elided articles cut off."""

    start: int
    end: int
    text: str

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper() or bool(_ARABIC.match(self.text))

    @property
    def acronym(self) -> bool:
        return self.text.isupper() and 1 < len(self.text) <= 7


@lru_cache(maxsize=512)
def words_of(reading: Reading, start: int, end: int) -> Sequence[Word]:
    """The words of canvas[start:end], "l'" and "d'" as words of their own."""
    found = []
    for match in _WORD.finditer(reading.canvas, start, end):
        a, text = match.start(), match.group()
        elided = _ELIDED.match(text)
        if elided and len(text) > elided.end():
            found.append(Word(a, a + elided.end() - 1, text[: elided.end() - 1]))
            a, text = a + elided.end(), text[elided.end() :]
        if text.endswith(("'s", "'S")) and reading.language == "en":
            text = text[:-2]
        found.append(Word(a, a + len(text), text))
    return found


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring words that may be, or hold, one name; `opening`: the first word opens its sentence."""

    words: tuple[Word, ...]
    opening: bool

    @property
    def span(self) -> Span:
        return Span(self.words[0].start, self.words[-1].end)


def capital_runs(reading: Reading, start: int, end: int) -> Iterator[Run]:
    """The runs of capitalised words of a sentence, with the small words that stand between two of them."""
    words = words_of(reading, start, end)
    at = 0
    while at < len(words):
        if not words[at].capital:
            at += 1
            continue
        last = at
        look = at + 1
        while look < len(words) and _adjoin(reading, words[look - 1], words[look]):
            if words[look].capital:
                last = look
            elif fold(words[look].text) not in _CONNECTORS:
                break
            look += 1
        yield Run(tuple(words[at : last + 1]), opening=at == 0)
        at = last + 1


_SHORTENED = ("st", "ste", "mt", "ft")  # words of a name that may be shortened: "St. Brevin", "Ft. Kendal"


def _adjoin(reading: Reading, one: Word, two: Word) -> bool:
    between = reading.canvas[one.end : two.start]
    return between in (" ", "'", "", "  ", "-") or (between == ". " and fold(one.text) in _SHORTENED)


def split_run(
    reading: Reading,
    run: Run,
    known: Callable[[str], bool],
    stop: frozenset[str],
    strong: Callable[[str], bool] | None = None,
) -> Iterator[tuple[Span, bool]]:
    """The names in a run, each with whether it is known: the longest known ones, and what is left between them."""
    words, at = run.words, 0
    rest: list[Word] = []
    while len(words) > 1 and fold(words[0].text) in _OPENERS and _opens(reading, run, words, known):
        words = words[1:]
    while at < len(words):
        length = _longest_known(reading, words, at, known)
        if length and (not rest or not rest[-1].capital or place_key(rest[-1].text) in stop):
            span = Span(words[at].start, words[at + length - 1].end)
            if strong and _goes_on(reading, words, at + length, stop) and not strong(place_key(reading.words(span))):
                rest.extend(words[at : at + length])
                at += length
                continue
            yield from _pieces(rest)
            rest = []
            yield span, True
            at += length
            continue
        rest.append(words[at])
        at += 1
    yield from _pieces(rest)


def _opens(reading: Reading, run: Run, words: tuple[Word, ...], known: Callable[[str], bool]) -> bool:
    """Whether the first word is no part of a name: "À Rouen", "La France" at the head of a sentence, not "Le Mans"."""
    if fold(words[0].text) in _ARTICLES:
        return run.opening and words[0] == run.words[0]
    return _longest_known(reading, words, 0, known) < 2


def _goes_on(reading: Reading, words: tuple[Word, ...], at: int, stop: frozenset[str]) -> bool:
    """Whether a capitalised word that is no known word of its own follows: "Aïn" in "Aïn Issa"."""
    return at < len(words) and words[at].capital and not words[at].acronym and place_key(words[at].text) not in stop


def _longest_known(reading: Reading, words: tuple[Word, ...], at: int, known: Callable[[str], bool]) -> int:
    if not words[at].capital:
        return 0
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        if words[at + length - 1].capital:
            key = place_key(reading.canvas[words[at].start : words[at + length - 1].end])
            if known(key):
                return length
    return 0


def _pieces(words: list[Word]) -> Iterator[tuple[Span, bool]]:
    """Unknown words cut at the small words that do not join names."""
    piece: list[Word] = []
    for word in [*words, None]:
        if word is not None and (word.capital or (piece and fold(word.text) in _GLUE)):
            piece.append(word)
            continue
        while piece and not piece[-1].capital:
            piece.pop()
        if piece:
            yield Span(piece[0].start, piece[-1].end), False
        piece = []


def known_phrases(
    reading: Reading, start: int, end: int, known: Callable[[str], bool], longest: int = 4
) -> Iterator[Span]:
    """The longest known names in a sentence without capitals, left to right."""
    words = words_of(reading, start, end)
    at = 0
    while at < len(words):
        if words[at].text in _ARTICLES and words[at].text != "la":
            at += 1
            continue
        for length in range(min(longest, len(words) - at), 0, -1):
            span = Span(words[at].start, words[at + length - 1].end)
            text = reading.words(span)
            if re.search(r"[.,;:()\"\n]", text) or (length > 1 and fold(words[at + length - 1].text) in _CONNECTORS):
                continue
            key = place_key(text)
            if known(key) or (text.startswith("la ") and known(f"la {key}")):
                yield span
                at += length
                break
        else:
            at += 1
