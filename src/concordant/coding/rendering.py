"""Rendering: a draft's values as coded values, each with the words that carry it and its confidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from concordant.codebook import Codebook
from concordant.coding import confidence as sure
from concordant.coding.arithmetic import SettledToll
from concordant.coding.assembling import Draft
from concordant.coding.casting import Cast
from concordant.coding.coded import CodedDate, CodedEvent, CodedParty, CodedPlace, CodedToll, Evidence
from concordant.coding.dating import DatedMention
from concordant.coding.mentions import PlaceMention
from concordant.coding.placepoints import CORRIDOR_KM, middle_of
from concordant.coding.standing import Standing
from concordant.places.geometry import radius_km
from concordant.reading import Reading, Span
from concordant.reports import Report

_BUILT_IN = Codebook()
_Claim = TypeVar("_Claim", CodedDate | None, CodedPlace | None, CodedParty, CodedToll)


def evidence(reading: Reading, report: Report, span: Span) -> Evidence:
    """The words at a span as evidence: where they stand in the report's title or text, letter for letter."""
    part, start, end = reading.located(span)
    source = (report.title or "") if part == "title" else report.text
    return Evidence(part, start, end, source[start:end])


def render_event(
    reading: Reading, report: Report, draft: Draft, role: str, odds: Mapping[Standing, float],
    *, codebook: Codebook = _BUILT_IN,
) -> CodedEvent:  # fmt: skip
    """A draft as a coded event."""
    event = sure.weigh("event", sure.of_event(draft, odds), codebook=codebook)
    kind = sure.weigh("kind", sure.of_kind(draft, odds), codebook=codebook)
    frames = draft.happening.frames
    triggers = [t.span for f in frames for t in f.triggers if t.strength >= 2] or [f.span for f in frames[:1]]
    return CodedEvent(
        role=role,
        kind=draft.kind,
        mood="hedged" if draft.hedged else "asserted",
        hedged=draft.hedged,
        date=_sure(_date(reading, report, draft.date), "date", sure.of_date(draft, odds), codebook),
        place=_sure(
            _place(reading, report, draft.place or draft.home), "place", sure.of_place(draft, odds), codebook
        ),
        parties=tuple(
            _sure(_party(reading, report, c), "party", sure.of_party(draft, c, odds), codebook) for c in draft.parties
        ),
        casualties=tuple(
            _sure(_toll(reading, report, t, draft), "toll", sure.of_toll(draft, t, odds), codebook) for t in draft.tolls
        ),
        means=tuple(dict.fromkeys(m.means for m in draft.means)),
        claimed_by=draft.claimed_by.name if draft.claimed_by else None,
        attributed_to=tuple(s.name for s in draft.sources),
        confidence={"overall": round(event.value, 3), "kind": round(kind.value, 3)} | event.rounded_parts(),
        report_id=report.id,
        trigger=tuple(evidence(reading, report, span) for span in triggers[:6]),
    )


def _sure(claim: _Claim, sort: str, features: sure.Features, codebook: Codebook) -> _Claim:
    """A claim with its confidence."""
    if claim is None:
        return claim
    return replace(claim, confidence=sure.weigh(sort, features, codebook=codebook).to_dict())


def _date(reading: Reading, report: Report, dated: DatedMention | None) -> CodedDate | None:
    if dated is None:
        return None
    return CodedDate(
        start=dated.start, end=dated.end, precision=dated.precision,
        evidence=(evidence(reading, report, dated.mention.span),),
        note="in the time of what is told before" if dated.inherited else dated.note,
        time_of_day=None if dated.inherited else dated.time_of_day,
    )  # fmt: skip


def _place(reading: Reading, report: Report, place: PlaceMention | None) -> CodedPlace | None:
    if place is None:
        return None
    chosen, middle = place.chosen, middle_of(place.ends) if place.ends else None
    relation = "near" if place.relation == "between" else place.relation
    return CodedPlace(
        name=place.name, relation=relation,
        latitude=middle.latitude if middle else chosen.latitude if chosen else None,
        longitude=middle.longitude if middle else chosen.longitude if chosen else None,
        radius_km=middle.radius_km if middle else radius_km(place.level, place.relation, said_km=place.distance_km),
        ends=place.ends, corridor_km=CORRIDOR_KM if middle else None, country=place.country, admin1=place.admin1, admin2=place.admin2,
        gazetteer_id=chosen.place_id if chosen else None, candidates=place.candidates,
        evidence=(evidence(reading, report, place.span),), in_gazetteer=chosen is not None,
    )  # fmt: skip


def _party(reading: Reading, report: Report, party: Cast) -> CodedParty:
    mention = party.mention
    return CodedParty(
        name=mention.name, actor_id=mention.actor_id, role=party.role, type=mention.type,
        presumed=any(m.presumed for m in party.mentions), country=mention.country,
        evidence=tuple(evidence(reading, report, m.span) for m in party.mentions[:4]),
    )  # fmt: skip


def _toll(reading: Reading, report: Report, toll: SettledToll, draft: Draft) -> CodedToll:
    quote = evidence(reading, report, toll.quote)
    sources = tuple(s.name for s in draft.sources if s.scope.overlaps(toll.quote))
    return CodedToll(
        outcome=toll.outcome, victims=toll.victims, state=toll.state, low=toll.low, best=toll.best, high=toll.high,
        hedged=toll.hedged, rival=toll.rival, quote=quote.text, parts=toll.parts,
        evidence=tuple(evidence(reading, report, span) for span in toll.evidence) or (quote,), source=sources,
    )  # fmt: skip
