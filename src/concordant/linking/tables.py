"""The tables that linking goes by: levels and their weights, limits, families of kinds, vetoes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from concordant.codebook import Codebook
from concordant.linking.names import name_key


@dataclass(frozen=True, slots=True)
class Level:
    """One outcome of one comparison: what it weighs, and how it is said in French and English."""

    weight: float
    words: Mapping[str, str]


@dataclass(frozen=True)
class Tables:
    """What a codebook's tables say of linking."""

    levels: Mapping[tuple[str, str], Level]
    limits: Mapping[str, float]
    family: Mapping[str, str]
    open: Mapping[str, frozenset[str]]
    vetoes: Mapping[str, Mapping[str, str]]
    cities: frozenset[str]  # gazetteer ids, and names as name keys

    @classmethod
    def of(cls, codebook: Codebook | None = None) -> Tables:
        return _tables(codebook or _BUILTIN)

    def limit(self, name: str) -> float:
        return self.limits[name]


_BUILTIN = Codebook()


@lru_cache(maxsize=16)
def _tables(codebook: Codebook) -> Tables:
    kinds = codebook.table("families")
    return Tables(
        levels={
            (row["part"], row["level"]): Level(row.number("weight") or 0.0, {"fr": row["fr"], "en": row["en"]})
            for row in codebook.table("levels")
        },
        limits={row["name"]: row.number("value") or 0.0 for row in codebook.table("limits")},
        family={row["kind"]: row["family"] for row in kinds},
        open={row["kind"]: frozenset(row.listed("open")) for row in kinds},
        cities=frozenset(
            key
            for row in codebook.table("cities")
            for key in (row["id"], *map(name_key, (row["name"], *row.listed("others"))))
        ),
        vetoes={row["veto"]: {"fr": row["fr"], "en": row["en"]} for row in codebook.table("vetoes")},
    )
