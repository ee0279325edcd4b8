"""Pairs: the scores of pairs of accounts, each worked out once."""

from __future__ import annotations

from dataclasses import dataclass, field

from concordant.linking.accounts import Sight
from concordant.linking.scoring import PairScore, score_sights
from concordant.linking.tables import Tables

# Score from which on two accounts touch. At 0 the accounts of a busy month hang together through weak pairs: of 2,500
# made ones 1,182 were in one component; at 1 it is some dozens, and clusters come out as well.
EDGE = 1.0


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
