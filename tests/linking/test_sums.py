"""Sums over several happenings: told by their words, linked to what they cover."""

import pytest
from made import place, toll

from concordant.linking import covers, happenings_told, revises_toll

WEEK = {"start": "2024-05-06", "end": "2024-05-12"}
REGION = place("Mopti", (14.3, -3.9), relation="within", radius_km=120.0, admin1="Mopti")


def told(text: str, language: str, trigger: str, date: dict[str, str] | None = None) -> int:
    at = text.index(trigger)
    evidence = [{"in": "text", "start": at, "end": at + len(trigger), "text": trigger}]
    event = {"role": "main", "date": date or {**WEEK, "evidence": []}, "evidence": {"trigger": evidence}}
    return happenings_told(None, text, language, event)


@pytest.mark.parametrize(
    ("text", "language", "trigger", "number"),
    [
        ("Quatre attaques en une semaine ont fait 40 morts dans la région.", "fr", "attaques", 4),
        ("Plusieurs attaques ont fait vingt morts cette semaine dans le centre du pays.", "fr", "attaques", 2),
        ("Une série d'embuscades depuis lundi a coûté la vie à 15 soldats.", "fr", "embuscades", 2),
        ("Three separate attacks over the past week left 25 people dead.", "en", "attacks", 3),
        ("A wave of bombings this month has killed 60.", "en", "bombings", 2),
        ("Deux attaques ont visé le village dans la nuit.", "fr", "attaques", 1),
        ("Une attaque a fait 40 morts cette semaine.", "fr", "attaque", 1),
        ("The attack killed four people this week.", "en", "attack", 1),
    ],
)
def test_words_tell_how_many(text: str, language: str, trigger: str, number: int) -> None:
    assert told(text, language, trigger) == number


def test_two_raids_of_one_night_are_no_sum() -> None:
    text = "Deux attaques depuis lundi ont fait dix morts."
    assert told(text, "fr", "attaques", {"start": "2024-05-06", "end": "2024-05-07"}) == 1


def test_a_sum_covers_what_lies_in_its_days_and_area_with_no_more_dead() -> None:
    whole = {"kind": "attack_on_civilians", "date": WEEK, "place": REGION, "casualties": [toll("killed", "mixed", 40)]}
    village = place("Tamboré", (14.0, -3.5), admin1="Mopti")
    part = {"kind": "ambush", "date": {"start": "2024-05-08", "end": "2024-05-08"}, "place": village,
            "casualties": [toll("killed", "state_forces", 12)]}  # fmt: skip
    assert covers(whole, part)
    assert not covers(whole, part | {"date": {"start": "2024-05-20", "end": "2024-05-20"}})
    assert not covers(whole, part | {"place": place("Kelba", (12.0, -8.0), admin1="Sikasso")})
    assert not covers(whole, part | {"casualties": [toll("killed", "state_forces", 41)]})
    assert not covers(whole, part | {"kind": "protest"})


@pytest.mark.parametrize(
    ("text", "language", "quote", "revises"),
    [
        ("Le bilan de l'attaque passe à dix-sept morts.", "fr", "dix-sept morts", True),
        ("Selon un nouveau bilan, l'attaque a fait 17 morts.", "fr", "17 morts", True),
        ("L'attaque a fait 17 morts, selon un élu.", "fr", "17 morts", False),
        ("The death toll has risen to 17.", "en", "17", True),
        ("At least 17 people were killed, up from 11.", "en", "17 people were killed", True),
        ("Gunmen killed 17 people, officials said.", "en", "killed 17 people", False),
    ],
)
def test_a_toll_that_takes_the_place_of_an_earlier_one(text: str, language: str, quote: str, revises: bool) -> None:
    at = text.index(quote)
    words = [{"in": "text", "start": at, "end": at + len(quote), "text": quote}]
    assert (
        revises_toll(None, text, language, {"casualties": [toll("killed", "civilians", 17, evidence=words)]}) is revises
    )
