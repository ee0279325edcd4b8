"""Company: the parties of a happening as its kind knows them, few and each on one side.

A report names many parties around a happening. Of those to whom the grammar gives a role, the surest of each side
stand; a party told only as "the assailants" stands aside for one that is named; in fights without an attacker the
armed sides take part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from concordant.coding.casting import Cast, Role
from concordant.coding.mentions import PartyType
from concordant.coding.parties import party_type_for
from concordant.reading import fold

_MUTUAL = ("armed_clash", "protest", "agreement")
_STATE: tuple[PartyType, ...] = ("state_forces", "foreign_forces", "peacekeepers")
_ARMED: tuple[PartyType, ...] = (*_STATE, "rebel", "militia", "unidentified", "criminal")
# Kinds that only forces with aircraft, courts or a chain of command do.
_BY_STATES = ("air_strike", "operation", "repression", "arrest", "coup")
_SURE = 2.0  # score from which on the grammar leaves no doubt of a deed
_ANYONE = ("personne", "people", "person", "homme", "femme", "victime", "victim", "man", "men", "women", "gens")
_SECOND = {"perpetrator": 0.75, "target": 0.45}  # share of the surest one's score that a second one needs


def company(parties: Sequence[Cast], kind: str, country: str | None) -> tuple[Cast, ...]:
    """The parties to be coded for a happening of a kind in a country."""
    typed = [_typed(party, country) for party in parties]
    if kind in _MUTUAL:
        return _taking_part(typed, kind)
    sided = _one_side_each(_by_kind(typed, kind))
    doers, hit = _surest(sided, "perpetrator"), _surest(_described(sided), "target")
    if kind not in _BY_STATES and len({p.mention.type for p in doers} - set(_STATE)) > 0:
        doers = [p for p in doers if p.mention.type not in _STATE or p.score > _SURE]
    if doers and all(p.mention.type in _STATE for p in doers):
        hit = [_as_rebel(p) if p.mention.type == "unidentified" else p for p in hit]
    chosen = [*doers, *hit]
    if kind == "riot" and {"crowd", "state_forces"} <= {c.mention.type for c in chosen}:
        return tuple(replace(c, role="participant") for c in chosen if c.mention.type in ("crowd", "state_forces"))
    return tuple(chosen)


def _typed(party: Cast, country: str | None) -> Cast:
    kind = party_type_for(party.mention, country)
    return party if kind == party.mention.type else replace(party, mention=replace(party.mention, type=kind))


def _taking_part(parties: Sequence[Cast], kind: str) -> tuple[Cast, ...]:
    wanted = (*_ARMED, "crowd") if kind != "armed_clash" else _ARMED
    armed = _best_of_each_type([replace(p, role="participant") for p in parties if p.mention.type in wanted])
    named = [p for p in armed if p.mention.type != "unidentified"]
    armed = named if len(named) >= 2 else armed
    hit = [p for p in parties if p.mention.type == "civilians" and p.role == "target" and kind == "armed_clash" and p.score > 1]
    return (*armed[:3], *hit[:1])


def _described(parties: Sequence[Cast]) -> list[Cast]:
    """The parties without "persons" where others say who was hit, and without soldiers of no country beside foreign ones."""
    hit = {p.mention.type for p in parties if p.role == "target" and not _anyone(p)}
    return [
        p for p in parties
        if not (_anyone(p) and hit) and not (
            p.mention.type == "state_forces" and p.mention.country is None and {"foreign_forces", "peacekeepers"} & hit
        )
    ]  # fmt: skip


def _anyone(party: Cast) -> bool:
    return party.mention.type == "civilians" and fold(party.mention.name).startswith(_ANYONE)


def _as_rebel(party: Cast) -> Cast:
    return replace(party, mention=replace(party.mention, type="rebel"))


def _by_kind(parties: Sequence[Cast], kind: str) -> list[Cast]:
    """The parties on the sides that a kind allows."""
    if kind not in _BY_STATES:
        return list(parties)
    states = [p for p in parties if p.mention.type in _STATE and p.role == "perpetrator"] or [
        p for p in parties if p.mention.type in _STATE
    ]
    if not states:
        return list(parties)
    found: list[Cast] = []
    for party in parties:
        if party in states:
            found.append(replace(party, role="perpetrator"))
        elif party.mention.type in ("rebel", "unidentified", "criminal", "militia") and party.role == "perpetrator":
            found.append(replace(party, role="target"))
        else:
            found.append(party)
    return found


def _one_side_each(parties: Sequence[Cast]) -> list[Cast]:
    """Each type on the side that its mentions speak for together."""
    weight: dict[tuple[PartyType, Role], float] = defaultdict(float)
    for party in parties:
        weight[party.mention.type, party.role] += party.score
    sides: dict[PartyType, Role] = {}
    for (kind, role), _ in sorted(weight.items(), key=lambda item: (-item[1], item[0])):
        sides.setdefault(kind, role)
    return [party for party in parties if party.role == sides[party.mention.type]]


def _surest(parties: Sequence[Cast], role: Role) -> list[Cast]:
    side = _best_of_each_type([p for p in parties if p.role == role])
    named = [p for p in side if not (p.mention.type == "unidentified" and p.mention.generic)]
    if role == "perpetrator" and named:
        side = named
    if not side:
        return []
    top = side[0].score
    return [p for n, p in enumerate(side[:3]) if n == 0 or p.score >= _SECOND[role] * top]


def _best_of_each_type(parties: Sequence[Cast]) -> list[Cast]:
    """The surest party of each type, one told by name before one told by what it is; the surest type first."""
    best: dict[PartyType, Cast] = {}
    score: dict[PartyType, float] = {}
    for party in parties:
        kind = party.mention.type
        score[kind] = max(score.get(kind, 0.0), party.score)
        held = best.get(kind)
        if held is None or _told(party) > _told(held):
            best[kind] = party
    ranked = sorted(best, key=lambda k: (-score[k], k))
    return [replace(best[kind], score=score[kind]) for kind in ranked]


def _told(party: Cast) -> tuple[bool, bool, float]:
    return not party.mention.generic, party.mention.actor_id is not None, party.score
