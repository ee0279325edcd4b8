"""Tolls as linking sees them: the figures of an account by outcome, and whether two can be of one happening."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figures:
    """All that an account says of one outcome: its leading sum (None where it only says "some") and every figure told."""

    total: int | None
    told: frozenset[int]
    sides: frozenset[str]  # whose losses it counts, where it says so of all of them


def figures_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, Figures]:
    """The figures of an account by outcome; rival rows count in no sum but are told."""
    by_outcome: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_outcome.setdefault(str(row["outcome"]), []).append(row)
    return {outcome: Figures(leading_sum(found), _told(found), _sides(found)) for outcome, found in by_outcome.items()}


def leading_sum(rows: Iterable[Mapping[str, Any]]) -> int | None:
    """The sum over sides of what an account leads with; a total over several sides stands for its parts."""
    led = [row for row in rows if not row.get("rival")]
    whole = [n for row in led if row["victims"] == "mixed" and (n := _lead(row)) is not None]
    parts = [n for row in led if row["victims"] != "mixed" and (n := _lead(row)) is not None]
    if not whole and not parts:
        return None
    return max([sum(parts), *whole])


def _sides(rows: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    named = frozenset(str(row["victims"]) for row in rows if not row.get("rival"))
    return frozenset() if named & {"mixed", "unknown"} else named


def _lead(row: Mapping[str, Any]) -> int | None:
    best: int | None = row["best"]
    return best


def _told(rows: Iterable[Mapping[str, Any]]) -> frozenset[int]:
    return frozenset(n for row in rows for n in (row["low"], row["best"], row["high"]) if n is not None)
