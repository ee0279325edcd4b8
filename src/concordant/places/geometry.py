"""Geometry of near, between and within on the round earth."""

from __future__ import annotations

from math import asin, atan2, cos, degrees, radians, sin, sqrt

EARTH_KM = 6371.0
# Degrees clockwise from north, by the words that both languages use.
BEARINGS = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0, "south": 180.0, "southwest": 225.0,
    "west": 270.0, "northwest": 315.0,
}  # fmt: skip
# Kilometres within which an event "at" or "near" a place of this kind lies. Reports say "near" of things up to
# two hours' walk away, which is 10 km; the areas are those of a middling division of a Sahelian state.
RADIUS_AT = {"quarter": 1.0, "site": 1.0, "settlement": 3.0, "natural": 10.0, "area": 100.0}
RADIUS_NEAR = 10.0
RADIUS_WITHIN = {"admin3": 15.0, "admin2": 40.0, "admin1": 120.0, "country": 500.0, "area": 100.0, "natural": 30.0}


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Great-circle distance (haversine) between two points."""
    a, b = radians(latitude), radians(other_latitude)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other_longitude - longitude) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def point_at(latitude: float, longitude: float, km: float, bearing: float) -> tuple[float, float]:
    """The point that lies `km` from a place in a direction (degrees clockwise from north)."""
    lat, lon, way, angle = radians(latitude), radians(longitude), radians(bearing), km / EARTH_KM
    there = asin(sin(lat) * cos(angle) + cos(lat) * sin(angle) * cos(way))
    across = lon + atan2(sin(way) * sin(angle) * cos(lat), cos(angle) - sin(lat) * sin(there))
    return degrees(there), (degrees(across) + 540) % 360 - 180


def midpoint(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> tuple[float, float]:
    """The point half way between two places."""
    a, b, d = radians(latitude), radians(other_latitude), radians(other_longitude - longitude)
    x, y = cos(b) * cos(d), cos(b) * sin(d)
    lat = atan2(sin(a) + sin(b), sqrt((cos(a) + x) ** 2 + y**2))
    lon = radians(longitude) + atan2(y, cos(a) + x)
    return degrees(lat), (degrees(lon) + 540) % 360 - 180


def bearing(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The direction in which one sets out for another place, in degrees clockwise from north."""
    a, b, d = radians(latitude), radians(other_latitude), radians(other_longitude - longitude)
    return degrees(atan2(sin(d) * cos(b), cos(a) * sin(b) - sin(a) * cos(b) * cos(d))) % 360


def corridor(one: tuple[float, float], other: tuple[float, float], km: float, corners: int = 12) -> list[tuple[float, float]]:
    """The ring of all that lies within so many kilometres of the line between two points (latitude, longitude).

    Points of the ring are (longitude, latitude), the last one is the first, and each end is rounded by `corners` steps.
    """
    out, back = bearing(*one, *other), bearing(*other, *one)
    turns = [90 + 180 * step / corners for step in range(corners + 1)]
    ring = [point_at(*one, km, (out + turn) % 360) for turn in turns]
    ring += [point_at(*other, km, (back + turn) % 360) for turn in turns]
    return [(longitude, latitude) for latitude, longitude in [*ring, ring[0]]]


def radius_km(kind: str, relation: str, *, said_km: float | None = None) -> float:
    """How far from its point an event may lie, by the kind of the place and the event's relation to it.

    `said_km` is the distance that the report itself gives: with a direction too, a tenth of it is left as doubt.
    """
    if relation == "within":
        return RADIUS_WITHIN.get(kind, 40.0)
    if relation in ("near", "between"):
        return max(2.0, said_km) if said_km is not None else RADIUS_NEAR
    return RADIUS_AT.get(kind, RADIUS_WITHIN.get(kind, 3.0))
