"""Corridors: the two ends of "entre A et B", "sur l'axe A-B", "on the road from A to B", where the gazetteer knows both."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from concordant.coding.mentions import PlaceEnd, PlaceMention
from concordant.coding.placegrammar import folded
from concordant.coding.placespotting import Spotted
from concordant.places.geometry import distance_km
from concordant.places.keys import place_key
from concordant.places.resolution import Asked, Scored
from concordant.reading.words import Reading

Find = Callable[[Asked], Sequence[Scored]]
# What may stand between the two ends of a road: "l'axe A - B", "la route reliant A à B", "the road from A to B".
_TO = re.compile(r"^ ?(?:[-\u2010-\u2015/]|a|et|vers|to|and|towards?)(?: (?:la|le|les|the|ville de|town of))* ?$")
# Reports say so of stretches that a convoy goes in a day; what lies further apart is a namesake of one of the ends.
_LONGEST_KM = 400.0
_SHORTEST_KM = 1.0


def with_ends(
    reading: Reading, mentions: Sequence[PlaceMention], spotted: Sequence[Spotted], asked: Sequence[Asked], find: Find
) -> list[PlaceMention]:
    """The mentions, those of corridors with both of their ends. `find` gives the gazetteer's entries for what is asked."""
    return [
        _between(mention, mentions, at) or _along(reading, mention, mentions, spotted, at) or _hyphened(mention, spotted[at], asked[at], find)
        or mention
        for at, mention in enumerate(mentions)
    ]  # fmt: skip


def _between(mention: PlaceMention, mentions: Sequence[PlaceMention], at: int) -> PlaceMention | None:
    """A name that another is said to be the other end of."""
    if mention.other_end is None:
        return None
    beside = [mentions[i] for i in (at + 1, at - 1) if 0 <= i < len(mentions)]
    other = next((m for m in beside if m.name == mention.other_end and m.other_end == mention.name), None)
    if other is None:
        return None
    first, second = (mention, other) if mention.span.start < other.span.start else (other, mention)
    return _joined(mention, _end(first), _end(second))


def _along(
    reading: Reading, mention: PlaceMention, mentions: Sequence[PlaceMention], spotted: Sequence[Spotted], at: int
) -> PlaceMention | None:
    """The first of two names that a road is said to join."""
    if not spotted[at].setting.axis or at + 1 >= len(mentions) or spotted[at].sentence != spotted[at + 1].sentence:
        return None
    words = folded(reading.canvas[spotted[at].span.end : spotted[at + 1].span.start])
    return _joined(mention, _end(mention), _end(mentions[at + 1])) if _TO.match(words) else None


def _hyphened(mention: PlaceMention, one: Spotted, asked: Asked, find: Find) -> PlaceMention | None:
    """A road that is named by both of its ends in one word."""
    first, dash, second = one.name.partition("-")
    here = _end(mention)
    if not one.setting.relation or not dash or here is None or place_key(here.name) == place_key(one.name):
        return None
    found = find(replace(asked, name=second))
    entry = found[0].entry if found else None
    if entry is None or entry.latitude is None or entry.longitude is None:
        return None
    return _joined(mention, replace(here, name=first), PlaceEnd(second, entry.latitude, entry.longitude))


def _end(mention: PlaceMention | None) -> PlaceEnd | None:
    chosen = mention.chosen if mention else None
    if mention is None or chosen is None or chosen.latitude is None or chosen.longitude is None:
        return None
    return PlaceEnd(mention.name if "-" not in mention.name else chosen.name, chosen.latitude, chosen.longitude)


def _joined(mention: PlaceMention, one: PlaceEnd | None, other: PlaceEnd | None) -> PlaceMention | None:
    if one is None or other is None:
        return None
    apart = distance_km(one.latitude, one.longitude, other.latitude, other.longitude)
    return replace(mention, ends=(one, other)) if _SHORTEST_KM <= apart <= _LONGEST_KM else None
