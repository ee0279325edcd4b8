"""Scoring: how surely two accounts tell of one happening, in named parts, and what keeps them apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from concordant.linking import comparing
from concordant.linking.accounts import Account, Sight, sight
from concordant.linking.tables import Tables
from concordant.places.geometry import distance_km


@dataclass(frozen=True, slots=True)
class PairScore:
    """A score in named parts (weights, about in bits); `levels` says what each part found, `veto` what forbids it."""

    parts: Mapping[str, float]
    total: float
    veto: str | None
    levels: Mapping[str, str] = field(default_factory=dict)

    def explain(self, language: str = "en", tables: Tables | None = None) -> tuple[str, ...]:
        """The score in words, what weighs most first; a part that weighs nothing is left out."""
        known = tables or Tables.of()
        parts = sorted((p for p in self.parts if self.parts[p]), key=lambda p: (-abs(self.parts[p]), p))
        said = [f"{known.levels[part, self.levels[part]].words[language]} ({self.parts[part]:+g})" for part in parts]
        return tuple(([known.vetoes[self.veto][language]] if self.veto else []) + said)


def score(a: Account, b: Account, *, tables: Tables | None = None) -> PairScore:
    """How surely two accounts tell of one happening; the same for (a, b) and (b, a)."""
    return score_sights(sight(a), sight(b), tables or Tables.of())


def score_sights(a: Sight, b: Sight, tables: Tables) -> PairScore:
    """`score` for accounts already looked at."""
    if b.account.order < a.account.order:
        a, b = b, a
    levels = {"base": "any"} | {part: compare(a, b, tables) for part, compare in comparing.COMPARISONS.items()}
    parts = {part: tables.levels[part, level].weight for part, level in levels.items()}
    return PairScore(parts, round(sum(parts.values()), 3), next(_vetoes(a, b, tables, levels), None), levels)


def _vetoes(a: Sight, b: Sight, tables: Tables, levels: Mapping[str, str]) -> Iterator[str]:
    yield from (name for name, holds in VETOES.items() if name in tables.vetoes and holds(a, b, tables, levels))


def _told_apart(a: Sight, b: Sight, tables: Tables, levels: Mapping[str, str]) -> bool:
    return a.account.report_id == b.account.report_id


def _two_places(a: Sight, b: Sight, tables: Tables, levels: Mapping[str, str]) -> bool:
    if levels["place"] not in ("apart", "far", "abroad"):
        return False
    one, other = a.spot, b.spot
    if one is None or other is None or one.area or other.area or not one.point or not other.point:
        return False
    return distance_km(*one.point, *other.point) - one.radius_km - other.radius_km > tables.limit("veto_km")


_UNSURE = ("own", "own_recalled")  # the day that a report comes out on, which may not be that of the happening


def _two_times(a: Sight, b: Sight, tables: Tables, levels: Mapping[str, str]) -> bool:
    one, other = a.sure_days, b.sure_days
    return bool(one and other and one.gap(other) > tables.limit("veto_days"))


def _before(a: Sight, b: Sight, tables: Tables, levels: Mapping[str, str]) -> bool:
    """A report cannot tell of what comes after it."""
    if levels["days"] in _UNSURE:
        return False
    early = tables.limit("veto_early")
    return any(
        one.published is not None
        and other.days is not None
        and other.days.exact
        and one.published + early < other.days.start
        for one, other in ((a, b), (b, a))
    )


def _sum_and_part(a: Sight, b: Sight, tables: Tables, levels: Mapping[str, str]) -> bool:
    return (a.account.tells > 1) != (b.account.tells > 1)


Veto = Callable[[Sight, Sight, Tables, Mapping[str, str]], bool]
VETOES: Mapping[str, Veto] = {
    "told_apart": _told_apart, "two_places": _two_places, "two_times": _two_times, "before": _before,
    "sum_and_part": _sum_and_part,
}  # fmt: skip
