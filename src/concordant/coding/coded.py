"""The form at the edge: a coded report, its events, and every value with the words that carry it (DESIGN §4)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from concordant.coding.mentions import Candidate, PlaceEnd


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the report: `text` stands at [start, end) (code points) of its "title" or "text"."""

    part: str
    start: int
    end: int
    text: str

    def to_dict(self) -> dict[str, Any]:
        return {"in": self.part, "start": self.start, "end": self.end, "text": self.text}


def _listed(words: Iterable[Evidence]) -> list[dict[str, Any]]:
    return [evidence.to_dict() for evidence in words]


@dataclass(frozen=True, slots=True)
class CodedDate:
    """The days on which an event may have happened, first to last."""

    start: date
    end: date
    precision: str
    evidence: tuple[Evidence, ...]
    note: str | None = None
    time_of_day: str | None = None
    confidence: Mapping[str, float] = field(default_factory=dict, hash=False)

    def to_dict(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "start": self.start.isoformat(), "end": self.end.isoformat(), "precision": self.precision,
            "time_of_day": self.time_of_day, "evidence": _listed(self.evidence),
            "confidence": dict(self.confidence),
        }  # fmt: skip
        return found | ({"note": self.note} if self.note else {})


@dataclass(frozen=True, slots=True)
class CodedPlace:
    """Where an event was: the name as told, how the event lies to it, and what the gazetteer makes of it."""

    name: str
    relation: str
    latitude: float | None
    longitude: float | None
    radius_km: float | None
    country: str | None
    admin1: str | None
    admin2: str | None
    gazetteer_id: str | None
    candidates: tuple[Candidate, ...]
    evidence: tuple[Evidence, ...]
    in_gazetteer: bool
    confidence: Mapping[str, float] = field(default_factory=dict, hash=False)
    ends: tuple[PlaceEnd, PlaceEnd] | None = None  # of a corridor; then the point is half way, and the radius covers it
    corridor_km: float | None = None  # how far to the sides of the line between its ends

    def to_dict(self) -> dict[str, Any]:
        found = {
            "name": self.name, "relation": self.relation, "latitude": self.latitude, "longitude": self.longitude,
            "radius_km": self.radius_km, "country": self.country, "admin1": self.admin1, "admin2": self.admin2,
            "gazetteer_id": self.gazetteer_id, "in_gazetteer": self.in_gazetteer,
            "candidates": [_candidate(c) for c in self.candidates], "evidence": _listed(self.evidence),
            "confidence": dict(self.confidence),
        }  # fmt: skip
        if self.ends is None:
            return found
        ends = [{"name": e.name, "latitude": e.latitude, "longitude": e.longitude} for e in self.ends]
        return found | {"ends": ends, "corridor_km": self.corridor_km}


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {
        "gazetteer_id": candidate.place_id, "name": candidate.name, "kind": candidate.kind,
        "country": candidate.country, "admin1": candidate.admin1, "latitude": candidate.latitude,
        "longitude": candidate.longitude, "score": round(candidate.score, 3),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class CodedParty:
    """Who did it, or to whom it was done."""

    name: str
    actor_id: str | None
    role: str
    type: str
    presumed: bool
    country: str | None
    evidence: tuple[Evidence, ...]
    confidence: Mapping[str, float] = field(default_factory=dict, hash=False)

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name, "actor_id": self.actor_id, "role": self.role, "type": self.type,
            "presumed": self.presumed, "country": self.country, "evidence": _listed(self.evidence),
            "confidence": dict(self.confidence),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class CodedToll:
    """How many of which side met which outcome; `state` is number, some or none."""

    outcome: str
    victims: str
    state: str
    low: int | None
    best: int | None
    high: int | None
    hedged: bool
    rival: bool
    quote: str
    parts: tuple[tuple[str, int | None], ...]
    evidence: tuple[Evidence, ...]
    source: tuple[str, ...]
    confidence: Mapping[str, float] = field(default_factory=dict, hash=False)

    def to_dict(self) -> dict[str, Any]:
        return {
            "outcome": self.outcome, "victims": self.victims, "state": self.state, "low": self.low,
            "best": self.best, "high": self.high, "hedged": self.hedged, "rival": self.rival, "quote": self.quote,
            "parts": [{"name": name, "best": best} for name, best in self.parts],
            "attributed_to": list(self.source), "evidence": _listed(self.evidence),
            "confidence": dict(self.confidence),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """One happening as one report tells it."""

    role: str
    kind: str
    mood: str
    hedged: bool
    date: CodedDate | None
    place: CodedPlace | None
    parties: tuple[CodedParty, ...]
    casualties: tuple[CodedToll, ...]
    means: tuple[str, ...]
    claimed_by: str | None
    attributed_to: tuple[str, ...]
    confidence: Mapping[str, float]
    trigger: tuple[Evidence, ...]
    means_evidence: tuple[Evidence, ...] = ()
    attribution_evidence: tuple[Evidence, ...] = ()
    report_id: str = field(default="", compare=False)

    @property
    def account_id(self) -> str:
        """A hash of what makes this account that account: its report, its kind, and the words that tell of it."""
        words = [(e.part, e.start, e.end) for e in self.trigger]
        made = json.dumps([self.report_id, self.role, self.kind, words])
        return hashlib.sha256(made.encode()).hexdigest()[:16]

    def to_dict(self) -> dict[str, Any]:
        return {
            "account_id": self.account_id, "role": self.role, "kind": self.kind, "mood": self.mood,
            "hedged": self.hedged,
            "date": self.date.to_dict() if self.date else None,
            "place": self.place.to_dict() if self.place else None,
            "parties": [party.to_dict() for party in self.parties],
            "casualties": [toll.to_dict() for toll in self.casualties],
            "means": list(self.means), "claimed_by": self.claimed_by, "attributed_to": list(self.attributed_to),
            "confidence": dict(self.confidence),
            "evidence": {
                "trigger": _listed(self.trigger), "means": _listed(self.means_evidence),
                "attributed_to": _listed(self.attribution_evidence),
            },
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class NotCoded:
    """A passage that speaks of violence and was not coded, with the reason."""

    text: str
    why: str
    evidence: tuple[Evidence, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {"text": self.text, "why": self.why, "evidence": _listed(self.evidence)}


@dataclass(frozen=True, slots=True)
class CodedReport:
    """What the coder made of one report."""

    id: str
    language: str | None
    title: str | None
    published: str | None
    relevant: bool
    coder_name: str
    coder_version: str
    codebook: str
    events: tuple[CodedEvent, ...]
    not_coded: tuple[NotCoded, ...]
    gate_reason: str | None = None
    error: str | None = None

    def to_dict(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "id": self.id, "language": self.language, "title": self.title, "published": self.published,
            "relevant": self.relevant, "coder": {"name": self.coder_name, "version": self.coder_version},
            "codebook": self.codebook, "events": [event.to_dict() for event in self.events],
            "not_coded": [passage.to_dict() for passage in self.not_coded],
        }  # fmt: skip
        for name, value in (("set_aside", self.gate_reason), ("error", self.error)):
            if value is not None:
                found[name] = value
        return found
