"""Pictures that the server draws: bars over time, and the map for those who look without scripts."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from concordant.record.tallies import Cell, Tally
from concordant.web.page import STATIC


@dataclass(frozen=True, slots=True)
class Bar:
    """One day, month or year: where its bar stands, how high it is, and which days it covers."""

    key: str
    x: float
    width: float
    height: float
    fatal: float
    events: int
    killed: int
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Events over time. `ticks` are the labels below: x and the day, month or year."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    unit: str
    undated: int
    highest: int
    width: int = 1000
    height: int = 96


def timeline(told: Sequence[Tally], unit: str, undated: int) -> Timeline:
    """Bars for tallies in the order of time, with room for those periods in which nothing happened."""
    if not told:
        return Timeline((), (), unit, undated, 0)
    keys = _periods(told[0].key, told[-1].key, unit)
    place = {key: at for at, key in enumerate(keys)}
    highest = max(t.events for t in told)
    step = 1000 / len(keys)
    bars = tuple(_bar(t, place[t.key] * step, step, highest, unit) for t in told if t.key in place)
    return Timeline(bars, _ticks(keys, step, unit), unit, undated, highest)


def _bar(told: Tally, x: float, step: float, highest: int, unit: str) -> Bar:
    height = 4 + 92 * math.sqrt(told.events / highest)
    first, last = _days_of(told.key, unit)
    return Bar(
        told.key, round(x, 2), round(max(step - min(2, step * 0.2), 0.6), 2), round(height, 1),
        round(height * told.fatal / told.events, 1), told.events, told.killed, first, last,
    )  # fmt: skip


def _days_of(key: str, unit: str) -> tuple[str, str]:
    if unit == "day":
        return key, key
    if unit == "year":
        return f"{key}-01-01", f"{key}-12-31"
    year, month = int(key[:4]), int(key[5:7])
    following = date(year + month // 12, month % 12 + 1, 1)
    return f"{key}-01", (following - timedelta(days=1)).isoformat()


def _periods(first: str, last: str, unit: str) -> list[str]:
    if unit == "year":
        return [f"{year:04d}" for year in range(int(first), int(last) + 1)]
    if unit == "day":
        start, end = date.fromisoformat(first), date.fromisoformat(last)
        return [(start + timedelta(days=n)).isoformat() for n in range((end - start).days + 1)]
    months = range(int(first[:4]) * 12 + int(first[5:7]) - 1, int(last[:4]) * 12 + int(last[5:7]))
    return [f"{m // 12:04d}-{m % 12 + 1:02d}" for m in months]


def _ticks(keys: Sequence[str], step: float, unit: str) -> tuple[tuple[float, str], ...]:
    if unit == "month" and len(keys) > 30:
        marked = [(at, key[:4]) for at, key in enumerate(keys) if key.endswith("-01")]
    else:
        every = max(1, math.ceil(len(keys) / 8))
        marked = [(at, key) for at, key in enumerate(keys) if at % every == 0]
    return tuple((round(at * step, 1), label) for at, label in marked)


# The map

_WIDTH, _HEIGHT = 960, 520


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the world on a sheet: degrees to points, with the middle latitude kept in shape."""

    west: float
    south: float
    scale: float
    squeeze: float

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        return (longitude - self.west) * self.scale * self.squeeze, _HEIGHT - (latitude - self.south) * self.scale


