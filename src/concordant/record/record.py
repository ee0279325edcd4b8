"""The record: reports come in, events come out, nothing is lost, and every view can be had as it was known then."""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concordant.record import (
    auditing,
    backing,
    decided,
    history,
    lookup,
    nearby,
    recoding,
    ruling,
    subscriptions,
    tallies,
)
from concordant.record.database import Clock, Database, utc_now
from concordant.record.filters import Filters
from concordant.record.forms import Counts, Event, LogLine, Outcome, RawItem, Receipt, ReportView, Skipped
from concordant.record.intake import raw_items
from concordant.record.items import outcome, retry, take_all
from concordant.record.linkage import Linkage
from concordant.record.pages import Intake
from concordant.record.processing import Work, process
from concordant.record.public import Public
from concordant.record.revisiting import Revisiting
from concordant.record.seconds import Seconds
from concordant.releases import Policy
from concordant.reports.report import Unreadable
from concordant.review import Judgement, Ruling

if TYPE_CHECKING:
    from concordant.record.frames import Events
    from concordant.record.subscriptions import Subscription

AsOf = str | datetime | int | None


class Record:
    """An open record. Every method may be called from any thread; each thread has its own connection.

    `as_of` is a day (its end, UTC), a moment or an entry's number: the answer is what the record would have said then,
    to the byte. None is now.
    """

    def __init__(self, path: str | Path, *, work: Work | None = None, clock: Clock = utc_now) -> None:
        self.path = Path(path)
        self.database = Database(self.path, clock)
        self.work = work or Work()
        self.linkage = Linkage(self.database)

    def __enter__(self) -> Record:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections of all threads."""
        self.database.close()

    # What comes in

    def take(self, raw: RawItem) -> Receipt:
        """Keep one item's bytes. The receipt comes when they are on the disk; nothing has read them yet."""
        return next(iter(take_all(self.database, [raw])))

    def take_all(self, raws: Iterable[RawItem]) -> Iterator[Receipt]:
        """Keep many items, a batch to a transaction."""
        return take_all(self.database, raws)

    def process(self, *, workers: int | None = None) -> Iterator[Outcome]:
        """Read, code and link what is pending; an outcome for each item, given when it has been kept."""
        work = self.work if workers is None else _with_workers(self.work, workers)
        return process(self.database, self.linkage, work)

    def add(self, sources: Iterable[str | Path], intake: Intake | None = None) -> Iterator[Receipt | Unreadable | Outcome]:
        """Take and process sources: first a receipt for each item (or why there is none), then what became of them."""
        yield from self.receive(sources, intake)
        yield from self.process()

    def receive(self, sources: Iterable[str | Path], intake: Intake | None = None) -> Iterator[Receipt | Unreadable]:
        """Take what is in files, folders, archives and at addresses, without reading it."""
        refused: list[Unreadable] = []

        def raws() -> Iterator[RawItem]:
            for item in raw_items(sources, self._revisiting(intake or Intake())):
                if isinstance(item, Unreadable):
                    refused.append(item)
                else:
                    yield item

        for receipt in self.take_all(raws()):
            yield receipt
            while refused:
                yield refused.pop(0)
        yield from refused

    def subscribe(self, address: str, *, by: str | None = None) -> str:
        """Keep the record up to date with a feed (see `concordant watch`); returns its address as it is kept."""
        return subscriptions.subscribe(self.database, address, by or whoami())

    def unsubscribe(self, address: str, *, by: str | None = None) -> None:
        """Ask a feed no longer; what came of it stays. Raises UnknownError."""
        subscriptions.unsubscribe(self.database, address, by or whoami())

    def subscriptions(self, *, as_of: AsOf = None) -> list[Subscription]:
        """The feeds subscribed to, with how asking them goes; of an earlier time only which they were."""
        return subscriptions.subscriptions(self.database, None if as_of is None else self.database.moment(as_of))

    def _revisiting(self, intake: Intake) -> Intake:
        """The same, asking for what came in before only whether it has changed."""
        return intake if intake.fetch is None else replace(intake, fetch=Revisiting(self.database, intake.fetch))

    def retry(self, items: Iterable[int] | None = None, *, by: str | None = None) -> int:
        """Let quarantined items be tried again (all, or those named); returns how many."""
        return retry(self.database, None if items is None else list(items), actor=by or whoami())

    # What came of it

    def events(
        self, filters: Filters | None = None, *, as_of: AsOf = None, limit: int | None = None, after: str | None = None,
        oldest_first: bool = False, order: str = "day",
    ) -> Events:  # fmt: skip
        """The events that `filters` let through, newest first; `after` is the id of the last one of the page before.

        `order` is one of frames.ORDERS (day, killed, confidence, …), from high to low, or with `oldest_first` from low.

        The result is read as it is iterated, all of it as of one moment; `.to_pandas()` makes it a table.
        """
        from concordant.record.frames import Events

        return Events(self.database, filters or Filters(), self.database.moment(as_of), limit, after, oldest_first, order)

    def count(self, filters: Filters | None = None, *, as_of: AsOf = None) -> int:
        """How many events `filters` let through."""
        with self.database.reading():
            return lookup.count(self.database, filters or Filters(), self.database.moment(as_of))

    def tally(self, by: str, filters: Filters | None = None, *, as_of: AsOf = None) -> list[tallies.Tally]:
        """The events that `filters` let through, counted by year, month, day, kind, country, admin1, killed, …."""
        with self.database.reading():
            return tallies.tally(self.database, filters or Filters(), self.database.moment(as_of), by)

    def cells(self, degrees: float, filters: Filters | None = None, *, as_of: AsOf = None) -> list[tallies.Cell]:
        """The events with coordinates, brought together by squares of the map."""
        with self.database.reading():
            return tallies.cells(self.database, filters or Filters(), self.database.moment(as_of), degrees)

    def event(self, event_id: str, *, as_of: AsOf = None) -> Event:
        """One event, also by an id that it had before, or by its first characters. Raises UnknownError."""
        seq = self.database.moment(as_of)
        return lookup.event(self.database, lookup.event_name(self.database, event_id, seq), seq)

    def dossier(self, event_id: str, *, as_of: AsOf = None) -> dict[str, Any]:
        """Everything the record knows of an event: each account with its claims and words, rulings, links, history."""
        with self.database.reading():
            return lookup.dossier(self.database, event_id, self.database.moment(as_of))

    def account_event(self, account_id: str, *, as_of: AsOf = None) -> str | None:
        """The event that an account belongs to."""
        return lookup.account_event(self.database, account_id, self.database.moment(as_of))

    def present_account(self, account_id: str, *, as_of: AsOf = None) -> str:
        """What an account is called that was coded again since."""
        return self.linkage.settling.decisions.present(account_id, self.database.moment(as_of))

    def log(self, event_id: str, *, as_of: AsOf = None) -> list[LogLine]:
        """Which report or ruling changed which value of an event, and when."""
        seq = self.database.moment(as_of)
        return history.log(self.database, lookup.full_name(self.database, event_id, seq), seq)

    def reports(
        self, *, state: str | None = None, text: str | None = None, as_of: AsOf = None, limit: int = 100, after: int = 0,
        newest_first: bool = False,
    ) -> list[Mapping[str, Any]]:  # fmt: skip
        """Reports in the order in which they came in; `after` is the number of the last one of the page before."""
        seq = self.database.moment(as_of)
        with self.database.reading():
            return lookup.reports(self.database, state, text, seq, limit, after, newest_first=newest_first)

    def count_reports(self, *, state: str | None = None, text: str | None = None, as_of: AsOf = None) -> int:
        """How many reports there are of a state, or that tell of these words."""
        return lookup.count_reports(self.database, state, text, self.database.moment(as_of))

    def report(self, report_id: str, *, as_of: AsOf = None) -> ReportView:
        """One report: its text, what the coder made of it, its copies. Raises UnknownError."""
        with self.database.reading():
            return lookup.report(self.database, report_id, self.database.moment(as_of))

    def raw(self, sha256: str) -> bytes:
        """The bytes of this hash as they came in. Raises UnknownError, and StorageError where they are not the same."""
        return lookup.raw(self.database, sha256)

    def skipped(
        self, *, what: str | None = None, as_of: AsOf = None, limit: int | None = None
    ) -> Iterator[Skipped]:
        """What was received and not coded, and passages that were left, with the reasons."""
        return lookup.skipped(self.database, what, self.database.moment(as_of), limit)

    def outcome(self, item: int) -> Outcome:
        """What has become of an item until now, by the number in its receipt. Raises UnknownError."""
        with self.database.reading():
            return outcome(self.database, item)

    def counts(self, *, as_of: AsOf = None) -> Counts:
        """How many items came in and what became of them."""
        with self.database.reading():
            return lookup.counts(self.database, self.database.moment(as_of))

    def moment(self, as_of: AsOf = None) -> int:
        """The number of the last entry known at a time; reading with it gives one and the same state ever after."""
        return self.database.moment(as_of)

    # What people decide

    def rule(self, made: Ruling) -> str:
        """Write down a ruling and make the events it touches again; returns its id."""
        return ruling.rule(self.database, self.linkage, made)

    def decide(
        self, kind: str, subject: Iterable[str], *, why: str, by: str | None = None,
        value: Mapping[str, Any] | None = None, judgement: str = Judgement.SAME,
    ) -> str:  # fmt: skip
        """Make a ruling about accounts or reports and write it down; it supersedes an earlier one on the same question."""
        return ruling.decide(
            self.database, self.linkage, kind, subject, why=why, by=by or whoami(), value=value, judgement=judgement
        )

    def link(self, one: str, other: str, *, why: str, by: str | None = None) -> str:
        """Rule that two events (or accounts) are the same happening."""
        return ruling.link(self.database, self.linkage, one, other, why=why, by=by or whoami())

    def unlink(self, one: str, other: str, *, why: str, by: str | None = None) -> str:
        """Rule that two accounts, or an account and the rest of its event, are not the same happening."""
        return ruling.unlink(self.database, self.linkage, one, other, why=why, by=by or whoami())

    def rule_event(
        self, event_id: str, kind: str, *, why: str, by: str | None = None, value: Mapping[str, Any] | None = None,
        judgement: str = Judgement.SAME,
    ) -> str:  # fmt: skip
        """Make a ruling about an event as it stands: it is written down about the event's earliest account."""
        return ruling.rule_event(
            self.database, self.linkage, event_id, kind, why=why, by=by or whoami(), value=value, judgement=judgement
        )

    def rulings(self, event_id: str | None = None, *, as_of: AsOf = None, all: bool = False) -> list[Ruling]:
        """The rulings in force, of one event or of the whole record; `all` adds those that were superseded."""
        return decided.rulings(self.database, event_id, self.database.moment(as_of), everything=all)

    def mark(
        self, name: str, quotation: str, *, report: str | None = None, near: tuple[str, int] | None = None, which: int | None = None
    ) -> tuple[str, dict[str, Any]]:
        """Where a quotation stands: the account of an event whose report has it letter for letter, and the evidence for a value.

        The value is then ruled on that account: `decide("value", [account], value={"field": …, "value": …, "evidence": [evidence]})`.
        `near` (part, offset) or `which` (1 for the first) tell words apart that stand there several times.
        """
        return ruling.marked(self.database, self.linkage, name, quotation, report=report, near=near, which=which)

    def ruling(self, ruling_id: str) -> Ruling:
        """One ruling, whether it stands or not. Raises UnknownError."""
        return decided.ruling_named(self.database, ruling_id)

    def rulings_about(self, names: Iterable[str], *, as_of: AsOf = None) -> list[Ruling]:
        """The rulings in force on these accounts and reports."""
        return decided.rulings_about(self.database, names, self.database.moment(as_of))

    def latest_rulings(self, *, as_of: AsOf = None, limit: int = 50, skip: int = 0) -> list[Ruling]:
        """Rulings, the newest first, those that were superseded or taken back among them."""
        return decided.page(self.database, self.database.moment(as_of), limit, skip)

    def take_back(self, ruling_id: str, *, why: str, by: str | None = None) -> str:
        """Take a ruling back: the events it touches are made again without it. Raises UnknownError where it does not stand."""
        return ruling.take_back(self.database, self.linkage, ruling_id, why=why, by=by or whoami())

    def misfits(self, *, as_of: AsOf = None) -> list[Mapping[str, Any]]:
        """Rulings that no longer fit what they are about, and wait for a person."""
        return decided.misfits(self.database, self.database.moment(as_of))

    def near_pairs(self, *, as_of: AsOf = None, limit: int = 50) -> list[tuple[str, str]]:
        """Pairs of events that may be one happening and that nobody has ruled on."""
        with self.database.reading():
            return nearby.near_pairs(self.database, self.database.moment(as_of), limit)

    # Coding a second time

    @property
    def seconds(self) -> Seconds:
        """Events that are given to people to be coded blind, and what they made of them."""
        return Seconds(self.database)

    # For everybody to see

    @property
    def public(self) -> Public:
        """What is let out for everybody to see, and in which form."""
        return Public(self.database, self.linkage, Policy.of(tuple(Path(folder) for folder in self.work.codebook)))

    # Keeping it

    def verify(self) -> auditing.Verdict:
        """Check the chain of the log, every row and every raw document against it."""
        return auditing.verify(self.database)

    def knows_head(self, head: str) -> bool:
        """Whether the log has an entry of this hash (or its first characters)."""
        return auditing.knows_head(self.database, head)

    def backup(self, target: str | Path) -> str:
        """Copy the record while it is in use; returns the hash of the last entry in the copy."""
        return backing.backup(self.database, Path(target))

    def propose(self, *, reports: Iterable[str] | None = None) -> recoding.Proposal:
        """Code the record again with the coder of now and tell, event by event, what would be different."""
        return recoding.propose(self.database, self.work, reports)

    def accept(self, *, why: str, by: str | None = None) -> int:
        """Take in what was last proposed; returns how many reports have a new coding."""
        return recoding.accept(self.database, self.linkage, why=why, by=by or whoami())


def _with_workers(work: Work, workers: int) -> Work:
    return replace(work, workers=workers)


def whoami() -> str:
    """The name under which this user's decisions are written down."""
    import os

    try:
        return os.environ.get("CONCORDANT_USER") or getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def open_record(path: str | Path, *, workers: int = 1, codebook: tuple[str, ...] = (), scope: str = "default") -> Record:
    """Open a record, or make one where there is none. Raises RecordError for a file that is none."""
    return Record(path, work=Work(workers=workers, codebook=codebook, scope=scope))
