"""Geometry of places: how wide the area is in which an event lies that is told "at", "near" or "within" a place."""

from __future__ import annotations

from math import asin, atan2, cos, degrees, radians, sin, sqrt

from concordant.coding.mentions import PlaceMention

EARTH_KM = 6371.0
# Radius in kilometres by level of the place: a town's extent, half the usual width of a division.
_RADIUS = {
    "quarter": 1.5, "site": 1.0, "settlement": 3.0, "unknown": 15.0, "natural": 20.0, "road": 25.0, "admin3": 20.0,
    "admin2": 40.0, "area": 150.0, "admin1": 120.0, "country": 500.0,
}  # fmt: skip
_NEAR = 10.0  # "près de": ACLED geo precision 2 and UCDP where_prec 2 take up to 25 km; half of it is the usual case


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in kilometres."""
    p, q = radians(lat1), radians(lat2)
    h = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(h))


def towards(latitude: float, longitude: float, bearing: float, distance_km: float) -> tuple[float, float]:
    """The point at a distance and a bearing (degrees from north) from a point."""
    p, b, d = radians(latitude), radians(bearing), distance_km / EARTH_KM
    q = asin(sin(p) * cos(d) + cos(p) * sin(d) * cos(b))
    shift = atan2(sin(b) * sin(d) * cos(p), cos(d) - sin(p) * sin(q))
    return degrees(q), longitude + degrees(shift)


def midpoint(lat1: float, lon1: float, lat2: float, lon2: float) -> tuple[float, float]:
    """The point half-way between two points that are no more than a few hundred kilometres apart."""
    return (lat1 + lat2) / 2, (lon1 + lon2) / 2


def radius_of(place: PlaceMention) -> float:
    """Radius in kilometres of the area in which an event told with this place lies."""
    radius = _RADIUS.get(place.level, 50.0)
    if place.relation == "near":
        return max(radius, place.distance_km or _NEAR)
    return radius
