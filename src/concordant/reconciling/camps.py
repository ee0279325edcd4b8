"""Camps: which statements on the dead tell of other people, so that neither speaks against the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from concordant.reconciling.statements import Statement
from concordant.reconciling.voices import Voice, weight_together

_STATE = frozenset(("state_forces", "foreign_forces", "peacekeepers"))
_AGAINST = frozenset(("rebel", "militia", "criminal"))
_NOBODY = frozenset(("civilians", "unknown", "mixed"))  # who is struck, by whatever name


@dataclass(frozen=True, slots=True)
class Camps:
    """The sorts of party that attacked: their own dead are others than those whom they killed.

    The dead of one camp cannot be those of the other under another name, as "20 rebels" of an army may be the "20
    villagers" of others: soldiers and the rebels they fight are two camps, attackers and those they attack are.
    """

    attackers: frozenset[str]

    @classmethod
    def of(cls, voices: Sequence[Voice]) -> Camps:
        """The attackers, as most of the accounts have it."""
        roles: dict[str, dict[str, list[Voice]]] = {}
        for voice in voices:
            for party in voice.many("parties"):
                roles.setdefault(str(party["type"]), {}).setdefault(str(party["role"]), []).append(voice)
        return cls(frozenset(kind for kind, told in roles.items() if kind not in _NOBODY and _attack(told)))

    def apart(self, one: Statement, other: Statement) -> bool:
        """Whether two statements are on the losses of two camps."""
        mine, theirs = _told_apart(one), _told_apart(other)
        if not mine or not theirs or mine & theirs:
            return False
        if (mine <= self.attackers) != (theirs <= self.attackers):
            return not (mine & self.attackers and theirs & self.attackers)
        return (mine <= _STATE and theirs <= _AGAINST) or (mine <= _AGAINST and theirs <= _STATE)

    def beside(self, lead: Statement, others: Iterable[Statement]) -> Statement | None:
        """The first of some statements that is on the losses of the other camp; none where a slip of the coder may have
        made it, which puts the number of the dead to the wrong side.
        """
        rest = list(others)
        said = {s.total for s in (lead, *rest) if not self.apart(s, lead)}
        return next((s for s in rest if self.apart(s, lead) and s.total not in said), None)


def _told_apart(statement: Statement) -> frozenset[str]:
    """The sides of all that a statement tells, with a number or without; none where it is not clear whose dead they are."""
    sides = frozenset(str(row["victims"]) for row in statement.rows)
    return frozenset() if sides & {"mixed", "unknown"} else sides


def _attack(told: dict[str, list[Voice]]) -> bool:
    weights = {role: weight_together(found, lambda v: v.weight) for role, found in told.items()}
    return weights.get("perpetrator", 0.0) > weights.get("target", 0.0) + weights.get("participant", 0.0)
