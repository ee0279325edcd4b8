"""One's own tokens: those there are, a new one whose secret is shown once, and revoking."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from starlette.responses import Response

from concordant.record import RecordError
from concordant.web.page import Ask, go, show
from concordant.web.people import People
from concordant.web.rights import Scope, can_give
from concordant.web.tokens import LONGEST_DAYS, USUAL_DAYS, Token

_DAYS = (7, 30, USUAL_DAYS, 180, LONGEST_DAYS)


def tokens(ask: Ask) -> Response:
    """The page."""
    return _page(ask)


def make(ask: Ask) -> Response:
    """Make a token; this answer is the only place that ever shows its secret."""
    doors = ask.request.app.state.doors
    if not isinstance(doors, People) or ask.person is None:
        return go(ask.url("/tokens"))
    scopes = [str(value) for value in ask.form.getlist("scope")]
    days = ask.text("days")
    if not scopes:
        raise RecordError(ask.words("tokens.need.scope"))
    if not days.isdigit() or int(days) not in _DAYS:
        raise RecordError(f"days={days[:20]}")
    if not ask.text("label"):
        raise RecordError(ask.words("tokens.need.label"))
    token, secret = doors.tokens.add(ask.person.name, ask.text("label"), scopes, int(days))
    return _page(ask, made=token, secret=secret)


def revoke(ask: Ask) -> Response:
    """Revoke one of one's own."""
    doors = ask.request.app.state.doors
    if isinstance(doors, People) and ask.person is not None:
        doors.tokens.remove(ask.request.path_params["token"], ask.person.name)
    return go(ask.url("/tokens", done=1))


def _page(ask: Ask, **more: Any) -> Response:
    doors = ask.request.app.state.doors
    accounts = isinstance(doors, People) and ask.person is not None
    found: list[Token] = doors.tokens.all(ask.person.name) if accounts and ask.person else []
    role = ask.person.role if ask.person else ""
    return show(
        ask, "tokens.html", accounts=accounts, tokens=[_line(doors, token) for token in found], done=ask.given.get("done"),
        scopes=[scope for scope in Scope if can_give(role, scope)], choices=_DAYS, usual=USUAL_DAYS, **more,
    )  # fmt: skip


def _line(doors: People, token: Token) -> dict[str, Any]:
    moments = {name: _moment(getattr(token, name)) for name in ("made", "until", "seen")}
    return {"id": token.id, "label": token.label, "scopes": sorted(token.scopes), "ended": doors.tokens.ended(token), **moments}


def _moment(seconds: float | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat()
