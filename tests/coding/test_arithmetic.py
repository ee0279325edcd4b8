"""Settling: one figure a group and outcome, from all that a report says. All sentences are invented."""

from __future__ import annotations

from concordant.codebook import Codebook
from concordant.coding.arithmetic import Settlement, settle
from concordant.coding.quantities import find_quantities
from concordant.coding.tolls import find_tolls
from concordant.reading import read

BOOK = Codebook()


def settled(text: str, title: str | None = None, language: str = "fr") -> Settlement:
    reading = read(title, text, language)
    tolls = find_tolls(reading, find_quantities(reading, codebook=BOOK), (), codebook=BOOK)
    return settle(tolls, reading, default="civilians")


def rows(settlement: Settlement) -> set[tuple[str, str, int | None, int | None]]:
    return {(t.outcome, t.victims, t.low, t.best) for t in settlement.tolls}


def test_the_same_figure_told_twice_is_one() -> None:
    result = settled("Les assaillants ont tué six paysans. Ces six personnes ont été tuées dans leurs champs.")
    assert rows(result) == {("killed", "civilians", 6, 6)}
    assert len(result.tolls[0].evidence) == 2


def test_parts_that_add_up_replace_their_total() -> None:
    result = settled("L'attaque a fait 20 morts, dont 19 gendarmes et un civil.")
    assert rows(result) == {("killed", "state_forces", 19, 19), ("killed", "civilians", 1, 1)}


def test_parts_of_one_type_leave_the_total() -> None:
    result = settled("L'embuscade a fait 12 morts, dont 11 militaires et un gendarme.")
    assert rows(result) == {("killed", "state_forces", 12, 12)}
    assert [best for _, best in result.tolls[0].parts] == [11, 1]


def test_parts_beyond_their_total_are_a_fault() -> None:
    result = settled("L'attaque a fait 10 morts, dont 9 soldats et trois civils.")
    assert len(result.faults) == 1
    assert "12" in result.faults[0]


def test_a_list_of_one_type_is_its_sum() -> None:
    result = settled("Un gendarme et quatorze éléments de la Garde nationale ont perdu la vie.")
    assert rows(result) == {("killed", "state_forces", 15, 15)}


def test_a_later_count_replaces_the_earlier_and_keeps_it_as_low() -> None:
    result = settled("Le bilan passe à 17 morts. Un précédent bilan faisait état de 12 morts.")
    assert rows(result) == {("killed", "civilians", 12, 17)}


def test_an_exact_number_replaces_its_bound() -> None:
    result = settled("Le raid a fait 34 morts.", title="Plus de 30 morts dans un raid à Morvo")
    assert [(t.best, t.victims) for t in result.tolls] == [(34, "civilians")]


def test_sums_over_years_are_left_out() -> None:
    result = settled("Trois soldats ont été tués. Les violences ont fait plus de 1 400 morts depuis 2015.")
    assert rows(result) == {("killed", "state_forces", 3, 3)}


def test_others_come_on_top() -> None:
    result = settled("Le chef du village et deux autres civils ont été tués.")
    assert rows(result) == {("killed", "civilians", 3, 3)}


def test_the_others_of_the_text_are_those_of_the_title() -> None:
    text = "Two people were killed and six others injured when gunmen opened fire in a club, police said."
    result = settled(text, title="2 killed, 6 injured in shooting at a club", language="en")
    assert sorted((t.outcome, t.best) for t in result.tolls) == [("killed", 2), ("wounded", 6)]


def test_part_indices_count_among_all_tolls() -> None:
    reading = read(None, "Deux civils ont été blessés. L'attaque a fait 20 morts, dont 19 gendarmes et un civil.", "fr")
    tolls = find_tolls(reading, find_quantities(reading, codebook=BOOK), (), codebook=BOOK)
    killed = [t for t in tolls if t.outcome == "killed"]
    assert {(t.victims, t.best) for t in settle(killed, reading, among=tolls).tolls} == {
        ("state_forces", 19), ("civilians", 1),
    }  # fmt: skip
