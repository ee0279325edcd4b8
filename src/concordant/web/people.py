"""Who is at the door: the owner of this computer, or people with accounts, whose sessions are kept by the server."""

from __future__ import annotations

import hashlib
import hmac
import logging
import os
import secrets
import sqlite3
import struct
import threading
import time
from base64 import b32decode, b32encode
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from starlette.requests import Request

from concordant.record import RecordError
from concordant.record.record import whoami
from concordant.web.limiting import Failures
from concordant.web.rights import ROLES, Person
from concordant.web.tokens import SCHEMA as TOKENS
from concordant.web.tokens import Tokens, bearer

_log = logging.getLogger("concordant.web")
COOKIE = "concordant-session"
_IDLE_S, _LONGEST_S = 1800, 12 * 3600
_HASHING = threading.BoundedSemaphore(2)  # a hash takes 64 MiB: many who sign in at once wait for each other
_SCHEMA = """
CREATE TABLE IF NOT EXISTS account (name TEXT PRIMARY KEY, role TEXT NOT NULL, password TEXT NOT NULL, totp TEXT);
CREATE TABLE IF NOT EXISTS session (token BLOB PRIMARY KEY, name TEXT NOT NULL, made REAL NOT NULL, seen REAL NOT NULL);
CREATE TABLE IF NOT EXISTS attempt (name TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS denied (at REAL NOT NULL, name TEXT, what TEXT NOT NULL, reason TEXT NOT NULL);
"""


class Doors:
    """Tells who sends a request."""

    signs_in = False

    def __init__(self, owner: Person | None = None) -> None:
        self._owner = owner

    @classmethod
    def of_owner(cls) -> Doors:
        """Doors of a server that only this computer can reach: whoever comes is its owner."""
        return cls(Person(whoami(), "admin", local=True))

    def person(self, request: Request) -> Person | None:
        return self._owner

    def denied(self, request: Request, person: Person | None, reason: str) -> None:
        """Note that something was refused."""
        name = person.name if person else "nobody"
        _log.warning("denied %s %s to %s: %s", request.method, request.url.path, name, reason)


