"""What comes of one item of a batch: a value, or a failure as data."""

from __future__ import annotations

import signal
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an item has no value: `kind` is "exception", "crash", "time-limit" or "transfer"; `reason` is one line."""

    kind: str
    reason: str
    trace: str = ""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[R]):
    """What came of the item with this index: its value, or the failure in its place."""

    index: int
    value: R | None = None
    failure: Failure | None = None

    @property
    def ok(self) -> bool:
        return self.failure is None


class _Late(BaseException):
    """Raised in the midst of an item whose time is up; no `except Exception` of the item's own code stops it."""


def attempt(fn: Callable[[T], R], index: int, item: T, time_limit: float | None) -> Outcome[R]:
    """`fn(item)` as an outcome: whatever it raises is a failure, but for the user's own interruption."""
    try:
        with _limited(time_limit):
            return Outcome(index, fn(item))
    except _Late:
        return Outcome(index, failure=late(time_limit))
    except (Exception, SystemExit) as error:
        return Outcome(index, failure=raised(error))


def raised(error: BaseException, kind: str = "exception") -> Failure:
    words = " ".join(str(error).split())[:300]
    name = type(error).__name__
    return Failure(kind, f"{name}: {words}" if words else name, "".join(traceback.format_exception(error)))


def late(time_limit: float | None) -> Failure:
    return Failure("time-limit", f"not done after {time_limit:g} s" if time_limit else "not done in time")


@contextmanager
def _limited(seconds: float | None) -> Iterator[None]:
    """Interrupt what runs inside after so many seconds, where this thread can be interrupted at all."""
    if seconds is None or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ring(number: int, frame: FrameType | None) -> Any:
    raise _Late
