"""Mood: what is told otherwise than as plain fact. All names and places are invented."""

from __future__ import annotations

import pytest

from concordant.codebook import Codebook
from concordant.coding.mood import find_moods, is_future_or_irrealis, mood_of
from concordant.reading import Span, read

BOOK = Codebook()


def mood(text: str, words: str, language: str = "fr", title: str | None = None) -> str | None:
    reading = read(title, text, language)
    at = reading.canvas.index(words)
    return mood_of(Span(at, at + len(words)), find_moods(reading, codebook=BOOK))


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Des hommes armés ont attaqué le village de Varou.", "attaqué", None),
        ("Dix civils auraient été tués à Varou.", "tués", "hedged"),
        ("Le chef du groupe serait mort mardi.", "mort", "hedged"),
        ("Les otages pourraient avoir péri dans le désert.", "péri", "hedged"),
        ("S'ils avaient eu des armes, ils auraient attaqué le camp.", "auraient attaqué", None),
        ("Une attaque présumée a eu lieu.", "attaque", "hedged"),
        ("L'armée dément avoir tué des civils.", "tué", "denied"),
        ("Les rebelles n'ont pas attaqué le village.", "attaqué", "denied"),
        ("Aucun groupe n'a pas encore revendiqué l'attaque.", "attaque", None),
        ("Aucun soldat n'a tiré sur la foule, selon le ministre.", "tiré", "denied"),
        ("Les agents vont manifester le 18 mai à Talma.", "manifester", "planned"),
        ("Le syndicat appelle les agents à manifester samedi.", "manifester", "planned"),
        ("Elle invente son enlèvement pour partir en voyage.", "enlèvement", "denied"),
        ("Le groupe dément toute implication dans l'attaque.", "attaque", None),
        ("Les rebelles menacent d'attaquer la ville.", "attaquer", "planned"),
        ("Ils préparaient un attentat contre la gare.", "attentat", "planned"),
        ("Ils sont venus pour venger l'attaque de mardi.", "attaque", None),
        ("Ils s'armaient pour mener une attaque contre Talma.", "attaque", "planned"),
        ("Des milliers de gens ont défilé pour protester contre la vie chère.", "protester", None),
        ("Un attentat a été déjoué à Talma.", "attentat", "planned"),
        ("Les habitants craignent une attaque du Front.", "attaque", "feared"),
        ("En cas d'attaque, la route sera fermée.", "attaque", "hypothetical"),
        ("Si les rebelles attaquent, nous fuirons.", "attaquent", "hypothetical"),
        ("Même si les rebelles ont attaqué, nous restons.", "attaqué", None),
        ("Les rebelles attaqueront demain.", "attaqueront", "planned"),
        ("La ville a rendu hommage aux victimes de l'attentat.", "attentat", "commemorated"),
        ("Le syndicat a attaqué en justice la direction.", "attaqué", "figurative"),
        ("La guerre des prix fait rage entre les enseignes.", "guerre", "figurative"),
        ("En quart de finale, l'attaque des Lions a marqué trois buts en première mi-temps.", "attaque", "figurative"),
        ("Dans ce roman porté au cinéma, une attaque détruit la ville.", "attaque", "fictional"),
    ],
)
def test_french_moods(text: str, words: str, expected: str | None) -> None:
    assert mood(text, words) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Gunmen attacked the village of Varou.", "attacked", None),
        ("Ten civilians were reportedly killed in Varou.", "killed", "hedged"),
        ("The army denied that its troops killed civilians.", "killed", "denied"),
        ("The rebels did not attack the village.", "attack", "denied"),
        ("The rebels threatened to attack the town.", "attack", "planned"),
        ("Residents fear the risk of attacks on the road.", "attacks", "feared"),
        ("If the rebels attack, we will flee.", "attack", "hypothetical"),
        ("The rebels could attack the town.", "attack", "hypothetical"),
        ("The minister paid tribute to the victims of the bombing.", "bombing", "commemorated"),
        ("The two parties are in a war of words.", "war", "figurative"),
        ("Dairies fear losing market share in the feta cheese battle with their competitors.", "battle", "figurative"),
        ("The striker's shot in the second half won the match at the stadium.", "shot", "figurative"),
    ],
)
def test_english_moods(text: str, words: str, expected: str | None) -> None:
    assert mood(text, words, "en") == expected


def test_violence_outweighs_the_walk_of_life() -> None:
    text = "Des hommes armés ont tué deux joueurs du club de football avant le match de championnat."
    assert mood(text, "tué") is None


def test_a_title_that_asks_tells_nothing() -> None:
    assert mood("Rien à dire.", "attaque", title="Que sait-on de cette attaque ?") == "hypothetical"
    assert mood("Rien à dire.", "Attaque", title="Attaque à Varou : qui sont les victimes ?") is None


def test_irrealis() -> None:
    reading = read(None, "Ils menacent d'attaquer la ville. Dix hommes auraient été tués.", "fr")
    moods = find_moods(reading, codebook=BOOK)
    at, other = reading.canvas.index("attaquer"), reading.canvas.index("tués")
    assert is_future_or_irrealis(Span(at, at + 8), moods)
    assert not is_future_or_irrealis(Span(other, other + 4), moods)
