"""Statements: what each account says of an outcome, with the wounded who have died since counted among the dead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from concordant.linking.deaths import later_death
from concordant.reconciling.voices import Voice

_ONE_DEATH = 2  # days within which reports of a later death are taken to tell of the same one


@dataclass(frozen=True, slots=True)
class Statement:
    """What one account says of one outcome."""

    voice: Voice
    rows: tuple[Mapping[str, Any], ...]
    sides: Mapping[str, int]
    total: int | None
    bounded: bool
    hedged: bool
    behind: tuple[Statement, ...] = ()  # of a sum: what it was added up from
    added: int = 0  # wounded who have died since
    rule: str = ""  # what made a sum of it

    @property
    def as_told(self) -> Statement:
        """The statement as its account makes it, nothing added."""
        return self.behind[-1] if self.added else self.behind[0] if self.behind else self

    def claims(self) -> Iterator[dict[str, str]]:
        """The claims that it is made of."""
        for source in self.behind or (self,):
            yield from (source.voice.cites("casualties", row) for row in source.rows)

    @property
    def named(self) -> Mapping[str, int]:
        """The sides that it tells apart; none where it gives a total over sides, or of people whose side is not known."""
        return {} if {"mixed", "unknown"} & self.sides.keys() else self.sides

    def before(self, other: Statement) -> bool:
        """Whether it was published before another, as far as both times are known."""
        mine, theirs = self.voice.account.published, other.voice.account.published
        return mine is not None and theirs is not None and mine < theirs

    @property
    def tie_break(self) -> tuple[int, int, str, str, tuple[bool, str, str]]:
        """Which of two statements that weigh the same leads: more sides, more dead, later; the same for a copy."""
        figures = sorted((r["victims"], *(str(r[bound]) for bound in ("low", "best", "high"))) for r in self.rows)
        return (len(self.sides), self.total or 0, self.voice.account.published or "", str(figures), self.order)

    @property
    def order(self) -> tuple[bool, str, str]:
        return self.voice.account.order


def statements_on(outcome: str, voices: Sequence[Voice]) -> list[Statement]:
    """The statements on an outcome, one an origin: the last that gives a number, or else the last."""
    said = []
    for voice in voices:
        rows = [r for r in voice.many("casualties") if r["outcome"] == outcome and not r.get("rival")]
        if rows:
            said.append(_statement(voice, rows))
    latest: dict[str, Statement] = {}
    for made in with_later_deaths(said) if outcome == "killed" else said:
        before = latest.get(made.voice.account.origin)
        if before is None or made.total is not None or before.total is None:
            latest[made.voice.account.origin] = made
    return sorted(latest.values(), key=lambda s: s.order)


def with_later_deaths(said: Sequence[Statement]) -> list[Statement]:
    """Statements in their order, those of later deaths alone added to the highest toll that was known before.

    Several reports of a later death within days tell of one death: all are added to what was known before the first.
    """
    found: list[Statement] = []
    known: Statement | None = None
    since: int | None = None
    for statement in said:
        later = later_death(statement.voice.account.event)
        day = statement.voice.day
        if later and (since is None or (day is not None and day - since > _ONE_DEATH)):
            known = max((s for s in found if s.total is not None), key=lambda s: s.total or 0, default=None)
            since = day
        found.append(_added(statement, known, later.toll) if later and known else statement)
    return found


def _added(statement: Statement, known: Statement, toll: int | None) -> Statement:
    """A toll that the later dead are added to; one that holds them already stays as it is."""
    died, before = statement.total or 1, known.total or 0
    if toll is None and died > before:
        return statement
    more = toll - before if toll is not None else died
    if more <= 0:
        return statement
    grown = max(known.sides, key=lambda side: (side in statement.sides, known.sides[side], side))
    rows = tuple(
        {**r, **{b: r[b] + more for b in ("low", "best", "high") if r[b] is not None}} if r["victims"] == grown else r
        for r in known.rows
    )
    return replace(
        statement,
        rows=rows,
        sides={**known.sides, grown: known.sides[grown] + more},
        total=before + more,
        behind=(known, statement),
        rule="died_of_wounds",
        added=more,
    )


def without_the_later_dead(wounded: Statement, killed: Sequence[Statement]) -> Statement:
    """The wounded less those who have died since they were counted."""
    later = [s for s in killed if s.added and wounded.before(s)]
    if not later or not wounded.total:
        return wounded
    most = max(later, key=lambda s: s.added)
    side = max(wounded.sides, key=lambda name: (wounded.sides[name], name))
    left = max(0, wounded.sides[side] - most.added)
    rows = tuple(
        {**r, "low": min(r["low"] or 0, left), "best": left, "high": r["high"] and left} if r["victims"] == side else r
        for r in wounded.rows
    )
    total = (wounded.total or 0) - wounded.sides[side] + left
    return replace(
        wounded,
        rows=rows,
        sides={**wounded.sides, side: left},
        total=total,
        behind=(wounded, most.behind[-1]),
        rule="died_of_wounds",
    )


def _statement(voice: Voice, rows: Sequence[Mapping[str, Any]]) -> Statement:
    sides = {r["victims"]: r["best"] for r in rows if r["best"] is not None}
    parts = sum(n for side, n in sides.items() if side != "mixed")
    total = max(parts, sides.get("mixed", 0)) if sides else None
    bounded = any(r["best"] is not None and r["high"] is None for r in rows)
    return Statement(voice, tuple(rows), sides, total, bounded, all(r.get("hedged") for r in rows))
