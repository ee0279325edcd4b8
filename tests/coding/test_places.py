"""Places in sentences with invented towns in real countries, searched in a small gazetteer of its own."""

from __future__ import annotations

from datetime import date

import pytest

from concordant.codebook import Codebook
from concordant.coding.mentions import PlaceMention
from concordant.coding.placecontext import country_context, home_of
from concordant.coding.placepoints import locate
from concordant.coding.places import find_places
from concordant.places.gazetteer import Gazetteer
from concordant.places.schema import Place, create, write
from concordant.reading import read

PLACES = [
    Place("t:ml", "Mali", "country", "ML", curated={"Mali"}),
    Place("t:cd", "République démocratique du Congo", "country", "CD", curated={"RDC"}),
    Place("t:sv", "El Salvador", "country", "SV"),
    Place("t:1", "Moptarra", "admin1", "ML", None, None, 14.5, -4.2),
    Place("t:2", "Bankarra", "admin2", "ML", "Moptarra", None, 14.1, -3.5),
    Place("t:3", "Bankarra", "settlement", "ML", "Moptarra", "Bankarra", 14.1, -3.5, 30000),
    Place("t:4", "Sévélo", "settlement", "ML", "Moptarra", None, 14.5, -4.1, 60000),
    Place("t:5", "Haut-Kivaro", "admin1", "CD", None, None, 0.5, 29.4),
    Place("t:6", "Benaro", "admin2", "CD", "Haut-Kivaro", None, 0.5, 29.4),
    Place("t:7", "Benaro", "settlement", "CD", "Haut-Kivaro", "Benaro", 0.5, 29.4, 150000),
    Place("t:8", "Mukoro", "settlement", "BR", "Acre", None, -9.0, -70.0, 3000),
    Place("t:9", "Usulara", "admin1", "SV", None, None, 13.3, -88.4),
    Place("t:10", "Usulara", "settlement", "SV", "Usulara", None, 13.3, -88.4, 60000),
    Place("t:11", "Santa Lenna", "settlement", "SV", "Usulara", None, 13.4, -88.4, 5000),
    Place("t:13", "St. Brevin", "settlement", "SV", "Usulara", None, 13.5, -88.4, 9000),
    Place("t:12", "Bamako", "settlement", "ML", "Bamako", None, 12.65, -8.0, 1300000),
]


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    path = tmp_path_factory.mktemp("gazetteer") / "small.sqlite"
    base = create(path)
    with base:
        write(base, PLACES)
    base.close()
    return Gazetteer([path])


def found(text: str, gazetteer: Gazetteer, language: str = "fr", title: str | None = None) -> dict[str, PlaceMention]:
    reading = read(title, text, language)
    mentions = find_places(reading, codebook=Codebook(), gazetteer=gazetteer)
    assert all(reading.words(mention.span) == mention.name for mention in mentions)
    return {mention.name: mention for mention in reversed(mentions)}


def test_a_chain_fills_what_the_gazetteer_lacks(gazetteer: Gazetteer) -> None:
    text = "En RDC, douze civils ont été tués au village de Kimoro, dans le territoire de Benaro (Haut-Kivaro)."
    mention = found(text, gazetteer)["Kimoro"]
    assert (mention.chosen, mention.country, mention.admin1, mention.admin2) == (None, "CD", "Haut-Kivaro", "Benaro")
    assert (mention.relation, mention.level, mention.locative) == ("at", "settlement", True)
    assert mention.phrase.end - mention.phrase.start > 50


def test_short_months_and_saints_are_no_places_by_themselves(gazetteer: Gazetteer) -> None:
    text = "In El Salvador, the Aug. 13 shooting in St. Brevin and that of Feb. 10 in Usulara left nine people dead."
    assert set(found(text, gazetteer, language="en")) == {"El Salvador", "St. Brevin", "Usulara"}


def test_a_namesake_on_another_continent_is_refused(gazetteer: Gazetteer) -> None:
    mention = found("RDC : des rebelles ont attaqué la localité de Mukoro, près de Benaro.", gazetteer)["Mukoro"]
    assert mention.chosen is None
    assert mention.country == "CD"


