"""The description of the data interface, in OpenAPI form, made from what the addresses take."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import version
from typing import Any

from concordant.record.frames import ORDERS
from concordant.record.reviewed import REVIEW_STATES
from concordant.web.asking import NAMES, STANDINGS

_SAID = {
    "since": "First day (YYYY-MM-DD).", "until": "Last day (YYYY-MM-DD).", "kind": "Kind of event.",
    "country": "ISO 3166 alpha-2 code.", "admin1": "First-level division.", "place": "Place or division, by name or gazetteer id.",
    "actor": "Actor, by name or id.", "killed": "Killed at least.", "q": "Words that were told; a trailing * stands for any ending.",
    "confidence": "Confidence at least (0 to 1).", "review": "How far people have looked at it.", "outlet": "Told by this outlet.",
    "report": "Told by this report.", "role": "main or background.", "disputed": "1: only those with figures that disagree.",
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


_AS_OF = _given("as_of", "As it was known then: a day or a moment (UTC).")
_PAGE = [
    _given("size", "So many a page.", {"type": "integer", "minimum": 1, "maximum": 1000, "default": 50}),
    _given("after", "Go on after this one; the address of the next page is in the answer."),
    _given("entry", "The entry of the log up to which all pages are read; it is in the address of the next page.", {"type": "integer"}),
]


def _get(said: str, parameters: list[dict[str, Any]], part: str, media: str = "application/json") -> dict[str, Any]:
    refused = {"description": "The request cannot be read.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}
    return {
        "get": {
            "summary": said, "parameters": parameters,
            "responses": {
                "200": {"description": said, "content": {media: {"schema": {"$ref": f"#/components/schemas/{part}"}}}},
                "400": refused, "404": refused,
            },
        }
    }  # fmt: skip


def _list(part: str) -> dict[str, Any]:
    return {
        "type": "object", "required": ["total", "count", "next"],
        "properties": {
            "total": {"type": "integer", "description": "How many there are in all."}, "count": {"type": "integer"},
            "entry": {"type": "integer"}, "next": {"type": ["string", "null"], "description": "The address of the next page."},
            part: {"type": "array", "items": {"type": "object"}},
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
        "paths": {
            "/api/v1/events": _get("Events", listed, "Events"),
            "/api/v1/events.geojson": _get("Events as GeoJSON", listed, "Features", "application/geo+json"),
            "/api/v1/events/{id}": _get("One event with all that is known of it", [*path, _AS_OF], "Anything"),
            "/api/v1/reports": _get("Reports", search, "Reports"),
            "/api/v1/left": _get("What was not coded, and why", [_given("what", "quarantined, irrelevant, passage or ruling."), *_PAGE, _AS_OF], "Left"),
            "/api/v1/reports/{id}": _get("One report with what was coded in it", [*path, _AS_OF], "Anything"),
        },
        "components": {
            "schemas": {
                "Events": _list("events"), "Features": _list("features"), "Reports": _list("reports"), "Left": _list("left"), "Anything": {"type": "object"},
                "Error": {"type": "object", "properties": {"error": {"type": "string"}, "message": {"type": "string"}}},
            }
        },
    }  # fmt: skip
