"""map_reports: order, failures as data, deaths, delays, and archives that do not fit in memory."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator

import pytest

from concordant.archive import Outcome, WorkerStartError, map_reports

_LOADED: list[str] = []


def _work(item: int | str) -> object:
    match item:
        case "raise":
            raise ValueError("bad\nitem")
        case "exit":
            os._exit(7)
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "quit":
            sys.exit(3)
        case "sleep":
            time.sleep(60)
        case "stubborn":
            signal.signal(signal.SIGALRM, signal.SIG_IGN)
            time.sleep(60)
        case "unsendable":
            return lambda: None
        case "loaded":
            return list(_LOADED)
        case int():
            time.sleep(0.01 * (item % 3))
            return item * 2
    return item


def _load(name: str) -> None:
    _LOADED.append(name)


def _fail(name: str) -> None:
    raise LookupError(f"no model {name}")


def _values(outcomes: list[Outcome[object]]) -> list[object]:
    return [outcome.value if outcome.failure is None else outcome.failure.kind for outcome in outcomes]


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_outcomes_come_in_the_order_of_the_items(workers: int) -> None:
    outcomes = list(map_reports(_work, range(40), workers))
    assert [outcome.index for outcome in outcomes] == list(range(40))
    assert _values(outcomes) == [number * 2 for number in range(40)]


@pytest.mark.parametrize("workers", [1, 2])
def test_an_exception_is_the_failure_of_its_item_alone(workers: int) -> None:
    outcomes = list(map_reports(_work, [1, "raise", 2, "quit", 3], workers))
    assert _values(outcomes) == [2, "exception", 4, "exception", 6]
    failure = outcomes[1].failure
    assert failure is not None
    assert failure.reason == "ValueError: bad item"
    assert "_work" in failure.trace


@pytest.mark.parametrize("workers", [1, 2])
def test_nothing_in_nothing_out(workers: int) -> None:
    assert list(map_reports(_work, [], workers)) == []


def test_a_dead_worker_is_the_failure_of_its_item_alone() -> None:
    outcomes = list(map_reports(_work, [1, "exit", 2, "kill", 3, "exit"], 2))
    assert _values(outcomes) == [2, "crash", 4, "crash", 6, "crash"]
    reasons = [outcome.failure.reason for outcome in outcomes if outcome.failure]
    assert reasons[:2] == ["the worker process ended with exit status 7", "the worker process was killed by signal 9"]


@pytest.mark.parametrize("workers", [1, 2])
def test_an_item_that_takes_too_long_is_given_up(workers: int) -> None:
    start = time.monotonic()
    outcomes = list(map_reports(_work, [1, "sleep", 2], workers, time_limit=0.3))
    assert _values(outcomes) == [2, "time-limit", 4]
    assert outcomes[1].failure is not None
    assert outcomes[1].failure.reason == "not done after 0.3 s"
    assert time.monotonic() - start < 10


def test_an_item_that_cannot_be_interrupted_is_ended_with_its_worker() -> None:
    assert _values(list(map_reports(_work, ["stubborn", 1, 2], 2, time_limit=0.3))) == ["time-limit", 2, 4]


def test_values_and_items_that_cannot_travel_are_failures() -> None:
    items: list[object] = [1, "unsendable", (number for number in range(3)), 2]
    assert _values(list(map_reports(_work, items, 2))) == [2, "transfer", "transfer", 4]  # type: ignore[arg-type]


@pytest.mark.parametrize("workers", [1, 2])
def test_each_process_is_made_ready_once(workers: int) -> None:
    _LOADED.clear()
    outcomes = list(map_reports(_work, ["loaded"] * 6, workers, initializer=_load, initargs=("fr",)))
    assert _values(outcomes) == [["fr"]] * 6


def test_a_worker_that_cannot_start_ends_the_batch_with_the_reason() -> None:
    with pytest.raises(WorkerStartError, match="LookupError: no model fr"):
        list(map_reports(_work, [1], 2, initializer=_fail, initargs=("fr",)))
    with pytest.raises(WorkerStartError, match="exit status 9"):
        list(map_reports(_work, [1], 2, initializer=os._exit, initargs=(9,)))


def test_items_are_taken_as_the_work_goes_on() -> None:
    taken = 0

    def endless() -> Iterator[int]:
        nonlocal taken
        while True:
            taken += 1
            yield taken

    outcomes = map_reports(_work, endless(), 2)
    assert [next(outcomes).value for _ in range(5)] == [2, 4, 6, 8, 10]
    assert taken < 200
    outcomes.close()  # type: ignore[attr-defined]


def test_an_error_of_the_source_is_the_callers() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        list(map_reports(_work, broken(), 2))


def test_less_than_one_worker_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="1 or more"):
        map_reports(_work, [1], 0)


def test_a_batch_from_a_thread_starts_fresh_processes() -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as threads:
        outcomes = threads.submit(lambda: list(map_reports(abs, [-1, -2, -3], 2))).result(timeout=60)
    assert [outcome.value for outcome in outcomes] == [1, 2, 3]
