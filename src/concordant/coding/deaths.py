"""Deaths of the wounded: who was counted as wounded and then died moves from one row to the other, and is not added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from concordant.coding.arithmetic import SettledToll
from concordant.coding.mentions import TollMention


def firm_and_moved(tolls: Sequence[TollMention]) -> tuple[list[TollMention], list[TollMention]]:
    """The tolls, and apart from them the deaths of wounded that come after a count of the dead."""
    counts = [t for t in tolls if t.outcome == "killed" and not t.moved and not t.cumulative and not t.uncounted]
    moved = [
        t for t in tolls
        if t.moved and t.quantity.best and any(c.span.start < t.span.start for c in counts)
        and not any(c.update and c.quantity.best for c in counts)
    ]  # fmt: skip
    return [t for t in tolls if not (t.moved and t in moved)], _once(moved)


def _once(moved: Sequence[TollMention]) -> list[TollMention]:
    """Each death once, though it may be told twice in the same words."""
    return list({(t.quantity.best, t.victims): t for t in reversed(moved)}.values())


def move(rows: Sequence[SettledToll], moved: Sequence[TollMention]) -> tuple[SettledToll, ...]:
    """The rows with the deaths of wounded added to the dead and taken from the wounded, of the same type where they can be."""
    found = list(rows)
    for toll in moved:
        count = toll.quantity.best or 0
        for outcome, change in (("killed", count), ("wounded", -count)):
            at = _row(found, outcome, toll)
            if at is not None and (found[at].best or 0) + change > 0:
                found[at] = _changed(found[at], change, toll)
    return tuple(found)


def _row(rows: Sequence[SettledToll], outcome: str, toll: TollMention) -> int | None:
    fitting = [n for n, row in enumerate(rows) if row.outcome == outcome and row.best and not (row.hedged or row.rival)]
    same = [n for n in fitting if rows[n].victims == toll.victims]
    return next(iter(same or fitting), None)


def _changed(row: SettledToll, change: int, toll: TollMention) -> SettledToll:
    def moved(value: int | None) -> int | None:
        return None if value is None else max(0, value + change)

    return replace(
        row, low=moved(row.low), best=moved(row.best), high=moved(row.high), evidence=(*row.evidence, toll.span)
    )
