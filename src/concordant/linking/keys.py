"""Block keys: two accounts are compared only where they share one, so that a new account meets few others.

Every key is met by equality alone. A tolerance is made by filing an account under two neighbouring keys: days d and
d + 1 bring together what lies a day apart, the four corners of a cell of the map what lies in neighbouring cells.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import floor

from concordant.linking.accounts import Account, Days, Sight, sight
from concordant.linking.words import plain

CELL = 0.25  # degrees, about 27 km: what "near" leaves open is brought together by a neighbouring cell
LONGEST = 8  # days of a span that is filed day by day; a longer one says too little of the day
FORTNIGHT = 15
RARE_WORDS = 4
NAMES = 3
LATE = 3  # days after a happening within which a report that gives no day is taken to tell of it
# Accounts joined by one key; of those above it only the first (by id) are.
BLOCK_CAP = 60


def block_keys(account: Account) -> tuple[str, ...]:
    """The keys under which an account is filed and sought."""
    return keys_of(sight(account))


def keys_of(seen: Sight) -> tuple[str, ...]:
    """The keys of an account already looked at."""
    return tuple(dict.fromkeys(_keys(seen)))


def _keys(seen: Sight) -> Iterator[str]:
    days = tuple(_days(seen))
    yield f"o:{seen.account.origin}"
    yield from _places(seen, days)
    yield from _parties(seen, days)
    yield from _words(seen)


def _days(seen: Sight) -> Iterator[int]:
    """The days under which an account is filed, each with the next: those told, or those before publication."""
    told = seen.days
    if told is None and seen.published is not None:
        told = Days(seen.published - LATE, seen.published)
    if told is not None and told.end - told.start < LONGEST:
        yield from range(told.start, told.end + 2)


def _places(seen: Sight, days: tuple[int, ...]) -> Iterator[str]:
    spot = seen.spot
    if spot is None:
        return
    if not spot.area:
        yield f"n:{spot.skeleton}"
        if seen.days is not None:
            yield from (f"n:{spot.skeleton}:y{year}" for year in _years(seen.days))
        yield from (f"n:{spot.skeleton}:{day}" for day in days)
        if spot.point:
            yield from (f"c:{corner}:{day}" for corner in _corners(*spot.point) for day in days)
    if spot.admin1 or spot.area:
        yield from (f"a:{spot.admin1 or spot.key}:{day}" for day in days)
    if spot.country and (spot.area or not spot.point):
        yield from (f"l:{spot.country}:{day}" for day in days)


def _years(days: Days) -> Iterator[int]:
    # 365.2425 days a year from day 1; a year's edge falls into both, which is no loss
    first, last = (floor((d - 1) / 365.2425) for d in (days.start, days.end))
    yield from range(first, min(last, first + 1) + 1)


def _corners(latitude: float, longitude: float) -> Iterator[str]:
    north, east = floor(latitude / CELL), floor(longitude / CELL)
    yield from (f"{north + i},{east + j}" for i in (0, 1) for j in (0, 1))


def _parties(seen: Sight, days: tuple[int, ...]) -> Iterator[str]:
    actors = sorted({actor for _, actor in seen.actors})
    yield from (f"k:{actor}:{day}" for actor in actors[:3] for day in days)


def _words(seen: Sight) -> Iterator[str]:
    """Names of two words at any time, the place and other rare words within a fortnight of publication."""
    names = [w for w in seen.account.words if " " in w]
    yield from (f"w:{name}" for name in names[:NAMES])
    if seen.published is not None:
        half = seen.published // FORTNIGHT
        rare = sorted((w for w in seen.account.words if " " not in w and not w[0].isdigit()), key=_rarest)
        where = [] if seen.spot is None or seen.spot.area else [plain(seen.spot.name).title()]
        yield from (f"w:{word}:{half + i}" for word in [*where, *rare[:RARE_WORDS]] for i in (0, 1))


def _rarest(word: str) -> tuple[bool, int, str]:
    """Names first, then long words, which are the rarer."""
    return (not word[0].isupper(), -len(word), word)
