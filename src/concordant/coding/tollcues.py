"""What the words around a toll make of its figure: a sum over years, an update, an unsure or an unreal one."""

from __future__ import annotations

import re
from functools import lru_cache

from concordant.codebook import Codebook
from concordant.coding.numerals import level
from concordant.reading import Reading, Span

_BEFORE = ("unreal", "hedged")
_SORTS = ("cumulative", "not_cumulative", "update", "earlier", "both", *_BEFORE)
# How far a cue may stand from the figure, in characters. Sentences with two tolls told from different times are
# common in chronologies ("12 morts … ; depuis 2012, 400 morts"): a cue beyond this belongs to another clause.
_REACH = 110


@lru_cache(maxsize=16)
def toll_cues(codebook: Codebook, language: str) -> dict[str, re.Pattern[str]]:
    patterns: dict[str, list[str]] = {sort: [] for sort in _SORTS}
    for row in codebook.table(f"{language}/tollcues"):
        if row["sort"] not in patterns:
            raise row.error(f"unknown sort {row['sort']!r}")
        try:
            re.compile(row["cue"])
        except re.error as error:
            raise row.error(f"cue is no pattern: {error}") from None
        # A pattern that looks back from the outcome word ends in "$"; the cells of a table lose their last space.
        patterns[row["sort"]].append(row["cue"])
    return {
        sort: re.compile(rf"(?<!\w)(?:{'|'.join(found)})" if found else r"(?!)") for sort, found in patterns.items()
    }


def signs(reading: Reading, span: Span, trigger: Span, *, told: bool, codebook: Codebook) -> frozenset[str]:
    """Which sorts of cue hold for a toll's figure at a span, whose outcome word is `trigger`.

    `told`: the outcome word is a participle, which tells of what has happened unless "be" stands before it.
    """
    cues = toll_cues(codebook, reading.language)
    sentence = reading.sentence_of(span)
    start = max(sentence.start, span.start - _REACH)
    around = level(reading.canvas[start : min(sentence.end, span.end + _REACH)])
    found = {sort for sort in ("cumulative", "not_cumulative", "update", "earlier", "both") if cues[sort].search(around)}
    if "not_cumulative" in found:
        found.discard("cumulative")
    for at in {span.start, trigger.start}:
        clause = _clause(level(reading.canvas[max(sentence.start, at - _REACH) : at]))
        real = told and not re.search(r"(?:^| )(?:be|etre) (?:\w+ )?$", clause)
        found |= {sort for sort in _BEFORE if cues[sort].search(clause) and not (real and sort == "unreal")}
    return frozenset(found)


def _clause(before: str) -> str:
    """The words since the last mark that ends a clause, single-spaced, with a space at the end."""
    last = re.split(r"[,;:.()\"]", before)[-1]
    words = " ".join(last.split())
    return words + " " if words and not words.endswith("'") else words
