"""Where on the map a mention of a place lies, and how far around."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from concordant.coding.mentions import PlaceMention
from concordant.places.geometry import BEARINGS, midpoint, point_at, radius_km


@dataclass(frozen=True, slots=True)
class Point:
    """A point, and the radius in kilometres within which the event lies."""

    latitude: float
    longitude: float
    radius_km: float


def locate(mention: PlaceMention, mentions: Iterable[PlaceMention] = ()) -> Point | None:
    """The point of a mention, None where the gazetteer does not know the place.

    "15 km north of X" lies there, "between A and B" half way; `mentions` are those in which B is looked for.
    """
    chosen = mention.chosen
    if chosen is None or chosen.latitude is None or chosen.longitude is None:
        return None
    latitude, longitude = chosen.latitude, chosen.longitude
    radius = radius_km(mention.level, mention.relation, said_km=mention.distance_km)
    other = _other_end(mention, mentions)
    if other is not None:
        middle = midpoint(latitude, longitude, *other)
        return Point(*middle, radius)
    if mention.distance_km is not None and mention.bearing in BEARINGS:
        moved = point_at(latitude, longitude, mention.distance_km, BEARINGS[mention.bearing])
        return Point(*moved, max(2.0, mention.distance_km * _DOUBT))
    return Point(latitude, longitude, radius)


# A report that gives distance and direction rounds both: "15 km north" is 13 to 17, anywhere from north-west to
# north-east. A quarter of the distance covers the first and half of the second.
_DOUBT = 0.25


def _other_end(mention: PlaceMention, mentions: Iterable[PlaceMention]) -> tuple[float, float] | None:
    for other in mentions if mention.other_end else ():
        if other.name == mention.other_end and other.chosen and other.chosen.latitude is not None:
            return other.chosen.latitude, other.chosen.longitude or 0.0
    return None
