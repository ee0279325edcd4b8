"""News of lone attackers, protests and arrests: named persons, those who answer, tolls and sources. All is invented."""

from __future__ import annotations

from datetime import date

import pytest

import concordant
from concordant.codebook import Codebook
from concordant.coding.coded import CodedEvent
from concordant.coding.coder import code_report
from concordant.coding.parties import find_parties
from concordant.coding.quantities import find_quantities
from concordant.coding.sources import claims_for, find_sources
from concordant.coding.tolls import find_tolls
from concordant.coding.victims import Sides, fits
from concordant.reading import Span, read
from concordant.reports import Report

BOOK = Codebook()
CODER = concordant.coder()


def parties(text: str) -> dict[str, str]:
    reading = read(None, text, "fr")
    found = find_parties(reading, codebook=BOOK, country=None, published=None)
    return {reading.words(p.span): p.type for p in found}


def tolls(text: str) -> set[tuple[str, int | None, str, bool]]:
    reading = read(None, text, "fr")
    known = find_parties(reading, codebook=BOOK, country=None, published=None)
    found = find_tolls(reading, find_quantities(reading, codebook=BOOK), known, codebook=BOOK)
    return {(t.outcome, t.quantity.best, t.victims, t.doers) for t in found if t.part_of is None}


def events(text: str) -> tuple[CodedEvent, ...]:
    return code_report(Report(id="a", title=None, text=text, published=date(2024, 3, 6), language="fr"), CODER).events


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Le terroriste Radu Vlasko a tué deux passants à Orlu. Vlasko avait 30 ans.", "Vlasko", "rebel"),
        ("Karim Zeller, l'auteur présumé de l'attaque, a été interpellé. Zeller avait un couteau.", "Zeller", "unidentified"),
        ("Le suspect, identifié comme Jean Morvan, a fui. Les frères Morvan sont connus.", "frères Morvan", "unidentified"),
        ("Le gendarme Paul Durand a été tué. Durand avait 40 ans.", "Durand", "state_forces"),
        ("Le jihadiste Radu Vlasko a fui. L'assaillant était armé.", "assaillant", "rebel"),
    ],
)
def test_a_person_is_told_by_name_alone_from_then_on(text: str, name: str, kind: str) -> None:
    assert parties(text)[name] == kind


def test_a_name_beside_no_attacker_is_no_party() -> None:
    assert "Durand" not in parties("Le boulanger, Paul Durand, a vu la scène. Durand a appelé les secours.")


def test_words_of_no_party_take_no_name() -> None:
    assert parties("Une bande dessinée Strabul a été publiée.") == {}


@pytest.mark.parametrize(
    "text",
    ["Un homme a été placé en garde à vue.", "Il risque dix ans de prison.", "La garde des Sceaux est venue."],
)
def test_words_of_justice_are_no_forces(text: str) -> None:
    assert "state_forces" not in parties(text).values()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il a tué trois personnes avant d'être abattu par la police.", ("killed", 1, "unidentified", True)),
        ("Les policiers l'ont abattu.", ("killed", 1, "unidentified", True)),
        ("Avant que la police n'abatte l'assaillant, il a fait deux morts.", ("killed", 1, "rebel", True)),
        ("Une cinquième victime est décédée.", ("killed", 5, "unknown", False)),
        ("Deux Suédois, un Britannique et un Belge ont été tués.", ("killed", 4, "civilians", False)),
        ("Trois hommes, deux femmes et un enfant ont été tués.", ("killed", 6, "civilians", False)),
        ("Quatre otages, deux Français et deux Italiens, ont été libérés.", ("released", 4, "civilians", False)),
        ("Selon deux sources anonymes, au moins quatre personnes sont mortes.", ("killed", 4, "unknown", False)),
        ("Il a poignardé à mort un adolescent.", ("killed", 1, "civilians", False)),
        ("L'assaillant, un homme de 34 ans, a été arrêté.", ("arrested", 1, "rebel", True)),
        ("Le maire, un ancien policier, a été tué.", ("killed", 1, "civilians", False)),
        ("L'attaque a fait 5 blessés graves et 8 blessés légers.", ("wounded", 13, "unknown", False)),
        ("Plusieurs centaines de civils ont fui.", ("displaced", None, "civilians", False)),
    ],
)
def test_tolls(text: str, expected: tuple[str, int, str, bool]) -> None:
    assert expected in tolls(text)


