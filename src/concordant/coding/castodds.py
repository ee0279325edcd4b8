"""Odds of casting: how likely each candidate of a happening did it, suffered it, or has no part in it.

The evidence is weighed twice with the weights of casting.tsv: once by itself, and once more with what the first round
makes of the other candidates, since a role that another surely has is less likely free.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp

from concordant.codebook import Codebook
from concordant.coding.castevidence import Candidate, coarse

_COLUMNS = (("does", "suffers"), ("does then", "suffers then"))
_ARMED = ("armed", "unidentified")


@dataclass(frozen=True, slots=True)
class Odds:
    """The chances that a candidate did it and that it suffered it; what is left is that it has no part in it."""

    does: float
    suffers: float

    @property
    def part(self) -> float:
        return self.does + self.suffers


@lru_cache(maxsize=8)
def _weights(codebook: Codebook, columns: tuple[str, str]) -> Mapping[str, tuple[float, float]]:
    rows = codebook.table("casting")
    return {row["feature"]: (row.number(columns[0]) or 0.0, row.number(columns[1]) or 0.0) for row in rows}


def odds(candidates: Sequence[Candidate], *, codebook: Codebook) -> tuple[Odds, ...]:
    """The odds of each candidate of a happening."""
    first = [_weigh(c.evidence, _weights(codebook, _COLUMNS[0])) for c in candidates]
    return tuple(
        _weigh(c.evidence | beside(n, candidates, first), _weights(codebook, _COLUMNS[1]))
        for n, c in enumerate(candidates)
    )


def _weigh(evidence: Mapping[str, float], weights: Mapping[str, tuple[float, float]]) -> Odds:
    does = sum(value * weights[name][0] for name, value in evidence.items() if name in weights)
    suffers = sum(value * weights[name][1] for name, value in evidence.items() if name in weights)
    top = max(0.0, does, suffers)
    parts = exp(does - top), exp(suffers - top), exp(-top)
    return Odds(parts[0] / sum(parts), parts[1] / sum(parts))


def beside(n: int, candidates: Sequence[Candidate], first: Sequence[Odds]) -> dict[str, float]:
    """What the first round says of a candidate and of those beside it."""
    own = first[n]
    others = [(coarse(c.type), o) for m, (c, o) in enumerate(zip(candidates, first, strict=True)) if m != n]
    does = max((o.does for _, o in others), default=0.0)
    suffers = max((o.suffers for _, o in others), default=0.0)
    armed = max((o.does for kind, o in others if kind in _ARMED), default=0.0)
    return {
        "odds: does": own.does,
        "odds: suffers": own.suffers,
        "odds: another does": does,
        "odds: another suffers": suffers,
        "odds: another in arms does": armed,
        "odds: surest to do it": float(own.does >= does),
        "odds: surest to suffer": float(own.suffers >= suffers),
        f"odds: another in arms does, {coarse(candidates[n].type)}": armed,
    }