class People(Doors):
    """Accounts and sessions, in a file beside the record: names and secrets are no part of the record itself."""

    signs_in = True

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        super().__init__(None)
        self.path, self._clock, self._lock = path, clock, threading.Lock()
        self.tokens, self.failures = Tokens(self._rows, clock), Failures(self._rows, clock)

    @classmethod
    def beside(cls, record: Path) -> People:
        return cls(record.with_name(f"{record.name}.people"))

    def _open(self) -> sqlite3.Connection:
        if not self.path.exists():
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        connection = sqlite3.connect(self.path, timeout=30, isolation_level=None)
        connection.executescript(_SCHEMA + TOKENS)
        return connection

    def _rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        with self._lock, closing(self._open()) as connection:
            return connection.execute(sql, values).fetchall()

    def any(self, role: str | None = None) -> bool:
        """Whether anybody has an account (of this role)."""
        if not self.path.exists():
            return False
        return bool(self._rows("SELECT 1 FROM account WHERE ? IS NULL OR role = ?", role, role))

    def all(self) -> list[tuple[str, str, bool]]:
        """Names, roles, and whether a code is asked for."""
        rows = self._rows("SELECT name, role, totp IS NOT NULL FROM account ORDER BY name")
        return [(str(n), str(r), bool(t)) for n, r, t in rows]

    def add(self, name: str, role: str, password: str, *, totp: bool = False) -> str | None:
        """Make an account or change one; its sessions and tokens end. Returns the secret for codes where one was made."""
        if role not in ROLES:
            raise RecordError(f"{role!r} is no role; there are {', '.join(ROLES)}")
        if not name.strip() or len(password) < 10:
            raise RecordError("an account needs a name and a password of ten characters at least")
        secret = b32encode(secrets.token_bytes(20)).decode() if totp else None
        self._rows("INSERT OR REPLACE INTO account VALUES (?, ?, ?, ?)", name, role, _hasher().hash(password), secret)
        self._end(name)
        return secret

    def _end(self, name: str) -> None:
        """Whoever holds a session or a token of an account, perhaps not its owner, holds nothing any more."""
        self._rows("DELETE FROM session WHERE name = ?", name)
        self.tokens.remove_all(name)

    def remove(self, name: str) -> None:
        """Take an account away; its sessions and tokens end."""
        self._rows("DELETE FROM account WHERE name = ?", name)
        self._end(name)

    def person(self, request: Request) -> Person | None:
        """Whom the request's token stands for, else whose session it carries; the role is that of now.

        A request that shows a token is judged by it alone: a session that it carries besides does not count.
        """
        shown = bearer(request)
        if shown is not None:
            return self.tokens.person(shown)
        token, now = request.cookies.get(COOKIE), self._clock()
        if not token:
            return None
        rows = self._rows(
            "SELECT a.name, a.role FROM session s JOIN account a ON a.name = s.name WHERE s.token = ? AND s.seen > ? AND s.made > ?",
            _digest(token), now - _IDLE_S, now - _LONGEST_S,
        )  # fmt: skip
        if not rows:
            return None
        self._rows("UPDATE session SET seen = ? WHERE token = ?", now, _digest(token))
        return Person(str(rows[0][0]), str(rows[0][1]))

    def sign_in(self, name: str, password: str, code: str, address: str = "") -> str | None:
        """A new session's token; None where name, password and code do not fit. Raises TooOftenError after too many tries."""
        now, made = self._clock(), self.failures.begin(name, address)
        rows = self._rows("SELECT password, totp FROM account WHERE name = ?", name)
        kept, secret = (str(rows[0][0]), rows[0][1]) if rows else (_nobody(), None)
        right = _fits(kept, password) and bool(rows) and (secret is None or _code_fits(str(secret), code, now))
        if not right:
            return None
        self.failures.well(name, made)
        token = secrets.token_urlsafe(32)
        self._rows("INSERT INTO session VALUES (?, ?, ?, ?)", _digest(token), name, now, now)
        return token

    def sign_out(self, request: Request) -> None:
        self._rows("DELETE FROM session WHERE token = ?", _digest(request.cookies.get(COOKIE, "")))

    def denied(self, request: Request, person: Person | None, reason: str) -> None:
        super().denied(request, person, reason)
        what = f"{request.method} {request.url.path}"[:300]
        name = person.name if person else None
        told = f"{reason} (token {person.token})" if person and person.token else reason
        self._rows("INSERT INTO denied VALUES (?, ?, ?, ?)", self._clock(), name, what, told)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _hasher() -> _Hasher:
    return _Hasher()


class _Hasher:
    """Argon2id with the library's settings (RFC 9106's low-memory profile)."""

    def __init__(self) -> None:
        from argon2 import PasswordHasher

        self._made = PasswordHasher()

    def hash(self, password: str) -> str:
        return str(self._made.hash(password))

    def fits(self, kept: str, password: str) -> bool:
        from argon2.exceptions import Argon2Error, InvalidHashError

        try:
            with _HASHING:
                return bool(self._made.verify(kept, password))
        except (Argon2Error, InvalidHashError):
            return False


_NOBODY: list[str] = []


def _nobody() -> str:
    """A password nobody has: checking against it takes as long as checking a real one, so that names cannot be found out."""
    if not _NOBODY:
        _NOBODY.append(_hasher().hash(secrets.token_urlsafe(16)))
    return _NOBODY[0]


def _fits(kept: str, password: str) -> bool:
    return _hasher().fits(kept, password)


def totp(secret: str, now: float) -> str:
    """The six digits of a secret at a time (RFC 6238)."""
    mac = hmac.new(b32decode(secret), struct.pack(">Q", int(now) // 30), "sha1").digest()
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def _code_fits(secret: str, code: str, now: float) -> bool:
    """Whether a code is that of now, or of half a minute before or after."""
    given = code.replace(" ", "").encode()
    return any(hmac.compare_digest(totp(secret, now + shift).encode(), given) for shift in (-30, 0, 30))
