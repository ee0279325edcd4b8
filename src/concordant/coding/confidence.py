"""Confidence: how sure each claim of an event is, made of named parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from concordant.coding.assembling import Draft
from concordant.coding.standing import Standing
from concordant.reading import Reading


@dataclass(frozen=True, slots=True)
class Confidence:
    """Named parts from 0 to 1: what grammar, gazetteer, attribution and mood say for an event, and all together."""

    grammar: float
    gazetteer: float
    attribution: float
    mood: float

    @property
    def overall(self) -> float:
        return self.grammar * self.gazetteer * self.attribution * self.mood

    def parts(self) -> dict[str, float]:
        named = {"grammar": self.grammar, "gazetteer": self.gazetteer, "attribution": self.attribution}
        return {k: round(v, 3) for k, v in {**named, "mood": self.mood, "overall": self.overall}.items()}


def confidence_of(reading: Reading, draft: Draft, odds: Mapping[Standing, float]) -> Confidence:
    """The confidence of a draft: the chance that it is an event at all, and what is known of where, who says so, how."""
    place = draft.place
    gazetteer = 0.6 if place is None else place.chosen.score if place.chosen else 0.75
    return Confidence(
        grammar=max(odds["main"], odds["background"]),
        gazetteer=max(0.5, min(1.0, gazetteer)),
        attribution=1.0 if draft.sources else 0.85,
        mood=0.6 if draft.hedged else 1.0,
    )
