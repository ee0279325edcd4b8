"""Linking as reports come in: which accounts a change may touch, their events made again, and what became different."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any

from concordant.codebook import Codebook
from concordant.linking import Account, Cluster, cluster, happenings_told, revises_toll, telling_words
from concordant.record.accounts import Accounts
from concordant.record.copies import find_copies, move
from concordant.record.database import Change, Database
from concordant.record.edges import Edges
from concordant.record.settling import Settling
from concordant.review import Ruling

_RULES = "rules"


class Linkage:
    """The linking of one record. It keeps what it has looked at; after a change that was not kept it starts afresh."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.accounts = Accounts(database)
        self.edges = Edges(database, self.accounts)
        self.settling = Settling(database, self.accounts)
        self._seen = -1

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction in which accounts are linked.

        What was looked at before is forgotten where another process has written in the meantime, or where the
        transaction comes to nothing.
        """
        try:
            with self.database.transaction():
                if self.database.head() != self._seen:
                    self.accounts.forget()
                yield
                self._seen = self.database.head()
        except BaseException:
            self.accounts.forget()
            raise

    @staticmethod
    def heard(title: str | None, text: str, language: str | None, event: Mapping[str, Any]) -> dict[str, Any]:
        """What linking needs of a report's text for one of its accounts, worked out when the report is coded."""
        return {
            "words": list(telling_words(title, text, event)), "tells": happenings_told(title, text, language, event),
            "revises": revises_toll(title, text, language, event),
        }  # fmt: skip

    def own_origin(self, report: int) -> str:
        """The origin of a report that is no copy: itself."""
        return str(self.database.value("SELECT report_id FROM report WHERE id = ?", (report,)))

    def report_added(self, change: Change, report: int, text: str) -> None:
        """Link the accounts of a report that has just come in."""
        if report == 1:
            self.note_rules()
        moved = find_copies(self.database, change, report, text)
        old = self.accounts.of_reports(set(moved.reports) - {report}) if moved else []
        touched = self.edges.unfile(change, old)  # under the keys they have: an account's origin is one of them
        if moved:
            move(change, moved)
        new = self.accounts.of_reports([report])
        self.accounts.forget([*new, *old])
        touched |= self.edges.file(change, [*new, *old])
        self.relink(change, {*new, *old, *touched})

    def accounts_gone(self, change: Change, gone: Iterable[str]) -> set[str]:
        """Take accounts out that a newer coding does not have; returns those that may stand differently without them."""
        left = list(gone)
        touched = self.settling.mates(left) | self.edges.unfile(change, left)
        self.settling.drop(change, left)
        self.accounts.forget(left)
        for name in left:
            change.put("DELETE FROM account_now WHERE account_id = ?", (name,))
        return touched - set(left)

    def accounts_come(self, change: Change, new: Iterable[str], touched: Iterable[str]) -> None:
        """Link the accounts of a newer coding, and others that may stand differently."""
        come = list(new)
        self.accounts.forget(come)
        self.relink(change, {*come, *touched, *self.edges.file(change, come)})

    def relink(self, change: Change, seeds: Iterable[str]) -> None:
        """Make the events of some accounts again, with all accounts that could be of the same events."""
        seen: set[str] = set()
        clusters: list[Cluster] = []
        wanted = set(seeds)
        for name in sorted(wanted | self.settling.mates(wanted)):
            if name in seen:
                continue
            component = self.component(name)
            seen |= component
            clusters += self._clusters(component)
        self.settling.settle(change, seen, clusters, wanted)

    def rules(self) -> str:
        """The version of the rules by which accounts are linked and values chosen now."""
        return f"{version('concordant')} {Codebook().rules_version}"

    def outdated(self) -> bool:
        """Whether events were made by other rules than those of now."""
        found = self.database.value("SELECT state FROM feed WHERE address = ?", (_RULES,))
        return found is not None and found != self.rules()

    def note_rules(self) -> None:
        """Write down that the events are made by the rules of now."""
        with self.database.transaction():
            self.database.rows("INSERT OR REPLACE INTO feed VALUES (?, ?)", (_RULES, self.rules()))

    def relink_all(self, change: Change) -> None:
        """File and link every account anew, by the rules of now."""
        self.accounts.forget()
        for table in ("block", "edge"):
            change.put(f"DELETE FROM {table}")
        names = [str(row[0]) for row in self.database.rows("SELECT account_id FROM account_now ORDER BY account")]
        self.edges.file(change, names)
        self.relink(change, names)

    def component(self, name: str) -> set[str]:
        """All accounts that edges and rulings connect with one."""
        found, ahead = {name}, [name]
        while ahead:
            beside = {other for one in ahead for other in self.edges.beside(one)}
            beside |= set(self.settling.decisions.same(ahead))
            ahead = sorted(beside - found)
            found |= beside
        return found

    def _clusters(self, names: set[str]) -> tuple[Cluster, ...]:
        decisions = self.settling.decisions
        counted = [name for name in sorted(names) if not decisions.irrelevant(self.accounts.get(name).report_id)]
        accounts: list[Account] = [self.accounts.get(name) for name in counted]
        rulings: tuple[Ruling, ...] = decisions.pairs(names)
        return cluster(accounts, rulings, pairs=self.edges.among(counted))
