"""The catalogue: complete in both languages, every key that is asked for is in it, and sentences are well formed."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import concordant.web
from concordant.codebook import Codebook
from concordant.web.sentences import figure, sentence, toll_of, when
from concordant.web.words import LANGUAGES, Words, catalogue

ROOM = Path(concordant.web.__file__).parent
FR, EN = Words("fr"), Words("en")


def test_every_saying_is_in_both_languages_with_the_same_values() -> None:
    for key, said in catalogue().items():
        assert all(said[language] for language in LANGUAGES), key
        names = [{name for _, name, _, _ in Formatter().parse(said[language]) if name} for language in LANGUAGES]
        assert names[0] == names[1], key


def test_every_key_that_is_asked_for_is_in_the_catalogue() -> None:
    asked = set()
    for path in [*ROOM.rglob("*.html"), *ROOM.rglob("*.py")]:
        asked |= set(re.findall(r"""\b(?:w|words|ask\.words)\(["']([a-z_0-9.A-Z]+)["'][,)]""", path.read_text(encoding="utf-8")))
    assert len(asked) > 250
    assert not asked - set(catalogue())


def test_kinds_and_sides_and_means_of_the_codebook_have_names() -> None:
    kinds = {row["kind"] for row in Codebook().table("specificity")}
    assert not {k for k in kinds if f"kind.{k}" not in catalogue()}
    outcomes = {row["outcome"] for language in LANGUAGES for row in Codebook().table(f"{language}/outcomes") if row.get("outcome", "-") != "-"}
    assert not {o for o in outcomes if f"outcome.{o}" not in catalogue()}


@pytest.mark.parametrize(
    ("row", "fr", "en"),
    [
        ({"low": 5, "best": 5, "high": 5}, "5", "5"), ({"low": 15, "best": 15, "high": None}, "au moins 15", "at least 15"),
        ({"low": 2, "best": None, "high": None}, "au moins 2", "at least 2"), ({"low": None, "best": 9, "high": 9}, "au plus 9", "at most 9"),
        ({"low": 10, "best": 12, "high": 15}, "12 (10 à 15)", "12 (10 to 15)"), ({"low": 3, "best": None, "high": 4}, "3 à 4", "3 to 4"),
        ({"low": None, "best": None, "high": None, "state": "some"}, "des", "some"),
        ({"low": 1200, "best": 1200, "high": 1200}, "1\u202f200", "1,200"),
    ],
)  # fmt: skip
def test_figures_are_said_as_they_are_known(row: dict[str, Any], fr: str, en: str) -> None:
    assert figure(FR, row) == fr
    assert figure(EN, row) == en


def event(**more: Any) -> dict[str, Any]:
    rows = [{"outcome": "killed", "victims": "civilians", "state": "number", "low": 4, "best": 4, "high": 4, "rival": False}]
    return {
        "kind": "ambush", "date": {"start": "2024-08-01", "end": "2024-08-01", "precision": "day"}, "hedged": False,
        "place": {"name": "Tamboré", "relation": "near", "admin1": "Mopti", "country": "ML"}, "casualties": rows,
        "parties": [{"name": "JNIM", "role": "perpetrator", "type": "rebel", "presumed": True}], "why": {}, **more,
    }  # fmt: skip


def test_an_event_in_one_sentence() -> None:
    assert sentence(FR, event()) == (
        "Embuscade près de Tamboré (Mopti, Mali) le 1er août 2024, par JNIM (sans certitude)\u00a0; bilan : 4 morts."
    )
    assert sentence(EN, event(claimed_by="JNIM")) == (
        "Ambush near Tamboré (Mopti, Mali) on 1 August 2024, by JNIM (without certainty), claimed by JNIM; toll: 4 killed."
    )


def test_a_sentence_holds_for_an_event_of_which_nothing_is_known() -> None:
    bare = event(date=None, place=None, parties=[], casualties=[])
    assert sentence(EN, bare) == "Ambush at an unknown place on an unknown date; toll unknown."


def test_words_that_are_no_name_are_quoted_and_vowels_elided() -> None:
    party = {"name": "hommes armés", "role": "perpetrator", "type": "unidentified", "presumed": False}
    told = sentence(FR, event(parties=[party], place={"name": "Élémé", "relation": "near"}))
    assert told.startswith("Embuscade près d'Élémé le 1er août 2024, par «\u00a0hommes armés\u00a0»\u00a0;")
    assert "by \u201chommes armés\u201d;" in sentence(EN, event(parties=[party]))


def test_numbers_agree_with_their_nouns() -> None:
    one = {"outcome": "killed", "victims": "civilians", "low": 1, "best": 1, "high": 1}
    assert toll_of(FR, event(casualties=[one]), "killed") == "1"
    assert "1 mort." in sentence(FR, event(casualties=[one]))
    assert FR("events.count", n=0) == "0 événement"
    assert EN("events.count", n=0) == "0 events"


def test_spans_of_time_are_said_by_their_precision() -> None:
    assert when(EN, {"start": "2021-03-01", "end": "2021-03-31", "precision": "month"}) == "in March 2021"
    assert when(FR, {"start": "2021-03-01", "end": "2021-03-31", "precision": "month"}) == "en mars 2021"
    assert when(EN, {"start": "2021-03-01", "end": "2021-03-03", "precision": "span"}) == "between 1 March 2021 and 3 March 2021"


def test_reasons_of_the_coder_are_said_in_the_readers_language() -> None:
    assert FR.reason("an accident") == "un accident"
    assert EN.reason("an accident") == "an accident"
    assert FR.reason("something new") == "something new"
