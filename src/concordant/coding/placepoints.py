"""Where on the map a mention of a place lies, and how far around."""

from __future__ import annotations

from dataclasses import dataclass

from concordant.coding.mentions import PlaceEnd, PlaceMention
from concordant.places.geometry import BEARINGS, RADIUS_NEAR, distance_km, midpoint, point_at, radius_km


@dataclass(frozen=True, slots=True)
class Point:
    """A point, and the radius in kilometres within which the event lies."""

    latitude: float
    longitude: float
    radius_km: float


def locate(mention: PlaceMention) -> Point | None:
    """The point of a mention, None where the gazetteer does not know the place.

    "15 km north of X" lies there, "between A and B" half way, with a radius that covers both ends.
    """
    if mention.ends is not None:
        return middle_of(mention.ends)
    chosen = mention.chosen
    if chosen is None or chosen.latitude is None or chosen.longitude is None:
        return None
    if mention.distance_km is not None and mention.bearing in BEARINGS:
        moved = point_at(chosen.latitude, chosen.longitude, mention.distance_km, BEARINGS[mention.bearing])
        return Point(*moved, max(2.0, mention.distance_km * _DOUBT))
    return Point(chosen.latitude, chosen.longitude, radius_km(mention.level, mention.relation, said_km=mention.distance_km))


# A report that gives distance and direction rounds both: "15 km north" is 13 to 17, anywhere from north-west to
# north-east. A quarter of the distance covers the first and half of the second.
_DOUBT = 0.25
CORRIDOR_KM = RADIUS_NEAR  # how far to the sides of the line between two towns what happens "between" them lies


def middle_of(ends: tuple[PlaceEnd, PlaceEnd]) -> Point:
    """The point half way along a corridor, with the radius that covers all of it."""
    one, other = ends
    latitude, longitude = midpoint(one.latitude, one.longitude, other.latitude, other.longitude)
    half = distance_km(one.latitude, one.longitude, other.latitude, other.longitude) / 2
    return Point(round(latitude, 5), round(longitude, 5), round(half + CORRIDOR_KM, 1))
