"""The one worker of the server: it reads what was brought in, while pages go on being shown."""

from __future__ import annotations

import logging
import threading
from collections import deque

from concordant.record import Outcome, Record

_log = logging.getLogger("concordant.web")


class Worker:
    """Processes what is pending, in a thread of its own that ends when nothing is left."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None
        self._again = self._ending = False
        self.recent: deque[Outcome] = deque(maxlen=100)
        self.problem: str | None = None

    @property
    def busy(self) -> bool:
        return self._thread is not None

    def wake(self) -> None:
        """See to it that what is pending is read."""
        with self._guard:
            self._again = True
            if self._thread is None and not self._ending:
                self._thread = threading.Thread(target=self._run, name="concordant-worker", daemon=True)
                self._thread.start()

    def wait(self, seconds: float) -> bool:
        """Wait until all is read; whether it is."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)
        return not self.busy

    def stop(self, seconds: float) -> bool:
        """End after the report in hand, and wait for that; whether it is so. A record is not closed under who reads it."""
        with self._guard:
            self._ending = True
        return self.wait(seconds)

    def _run(self) -> None:
        while self._more():
            try:
                for outcome in self._record.process():
                    self.recent.appendleft(outcome)
                    if self._ending:
                        break
                self.problem = None
            except Exception as error:  # whatever stops the reading is told on the page and does not stop the server
                _log.error("reading stopped", exc_info=error)
                self.problem = str(error)

    def _more(self) -> bool:
        with self._guard:
            more, self._again = self._again and not self._ending, False
            if not more:
                self._thread = None
            return more
