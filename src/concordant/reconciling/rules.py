"""The rules by which an event's values are chosen, as the codebook's tables have them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from concordant.codebook import Codebook


@dataclass(frozen=True)
class Rules:
    """Weights of statements, how much each kind says, the words of each rule, and the version of all of it."""

    weight: Mapping[str, float]
    specificity: Mapping[str, float]
    words: Mapping[str, Mapping[str, str]]
    confidence: tuple[tuple[int, float], ...]
    version: str

    @classmethod
    def of(cls, codebook: Codebook | None = None) -> Rules:
        return _rules(codebook or _BUILTIN)

    def sure(self, origins: int) -> float:
        """How sure an event is that so many independent origins tell of."""
        return max((value for least, value in self.confidence if least <= origins), default=0.0)


_BUILTIN = Codebook()


@lru_cache(maxsize=16)
def _rules(codebook: Codebook) -> Rules:
    return Rules(
        weight={row["what"]: row.number("weight") or 0.0 for row in codebook.table("weighing")},
        specificity={row["kind"]: row.number("weight") or 0.0 for row in codebook.table("specificity")},
        words={row["rule"]: {"fr": row["fr"], "en": row["en"]} for row in codebook.table("choosing")},
        confidence=tuple(
            (int(row.number("origins") or 0), row.number("confidence") or 0.0) for row in codebook.table("origins")
        ),
        version=codebook.rules_version,
    )
