"""One worker process: it is given an item at a time, and its death or delay is that item's failure alone."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

from concordant.archive.outcome import Failure, Outcome, attempt, late, raised

# The worker itself stops at the limit and lives on; one that cannot (in a library's own code) is ended a little later.
_GRACE = 1.0
# How often a waiting worker looks whether the process that started it is still there.
_LOOK = 2.0


class WorkerStartError(RuntimeError):
    """A worker process could not start its work: its initializer raised or killed it."""


@dataclass(frozen=True, slots=True)
class Job:
    """What every worker of a batch does."""

    fn: Callable[[Any], Any]
    initializer: Callable[..., None] | None = None
    initargs: tuple[Any, ...] = ()
    time_limit: float | None = None
    fresh: bool = False  # start from nothing: no file, connection or memory of this process goes along


class Worker:
    """The handle of a worker process: loading, then idle or busy with the item `index`, in the end dead."""

    def __init__(self, job: Job) -> None:
        context = _context(job.fresh)
        self._limit = job.time_limit
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, job, os.getpid()), daemon=True)
        self._process.start()
        theirs.close()
        self._deadline: float | None = None
        self.index: int | None = None
        self.loading = True
        self.dead = False

    @property
    def idle(self) -> bool:
        return not (self.loading or self.dead) and self.index is None

    def give(self, index: int, item: Any) -> Outcome[Any] | None:
        """Give the worker an item; an outcome at once where the item cannot be sent or the worker has died."""
        try:
            data = index.to_bytes(8, "big") + pickle.dumps(item, protocol=pickle.HIGHEST_PROTOCOL)
        except Exception as error:
            return Outcome(index, failure=raised(error, "transfer"))
        self.index = index
        self._deadline = time.monotonic() + self._limit + _GRACE if self._limit else None
        try:
            self._connection.send_bytes(data)
        except OSError:
            return self._died()
        return None

    def poll(self) -> Outcome[Any] | None:
        """What has come of the worker's item, None while nothing has. Raises WorkerStartError."""
        if self.dead:
            return None
        alive = self._process.is_alive()
        if self._connection.poll():
            return self._received()
        if not alive:
            return self._died()
        if self._deadline is not None and time.monotonic() >= self._deadline:
            return self._end(late(self._limit))
        return None

    def _received(self) -> Outcome[Any] | None:
        try:
            data = self._connection.recv_bytes()
        except (EOFError, OSError):
            return self._died()
        if self.loading:
            if data:
                raise WorkerStartError(data.decode("utf-8", "replace"))
            self.loading = False
            return None
        index, self.index, self._deadline = self.index, None, None
        try:
            outcome: Outcome[Any] = pickle.loads(data)
        except Exception as error:
            return Outcome(index or 0, failure=raised(error, "transfer"))
        return outcome

    def _died(self) -> Outcome[Any] | None:
        self._process.join(_GRACE)
        code = self._process.exitcode
        how = f"was killed by signal {-code}" if code is not None and code < 0 else f"ended with exit status {code}"
        if self.loading:
            raise WorkerStartError(f"the worker process {how} while it started")
        return self._end(Failure("crash", f"the worker process {how}"))

    def _end(self, failure: Failure) -> Outcome[Any] | None:
        index = self.index
        self.stop()
        return None if index is None else Outcome(index, failure=failure)

    def stop(self) -> None:
        """End the process; whatever it was at is given up."""
        self.dead, self.index, self._deadline = True, None, None
        self._process.kill()
        self._process.join()
        self._connection.close()

    @staticmethod
    def wait(workers: Iterable[Worker]) -> None:
        """Wait until one of the workers has something to say, dies, or is out of time."""
        awaited = [worker for worker in workers if not (worker.dead or worker.idle)]
        deadlines = [worker._deadline for worker in awaited if worker._deadline is not None]
        timeout = max(0.0, min(deadlines) - time.monotonic()) if deadlines else None
        ends: list[Any] = [end for worker in awaited for end in (worker._connection, worker._process.sentinel)]
        wait(ends, timeout)


def _context(fresh: bool) -> Any:
    """A fork where it is safe (models that are loaded already are shared then), else a fresh interpreter."""
    forks = sys.platform == "linux" and threading.active_count() == 1 and not fresh
    return multiprocessing.get_context("fork" if forks else "spawn")


def _work(connection: Connection, job: Job, parent: int) -> None:
    """The worker's life: start, say so (with nothing, or with what went wrong), then item after item."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        if job.initializer:
            job.initializer(*job.initargs)
    except (Exception, SystemExit) as error:
        connection.send_bytes(raised(error).reason.encode("utf-8", "replace"))
        return
    connection.send_bytes(b"")
    while _has_item(connection, parent):
        connection.send_bytes(_packed(_done(job, connection.recv_bytes())))


def _done(job: Job, data: bytes) -> Outcome[Any]:
    # The index travels outside the pickle: an item that cannot be unpacked still has its place.
    index = int.from_bytes(data[:8], "big")
    try:
        item = pickle.loads(data[8:])
    except Exception as error:
        return Outcome(index, failure=raised(error, "transfer"))
    return attempt(job.fn, index, item, job.time_limit)


def _has_item(connection: Connection, parent: int) -> bool:
    """Wait for the next item; False when there will be none because the batch's own process is gone."""
    try:
        while not connection.poll(_LOOK):
            if os.getppid() != parent:
                return False
    except (EOFError, OSError):
        return False
    return True


def _packed(outcome: Outcome[Any]) -> bytes:
    try:
        return pickle.dumps(outcome, protocol=pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        unsent: Outcome[Any] = Outcome(outcome.index, failure=raised(error, "transfer"))
        return pickle.dumps(unsent)
