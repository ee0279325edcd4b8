"""Pairs: the scores of pairs of accounts, each worked out once."""

from __future__ import annotations

from dataclasses import dataclass, field

from concordant.linking.accounts import Sight
from concordant.linking.scoring import PairScore, score_sights
from concordant.linking.tables import Tables

EDGE = 0.0  # score from which on two accounts touch; `join` of the limits table must not lie below it


@dataclass(slots=True)
class Pairs:
    """The scores of pairs of the accounts at hand."""

    sights: dict[str, Sight]
    tables: Tables
    _known: dict[tuple[str, str], PairScore] = field(default_factory=dict)

    def score(self, a: str, b: str) -> PairScore:
        """The score of two accounts by their ids."""
        key = (a, b) if a <= b else (b, a)
        if key not in self._known:
            self._known[key] = score_sights(self.sights[key[0]], self.sights[key[1]], self.tables)
        return self._known[key]

    def touch(self, a: str, b: str) -> bool:
        """Whether two accounts may be of one happening: what makes them members of one component."""
        found = self.score(a, b)
        return found.total >= EDGE and found.veto is None
