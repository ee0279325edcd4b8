"""Working off what is pending: in processes that can be killed, a batch of results to a transaction."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from concordant.archive.local import map_reports
from concordant.archive.outcome import Failure
from concordant.archive.outcome import Outcome as Result
from concordant.record.absorbing import absorb
from concordant.record.database import Database
from concordant.record.forms import Outcome
from concordant.record.items import Task, failed, lease, release
from concordant.record.linkage import Linkage
from concordant.record.reading import Read, code_again, read_and_code, start
from concordant.reports.report import Report

LIMIT_S = 120.0  # a report takes a tenth of a second; one that takes two minutes is stuck
_CHUNK = 16  # items leased at once
_BATCH, _BATCH_S = 16, 0.5  # results written at once, and how long the first of them may wait for the others
_TRIES = 3  # times an item may bring its process down before it is given up
_CODES = {"crash": "crash", "time-limit": "time-limit", "transfer": "transfer"}


@dataclass(frozen=True, slots=True)
class Work:
    """How reports are read: with how many processes, which tables, and how long one may take.

    `apart` puts the reading into processes that can be killed; without it (for readers that are trusted) it is done
    in this one.
    """

    workers: int = 1
    codebook: tuple[str, ...] = ()
    scope: str = "default"
    time_limit: float = LIMIT_S
    reader: Callable[[Task], Read] = read_and_code
    recoder: Callable[[Report], dict[str, Any]] = code_again
    initializer: Callable[..., None] = start
    apart: bool = True


def process(database: Database, linkage: Linkage, work: Work) -> Iterator[Outcome]:
    """Read, code and link all that is pending and not in the hands of another process."""
    fallen: list[tuple[Task, Failure]] = []
    yield from _pass(database, linkage, work, _pending(database), fallen)
    for number in range(2, _TRIES + 1):
        again = [task for task, failure in fallen if failure.kind == "crash"]
        yield from _given_up(database, [pair for pair in fallen if pair[1].kind != "crash"])
        fallen = [pair for pair in fallen if pair[1].kind == "crash"]
        if not again:
            return
        fallen = []
        yield from _pass(database, linkage, work, iter(again), fallen)
        if number == _TRIES:
            yield from _given_up(database, fallen)


def _pending(database: Database) -> Iterator[Task]:
    while chunk := lease(database, _CHUNK):
        yield from chunk


def _pass(
    database: Database, linkage: Linkage, work: Work, tasks: Iterator[Task], fallen: list[tuple[Task, Failure]]
) -> Iterator[Outcome]:
    first = next(tasks, None)
    if first is None:
        return
    held: dict[int, Task] = {}

    def noted() -> Iterator[Task]:
        for index, task in enumerate(_chained(first, tasks)):
            held[index] = task
            yield task

    results = map_reports(
        work.reader, noted(), work.workers, initializer=work.initializer,
        initargs=(work.codebook, work.scope), time_limit=work.time_limit, apart=work.apart,
    )  # fmt: skip
    try:
        yield from _written(database, linkage, results, held, fallen)
    finally:
        release(database, [task.item for task in held.values()])


def _chained(first: Task, rest: Iterator[Task]) -> Iterator[Task]:
    yield first
    yield from rest


def _written(
    database: Database, linkage: Linkage, results: Iterator[Result[Read]], held: dict[int, Task],
    fallen: list[tuple[Task, Failure]],
) -> Iterator[Outcome]:  # fmt: skip
    batch: list[tuple[Task, Read]] = []
    since = 0.0
    for result in results:
        task = held.pop(result.index)
        if result.failure is not None or result.value is None:
            fallen.append((task, result.failure or Failure("exception", "nothing came of reading it")))
            continue
        since = since if batch else time.monotonic()
        batch.append((task, result.value))
        if len(batch) >= _BATCH or time.monotonic() - since > _BATCH_S:
            yield from write(database, linkage, batch)
            batch = []
    yield from write(database, linkage, batch)


def write(database: Database, linkage: Linkage, batch: Sequence[tuple[Task, Read]]) -> list[Outcome]:
    """Take in what came of reading some items, all in one transaction."""
    with linkage.writing():
        outcomes = [absorb(database, linkage, task, read) for task, read in batch]
    return [outcome for outcome in outcomes if outcome is not None]


def _given_up(database: Database, fallen: Sequence[tuple[Task, Failure]]) -> Iterator[Outcome]:
    for task, failure in fallen:
        code = "memory" if "MemoryError" in failure.reason else _CODES.get(failure.kind, "unexpected")
        yield failed(database, task, code, failure.reason)
