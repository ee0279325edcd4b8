"""Coding blind: what a person may not look at who is still to code an event without knowing how others did."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from concordant.record import UnknownError
from concordant.record.seconding import OPEN
from concordant.web.page import Ask, show


def held_back(ask: Ask) -> str | None:
    """The event or report that an address is about, where this person must not see it yet."""
    asked = ask.request.path_params
    if not ("event" in asked or "report" in asked):
        return None
    events, reports = ask.held
    if asked.get("report") in reports:
        return str(asked["report"])
    if not events or "event" not in asked:
        return None
    try:
        name = ask.record.event(str(asked["event"]), as_of=ask.seq).id
    except UnknownError:
        return None
    return name if name in events else None


def blind(ask: Ask, what: str) -> Response:
    """The answer to who asks for an event that they are to code blind: the way to their form, and nothing of the event."""
    if ask.request.url.path.startswith("/api/"):
        return JSONResponse({"error": "E_BLIND", "message": f"{what} is to be coded blind first"}, 403)
    mine = [a for a in ask.record.seconds.all(coder=ask.person.name if ask.person else "") if a.state == OPEN]
    return show(ask, "blind.html", status=403, mine=mine)
