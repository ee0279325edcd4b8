"""The rulings in force, found by what they are about, and carried over to the accounts of a newer coding."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from concordant.record.database import Database
from concordant.review import Judgement, Ruling, RulingKind, standing

_COLUMNS = "u.ruling_id, u.kind, u.subject, u.value, u.judgement, u.by, u.at, u.why, u.supersedes"
_CHUNK = 500  # names a query: SQLite takes 999 values at the least


class Decisions:
    """What people decided about the record's accounts and reports."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def about(self, names: Iterable[str]) -> tuple[Ruling, ...]:
        """The standing rulings about these accounts or reports, each with the present ids of what it is about."""
        if self._database.row("SELECT 1 FROM ruling LIMIT 1") is None:
            return ()
        found: dict[str, Ruling] = {}
        for chunk in _chunks(sorted(set(names))):
            marks = ",".join("?" * len(chunk))
            sql = (
                f"SELECT DISTINCT {_COLUMNS} FROM ruling_subject s JOIN ruling u ON u.ruling_id = s.ruling_id "
                f"WHERE s.subject IN ({marks}) ORDER BY u.id"
            )
            found |= {row[0]: self._present(ruling_of(row)) for row in self._database.rows(sql, chunk)}
        return standing(found.values())

    def _present(self, ruling: Ruling) -> Ruling:
        """The ruling with what it is about named as it is now; where that is gone it keeps its old name."""
        return self.at(ruling, None)

    def at(self, ruling: Ruling, seq: int | None) -> Ruling:
        """The ruling with what it is about named as it was at entry `seq`, or is now."""
        names = tuple(self.present(name, seq) for name in ruling.subject)
        return replace(ruling, subject=tuple(sorted(names)) if ruling.kind is RulingKind.PAIR else names)

    def in_force(self, rulings: Iterable[Ruling], seq: int) -> list[Ruling]:
        """Those that stand at entry `seq`, as they were written: two on one account under an old and a new name are one question."""
        if self._database.row("SELECT 1 FROM succession LIMIT 1") is None:
            return list(standing(rulings))
        written = {ruling.id: ruling for ruling in rulings}
        return [written[found.id] for found in standing(self.at(ruling, seq) for ruling in written.values())]

    def present(self, name: str, seq: int | None = None) -> str:
        """What an account is called now (or was at an entry) that was coded again since."""
        seen, until = {name}, 2**62 if seq is None else seq
        sql = "SELECT new FROM succession WHERE old = ? AND tx <= ? ORDER BY id DESC LIMIT 1"
        while row := self._database.row(sql, (name, until)):
            if row[0] is None or row[0] in seen:
                break
            name = str(row[0])
            seen.add(name)
        return name

    def pairs(self, names: Iterable[str]) -> tuple[Ruling, ...]:
        """The standing rulings on pairs of these accounts."""
        return tuple(ruling for ruling in self.about(names) if ruling.kind is RulingKind.PAIR)

    def same(self, names: Iterable[str]) -> Iterator[str]:
        """The accounts that a ruling says are of one event with one of these."""
        for ruling in self.pairs(names):
            if ruling.judgement is Judgement.SAME and all(self._current(name) for name in ruling.subject):
                yield from ruling.subject

    def _current(self, name: str) -> bool:
        return self._database.row("SELECT 1 FROM account_now WHERE account_id = ?", (name,)) is not None

    def irrelevant(self, report_id: str) -> bool:
        """Whether a report was ruled to tell of nothing."""
        return any(ruling.kind is RulingKind.IRRELEVANT for ruling in self.about([report_id]))


def ruling_of(row: tuple[Any, ...]) -> Ruling:
    """A ruling from its row."""
    name, kind, subject, value, judgement, by, at, why, supersedes = row
    return Ruling(
        name, RulingKind(kind), tuple(json.loads(subject)), None if value is None else json.loads(value),
        Judgement(judgement), by, at, why, supersedes,
    )  # fmt: skip


def _chunks(names: list[str]) -> Iterator[tuple[str, ...]]:
    for at in range(0, len(names), _CHUNK):
        yield tuple(names[at : at + _CHUNK])
