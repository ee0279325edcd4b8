"""Watching feeds: asked again and again, only what is new is taken, one that fails is asked less and less often."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from concordant.fetching.polite import Polite, validators
from concordant.record.alerting import Alerts
from concordant.record.database import Database
from concordant.record.forms import Outcome, RawItem
from concordant.record.items import take_all
from concordant.record.pages import Intake, entry_item, read_feeds
from concordant.record.record import Record
from concordant.record.subscriptions import state_of, subscriptions, write_state
from concordant.reports.feeds import Entry, Feed
from concordant.reports.fetched import Fetched, FetchError
from concordant.reports.report import Refused

EVERY_S = 900.0
_SLOWEST_S = 24 * 3600.0
_LOOK_S = 30.0  # a feed that is subscribed to meanwhile waits no longer than this
_TRIES = 3  # times an entry's page may fail before that is written down


@dataclass(frozen=True, slots=True)
class Round:
    """What one round brought: feeds asked, unchanged and failed; entries new; what became of the reports; alerts sent."""

    asked: int = 0
    unchanged: int = 0
    failed: tuple[tuple[str, str], ...] = ()
    new: int = 0
    outcomes: Mapping[str, int] = field(default_factory=dict)
    alerts: int = 0
    undelivered: int = 0

    def line(self) -> str:
        """The round in one line."""
        became = ", ".join(f"{number} {state}" for state, number in sorted(self.outcomes.items())) or "nothing to read"
        late = f", {self.undelivered} not delivered yet" if self.undelivered else ""
        return (
            f"{self.asked} feeds asked, {self.unchanged} unchanged, {len(self.failed)} failed; {self.new} new entries: "
            f"{became}; {self.alerts} alerts{late}"
        )


@dataclass(frozen=True, slots=True)
class _Answers:
    """What asking the feeds that were due came to."""

    asked: int
    unchanged: int
    failed: tuple[tuple[str, str], ...]
    new: int


class Watch:
    """Keeps a record up to date with feeds, until it is told to stop: with those named, or else those subscribed to."""

    def __init__(
        self, record: Record, feeds: Iterable[str] | None, fetch: Polite, *, every: float = EVERY_S,
        alerts: Alerts | None = None, clock: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        self.record, self.fetch, self.every, self.alerts, self._clock = record, fetch, every, alerts, clock
        self._named = None if feeds is None else tuple(feeds)
        self._listed: dict[str, tuple[str, ...]] = {}
        self._stop = threading.Event()

    @property
    def feeds(self) -> list[str]:
        """The feeds to ask: those named or subscribed to, and those that a list among them has."""
        named = self._named if self._named is not None else [s.address for s in subscriptions(self.record.database)]
        return list(dict.fromkeys([*named, *(url for name in named for url in self._listed.get(name, ()))]))

    def stop(self) -> None:
        """End after what is being done now: no report is left half taken in."""
        self._stop.set()

    def run(self, rounds: int | None = None) -> Iterator[Round]:
        """One round after another."""
        done = 0
        while not self._stop.is_set():
            yield self.round()
            done += 1
            if rounds is not None and done >= rounds:
                return
            while not self._stop.is_set() and (wait := self._next() - self._clock()) > 0:
                self._stop.wait(min(wait, _LOOK_S))

    def _next(self) -> float:
        """When the next feed is due."""
        return min((self._state(url).get("next", 0.0) for url in self.feeds), default=self._clock() + self.every)

    def round(self) -> Round:
        """Ask the feeds that are due, take in what is new, read it, and send the alerts it gives rise to."""
        got = self.collect()
        outcomes = _counted(self.record.process())
        sent, late = self.alerts.send(self.record) if self.alerts else (0, 0)
        return Round(got.asked, got.unchanged, got.failed, got.new, outcomes, sent, late)

    def collect(self, *, at_once: bool = False) -> _Answers:
        """Ask the feeds that are due (`at_once`: all of them) and take in what is new, without reading it."""
        due = [url for url in self.feeds if at_once or self._state(url).get("next", 0.0) <= self._clock()]
        unchanged, failed = 0, []
        read: list[tuple[str, Feed]] = []
        for url, answer in self._answers(due):
            if isinstance(answer, Feed):
                read.append((url, answer))
            elif isinstance(answer, str):
                failed.append((url, answer))
            else:
                unchanged += 1
        new = sum(self._take(url, feed) for url, feed in read if not self._stop.is_set())
        return _Answers(len(due), unchanged, tuple(failed), new)

    def _answers(self, due: Iterable[str]) -> Iterator[tuple[str, Feed | str | None]]:
        """What each feed answered: the feed, why there is none, or None where nothing has changed."""
        got: list[tuple[str, Fetched]] = []
        for url in due:
            if self._stop.is_set():
                break
            answer = self._ask(url)
            if isinstance(answer, Fetched):
                got.append((url, answer))
            else:
                yield url, answer
        if not got:
            return
        for (url, answer), feed in zip(got, read_feeds([(a.body, a.url) for _, a in got]), strict=True):
            if isinstance(feed, Refused):
                self._failed(url, str(feed.code), feed.reason)
                yield url, feed.reason
            else:
                self._well(url, {"etag": None, "modified": None, **validators(answer)})
                yield url, feed

    def _ask(self, url: str) -> Fetched | str | None:
        state = self._state(url)
        try:
            answer = self.fetch.fetch(url, etag=state.get("etag"), modified=state.get("modified"))
        except FetchError as error:
            self._failed(url, error.code, error.reason)
            return error.reason
        if answer.status == 304:
            self._well(url, {})
            return None
        return answer

    def _take(self, url: str, feed: Feed) -> int:
        """Take in the entries of a feed that are new; of a list of feeds, watch those."""
        self._listed[url] = feed.feeds
        new = [entry for entry in feed.entries if not _known(self.record.database, entry.url)]
        receipts = take_all(self.record.database, self._pages(new, feed))
        taken = sum(receipt.new for receipt in receipts)
        before = int(self._state(url).get("taken", 0))
        self._write(url, {"title": feed.title, "entries": len(feed.entries), "feeds": len(feed.feeds) or None, "taken": before + taken})
        return taken

    def _pages(self, entries: Iterable[Entry], feed: Feed) -> Iterator[RawItem]:
        for entry in entries:
            if self._stop.is_set():
                return
            item = entry_item(entry, feed, Intake(fetch=self.fetch))
            if item.body is None and self._tries(entry.url) < _TRIES:
                continue  # the site may be down: it is tried again in the next rounds
            yield item

    def _tries(self, url: str) -> int:
        state = self._state(f"entry {url}")
        tries = int(state.get("tries", 0)) + 1
        self._write(f"entry {url}", {"tries": tries})
        return tries

    def _well(self, url: str, told: Mapping[str, Any]) -> None:
        now = self._clock()
        self._write(url, {**told, "failures": 0, "code": None, "why": None, "asked": now, "seen": now, "next": now + self.every})

    def _failed(self, url: str, code: str, reason: str) -> None:
        failures, now = int(self._state(url).get("failures", 0)) + 1, self._clock()
        wait = min(_SLOWEST_S, self.every * 2.0 ** min(failures, 20))
        self._write(url, {"failures": failures, "code": code, "why": reason, "asked": now, "next": now + wait})

    def _state(self, key: str) -> dict[str, Any]:
        return state_of(self.record.database, key)

    def _write(self, key: str, told: Mapping[str, Any]) -> None:
        write_state(self.record.database, key, told)


def _known(database: Database, url: str) -> bool:
    """Whether an entry's page has come in, or was given up."""
    return database.row("SELECT 1 FROM sighting WHERE source = ? LIMIT 1", (url,)) is not None


def _counted(outcomes: Iterable[Outcome]) -> dict[str, int]:
    found: dict[str, int] = {}
    for outcome in outcomes:
        found[outcome.state] = found.get(outcome.state, 0) + 1
    return found
