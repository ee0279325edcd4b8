"""What a time expression hangs on: the word of its clause that it dates.

The small pipelines attach dates wrongly often enough that two witnesses are heard: the nearest fitting word in the
clause, left of the date (or right of it, where the date stands first), and the parse.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from concordant.codebook import Codebook
from concordant.coding.lexicon import PhraseBook
from concordant.coding.mentions import DateMention
from concordant.reading import Reading, Span

Kind = Literal["told", "light", "speech", "aside", "verb", "none"]

# A date behind one of these stands in a clause of its own, before that clause's verb.
_OPENERS = frozenset(
    "que qu' qui quand lorsque lorsqu' dont ou où alors tandis si puis mais et that who which when where while but and "
    "after as".split()
)
_STOPS = frozenset(('"', ";", ":", "(", "["))
_CLIMB = 4  # steps up the parse
_OPENING = ("ADP", "DET", "ADV", "PUNCT", "CCONJ", "SCONJ", "SPACE")


@dataclass(frozen=True, slots=True)
class Hanging:
    """What a date hangs on by its neighbours and by the parse, and how many words lie between."""

    kind: Kind
    at: int | None
    distance: int
    fronted: bool  # the date stands before its word
    comma: bool  # a comma stands between
    parsed: Kind
    parsed_at: int | None = None


@lru_cache(maxsize=8)
def _book(codebook: Codebook, language: str) -> PhraseBook:
    return PhraseBook(codebook.table(f"{language}/date_governors"))


def governors(reading: Reading, *, codebook: Codebook) -> dict[int, Kind]:
    """The words of a reading that a date may hang on, other than those that tell of a happening."""
    found: dict[int, Kind] = {}
    for match in _book(codebook, reading.language).find(reading):
        for at in range(match.first, match.last):
            found[at] = match.row["kind"]  # type: ignore[assignment]
    return found


def hanging(
    reading: Reading, mention: DateMention, told: frozenset[int], others: Mapping[int, Kind], dates: frozenset[int]
) -> Hanging:  # fmt: skip
    """What a date hangs on. `told`: the tokens of triggers and outcome words; `others`: `governors`; `dates`: of dates."""
    first, last = reading.range_of(mention.span)
    if _dateline(reading, first, last):
        return Hanging("speech", None, 0, fronted=False, comma=False, parsed="speech")
    parsed, parsed_at = _parsed(reading, first, last, told, others)
    left = _leftwards(reading, first, told, others, dates)
    if left is not None:
        return Hanging(*left, fronted=False, comma=_comma(reading, left[1], first), parsed=parsed, parsed_at=parsed_at)
    right = _rightwards(reading, last, told, others)
    if right is not None:
        return Hanging(*right, fronted=True, comma=_comma(reading, last, right[1]), parsed=parsed, parsed_at=parsed_at)
    return Hanging("none", None, 99, fronted=False, comma=False, parsed=parsed, parsed_at=parsed_at)


def _kind(reading: Reading, at: int, told: frozenset[int], others: Mapping[int, Kind]) -> Kind | None:
    if others.get(at) == "aside":  # "a succombé jeudi à ses blessures" tells of the deed, on another day than the deed's
        return "aside"
    if at in told:
        return "told"
    if at in others:
        return others[at]
    return "verb" if reading.tokens[at].pos == "VERB" else None


def _leftwards(
    reading: Reading, first: int, told: frozenset[int], others: Mapping[int, Kind], dates: frozenset[int]
) -> tuple[Kind, int, int] | None:  # fmt: skip
    """The nearest fitting word before a date in its clause, None where the date opens the clause."""
    if first >= len(reading.tokens):
        return None
    start = reading.sentences[reading.tokens[first].sentence].first
    at, distance, closed = first - 1, 0, 0
    while at >= start:
        token = reading.tokens[at]
        if token.text in (")", "]"):
            closed += 1
        elif token.text in ("(", "[") and closed:
            closed -= 1
        elif not closed:
            if token.text in _STOPS or token.fold in _OPENERS or (token.text == "," and at - 1 in dates):
                return None
            kind = _kind(reading, at, told, others)
            if kind is not None:
                return kind, at, distance
            distance += token.pos not in _OPENING
        at -= 1
    return None


def _rightwards(
    reading: Reading, last: int, told: frozenset[int], others: Mapping[int, Kind]
) -> tuple[Kind, int, int] | None:  # fmt: skip
    """The first fitting word behind a date that opens its clause; participles beside nouns are passed over."""
    if last >= len(reading.tokens):
        return None
    end = reading.sentences[reading.tokens[last - 1].sentence].last
    distance = 0
    for at in range(last, end):
        token = reading.tokens[at]
        if token.text in (";", ":"):
            return None
        kind = _kind(reading, at, told, others)
        if kind == "verb" and token.dep in ("acl", "amod"):
            kind = None
        if kind is not None:
            return kind, at, distance
        distance += token.pos not in _OPENING
    return None


_LINE = frozenset((":", "-", "--", "(", "/"))


def _dateline(reading: Reading, first: int, last: int) -> bool:
    """Whether a date stands in the line that heads a text ("BAMAKO, 4 août -", "kabul, 14 apr (afp) --")."""
    if last >= len(reading.tokens) or reading.tokens[last].text not in _LINE:
        return False
    sentence = reading.sentences[reading.tokens[first].sentence]
    top = next((s.index for s in reading.sentences if not s.in_title), 0)
    head = reading.tokens[sentence.first : first]
    return sentence.index == top and len(head) <= 6 and all(t.pos not in ("VERB", "AUX") for t in head)


def _comma(reading: Reading, a: int, b: int) -> bool:
    low, high = min(a, b), max(a, b)
    return any(reading.tokens[i].text in (",", "-", ")") for i in range(low, high))


def _parsed(
    reading: Reading, first: int, last: int, told: frozenset[int], others: Mapping[int, Kind]
) -> tuple[Kind, int | None]:  # fmt: skip
    inside = range(first, last)
    at = next((reading.tokens[i].head for i in inside if reading.tokens[i].head not in inside), None)
    for _ in range(_CLIMB):
        if at is None:
            break
        kind = _kind(reading, at, told, others)
        if kind is not None:
            return kind, at
        head = reading.tokens[at].head
        if head == at:
            break
        at = head
    return "none", None


def told_tokens(reading: Reading, spans: Sequence[Span]) -> frozenset[int]:
    """The tokens of the words that tell of a happening."""
    found: set[int] = set()
    for span in spans:
        found.update(range(*reading.range_of(span)))
    return frozenset(found)
