"""Company: the parties of a happening, each type on one side, told by its most telling mention.

The odds say which types of party have a part in a happening and which (castodds.py). In fights without an attacker
both sides take part; what is left to decide is which of its mentions names a party best.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from concordant.codebook import Codebook
from concordant.coding.castevidence import Candidate, Scene, candidates
from concordant.coding.casting import Cast, Role
from concordant.coding.castodds import Odds, odds
from concordant.coding.discourse import Happening
from concordant.coding.mentions import PartyMention, PartyType
from concordant.reading import fold

MUTUAL = ("armed_clash", "protest", "agreement")  # kinds that know no attacker
_HARM = ("attack_on_civilians", "abduction", "ied", "suicide_attack", "looting")  # kinds with an attacker and the attacked
_ATTACKERS = ("rebel", "militia", "criminal", "unidentified", "crowd")
_AT_FORCES = frozenset(("raid", "ambush"))
_BY_FORCES = frozenset(("operation", "repression"))
STATE = ("state_forces", "foreign_forces", "peacekeepers")
_ATTACKER_BAR = 0.2  # where an attack has no other attacker
_ESCORT_BAR = 0.6
BAR = 0.42  # chance of having a part from which on a party is coded (highest F1 on reports not fitted on)
_DOES = frozenset(("does", "light does"))
_SUFFERS = frozenset(("suffers", "light suffers", "against"))


def company(
    scene: Scene, happening: Happening, kind: str, country: str | None, *, codebook: Codebook
) -> tuple[Cast, ...]:
    """The parties to be coded for a happening of a kind in a country, those who did it first."""
    found = candidates(scene, happening, kind, country)
    chances = list(zip(found, odds(found, codebook=codebook), strict=True))
    chosen = [(c, o) for c, o in chances if o.part >= (_ESCORT_BAR if _escorts(c, kind) else BAR) and not _bystands(c, kind)]
    if kind in _HARM and not any(c.type in _ATTACKERS and o.does >= o.suffers for c, o in chosen):
        chosen += _likeliest(chances)
    types = frozenset(c.type for c, _ in chosen)
    parties = [_cast(scene, candidate, chance, _role(candidate, chance, kind, chosen, types)) for candidate, chance in chosen]
    return tuple(sorted(parties, key=lambda c: (c.role == "target", -c.score, c.mention.span.start)))


def _escorts(candidate: Candidate, kind: str) -> bool:
    """Whether a candidate may be the police that mostly stands by where people protest."""
    return kind == "protest" and candidate.type in STATE


def _bystands(candidate: Candidate, kind: str) -> bool:
    """Whether a kind has no room for a candidate: people who protest are its crowd, and nobody unarmed makes a truce."""
    return kind in ("protest", "agreement") and candidate.type == "civilians"


def _likeliest(chances: Sequence[tuple[Candidate, Odds]]) -> list[tuple[Candidate, Odds]]:
    """Where people are attacked somebody attacked them: the likeliest of those in arms, if the passages tell of any."""
    able = [
        (c, o) for c, o in chances
        if c.type in _ATTACKERS and c.type != "crowd" and c.inside and o.does >= o.suffers and o.part >= _ATTACKER_BAR
    ]  # fmt: skip
    return sorted(able, key=lambda pair: -pair[1].does)[:1]


def _role(
    candidate: Candidate, chance: Odds, kind: str, chosen: Sequence[tuple[Candidate, Odds]], types: Set[PartyType]
) -> Role:
    """A candidate's role, the kind's own direction first (docs/codebook.md: a raid is on forces, an operation is by them).

    Forces that come to where others attack ("la police a abattu l'assaillant") only take part.
    """
    if kind in MUTUAL and candidate.type != "civilians":
        return "participant"
    if kind == "riot" and {"crowd", "state_forces"} <= types and candidate.type in ("crowd", "state_forces"):
        return "participant"
    uniformed, opposed = candidate.type in STATE, bool(types & set(STATE)) and bool(types & set(_ATTACKERS))
    if opposed and kind in _AT_FORCES | _BY_FORCES and (uniformed or candidate.type in _ATTACKERS):
        return "perpetrator" if uniformed == (kind in _BY_FORCES) else "target"
    does = chance.does >= chance.suffers
    if uniformed and does and kind in _HARM and any(c.type in _ATTACKERS and o.does >= o.suffers for c, o in chosen):
        return "participant"
    return "perpetrator" if does else "target"


def _cast(scene: Scene, candidate: Candidate, chance: Odds, role: Role) -> Cast:
    ranked = sorted(candidate.inside or candidate.outside, key=lambda n: _telling(scene, n, role), reverse=True)
    mentions = [replace(scene.mentions.parties[n], type=candidate.type) for n in ranked]
    return Cast(mentions[0], role, chance.part, tuple(mentions))


def _telling(scene: Scene, n: int, role: Role) -> tuple[float, int]:
    """How well a mention names its party: one in its role before one beside it, names before descriptions."""
    mention: PartyMention = scene.mentions.parties[n]
    names = {name for _, found in scene.ties[n] for name in found}
    wanted, other = (_SUFFERS, _DOES) if role == "target" else (_DOES, _SUFFERS)
    score = 1.5 * bool(names & wanted) - 1.0 * bool(names & other and not names & wanted)
    score += 1.0 * bool(scene.tolls[n]) * (role == "target")
    score += 1.0 * (mention.actor_id is not None) + 1.0 * mention.body - 2.0 * mention.generic - 1.5 * mention.metonym
    score += 0.8 * mention.person
    score += 0.2 * min(3, len(mention.name.split())) - 2.5 * _anyone(mention) - 1.0 * (n in scene.spoken)
    return score, -n


_ANYONE = ("personne", "people", "person", "homme", "femme", "victime", "victim", "man", "men", "women", "gens")


def _anyone(mention: PartyMention) -> bool:
    return mention.type == "civilians" and fold(mention.name).startswith(_ANYONE)
