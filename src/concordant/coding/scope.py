"""Scope: which happenings the default codebook takes in (organised and political violence), which it leaves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from concordant.codebook import Codebook
from concordant.coding.assembling import Draft
from concordant.coding.lexicon import PhraseBook
from concordant.reading import Reading, Span

_POLITICAL = frozenset(("state_forces", "rebel", "militia", "crowd", "peacekeepers", "foreign_forces"))
_PER = 150  # words of a report over which its words of crime and politics are counted
_KINDS_ALWAYS = frozenset((
    "armed_clash", "ambush", "raid", "operation", "territory_change", "ied", "suicide_attack", "air_strike", "shelling",
    "protest", "riot", "repression", "coup", "agreement",
))  # fmt: skip


@lru_cache(maxsize=8)
def _crime(codebook: Codebook, language: str) -> PhraseBook:
    return PhraseBook(codebook.table(f"{language}/crime"))


LoadedWord = tuple[int, str]  # where a word starts on the canvas, and its sort: "crime", "accident" or "political"


def loaded_words(reading: Reading, *, codebook: Codebook) -> tuple[LoadedWord, ...]:
    """The words of a report that speak of common crime, of accidents, or of politics and armed groups."""
    book = _crime(codebook, reading.language)
    matches = (book.longest(reading, at) for at in range(len(reading.tokens)))
    return tuple((reading.tokens[m.first].start, m.row["sort"]) for m in matches if m is not None)


def weigh_words(spans: Iterable[Span], loaded: Sequence[LoadedWord]) -> dict[str, int]:
    """How many words of each sort stand in some stretches of a report."""
    counts = {"crime": 0, "accident": 0, "political": 0}
    for span in spans:
        for at, sort in loaded:
            counts[sort] += span.start <= at < span.end
    return counts


def scope_features(draft: Draft, reading: Reading, loaded: Sequence[LoadedWord]) -> dict[str, float]:
    """Evidence on whether a happening is organised or political violence, each part from 0 to 1."""
    types = {c.mention.type for c in draft.parties}
    own = weigh_words([f.span for f in draft.happening.frames], loaded)
    lead = [Span(s.start, s.end) for s in reading.sentences if s.in_title or (s.paragraph <= 1 and s.index <= 2)]
    head = weigh_words(lead, loaded)
    found = {f"words of {sort}": min(1.0, n / 2) for sort, n in own.items()}
    found |= {f"words of {sort}, lead": min(1.0, n / 2) for sort, n in head.items()}
    whole = weigh_words([Span(0, len(reading.canvas))], loaded)
    per = max(1.0, len(reading.tokens) / _PER)
    found |= {f"words of {sort}, report": min(1.0, n / per / 4) for sort, n in whole.items()}
    found["more words of crime than of politics"] = float(whole["crime"] + whole["accident"] > whole["political"])
    found["no word of politics"] = float(whole["political"] == 0)
    found["armed group"] = float(bool(types & {"rebel", "militia"}))
    found["state or foreign forces"] = float(bool(types & {"state_forces", "foreign_forces", "peacekeepers"}))
    found["crowd"] = float("crowd" in types)
    found["only civilians"] = float(types <= {"civilians"})
    found["someone did it"] = float(any(c.role != "target" for c in draft.parties))
    found[f"kind {draft.kind}"] = 1.0
    found["weapons of war"] = float(bool({m.means for m in draft.means} - {"small_arms", "knife", "vehicle", "fire"}))
    return found


def out_of_scope(draft: Draft, loaded: Sequence[LoadedWord]) -> str | None:
    """Why a happening is outside the default scope, None where it is inside.

    Inside: a state force, an armed group, a militia or a crowd takes part, or the kind is one that only such sides do.
    Outside: deaths and abductions whose words are those of accidents, private quarrels and common crime.
    """
    types = {c.mention.type for c in draft.parties}
    weights = weigh_words([f.span for f in draft.happening.frames], loaded)
    if weights["accident"] and _suffered_only(draft) and weights["accident"] > weights["political"] // 2:
        return "an accident"
    if _shooting_of_no_side(draft, loaded):
        return "common crime, no armed group or crowd"
    ordinary = weights["crime"] + weights["accident"]
    if not ordinary:
        return None
    inside = 2 * len(types & _POLITICAL) + 2 * weights["political"] + 2 * (draft.kind in _KINDS_ALWAYS)
    if ordinary > inside:
        return "an accident" if weights["accident"] >= weights["crime"] else "common crime, no armed group or crowd"
    return None


def _shooting_of_no_side(draft: Draft, loaded: Sequence[LoadedWord]) -> bool:
    """Whether a shooting is told ("une fusillade") of which the report names no side and no word of politics or terror."""
    if draft.kind != "attack_on_civilians" or any(sort == "political" for _, sort in loaded):
        return False
    told = [t for f in draft.happening.frames for t in f.triggers if t.strength >= 2]
    shot = any(t.act == "shoot" and t.noun and t.strength == 3 for t in told)
    return shot and not any(c.mention.type in _POLITICAL and c.role != "participant" for c in draft.parties)


_SUFFERED = frozenset(("die", "kill", "wound", "casualties", "violence", "explosion"))


def _suffered_only(draft: Draft) -> bool:
    """Whether a happening tells of harm and of nobody and nothing that did it."""
    told = {t.act for f in draft.happening.frames for t in f.triggers if t.strength >= 2}
    return told <= _SUFFERED and not any(c.role == "perpetrator" for c in draft.parties) and not draft.means
