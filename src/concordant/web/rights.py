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
    PUBLISH = "publish"  # let an event out for everybody to see, and take it back
    ACCOUNT = "account"  # look after one's own account: its tokens


class Scope(StrEnum):
    """What a token may be used for; an address that names none is closed to every token."""

    EVENTS = "events:read"
    REPORTS = "reports:read"
    ADD = "reports:add"
    PUBLISHED = "published:read"  # what was let out, in its public form, and nothing else


# The right that a scope takes: nobody can give a token more than they may do themselves.
TAKES: dict[Scope, Right] = {Scope.EVENTS: Right.READ, Scope.REPORTS: Right.READ, Scope.ADD: Right.ADD, Scope.PUBLISHED: Right.READ}


ROLES: dict[str, frozenset[Right]] = {
    "reader": frozenset({Right.OPEN, Right.READ, Right.ACCOUNT}),
    "coder": frozenset({Right.OPEN, Right.READ, Right.ACCOUNT, Right.ADD, Right.CORRECT}),
    "reviewer": frozenset({Right.OPEN, Right.READ, Right.ACCOUNT, Right.ADD, Right.CORRECT, Right.DECIDE}),
    "publisher": frozenset({Right.OPEN, Right.READ, Right.ACCOUNT, Right.ADD, Right.CORRECT, Right.DECIDE, Right.PUBLISH}),
    "admin": frozenset(Right),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks: a name that decisions are written down under, and a role."""

    name: str
    role: str
    local: bool = False  # the owner of this computer, who needs no account
    token: str | None = None  # the token that stands for them, by its id, and what it may be used for
    scopes: frozenset[Scope] = frozenset()


def may(person: Person | None, right: Right, scope: Scope | None = None) -> bool:
    """Whether a person (None: not signed in) has a right; one whom a token stands for needs its scope besides."""
    if right is Right.OPEN:
        return True
    if person is None or right not in ROLES.get(person.role, frozenset()):
        return False
    return person.token is None or scope in person.scopes


def can_give(role: str, scope: Scope) -> bool:
    """Whether somebody with this role may make a token with that scope."""
    return TAKES[scope] in ROLES.get(role, frozenset())


def may_take_back(person: Person | None, by: str, kind: str = "") -> bool:
    """Whether a person may take back a ruling of `by`: one's own with the right to correct, anybody's with that to decide.

    That an event was let out is taken back by who may let out.
    """
    if kind == "publish":
        return may(person, Right.PUBLISH)
    return may(person, Right.DECIDE) or (person is not None and person.name == by and may(person, Right.CORRECT))
