"""Balancing: totals told of "persons" against figures told of soldiers, villagers or rebels, in one happening.

A total that says nothing of who the victims were is not added to figures that do: where these add up to it, it is
left out; where they fall short of it, it stands as the total of all ("mixed"; gold README, "Casualties").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from concordant.coding.arithmetic import SettledToll

_UNIFORMED = ("state_forces", "foreign_forces", "peacekeepers")


def balance(rows: Sequence[SettledToll], *, own: frozenset[str] = frozenset()) -> tuple[SettledToll, ...]:
    """The rows with totals set against parts; `own` are the types of those who did it, whose dead are in no total."""
    firm = [row for row in rows if not (row.rival or row.hedged)]
    balanced: list[SettledToll] = []
    for outcome in dict.fromkeys(row.outcome for row in firm):
        balanced += _one_outcome([row for row in firm if row.outcome == outcome], own)
    return (*balanced, *(row for row in rows if row.rival or row.hedged))


def _one_outcome(rows: list[SettledToll], own: frozenset[str]) -> list[SettledToll]:
    anyone = [row for row in rows if row.victims in ("unknown", "mixed")]
    told = _same_uniform([row for row in rows if row not in anyone])
    if not anyone:
        return told
    doers = [row for row in told if row.victims in own]
    told = [row for row in told if row not in doers]
    total = anyone[0]
    if not told:
        return [total, *doers]
    if total.best is not None and all(row.best is None for row in told):
        return [replace(total, victims=told[0].victims), *doers]  # where soldiers are only "several", all are soldiers
    if total.best is not None and total.best == sum(row.best or 0 for row in (*told, *doers)) and told:
        return [*told, *doers]
    sums = [row.best if row.best is not None else row.low or 0 for row in told]
    size = total.best if total.best is not None else total.low or 0
    if size <= sum(sums) and not _adds(size, sums, anyone):
        return [*told, *doers]
    if _adds(size, sums, anyone):
        return [replace(total, victims="civilians"), *told, *doers]
    return [replace(total, victims="mixed"), *told, *doers]


def _adds(size: int, sums: list[int], anyone: list[SettledToll]) -> bool:
    """Whether a total stands beside the other figures: a larger total told elsewhere is its sum with one or all of them."""
    wholes = {row.best for row in anyone} - {size}
    return bool(wholes & {size + sum(sums), *(size + one for one in sums)})


def _same_uniform(rows: list[SettledToll]) -> list[SettledToll]:
    """One figure of men in uniform told twice ("un militaire français", "la mort du soldat") stands once."""
    kept: list[SettledToll] = []
    for row in rows:
        twin = any(
            row.victims in _UNIFORMED and other.victims in _UNIFORMED and (row.low, row.best) == (other.low, other.best)
            for other in kept
        )
        if not twin:
            kept.append(row)
    return kept
