"""Frames: what each passage of a report tells, before passages are brought together into happenings.

A frame is one stretch of a sentence with the triggers, tolls, dates, places and parties that its words hold. A
sentence is cut where its words pass from one happening to another ("… deux jours après l'enlèvement de …").
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from concordant.codebook import Codebook
from concordant.coding.embedding import embedded, topic_end
from concordant.coding.lexicon import Match, PhraseBook
from concordant.coding.mentions import (
    DateMention,
    MeansMention,
    MoodMention,
    PartyMention,
    PlaceMention,
    SourceMention,
    TollMention,
)
from concordant.coding.triggers import Trigger
from concordant.reading import Reading, Sentence, Span

_EMBEDDED = frozenset(("embedded",))  # the cue of a clause that stands inside a frame of another happening


@dataclass(frozen=True, slots=True)
class Mentions:
    """All that the coder's modules read off one report."""

    triggers: tuple[Trigger, ...]
    dates: tuple[DateMention, ...]
    places: tuple[PlaceMention, ...]
    parties: tuple[PartyMention, ...]
    tolls: tuple[TollMention, ...]
    sources: tuple[SourceMention, ...]
    moods: tuple[MoodMention, ...]
    means: tuple[MeansMention, ...]
    boilerplate: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """One stretch of a sentence and what its words hold."""

    index: int
    span: Span
    sentence: Sentence
    part: int  # which stretch of its sentence this is, from 0
    triggers: tuple[Trigger, ...]
    dates: tuple[DateMention, ...]
    places: tuple[PlaceMention, ...]
    parties: tuple[PartyMention, ...]
    tolls: tuple[TollMention, ...]
    cues: frozenset[str]
    mood: str | None
    holes: tuple[Span, ...] = ()  # clauses inside it that tell of another happening, frames of their own

    def covers(self, span: Span) -> bool:
        """Whether words belong to this frame and not to a clause inside it."""
        return self.span.covers(span) and not any(hole.overlaps(span) for hole in self.holes)

    def reaches(self, scope: Span) -> bool:
        """Whether any of the frame's own words stand in a scope."""
        return self.span.overlaps(scope) and not any(hole.covers(scope) for hole in self.holes)

    @property
    def force(self) -> int:
        """The strength of the strongest trigger; tolls count as 3."""
        return max([3 if self.tolls else 0, *(t.strength for t in self.triggers)])


@lru_cache(maxsize=16)
def _cues(codebook: Codebook, language: str) -> PhraseBook:
    return PhraseBook(codebook.table(f"{language}/discourse"))


def build_frames(reading: Reading, mentions: Mentions, *, codebook: Codebook) -> tuple[Frame, ...]:
    """The frames of a reading, in order; stretches of boilerplate make none."""
    cues: dict[int, list[Match]] = {}
    for match in _cues(codebook, reading.language).find(reading):
        cues.setdefault(reading.tokens[match.first].sentence, []).append(match)
    frames: list[Frame] = []
    for sentence in reading.sentences:
        if any(b.overlaps(Span(sentence.start, sentence.end)) and _mostly(b, sentence) for b in mentions.boilerplate):
            continue
        here = cues.get(sentence.index, [])
        for part, (first, last) in enumerate(_stretches(reading, sentence, here, mentions, codebook)):
            within = frozenset(m.row["cue"] for m in here if first <= m.first < last)
            inner = embedded(reading, first, last, mentions.triggers, codebook=codebook)
            holes = tuple(reading.span(a, b) for a, b in inner)
            span = reading.span(first, last)
            frames.append(_frame(reading, mentions, len(frames), sentence, part, span, within, holes))
            for hole in holes:
                frames.append(_frame(reading, mentions, len(frames), sentence, part + 1, hole, _EMBEDDED))
    return tuple(frames)


def _mostly(boilerplate: Span, sentence: Sentence) -> bool:
    shared = min(boilerplate.end, sentence.end) - max(boilerplate.start, sentence.start)
    return shared > 0.6 * (sentence.end - sentence.start)


def _stretches(
    reading: Reading, sentence: Sentence, cues: list[Match], mentions: Mentions, codebook: Codebook
) -> list[tuple[int, int]]:  # fmt: skip
    """A sentence's token ranges: cut at cut cues and semicolons that leave something to tell on both sides.

    A title is cut at its colon too, where the topic before it is another happening than the news behind it.
    """
    cuts = {m.first for m in cues if m.row["cue"] == "cut"}
    cuts |= {t.i + 1 for t in reading.sentence_tokens(sentence) if t.text == ";"}
    if sentence.in_title:
        topic = topic_end(reading, sentence.first, sentence.last, mentions.triggers, codebook=codebook)
        cuts |= {topic} if topic is not None else set()
    told = [t.first for t in mentions.triggers if t.strength >= 2] + [
        reading.token_at(t.trigger.start) for t in mentions.tolls
    ]
    edges = [sentence.first]
    for cut in sorted(cuts):
        if any(edges[-1] <= at < cut for at in told) and any(cut <= at < sentence.last for at in told):
            edges.append(cut)
    edges.append(sentence.last)
    return [(a, b) for a, b in pairwise(edges) if a < b]


def _frame(
    reading: Reading, mentions: Mentions, index: int, sentence: Sentence, part: int, span: Span, cues: frozenset[str],
    holes: tuple[Span, ...] = (),
) -> Frame:  # fmt: skip
    def inside(at: Span) -> bool:
        outside = any(h.start <= at.start < h.end for h in holes) or any(b.covers(at) for b in mentions.boilerplate)
        return span.start <= at.start < span.end and not outside

    return Frame(
        index, span, sentence, part,
        tuple(t for t in mentions.triggers if inside(t.span)),
        tuple(d for d in mentions.dates if inside(d.span)),
        tuple(p for p in mentions.places if inside(p.span)),
        tuple(p for p in mentions.parties if inside(p.span)),
        tuple(t for t in mentions.tolls if inside(t.trigger)),
        cues,
        _mood(span, mentions, holes), holes,
    )  # fmt: skip


def _mood(span: Span, mentions: Mentions, holes: tuple[Span, ...]) -> str | None:
    """The mood that governs every trigger and toll of a stretch, None where one of them is plainly told."""
    told = [t.span for t in mentions.triggers if t.strength >= 2 and span.covers(t.span)]
    told += [t.trigger for t in mentions.tolls if span.covers(t.trigger)]
    told = [at for at in told if not any(hole.covers(at) for hole in holes)]
    moods = [next((m.mood for m in mentions.moods if m.span.covers(at)), None) for at in told]
    if not moods or None in moods:
        return None
    return moods[0]
