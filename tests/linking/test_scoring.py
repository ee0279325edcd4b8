"""Scoring: named parts in both languages, vetoes, and the pairs that must and must not come together."""

import pytest
from made import account, party, place, toll

from concordant.linking import score

TAMBORE = place("Tamboré", (14.0, -3.5), admin1="Mopti")
SAREYA = place("Saréya", (14.1, -3.6), admin1="Mopti")
FAR = place("Kelba", (12.0, -8.0), admin1="Sikasso")


def test_the_score_is_the_sum_of_named_parts_and_the_same_both_ways() -> None:
    a = account("a", where=TAMBORE, tolls=[toll("killed", "civilians", 12)])
    b = account("b", where=TAMBORE, tolls=[toll("killed", "civilians", 12)], published="2024-05-08")
    found = score(a, b)
    assert found.total == pytest.approx(sum(found.parts.values()))
    assert found == score(b, a)
    assert found.total > 5
    assert found.veto is None


@pytest.mark.parametrize(("language", "words"), [("fr", "Même lieu (+6)"), ("en", "Same place (+6)")])
def test_a_score_explains_itself_in_both_languages(language: str, words: str) -> None:
    found = score(account("a", where=TAMBORE), account("b", where=TAMBORE))
    assert found.explain(language)[0] == words


def test_french_and_english_accounts_of_one_attack_are_alike() -> None:
    a = account(
        "a",
        where=TAMBORE,
        parties=[party("perpetrator", "rebel", "JNIM", "jnim")],
        tolls=[toll("killed", "civilians", 12)],
    )
    b = account("b", where=place("Tambore", admin1="Mopti"), language="en", tolls=[toll("killed", "civilians", 12)],
                parties=[party("perpetrator", "rebel", "JNIM", "jnim")])  # fmt: skip
    assert score(a, b).total > 10


def test_look_alikes_are_not_alike() -> None:
    a = account("a", where=TAMBORE, tolls=[toll("killed", "civilians", 3)])
    two_days_later = account(
        "b", where=TAMBORE, day="2024-05-08", published="2024-05-09", tolls=[toll("killed", "civilians", 5)]
    )
    next_town = account("c", where=SAREYA, tolls=[toll("killed", "civilians", 5)])
    assert score(a, two_days_later).total < 0
    assert score(a, next_town).total < 0


NAMES = ["Awa Kelindo", "Moussa Daribe"]


def follow_up(day: str, published: str, **more: object) -> object:
    return account("f", where=TAMBORE, day=day, published=published, words=NAMES, tolls=[toll("killed", "civilians", 3)], **more)  # type: ignore[arg-type]


def test_a_follow_up_under_the_day_of_its_report_may_be_of_an_earlier_day() -> None:
    a = account("a", where=TAMBORE, words=NAMES, tolls=[toll("killed", "civilians", 3)])
    own = score(a, follow_up("2024-05-20", "2024-05-20"))  # type: ignore[arg-type]
    told = score(a, follow_up("2024-05-19", "2024-05-20"))  # type: ignore[arg-type]
    assert (own.levels["days"], own.veto) == ("own", None)
    assert own.total > 0 > told.total


def test_what_is_recalled_under_the_day_of_its_report_may_be_of_any_day_before() -> None:
    a = account("a", where=TAMBORE, words=NAMES, tolls=[toll("killed", "civilians", 3)])
    recalled = score(a, follow_up("2025-05-06", "2025-05-06", role="background"))  # type: ignore[arg-type]
    assert (recalled.levels["days"], recalled.veto) == ("own_recalled", None)
    assert recalled.total > 0
    news = score(a, follow_up("2025-05-06", "2025-05-06"))  # type: ignore[arg-type]
    assert news.veto == "two_times"


def test_a_toll_that_grows_speaks_less_against_than_one_that_is_another() -> None:
    first = account("a", where=TAMBORE, tolls=[toll("killed", "civilians", 11)])
    grown = account("b", where=TAMBORE, published="2024-05-09", tolls=[toll("killed", "civilians", 17)])
    other = account("c", where=TAMBORE, published="2024-05-09", tolls=[toll("killed", "civilians", 2)])
    assert score(first, grown).parts["killed"] > 0 > score(first, other).parts["killed"]


@pytest.mark.parametrize(
    ("veto", "other"),
    [
        ("told_apart", account("b", where=TAMBORE, report="report of a")),
        ("two_places", account("b", where=FAR)),
        ("two_times", account("b", where=TAMBORE, day="2024-01-02", published="2024-01-03")),
        ("before", account("b", where=TAMBORE, day=None, published="2024-05-02")),
        ("sum_and_part", account("b", where=TAMBORE, tells=4)),
    ],
)
def test_vetoes(veto: str, other: object) -> None:
    found = score(account("a", where=TAMBORE), other)  # type: ignore[arg-type]
    assert found.veto == veto
    assert all(found.explain(language)[0] for language in ("fr", "en"))


def test_places_far_apart_are_no_veto_where_one_account_names_the_other_place() -> None:
    a = account("a", where=TAMBORE)
    b = account("b", where=FAR, words=["Kelba", "Tambore"])
    assert score(a, b).veto is None


def test_names_of_people_bring_accounts_without_place_together() -> None:
    a = account(
        "a",
        words=["Awa Kelindo", "Moussa Daribe", "Awa", "Kelindo", "Moussa", "Daribe"],
        tolls=[toll("killed", "civilians", 1)],
    )
    b = account("b", words=["Awa Kelindo", "Moussa Daribe", "Awa", "Kelindo", "Moussa", "Daribe"], day=None,
                tolls=[toll("killed", "civilians", 1)])  # fmt: skip
    assert score(a, b).total > 0


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Solhané", "Sohlane", True), ("Barsalo", "Barsallo", True), ("Tin Zaori", "Tinzaori", True), ("Fyaso", "Fiasso", True),
        ("Koutou", "Kutou", True), ("Tamboré-Peul", "Tamboré", True), ("Kelba", "Saréya", False), ("Bana", "Bani", False),
        ("Daré", "Dori", False),
    ],
)  # fmt: skip
def test_spellings_of_one_name(one: str, other: str, alike: bool) -> None:
    found = score(account("a", where=place(one)), account("b", where=place(other)))
    assert (found.levels["place"] in ("same", "alike")) is alike
