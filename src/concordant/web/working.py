"""The one worker of the server: it asks addresses and feeds and reads what came in, while pages go on being shown."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from concordant.fetching.polite import Polite
from concordant.record import Intake, Outcome, RawItem, Record
from concordant.record.pages import from_address
from concordant.record.watching import Watch

_log = logging.getLogger("concordant.web")
_TOLD = 100


@dataclass(frozen=True, slots=True)
class Told:
    """What asking an address came to: reports that are new and known, and the last of what went wrong."""

    address: str
    new: int = 0
    known: int = 0
    failed: int = 0
    code: str | None = None
    reason: str | None = None


class Worker:
    """Asks what it was given to ask and processes what is pending, in a thread of its own that ends when nothing is left."""

    def __init__(self, record: Record, fetch: Polite) -> None:
        self._record, self._fetch = record, fetch
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None
        self._again = self._ending = False
        self._asking: deque[tuple[str, Callable[[], None]]] = deque()
        self._watch: Watch | None = None
        self.recent: deque[Outcome] = deque(maxlen=_TOLD)
        self.told: deque[Told] = deque(maxlen=_TOLD)
        self.now: str | None = None  # the address that is being asked
        self.problem: str | None = None

    @property
    def busy(self) -> bool:
        return self._thread is not None

    @property
    def waiting(self) -> list[str]:
        """The addresses that are asked now or wait to be."""
        with self._guard:
            return [*([self.now] if self.now else []), *(address for address, _ in self._asking)]

    def wake(self) -> None:
        """See to it that what is pending is read."""
        with self._guard:
            self._again = True
            if self._thread is None and not self._ending:
                self._thread = threading.Thread(target=self._run, name="concordant-worker", daemon=True)
                self._thread.start()

    def fetch(self, address: str, intake: Intake) -> None:
        """Have an address asked for a page, or for the pages of a feed."""
        self._later(address, lambda: self._take(address, intake))

    def check(self, address: str) -> None:
        """Have a feed asked now, whether it is due or not."""
        self._later(address, lambda: self._check(address))

    def _later(self, address: str, work: Callable[[], None]) -> None:
        with self._guard:
            if all(waiting != address for waiting, _ in self._asking):
                self._asking.append((address, work))
        self.wake()

    def wait(self, seconds: float) -> bool:
        """Wait until all is asked and read; whether it is."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)
        return not self.busy

    def stop(self, seconds: float) -> bool:
        """End after the report in hand, and wait for that; whether it is so. A record is not closed under who reads it."""
        with self._guard:
            self._ending = True
            watch = self._watch
        if watch is not None:
            watch.stop()
        return self.wait(seconds)

    def _run(self) -> None:
        while (step := self._next()) is not None:
            try:
                step()
                self.problem = None
            except Exception as error:  # whatever stops the reading is told on the page and does not stop the server
                _log.error("reading stopped", exc_info=error)
                self.problem = str(error)

    def _next(self) -> Callable[[], None] | None:
        """What to do next; when there is nothing left the thread is over, and whoever wakes the worker starts another."""
        with self._guard:
            self.now = None
            if not self._ending and self._asking:
                self.now, work = self._asking.popleft()
                self._again = True  # what comes of it is to be read
                return work
            more, self._again = self._again and not self._ending, False
            if more:
                return self._read
            self._thread = None
            return None

    def _read(self) -> None:
        for outcome in self._record.process():
            self.recent.appendleft(outcome)
            if self._ending:
                break

    def _take(self, address: str, intake: Intake) -> None:
        problems: list[tuple[str, str]] = []

        def raws() -> Iterator[RawItem]:
            for raw in from_address(address, intake):
                if raw.problem is not None:
                    problems.append(raw.problem)
                yield raw
                if self._ending:
                    return

        receipts = list(self._record.take_all(raws()))
        got = [receipt.new for receipt in receipts if receipt.sha256]
        new, known = sum(got), len(got) - sum(got)
        code, reason = problems[-1] if problems else (None, None)
        self.told.appendleft(Told(address, new, known, len(problems), code, reason))

    def _check(self, address: str) -> None:
        watch = Watch(self._record, [address], self._fetch)
        with self._guard:
            self._watch = watch
        try:
            watch.collect(at_once=True)
            if len(watch.feeds) > 1:
                watch.collect()  # a list has no entries of its own: the feeds that it lists are asked, those that are due
        finally:
            with self._guard:
                self._watch = None
