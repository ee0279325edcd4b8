"""Countries of happenings that are told without a place."""

from __future__ import annotations

import pytest

import concordant


@pytest.mark.parametrize(
    ("title", "text", "country", "words"),
    [
        ("Mali : des soldats tués", "Douze soldats ont été tués lundi dans une embuscade.", "ML", "Mali"),
        (None, "Douze soldats maliens ont été tués lundi dans une embuscade tendue par des rebelles.", "ML", "maliens"),
        (None, "Twelve Malian soldiers were killed on Monday in an ambush laid by rebels.", "ML", "Malian"),
    ],
)
def test_the_country_is_that_of_the_report_with_the_word_that_tells_it(
    title: str | None, text: str, country: str, words: str
) -> None:
    event = concordant.code(text, title=title).events[0]
    assert event.place is not None
    assert (event.place.country, event.place.relation) == (country, "within")
    assert words in {evidence.text for evidence in event.place.evidence}


def test_a_report_that_names_no_country_gets_none() -> None:
    event = concordant.code("Douze soldats ont été tués lundi dans une embuscade tendue par des rebelles.").events[0]
    assert event.place is None


def test_a_place_of_its_own_is_kept() -> None:
    event = concordant.code("Au Mali, douze soldats ont été tués lundi à Ansongo par des rebelles.").events[0]
    assert event.place is not None
    assert (event.place.name, event.place.country, event.place.admin1) == ("Ansongo", "ML", "Gao")
