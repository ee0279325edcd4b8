"""What of a record is let out for everybody, as its users see it."""

from __future__ import annotations

from datetime import date, datetime

from concordant.record import lookup, publishing
from concordant.record.database import Database
from concordant.record.linkage import Linkage
from concordant.record.publishing import Publication
from concordant.releases import Policy, Protected

AsOf = str | datetime | int | None


class Public:
    """The events that were let out, by rules (`policy`) that say what of an event may leave and when."""

    def __init__(self, database: Database, linkage: Linkage, policy: Policy) -> None:
        self._database, self._linkage, self._policy = database, linkage, policy

    def form(self, event_id: str, *, on: date, as_of: AsOf = None) -> Protected:
        """How an event would leave if it were let out on a day. Raises UnknownError."""
        seq = self._database.moment(as_of)
        values = lookup.event(self._database, lookup.event_name(self._database, event_id, seq), seq).values
        return publishing.protected(self._policy, values, on)

    def publish(self, event_id: str, *, why: str, by: str, on: date) -> str:
        """Let a confirmed event out in its public form; returns the ruling's id. Raises UnpublishableError."""
        return publishing.publish(self._database, self._linkage, self._policy, event_id, why=why, by=by, on=on)

    def withdraw(self, event_id: str, *, why: str, by: str) -> list[str]:
        """Let an event leave no longer; that it did stays in the log."""
        return publishing.withdraw(self._database, self._linkage, event_id, why=why, by=by)

    def all(self, *, on: date, as_of: AsOf = None) -> list[Publication]:
        """What was let out and not withdrawn, as it stands on a day, the last let out first."""
        seq = self._database.moment(as_of)
        with self._database.reading():
            return publishing.publications(self._database, self._policy, seq, on)
