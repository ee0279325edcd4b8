"""Figures on clusters whose truth is known: pairwise, B³, tolls, and what is counted twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from made_coverage import Piece
from made_world import Happening, World

from concordant.linking import Account, Standing, cluster
from concordant.reconciling import reconcile

Clusters = Sequence[Sequence[str]]
Truth = Mapping[str, Hashable]


@dataclass(frozen=True)
class Figures:
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def pairwise(clusters: Clusters, truth: Truth) -> Figures:
    """Of the pairs brought together, the share that belong together; of those that belong together, the share brought."""
    found = sum(_pairs(len(c)) for c in clusters)
    right = sum(_pairs(n) for c in clusters for n in Counter(truth[name] for name in c).values())
    wanted = sum(_pairs(n) for n in Counter(truth[name] for c in clusters for name in c).values())
    return Figures(right / found if found else 1.0, right / wanted if wanted else 1.0)


def _pairs(n: int) -> int:
    return n * (n - 1) // 2


def b_cubed(clusters: Clusters, truth: Truth) -> Figures:
    """The mean over accounts of the share of its cluster that belongs to it, and of what belongs to it that is in its cluster."""
    sizes = Counter(truth[name] for c in clusters for name in c)
    precision, recall, count = 0.0, 0.0, sum(map(len, clusters))
    for c in clusters:
        for label, n in Counter(truth[name] for name in c).items():
            precision += n * n / len(c)
            recall += n * n / sizes[label]
    return Figures(precision / count, recall / count)


def counted_twice(clusters: Clusters, truth: Truth) -> list[Hashable]:
    """The happenings that lead more than one cluster."""
    leading = Counter(Counter(truth[name] for name in c).most_common(1)[0][0] for c in clusters)
    return sorted((label for label, n in leading.items() if n > 1), key=str)


@dataclass(frozen=True)
class Measured:
    """What linking and reconciling make of the accounts of a made world."""

    pairs: Figures
    b3: Figures
    tolls: float
    twice: list[Hashable]


def measured(world: World, pieces: Sequence[Piece], accounts: Sequence[Account], truth: Truth) -> Measured:
    """Cluster the accounts and measure the clusters and the final tolls against the truth."""
    by_id = {account.account_id: account for account in accounts}
    found = cluster(accounts)
    groups = [c.account_ids for c in found]
    events = [c.account_ids for c in found if c.standing is Standing.EVENT]
    values = {label: reconcile([by_id[name] for name in c]).values for label, c in _fullest(events, truth).items()}
    deadly = [h for h in world.happenings if h.killed and any(m.happening is h for p in pieces for m in p.mentions)]
    right = sum(h.id in values and _killed(values[h.id]) in _right(h, pieces) for h in deadly)
    return Measured(pairwise(groups, truth), b_cubed(groups, truth), right / len(deadly), counted_twice(events, truth))


def _fullest(events: Clusters, truth: Truth) -> dict[Hashable, Sequence[str]]:
    """For each happening that leads a cluster, the largest of those that it leads."""
    best: dict[Hashable, Sequence[str]] = {}
    for names in sorted(events, key=len):
        best[Counter(truth[name] for name in names).most_common(1)[0][0]] = names
    return best


def _killed(values: Mapping[str, Any]) -> int:
    return sum(row["best"] or 0 for row in values["casualties"] if row["outcome"] == "killed")


def _right(happening: Happening, pieces: Sequence[Piece]) -> set[int]:
    """The final toll, with the attackers' dead or without; the army's figure only where no report gives another."""
    told = [m for p in pieces for m in p.mentions if m.happening is happening]
    if happening.rival and all(m.army_view for m in told):
        return {happening.rival}
    return {happening.killed, happening.killed + happening.attackers_killed}
