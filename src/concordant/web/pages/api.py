"""The record as data: the same filters, in JSON and GeoJSON, page by page with the total and the address of the next page."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse, Response

from concordant.record.flat import feature
from concordant.web.asking import UnclearError, asked
from concordant.web.openapi import description
from concordant.web.page import Ask, show

_GEO = "application/geo+json"


def about(ask: Ask) -> Response:
    """A page about the data interface."""
    return show(ask, "api.html", paths=description()["paths"])


def openapi(ask: Ask) -> Response:
    """The description of the data interface."""
    return JSONResponse(description())


def _page(ask: Ask) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """A page of events, with the total and the address of the next page; the next page is read as of the same entry."""
    wanted = asked(ask.given)
    seq = pinned(ask)
    found = list(
        ask.record.events(
            wanted.filters, as_of=seq, limit=wanted.size + 1, after=wanted.after, oldest_first=wanted.rising, order=wanted.order
        )
    )
    page = [event.to_dict() for event in ask.shown(found[: wanted.size])]
    more = len(found) > wanted.size
    following = ask.here(after=found[wanted.size - 1].id, entry=seq) if more else None
    return page, {"total": ask.record.count(wanted.filters, as_of=seq), "count": len(page), "entry": seq, "next": following}


def pinned(ask: Ask) -> int:
    """The entry of the log up to which all pages of one list are read, so that nothing slips through between them."""
    told = ask.given.get("entry")
    if not told:
        return ask.seq
    if not told.isdigit() or len(told) > 15:
        raise UnclearError(f"entry={told}")
    return min(int(told), ask.seq)


def linked(body: dict[str, Any], media: str = "application/json") -> Response:
    """A page of a list, with the address of the next one in its headers too."""
    answer = JSONResponse(body, media_type=media)
    if body.get("next"):
        answer.headers["Link"] = f'<{body["next"]}>; rel="next"'
    return answer


def events(ask: Ask) -> Response:
    """Events as `concordant events --format jsonl` prints them."""
    page, told = _page(ask)
    return linked({**told, "events": page})


def geojson(ask: Ask) -> Response:
    """Events as features; those without coordinates are there too, without a geometry."""
    page, told = _page(ask)
    return linked({"type": "FeatureCollection", **told, "features": [feature(values) for values in page]}, _GEO)


def event(ask: Ask) -> Response:
    """One event with its accounts, claims, rulings and history."""
    return JSONResponse(ask.record.dossier(ask.request.path_params["event"], as_of=ask.seq))


def reports(ask: Ask) -> Response:
    """Reports in the order in which they came in."""
    size, state, text, after = asked(ask.given).size, ask.given.get("state") or None, ask.given.get("q") or None, ask.given.get("after") or "0"
    if not after.isdigit() or len(after) > 15 or state not in (None, "coded", "irrelevant"):
        raise UnclearError(f"state={state}, after={after}")
    seq = pinned(ask)
    found = ask.record.reports(state=state, text=text, as_of=seq, limit=size + 1, after=int(after))
    page = [dict(line) for line in found[:size]]
    following = ask.here(after=page[-1]["number"], entry=seq) if len(found) > size else None
    total = ask.record.count_reports(state=state, text=text, as_of=seq)
    return linked({"total": total, "count": len(page), "entry": seq, "next": following, "reports": page})


def report(ask: Ask) -> Response:
    """One report with what was coded in it."""
    return JSONResponse(ask.record.report(ask.request.path_params["report"], as_of=ask.seq).to_dict())


def left(ask: Ask) -> Response:
    """What was received and not coded, and passages that were left, with the reasons."""
    size, what, after = asked(ask.given).size, ask.given.get("what") or None, ask.given.get("after") or "0"
    if not after.isdigit() or len(after) > 15:
        raise UnclearError(f"after={after}")
    seq, start = pinned(ask), int(after)
    found = [skipped.to_dict() for skipped in ask.record.skipped(what=what, as_of=seq)]
    page = found[start : start + size]
    following = ask.here(after=start + size, entry=seq) if start + size < len(found) else None
    return linked({"total": len(found), "count": len(page), "entry": seq, "next": following, "left": page})
