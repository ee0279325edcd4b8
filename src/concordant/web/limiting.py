"""How often: a password that does not fit is followed by longer and longer waits, and a token has so many requests a minute."""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from concordant.record import RecordError
from concordant.web.tokens import Rows

_ABOUT = 1e-5  # sums of seconds since 1970 are right to some ten millionths
_KEYS = 10_000  # whoever was last seen before so many others has rested long enough


class TooOftenError(RecordError):
    """Something was tried too often; `wait` is in seconds."""

    code = "E_TOO_OFTEN"

    def __init__(self, wait: float) -> None:
        self.wait = max(1, math.ceil(wait - _ABOUT))
        super().__init__(f"too often: try again in {self.wait} seconds")


class Pace:
    """So many a minute for each key, and no more at once than a minute has."""

    def __init__(self, per_minute: int, clock: Callable[[], float]) -> None:
        self._most, self._clock = per_minute, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._guard = threading.Lock()

    def go(self, key: str) -> None:
        """Count one. Raises TooOftenError, and does not count it, where it comes too soon."""
        with self._guard:
            now = self._clock()
            left, then = self._left.pop(key, (float(self._most), now))
            left = min(float(self._most), left + (now - then) * self._most / 60)
            enough = left >= 1 - _ABOUT
            self._left[key] = (left - 1 if enough else left, now)
            while len(self._left) > _KEYS:
                self._left.popitem(last=False)
        if not enough:
            raise TooOftenError((1 - left) * 60 / self._most)


@dataclass(frozen=True, slots=True)
class _Patience:
    """So many failures within a time are let go by; from there on each doubles the wait after it."""

    free: int
    within: float

    def wait(self, failures: int) -> float:
        return 0.0 if failures < self.free else min(_LONGEST_S, _FIRST_S * 2.0 ** min(failures - self.free, 20))


_FIRST_S, _LONGEST_S = 30.0, 900.0
# An account's last a day: at a try a quarter of an hour a password of ten characters is not guessed. An address may be
# that of a whole newsroom, where people mistype: it is let go by more, and forgets within a quarter of an hour.
_ACCOUNT, _ADDRESS = _Patience(5, 24 * 3600.0), _Patience(20, 900.0)


class Failures:
    """Tries to sign in that failed, by account and by address, kept in the file of accounts: a restart forgets none."""

    def __init__(self, rows: Rows, clock: Callable[[], float]) -> None:
        self._rows, self._clock = rows, clock

    def begin(self, name: str, address: str) -> tuple[int, int]:
        """Count a try before it is looked at, so that many at once are no more than one after the other.

        Returns what `well` takes. Raises TooOftenError where it comes too soon; it does not count then.
        """
        now, made = self._clock(), []
        self._rows("DELETE FROM attempt WHERE at < ?", now - _ACCOUNT.within)
        for key, patience in ((f"name {name}", _ACCOUNT), (f"address {address}", _ADDRESS)):
            made.append(int(str(self._rows("INSERT INTO attempt VALUES (?, ?) RETURNING rowid", key, now)[0][0])))
            wait = self._wait(key, patience, made[-1], now)
            if wait > 0:
                self._forget(made)
                raise TooOftenError(wait)
        return made[0], made[1]

    def _wait(self, key: str, patience: _Patience, own: int, now: float) -> float:
        sql = "SELECT count(*), max(at) FROM attempt WHERE name = ? AND at > ? AND rowid < ?"
        number, last = self._rows(sql, key, now - patience.within, own)[0]
        return patience.wait(int(str(number))) - (now - float(str(last))) if last is not None else 0.0

    def well(self, name: str, made: tuple[int, int]) -> None:
        """The try was right: the account's failures are over, those of the address are not."""
        self._rows("DELETE FROM attempt WHERE name = ?", f"name {name}")
        self._forget(list(made))

    def _forget(self, made: list[int]) -> None:
        for number in made:
            self._rows("DELETE FROM attempt WHERE rowid = ?", number)
