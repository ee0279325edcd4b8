"""Corridors: both ends of "entre A et B" and of an axis are found where the gazetteer knows them, and never made up."""

from __future__ import annotations

from typing import Any

import pytest

from concordant.codebook import Codebook
from concordant.coding.coded import CodedPlace
from concordant.coding.mentions import PlaceMention
from concordant.coding.places import find_places
from concordant.coding.rendering import _place
from concordant.places.gazetteer import Gazetteer
from concordant.places.geometry import corridor, distance_km, midpoint
from concordant.places.schema import Place, create, write
from concordant.reading import read
from concordant.reports import Report

SEVELO, BANKARRA = (14.5, -4.1), (14.1, -3.5)
PLACES = [
    Place("t:ml", "Mali", "country", "ML", curated={"Mali"}), Place("t:cd", "République démocratique du Congo", "country", "CD", curated={"RDC"}),
    Place("t:1", "Moptarra", "admin1", "ML", None, None, 14.5, -4.2), Place("t:3", "Bankarra", "settlement", "ML", "Moptarra", None, *BANKARRA, 30000),
    Place("t:4", "Sévélo", "settlement", "ML", "Moptarra", None, *SEVELO, 60000), Place("t:12", "Bamako", "settlement", "ML", "Bamako", None, 12.65, -8.0, 1300000),
]  # fmt: skip


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    path = tmp_path_factory.mktemp("gazetteer") / "small.sqlite"
    base = create(path)
    with base:
        write(base, PLACES)
    base.close()
    return Gazetteer([path])


def found(text: str, gazetteer: Gazetteer, language: str = "fr") -> dict[str, PlaceMention]:
    mentions = find_places(read(None, text, language), codebook=Codebook(), gazetteer=gazetteer)
    return {mention.name: mention for mention in reversed(mentions)}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Au Mali, une mine a explosé entre Sévélo et Bankarra.", "fr"), ("Au Mali, une mine a explosé entre la ville de Sévélo et celle de Bankarra.", "fr"),
        ("Au Mali, une mine a explosé sur l'axe Sévélo-Bankarra.", "fr"), ("Au Mali, une mine a explosé sur l'axe Sévélo - Bankarra.", "fr"),
        ("Au Mali, une mine a explosé sur l'axe Sévélo – Bankarra.", "fr"), ("Au Mali, une mine a explosé sur la route reliant Sévélo à Bankarra.", "fr"),
        ("In Mali, a mine went off between Sévélo and Bankarra.", "en"), ("In Mali, a mine went off on the road from Sévélo to Bankarra.", "en"),
    ],
)  # fmt: skip
def test_both_ends_are_found(text: str, language: str, gazetteer: Gazetteer) -> None:
    ends = [mention.ends for mention in found(text, gazetteer, language).values() if mention.ends]
    assert ends, text
    assert [(e.name, e.latitude, e.longitude) for e in ends[0]] == [("Sévélo", *SEVELO), ("Bankarra", *BANKARRA)]


@pytest.mark.parametrize(
    "text",
    [
        "Au Mali, une mine a explosé entre Sévélo et Kimoro.", "Au Mali, une mine a explosé sur l'axe Sévélo-Kimoro.", "Au Mali, une mine a explosé à Sévélo et à Bankarra.",
        "Au Mali, une mine a explosé sur la route de Sévélo. Bankarra est calme.", "Au Mali, une mine a explosé entre Sévélo et Bamako.",
        "Un accord a été signé entre le Mali et la RDC.", "Au Mali, une mine a explosé entre Sévélo et Sévélo.",
    ],
)  # fmt: skip
def test_an_end_that_nobody_knows_is_not_made_up(text: str, gazetteer: Gazetteer) -> None:
    assert [m.ends for m in found(text, gazetteer).values() if m.ends] == []


def coded(text: str, gazetteer: Gazetteer) -> CodedPlace:
    reading = read(None, text, "fr")
    mention = find_places(reading, codebook=Codebook(), gazetteer=gazetteer)[1]
    made = _place(reading, Report("r", text, None), mention)
    assert made is not None
    return made


def test_a_corridor_is_coded_with_its_ends_and_a_circle_that_covers_it(gazetteer: Gazetteer) -> None:
    place: dict[str, Any] = coded("Au Mali, une mine a explosé entre Sévélo et Bankarra.", gazetteer).to_dict()
    middle = midpoint(*SEVELO, *BANKARRA)
    assert (place["name"], place["relation"], place["corridor_km"]) == ("Sévélo", "near", 10.0)
    assert (place["latitude"], place["longitude"]) == pytest.approx(middle, abs=1e-4)
    assert [e["name"] for e in place["ends"]] == ["Sévélo", "Bankarra"]
    for end in place["ends"]:
        assert distance_km(place["latitude"], place["longitude"], end["latitude"], end["longitude"]) + 10 == pytest.approx(place["radius_km"], abs=0.2)
    plain = coded("Au Mali, une mine a explosé près de Sévélo.", gazetteer).to_dict()
    assert "ends" not in plain
    assert (plain["latitude"], plain["longitude"]) == SEVELO


def test_the_ring_of_a_corridor_is_as_far_from_its_line_everywhere() -> None:
    ring = corridor(SEVELO, BANKARRA, 10.0)
    assert ring[0] == ring[-1]
    line = [(SEVELO[0] + (BANKARRA[0] - SEVELO[0]) * t / 400, SEVELO[1] + (BANKARRA[1] - SEVELO[1]) * t / 400) for t in range(401)]
    for longitude, latitude in ring:
        assert min(distance_km(latitude, longitude, *point) for point in line) == pytest.approx(10.0, rel=0.02)
    assert corridor(BANKARRA, SEVELO, 10.0) != ring
