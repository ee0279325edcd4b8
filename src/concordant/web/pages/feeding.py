"""Feeds: those that the record is kept up to date with, how asking them goes, and asking one now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from starlette.responses import Response

from concordant.record import UnknownError
from concordant.web.page import Ask, go, show
from concordant.web.pages.adding import address_in


def feeds(ask: Ask) -> Response:
    """The list, with the forms."""
    worker = ask.request.app.state.worker
    waiting = [] if ask.past else worker.waiting
    found = ask.record.subscriptions(as_of=ask.seq if ask.past else None)
    headers = {"Refresh": "3"} if worker.busy and not ask.past else {}
    return show(ask, "feeds.html", headers=headers, feeds=found, waiting=waiting, moment=_moment, done=ask.given.get("done"))


def _moment(seconds: float | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat()


def add(ask: Ask) -> Response:
    """Subscribe to a feed, and ask it at once."""
    address = ask.record.subscribe(address_in(ask), by=_by(ask))
    ask.request.app.state.worker.check(address)
    return go(ask.url("/feeds", done="added"))


def remove(ask: Ask) -> Response:
    """Ask a feed no longer."""
    ask.record.unsubscribe(ask.text("address"), by=_by(ask))
    return go(ask.url("/feeds", done="removed"))


def check(ask: Ask) -> Response:
    """Ask one feed, or all of them, now."""
    known, wanted = [feed.address for feed in ask.record.subscriptions()], ask.text("address")
    if wanted and wanted not in known:
        raise UnknownError(f"{wanted!r} is not subscribed to")
    later: Callable[[str], None] = ask.request.app.state.worker.check
    for address in [wanted] if wanted else known:
        later(address)
    return go(ask.url("/feeds", done="asked"))


def _by(ask: Ask) -> str:
    return ask.person.name if ask.person else ""
