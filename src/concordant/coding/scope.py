"""Scope: which happenings the default codebook takes in (organised and political violence), which it leaves."""

from __future__ import annotations

from functools import lru_cache

from concordant.codebook import Codebook
from concordant.coding.assembling import Draft
from concordant.coding.lexicon import PhraseBook
from concordant.reading import Reading

_POLITICAL = frozenset(("state_forces", "rebel", "militia", "crowd", "peacekeepers", "foreign_forces"))
_KINDS_ALWAYS = frozenset((
    "armed_clash", "ambush", "raid", "operation", "territory_change", "ied", "suicide_attack", "air_strike", "shelling",
    "protest", "riot", "repression", "coup", "agreement",
))  # fmt: skip


@lru_cache(maxsize=8)
def _crime(codebook: Codebook, language: str) -> PhraseBook:
    return PhraseBook(codebook.table(f"{language}/crime"))


def out_of_scope(draft: Draft, reading: Reading, *, codebook: Codebook) -> str | None:
    """Why a happening is outside the default scope, None where it is inside.

    Inside: a state force, an armed group, a militia or a crowd takes part, or the kind is one that only such sides do.
    Outside: deaths and abductions whose words are those of accidents, private quarrels and common crime.
    """
    types = {c.mention.type for c in draft.parties}
    weights = {"crime": 0, "accident": 0, "political": 0}
    book = _crime(codebook, reading.language)
    for frame in draft.happening.frames:
        first, last = reading.range_of(frame.span)
        for at in range(first, last):
            match = book.longest(reading, at)
            if match is not None:
                weights[match.row["sort"]] += 1
    ordinary = weights["crime"] + weights["accident"]
    if not ordinary:
        return None
    inside = 2 * len(types & _POLITICAL) + 2 * weights["political"] + 2 * (draft.kind in _KINDS_ALWAYS)
    if ordinary > inside:
        return "an accident" if weights["accident"] >= weights["crime"] else "common crime, no armed group or crowd"
    return None
