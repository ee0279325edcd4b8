"""Tokens: what a program of somebody's shows in place of a password; with scopes, an end, and never more than their role."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from concordant.record import RecordError, UnknownError
from concordant.web.rights import Person, Scope, can_give

SCHEMA = """
CREATE TABLE IF NOT EXISTS token (
    id TEXT PRIMARY KEY, digest BLOB NOT NULL UNIQUE, name TEXT NOT NULL, label TEXT NOT NULL, scopes TEXT NOT NULL,
    made REAL NOT NULL, until REAL NOT NULL, seen REAL
);
"""
PREFIX = "concordant_"  # so that a token that slipped into a file can be found by searching for it
LONGEST_DAYS = 366
USUAL_DAYS = 90
_DAY_S = 24 * 3600.0
_SEEN_S = 60.0  # a token that is used all the time is not written down all the time
_COLUMNS = "id, name, label, scopes, made, until, seen"
Rows = Callable[..., list[tuple[object, ...]]]


@dataclass(frozen=True, slots=True)
class Token:
    """One token, but for its secret, of which only a hash is kept."""

    id: str
    owner: str
    label: str
    scopes: frozenset[Scope]
    made: float
    until: float
    seen: float | None


class Tokens:
    """The tokens in a file of accounts; `rows` asks it."""

    def __init__(self, rows: Rows, clock: Callable[[], float]) -> None:
        self._rows, self._clock = rows, clock

    def add(self, owner: str, label: str, scopes: Iterable[str], days: int = USUAL_DAYS) -> tuple[Token, str]:
        """Make a token for somebody with an account; the secret is told this once. Raises RecordError."""
        wanted = _scopes(scopes)
        role = self._role(owner)
        beyond = [scope for scope in wanted if not can_give(role, scope)]
        if beyond:
            raise RecordError(f"{owner} is {role}, which does not allow {', '.join(beyond)}")
        if not 1 <= days <= LONGEST_DAYS:
            raise RecordError(f"a token holds from 1 to {LONGEST_DAYS} days")
        if not label.strip():
            raise RecordError("a token needs a label: what it is for")
        secret, now = PREFIX + secrets.token_urlsafe(32), self._clock()
        made = Token(secrets.token_hex(4), owner, label.strip()[:100], frozenset(wanted), now, now + days * _DAY_S, None)
        self._rows(
            f"INSERT INTO token (digest, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            _digest(secret), made.id, owner, made.label, " ".join(wanted), made.made, made.until, None,
        )  # fmt: skip
        return made, secret

    def _role(self, owner: str) -> str:
        rows = self._rows("SELECT role FROM account WHERE name = ?", owner)
        if not rows:
            raise UnknownError(f"{owner!r} has no account")
        return str(rows[0][0])

    def all(self, owner: str | None = None) -> list[Token]:
        """The tokens (of one person), those that have ended among them, the newest first."""
        sql = f"SELECT {_COLUMNS} FROM token WHERE ? IS NULL OR name = ? ORDER BY made DESC, id"
        return [_token(row) for row in self._rows(sql, owner, owner)]

    def ended(self, token: Token) -> bool:
        return token.until <= self._clock()

    def remove(self, name: str, owner: str | None = None) -> None:
        """Revoke a token (of one person); it opens nothing from the next request on. Raises UnknownError."""
        if not self._rows("SELECT 1 FROM token WHERE id = ? AND (? IS NULL OR name = ?)", name, owner, owner):
            raise UnknownError(f"there is no token {name!r}")
        self._rows("DELETE FROM token WHERE id = ?", name)

    def remove_all(self, owner: str) -> None:
        """Revoke whatever tokens somebody has."""
        self._rows("DELETE FROM token WHERE name = ?", owner)

    def person(self, secret: str) -> Person | None:
        """Whom a token stands for: its owner with the role of now. None for one that is unknown, revoked or ended."""
        now = self._clock()
        rows = self._rows(
            "SELECT t.id, a.name, a.role, t.scopes, t.seen FROM token t JOIN account a ON a.name = t.name WHERE t.digest = ? "
            "AND t.until > ?", _digest(secret), now,
        )  # fmt: skip
        if not rows:
            return None
        name, owner, role, scopes, seen = rows[0]
        if seen is None or float(str(seen)) < now - _SEEN_S:
            self._rows("UPDATE token SET seen = ? WHERE id = ?", now, name)
        return Person(str(owner), str(role), token=str(name), scopes=frozenset(Scope(s) for s in str(scopes).split()))


def bearer(request: Request) -> str | None:
    """The token that a request shows, None where it shows none."""
    kind, _, secret = request.headers.get("authorization", "").partition(" ")
    return secret.strip() if kind.lower() == "bearer" else None


def _scopes(told: Iterable[str]) -> list[Scope]:
    try:
        found = sorted({Scope(name) for name in told})
    except ValueError as error:
        raise RecordError(f"{error}; there are {', '.join(Scope)}") from None
    if not found:
        raise RecordError(f"a token needs a scope at least: {', '.join(Scope)}")
    return found


def _token(row: tuple[Any, ...]) -> Token:
    name, owner, label, scopes, made, until, seen = row
    return Token(name, owner, label, frozenset(Scope(s) for s in scopes.split()), made, until, seen)


def _digest(secret: str) -> bytes:
    """The hash that is kept. The secret has 256 random bits: nothing slower is needed to keep it from being guessed."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
