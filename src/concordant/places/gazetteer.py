"""Search in the gazetteer: names to entries, exactly, by sound, and with one letter wrong."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from concordant.places.geometry import distance_km
from concordant.places.keys import place_key, sound_key
from concordant.places.schema import BUILT, FORMAT

_COLUMNS = (
    "ident, name, kind, country, admin1, admin2, latitude, longitude, population, feature, radius_km, valid_from,"
    " valid_to"
)
# How sure a match of the name alone is: the entry's own name or a table's spelling; another spelling that GeoNames
# lists; one that sounds alike; one that is a letter off.
MAIN_NAME, OTHER_NAME, SAME_SOUND, ONE_LETTER = 1.0, 0.97, 0.88, 0.75
_FUZZY_LENGTH = 6  # below it one letter apart is mostly another place
_TWIN_KM = 15.0  # entries of two layers with one name are one place when this close


class GazetteerError(RuntimeError):
    """The gazetteer's file is missing or of another format."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"the gazetteer {path} {why}: build it with `concordant gazetteer build`")


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer, and how well its name matches the one that was looked up (1: to the letter)."""

    ident: str
    name: str
    kind: str  # country, admin1, admin2, admin3, settlement, quarter, natural, area, site
    country: str | None
    admin1: str | None
    admin2: str | None
    latitude: float | None
    longitude: float | None
    population: int
    feature: str
    radius_km: float | None
    valid_from: str = ""
    valid_to: str = ""
    quality: float = 1.0

    def stands(self, day: date | None) -> bool:
        """Whether the place is there on a day (a division of a reform is not before it; true where no day is known)."""
        if day is None:
            return True
        return self.valid_from <= day.isoformat() and (not self.valid_to or day.isoformat() <= self.valid_to)

    def km_to(self, other: Entry) -> float | None:
        """Distance to another entry, None where either has no coordinates."""
        if self.latitude is None or self.longitude is None or other.latitude is None or other.longitude is None:
            return None
        return distance_km(self.latitude, self.longitude, other.latitude, other.longitude)


def user_files(folder: Path | None = None) -> tuple[Path, ...]:
    """The gazetteers that a user has added (by `concordant gazetteer add`), in the order of their names."""
    folder = folder or user_folder()
    return tuple(sorted(folder.glob("*.sqlite"))) if folder.is_dir() else ()


def user_folder() -> Path:
    """Where a user's own gazetteers are kept: $CONCORDANT_DATA, else the usual folder for a program's data."""
    home = os.environ.get("CONCORDANT_DATA")
    base = Path(home) if home else Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "concordant"
    return base / "gazetteers"


class Gazetteer:
    """The built-in gazetteer with a user's own laid over it, read-only; each thread and process opens its own files."""

    def __init__(self, files: Sequence[Path] | None = None) -> None:
        self.files = tuple(files) if files is not None else (BUILT, *user_files())
        self._local = threading.local()
        self._exact = lru_cache(maxsize=20000)(self._find_exact)
        self._bucket = lru_cache(maxsize=400)(self._read_bucket)
        self._near = lru_cache(maxsize=5000)(self._find_near)
        self._names = lru_cache(maxsize=5000)(self._find_name)

    @property
    def version(self) -> str:
        """The versions of the files in force, joined."""
        return "+".join(
            str(version)
            for base in self._bases()
            for (version,) in base.execute("SELECT value FROM meta WHERE key = 'version'")
        )

    def lookup(
        self, name: str, *, country: str | Iterable[str] | None = None, kinds: Iterable[str] | None = None,
        fuzzy: bool = True,
    ) -> tuple[Entry, ...]:  # fmt: skip
        """Entries that a name may mean, best match first, then by population.

        The spelling counts first, then the sound ("Barsalogho" for Barsalogo); in the given countries also names
        one letter away. `country` and `kinds` limit what is returned.
        """
        countries = (country,) if isinstance(country, str) else tuple(country or ())
        wanted = frozenset(kinds or ())
        key = place_key(name)
        if not key:
            return ()
        entries = [e for e in self._exact(key) if fuzzy or e.quality >= OTHER_NAME]
        if not entries and not (fuzzy and countries):
            return ()
        if countries:
            entries = [entry for entry in entries if entry.country in countries or entry.country is None]
        if fuzzy and not entries and len(key) >= _FUZZY_LENGTH:
            entries = [entry for code in countries for entry in self._near(key, code)]
        if wanted:
            entries = [entry for entry in entries if entry.kind in wanted]
        return tuple(sorted(entries, key=lambda entry: (-entry.quality, -entry.population, entry.ident)))

    def is_name(self, key: str) -> bool:
        """Whether a place key (as `place_key` makes it) is some entry's name, to the letter."""
        return any(entry.quality >= OTHER_NAME for entry in self._exact(key))

    def name_in(self, entry: Entry, language: str) -> str:
        """The entry's usual name in a language, its own where none is known."""
        return self._names(entry.ident, language) or entry.name

    def division(self, name: str, country: str, language: str, kind: str = "admin1") -> str:
        """A division's usual name in a language: "Catalogne" for Catalonia in French."""
        for entry in self.lookup(name, country=country, kinds=(kind,), fuzzy=False):
            return self.name_in(entry, language)
        return name

    def country(self, code: str) -> Entry | None:
        """The entry of a country by its ISO code."""
        for base in self._bases():
            row = base.execute(
                f"SELECT {_COLUMNS} FROM entries WHERE country = ? AND kind = 'country'", (code,)
            ).fetchone()
            if row:
                return Entry(*row)
        return None

    def get(self, ident: str) -> Entry | None:
        """The entry with an ident, from the last layer that has it."""
        for base in reversed(self._bases()):
            row = base.execute(f"SELECT {_COLUMNS} FROM entries WHERE ident = ?", (ident,)).fetchone()
            if row:
                return Entry(*row)
        return None

    def _find_exact(self, key: str) -> tuple[Entry, ...]:
        sound = sound_key(key)
        found: dict[str, Entry] = {}
        columns = ", ".join(f"e.{column.strip()}" for column in _COLUMNS.split(","))
        for base in self._bases():
            rows = base.execute(
                f"SELECT {columns}, n.key, n.main FROM names n JOIN entries e ON e.id = n.entry WHERE n.sound = ?",
                (sound,),
            )
            for row in rows:
                spelled, main = row[-2:]
                quality = (MAIN_NAME if main else OTHER_NAME) if spelled == key else SAME_SOUND
                if quality == SAME_SOUND and not _alike(key, spelled):
                    continue
                known = found.get(row[0])
                if known is None or quality >= known.quality:
                    fields: list[Any] = [*row[:-2], quality]
                    found[row[0]] = Entry(*fields)
        return _without_twins(found.values()) if len(self.files) > 1 else tuple(found.values())

    def _find_near(self, key: str, country: str) -> tuple[Entry, ...]:
        sound = sound_key(key)
        limit = 1 if len(sound) < 10 else 2
        return tuple(
            replace(entry, quality=ONE_LETTER)
            for known, entry in self._bucket(country, sound[:1])
            if Levenshtein.distance(sound, known, score_cutoff=limit) <= limit
            and Levenshtein.normalized_similarity(key, place_key(entry.name)) >= 0.75
        )

    def _read_bucket(self, country: str, initial: str) -> tuple[tuple[str, Entry], ...]:
        rows = []
        for base in self._bases():
            rows += base.execute(
                f"SELECT sound, {_COLUMNS} FROM entries WHERE country = ? AND sound >= ? AND sound < ?",
                (country, initial, initial + "\U0010ffff"),
            ).fetchall()
        return tuple((sound, Entry(*fields)) for sound, *fields in rows)

    def _find_name(self, ident: str, language: str) -> str | None:
        for base in reversed(self._bases()):
            row = base.execute(
                "SELECT x.form FROM exonyms x JOIN entries e ON e.id = x.entry WHERE e.ident = ? AND x.language = ?",
                (ident, language),
            ).fetchone()
            if row:
                return str(row[0])
        return None

    def _bases(self) -> list[sqlite3.Connection]:
        if getattr(self._local, "process", None) != os.getpid():
            self._local.bases = [_open(path) for path in self.files]
            self._local.process = os.getpid()
        bases: list[sqlite3.Connection] = self._local.bases
        return bases

    def __reduce__(self) -> tuple[type[Gazetteer], tuple[tuple[Path, ...]]]:
        return Gazetteer, (self.files,)


def _alike(key: str, spelled: str) -> bool:
    """Whether keys of equal sound are also written alike: "barsalogho" and "barsalogo", not "al hol" and "allou"."""
    return len(key) > 3 and Levenshtein.normalized_similarity(key, spelled) >= 0.7


def _open(path: Path) -> sqlite3.Connection:
    if not path.exists():
        raise GazetteerError(path, "is missing")
    base = sqlite3.connect(f"file:{path}?mode=ro", uri=True, check_same_thread=False)
    try:
        found = base.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
    except sqlite3.DatabaseError:
        found = None
    if found is None or found[0] != FORMAT:
        raise GazetteerError(path, "cannot be read by this version")
    return base


def _without_twins(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries without those that another layer's entry of the same kind and place repeats (the first layer stays)."""
    kept: list[Entry] = []
    for entry in entries:
        km = [entry.km_to(other) for other in kept if other.kind == entry.kind and other.country == entry.country]
        if not any(distance is not None and distance < _TWIN_KM for distance in km):
            kept.append(entry)
    return tuple(kept)


@lru_cache(maxsize=4)
def default_gazetteer() -> Gazetteer:
    """The gazetteer in force on this machine."""
    return Gazetteer()
