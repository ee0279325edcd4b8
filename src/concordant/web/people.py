"""Who is at the door: the owner of this computer, or people with accounts."""

from __future__ import annotations

import logging

from starlette.requests import Request

from concordant.record.record import whoami
from concordant.web.rights import Person

_log = logging.getLogger("concordant.web")


class Doors:
    """Tells who sends a request."""

    def __init__(self, owner: Person | None) -> None:
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
