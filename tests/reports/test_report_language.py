"""The language of a text: clear, or not said."""

from __future__ import annotations

import pytest

from concordant.reports import language
from concordant.reports.documents import settle_language
from concordant.reports.language import declared_language, detect_language
from concordant.reports.report import Refused

FRENCH = "Des hommes armés ont attaqué dimanche un poste de gendarmerie près de Tessakane, tuant trois gendarmes."
ENGLISH = "Gunmen attacked a police post near Tessakane on Sunday, killing three officers and wounding several others."
SPANISH = "Al menos diez soldados murieron el martes en una emboscada cerca de la frontera con el país vecino."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (FRENCH, "fr"),
        (ENGLISH, "en"),
        (ENGLISH.lower(), "en"),
        (FRENCH.upper(), "fr"),
        (SPANISH, "es"),
        ("Pelo menos dez soldados morreram na terça-feira numa emboscada perto da fronteira norte.", "pt"),
        ("Akalla sojoji goma ne suka mutu a ranar Talata a wani harin kwantan bauna da aka kai kusa da iyaka.", "ha"),
        ("Takriban wanajeshi kumi waliuawa Jumanne katika shambulio la kushtukiza karibu na mpaka.", "sw"),
        ("قتل عشرة جنود على الأقل يوم الثلاثاء في كمين نصبه مسلحون بالقرب من الحدود الشمالية للبلاد", "ar"),
        ("Deux soldats tués", "fr"),
        ("Two soldiers killed in ambush", "en"),
        ("Tessakane: 3", None),
        ("Tessakane: 3 morts", "fr"),
        ("Tessakane attack kills 5", "en"),
        ("Tres muertos en Tessakane", None),
        ("Tre morti a Tessakane", None),
        ("Drie doden in Tessakane", None),
        ("Drei Tote in Tessakane", None),
        ("Tessakane, Kossoya", None),
        ("12 34 5678 90 – 12/34", None),
        ("", None),
    ],
)
def test_a_language_is_named_where_it_is_clear(text: str, language: str | None) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("value", "code"),
    [("fr-FR", "fr"), ("en_GB", "en"), ("FR", "fr"), ("français", "fr"), ("fra", "fr"), ("und", None), ("", None),
     (None, None), ("klingon tongue", None)],
)  # fmt: skip
def test_declared_languages(value: str | None, code: str | None) -> None:
    assert declared_language(value) == code


def test_a_declaration_yields_to_a_text_that_clearly_says_otherwise() -> None:
    assert settle_language(None, FRENCH, "en-US", None) == ("fr", ("declared en, but reads as fr",))
    assert settle_language(None, "Trois morts.", "fr", None) == ("fr", ())


def test_the_callers_word_counts() -> None:
    assert settle_language(None, FRENCH, None, "en") == ("en", ())


@pytest.mark.parametrize(
    ("text", "declared", "given", "code", "reason"),
    [
        (SPANISH, None, None, "language", "language: es, not read"),
        (SPANISH, "fr", None, "language", "language: es, not read"),
        ("Tessakane", "es", None, "language", "language: es, not read"),
        (FRENCH, None, "de", "language", "language: de, not read"),
        ("Tessakane: 3", None, None, "language-unknown", "language not recognised"),
    ],
)
def test_no_language_is_guessed(text: str, declared: str, given: str, code: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason) as caught:
        settle_language(None, text, declared, given)
    assert caught.value.code == code


def test_a_plain_text_is_named_without_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_identifier", lambda: pytest.fail("the model was asked"))
    french = "Selon les habitants, ils sont arrivés à moto dans la nuit et ont été vus par des bergers du village. "
    english = "Residents said that they had come on motorcycles in the night and that the army was late. "
    assert detect_language(FRENCH + 2 * french) == "fr"
    assert detect_language(ENGLISH + 2 * english) == "en"


def test_a_text_in_two_languages_is_not_plain() -> None:
    assert language._plainly(f"{FRENCH} {ENGLISH} {FRENCH} {ENGLISH}") is None
    assert language._plainly(f"{SPANISH} {SPANISH} {FRENCH}") is None
