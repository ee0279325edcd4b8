"""Adding gazetteers of one's own: GeoNames country dumps, and tables of localities."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import sqlite3
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from concordant.places.gazetteer import user_folder
from concordant.places.geometry import distance_km
from concordant.places.keys import bare_division, place_key
from concordant.places.schema import Place, create, write

COLUMNS = 19  # of a GeoNames dump
# GeoNames classes and codes that reports name places by; streams, wells and dunes by the thousand are left out.
_SETTLEMENTS = {"L": {"LCTY"}, "S": {"CMP", "CMPRF", "RUIN", "MLTB", "MN", "MNAU"}}
_QUARTER = {"PPLX"}
_NATURAL = {
    "H": {"LK", "LKI", "LKS", "RSV", "STM", "OAS", "BAY", "GULF", "WTLD"},
    "T": {"MT", "MTS", "HLLS", "PLAT", "PLN", "VAL", "ISL", "ISLS", "DSRT", "ERG"},
    "V": {"FRST"},
    "L": {"PRK", "RESF", "RESN", "RESW", "AREA", "RGN"},
}
_LEVELS = {"ADM1": "admin1", "ADM2": "admin2", "ADM3": "admin3", "ADM4": "admin3", "PCLI": "country"}
_GONE = {"PPLH", "PPLQ", "ADM1H", "ADM2H", "ADM3H"}  # abandoned places and former divisions


class DumpError(ValueError):
    """A file that cannot be taken in: says which line, and what is wrong with it."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        self.path, self.line = path, line
        super().__init__(f"{path}:{line}: {message}")


@dataclass(frozen=True, slots=True)
class Added:
    """What an import brought in."""

    places: int
    left_out: int  # lines of classes that no report names places by
    target: Path


@dataclass(slots=True)
class _Line:
    place: Place
    admin1: str  # codes
    admin2: str


def add_dump(path: Path, target: Path | None = None) -> Added:
    """Take a GeoNames dump (.txt, .txt.gz, .zip) or a table (.tsv, .csv) into a user's gazetteer file.

    The target is written whole: adding the same file again gives the same file. Without a target it lies in the
    user's folder under the dump's name. Raises DumpError, with the line, for a file that is not in its form.
    """
    target = target or user_folder() / f"{path.name.split('.')[0]}.sqlite"
    text = _text_of(path)
    suffix = path.name.removesuffix(".gz").rsplit(".", 1)[-1].lower()
    if suffix in ("tsv", "csv"):
        places, left_out = list(_own_table(path, text, "\t" if suffix == "tsv" else ",")), 0
    else:
        lines, left_out = _read_dump(path, text)
        places = _placed(lines)
    partial = target.with_suffix(".partial")
    base = create(partial)
    with base:
        write(base, sorted(places, key=lambda place: place.ident), source=path.name)
        base.execute("INSERT INTO meta VALUES ('version', ?)", (hashlib.sha256(text.encode()).hexdigest()[:12],))
    base.close()
    partial.replace(target)
    return Added(len({place.ident for place in places}), left_out, target)


def _text_of(path: Path) -> str:
    data = path.read_bytes()
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [
                n for n in archive.namelist() if n.endswith((".txt", ".tsv", ".csv")) and "readme" not in n.lower()
            ]
            if len(names) != 1:
                raise DumpError(path, 0, f"the archive should hold one .txt file, and holds {len(names)}")
            data = archive.read(names[0])
    elif data[:2] == b"\x1f\x8b":
        try:
            data = gzip.decompress(data)
        except (EOFError, OSError, gzip.BadGzipFile) as error:
            raise DumpError(path, 0, f"the gzip file is damaged: {error}") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise DumpError(path, line, f"not UTF-8 text: {error.reason}") from None


def _read_dump(path: Path, text: str) -> tuple[list[_Line], int]:
    lines, left_out = [], 0
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        cells = line.rstrip("\r").split("\t")
        if len(cells) != COLUMNS:
            raise DumpError(path, number, f"a GeoNames line has {COLUMNS} columns, this one has {len(cells)}")
        kind = _kind(cells[6], cells[7])
        if kind is None:
            left_out += 1
        else:
            lines.append(_Line(_place(path, number, cells, kind), cells[10], cells[11]))
    if not lines:
        raise DumpError(path, 1, "no place in it")
    return lines, left_out


def _kind(feature_class: str, code: str) -> str | None:
    if code in _GONE:
        return None
    if feature_class == "A":
        return _LEVELS.get(code)
    if feature_class == "P":
        return "quarter" if code in _QUARTER else "settlement"
    if code in _SETTLEMENTS.get(feature_class, ()):
        return "settlement" if code == "LCTY" else "site"
    return "natural" if code in _NATURAL.get(feature_class, ()) else None


