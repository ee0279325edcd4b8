"""What was counted once: as of one entry of the log a count never changes, so that it is worth keeping."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

_KEPT = 512
T = TypeVar("T")


class Memory:
    """The latest answers, by what was asked."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._guard = threading.Lock()

    def known(self, key: Hashable) -> Any:
        """The answer to a question where it is known, else None."""
        with self._guard:
            return self._kept.get(key)

    def of(self, key: Hashable, make: Callable[[], T]) -> T:
        """The answer to a question, worked out where it is not known yet."""
        with self._guard:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]  # type: ignore[return-value]
        made = make()
        with self._guard:
            self._kept[key] = made
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return made
