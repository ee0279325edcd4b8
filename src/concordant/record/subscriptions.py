"""Subscriptions: the feeds that a record is kept up to date with, who wanted each since when, and how asking it goes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from concordant.fetching.addresses import target
from concordant.record.database import Database
from concordant.record.errors import RecordError, UnknownError
from concordant.reports.fetched import FetchError

_BEGUN, _ENDED = "subscribed", "unsubscribed"  # entries of the log, so that which feeds were watched when is never lost
_LONGEST = 2000


class AddressError(RecordError):
    """What should be an address and is none that could be asked."""

    code = "E_ADDRESS"


@dataclass(frozen=True, slots=True)
class Subscription:
    """One feed: who wanted it since when; when it was last asked and last answered (seconds), and what it held then.

    `entries` are those of its last answer, `feeds` the feeds that it lists where it is a list of them, `taken` the
    reports that came in by it. After a failure `code` and `why` say what went wrong.
    """

    address: str
    by: str
    since: str
    title: str | None = None
    asked: float | None = None
    seen: float | None = None
    entries: int | None = None
    feeds: int = 0
    taken: int = 0
    failures: int = 0
    code: str | None = None
    why: str | None = None
    next: float | None = None


def subscribe(database: Database, address: str, by: str) -> str:
    """Keep a record up to date with a feed from now on; returns its address as it is kept. Raises AddressError."""
    url = plain(address)
    with database.transaction():
        state = state_of(database, url)
        if "subscribed" not in state:
            with database.change(_BEGUN, url, actor=by) as change:
                write_state(database, url, {"subscribed": {"by": by, "since": change.at}, "next": None})
    return url


def unsubscribe(database: Database, address: str, by: str) -> None:
    """Ask a feed no longer; what came of it stays. Raises UnknownError for one that is not subscribed to."""
    with database.transaction():
        if "subscribed" not in state_of(database, address):
            raise UnknownError(f"{address!r} is not subscribed to")
        with database.change(_ENDED, address, actor=by):
            write_state(database, address, {"subscribed": None})


def plain(address: str) -> str:
    """An address without what does not belong to it. Raises AddressError for one that cannot be asked."""
    if len(address) > _LONGEST:
        raise AddressError(f"the address is over {_LONGEST} characters")
    try:
        return target(address).url
    except FetchError as error:
        raise AddressError(f"{address.strip()[:200]!r}: {error.reason}") from None


def subscriptions(database: Database, seq: int | None = None) -> list[Subscription]:
    """The feeds subscribed to, in the order of their addresses; at an earlier entry `seq` without how asking them went."""
    if seq is not None:
        return _then(database, seq)
    rows = database.rows("SELECT address, state FROM feed WHERE address LIKE 'http%' ORDER BY address")
    states = ((str(address), json.loads(state)) for address, state in rows)
    return [_subscription(address, state) for address, state in states if "subscribed" in state]


def _subscription(address: str, state: Mapping[str, Any]) -> Subscription:
    wanted = state["subscribed"]
    told = {name: state[name] for name in Subscription.__slots__ if name in state}
    return Subscription(address, wanted["by"], wanted["since"], **told)


def _then(database: Database, seq: int) -> list[Subscription]:
    found: dict[str, Subscription] = {}
    sql = "SELECT action, object, actor, at FROM entry WHERE action IN (?, ?) AND seq <= ? ORDER BY seq"
    for action, url, actor, at in database.rows(sql, (_BEGUN, _ENDED, seq)):
        found.pop(url, None)
        if action == _BEGUN:
            found[url] = Subscription(url, actor, at)
    return sorted(found.values(), key=lambda one: one.address)


def state_of(database: Database, key: str) -> dict[str, Any]:
    """What is kept of a feed, {} where nothing is."""
    found = database.value("SELECT state FROM feed WHERE address = ?", (key,))
    return json.loads(found) if found else {}


def write_state(database: Database, key: str, told: Mapping[str, Any]) -> None:
    """Change what is kept of a feed in the parts that are told, and leave the others; None takes a part away.

    Somebody may subscribe while the feed is being asked: who writes down how that went does not overwrite it.
    """
    with database.transaction():
        state = {name: value for name, value in {**state_of(database, key), **told}.items() if value is not None}
        database.rows("INSERT OR REPLACE INTO feed VALUES (?, ?)", (key, json.dumps(state)))
