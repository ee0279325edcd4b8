"""Watching feeds: asked again and again, only what is new is taken, one that fails is asked less and less often."""

from __future__ import annotations

import json
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
from concordant.reports.feeds import Entry, Feed
from concordant.reports.fetched import Fetched, FetchError
from concordant.reports.report import Refused

EVERY_S = 900.0
_SLOWEST_S = 24 * 3600.0
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


class Watch:
    """Keeps a record up to date with feeds, until it is told to stop."""

    def __init__(
        self, record: Record, feeds: Iterable[str], fetch: Polite, *, every: float = EVERY_S,
        alerts: Alerts | None = None, clock: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        self.record, self.fetch, self.every, self.alerts, self._clock = record, fetch, every, alerts, clock
        self.feeds = list(dict.fromkeys(feeds))
        self._stop = threading.Event()

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
            self._stop.wait(max(0.0, self._next() - self._clock()))

    def _next(self) -> float:
        """When the next feed is due."""
        return min((self._state(url).get("next", 0.0) for url in self.feeds), default=self._clock() + self.every)

    def round(self) -> Round:
        """Ask the feeds that are due, take in what is new, read it, and send the alerts it gives rise to."""
        due = [url for url in list(self.feeds) if self._state(url).get("next", 0.0) <= self._clock()]
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
        outcomes = _counted(self.record.process())
        sent, late = self.alerts.send(self.record) if self.alerts else (0, 0)
        return Round(len(due), unchanged, tuple(failed), new, outcomes, sent, late)

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
                self._failed(url, feed.reason)
                yield url, feed.reason
            else:
                self._well(url, validators(answer))
                yield url, feed

    def _ask(self, url: str) -> Fetched | str | None:
        state = self._state(url)
        try:
            answer = self.fetch.fetch(url, etag=state.get("etag"), modified=state.get("modified"))
        except FetchError as error:
            self._failed(url, error.reason)
            return error.reason
        if answer.status == 304:
            self._well(url, {k: state[k] for k in ("etag", "modified") if k in state})
            return None
        return answer

    def _take(self, url: str, feed: Feed) -> int:
        """Take in the entries of a feed that are new; of a list of feeds, watch those."""
        self.feeds += [listed for listed in feed.feeds if listed not in self.feeds]
        new = [entry for entry in feed.entries if not _known(self.record.database, entry.url)]
        receipts = take_all(self.record.database, self._pages(new, feed))
        return sum(receipt.new for receipt in receipts)

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
        self._write(url, {**told, "failures": 0, "next": self._clock() + self.every})

    def _failed(self, url: str, reason: str) -> None:
        failures = int(self._state(url).get("failures", 0)) + 1
        wait = min(_SLOWEST_S, self.every * 2.0 ** min(failures, 20))
        self._write(url, {**self._state(url), "failures": failures, "why": reason, "next": self._clock() + wait})

    def _state(self, key: str) -> dict[str, Any]:
        found = self.record.database.value("SELECT state FROM feed WHERE address = ?", (key,))
        return json.loads(found) if found else {}

    def _write(self, key: str, state: Mapping[str, Any]) -> None:
        with self.record.database.transaction():
            self.record.database.rows("INSERT OR REPLACE INTO feed VALUES (?, ?)", (key, json.dumps(dict(state))))


def _known(database: Database, url: str) -> bool:
    """Whether an entry's page has come in, or was given up."""
    return database.row("SELECT 1 FROM sighting WHERE source = ? LIMIT 1", (url,)) is not None


def _counted(outcomes: Iterable[Outcome]) -> dict[str, int]:
    found: dict[str, int] = {}
    for outcome in outcomes:
        found[outcome.state] = found.get(outcome.state, 0) + 1
    return found
