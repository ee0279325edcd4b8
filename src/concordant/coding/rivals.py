"""Rivals: figures of who was killed that one side gives against the other ("20 terroristes", "des civils", say residents).

In an attack by one side on another, whoever tells of other victims than the account that the report leads with tells
a rival version: it is kept, and counts in no sum (gold README, "Casualties").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from concordant.coding.arithmetic import SettledToll
from concordant.coding.mentions import PartyMention, SourceMention
from concordant.coding.victims import STATE, Sides
from concordant.reading import Span

_ONE_SIDED = ("air_strike", "shelling", "operation", "attack_on_civilians")
_ENEMY = ("rebel", "unidentified", "criminal", "militia")
_ARMED = (*STATE, *_ENEMY)


def mark_rivals(
    rows: Sequence[SettledToll], sources: Sequence[SourceMention], parties: Sequence[PartyMention], sides: Sides
) -> tuple[SettledToll, ...]:
    """The rows, those that another teller gives of other victims than the leading account marked as rival."""
    killed = [row for row in rows if row.outcome == "killed" and not row.hedged and row.best != 0]
    if sides.kind not in _ONE_SIDED or len(killed) < 2:
        return tuple(rows)
    fighters = [party.span for party in parties if party.type in _ARMED]
    lead = min(killed, key=lambda row: row.quote.start)
    tellers = {id(row): _teller(row.quote, sources) for row in rows}
    rival = [row for row in killed if row is not lead and _against(row, lead, tellers[id(row)], tellers[id(lead)], fighters)]
    told = {tellers[id(row)] for row in rival}
    harmed = [r for r in rows if r.outcome == "wounded" and tellers[id(r)] in told and {r.victims} <= {v.victims for v in rival}]
    return tuple(replace(row, rival=True) if row in rival or row in harmed else row for row in rows)


def _against(
    row: SettledToll, lead: SettledToll, teller: SourceMention | None, leader: SourceMention | None,
    fighters: Sequence[Span],
) -> bool:  # fmt: skip
    """Whether a row is of other victims than the leading one, and either is told by one who takes part."""
    if teller is None or (leader is not None and leader.name == teller.name):
        return False
    if lead.victims in _ENEMY and row.victims == "civilians":  # the army's dead rebels, the residents' dead neighbours
        return _takes_part(leader, fighters)
    return lead.victims == "civilians" and row.victims in _ARMED and _takes_part(teller, fighters)


def _takes_part(source: SourceMention | None, fighters: Sequence[Span]) -> bool:
    if source is None:
        return False
    named = any(span.overlaps(source.span) for span in fighters)
    return named or source.kind in ("party", "military") or source.party_type in _ARMED


def _teller(span: Span, sources: Sequence[SourceMention]) -> SourceMention | None:
    """The source whose scope is the closest around words."""
    around = [source for source in sources if source.scope.overlaps(span)]
    return min(around, key=lambda source: source.scope.end - source.scope.start, default=None)
