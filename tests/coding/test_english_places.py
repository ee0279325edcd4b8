"""English places, with and without capitals: invented reports, searched in a small gazetteer of its own."""

from __future__ import annotations

import pytest

from concordant.codebook import Codebook
from concordant.coding.mentions import PlaceMention
from concordant.coding.placecontext import country_context
from concordant.coding.places import find_places
from concordant.places.gazetteer import Gazetteer
from concordant.places.schema import Place, create, write
from concordant.reading import read

PLACES = [
    Place("t:sv", "El Salvador", "country", "SV"),
    Place("t:es", "Spain", "country", "ES"),
    Place("t:gb", "United Kingdom", "country", "GB"),
    Place("t:us", "United States", "country", "US"),
    Place("t:1", "Usulara", "admin1", "SV", None, None, 13.3, -88.4),
    Place("t:2", "Usulara", "settlement", "SV", "Usulara", None, 13.3, -88.4, 60000),
    Place("t:3", "Santa Lenna", "settlement", "SV", "Usulara", None, 13.4, -88.4, 45000),
    Place("t:4", "La Libertad", "admin1", "SV", None, None, 13.6, -89.3),
    Place("t:5", "San Salvador", "settlement", "SV", "San Salvador", None, 13.7, -89.2, 570000),
    Place("t:6", "San Salvador", "settlement", "ES", "Zamora", None, 41.8, -5.3, 300),
    Place("t:7", "Section", "settlement", "US", "Alabama", None, 34.6, -86.0, 700),
    Place("t:8", "Barleby", "settlement", "GB", "England", None, 53.0, -1.0, 90000),
    Place("t:9", "Campo Verro", "settlement", "ES", "Zamora", None, 41.8, -5.2, 900),
]


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    path = tmp_path_factory.mktemp("gazetteer") / "english.sqlite"
    base = create(path)
    with base:
        write(base, PLACES)
    base.close()
    return Gazetteer([path])


def found(text: str, gazetteer: Gazetteer) -> dict[str, PlaceMention]:
    mentions = find_places(read(None, text, "en"), codebook=Codebook(), gazetteer=gazetteer)
    return {mention.name: mention for mention in reversed(mentions)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("salvadoran troops shelled the war-torn usulara department in el salvador.", "usulara"),
        ("in el salvador, troops shelled the densely populated torrova neighborhood.", "torrova"),
        ("in el salvador, two men were killed in la libertad department.", "la libertad"),
        ("in el salvador, rebels attacked the post in alto de san garro.", "alto de san garro"),
        ("in el salvador, a bomb exploded in the heron neighborhood.", "heron"),
        ("in el salvador, troops shot at a bus in lobster village.", "lobster"),
        ("in el salvador, a bus was burned on the road leading to san torvo.", "san torvo"),
    ],
)
def test_names_without_capitals(text: str, name: str, gazetteer: Gazetteer) -> None:
    assert name in found(text, gazetteer)


@pytest.mark.parametrize(
    "text",
    [
        "in the country's eastern region of el salvador, troops killed two men.",
        "in el salvador, the explosion destroyed a section of the pipeline, and the united states protested.",
        "in el salvador, two policemen were killed in a car.",
        "el salvador: the army decreed a state of siege and troops patrol the surrounding areas.",
        "in el salvador, colonel juan pedro usulara said that nobody was hurt.",
        "in el salvador, people came in tractors from the neighboring villages.",
    ],
)
def test_words_without_capitals_that_are_no_places(text: str, gazetteer: Gazetteer) -> None:
    names = set(found(text, gazetteer)) - {"el salvador", "united states", "the united states"}
    assert not names


def test_a_short_word_points_to_no_country(gazetteer: Gazetteer) -> None:
    reading = read(None, "two men in a car told us that they use the road in el salvador.", "en")
    assert list(country_context(reading, Codebook(), gazetteer)) == ["SV"]


def test_the_distance_from_a_town_that_nobody_knows(gazetteer: Gazetteer) -> None:
    mention = found("in el salvador, a car bomb killed two soldiers 30 km west of zorobanda.", gazetteer)["zorobanda"]
    assert (mention.relation, mention.distance_km, mention.bearing) == ("near", 30.0, "west")


@pytest.mark.parametrize(
    "text",
    [
        "in el salvador, two men died, according to radio reports broadcast in santa lenna.",
        "in el salvador, rebels attacked a post, colonel perez told newsmen in santa lenna.",
        "in el salvador, a bomb exploded yesterday, a spokesman in santa lenna said.",
        "In El Salvador, two men died, the general said on Monday at a news conference in Santa Lenna.",
    ],
)
def test_where_it_is_told_is_not_where_it_was(text: str, gazetteer: Gazetteer) -> None:
    mentions = {name.lower(): mention for name, mention in found(text, gazetteer).items()}
    assert mentions["santa lenna"].role == "speaker"


@pytest.mark.parametrize("text", ["In El Salvador, rebels said on Monday they attacked Santa Lenna.", "Clashes were reported in Santa Lenna, in El Salvador."])  # fmt: skip
def test_where_it_was_stays_its_place(text: str, gazetteer: Gazetteer) -> None:
    assert found(text, gazetteer)["Santa Lenna"].role == "event"


def test_a_capital_before_its_namesake_in_a_country_named_in_passing(gazetteer: Gazetteer) -> None:
    text = "Two citizens of Spain were killed in San Salvador. Spain protested, and a Salvadoran minister apologised."
    mention = found(text, gazetteer)["San Salvador"]
    assert mention.country == "SV"


def test_a_village_far_from_all_else_that_is_told_is_not_meant(gazetteer: Gazetteer) -> None:
    text = "in el salvador, a bomb exploded in campo verro, near santa lenna, days before the talks in spain."
    assert found(text, gazetteer)["campo verro"].country != "ES"


@pytest.mark.parametrize(
    "text",
    ["On Jan. 9, forces conducted a raid in Spain.", "The strike at Christmas hit Spain.", "Capt. Jeff Barleby said so in Spain."],
)  # fmt: skip
def test_months_feasts_and_officers_are_no_places(text: str, gazetteer: Gazetteer) -> None:
    assert set(found(text, gazetteer)) <= {"Spain"}


def test_a_street_is_not_the_town_of_its_name(gazetteer: Gazetteer) -> None:
    mention = found("A bomb exploded in Barleby Street, in the United Kingdom.", gazetteer)["Barleby"]
    assert (mention.level, mention.chosen) == ("road", None)
