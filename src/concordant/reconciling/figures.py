"""Casualty rows of an event: the leading statement's rows, with bounds from those that stand beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from concordant.reconciling.rules import Rules
from concordant.reconciling.tolls import Toll, rival_rows, tolls_of
from concordant.reconciling.voices import Voice

Rows = list[dict[str, Any]]
_OWN = ("outcome", "victims", "state", "low", "best", "high", "hedged", "quote", "parts", "attributed_to")


def casualties(voices: Sequence[Voice], rules: Rules) -> dict[str, tuple[Rows, Mapping[str, Any]]]:
    """By "casualties.OUTCOME": the rows of the outcome, and why."""
    return {f"casualties.{t.outcome}": (_rows(t), _because(t, voices)) for t in tolls_of(voices, rules)}


def _rows(toll: Toll) -> Rows:
    return [_row(row, toll) for row in toll.lead.rows]


def _row(row: Mapping[str, Any], toll: Toll) -> dict[str, Any]:
    """A row of the leading statement; its bounds reach to the figures of its side that stand against it."""
    made = {name: row.get(name) for name in _OWN} | {"rival": False}
    if row["best"] is None:
        return made
    exact = [r for s in toll.behind for r in s.rows if r["victims"] == row["victims"] and r["best"] == row["best"]]
    if made["high"] is None and any(r["high"] is not None for r in exact):
        made["high"] = row["best"]
    others = [
        r["best"] for s in toll.rivals for r in s.rows if r["victims"] == row["victims"] and r["best"] is not None
    ]
    made["low"] = min([n for n in (made["low"], *others) if n is not None], default=None)
    if made["high"] is not None or any(n > row["best"] for n in others):
        made["high"] = max([n for n in (made["high"], row["best"], *others) if n is not None])
    return made


def _because(toll: Toll, voices: Sequence[Voice]) -> dict[str, Any]:
    sources = list(toll.lead.claims())
    sources += [c for s in toll.behind for c in s.claims() if c not in sources]
    rivals = rival_rows(toll, voices)
    if toll.lead.rule:
        return {"from": sources, "rule": toll.lead.rule, "rivals": rivals}
    rule = "latest_toll" if rivals else "only" if len(toll.behind) <= 1 else "agreed"
    return {"from": sources, "rule": rule, "rivals": rivals}
