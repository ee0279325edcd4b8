from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from concordant.places.gazetteer import Gazetteer, GazetteerError
from concordant.places.keys import bare_division, place_key, sound_key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("N'Guélé", "n guele"), ("La Zandorie", "zandorie"), ("l'Oudarié", "oudarie"), ("St-Ouanga", "saint ouanga"),
        ("Tin  Zaba-West", "tin zaba west"), ("", ""),
    ],
)  # fmt: skip
def test_keys_ignore_case_accents_marks_and_articles(name: str, key: str) -> None:
    assert place_key(name) == key


@pytest.mark.parametrize(
    ("one", "two"),
    [("Barsabogho", "Barsabogo"), ("Ouanga", "Wanga"), ("Dyabali", "Diabali"), ("Djikou", "Jiku"), ("Mallé", "Male")],
)
def test_spellings_of_one_name_sound_alike(one: str, two: str) -> None:
    assert sound_key(place_key(one)) == sound_key(place_key(two))


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Upper Zan Region", "Upper Zan"), ("Departamento de La Karo", "La Karo"), ("Province du Karo", "Karo"),
        ("Cercle d’ Abekar", "Abekar"), ("Karo", "Karo"),
    ],
)  # fmt: skip
def test_divisions_lose_their_kind(name: str, bare: str) -> None:
    assert bare_division(name) == bare


def test_exact_names_come_before_sounds_and_sounds_before_letters(gazetteer: Gazetteer) -> None:
    assert [e.quality for e in gazetteer.lookup("Barsabogo")] == [1.0]
    assert [e.quality for e in gazetteer.lookup("Barsabogho")] == [0.97]
    assert [e.quality for e in gazetteer.lookup("Barsaboggo")] == [0.88]
    assert [e.quality for e in gazetteer.lookup("Barsabigo", country="QZ")] == [0.75]
    assert gazetteer.lookup("Barsabigo") == ()  # a letter wrong is looked for in a known country only


def test_country_and_kinds_limit(gazetteer: Gazetteer) -> None:
    assert {e.ident for e in gazetteer.lookup("Karo")} == {"t:4", "t:5", "t:6"}
    assert {e.ident for e in gazetteer.lookup("Karo", country="QZ")} == {"t:4", "t:5"}
    assert {e.ident for e in gazetteer.lookup("Karo", country="QZ", kinds=["settlement"])} == {"t:5"}


def test_names_in_a_language(gazetteer: Gazetteer) -> None:
    assert gazetteer.division("Upper Zan", "QZ", "fr") == "Haut-Zan"
    assert gazetteer.division("Upper Zan", "QZ", "en") == "Upper Zan"
    assert gazetteer.division("Nowhere", "QZ", "en") == "Nowhere"


def test_membership_is_to_the_letter(gazetteer: Gazetteer) -> None:
    assert gazetteer.is_name(place_key("Saint-Ouanga"))
    assert not gazetteer.is_name(place_key("Saint-Wanga"))


def test_threads_and_pickles_open_their_own_files(gazetteer: Gazetteer) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: pickle.loads(pickle.dumps(gazetteer)).get("t:3").name, range(8)))
    assert found == ["Barsabogo"] * 8


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="concordant gazetteer build"):
        Gazetteer([tmp_path / "none.sqlite"]).lookup("Karo")
    (tmp_path / "other.sqlite").write_bytes(b"something else" * 100)
    with pytest.raises(GazetteerError, match="cannot be read"):
        Gazetteer([tmp_path / "other.sqlite"]).lookup("Karo")