@pytest.mark.parametrize(
    ("text", "name", "relation"),
    [
        ("Une mine a explosé à Sévélo, au Mali.", "Sévélo", "at"),
        ("Une mine a explosé près de Sévélo, au Mali.", "Sévélo", "near"),
        ("Une mine a explosé aux environs de Sévélo, au Mali.", "Sévélo", "near"),
        ("Au Mali, une mine a explosé entre Sévélo et Bankarra.", "Sévélo", "between"),
        ("Au Mali, une mine a explosé sur l'axe Sévélo-Bankarra.", "Sévélo-Bankarra", "near"),
        ("Au Mali, une mine a explosé dans la région de Moptarra.", "Moptarra", "within"),
        ("Au Mali, une mine a explosé dans le cercle de Bankarra.", "Bankarra", "within"),
        ("Une mine a explosé dans le nord du Mali.", "Mali", "within"),
        ("Au Mali, une mine a explosé au nord de Sévélo.", "Sévélo", "near"),
    ],
)
def test_relations_in_french(text: str, name: str, relation: str, gazetteer: Gazetteer) -> None:
    mention = found(text, gazetteer)[name]
    assert (mention.relation, mention.locative, mention.country) == (relation, True, "ML")


def test_a_distance_is_read(gazetteer: Gazetteer) -> None:
    mention = found("Un convoi a été visé à 15 km au nord-est de Sévélo, au Mali.", gazetteer)["Sévélo"]
    assert (mention.relation, mention.distance_km, mention.bearing) == ("near", 15.0, "northeast")


def test_a_number_word_and_english_miles(gazetteer: Gazetteer) -> None:
    mention = found("Un convoi a été visé à une vingtaine de kilomètres de Sévélo, au Mali.", gazetteer)["Sévélo"]
    assert mention.distance_km == 20.0
    mention = found("Gunmen ambushed a convoy 10 miles south of Sévélo in Mali.", gazetteer, "en")["Sévélo"]
    assert mention.distance_km == pytest.approx(16.09)
    assert mention.bearing == "south"


def test_the_ends_of_between_know_each_other(gazetteer: Gazetteer) -> None:
    mentions = found("Au Mali, une mine a explosé entre Sévélo et Bankarra.", gazetteer)
    assert (mentions["Sévélo"].other_end, mentions["Bankarra"].other_end) == ("Bankarra", "Sévélo")


def test_the_same_name_is_a_town_or_a_division_as_its_noun_says(gazetteer: Gazetteer) -> None:
    town = found("Une attaque a eu lieu à Bankarra, au Mali.", gazetteer)["Bankarra"]
    circle = found("Une attaque a eu lieu dans le cercle de Bankarra, au Mali.", gazetteer)["Bankarra"]
    assert town.chosen is not None
    assert circle.chosen is not None
    assert (town.chosen.place_id, circle.chosen.place_id) == ("t:3", "t:2")


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Le maire de Sévélo, au Mali, a confirmé les faits.", "Sévélo", "speaker"),
        ("Le porte-parole du gouvernorat de Sévélo, au Mali, a confirmé les faits.", "Sévélo", "speaker"),
        ("Un homme originaire de Sévélo a été tué au Mali.", "Sévélo", "origin"),
        ("Les troupes venues de Sévélo ont été battues au Mali.", "Sévélo", "origin"),
        ("Bamako accuse les rebelles de ce massacre.", "Bamako", "capital"),
        ("Selon Bamako, douze civils sont morts.", "Bamako", "capital"),
    ],
)
def test_names_that_are_no_events_place(text: str, name: str, role: str, gazetteer: Gazetteer) -> None:
    mention = found(text, gazetteer)[name]
    assert (mention.role, mention.locative) == (role, False)