def _place(path: Path, number: int, cells: list[str], kind: str) -> Place:
    ident, name, ascii_name, alternates, latitude, longitude = cells[:6]
    if not ident.isdigit():
        raise DumpError(path, number, f"the id is not a number: {ident!r}")
    try:
        point = float(latitude), float(longitude)
        population = int(cells[14] or 0)
    except ValueError:
        raise DumpError(path, number, f"no numbers: {latitude!r}, {longitude!r}, {cells[14]!r}") from None
    if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
        raise DumpError(path, number, f"no point on earth: {point[0]}, {point[1]}")
    spellings = {part for part in alternates.split(",") if part and place_key(part).isascii()}
    bare = bare_division(name) if kind.startswith("admin") else name
    return Place(
        f"geonames:{ident}", bare, kind, cells[8] or None, None, None, *point, population, cells[7],
        spellings=spellings | {ascii_name, name},
    )  # fmt: skip


def _placed(lines: list[_Line]) -> list[Place]:
    """The places with the names of their divisions; a blank second level is that of the nearest seat in the first."""
    first = {(one.place.country, one.admin1): one.place.name for one in lines if one.place.kind == "admin1"}
    second = {
        (one.place.country, one.admin1, one.admin2): one.place.name for one in lines if one.place.kind == "admin2"
    }
    seats: dict[tuple[str | None, str], list[tuple[str, Place]]] = defaultdict(list)
    towns = {(one.admin1, place_key(one.place.name)): one.place for one in lines if one.place.kind == "settlement"}
    for one in lines:
        if one.place.kind == "admin2":
            # the division's own point is its middle: the town it is named after is where its villages turn to
            seat = towns.get((one.admin1, place_key(one.place.name)), one.place)
            seats[one.place.country, one.admin1].append((one.place.name, seat))
    for one in lines:
        place = one.place
        if place.kind not in ("country", "admin1"):
            place.admin1 = first.get((place.country, one.admin1))
        if place.kind not in ("country", "admin1", "admin2"):
            place.admin2 = second.get((place.country, one.admin1, one.admin2)) or _nearest(
                place, seats[place.country, one.admin1]
            )
    return [one.place for one in lines]


def _nearest(place: Place, seats: Iterable[tuple[str, Place]]) -> str | None:
    best = min(seats, key=lambda seat: _km(place, seat[1]), default=None)
    return best[0] if best else None


def _km(one: Place, two: Place) -> float:
    points = (one.latitude, one.longitude, two.latitude, two.longitude)
    return distance_km(*(value or 0.0 for value in points))


_OWN = ("name", "country")
_KINDS = {"country", "admin1", "admin2", "admin3", "settlement", "quarter", "natural", "area", "site"}


def _own_table(path: Path, text: str, delimiter: str) -> Iterator[Place]:
    """A table with a header line: name and country are needed; spellings, kind, admin1, admin2, coordinates may be."""
    rows = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    missing = [column for column in _OWN if column not in (rows.fieldnames or ())]
    if missing:
        raise DumpError(path, 1, f"no column {', '.join(missing)}; the columns are those of localities.tsv")
    for row in rows:
        if None in row:
            raise DumpError(path, rows.line_num, "more cells than the header has columns")
        cells = {key: (value or "").strip() for key, value in row.items()}
        if not cells["name"] or len(cells["country"]) != 2:
            raise DumpError(path, rows.line_num, "a name and a country of two letters are needed")
        yield _own_place(path, rows.line_num, cells)


def _own_place(path: Path, line: int, cells: dict[str, str]) -> Place:
    kind = cells.get("kind") or "settlement"
    if kind not in _KINDS:
        raise DumpError(path, line, f"unknown kind {kind!r}; there are {', '.join(sorted(_KINDS))}")
    try:
        latitude, longitude = (float(cells[part]) if cells.get(part) else None for part in ("latitude", "longitude"))
    except ValueError:
        raise DumpError(path, line, "latitude and longitude must be numbers") from None
    if (latitude is not None and abs(latitude) > 90) or (longitude is not None and abs(longitude) > 180):
        raise DumpError(path, line, f"no point on earth: {latitude}, {longitude}")
    chain = [place_key(cells.get(part, "")).replace(" ", "-") for part in ("admin1", "admin2", "name")]
    return Place(
        f"own:{path.name.split('.')[0]}/{cells['country'].upper()}/{'/'.join(chain)}", cells["name"], kind,
        cells["country"].upper(), cells.get("admin1") or None, cells.get("admin2") or None, latitude, longitude,
        curated={part.strip() for part in cells.get("spellings", "").split("|") if part.strip()},
    )  # fmt: skip


def describe(path: Path) -> dict[str, int]:
    """How many entries of each kind a gazetteer file holds."""
    base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return dict(base.execute("SELECT kind, COUNT(*) FROM entries GROUP BY kind ORDER BY kind"))
    finally:
        base.close()
