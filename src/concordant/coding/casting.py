"""Casting: who did it, to whom. Each party of a happening gets a role from the grammar around its triggers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from concordant.coding.frames import Frame
from concordant.coding.mentions import PartyMention, PartyType
from concordant.coding.triggers import Trigger
from concordant.reading import Reading, fold

Role = Literal["perpetrator", "target", "participant"]

_SUBJECT = ("nsubj", "nsubj:caus")
_PASSIVE = ("nsubj:pass", "nsubjpass")
_OBJECT = ("obj", "dobj", "iobj")
# Acts in which the subject suffers what is done ("sont morts", "ont péri", "died").
_SUFFERED = ("die", "wound")
_DOING = (
    "attack", "raid", "ambush", "kill", "assassinate", "massacre", "execute", "shoot", "bombing", "shelling",
    "air_strike", "abduct", "arrest", "capture", "loot", "burn", "beat", "rape", "repress", "neutralise", "explosion",
    "attentat", "suicide", "wound", "operation", "territory", "release", "lynch", "coup", "ied",
)  # fmt: skip
_BY = {"fr": ("par", "contre", "visant", "sur", "envers"), "en": ("by", "against", "on", "of", "at", "targeting")}
_AGAINST = ("contre", "visant", "sur", "envers", "against", "on", "at", "targeting")
# Where the grammar is silent, what a party is tells its likelier role (gold dev: share of each role by type).
_PRIOR: dict[PartyType, tuple[float, float]] = {
    "civilians": (-0.6, 1.0), "rebel": (0.8, -0.2), "unidentified": (0.9, -0.8), "criminal": (0.6, 0.0),
    "militia": (0.6, 0.0), "state_forces": (-0.1, 0.4), "foreign_forces": (0.0, 0.3), "peacekeepers": (-0.5, 0.9),
    "crowd": (0.2, 0.1),
}  # fmt: skip
_BELOW = 0.25  # a party with less evidence of a role than this is left out


@dataclass(frozen=True, slots=True)
class Cast:
    """A party of a happening with its role, and the mentions that carry it."""

    mention: PartyMention
    role: Role
    score: float
    mentions: tuple[PartyMention, ...]


def cast(reading: Reading, frames: Sequence[Frame], *, mutual: bool) -> tuple[Cast, ...]:
    """The parties of a happening with their roles; `mutual` where the kind knows no attacker (clash, protest)."""
    votes: dict[tuple[str, str], list[tuple[float, float, PartyMention]]] = defaultdict(list)
    for frame in frames:
        for party in frame.parties:
            does, suffers = role_votes(reading, frame, party)
            votes[_key(party)].append((does, suffers, party))
    cast_ = [c for key, ballots in votes.items() if (c := _decide(ballots, mutual=mutual)) is not None]
    return tuple(sorted(cast_, key=lambda c: (-c.score, c.mention.span.start)))


def _key(party: PartyMention) -> tuple[str, str]:
    return party.type, party.actor_id or fold(party.name)


def _decide(ballots: list[tuple[float, float, PartyMention]], *, mutual: bool) -> Cast | None:
    does = sum(b[0] for b in ballots)
    suffers = sum(b[1] for b in ballots)
    best = max(ballots, key=lambda b: (not b[2].generic, bool(b[2].actor_id), abs(b[0]) + abs(b[1])))[2]
    score = max(does, suffers) / (1 + 0.2 * len(ballots))
    if score < _BELOW:
        return None
    role: Role = "participant" if mutual else ("perpetrator" if does >= suffers else "target")
    return Cast(best, role, score, tuple(b[2] for b in ballots))


def role_votes(reading: Reading, frame: Frame, party: PartyMention) -> tuple[float, float]:
    """How much a frame's words speak for a party's doing, and for its suffering, what is told."""
    does, suffers = _PRIOR[party.type]
    does, suffers = does * 0.5, suffers * 0.5
    for trigger in frame.triggers:
        if trigger.strength >= 2 and trigger.act in _DOING:
            d, s = _grammar(reading, trigger, party)
            does, suffers = does + d, suffers + s
    for toll in frame.tolls:
        if toll.victims_span is not None and toll.victims_span.overlaps(party.span):
            suffers += 1.5 if toll.outcome in ("killed", "wounded", "abducted", "missing", "casualties") else 0.8
            does -= 0.8
    return does, suffers


def _grammar(reading: Reading, trigger: Trigger, party: PartyMention) -> tuple[float, float]:
    """Votes of the words between and around a trigger and a party."""
    token = reading.tokens[party.head]
    before = reading.tokens[max(0, _start(reading, party) - 1)].fold
    behind = 0 <= reading.token_at(party.span.start) - trigger.last < 12
    if behind and before in ("par", "by"):
        return 1.5, -0.5
    if behind and before in _AGAINST and trigger.noun:
        return -0.5, 1.5
    head = reading.tokens[token.head]
    linked = trigger.first <= token.head < trigger.last
    if not linked and head.dep == "conj":
        linked = trigger.first <= head.head < trigger.last
    if linked:
        return _linked(token.dep, trigger)
    return 0.0, 0.0


def _start(reading: Reading, party: PartyMention) -> int:
    """Index of the party's first token, its article included."""
    at = reading.token_at(party.span.start)
    while (
        at > 0 and reading.tokens[at - 1].pos in ("DET", "NUM", "ADJ") and at > reading.token_at(party.span.start) - 3
    ):
        at -= 1
    return at


def _linked(dep: str, trigger: Trigger) -> tuple[float, float]:
    if trigger.noun:
        return 0.4, 0.4
    if dep in _PASSIVE or (dep in _SUBJECT and trigger.act in _SUFFERED):
        return -0.5, 1.5
    if dep in _SUBJECT:
        return 1.5, -0.5
    if dep in _OBJECT:
        return -0.5, 1.5
    if dep in ("obl:agent", "agent"):
        return 1.5, -0.5
    return 0.0, 0.0
