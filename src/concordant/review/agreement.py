"""How far people agree who coded the same things apart: Krippendorff's alpha, with values missing where one said nothing.

Klaus Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011). Alpha is 1 where all agree and 0 where they agree
as often as chance would have it; below 0 they agree less than that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Distance = Callable[[Any, Any], float]


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement on one field: `alpha` is None where nothing can be compared, or all values are one and the same.

    `units` are those that two or more people gave a value for and `values` what they gave for them; `same` is the share of
    pairs of values that are alike to the letter; `distinct` how many different values there are.
    """

    alpha: float | None
    units: int
    values: int
    same: float | None
    distinct: int


def nominal(one: Any, other: Any) -> float:
    """Values are the same or they are not."""
    return 0.0 if one == other else 1.0


def interval(one: float, other: float) -> float:
    """The square of how far apart two values are: a difference counts the same everywhere on the scale."""
    return float(one - other) ** 2


def ratio(one: float, other: float) -> float:
    """The square of the difference as a share of the sum: 1 and 2 are as far apart as 10 and 20."""
    return 0.0 if one == other else float((one - other) / (one + other)) ** 2


DISTANCES: dict[str, Distance] = {"nominal": nominal, "interval": interval, "ratio": ratio}


def alpha(units: Iterable[Sequence[Any]], level: str) -> Agreement:
    """The agreement over units, each the values that people gave it in any order (None: one gave none).

    `level` is nominal, interval or ratio (for numbers of zero and more).
    """
    distance = DISTANCES[level]
    given = [Counter(value for value in unit if value is not None) for unit in units]
    pairable = [unit for unit in given if unit.total() > 1]
    total: Counter[Any] = sum(pairable, Counter())
    n = total.total()
    if not pairable:
        return Agreement(None, 0, 0, None, 0)
    observed = sum(_within(unit, distance) / (unit.total() - 1) for unit in pairable) / n
    expected = _within(total, distance) / (n * (n - 1))
    apart = sum(_within(unit, nominal) / (unit.total() - 1) for unit in pairable) / n
    return Agreement(1 - observed / expected if expected else None, len(pairable), n, 1 - apart, len(total))


def _within(values: Counter[Any], distance: Distance) -> float:
    """The distances between all ordered pairs of values."""
    told = list(values.items())
    return 2 * sum(
        n * m * distance(one, other) for at, (one, n) in enumerate(told) for other, m in told[at + 1 :]
    )
