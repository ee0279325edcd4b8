"""The record's second codings as its users see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from concordant.record import seconding
from concordant.record.database import Database
from concordant.record.filters import Filters
from concordant.record.seconding import Assignment
from concordant.review.second import Coding

AsOf = str | datetime | int | None


class Seconds:
    """Events that are given to people to be coded without seeing how they were coded, and what they made of them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sample(self, filters: Filters, count: int, seed: str, coder: str, *, as_of: AsOf = None) -> tuple[list[str], int]:
        """Events chosen by a rule that anybody can apply again (the smallest SHA-256 of "seed:id"), and out of how many."""
        with self._database.reading():
            return seconding.sample(self._database, filters, count, seed, coder, self._database.moment(as_of))

    def assign(self, events: Sequence[str], coder: str, rule: Mapping[str, Any], *, by: str) -> list[str]:
        """Give events to a coder; `rule` says how they were chosen. Returns the assignments' names."""
        return seconding.assign(self._database, events, coder, rule, by=by)

    def submit(self, name: str, values: Mapping[str, Any], *, by: str) -> None:
        """Keep what the coder made of an event; it is final, for they may see the other coding then."""
        seconding.submit(self._database, name, values, by=by)

    def withdraw(self, name: str, *, by: str, why: str = "") -> None:
        """Take an assignment back that is not coded yet."""
        seconding.withdraw(self._database, name, by=by, why=why)

    def one(self, name: str, *, as_of: AsOf = None) -> Assignment:
        """An assignment by its name. Raises UnknownError."""
        return seconding.assignment(self._database, name, self._database.moment(as_of))

    def all(self, *, coder: str | None = None, as_of: AsOf = None) -> list[Assignment]:
        """Assignments in the order in which they were given."""
        return seconding.assignments(self._database, self._database.moment(as_of), coder=coder)

    def event(self, found: Assignment, *, as_of: AsOf = None) -> str | None:
        """The id of the event that an assignment is about."""
        return seconding.event_of(self._database, found, self._database.moment(as_of))

    def codings_of(self, found: Assignment, *, as_of: AsOf = None) -> list[Coding]:
        """The first coding of an assignment's event, and those that people made of it blind."""
        return seconding.codings_of(self._database, found, self._database.moment(as_of))

    def codings(self, *, as_of: AsOf = None) -> list[Coding]:
        """All codings of the events that were coded blind; `unit` is the event."""
        with self._database.reading():
            return seconding.codings(self._database, self._database.moment(as_of))

    def held_back(self, coder: str, seq: int) -> tuple[frozenset[str], frozenset[str]]:
        """The events and reports that a coder must not see yet, as they are called now and were at an entry."""
        return seconding.held_back(self._database, coder, (seq, self._database.head()))
