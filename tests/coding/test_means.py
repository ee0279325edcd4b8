"""Means: weapons and vehicles from words. All names and places are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from concordant.codebook import Codebook, CodebookError
from concordant.coding.means import find_means
from concordant.reading import read

BOOK = Codebook()


def means(text: str, language: str = "fr") -> set[str]:
    return {m.means for m in find_means(read(None, text, language), codebook=BOOK)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Des hommes à moto ont ouvert le feu sur le marché.", {"motorcycle", "small_arms"}),
        ("Leur véhicule a sauté sur un engin explosif improvisé.", {"ied"}),
        ("Le camion a sauté sur une mine.", {"mine"}),
        ("La mine d'or de Varou a été attaquée.", set()),
        ("Une voiture piégée a explosé devant le camp.", {"vehicle_bomb"}),
        ("Il portait une ceinture d'explosifs.", {"suicide_vest"}),
        ("Des tirs d'artillerie et des obus de mortier sont tombés.", {"artillery", "mortar"}),
        ("Des frappes aériennes et un drone ont touché le village.", {"aircraft", "drone"}),
        ("Ils ont incendié des maisons et tué à coups de machette.", {"fire", "knife"}),
        ("La police a tiré des grenades lacrymogènes.", set()),
        ("Ils sont venus à bord de véhicules armés.", {"vehicle"}),
        ("La voiture du ministre a été volée.", set()),
        ("Des hommes armés ont enlevé le chef.", set()),
        ("Ils sont partis sans tirer un coup de feu.", set()),
        ("Le match s'est joué aux tirs au but.", set()),
    ],
)
def test_french_means(text: str, expected: set[str]) -> None:
    assert means(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen on motorcycles opened fire.", {"motorcycle", "small_arms"}),
        ("A car bomb exploded near the barracks.", {"vehicle_bomb"}),
        ("terrorists placed dynamite at the tower.", {"ied"}),
        ("The houses were torched and ten men stabbed.", {"fire", "knife"}),
        ("Police used tear gas.", set()),
        ("Rockets and mortar rounds hit the town.", {"rocket", "mortar"}),
    ],
)
def test_english_means(text: str, expected: set[str]) -> None:
    assert means(text, "en") == expected


def test_words_stand_at_the_span() -> None:
    reading = read(None, "Un tir de roquette a visé le camp.", "fr")
    assert [reading.words(m.span) for m in find_means(reading, codebook=BOOK)] == ["tir de roquette"]


def test_an_unknown_means_is_refused(tmp_path: Path) -> None:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "means.tsv").write_text("phrase\tmeans\tpos\ncatapulte\tcatapult\t\n", encoding="utf-8")
    with pytest.raises(CodebookError, match="catapult"):
        find_means(read(None, "Rien.", "fr"), codebook=Codebook((tmp_path,)))