def test_a_title_opens_with_its_place(gazetteer: Gazetteer) -> None:
    mention = found("Douze personnes sont mortes.", gazetteer, title="Benaro : douze civils tués")["Benaro"]
    assert (mention.locative, mention.country) == (True, "CD")


def test_lists_share_their_grammar(gazetteer: Gazetteer) -> None:
    mentions = found("En RDC, des maisons ont brûlé dans les villages de Mokalo, Tchabaro et Lubero-Nord.", gazetteer)
    assert {"Mokalo", "Tchabaro", "Lubero-Nord"} <= {name for name, mention in mentions.items() if mention.locative}


@pytest.mark.parametrize("text", [
    "Le fait a été confié à Amadou Traoro, un témoin.",
    "L'homme appartenait au groupe Boko Haram et obéissait à l'AFPX.",
    "Il a été conduit au tribunal, a dit Nabil al-Hanaro.",
])  # fmt: skip
def test_persons_and_groups_are_no_places(text: str, gazetteer: Gazetteer) -> None:
    assert found(text, gazetteer) == {}


def test_english_without_capitals(gazetteer: Gazetteer) -> None:
    text = (
        "san salvador, 3 jan 90 (acan-efe) -- guerrillas attacked the town of usulara, usulara department, "
        "in el salvador, "
        "and clashes were reported in santa lenna. a farmer was shot in the village of rio seko."
    )
    mentions = found(text, gazetteer, "en")
    assert (mentions["usulara"].country, mentions["usulara"].admin1) == ("SV", "Usulara")
    assert mentions["santa lenna"].chosen is not None
    assert mentions["rio seko"].locative
    assert mentions["rio seko"].country == "SV"
    assert mentions["el salvador"].relation == "within"
    if "san salvador" in mentions:
        assert mentions["san salvador"].role == "dateline"


def test_possessive_and_district_in_english(gazetteer: Gazetteer) -> None:
    mentions = found("Gunmen raided villages in Haut-Kivaro's Benaro district, in the DR Congo.", gazetteer, "en")
    assert (mentions["Benaro"].relation, mentions["Benaro"].admin1) == ("within", "Haut-Kivaro")


def test_demonyms_give_context_not_mentions(gazetteer: Gazetteer) -> None:
    reading = read(None, "L'armée malienne a perdu douze soldats à Sévélo.", "fr")
    assert next(iter(country_context(reading, Codebook(), gazetteer))) == "ML"
    assert [m.name for m in find_places(reading, codebook=Codebook(), gazetteer=gazetteer)] == ["Sévélo"]


def test_points_are_moved_and_halved(gazetteer: Gazetteer) -> None:
    mentions = found("Un convoi a été visé à 15 km au nord de Sévélo, au Mali.", gazetteer)
    point = locate(mentions["Sévélo"])
    assert point is not None
    assert (round(point.latitude, 2), round(point.longitude, 2)) == (14.63, -4.1)
    mentions = found("Au Mali, une mine a explosé entre Sévélo et Bankarra.", gazetteer)
    point = locate(mentions["Sévélo"])
    assert point is not None
    assert (round(point.latitude, 1), round(point.longitude, 1)) == (14.3, -3.8)
    assert locate(mentions["Bankarra"]) == point
    assert locate(mentions["Mali"]) is None  # the country has no coordinates in this gazetteer


def test_between_governments_is_no_place(gazetteer: Gazetteer) -> None:
    mentions = found("La tension monte entre le Mali et la RDC après un envoi d'armes à la RDC.", gazetteer)
    assert {mention.role for mention in mentions.values()} == {"capital"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Au Mali, Cédric de Sévélo a été entendu hier.", "fr"),
        ("Au Mali, la police a arrêté Sévélo K. dans la nuit.", "fr"),
        ("Au Mali, M. Sévélo a salué l'arrestation des tueurs.", "fr"),
        ("In Mali, Mr Sévélo praised the police.", "en"),
    ],
)
def test_a_person_of_a_towns_name_is_no_place(text: str, language: str, gazetteer: Gazetteer) -> None:
    assert "Sévélo" not in found(text, gazetteer, language)


