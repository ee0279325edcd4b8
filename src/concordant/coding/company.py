"""Company: the parties of a happening, each type on one side, told by its most telling mention.

The odds say which types of party have a part in a happening and which (castodds.py). In fights without an attacker
both sides take part; what is left to decide is which of its mentions names a party best.
"""

from __future__ import annotations

from dataclasses import replace

from concordant.codebook import Codebook
from concordant.coding.castevidence import Candidate, Scene, candidates
from concordant.coding.casting import Cast, Role
from concordant.coding.castodds import Odds, odds
from concordant.coding.discourse import Happening
from concordant.coding.mentions import PartyMention
from concordant.reading import fold

MUTUAL = ("armed_clash", "protest", "agreement")  # kinds that know no attacker
_HARM = ("attack_on_civilians", "abduction", "ied", "suicide_attack", "looting")  # kinds with an attacker and the attacked
_ATTACKERS = ("rebel", "militia", "criminal", "unidentified", "crowd")
STATE = ("state_forces", "foreign_forces", "peacekeepers")
BAR = 0.42  # chance of having a part from which on a party is coded (highest F1 on reports not fitted on)
_DOES = frozenset(("does", "light does"))
_SUFFERS = frozenset(("suffers", "light suffers", "against"))


def company(
    scene: Scene, happening: Happening, kind: str, country: str | None, *, codebook: Codebook
) -> tuple[Cast, ...]:
    """The parties to be coded for a happening of a kind in a country, those who did it first."""
    found = candidates(scene, happening, kind, country)
    chosen = [(c, o) for c, o in zip(found, odds(found, codebook=codebook), strict=True) if o.part >= BAR]
    types = {c.type for c, _ in chosen}
    attacked = kind in _HARM and any(c.type in _ATTACKERS and o.does >= o.suffers for c, o in chosen)
    parties = [
        _cast(
            scene, candidate, chance,
            _role(candidate, chance, kind, riot={"crowd", "state_forces"} <= types, attacked=attacked),
        )
        for candidate, chance in chosen
    ]  # fmt: skip
    return tuple(sorted(parties, key=lambda c: (c.role == "target", -c.score, c.mention.span.start)))


def _role(candidate: Candidate, chance: Odds, kind: str, *, riot: bool, attacked: bool) -> Role:
    """A candidate's role; forces that come to where others attack ("la police a abattu l'assaillant") only take part."""
    if kind in MUTUAL and candidate.type != "civilians":
        return "participant"
    if kind == "riot" and riot and candidate.type in ("crowd", "state_forces"):
        return "participant"
    if attacked and candidate.type in STATE and chance.does >= chance.suffers:
        return "participant"
    return "perpetrator" if chance.does >= chance.suffers else "target"


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
