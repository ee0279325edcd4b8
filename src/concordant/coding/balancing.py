"""Balancing: totals told of "persons" against figures told of soldiers, villagers or rebels, in one happening.

A total that says nothing of who the victims were is not added to figures that do: where these add up to it, it is
left out; where they fall short of it, it stands as the total of all ("mixed"); where there are none, it is taken for
the party that the happening hit (gold README, "Casualties").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from concordant.coding.arithmetic import SettledToll, Victims
from concordant.reading import Reading

_ANYONE = {
    "fr": ("personne", "victime", "mort", "corps", "blesse", "disparu", "otage", "deces", "cadavre", "gens", "homme"),
    "en": ("people", "person", "victim", "dead", "death", "bod", "wounded", "injur", "other", "casualt", "hostage"),
}
_UNIFORMED = ("state_forces", "foreign_forces", "peacekeepers")


def balance(
    rows: Sequence[SettledToll], reading: Reading, *, hit: Victims, doers: frozenset[str] = frozenset()
) -> tuple[SettledToll, ...]:
    """The rows with totals set against parts; `hit` is the type of the party that the happening hit, `doers` of those who did it."""
    firm = [row for row in rows if not (row.rival or row.hedged)]
    balanced: list[SettledToll] = []
    for outcome in dict.fromkeys(row.outcome for row in firm):
        balanced += _one_outcome([row for row in firm if row.outcome == outcome], reading, hit, doers)
    return (*balanced, *(row for row in rows if row.rival or row.hedged))


def _one_outcome(rows: list[SettledToll], reading: Reading, hit: Victims, doers: frozenset[str]) -> list[SettledToll]:
    anyone = [row for row in rows if _of_anyone(row, reading)]
    told = _same_uniform([row for row in rows if row not in anyone])
    if not anyone:
        return told
    own = [row for row in told if row.victims in doers and row.victims != hit]
    told = [row for row in told if row not in own]
    if not told or (anyone[0].best is not None and all(row.best is None for row in told)):
        # Beside the attackers' own dead, or where soldiers are only "several", the number is of those who were hit.
        kind = told[0].victims if told else hit
        return [_typed(anyone[0], kind), *own]
    total = anyone[0]
    sums = [row.best if row.best is not None else row.low or 0 for row in told]
    size = total.best if total.best is not None else total.low or 0
    if size <= sum(sums) and not _adds(size, sums, anyone):
        return [*told, *own]
    if _adds(size, sums, anyone):
        return [replace(total, victims="civilians"), *told, *own]
    return [replace(total, victims="mixed"), *told, *own]


def _adds(size: int, sums: list[int], anyone: list[SettledToll]) -> bool:
    """Whether a total stands beside the other figures: a larger total told elsewhere is its sum with one or all of them."""
    wholes = {row.best for row in anyone} - {size}
    return bool(wholes & {size + sum(sums), *(size + one for one in sums)})


def _of_anyone(row: SettledToll, reading: Reading) -> bool:
    """Whether the words of a row say nothing of who the victims were."""
    if row.victims in ("unknown", "mixed"):
        return True
    if row.victims != "civilians":
        return False
    words = [t.fold for t in reading.tokens[slice(*reading.range_of(row.quote))]]
    return any(w.startswith(_ANYONE[reading.language]) for w in words) and not any(w.startswith("civil") for w in words)


def _typed(row: SettledToll, hit: Victims) -> SettledToll:
    return replace(row, victims=hit if hit != "unknown" or row.victims != "civilians" else row.victims)


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
