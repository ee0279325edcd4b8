"""Confidence: how sure each claim of an event is, made of named parts and calibrated on coded reports.

A claim's evidence is a few features, each of a part: the standing of what is told, its grammar, the gazetteer, who says so,
the mood. The table `confidence` weighs them in log-odds; their sum gives the chance that the claim is right.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from concordant.codebook import Codebook
from concordant.coding.arithmetic import SettledToll
from concordant.coding.assembling import Draft
from concordant.coding.casting import Cast
from concordant.coding.standing import Standing

PARTS = ("base", "standing", "grammar", "gazetteer", "attribution", "mood")
CLAIMS = ("event", "kind", "date", "place", "party", "toll")
Features = dict[tuple[str, str], float]  # (part, feature): value


@dataclass(frozen=True, slots=True)
class Confidence:
    """The chance that a claim is right, and what each part adds to it in log-odds."""

    value: float
    parts: Mapping[str, float]

    def to_dict(self) -> dict[str, float]:
        return {"value": round(self.value, 3)} | self.rounded_parts()

    def rounded_parts(self) -> dict[str, float]:
        return {part: round(added, 2) for part, added in self.parts.items()}


@lru_cache(maxsize=8)
def _weights(codebook: Codebook) -> dict[tuple[str, str, str], float]:
    return {(r["claim"], r["part"], r["feature"]): r.number("weight") or 0.0 for r in codebook.table("confidence")}


def weigh(claim: str, features: Features, *, codebook: Codebook) -> Confidence:
    """The confidence of a claim from its features."""
    weights = _weights(codebook)
    parts = dict.fromkeys(PARTS, 0.0)
    for (part, feature), value in features.items():
        parts[part] += value * weights.get((claim, part, feature), 0.0)
    return Confidence(1 / (1 + math.exp(-sum(parts.values()))), {k: v for k, v in parts.items() if v})


def shared(draft: Draft, odds: Mapping[Standing, float]) -> Features:
    """What counts for every claim of an event: its standing, whether somebody says so, and how."""
    frames = draft.happening.frames
    return {
        ("base", "always"): 1.0,
        ("standing", "chance of being an event"): 2 * (1 - odds["none"]) - 1,
        ("standing", "chance of being the news"): 2 * odds["main"] - 1,
        ("standing", "told in the title"): float(any(f.sentence.in_title for f in frames)),
        ("standing", "told in several sentences"): float(len(frames) > 2),
        ("attribution", "a source says so"): float(bool(draft.sources)),
        ("mood", "hedged"): float(draft.hedged),
    }


def of_event(draft: Draft, odds: Mapping[Standing, float]) -> Features:
    return shared(draft, odds) | {
        ("grammar", "a day"): float(draft.date is not None),
        ("grammar", "a place"): float(draft.place is not None),
        ("grammar", "a toll"): float(bool(draft.tolls)),
        ("grammar", "both sides"): float({"perpetrator", "target"} <= {c.role for c in draft.parties}),
    }


def of_kind(draft: Draft, odds: Mapping[Standing, float]) -> Features:
    strong = any(t.strength == 3 for f in draft.happening.frames for t in f.triggers)
    return of_event(draft, odds) | {
        ("grammar", "a word that names it"): float(strong),
        ("grammar", "means"): float(bool(draft.means)),
        ("grammar", f"kind {draft.kind}"): 1.0,
    }


def of_date(draft: Draft, odds: Mapping[Standing, float]) -> Features:
    dated = draft.date
    if dated is None:
        return shared(draft, odds)
    mention = dated.mention
    return shared(draft, odds) | {
        ("grammar", "told of something before it"): float(dated.inherited),
        ("grammar", "to the day"): float(mention.precision in ("day", "night")),
        ("grammar", f"counted from {mention.anchor}"): 1.0,
        ("grammar", "several days told"): float(sum(len(f.dates) for f in draft.happening.frames) > 1),
    }


def of_place(draft: Draft, odds: Mapping[Standing, float]) -> Features:
    place = draft.place
    if place is None:
        return shared(draft, odds)
    rivals = {p.name for f in draft.happening.frames for p in f.places if p.level == place.level}
    return shared(draft, odds) | {
        ("gazetteer", "known"): float(place.chosen is not None),
        ("gazetteer", "score"): place.chosen.score if place.chosen else 0.0,
        ("gazetteer", "larger than a town"): float(place.level in ("country", "admin1", "admin2", "area")),
        ("grammar", "something happens there"): float(place.locative),
        ("grammar", f"relation {place.relation}"): 1.0,
        ("grammar", "others of its size"): float(len(rivals) > 1),
    }


def of_party(draft: Draft, party: Cast, odds: Mapping[Standing, float]) -> Features:
    return shared(draft, odds) | {
        ("grammar", "evidence of its role"): max(-2.0, min(3.0, party.score)),
        ("grammar", f"role {party.role}"): 1.0,
        ("grammar", f"type {party.mention.type}"): 1.0,
        ("grammar", "told more than once"): float(len(party.mentions) > 1),
        ("grammar", "in the register"): float(party.mention.actor_id is not None),
        ("mood", "presumed"): float(any(m.presumed for m in party.mentions)),
    }


def of_toll(draft: Draft, toll: SettledToll, odds: Mapping[Standing, float]) -> Features:
    return shared(draft, odds) | {
        ("grammar", "a number"): float(toll.state == "number"),
        ("grammar", "a bound"): float(toll.high is None),
        ("grammar", f"outcome {toll.outcome}"): 1.0,
        ("grammar", f"victims {toll.victims}"): 1.0,
        ("grammar", "other figures of the outcome"): float(sum(t.outcome == toll.outcome for t in draft.tolls) > 1),
        ("mood", "toll hedged"): float(toll.hedged),
        ("mood", "rival"): float(toll.rival),
    }
