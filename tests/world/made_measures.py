"""Figures on clusters whose truth is known: pairwise, B³, tolls, and what is counted twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

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
