"""Tolls: for every outcome, the statement that leads, and those that stand against it.

A statement is what one account says of one outcome, side by side ({"civilians": 12, "rebel": 3}). The event takes one
account's statement whole: sides of two accounts added up would count people twice who are only named differently. Only
where an account tells two sides apart may a later one set the figure of one of them.
It is the one that weighs most. Every origin supports with its weight the statements that say the same, that hold its own
as a part, or that give its total otherwise divided; old statements weigh less than new ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import le
from typing import Any

from concordant.reconciling.camps import Camps
from concordant.reconciling.interest import interest_of, interested
from concordant.reconciling.rules import Rules
from concordant.reconciling.statements import Statement, statements_on, without_the_later_dead
from concordant.reconciling.voices import Voice

_TOTALS = ("mixed", "unknown")
_LEAP_FROM = 8  # people: below that, three times as many is no leap


@dataclass(frozen=True, slots=True)
class Toll:
    """What an event says of one outcome: the leading statement, those behind it, and the others."""

    outcome: str
    lead: Statement
    behind: tuple[Statement, ...]
    rivals: tuple[Statement, ...]
    superseded: tuple[Statement, ...]


def tolls_of(voices: Sequence[Voice], rules: Rules) -> list[Toll]:
    """The tolls of an event, by outcome."""
    outcomes = dict.fromkeys(row["outcome"] for voice in voices for row in voice.many("casualties"))
    camps = Camps.of(voices)
    found = {outcome: _toll(outcome, statements_on(outcome, voices), camps, rules) for outcome in sorted(outcomes)}
    tolls = {outcome: toll for outcome, toll in found.items() if toll is not None}
    if "killed" in tolls and "wounded" in tolls:
        lead = without_the_later_dead(tolls["wounded"].lead, statements_on("killed", voices))
        tolls["wounded"] = replace(tolls["wounded"], lead=lead)
    return list(tolls.values())


def _toll(outcome: str, statements: Sequence[Statement], camps: Camps, rules: Rules) -> Toll | None:
    if not statements:
        return None
    numbered = [s for s in statements if s.total is not None]
    if not numbered:
        lead = max(statements, key=lambda s: (max(r["low"] or 0 for r in s.rows), s.voice.weight, s.tie_break))
        return Toll(outcome, lead, tuple(s for s in statements if s is not lead), (), ())
    weights = {s.voice.id: _weight(s, numbered, rules) for s in numbered}
    support = {s.voice.id: _support(s, numbered, weights, camps, rules) for s in numbered}
    lead, *others = sorted(
        numbered, key=lambda s: (support[s.voice.id], weights[s.voice.id], *s.tie_break), reverse=True
    )
    beside = camps.beside(lead, others)
    found = _sorted(outcome, lead, [s for s in numbered if not camps.apart(s, lead)], rules)
    whole = _completed(lead, numbered, weights)
    if beside is not None and whole is lead:
        whole = _together(lead, beside)
    return replace(found, lead=whole)


def _weight(statement: Statement, all_of: Sequence[Statement], rules: Rules) -> float:
    """What a statement weighs by itself: role, mood, interest, and how old it is beside the newest."""
    days = [s.voice.day for s in all_of if s.voice.day is not None]
    age = max(days) - (statement.voice.day or max(days)) if days else 0
    fresh: float = max(rules.weight["oldest"], 0.5 ** (age / rules.weight["halving_days"]))
    weight = statement.voice.weight * fresh
    if statement.hedged:
        weight *= rules.weight["hedged"]
    if statement.bounded:
        weight *= rules.weight["bounded"]
    return weight * (rules.weight["interested"] if interested(statement.rows, statement.voice.account.event) else 1.0)


def _support(
    lead: Statement, all_of: Sequence[Statement], weights: Mapping[str, float], camps: Camps, rules: Rules
) -> float:
    """What all statements weigh that say the same as one, or an earlier stage of it."""
    comparable = [s for s in all_of if not camps.apart(s, lead)]
    agreeing = [(s, a) for s in comparable if (a := agreement(s, lead, rules)) > 0]
    support = _heard((s, weights[s.voice.id] * share) for s, share in agreeing)
    stage = rules.weight["revised" if lead.voice.account.revises else "stage"]
    support += stage * _heard((s, weights[s.voice.id]) for s in _stages(lead, comparable, rules))
    if len(agreeing) == 1:
        support *= _alone(lead, [s for s in comparable if s is not lead], rules)
    return round(support, 6)


def _heard(said: Iterable[tuple[Statement, float]]) -> float:
    """What statements weigh together; what a party says of the other's losses weighs once, however many print it."""
    found, interest = 0.0, 0.0
    for statement, weight in said:
        if interested(statement.rows, statement.voice.account.event):
            interest = max(interest, weight)
        else:
            found += weight
    return found + interest


def _stages(later: Statement, all_of: Sequence[Statement], rules: Rules) -> list[Statement]:
    """The statements that are earlier stages of one: a day older or more, and lower, where the highest is not far below."""
    found = [s for s in all_of if agreement(s, later, rules) == 0 and _lower(s, later)]
    if not found or later.voice.account.revises:
        return found
    return found if not any(_leaps(*_on_common_sides(s, later), rules) for s in (_highest(found, later),)) else []


