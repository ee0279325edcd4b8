"""Placing: which of a report's places is a happening's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import asin, cos, radians, sin, sqrt
from typing import Literal

from concordant.coding.frames import Frame
from concordant.coding.mentions import PlaceMention
from concordant.reading import fold

_EXACTNESS = {
    "settlement": 3.4, "unknown": 3.3, "quarter": 3.5, "site": 2.8, "natural": 2.6, "road": 2.2, "admin3": 2.1,
    "admin2": 1.5, "area": 1.3, "admin1": 0.8, "country": 0.0,
}  # fmt: skip
_LARGE = ("country", "admin1", "admin2", "area")
_SAME_KM = 8.0  # two names closer than this are taken for one place (a quarter and its town)


def place_score(place: PlaceMention) -> float:
    """How well a mention can stand for a happening's place: exact names in the grammar of place first."""
    score = _EXACTNESS.get(place.level, 1.0)
    if place.role != "event":
        score -= 3.0
    if place.locative:
        score += 1.0
    return score


def frame_place(frame: Frame) -> PlaceMention | None:
    """The most exact place that a frame's words give for what they tell, None where they give none."""
    fitting = [p for p in frame.places if p.role == "event"]
    if not fitting:
        return None
    told = [t.span.start for t in frame.triggers if t.strength >= 2] + [t.trigger.start for t in frame.tolls]

    def near(place: PlaceMention) -> float:
        return min((abs(place.span.start - at) for at in told), default=0) / 200

    return max(fitting, key=lambda p: (place_score(p) - min(0.6, near(p)), -p.span.start))


def same_place(a: PlaceMention, b: PlaceMention) -> Literal["same", "within", "other"]:
    """Whether two mentions are of one place, one lies in the other, or they are two places."""
    if fold(a.name) == fold(b.name) or (a.chosen and b.chosen and a.chosen.place_id == b.chosen.place_id):
        return "same"
    if _contains(a, b) or _contains(b, a):
        return "within"
    if a.country and a.country == b.country and _close(a, b):
        return "same"
    return "other"


def _contains(large: PlaceMention, small: PlaceMention) -> bool:
    if large.level == "country":
        return large.country == small.country
    names = {fold(name) for name in (small.admin1, small.admin2) if name}
    if fold(large.name) in names:
        return True
    if large.level == "admin1" and large.admin1 and small.admin1:
        return fold(large.admin1) == fold(small.admin1)
    if large.level == "area":
        return bool(large.country) and large.country == small.country
    return False


def _close(a: PlaceMention, b: PlaceMention) -> bool:
    if a.level in _LARGE or b.level in _LARGE or not (a.chosen and b.chosen):
        return False
    distance = kilometres(a.chosen.latitude, a.chosen.longitude, b.chosen.latitude, b.chosen.longitude)
    return distance is not None and distance < _SAME_KM


def kilometres(lat1: float | None, lon1: float | None, lat2: float | None, lon2: float | None) -> float | None:
    """Great-circle distance in kilometres, None where a coordinate is missing."""
    if lat1 is None or lon1 is None or lat2 is None or lon2 is None:
        return None
    p, q = radians(lat1), radians(lat2)
    h = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(h))


# What a name loses that another one's phrase is said to lie in, or that only heads a title ("Y : attaque à X"). Half a step
# of exactness: it tips a town against its quarter or village, and no town against a province. A chooser with fitted
# weights for 35 features did no better on unseen reports (.85 to .87 of 221 happenings against .86 for these rules).
_AROUND = 0.6


def _around(frames: Sequence[Frame]) -> set[str]:
    """The names in which another one of the happening's is said to lie."""
    found = set()
    for frame in frames:
        for inner in frame.places:
            held = [p for p in frame.places if p.span.start > inner.span.start and inner.phrase.covers(p.span)]
            found |= {fold(outer.name) for outer in held if fold(outer.name) != fold(inner.name)}
    return found


def choose_place(frames: Sequence[Frame], first: Frame) -> PlaceMention | None:
    """The place of a happening: each mention scored for itself, for where it stands, and for how often it comes back."""
    totals: dict[str, float] = {}
    again: dict[str, int] = defaultdict(int)
    best: dict[str, PlaceMention] = {}
    for frame in frames:
        own = frame_place(frame)
        for place in frame.places:
            key = fold(place.name)
            score = place_score(place)
            score += 0.8 * (place is own) + 0.4 * (frame is first) + 0.3 * (frame.force >= 3)
            if key not in totals:
                totals[key], best[key] = score, place
            else:
                again[key] += 1
                totals[key] = max(totals[key], score)
                if place_score(place) > place_score(best[key]):
                    best[key] = place
    if not totals:
        return None
    for key, times in again.items():
        totals[key] += min(0.5, 0.25 * times)
    for key, place in best.items():  # a place inside another one that is told is the more exact of the two
        totals[key] += 0.5 * any(_contains(other, place) for name, other in best.items() if name != key)
    for outer in _around(frames):  # "à X, dans la commune de Y": X
        if outer in totals:
            totals[outer] -= _AROUND
    key = max(totals, key=lambda k: (totals[k], -best[k].span.start))
    return best[key] if totals[key] > 0 else None
