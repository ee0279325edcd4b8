"""The gazetteer's file: one SQLite database of entries and of their names."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from concordant.places.keys import place_key, sound_key

FORMAT = "3"  # raise it when the tables change: an older file is then refused, with the advice to build again
BUILT = Path(__file__).resolve().parent / "data" / "gazetteer.sqlite"

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entries (
    id INTEGER PRIMARY KEY, ident TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT,
    admin1 TEXT, admin2 TEXT, latitude REAL, longitude REAL, population INTEGER NOT NULL, feature TEXT NOT NULL,
    radius_km REAL, sound TEXT NOT NULL, source TEXT NOT NULL DEFAULT '',
    valid_from TEXT NOT NULL DEFAULT '', valid_to TEXT NOT NULL DEFAULT ''
);
CREATE INDEX entries_by_sound ON entries (country, sound);
CREATE TABLE names (
    sound TEXT NOT NULL, key TEXT NOT NULL, entry INTEGER NOT NULL, main INTEGER NOT NULL,
    PRIMARY KEY (sound, key, entry)
) WITHOUT ROWID;
CREATE TABLE exonyms (
    entry INTEGER NOT NULL, language TEXT NOT NULL, form TEXT NOT NULL, PRIMARY KEY (entry, language)
) WITHOUT ROWID;
"""


@dataclass(slots=True)
class Place:
    """An entry on its way into a gazetteer: it is filled step by step, from the packages, then from the tables."""

    ident: str
    name: str
    kind: str
    country: str | None
    admin1: str | None = None
    admin2: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    feature: str = ""
    radius_km: float | None = None
    valid_from: str = ""  # ISO days between which it is there; empty: open
    valid_to: str = ""
    spellings: set[str] = field(default_factory=set)
    curated: set[str] = field(default_factory=set)  # spellings from the project's tables: as good as the name
    exonyms: dict[str, str] = field(default_factory=dict)  # language -> form

    @property
    def keys(self) -> set[str]:
        return {
            key
            for name in (self.name, *self.spellings, *self.curated, *self.exonyms.values())
            if (key := place_key(name))
        }


def create(path: Path) -> sqlite3.Connection:
    """A new, empty gazetteer file (an existing one is replaced)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    base = sqlite3.connect(path)
    base.executescript(_TABLES)
    base.execute("INSERT INTO meta VALUES ('format', ?)", (FORMAT,))
    return base


def write(base: sqlite3.Connection, places: Iterable[Place], source: str = "") -> int:
    """Write places, replacing those with the same ident; returns how many."""
    count = 0
    for place in places:
        _forget(base, place.ident)
        sound = sound_key(place_key(place.name))
        row = (
            place.ident, place.name, place.kind, place.country, place.admin1, place.admin2, place.latitude,
            place.longitude, place.population, place.feature, place.radius_km, sound, source, place.valid_from,
            place.valid_to,
        )  # fmt: skip
        number = base.execute(
            "INSERT INTO entries (ident, name, kind, country, admin1, admin2, latitude, longitude, population,"
            " feature, radius_km, sound, source, valid_from, valid_to) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", row,
        ).lastrowid  # fmt: skip
        main = {place_key(name) for name in (place.name, *place.curated, *place.exonyms.values())}
        base.executemany(
            "INSERT OR IGNORE INTO names VALUES (?, ?, ?, ?)",
            [(sound_key(key), key, number, int(key in main)) for key in sorted(place.keys)],
        )
        base.executemany(
            "INSERT OR IGNORE INTO exonyms VALUES (?, ?, ?)",
            [(number, language, form) for language, form in sorted(place.exonyms.items())],
        )
        count += 1
    return count


def _forget(base: sqlite3.Connection, ident: str) -> None:
    found = base.execute("SELECT id FROM entries WHERE ident = ?", (ident,)).fetchone()
    if found:
        for key in [k for (k,) in base.execute("SELECT DISTINCT key FROM names WHERE entry = ?", found)]:
            base.execute("DELETE FROM names WHERE sound = ? AND key = ? AND entry = ?", (sound_key(key), key, *found))
        base.execute("DELETE FROM exonyms WHERE entry = ?", found)
        base.execute("DELETE FROM entries WHERE id = ?", found)
