"""Which entry of the gazetteer a name means, judged with everything the report says about places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log10

from concordant.places.gazetteer import OTHER_NAME, Entry, Gazetteer
from concordant.places.keys import place_key, sound_key

ADMIN = ("country", "admin1", "admin2", "admin3")
# Shares of a candidate's score; they add up to 1. Chosen so that a report's country outweighs any population, and
# a chain ("cercle de X") outweighs both.
NAME, COUNTRY, CHAIN, LEVEL, NEIGHBOURS, SIZE = 0.28, 0.25, 0.15, 0.12, 0.15, 0.05
# A country with a smaller share of the report than this is one that is mentioned, not one that it is about.
MENTIONED = 0.08
# Towns of this size are known abroad: a report names them without their country.
KNOWN_ABROAD = 100_000
_NEIGHBOUR_KM = 150.0
_LARGE, _DWARFS = 250_000, 30
_SMALL, _FAR_KM, _ABROAD_KM = 50_000, 300.0, 1500.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A name to resolve: what its grammar says of it."""

    name: str
    level: str | None  # said by a noun or a preposition; None: anything
    town: bool  # "à X": rather a town than a division of that name
    country: str | None  # said beside it
    admins: tuple[str, ...]  # names of the divisions said to hold it, the smallest first
    firm: bool = False  # the grammar alone says that it is a place, known or not
    day: date | None = None  # of the report: divisions that were not there yet, or no more, are not meant


@dataclass(frozen=True, slots=True)
class Scored:
    """An entry with its score between 0 and 1."""

    entry: Entry
    score: float


def candidates(
    asked: Asked, countries: Mapping[str, float], gazetteer: Gazetteer, neighbours: Sequence[Entry] = ()
) -> tuple[Scored, ...]:
    """The entries that a name may mean here, best first; empty where none is likely ("not in the gazetteer")."""
    leading = [asked.country] if asked.country else [code for code, share in countries.items() if share >= MENTIONED]
    entries = dict.fromkeys(gazetteer.lookup(asked.name))
    if not any(entry.country in leading for entry in entries):
        entries.update(dict.fromkeys(gazetteer.lookup(asked.name, country=leading)))
    able = [
        entry
        for entry in entries
        if entry.stands(asked.day) and _possible(entry, asked, countries) and not _far(entry, asked, neighbours)
    ]
    scored = [
        Scored(entry, _score(entry, asked, countries, neighbours))
        for entry in able
        if not _dwarfed(entry, able, asked, countries)
    ]
    return tuple(sorted(scored, key=lambda one: (-one.score, one.entry.ident))[:8])


def _possible(entry: Entry, asked: Asked, countries: Mapping[str, float]) -> bool:
    """Whether an entry can be meant at all: an unknown village is not its namesake on another continent."""
    exact = entry.quality >= OTHER_NAME
    if asked.country and entry.country not in (asked.country, None):
        return False
    if entry.kind == "country":
        return exact
    if asked.admins and asked.country and entry.country == asked.country and not _chain_allows(entry, asked.admins):
        return False
    if asked.level == "settlement" and entry.kind in ("country", "admin1") and not exact:
        return False
    if countries.get(entry.country or "", 0.0) >= MENTIONED or entry.country is None or asked.country:
        return True
    known = KNOWN_ABROAD if entry.quality == 1.0 else 10 * KNOWN_ABROAD
    kinds = ("settlement", "admin1") if entry.quality == 1.0 else ("settlement",)
    return exact and entry.population >= known and entry.kind in kinds


def _far(entry: Entry, asked: Asked, neighbours: Sequence[Entry]) -> bool:
    """Whether a village is too far from every other place of the report in its country: then it is a namesake.

    Where its country has no other place in the report, it may lie near those of the countries beside it.
    """
    if entry.population >= _SMALL or entry.kind not in ("settlement", "quarter", "admin3", "admin2") or asked.admins:
        return False
    around = [other for other in neighbours if other.ident != entry.ident]
    others = [other for other in around if other.country == entry.country]
    distances = [km for other in others or around if (km := entry.km_to(other)) is not None]
    return bool(distances) and min(distances) > (_FAR_KM if others else _ABROAD_KM)


def _dwarfed(entry: Entry, able: Iterable[Entry], asked: Asked, countries: Mapping[str, float]) -> bool:
    """Whether a small town has the name of a large city of another country that the report speaks of as well.

    A report on El Salvador that names a citizen of Spain does not put San Salvador there.
    """
    if entry.kind in ("country", "admin1") or asked.country or asked.admins or asked.level in ADMIN[1:]:
        return False
    return any(
        other.kind == "settlement" and other.country != entry.country and other.quality == 1.0
        and countries.get(other.country or "", 0.0) >= MENTIONED
        and other.population >= max(_LARGE, _DWARFS * entry.population)
        for other in able
    )  # fmt: skip


def _chain_allows(entry: Entry, admins: Iterable[str]) -> bool:
    """Whether an entry lies in what is said to hold it (a division that the gazetteer does not place says nothing)."""
    if entry.admin1 is None or entry.kind in ADMIN:
        return True
    own = {sound_key(place_key(name)) for name in (entry.admin1, entry.admin2, entry.name) if name}
    said = {sound_key(place_key(name)) for name in admins}
    return bool(own & said) or (
        entry.admin2 is None and len(said) == 1 and entry.quality == 1.0 and entry.population > 0
    )


def _score(entry: Entry, asked: Asked, countries: Mapping[str, float], neighbours: Sequence[Entry]) -> float:
    share = countries.get(entry.country or "", 0.0)
    best = max(countries.values(), default=1.0)
    size = min(1.0, log10(entry.population + 10) / 7)
    score = NAME * entry.quality + COUNTRY * min(1.0, share / best) + SIZE * size
    score += LEVEL * _level_fit(entry, asked)
    if asked.admins:
        own = {sound_key(place_key(name)) for name in (entry.admin1, entry.admin2) if name}
        score += CHAIN * bool(own & {sound_key(place_key(name)) for name in asked.admins})
    elif asked.country:
        score += CHAIN * (entry.country == asked.country)
    if entry.kind == "country" and entry.quality >= OTHER_NAME and asked.level in (None, "country"):
        score += 0.4  # "Mali" is the country, whatever towns are called so
    distances = [km for other in neighbours if other.ident != entry.ident and (km := entry.km_to(other)) is not None]
    if distances:
        score += NEIGHBOURS * max(0.0, 1 - min(distances) / _NEIGHBOUR_KM)
    return round(min(1.0, score), 4)


def _level_fit(entry: Entry, asked: Asked) -> float:
    if asked.level is None:
        return 1.0 if (entry.kind == "settlement") == asked.town else 0.4
    if entry.kind == asked.level:
        return 1.0
    if asked.level in ADMIN and entry.kind in ADMIN:
        return 0.7  # what one country calls a department another calls a district
    if {asked.level, entry.kind} <= {"settlement", "quarter", "admin3"}:
        return 0.6
    return 0.0
