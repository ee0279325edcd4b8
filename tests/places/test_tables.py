"""How the project's tables are laid over the packages' places."""

from __future__ import annotations

from pathlib import Path

from concordant.codebook import Row
from concordant.places.packages import Packaged
from concordant.places.schema import Place
from concordant.places.tables import apply_countries, apply_divisions, apply_exonyms, area_place, merge_localities


def row(**cells: str) -> Row:
    columns = (
        "name spellings kind level country countries parent seat admin1 admin2 latitude longitude radius_km code "
        "name_en form language valid_from valid_to"
    )
    return Row({**dict.fromkeys(columns.split(), ""), **cells}, Path("table.tsv"), 2)


def packaged() -> Packaged:
    division = Place("geonames:1", "Zan Sud", "admin1", "QZ", spellings={"South Zan"})
    town = Place("geonames:2", "Karo", "settlement", "QZ", "Zan Sud", None, 10.0, 2.0, 5000)
    country = Place("geonames:3", "Zandoria", "country", "QZ", spellings={"Zandy"})
    return Packaged({7: division}, {}, {"QZ": country}, [(town, (7,))])


def test_a_country_takes_the_tables_names_alone() -> None:
    found = packaged()
    apply_countries(found, [row(name="Zandorie", name_en="Zandoria", spellings="la Zandorie", code="QZ")])
    country = found.countries["QZ"]
    assert (country.name, country.exonyms) == ("Zandorie", {"en": "Zandoria"})
    assert "zandy" not in country.keys


def test_a_known_division_is_renamed_and_an_unknown_one_added() -> None:
    found = packaged()
    rows = [
        row(name="Sud-Zan", spellings="Zan Sud", level="1", country="QZ"),
        row(name="Mollo", level="2", country="QZ", parent="Sud-Zan", latitude="11", longitude="3"),
    ]
    added = apply_divisions(found, rows)
    assert (found.divisions[7].ident, found.divisions[7].name) == ("geonames:1", "Sud-Zan")
    assert [(place.ident, place.kind, place.admin1) for place in added] == [
        ("concordant:QZ/sud-zan/mollo/admin2", "admin2", "Sud-Zan")
    ]


def test_a_locality_near_its_namesake_is_laid_over_it_and_a_far_one_added() -> None:
    found = packaged()
    near = row(name="Karo", spellings="Karrow", country="QZ", admin2="Mollo", latitude="10.05", longitude="2.05")
    far = row(name="Karo", country="QZ", admin1="Zan Nord", latitude="14", longitude="2")
    added = merge_localities(found.cities, [near, far])
    town = found.cities[0][0]
    assert (town.ident, town.admin2, "karrow" in town.keys) == ("geonames:2", "Mollo", True)
    assert [place.ident for place in added] == ["concordant:QZ/zan-nord//karo"]


def test_exonyms_go_to_the_most_populous_place() -> None:
    found = packaged()
    small = Place("geonames:9", "Karo", "settlement", "QZ", population=10)
    town = found.cities[0][0]
    apply_exonyms([small, town], [row(form="Caron", language="fr", name="Karo", country="QZ", kind="settlement")])
    assert (town.exonyms, small.exonyms) == ({"fr": "Caron"}, {})


def test_an_area_keeps_its_radius() -> None:
    area = area_place(row(name="Trois Zans", kind="area", latitude="10", longitude="1", radius_km="120"))
    assert (area.ident, area.kind, area.country, area.radius_km) == ("concordant:area/trois-zans", "area", None, 120.0)
