"""The work on many reports spread over the processors of one machine; one bad report never ends it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from concordant.archive.outcome import Outcome, attempt
from concordant.archive.worker import Job, Worker

T = TypeVar("T")
R = TypeVar("R")

# How many results a worker's share may run ahead of one that takes long: enough that a slow report idles nobody, few
# enough that an archive of any size fits in memory.
_AHEAD = 64


def map_reports(
    fn: Callable[[T], R],
    items: Iterable[T],
    workers: int = 1,
    *,
    initializer: Callable[..., None] | None = None,
    initargs: tuple[Any, ...] = (),
    time_limit: float | None = None,
    apart: bool = False,
) -> Iterator[Outcome[R]]:
    """`fn` of each item, in the order of the items, as outcomes: a value, or the failure in its place.

    An exception, a worker process that dies, and an item that takes more than `time_limit` seconds are failures of
    that item alone. `items` is read as the work goes on, never whole. With one worker all happens in this process,
    which saves the start of another; there a time limit holds only in the main thread of a Unix process, and a crash
    is a crash. With more, `fn` and its arguments must be picklable, and `initializer(*initargs)` runs once in each
    process (to load models). With `apart` even one worker is a process of its own, which inherits nothing of this one
    and can be killed. Raises ValueError for less than one worker, and WorkerStartError where one cannot start.
    """
    if workers < 1:
        raise ValueError(f"workers must be 1 or more, not {workers}")
    job = Job(fn, initializer, initargs, time_limit, apart)
    return _here(job, items) if workers == 1 and not apart else _spread(job, items, workers)


def _here(job: Job, items: Iterable[Any]) -> Iterator[Outcome[Any]]:
    if job.initializer:
        job.initializer(*job.initargs)
    for index, item in enumerate(items):
        yield attempt(job.fn, index, item, job.time_limit)


def _spread(job: Job, items: Iterable[Any], count: int) -> Iterator[Outcome[Any]]:
    batch = _Batch(job, items, count)
    try:
        while batch.unfinished:
            batch.assign()
            yield from batch.in_order()
            batch.collect()
    finally:
        batch.stop()


class _Batch:
    """A batch at work: items in hand, workers, and the results that wait for an earlier one."""

    def __init__(self, job: Job, items: Iterable[Any], count: int) -> None:
        self._job, self._count = job, count
        self._items = enumerate(items)
        self._more = True
        self._results: dict[int, Outcome[Any]] = {}
        self._taken = self._given = 0
        self._workers = [Worker(job) for _ in range(count)]

    @property
    def unfinished(self) -> bool:
        return self._more or self._given < self._taken

    def assign(self) -> None:
        """Give an item to each idle worker, as long as there are items and room for their results."""
        for worker in self._workers:
            while worker.idle and self._more and self._taken < self._given + _AHEAD * self._count:
                entry = next(self._items, None)
                self._more = entry is not None
                if entry is not None:
                    self._taken += 1
                    self._keep(worker.give(*entry))

    def in_order(self) -> Iterator[Outcome[Any]]:
        """The results whose turn it is."""
        while self._given in self._results:
            self._given += 1
            yield self._results.pop(self._given - 1)

    def collect(self) -> None:
        """Wait for what the workers have to say, unless one is idle or all is done; replace those that died."""
        if self._given < self._taken or self._loading:
            Worker.wait(self._workers)
        for worker in self._workers:
            self._keep(worker.poll())
        self._workers = [Worker(self._job) if worker.dead and self._more else worker for worker in self._workers]

    @property
    def _loading(self) -> bool:
        return self._more and not any(worker.idle for worker in self._workers)

    def _keep(self, outcome: Outcome[Any] | None) -> None:
        if outcome is not None:
            self._results[outcome.index] = outcome

    def stop(self) -> None:
        for worker in self._workers:
            if not worker.dead:
                worker.stop()
