"""What the build takes from the project's own tables: countries, dated divisions, areas, localities, exonyms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from concordant.codebook import Row
from concordant.places.geometry import distance_km
from concordant.places.keys import place_key
from concordant.places.packages import Packaged
from concordant.places.schema import Place

# A locality of the tables and a settlement of the packages with one name are one place when this close: points
# given to 0.01 degree, and towns that are points for one source and districts for another, still fall together.
SAME_PLACE_KM = 25.0


def apply_countries(found: Packaged, rows: Iterable[Row]) -> None:
    """Give countries the table's names (the French one leads), spellings and capitals."""
    for row in rows:
        place = found.countries.get(row["code"]) or Place(
            f"concordant:country/{row['code']}", "", "country", row["code"]
        )
        found.countries[row["code"]] = place
        place.spellings.clear()  # the packages' include other words ("Uman" for Oman)
        place.curated |= {row["name_en"], *row.listed("spellings")} - {""}
        place.name = row["name"]
        if row["name_en"]:
            place.exonyms["en"] = row["name_en"]
        if row.number("latitude") is not None:
            place.latitude, place.longitude = row.number("latitude"), row.number("longitude")


def apply_divisions(found: Packaged, rows: Iterable[Row]) -> list[Place]:
    """Rename the packages' divisions as the table does; returns the divisions that the packages lack.

    Rows of level 1 come first in effect, as the second level names its parent.
    """
    by_key: dict[tuple[str, str, str], list[Place]] = defaultdict(list)
    for place in found.divisions.values():
        for key in place.keys:
            by_key[place.country or "", place.kind, key].append(place)
    added = []
    for row in sorted(rows, key=lambda row: row["level"]):
        kind = "admin" + row["level"].removeprefix("admin")
        dated = bool(row["valid_from"] or row["valid_to"])  # one of a reform is no other name of the one before it
        known = None if dated else _matching(by_key, row, kind)
        place = known or Place("", row["name"], kind, row["country"], feature=kind.replace("admin", "ADM"))
        _fill_division(place, row)
        if known is None:
            path = "/".join(_slug(part) for part in (row["parent"], row["name"]) if part)
            place.ident = f"concordant:{row['country']}/{path}/{kind}"
            added.append(place)
    return added


def _slug(name: str) -> str:
    return place_key(name).replace(" ", "-")


def _matching(by_key: dict[tuple[str, str, str], list[Place]], row: Row, kind: str) -> Place | None:
    for name in (row["name"], *row.listed("spellings")):
        places = by_key.get((row["country"], kind, place_key(name)), [])
        if row["parent"] and len(places) > 1:
            places = [p for p in places if place_key(p.admin1 or "") == place_key(row["parent"])] or places
        if places:
            return places[0]
    return None


def _fill_division(place: Place, row: Row) -> None:
    place.spellings.add(place.name)
    place.curated |= set(row.listed("spellings"))
    place.name = row["name"]
    place.valid_from, place.valid_to = row["valid_from"], row["valid_to"]
    place.admin1 = row["parent"] or (place.admin1 if place.kind != "admin1" else None)
    if row.number("latitude") is not None:
        place.latitude, place.longitude = row.number("latitude"), row.number("longitude")


def area_place(row: Row) -> Place:
    """An area that no division is: "Liptako-Gourma", "lac Tchad", "Sahel"."""
    return Place(
        f"concordant:area/{_slug(row['name'])}", row["name"], row["kind"] or "area",
        row["country"] or None, row["admin1"] or None, None, row.number("latitude"), row.number("longitude"),
        radius_km=row.number("radius_km"), curated=set(row.listed("spellings")), feature="AREA",
    )  # fmt: skip


def merge_localities(cities: list[tuple[Place, tuple[int, ...]]], rows: Iterable[Row]) -> list[Place]:
    """Lay the table's localities over the settlements; returns those that the settlements lack."""
    by_key: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place, _ in cities:
        for key in place.keys:
            by_key[place.country or "", key].append(place)
    added: dict[str, Place] = {}
    for row in rows:
        new = locality_place(row)
        known = [p for key in sorted(new.keys) for p in by_key.get((row["country"], key), ()) if _close(p, new)]
        if new.kind == "settlement" and known:
            _lay_over(known[0], new)
        else:
            added[new.ident] = new
    return list(added.values())


def locality_place(row: Row) -> Place:
    """A locality of the tables, or of a table of a user's own."""
    latitude, longitude = row.number("latitude"), row.number("longitude")
    chain = "/".join(_slug(row.cells.get(part, "")) for part in ("admin1", "admin2", "name"))
    return Place(
        f"concordant:{row['country']}/{chain}", row["name"], row["kind"] or "settlement", row["country"] or None,
        row["admin1"] or None, row["admin2"] or None, latitude, longitude, curated=set(row.listed("spellings")),
        feature="PPL",
    )  # fmt: skip


def _close(place: Place, new: Place) -> bool:
    if None in (place.latitude, place.longitude, new.latitude, new.longitude):
        return new.latitude is None and place_key(place.admin1 or "") == place_key(new.admin1 or "")
    points = (place.latitude or 0, place.longitude or 0, new.latitude or 0, new.longitude or 0)
    return distance_km(*points) <= SAME_PLACE_KM


def _lay_over(place: Place, new: Place) -> None:
    place.spellings.add(place.name)
    place.curated |= new.curated
    place.name = new.name
    place.admin1, place.admin2 = new.admin1 or place.admin1, new.admin2 or place.admin2
    if new.latitude is not None:
        place.latitude, place.longitude = new.latitude, new.longitude


def apply_exonyms(places: Iterable[Place], rows: Iterable[Row]) -> None:
    """Give places their names in French and English: to the most populous one of the name, country and kind."""
    wanted: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        wanted[row["country"], row["kind"] or "settlement", place_key(row["name"])].append(row)
    best: dict[tuple[str, str, str], Place] = {}
    for place in places:
        for key in place.keys:
            slot = (place.country or "", place.kind, key)
            if slot in wanted and (slot not in best or place.population > best[slot].population):
                best[slot] = place
    for slot, named in wanted.items():
        for row in named if slot in best else ():
            best[slot].curated.add(row["form"])
            if row["language"] in ("fr", "en"):
                best[slot].exonyms.setdefault(row["language"], row["form"])
