"""The queue: what waits for a person, and the next of it."""

from __future__ import annotations

from starlette.responses import Response

from concordant.record import Event, UnknownError
from concordant.web.asking import UnclearError
from concordant.web.page import Ask, go, show
from concordant.web.queueing import Item, left, waiting

_SHOWN = 50
_WHAT = ("events", "merges", "misfits")


def queue(ask: Ask) -> Response:
    """What waits: events, pairs that may be one event, rulings that no longer fit."""
    what = ask.given.get("what") or "events"
    if what not in _WHAT:
        raise UnclearError(f"what={what}")
    return show(
        ask, "queue.html", what=what, whats=_WHAT, items=_waiting(ask)[:_SHOWN] if what == "events" else [],
        pairs=pairs(ask) if what == "merges" else [], misfits=misfits(ask) if what == "misfits" else [],
        left=ask.memory.of(("left", ask.seq), lambda: left(ask.record, ask.seq)), done=ask.given.get("done"),
    )  # fmt: skip


def _waiting(ask: Ask) -> list[Item]:
    held, _ = ask.held
    return [i for i in ask.memory.of(("waiting", ask.seq), lambda: waiting(ask.record, ask.seq)) if i.event.id not in held]


def following(ask: Ask) -> Response:
    """The event after this one in the queue; from the last one on, the queue itself."""
    after = ask.given.get("after")
    names = [i.event.id for i in _waiting(ask)]
    skipped = set((ask.given.get("skipped") or "").split(",")) | {after}
    at = names.index(after) + 1 if after in names else 0
    ahead = [name for name in (*names[at:], *names[:at]) if name not in skipped]
    return go(ask.url(f"/events/{ahead[0]}", queue=1) if ahead else ask.url("/queue"))


def pairs(ask: Ask) -> list[tuple[Event, Event]]:
    """Pairs of events with accounts alike enough to be one."""
    found = []
    for one, other in ask.record.near_pairs(as_of=ask.seq, limit=_SHOWN):
        try:
            found.append((ask.record.event(one, as_of=ask.seq), ask.record.event(other, as_of=ask.seq)))
        except UnknownError:
            continue
    held, _ = ask.held
    return [pair for pair in found if not held & {event.id for event in pair}]


def misfits(ask: Ask) -> list[dict[str, object]]:
    """Rulings that no longer fit, with the event that each is about."""
    told = [dict(m) for m in ask.record.misfits(as_of=ask.seq)][:_SHOWN]
    for misfit in told:
        misfit["event_id"] = ask.record.account_event(str(misfit["subject"][0]), as_of=ask.seq)
    held, _ = ask.held
    return [misfit for misfit in told if misfit["event_id"] not in held]
