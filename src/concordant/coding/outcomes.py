"""Outcome words: the verbs and nouns that say that people were killed, wounded, abducted and so on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast, get_args

from concordant.codebook import Codebook
from concordant.codebook.tables import Row
from concordant.coding.mentions import Outcome
from concordant.reading import Reading

Frame = Literal["harms", "suffers", "counts", "act", "weak", "loses", "none"]
Form = Literal["participle", "active"]


@dataclass(frozen=True, slots=True)
class Trigger:
    """The tokens [first, last) that may say an outcome in one of the table's frames."""

    first: int
    last: int
    outcome: Outcome
    frame: Frame
    form: Form
    split: bool = False  # its people stand between its words: "took seven women hostage"


@dataclass(frozen=True, slots=True)
class _Entry:
    words: tuple[frozenset[str], ...]  # for each token, the words it may be
    rest: tuple[frozenset[str], ...]  # the words behind its people, after "…"
    outcome: str
    frame: Frame
    form: Form


def find_triggers(reading: Reading, *, codebook: Codebook) -> dict[int, list[Trigger]]:
    """The outcome words of a reading by the token where they start: of each frame the longest.

    An expression of frame "none" ("peine de mort") takes its words away from all others.
    """
    index = _entries(codebook, reading.language)
    found: list[Trigger] = []
    nothing: list[tuple[int, int]] = []  # expressions that say nothing of people
    for token in reading.tokens:
        for entry in index.get(token.lower, ()):
            if not _stands(entry.words, reading, token.i) or not _follows(entry, reading, token.i + len(entry.words)):
                continue
            last = token.i + len(entry.words)
            if entry.frame == "none":
                nothing.append((token.i, last))
            else:
                outcome = cast(Outcome, entry.outcome)
                found.append(Trigger(token.i, last, outcome, entry.frame, entry.form, split=bool(entry.rest)))
    return _longest([t for t in found if not any(_blocks(first, last, t) for first, last in nothing)])


def _blocks(first: int, last: int, trigger: Trigger) -> bool:
    """Whether an expression takes a trigger's words away: it overlaps it and is no part of it ("à mort", "mis à mort")."""
    inside = trigger.first <= first and last <= trigger.last and trigger.last - trigger.first > last - first
    return first < trigger.last and trigger.first < last and not inside


def _stands(words: Sequence[frozenset[str]], reading: Reading, at: int) -> bool:
    tokens = reading.tokens[at : at + len(words)]
    return len(tokens) == len(words) and all(
        token.lower in may and token.sentence == tokens[0].sentence for token, may in zip(tokens, words, strict=True)
    )


_REACH = 9  # tokens of people that may stand inside a split expression


def _follows(entry: _Entry, reading: Reading, at: int) -> bool:
    """Whether the second half of a split expression stands behind the first, in the same clause."""
    if not entry.rest:
        return True
    for here in range(at + 1, min(at + _REACH, len(reading.tokens))):
        if reading.tokens[here].sentence != reading.tokens[at - 1].sentence or reading.tokens[here].text in ".;:":
            return False
        if _stands(entry.rest, reading, here):
            return True
    return False


def _longest(found: Sequence[Trigger]) -> dict[int, list[Trigger]]:
    """By start, the triggers that no longer one covers."""
    covered: dict[int, int] = {}
    for trigger in found:
        for at in range(trigger.first, trigger.last):
            covered[at] = max(covered.get(at, 0), trigger.last - trigger.first)
    kept: dict[int, list[Trigger]] = {}
    for trigger in found:
        if all(covered[at] == trigger.last - trigger.first for at in range(trigger.first, trigger.last)):
            kept.setdefault(trigger.first, []).append(trigger)
    return kept


@lru_cache(maxsize=16)
def _entries(codebook: Codebook, language: str) -> dict[str, list[_Entry]]:
    index: dict[str, list[_Entry]] = {}
    for row in codebook.table(f"{language}/outcomes"):
        for entry in _row_entries(row, language):
            for word in entry.words[0]:
                index.setdefault(word, []).append(entry)
    return index


def _row_entries(row: Row, language: str) -> Iterator[_Entry]:
    if row["outcome"] not in (*get_args(Outcome), "-"):
        raise row.error(f"unknown outcome {row['outcome']!r}")
    if row["frame"] not in get_args(Frame):
        raise row.error(f"unknown frame {row['frame']!r}")
    participles, active = row.listed("participle"), row.listed("active")
    if not participles and not active:
        participles, active = regular_forms(row["word"], language)
    forms: tuple[tuple[Form, tuple[str, ...]], ...] = (("participle", participles), ("active", active))
    for form, patterns in forms:
        for pattern in patterns:
            head, _, rest = pattern.partition("…")
            yield _Entry(_words(head), _words(rest), row["outcome"], cast(Frame, row["frame"]), form)


def _words(pattern: str) -> tuple[frozenset[str], ...]:
    """A pattern's words as the tokenizers cut them: "d'état" is two, "de/d'/des" one."""
    words = [part for chunk in pattern.split() for part in ([chunk] if "/" in chunk else re.findall(r"[^']+'?", chunk))]
    return tuple(frozenset(word.lower().split("/")) for word in words)


def regular_forms(verb: str, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The participles and the other third-person forms of a regular verb (French: in -er), "/" between them."""
    if language == "en":
        stem = verb.removesuffix("e")
        return (f"{stem}ed",), (f"{verb}/{verb}s/{verb}es/{stem}ing",)
    stem = verb.removesuffix("er")
    soft = stem + "e" if stem.endswith("g") else stem
    grave = re.sub(r"[eé]([bcdfglmnprstv])$", r"è\1", stem)
    participles = [stem + ending for ending in ("é", "ée", "és", "ées")]
    active = [stem + "er", grave + "e", grave + "ent", stem + "èrent", grave + "era", grave + "eront", stem + "era"]
    active += [soft + ending for ending in ("a", "ant", "ait", "aient")]
    return ("/".join(participles),), ("/".join(active),)
