"""Rendering: a draft's values as coded values, each with the words that carry it and its confidence."""

from __future__ import annotations

from collections.abc import Mapping

from concordant.coding.arithmetic import SettledToll
from concordant.coding.assembling import Draft
from concordant.coding.casting import Cast
from concordant.coding.coded import CodedDate, CodedEvent, CodedParty, CodedPlace, CodedToll, Evidence
from concordant.coding.confidence import Confidence, confidence_of
from concordant.coding.dating import DatedMention
from concordant.coding.mentions import PlaceMention
from concordant.coding.standing import Standing
from concordant.places.geometry import radius_km
from concordant.reading import Reading, Span
from concordant.reports import Report


def evidence(reading: Reading, report: Report, span: Span) -> Evidence:
    """The words at a span as evidence: where they stand in the report's title or text, letter for letter."""
    part, start, end = reading.located(span)
    source = (report.title or "") if part == "title" else report.text
    return Evidence(part, start, end, source[start:end])


def render_event(
    reading: Reading, report: Report, draft: Draft, role: str, odds: Mapping[Standing, float]
) -> CodedEvent:
    """A draft as a coded event."""
    confidence: Confidence = confidence_of(reading, draft, odds)
    frames = draft.happening.frames
    triggers = [t.span for f in frames for t in f.triggers if t.strength >= 2] or [f.span for f in frames[:1]]
    return CodedEvent(
        role=role,
        kind=draft.kind,
        mood="hedged" if draft.hedged else "asserted",
        hedged=draft.hedged,
        date=_date(reading, report, draft.date),
        place=_place(reading, report, draft.place or draft.home),
        parties=tuple(_party(reading, report, c) for c in draft.parties),
        casualties=tuple(_toll(reading, report, t, draft) for t in draft.tolls),
        means=tuple(dict.fromkeys(m.means for m in draft.means)),
        claimed_by=draft.claimed_by.name if draft.claimed_by else None,
        attributed_to=tuple(s.name for s in draft.sources),
        confidence=confidence.parts(),
        report_id=report.id,
        trigger=tuple(evidence(reading, report, span) for span in triggers[:6]),
    )


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
    chosen = place.chosen
    relation = "near" if place.relation == "between" else place.relation
    return CodedPlace(
        name=place.name, relation=relation,
        latitude=chosen.latitude if chosen else None, longitude=chosen.longitude if chosen else None,
        radius_km=radius_km(place.level, place.relation, said_km=place.distance_km), country=place.country, admin1=place.admin1, admin2=place.admin2,
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