@dataclass(frozen=True, slots=True)
class Spot:
    """A circle on the map: an event with the extent of its uncertainty, or several close together; with `path` another shape."""

    x: float
    y: float
    radius: float
    events: int
    killed: int
    event_id: str
    dashed: bool = False
    label: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawn map: paths of land and borders, names of countries, spots."""

    land: str
    borders: str
    names: tuple[tuple[float, float, str], ...]
    spots: tuple[Spot, ...]
    width: int = _WIDTH
    height: int = _HEIGHT


@lru_cache(maxsize=1)
def _world() -> Mapping[str, Any]:
    try:
        found: Mapping[str, Any] = json.loads((STATIC / "world-plain.json").read_text(encoding="utf-8"))
    except FileNotFoundError:  # the assets were not built: the spots are drawn all the same
        return {"land": [], "borders": [], "labels": []}
    return found


def frame_of(points: Sequence[tuple[float, float]]) -> Frame:
    """A frame around points (longitude, latitude), with a margin and never closer than four degrees."""
    if not points:
        points = [(-18, -5), (45, 35)]
    wests, souths = [p[0] for p in points], [p[1] for p in points]
    middle = (min(souths) + max(souths)) / 2
    squeeze = max(0.35, math.cos(math.radians(middle)))
    height = max(4.0, (max(souths) - min(souths)) * 1.25, (max(wests) - min(wests)) * 1.25 * squeeze * _HEIGHT / _WIDTH)
    scale = _HEIGHT / height
    width = _WIDTH / (scale * squeeze)
    return Frame((min(wests) + max(wests)) / 2 - width / 2, middle - height / 2, scale, squeeze)


def draw(frame: Frame, spots: Iterable[Spot], name_of: Any) -> Sheet:
    """The world in a frame with spots on it; `name_of` gives a country's name by its code."""
    return Sheet(*_ground(frame), tuple(_names(frame, name_of)), tuple(spots))


@lru_cache(maxsize=64)
def _ground(frame: Frame) -> tuple[str, str]:
    """Land and borders in a frame, as paths: the world has some hundred thousand points, and frames come again."""
    world = _world()
    land = "".join(_path(frame, ring, closed=True) for ring in world["land"])
    return land, "".join(_path(frame, line, closed=False) for line in world["borders"])


def _names(frame: Frame, name_of: Any) -> list[tuple[float, float, str]]:
    """The names of countries that fit without running into each other, the largest countries first."""
    kept: list[tuple[float, float, str]] = []
    for code, longitude, latitude, _ in sorted(_world()["labels"], key=lambda label: -label[3]):
        name = str(name_of(code))
        x, y = frame.point(longitude, latitude)
        half = 5 * len(name)
        inside = half < x < _WIDTH - half and 14 < y < _HEIGHT - 14
        if inside and all(abs(x - a) > half + 5 * len(n) or abs(y - b) > 20 for a, b, n in kept):
            kept.append((round(x, 1), round(y, 1), name))
    return kept


def _path(frame: Frame, line: Sequence[Sequence[float]], *, closed: bool) -> str:
    points = [frame.point(p[0], p[1]) for p in line]
    if all(x < 0 for x, _ in points) or all(x > _WIDTH for x, _ in points):
        return ""
    if all(y < 0 for _, y in points) or all(y > _HEIGHT for _, y in points):
        return ""
    return "".join(f"M{'L'.join(piece)}{'Z' if closed else ''}" for piece in _pieces(line, points) if len(piece) > 1)


def _pieces(line: Sequence[Sequence[float]], points: Sequence[tuple[float, float]]) -> list[list[str]]:
    """A line's points as text, cut where it goes round the back of the world; points that fall together are told once."""
    pieces: list[list[str]] = [[]]
    before = line[0][0]
    for (longitude, *_), (x, y) in zip(line, points, strict=True):
        if abs(longitude - before) > 180:
            pieces.append([])
        before = longitude
        told = f"{min(max(x, -400), 1400):.0f} {min(max(y, -400), 1000):.0f}"  # far outside, the shape does not matter
        if not pieces[-1] or pieces[-1][-1] != told:
            pieces[-1].append(told)
    return pieces


def outline(frame: Frame, ring: Sequence[tuple[float, float]]) -> str:
    """A ring (longitude, latitude) as a path on the sheet; its line is drawn around it, so that a narrow one is seen too."""
    points = [frame.point(longitude, latitude) for longitude, latitude in ring]
    return f"M{'L'.join(f'{x:.1f} {y:.1f}' for x, y in points)}Z"


def spot_of_cell(frame: Frame, cell: Cell) -> Spot:
    x, y = frame.point(cell.longitude, cell.latitude)
    return Spot(round(x, 1), round(y, 1), round(5 + 3 * math.log2(cell.events + 1), 1), cell.events, cell.killed, cell.event_id)
