"""Protecting: the public form of an event, without names of persons, sources, words and exact places, by rules that are tables."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from concordant.actors.register import Actor, Register
from concordant.codebook import Codebook
from concordant.codebook.tables import Row

_KM = 111.32  # kilometres a degree of latitude
_NAMES = ("name", "admin2", "admin1", "country")
_FIGURES = ("outcome", "victims", "state", "low", "best", "high", "hedged", "rival")


@dataclass(frozen=True, slots=True)
class Level:
    """How exact an event's place may be, and for how many days after it the event is held back."""

    name: str
    grid: float | None
    place: str
    days: int


@dataclass(frozen=True, slots=True)
class Protected:
    """The public form of an event: its values, the level by which they were protected, and from which day on it leaves."""

    values: Mapping[str, Any]
    level: str
    begins: str | None


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules by which an event is protected, as a codebook's tables have them."""

    fields: Mapping[str, str]
    levels: tuple[Level, ...]
    sensitive: tuple[tuple[str, str, int], ...]  # what, value, the level's rank

    @classmethod
    def of(cls, overlays: tuple[Path, ...] = ()) -> Policy:
        """The rules in force. Raises CodebookError for a table that cannot be used."""
        return _policy(overlays)

    def rank(self, values: Mapping[str, Any]) -> int:
        """The level of an event, by its place in `levels`; one that it was given before is never lowered."""
        said = {level.name: rank for rank, level in enumerate(self.levels)}
        return max((said.get(str(values.get("level")), 0), *(r for what, value, r in self.sensitive if _is(values, what, value))))

    def protect(self, values: Mapping[str, Any]) -> Protected:
        """The public form of an event. That of a public form is itself, or less where the rules have become stricter."""
        level = self.levels[self.rank(values)]
        found: dict[str, Any] = {}
        for name, verdict in self.fields.items():
            if verdict != "drop" and name in values:
                found[name] = _VERDICTS[verdict](values[name], values, level)
        return Protected(found | {"level": level.name}, level.name, _begins(values, level))


def _is(values: Mapping[str, Any], what: str, value: str) -> bool:
    if what == "kind":
        return values.get("kind") == value
    if what == "outcome":
        return any(r["outcome"] == value and r.get("state") != "none" for r in values.get("casualties") or ())
    place = values.get("place") or {}
    return any(value in re.findall(r"\w+", _bare(str(place.get(name) or ""))) for name in _NAMES[:2])


