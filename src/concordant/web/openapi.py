"""The description of the data interface, in OpenAPI form, made from what the addresses take."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from concordant.record.forms import STATES
from concordant.record.frames import ORDERS
from concordant.record.reviewed import REVIEW_STATES
from concordant.web.asking import NAMES, STANDINGS
from concordant.web.pages.sending import KINDS
from concordant.web.people import COOKIE

_SAID = {
    "since": "First day (YYYY-MM-DD).", "until": "Last day (YYYY-MM-DD).", "kind": "Kind of event.",
    "country": "ISO 3166 alpha-2 code.", "admin1": "First-level division.", "place": "Place or division, by name or gazetteer id.",
    "actor": "Actor, by name or id.", "killed": "Killed at least.", "q": "Words that were told; a trailing * stands for any ending.",
    "confidence": "Confidence at least (0 to 1).", "review": "How far people have looked at it.", "outlet": "Told by this outlet.",
    "report": "Told by this report.", "role": "main or background.", "disputed": "1: only those with figures that disagree.",
    "published": "1: only those that were let out.",
    "standing": "event, or what is set aside.",
}  # fmt: skip
_TYPES: dict[str, dict[str, Any]] = {
    "killed": {"type": "integer", "minimum": 0}, "confidence": {"type": "number", "minimum": 0, "maximum": 1},
    "review": {"type": "string", "enum": list(REVIEW_STATES)}, "standing": {"type": "string", "enum": list(STANDINGS)},
    "since": {"type": "string", "format": "date"}, "until": {"type": "string", "format": "date"},
    "role": {"type": "string", "enum": ["main", "background"]},
}  # fmt: skip


def _given(name: str, said: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": said, "schema": schema or {"type": "string"}}


_SECURITY = {
    "token": {"type": "http", "scheme": "bearer", "description": "A token made with `concordant people token add` or on the page /tokens; its scopes are the roles below."},
    "session": {"type": "apiKey", "in": "cookie", "name": COOKIE, "description": "Somebody who signed in with a browser."},
}  # fmt: skip
_AS_OF = _given("as_of", "As it was known then: a day or a moment (UTC).")
_PAGE = [
    _given("size", "So many a page.", {"type": "integer", "minimum": 1, "maximum": 1000, "default": 50}),
    _given("after", "Go on after this one; the address of the next page is in the answer."),
    _given("entry", "The entry of the log up to which all pages are read; it is in the address of the next page.", {"type": "integer"}),
]


def _answer(said: str, part: str, media: str = "application/json") -> dict[str, Any]:
    return {"description": said, "content": {media: {"schema": {"$ref": f"#/components/schemas/{part}"}}}}


_REFUSED = {
    "400": _answer("The request cannot be read.", "Error"), "401": _answer("Nobody is signed in, or the token is unknown or has ended.", "Error"),
    "403": _answer("The role or the token's scopes do not allow it.", "Error"),
    "429": _answer("Too many requests with one token.", "Error") | {"headers": {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}}},
}  # fmt: skip


def _get(said: str, parameters: list[dict[str, Any]], part: str, media: str = "application/json") -> dict[str, Any]:
    answers = {"200": _answer(said, part, media), **_REFUSED, "404": _answer("There is no such thing.", "Error")}
    return {"get": {"summary": said, "parameters": parameters, "responses": answers}}


def _post_report() -> dict[str, Any]:
    row = {
        "type": "object", "required": ["text"],
        "properties": {
            "text": {"type": "string"}, "title": {"type": "string"}, "published": {"type": "string", "format": "date"},
            "outlet": {"type": "string"}, "language": {"type": "string", "enum": ["fr", "en"]}, "url": {"type": "string"}, "id": {"type": "string"},
        },
    }  # fmt: skip
    about = [
        _given("published", "Day of publication, where the report does not say it.", {"type": "string", "format": "date"}),
        _given("outlet", "Outlet, where the report does not say it."), _given("language", "Language, where the text must not decide.", {"type": "string", "enum": ["fr", "en"]}),
        _given("title", "Title; of a report in JSON its own counts."), _given("url", "Address that the report came from; it is noted and never visited."),
    ]  # fmt: skip
    content = {kind: {"schema": row if kind == "application/json" else {"type": "string"}} for kind in KINDS}
    said = {"201": _answer("It is kept; this is the receipt.", "Receipt"), "200": _answer("It was known; this is what has become of it.", "Receipt")}
    more = {"413": {"description": "Too large."}, "415": _answer("No report is made of this type.", "Error")}
    return {
        "summary": "Send one report", "description": "Its bytes are on the disk when the receipt comes; it is read, coded and linked after that.",
        "parameters": about, "requestBody": {"required": True, "content": content}, "responses": {**said, **_REFUSED, **more},
    }  # fmt: skip


def _secured(paths: dict[str, Any]) -> dict[str, Any]:
    """Each operation with the scope that opens it, as the table of addresses has it."""
    from concordant.web.routes import ROUTES

    for route in ROUTES:
        operation = paths.get(re.sub(r"\{\w+\}", "{id}", route.path), {}).get(route.methods[0].lower())
        if operation is not None and route.scope is not None:
            operation["security"] = [{"token": [str(route.scope)]}, {"session": []}]
    return paths


def _list(part: str) -> dict[str, Any]:
    return {
        "type": "object", "required": ["total", "count", "next"],
        "properties": {
            "total": {"type": "integer", "description": "How many there are in all."}, "count": {"type": "integer"},
            "entry": {"type": "integer"}, "next": {"type": ["string", "null"], "description": "The address of the next page."},
            part: {"type": "array", "items": {"type": "object"}},
        },
    }  # fmt: skip


def _receipt() -> dict[str, Any]:
    text, number = {"type": ["string", "null"]}, {"type": "integer"}
    return {
        "type": "object", "required": ["item", "state"],
        "properties": {
            "item": number, "state": {"type": "string", "enum": list(STATES)}, "new": {"type": "boolean"}, "sha256": text,
            "report_id": text, "accounts": number, "code": text, "reason": text,
        },
    }  # fmt: skip


@lru_cache(maxsize=1)
def description() -> dict[str, Any]:
    """The OpenAPI description."""
    filters = [_given(name, _SAID[name], _TYPES.get(name)) for name in NAMES]
    box = _given("box", "A rectangle: west,south,east,north in degrees.")
    order = [_given("sort", "Sorted by.", {"type": "string", "enum": list(ORDERS)}), _given("rising", "1: from low to high.")]
    path = [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}]
    listed = [*filters, box, *order, *_PAGE, _AS_OF]
    search = [_given("state", "coded or irrelevant."), _given("q", _SAID["q"]), *_PAGE, _AS_OF]
    return {
        "openapi": "3.1.0", "info": {"title": "Concordant", "version": version("concordant")},
        "paths": _secured({
            "/api/v1/events": _get("Events", listed, "Events"),
            "/api/v1/events.geojson": _get("Events as GeoJSON", listed, "Features", "application/geo+json"),
            "/api/v1/events/{id}": _get("One event with all that is known of it", [*path, _AS_OF], "Anything"),
            "/api/v1/reports": _get("Reports", search, "Reports") | {"post": _post_report()},
            "/api/v1/receipts/{id}": _get("What has become of a report that was sent", path, "Receipt"),
            "/api/v1/published": _get("What was let out, in its public form", [*_PAGE, _AS_OF], "Events"),
            "/api/v1/left": _get("What was not coded, and why", [_given("what", "quarantined, irrelevant, passage or ruling."), *_PAGE, _AS_OF], "Left"),
            "/api/v1/reports/{id}": _get("One report with what was coded in it", [*path, _AS_OF], "Anything"),
        }),
        "components": {
            "securitySchemes": _SECURITY,
            "schemas": {
                "Events": _list("events"), "Features": _list("features"), "Reports": _list("reports"), "Left": _list("left"), "Anything": {"type": "object"},
                "Receipt": _receipt(),
                "Error": {"type": "object", "properties": {"error": {"type": "string"}, "message": {"type": "string"}}},
            }
        },
    }  # fmt: skip
