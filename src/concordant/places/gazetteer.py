"""The gazetteer: places by name, read from one SQLite file or several laid over each other."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from concordant.places.build import BUILT
from concordant.places.names import bare_key, key, loose_key

_FUZZY_LENGTH = 7  # letters from which on one letter of difference is taken for a spelling (shorter names collide)


class GazetteerMissing(RuntimeError):
    """The embedded gazetteer has not been built."""


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the gazetteer; `spelling` says how well the looked-up name fits (1 exact, less for looser keys)."""

    id: str
    name: str
    kind: str
    country: str | None
    admin1: str | None
    admin2: str | None
    latitude: float | None
    longitude: float | None
    population: int
    radius_km: float | None
    main_name: bool
    spelling: float


class Gazetteer:
    """Places by name. Opened once and read only; each process opens its own."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._files = [sqlite3.connect(f"file:{path}?mode=ro", uri=True, check_same_thread=False) for path in paths]
        self._cached = lru_cache(maxsize=50_000)(self._lookup)

    @classmethod
    def open(cls, *added: Path) -> Gazetteer:
        """The embedded gazetteer with a user's own over it. Raises GazetteerMissing where it has not been built."""
        if not BUILT.exists():
            raise GazetteerMissing("the gazetteer is not built yet: run `concordant gazetteer build`")
        return cls([*added, BUILT])

    def lookup(self, name: str, *, loose: bool = True) -> tuple[Place, ...]:
        """The places that a name may mean: by its key, and where there is none, by looser spelling."""
        return self._cached(name, loose)

    def _lookup(self, name: str, loose: bool) -> tuple[Place, ...]:
        found = self._by("key", key(name), 1.0) or self._by("key", bare_key(name), 0.97)
        if found or not loose:
            return tuple(found)
        alike = self._by("loose", loose_key(name), 0.8)
        if len(name) >= _FUZZY_LENGTH:
            return tuple(p for p in alike if Levenshtein.distance(key(name), key(p.name)) <= 3 or not p.main_name)
        return tuple(p for p in alike if Levenshtein.distance(key(name), key(p.name)) <= 2)

    def _by(self, column: str, value: str, spelling: float) -> list[Place]:
        if not value:
            return []
        found: dict[str, Place] = {}
        for file in self._files:
            rows = file.execute(
                "SELECT p.id, p.name, p.kind, p.country, p.admin1, p.admin2, p.latitude, p.longitude, p.population, "
                f"p.radius_km, n.main FROM name n JOIN place p ON p.id = n.place WHERE n.{column} = ? ORDER BY p.id",
                (value,),
            )
            for *fields, main in rows:
                found.setdefault(fields[0], Place(*fields, bool(main), spelling))
        return list(found.values())