def test_passers_by_who_run_are_not_displaced() -> None:
    assert tolls("Des passants ont fui.") == set()


def test_what_is_shot_down_is_nobody() -> None:
    assert tolls("L'armée a abattu un drone malien.") == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Deux hommes ont été tués, rapporte 20 Minutes.", ["20 Minutes"]),
        ("L'homme avait une arme, selon le Journal du Dimanche.", ["le Journal du Dimanche"]),
        ("Ils ont été tués, a déclaré quelques jours plus tard le Premier ministre Jean Morel.", ["Premier ministre Jean Morel"]),
        ("La préfecture n'a pas fait état de blessés.", []),
        ("La police a décompté vingt blessés dans ses rangs.", ["police"]),
        ("Un homme a été tué, ont indiqué des témoins à l'AFP.", ["témoins"]),
        ("Selon un bilan provisoire, dix personnes sont mortes.", []),
        ("D'après les premiers éléments de l'enquête, il a agi seul.", []),
        ("Il y en aurait vingt, selon le Comité de liaison contre les violences.", ["Comité de liaison contre les violences"]),
    ],
)
def test_sources(text: str, expected: list[str]) -> None:
    reading = read(None, text, "fr")
    found = find_sources(reading, outlet=None, codebook=BOOK)
    assert list(dict.fromkeys(s.name for s in found if not s.claim)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le Front du Lac, qui ne participait pas à la trêve, a revendiqué l'assaut.", ("Front du Lac",)),
        ("Rien n'est établi, malgré la revendication par le groupe Front du Lac.", ("groupe Front du Lac",)),
        ("L'attaque n'a pas été revendiquée.", ()),
        ("La fiabilité de la revendication n'est pas établie.", ()),
    ],
)
def test_claims(text: str, expected: tuple[str, ...]) -> None:
    reading = read(None, text, "fr")
    found = find_sources(reading, outlet=None, codebook=BOOK)
    assert claims_for(found, [Span(0, len(reading.canvas))]) == expected


def test_police_who_come_to_an_attack_only_take_part() -> None:
    told = events("Un homme armé d'un couteau a attaqué mardi des passants à Orlu, tuant deux personnes. La police a abattu l'assaillant.")
    sides = {(p.type, p.role) for p in told[0].parties}
    assert ("state_forces", "perpetrator") not in sides
    assert ("unidentified", "perpetrator") in sides


@pytest.mark.parametrize(
    ("text", "kind", "sides"),
    [
        (
            "Des rebelles ont attaqué mardi un camp de l'armée à Tamboré, tuant cinq soldats.", "raid",
            {("rebel", "perpetrator"), ("state_forces", "target")},
        ),
        (
            "Une patrouille de l'armée est tombée mardi dans une embuscade de rebelles à Tamboré. Cinq soldats sont morts.",
            "ambush", {("rebel", "perpetrator"), ("state_forces", "target")},
        ),
    ],
)  # fmt: skip
def test_a_kind_has_its_direction(text: str, kind: str, sides: set[tuple[str, str]]) -> None:
    told = events(text)[0]
    assert told.kind == kind
    assert {(p.type, p.role) for p in told.parties} == sides


@pytest.mark.parametrize(("kind", "counts"), [("protest", False), ("riot", False), ("attack_on_civilians", True)])
def test_the_death_that_a_protest_is_about_is_none_of_its_own(kind: str, counts: bool) -> None:
    reading = read(None, "Ils ont défilé après la mort de Paul Durand.", "fr")
    toll = find_tolls(reading, (), (), codebook=BOOK)[0]
    assert fits(toll, Sides(kind, "FR", (), ()), codebook=BOOK) is counts