def _bare(text: str) -> str:
    """Text without case and accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def _begins(values: Mapping[str, Any], level: Level) -> str | None:
    """The first day on which an event may leave; None where it is not known when it was."""
    told = values.get("date") or {}
    last = told.get("end") or told.get("start")
    return (date.fromisoformat(str(last)[:10]) + timedelta(days=level.days)).isoformat() if last else None


def _keep(value: Any, values: Mapping[str, Any], level: Level) -> Any:
    return value


def _days(value: Any, values: Mapping[str, Any], level: Level) -> Any:
    return {name: value.get(name) for name in ("start", "end", "precision")} if value else None


def _coarse(value: Any, values: Mapping[str, Any], level: Level) -> Any:
    """A place no more exact than its level: the finest name that may be given, and the middle of a square."""
    if not value:
        return None
    allowed = _NAMES[_NAMES.index(level.place) :]
    # A name that no gazetteer knows may be anybody's house.
    known = value.get("gazetteer_id")
    finest = next((n for n in allowed if value.get(n) and (n != "name" or known)), None)
    as_is = finest == "name"
    made = {name: value.get(name) for name in _NAMES[1:] if name in allowed}
    made |= {"name": value.get(finest) if finest else None, "relation": value.get("relation") if as_is else "within"}
    return made | {"gazetteer_id": known if as_is else None} | _square(value, level)


def _square(value: Mapping[str, Any], level: Level) -> dict[str, Any]:
    latitude, longitude = value.get("latitude"), value.get("longitude")
    if level.grid is None or latitude is None or longitude is None:
        return {"latitude": None, "longitude": None, "radius_km": None}
    middle = [(math.floor(round(x / level.grid, 6)) + 0.5) * level.grid for x in (latitude, longitude)]
    reach = level.grid * _KM / math.sqrt(2)
    return {
        "latitude": round(middle[0], 4), "longitude": round(middle[1], 4),
        "radius_km": round(max(reach, float(value.get("radius_km") or 0.0)), 1),
    }  # fmt: skip


def _groups(value: Any, values: Mapping[str, Any], level: Level) -> list[dict[str, Any]]:
    """Groups by the names that the register has for them; whoever else took part by their side, each side once."""
    made: list[dict[str, Any]] = []
    for party in value or ():
        actor = _registered(party)
        side = str(party.get("type") or "unidentified")
        told = {"role": party["role"], "type": side, "presumed": bool(party.get("presumed"))}
        told |= {"name": actor.name if actor else side.replace("_", " "), "actor_id": actor.id if actor else None}
        if told not in made:
            made.append(told)
    return made


def _registered(party: Mapping[str, Any]) -> Actor | None:
    """The group of the register that a party is. The words of a report are not taken: they may name its men."""
    return _register().get(str(party["actor_id"])) if party.get("actor_id") else None


@lru_cache(maxsize=1)
def _register() -> Register:
    return Register.of(Codebook())


def _figures(value: Any, values: Mapping[str, Any], level: Level) -> list[dict[str, Any]]:
    return [{name: row.get(name) for name in _FIGURES} for row in value or ()]


def _group(value: Any, values: Mapping[str, Any], level: Level) -> Any:
    """The group that claims an event: one of its parties, or one that the register knows by that name."""
    said = value.get("name") if isinstance(value, Mapping) else value
    party = next((p for p in values.get("parties") or () if said and p["name"] == said), None)
    actor = _registered(party) if party else None
    return actor.name if actor else said if said in _group_names() else None


def _counts(value: Any, values: Mapping[str, Any], level: Level) -> dict[str, Any]:
    return {name: (value or {}).get(name) for name in ("overall", "reports", "origins")}


_VERDICTS: Mapping[str, Callable[[Any, Mapping[str, Any], Level], Any]] = {
    "keep": _keep, "days": _days, "coarse": _coarse, "groups": _groups, "figures": _figures, "group": _group, "counts": _counts,
}  # fmt: skip


@lru_cache(maxsize=1)
def _group_names() -> frozenset[str]:
    return frozenset(row["name"] for row in Codebook().table("actors"))


@lru_cache(maxsize=16)
def _policy(overlays: tuple[Path, ...]) -> Policy:
    book = Codebook(overlays)
    levels = tuple(_level(row) for row in book.table("public-levels"))
    ranks = {level.name: rank for rank, level in enumerate(levels)}
    fields = {row["field"]: _checked(row, "verdict", (*_VERDICTS, "drop")) for row in book.table("public-fields")}
    sensitive = tuple(
        (_checked(row, "what", ("kind", "outcome", "place")), row["value"], ranks[_checked(row, "level", ranks)])
        for row in book.table("public-sensitive")
    )
    return Policy(fields, levels, sensitive)


def _checked(row: Row, column: str, known: Mapping[str, Any] | tuple[str, ...]) -> str:
    if row[column] not in known:
        raise row.error(f"{column} is none of {', '.join(known)}: {row[column]!r}")
    return row[column]


def _level(row: Row) -> Level:
    grid = None if row["grid"] == "-" else row.number("grid")
    days = row.number("days")
    if (grid is not None and not 0 < grid <= 10) or (grid is None and row["grid"] != "-"):
        raise row.error(f"grid is a number of degrees, 10 at most, or -: {row['grid']!r}")
    if days is None or days < 0 or days != int(days):
        raise row.error(f"days is a whole number: {row['days']!r}")
    return Level(row["level"], grid, _checked(row, "place", _NAMES), int(days))


