"""Settling what linking found: who belongs to which event, what each event says, and only what is different is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from concordant.linking import Account, Cluster
from concordant.record.accounts import Accounts
from concordant.record.database import Change, Database
from concordant.record.decisions import Decisions
from concordant.record.filters import columns, tags
from concordant.record.fitting import misfits
from concordant.record.packing import as_json, pack_text, unpack_text
from concordant.record.values import event_values
from concordant.review import Ruling

# What an event is: one that counts; a sum over several; recalled too vaguely to be told from others; ruled to be none;
# or one whose accounts have all gone to others.
EVENT, SUM, VAGUE, NOT_EVENT, GONE = "event", "sum", "vague", "not_event", "gone"


class Settling:
    """The events of a record."""

    def __init__(self, database: Database, accounts: Accounts) -> None:
        self._database, self._accounts = database, accounts
        self.decisions = Decisions(database)

    def event_of(self, name: str) -> str | None:
        """The event that an account belongs to."""
        found = self._database.value(
            "SELECT event_id FROM member_now WHERE account_id = ? AND until IS NULL", (name,)
        )
        return None if found is None else str(found)

    def members(self, event_id: str) -> list[str]:
        """The accounts of an event."""
        sql = "SELECT account_id FROM member_now WHERE event_id = ? AND until IS NULL ORDER BY account_id"
        return [str(row[0]) for row in self._database.rows(sql, (event_id,))]

    def mates(self, names: Iterable[str]) -> set[str]:
        """The accounts that are of one event with these, they themselves among them."""
        events = {event for name in names if (event := self.event_of(name)) is not None}
        return {name for event in events for name in self.members(event)}

    def settle(self, change: Change, looked_at: set[str], clusters: Sequence[Cluster], seeds: set[str]) -> None:
        """Write down the events of the accounts that were looked at; `seeds` are those that changed themselves."""
        before = {name: self.event_of(name) for name in sorted(looked_at)}
        after: dict[str, str] = {name: cluster.id for cluster in clusters for name in cluster.account_ids}
        moved = [name for name in sorted(looked_at) if before[name] != after.get(name)]
        for name in moved:
            self._move(change, name, before[name], after.get(name))
        events = {event for name in {*moved, *(seeds & looked_at)} for event in (before[name], after.get(name)) if event}
        by_id = {cluster.id: cluster for cluster in clusters}
        for event in sorted(events):
            if event in by_id:
                self._make(change, by_id[event], before)
            elif not self.members(event):
                heirs = sorted({after[name] for name in moved if before[name] == event and name in after})
                self._write(change, event, GONE, heirs, {"id": event, "into": heirs})

    def drop(self, change: Change, names: Iterable[str]) -> None:
        """Take accounts out of their events; what becomes of these is settled with the accounts that are left."""
        for name in names:
            event = self.event_of(name)
            if event is None:
                continue
            self._move(change, name, event, None)
            if not self.members(event):
                self._write(change, event, GONE, [], {"id": event, "into": []})

    @staticmethod
    def _move(change: Change, name: str, before: str | None, after: str | None) -> None:
        change.add("membership", account_id=name, event_id=after)
        if before is not None:
            change.put("UPDATE member_now SET until = ? WHERE account_id = ? AND until IS NULL", (change.seq, name))
        if after is not None:
            change.put(
                "INSERT INTO member_now (account_id, event_id, tx) VALUES (?, ?, ?) ON CONFLICT (account_id, tx) "
                "DO UPDATE SET event_id = excluded.event_id, until = NULL", (name, after, change.seq),
            )  # fmt: skip

    def _make(self, change: Change, cluster: Cluster, before: Mapping[str, str | None]) -> None:
        names = cluster.account_ids
        accounts = [self._accounts.get(name) for name in names]
        rulings = self.decisions.about([*names, *(account.report_id for account in accounts)])
        state = NOT_EVENT if any(ruling.kind == "not_event" for ruling in rulings) else str(cluster.standing)
        values = event_values(cluster, accounts, rulings, state)
        came_from = sorted({event for name in names if (event := before.get(name)) and event != cluster.id})
        self._write(change, cluster.id, state, came_from, values)
        if rulings:
            self._fit(change, values, accounts, rulings)

    def _fit(
        self, change: Change, values: Mapping[str, Any], accounts: Sequence[Account], rulings: Sequence[Ruling]
    ) -> None:
        """Note which rulings what has just come in speaks against."""
        sql = "SELECT tx FROM report WHERE report_id = ?"
        new = [a for a in accounts if self._database.value(sql, (a.report_id,)) == change.seq]
        for name, reason in sorted(set(misfits(values, accounts, new, rulings))):
            if not self._database.row("SELECT 1 FROM misfit WHERE ruling_id = ? AND reason = ?", (name, reason)):
                change.add("misfit", ruling_id=name, state="open", reason=reason)

    def _write(
        self, change: Change, event: str, state: str, related: Sequence[str], values: Mapping[str, Any]
    ) -> None:
        """Add a version of an event, unless it says what the last one says."""
        text = as_json(values)
        last = self._database.row(
            "SELECT id, state, body FROM event_version WHERE event_id = ? ORDER BY id DESC LIMIT 1", (event,)
        )
        if last is not None and last[1] == state and unpack_text(last[2]) == text:
            return
        version = change.add(
            "event_version", event_id=event, state=state, related=as_json(list(related)), body=pack_text(text)
        )
        change.put("UPDATE event_now SET until = ? WHERE event_id = ? AND until IS NULL", (change.seq, event))
        if state != GONE:
            self.show(change, version, event, state, values)

    @staticmethod
    def show(change: Change, version: int, event: str, state: str, values: Mapping[str, Any]) -> None:
        """Lay a version out to be found."""
        row = {"version": version, "event_id": event, "state": state, "tx": change.seq, **columns(values)}
        marks = ", ".join("?" * len(row))
        change.put(f"INSERT INTO event_now ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
        for tag in sorted(tags(values)):
            change.put("INSERT INTO event_tag (tag, day, version) VALUES (?, ?, ?)", (tag, row["day"], version))