def _lower(earlier: Statement, later: Statement) -> bool:
    if earlier.voice.day is None or later.voice.day is None or earlier.voice.day >= later.voice.day:
        return False
    if earlier.named and later.named and not earlier.named.keys() & later.named.keys():
        return False
    low, high = _on_common_sides(earlier, later)
    return 0 < low < high


def _highest(stages: Sequence[Statement], later: Statement) -> Statement:
    return max(stages, key=lambda s: (_on_common_sides(s, later)[0], s.order))


def _on_common_sides(earlier: Statement, later: Statement) -> tuple[int, int]:
    """The totals of two statements, of the later one's sides alone where the earlier tells those and others apart."""
    if later.named and later.named.keys() < earlier.named.keys():
        return sum(earlier.sides[side] for side in later.named), later.total or 0
    return earlier.total or 0, later.total or 0


def _completed(lead: Statement, all_of: Sequence[Statement], weights: Mapping[str, float]) -> Statement:
    """The leading statement with the sides that it is silent on, from the weightiest that tells its sides and others apart.

    A later report of five soldiers killed says nothing of the attackers whom an earlier one counts beside three soldiers.
    """
    told = {row["victims"] for row in lead.rows}  # with a number or without
    fuller = [s for s in all_of if lead.named and told < s.named.keys()]
    if not fuller:
        return lead
    other = max(fuller, key=lambda s: (weights[s.voice.id], *s.tie_break))
    more = tuple(row for row in other.rows if row["victims"] in other.named and row["victims"] not in lead.named)
    sides = {**lead.sides, **{row["victims"]: row["best"] for row in more}}
    return replace(
        lead,
        rows=(*lead.rows, *more),
        sides=sides,
        total=sum(sides.values()),
        behind=(lead, other),
        rule="sides_told_apart",
    )


def _together(lead: Statement, beside: Statement) -> Statement:
    """The leading statement with the losses of the other camp, which another account alone tells."""
    sides = {**lead.sides, **beside.sides}
    rows = (*lead.rows, *beside.rows)
    return replace(lead, rows=rows, sides=sides, total=sum(sides.values()), behind=(lead, beside), rule="sides_told_apart")


def _leaps(low: int, high: int, rules: Rules) -> bool:
    return high > low * rules.weight["leap"] and high - low >= _LEAP_FROM


def _alone(lead: Statement, others: Sequence[Statement], rules: Rules) -> float:
    """How far a figure that one origin alone gives is taken down: tolls seldom fall, and seldom leap."""
    if not others or lead.voice.account.revises:
        return 1.0
    said: dict[int, int] = {}
    for other in others:
        said[other.total or 0] = said.get(other.total or 0, 0) + 1
    usual = max(said, key=lambda total: (said[total], total))
    total = lead.total or 0
    if total < usual and any(s.before(lead) for s in others if s.total == usual):
        return rules.weight["falls"]
    return rules.weight["leaps"] if _leaps(usual, total, rules) else 1.0


def agreement(statement: Statement, lead: Statement, rules: Rules) -> float:
    """How far a statement supports another: 1 where they say the same, less where it is a part or the total alone."""
    if statement.sides == lead.sides:
        return 1.0
    if statement.total == lead.total:
        return rules.weight["total"]
    named = {side: n for side, n in statement.sides.items() if side not in _TOTALS}
    if named == statement.sides and all(lead.sides.get(side) == n for side, n in named.items()):
        return rules.weight["within"]
    return 0.0


def _sorted(outcome: str, lead: Statement, statements: Sequence[Statement], rules: Rules) -> Toll:
    """The other statements: behind the lead, older and lower than it, or against it."""
    behind, rivals, superseded = [], [], []
    for statement in statements:
        if agreement(statement, lead, rules) > 0:
            behind.append(statement)
        elif statement.before(lead) and le(*_on_common_sides(statement, lead)):
            superseded.append(statement)
        else:
            rivals.append(statement)
    return Toll(outcome, lead, tuple(behind), tuple(rivals), tuple(superseded))


def rival_rows(toll: Toll, voices: Sequence[Voice]) -> list[dict[str, Any]]:
    """Figures that stand beside the leading ones: who gives them, and what that party would have people believe."""
    found = [(s.voice, row, False) for s in toll.rivals for row in s.as_told.rows]
    found += [(s.voice, row, True) for s in toll.superseded for row in s.as_told.rows]
    for voice in voices:
        found += [
            (voice, r, False) for r in voice.many("casualties") if r["outcome"] == toll.outcome and r.get("rival")
        ]
    return [_rival(voice, row, old) for voice, row, old in found]


def _rival(voice: Voice, row: Mapping[str, Any], superseded: bool) -> dict[str, Any]:
    return {
        **voice.cites("casualties", row), "victims": row["victims"], "low": row["low"], "best": row["best"],
        "high": row["high"], "quote": row.get("quote"), "attributed_to": list(row.get("attributed_to") or ()),
        "outlet": voice.account.outlet, "interest": interest_of(row, voice.account.event), "superseded": superseded,
    }  # fmt: skip
