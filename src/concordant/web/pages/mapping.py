"""The map: drawn by the server to be seen without scripts, and as data for the map that moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from starlette.responses import JSONResponse, Response

from concordant.places.geometry import RADIUS_NEAR, corridor
from concordant.record import Event
from concordant.record.filters import Filters
from concordant.record.tallies import gathered
from concordant.web.asking import Asked, asked
from concordant.web.drawing import Frame, Sheet, Spot, draw, frame_of, outline, spot_of_cell
from concordant.web.guarding import opened_to
from concordant.web.page import Ask, show
from concordant.web.pages.listing import choices, time_of
from concordant.web.sentences import days, sentence

_DRAWN = 800  # events that are drawn one by one; above that they are brought together by squares
_LISTED = 60
_FINEST = 0.05  # degrees: the squares that larger ones are made of, so that a map is counted once
_KM = 111.32


def world(ask: Ask) -> Response:
    """The map of the events that the filters let through, with those that have no coordinates beside it."""
    wanted, tiles = asked(ask.given), ask.request.app.state.settings.tiles
    over_time = time_of(ask, wanted)
    total = ask.count(wanted.filters)
    sheet, placed = sheet_of(ask, wanted.filters)
    return show(
        ask, "map.html", wanted=wanted, sheet=sheet, placed=placed, unplaced=total - placed, beside=_unplaced(ask, wanted),
        total=total, timeline=over_time, choices=choices(ask), listed=_LISTED, tiles=tiles,
        headers={"Content-Security-Policy": opened_to(tiles.origin)} if tiles and tiles.origin else None,
    )  # fmt: skip


def sheet_of(ask: Ask, filters: Filters) -> tuple[Sheet, int]:
    """The drawn map and how many events are on it."""
    cells = ask.cells(_FINEST, filters)
    placed = sum(cell.events for cell in cells)
    frame = frame_of([(cell.longitude, cell.latitude) for cell in cells])
    if placed <= _DRAWN:
        located = [e for e in ask.shown(ask.record.events(filters, as_of=ask.seq)) if _point(e.values) is not None]
        return draw(frame, [_spot(ask, frame, event) for event in located], ask.words.country), placed
    degrees = 24 / frame.scale
    spots = [spot_of_cell(frame, cell) for cell in gathered(cells, degrees)]
    return draw(frame, spots, ask.words.country), placed


def _point(values: Mapping[str, Any]) -> tuple[float, float] | None:
    place = values.get("place") or {}
    if place.get("latitude") is None or place.get("longitude") is None:
        return None
    return float(place["longitude"]), float(place["latitude"])


def _spot(ask: Ask, frame: Frame, event: Event) -> Spot:
    x, y = frame.point(*(_point(event.values) or (0.0, 0.0)))
    place = event.values["place"]
    radius = max(5.0, float(place.get("radius_km") or 0) / _KM * frame.scale)
    ring = ring_of(place)
    return Spot(
        round(x, 1), round(y, 1), round(radius, 1), 1, max(0, _killed(event.values)), event.id,
        place.get("relation") != "at", sentence(ask.words, event.values), outline(frame, ring) if ring else "",
    )  # fmt: skip


def ring_of(place: Mapping[str, Any]) -> list[tuple[float, float]]:
    """The outline (longitude, latitude) of a place that is told as "between A and B"; empty for all others."""
    if not place.get("ends"):
        return []
    one, other = ((float(end["latitude"]), float(end["longitude"])) for end in place["ends"])
    return corridor(one, other, float(place.get("corridor_km") or RADIUS_NEAR))


def _killed(values: Mapping[str, Any]) -> int:
    from concordant.record.filters import killed

    return killed(values)


def _unplaced(ask: Ask, wanted: Asked) -> list[Event]:
    """The first events without coordinates."""
    filters = replace(wanted.filters, unplaced=True)
    found = ask.memory.of(("unplaced", filters, ask.seq), lambda: list(ask.record.events(filters, as_of=ask.seq, limit=_LISTED)))
    return list(ask.shown(found))


def points(ask: Ask) -> Response:
    """What the moving map draws: each event as a point with its extent, or squares where there are too many."""
    wanted = asked(ask.given)
    cells = ask.cells(_FINEST, wanted.filters)
    if sum(cell.events for cell in cells) > 4 * _DRAWN:
        degrees = _square(ask.given.get("zoom"))
        shown = gathered(cells, degrees) if degrees > _FINEST else ask.cells(degrees, wanted.filters)
        return _collection([_cell(c) for c in shown], together=True)
    events = [e for e in ask.shown(ask.record.events(wanted.filters, as_of=ask.seq)) if _point(e.values) is not None]
    return _collection([_feature(ask, event) for event in events], together=False)


def _square(zoom: str | None) -> float:
    """The side of a square, in degrees, that is about forty points wide at a zoom."""
    try:
        level = min(max(float(zoom or 3), 0), 12)
    except ValueError:
        level = 3.0
    return float(max(0.02, 28 / 2**level))


def _collection(features: Sequence[dict[str, Any]], *, together: bool) -> Response:
    return JSONResponse({"type": "FeatureCollection", "together": together, "features": list(features)})


def _cell(cell: Any) -> dict[str, Any]:
    return {
        "type": "Feature", "geometry": {"type": "Point", "coordinates": [cell.longitude, cell.latitude]},
        "properties": {"events": cell.events, "killed": cell.killed, "id": cell.event_id},
    }  # fmt: skip


def _feature(ask: Ask, event: Event) -> dict[str, Any]:
    place, words, ring = event.values["place"], ask.words, ring_of(event.values["place"])
    line = {"corridor": [[round(x, 4), round(y, 4)] for x, y in ring], "line": [[e["longitude"], e["latitude"]] for e in place["ends"]]} if ring else {}
    return {
        "type": "Feature", "geometry": {"type": "Point", "coordinates": list(_point(event.values) or ())},
        "properties": {
            "id": event.id, "events": 1, "killed": max(0, _killed(event.values)), "radius": place.get("radius_km") or 2,
            "relation": place.get("relation"), "place": place.get("name"), "kind": words.name("kind", event.values.get("kind")),
            "day": days(words, event.values.get("date")), "sentence": sentence(words, event.values),
            "url": ask.url(f"/events/{event.id}"), **line,
        },
    }  # fmt: skip
