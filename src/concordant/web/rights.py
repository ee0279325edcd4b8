"""Who may do what: the one place that decides it. Every route names the right that it needs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Right(StrEnum):
    """What a route lets a person do."""

    OPEN = "open"  # for anybody, signed in or not: signing in itself, what pages look like, whether the server is up
    READ = "read"  # see the record
    ADD = "add"  # bring reports in
    CORRECT = "correct"  # set a value, reject a claim, take back one's own ruling
    DECIDE = "decide"  # confirm, merge, split, rule out, take back anyone's ruling


ROLES: dict[str, frozenset[Right]] = {
    "reader": frozenset({Right.OPEN, Right.READ}),
    "coder": frozenset({Right.OPEN, Right.READ, Right.ADD, Right.CORRECT}),
    "reviewer": frozenset({Right.OPEN, Right.READ, Right.ADD, Right.CORRECT, Right.DECIDE}),
    "publisher": frozenset({Right.OPEN, Right.READ, Right.ADD, Right.CORRECT, Right.DECIDE}),
    "admin": frozenset(Right),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks: a name that decisions are written down under, and a role."""

    name: str
    role: str
    local: bool = False  # the owner of this computer, who needs no account


def may(person: Person | None, right: Right) -> bool:
    """Whether a person (None: not signed in) has a right."""
    if right is Right.OPEN:
        return True
    return person is not None and right in ROLES.get(person.role, frozenset())


def may_take_back(person: Person | None, by: str) -> bool:
    """Whether a person may take back a ruling of `by`: one's own with the right to correct, anybody's with that to decide."""
    return may(person, Right.DECIDE) or (person is not None and person.name == by and may(person, Right.CORRECT))
