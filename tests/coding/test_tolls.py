"""Tolls: how many people met which outcome, by construction and language. All sentences are invented."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concordant.codebook import Codebook
from concordant.coding.mentions import TollMention
from concordant.coding.quantities import find_quantities
from concordant.coding.tolls import find_tolls
from concordant.reading import Reading, read

BOOK = Codebook()


def coded(text: str, language: str, title: str | None = None) -> tuple[Reading, tuple[TollMention, ...]]:
    reading = read(title, text, language)
    return reading, find_tolls(reading, find_quantities(reading, codebook=BOOK), (), codebook=BOOK)


def short(text: str, language: str) -> set[tuple[str, str, int | None, int | None]]:
    return {(t.outcome, t.victims, t.quantity.low, t.quantity.best) for t in coded(text, language)[1]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quinze soldats ont été tués près de Tarvel.", ("killed", "state_forces", 15, 15)),
        ("Trois gendarmes ont perdu la vie.", ("killed", "state_forces", 3, 3)),
        ("Neuf villageois ont trouvé la mort.", ("killed", "civilians", 9, 9)),
        ("Douze bergers ont péri dans l'incendie.", ("killed", "civilians", 12, 12)),
        ("Les assaillants ont tué cinq paysans.", ("killed", "civilians", 5, 5)),
        ("L'attaque a fait 14 morts.", ("killed", "unknown", 14, 14)),
        ("L'attaque a fait des dizaines de blessés.", ("wounded", "unknown", 20, None)),
        ("Une embuscade a coûté la vie à au moins sept policiers.", ("killed", "state_forces", 7, 7)),
        ("L'armée annonce la mort de trois soldats.", ("killed", "state_forces", 3, 3)),
        ("L'arrestation lundi à Morvo de huit soldats a surpris.", ("arrested", "state_forces", 8, 8)),
        ("Le bilan passe à 17 morts.", ("killed", "unknown", 17, 17)),
        ("Six personnes tuées dans une attaque à Morvo", ("killed", "unknown", 6, 6)),
        ("Deux enfants ont été blessés et trois autres sont portés disparus.", ("missing", "civilians", 3, 3)),
        ("Cinq civils portés disparus après le raid.", ("missing", "civilians", 5, 5)),
        ("Le corps sans vie d'un éleveur a été découvert.", ("killed", "civilians", 1, 1)),
        ("Les bandits ont égorgé 18 habitants, blessé deux autres et enlevé dix femmes.", ("abducted", "civilians", 10, 10)),
        ("Trois chauffeurs ont été pris en otage.", ("abducted", "civilians", 3, 3)),
        ("Quatre journalistes ont été libérés.", ("released", "civilians", 4, 4)),
        ("Une vingtaine de terroristes ont été neutralisés.", ("killed", "rebel", 20, 20)),
        ("Dix jihadistes ont été mis hors d'état de nuire.", ("killed", "rebel", 10, 10)),
        ("Au moins 5 000 habitants ont fui vers Tarvel.", ("displaced", "civilians", 5000, 5000)),
        ("Le maire de Morvo a été assassiné.", ("killed", "civilians", 1, 1)),
        ("Un casque bleu tué à Morvo", ("killed", "peacekeepers", 1, 1)),
        ("Plus de cent morts et blessés sont à déplorer.", ("casualties", "unknown", 101, 101)),
        ("Il y a eu 30 blessés civils et 12 parmi les policiers.", ("wounded", "state_forces", 12, 12)),
        ("Le raid n'a fait aucun blessé.", ("wounded", "unknown", 0, 0)),
        ("L'explosion n'a pas fait de victimes.", ("killed", "unknown", 0, 0)),
        ("Un Suisse a été tué, portant à sept le nombre de morts.", ("killed", "unknown", 7, 7)),
        ("L'attentat porte à douze le nombre de soldats tués.", ("killed", "state_forces", 12, 12)),
        ("Une cinquantaine d'autres ont été blessées.", ("wounded", "unknown", 50, 50)),
        ("La population a vidé la localité.", ("displaced", "civilians", None, None)),
        ("Des milliers d'habitants se cachent dans la brousse.", ("displaced", "civilians", 2000, None)),
        ("Au moins 300 ménages ont trouvé refuge à Tarvel.", ("displaced", "civilians", 300, 300)),
        ("Le déplacement de 400 ménages inquiète les humanitaires.", ("displaced", "civilians", 400, 400)),
        ("Les combats ont entraîné la mort de trois civils.", ("killed", "civilians", 3, 3)),
        ("Ils ont pris trois chauffeurs en otage.", ("abducted", "civilians", 3, 3)),
        ("L'armée a mis douze terroristes hors d'état de nuire.", ("killed", "rebel", 12, 12)),
        ("Quatre bergers ont été mis à mort.", ("killed", "civilians", 4, 4)),
        ("L'attaque a emporté trente vies.", ("killed", "unknown", 30, 30)),
        ("Quatorze morts de part et d'autre.", ("killed", "mixed", 14, 14)),
        ("Les sept hommes, tous des civils, qui ont été abattus étaient frères.", ("killed", "civilians", 7, 7)),
        ("Le chef de Tarvel, son épouse et leurs deux fils ont été assassinés.", ("killed", "civilians", 4, 4)),
        ("Les combats ont coûté la vie à sept soldats et à neuf rebelles.", ("killed", "state_forces", 7, 7)),
        ("Deux enfants de 8 et 9 ans ont été tués.", ("killed", "civilians", 2, 2)),
        ("Le préfet de Tarvel, père de deux enfants, a été tué.", ("killed", "civilians", 1, 1)),
    ],
)  # fmt: skip
def test_french(text: str, expected: tuple[str, str, int | None, int | None]) -> None:
    assert expected in short(text, "fr")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three policemen were killed near Tarvel.", ("killed", "state_forces", 3, 3)),
        ("Gunmen killed five soldiers on Monday.", ("killed", "state_forces", 5, 5)),
        ("The raid left at least 7 dead.", ("killed", "unknown", 7, 7)),
        ("Bandits kidnapped three teachers.", ("abducted", "civilians", 3, 3)),
        ("They mourned the murder of two priests.", ("killed", "civilians", 2, 2)),
        ("The death toll rose to 17.", ("killed", "unknown", 17, 17)),
        ("Gunmen killed five soldiers and wounded 12 others.", ("wounded", "state_forces", 12, 12)),
        ("Seven kidnapped university students are still away.", ("abducted", "civilians", 7, 7)),
        ("No one was hurt.", ("wounded", "unknown", 0, 0)),
        ("Police arrested about 25 protesters.", ("arrested", "crowd", 25, 25)),
        ("Some 300 villagers have fled.", ("displaced", "civilians", 300, 300)),
        ("an unidentified farmer was shot dead in tarvel.", ("killed", "civilians", 1, 1)),
        ("The raiders shot three herders dead and fled.", ("killed", "civilians", 3, 3)),
        ("The raiders took seven women captive.", ("abducted", "civilians", 7, 7)),
        ("They stabbed a teacher to death.", ("killed", "civilians", 1, 1)),
        ("The attack claimed six lives.", ("killed", "unknown", 6, 6)),
        ("Two hundred families took refuge in Tarvel.", ("displaced", "civilians", 200, 200)),
        ("The village chief, his wife and their two sons were murdered.", ("killed", "civilians", 4, 4)),
        ("Two officers, a farmer and six soldiers died in the assault.", ("killed", "state_forces", 8, 8)),
        ("Ana Ruiz, 34, a teacher, was shot dead.", ("killed", "unknown", 1, 1)),
        ("There were no reports of casualties on either side.", ("killed", "mixed", 0, 0)),
        ("There were no reports of any casualties.", ("casualties", "unknown", 0, 0)),
        ("The bomb did not cause any injuries.", ("wounded", "unknown", 0, 0)),
        ("Two people were killed and three others injured tonight.", ("wounded", "unknown", 3, 3)),
        ("The pilot was killed and one crewmember was injured.", ("killed", "unknown", 1, 1)),
        ("The pilot was killed and one crewmember was injured.", ("wounded", "unknown", 1, 1)),
        ("varou -- two army members were killed and two others were taken hostage.", ("killed", "state_forces", 2, 2)),
        ("He was ambushed and shot dead while driving his car.", ("killed", "unknown", 1, 1)),
        ("gunmen today killed ana de talmera, a local official.", ("killed", "unknown", 1, 1)),
        ("carlos varela, his son, and 15 others were killed in the clash.", ("killed", "civilians", 17, 17)),
        ("six priests (five spaniards and one pole) and two women were killed.", ("killed", "civilians", 8, 8)),
        ("The mourners recalled the assassination in February of general Vareck.", ("killed", "state_forces", 1, 1)),
        ("The priests' brutal murder shocked the town.", ("killed", "civilians", 2, None)),
        ("Several dead and wounded civilians lay in the street.", ("wounded", "civilians", 2, None)),
        ("One dead soldier was found.", ("killed", "state_forces", 1, 1)),
        ("The rebels lost 12 men.", ("killed", "unknown", 12, 12)),
        ("The victim was riddled with bullets.", ("killed", "unknown", 1, 1)),
    ],
)
def test_english(text: str, expected: tuple[str, str, int | None, int | None]) -> None:
    assert expected in short(text, "en")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Trois maisons ont été incendiées et douze bœufs emportés.", "fr"),
        ("Il risque la peine de mort.", "fr"),
        ("Les rebelles menacent de tuer cinq otages.", "fr"),
        ("Il est âgé de 30 ans.", "fr"),
        ("The motion won by 30 votes.", "en"),
        ("They threatened to kill ten villagers.", "en"),
        ("Lawmakers killed the bill.", "en"),
        ("The candidate escaped an attack last night.", "en"),
        ("The shell failed to injure its five occupants.", "en"),
    ],
)
def test_no_tolls(text: str, language: str) -> None:
    assert [t for t in coded(text, language)[1] if t.outcome != "abducted"] == []


def test_parts_behind_a_dash_add_up_to_the_whole() -> None:
    _, tolls = coded("Nine people died -- seven civilians and two soldiers.", "en")
    whole = next(i for i, t in enumerate(tolls) if t.quantity.best == 9)
    assert {(t.victims, t.quantity.best) for t in tolls if t.part_of == whole} == {("civilians", 7), ("state_forces", 2)}


def test_a_toll_of_wounded_counts_no_dead() -> None:
    assert short("A toll of 1 person wounded was reported.", "en") == {("wounded", "unknown", 1, 1)}


def test_parts_belong_to_their_whole() -> None:
    _, tolls = coded("L'attaque a fait 20 morts, dont 19 gendarmes et un civil.", "fr")
    whole = next(i for i, t in enumerate(tolls) if t.quantity.best == 20)
    assert {(t.victims, t.quantity.best) for t in tolls if t.part_of == whole} == {
        ("state_forces", 19),
        ("civilians", 1),
    }


def test_a_list_of_one_type_is_a_sum_with_parts() -> None:
    reading, tolls = coded("Un gendarme et quatorze éléments de la Garde nationale ont perdu la vie.", "fr")
    assert (tolls[0].victims, tolls[0].quantity.best) == ("state_forces", 15)
    assert [t.quantity.best for t in tolls if t.part_of == 0] == [1, 14]
    assert reading.words(tolls[0].span).startswith("Un gendarme")


def test_types_that_differ_stay_apart() -> None:
    tolls = short("Deux soldats et quatre civils ont été tués.", "fr")
    assert {("killed", "state_forces", 2, 2), ("killed", "civilians", 4, 4)} <= tolls


def test_conditional_figures_are_hedged() -> None:
    _, tolls = coded("Six soldats auraient été blessés.", "fr")
    assert [t.hedged for t in tolls] == [True]


def test_sums_over_years_are_cumulative() -> None:
    _, tolls = coded("Les violences ont fait plus de 1 400 morts depuis 2015.", "fr")
    assert [t.cumulative for t in tolls] == [True]
    _, tolls = coded("C'est l'attaque la plus meurtrière depuis 2015, avec 40 morts.", "fr")
    assert [t.cumulative for t in tolls] == [False]


def test_updates_and_earlier_figures() -> None:
    _, tolls = coded("Le bilan s'est alourdi à 17 morts. Un précédent bilan faisait état de 12 morts.", "fr")
    assert [(t.quantity.best, t.update, t.earlier) for t in tolls] == [(17, True, False), (12, False, True)]


PIECES = st.lists(
    st.sampled_from(
        "quinze soldats ont été tués et blessé trois autres civils dont un maire a perdu la vie mort de la attaque , . "
        "plusieurs otages libérés par les assaillants qui ont enlevé des personnes 12 morts 40 blessés".split()
    ),
    max_size=14,
).map(" ".join)


@settings(max_examples=40, deadline=None)
@given(PIECES)
def test_spans_and_links_hold_for_any_words(text: str) -> None:
    reading, tolls = coded(text, "fr")
    for i, toll in enumerate(tolls):
        for span in (toll.span, toll.trigger, toll.quantity.span):
            assert 0 <= span.start < span.end <= len(reading.canvas)
        assert toll.part_of is None or (0 <= toll.part_of < len(tolls) and toll.part_of != i)
        assert toll.rest_of is None or 0 <= toll.rest_of < i
        bounds = [b for b in (toll.quantity.low, toll.quantity.best, toll.quantity.high) if b is not None]
        assert bounds == sorted(bounds)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Un massacre a été commis à Tarvel.", "fr"),
        ("Un massacre imputé à des chasseurs a endeuillé Tarvel.", "fr"),
        ("Il avait l'intention de tuer des étrangers.", "fr"),
        ("La compagne du détenu était présente.", "fr"),
        ("Les assaillants ont pris la fuite.", "fr"),
        ("Les médecins ont sauvé douze vies.", "fr"),
        ("Les occupants du véhicule se sont arrêtés au barrage.", "fr"),
        ("Doctors saved twelve lives.", "en"),
        ("The kidnapping shocked the town.", "en"),
        ("He was determined to kill several officers.", "en"),
    ],
)
def test_words_that_tell_no_toll(text: str, language: str) -> None:
    assert not [t for t in coded(text, language)[1] if not t.uncounted]


def test_the_parts_of_an_unsure_toll_are_unsure() -> None:
    text = "Quatre morts dont deux soldats et deux rebelles auraient perdu la vie."
    found = coded(text, "fr")[1]
    assert found
    assert all(t.hedged for t in found)


def test_a_person_who_did_it_is_told_apart() -> None:
    found = coded("L'agresseur a été abattu par la police.", "fr")[1]
    assert [(t.outcome, t.doers) for t in found] == [("killed", True)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Un soldat tué et deux blessés dans l'attaque.", "fr", ("wounded", "state_forces", 2, 2)),
        ("Ils ont tué ou blessé 40 soldats.", "fr", ("casualties", "state_forces", 40, 40)),
        ("Forty soldiers were killed or wounded.", "en", ("casualties", "state_forces", 40, 40)),
    ],
)
def test_two_outcomes_in_one_breath(text: str, language: str, expected: tuple[str, str, int, int]) -> None:
    assert expected in short(text, language)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Un chasseur a tué une jument dans son enclos samedi à Valnoir.", "fr", set()),
        ("Trois poneys ont été tués par balle dans la nuit.", "fr", set()),
        ("Four donkeys were killed in the field on Sunday.", "en", set()),
        ("Douze habitants et trente bœufs ont été tués.", "fr", {("killed", "civilians", 12, 12)}),
    ],
)
def test_animals_are_nobody(text: str, language: str, expected: set[tuple[str, str, int, int]]) -> None:
    assert short(text, language) == expected