def test_a_surname_once_told_stays_one_and_a_town_of_that_name_needs_its_noun(gazetteer: Gazetteer) -> None:
    text = "Au Mali, Joseph Sévélo a été tué. Sévélo était connu de tous. Le corps est dans la ville de Sévélo."
    reading = read(None, text, "fr")
    mentions = [m for m in find_places(reading, codebook=Codebook(), gazetteer=gazetteer) if m.name == "Sévélo"]
    assert [(m.locative, m.level) for m in mentions] == [(True, "settlement")]


def test_a_group_named_after_a_country_is_not_there(gazetteer: Gazetteer) -> None:
    mention = found("Deux civils ont été tués par l'État islamique au Mali.", gazetteer)["Mali"]
    assert mention.role == "party"


def test_the_town_of_a_division_does_not_make_it_a_town(gazetteer: Gazetteer) -> None:
    mention = found("Au Mali, une mine a tué douze civils à Sévélo, capitale régionale du Moptarra.", gazetteer)["Moptarra"]
    assert (mention.level, mention.relation) == ("admin1", "within")


def test_one_village_does_not_bring_its_country_in_and_two_do(gazetteer: Gazetteer) -> None:
    one = read(None, "Des rebelles ont attaqué la localité de Mukoro au Mali.", "fr")
    assert set(country_context(one, Codebook(), gazetteer)) == {"ML"}
    two = read(None, "Au Mali, on se bat dans le village de Santa Lenna, près de Usulara.", "fr")
    assert set(country_context(two, Codebook(), gazetteer)) == {"ML", "SV"}


def test_forces_and_outlets_point_to_their_country(gazetteer: Gazetteer) -> None:
    reading = read(None, "Les FARDC ont repris le village, rapporte exemple.cd.", "fr")
    assert next(iter(country_context(reading, Codebook(), gazetteer))) == "CD"


@pytest.mark.parametrize(
    ("outlet", "country"), [("Radio Okapi", "CD"), ("www.exemple.ml", "ML"), ("Le Messager", None), (None, None)]
)
def test_an_outlet_is_at_home_by_the_table_or_its_address(outlet: str | None, country: str | None) -> None:
    assert home_of(outlet, Codebook()) == country


def test_a_town_abroad_beside_an_unknown_village_does_not_move_it(gazetteer: Gazetteer) -> None:
    text = "Au Mali, douze civils sont morts au Mali, dit-on. L'accord signé à Usulara ne tient pas à Karéba."
    assert found(text, gazetteer)["Karéba"].country == "ML"


def test_a_division_of_a_reform_is_not_there_before_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("dated") / "dated.sqlite"
    base = create(path)
    with base:
        write(base, [*PLACES, Place("t:20", "Karélé", "admin1", "ML", None, None, 13.0, -4.0, valid_from="2023-03-13")])
    base.close()
    reading = read(None, "Au Mali, une mine a explosé dans la région de Karélé.", "fr")

    def chosen(day: date) -> str | None:
        mentions = find_places(reading, published=day, codebook=Codebook(), gazetteer=Gazetteer([path]))
        return next(m.chosen.place_id if m.chosen else None for m in mentions if m.name == "Karélé")

    assert (chosen(date(2022, 5, 1)), chosen(date(2024, 5, 1))) == (None, "t:20")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Au Mali, le blessé a été transporté à l'hôpital de Sévélo dans la nuit.", "fr"),
        ("In Mali, the wounded man was taken to a hospital in Sévélo overnight.", "en"),
    ],
)
def test_where_the_hurt_are_taken_is_not_where_they_were_hurt(text: str, language: str, gazetteer: Gazetteer) -> None:
    assert found(text, gazetteer, language)["Sévélo"].role == "origin"


def test_a_surname_that_is_a_country_does_not_point_to_it(gazetteer: Gazetteer) -> None:
    reading = read(None, "François Hollande a parlé du Mali.", "fr")
    assert set(country_context(reading, Codebook(), gazetteer)) == {"ML"}
