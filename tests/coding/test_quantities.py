"""Quantities: number words, modifiers and what counts no people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordant.codebook import Codebook
from concordant.coding.mentions import Quantity
from concordant.coding.numerals import numbers
from concordant.coding.quantities import find_quantities
from concordant.reading import Reading, read

BOOK = Codebook()


def bare(text: str, language: str) -> Reading:
    """A reading without grammar: quantities need none."""
    return Reading.build(
        language=language, canvas=text, title_length=0, text_start=0, tokens=[], sentences=[], lower_cased=False
    )


def found(text: str, language: str) -> list[Quantity]:
    return list(find_quantities(bare(text, language), codebook=BOOK))


@pytest.mark.parametrize(
    ("language", "text", "low", "best", "high"),
    [
        ("fr", "quinze soldats", 15, 15, 15),
        ("fr", "au moins quinze soldats", 15, 15, None),
        ("fr", "plus de 30 blessés", 31, 31, None),
        ("fr", "plus d'une dizaine de civils", 11, 11, None),
        ("fr", "une quinzaine de bergers", 15, 15, 15),
        ("fr", "une bonne trentaine de bergers", 30, 30, 30),
        ("fr", "environ 15 bergers", 15, 15, 15),
        ("fr", "près de 15 bergers", 15, 15, 15),
        ("fr", "quelque 160 habitants", 160, 160, 160),
        ("fr", "entre 10 et 15 tués", 10, 12, 15),
        ("fr", "de 10 à 15 tués", 10, 12, 15),
        ("fr", "deux ou trois tués", 2, 2, 3),
        ("fr", "jusqu'à 15 tués", None, 15, 15),
        ("fr", "moins de 15 tués", None, 14, 14),
        ("fr", "plusieurs bergers", 2, None, None),
        ("fr", "des dizaines de bergers", 20, None, None),
        ("fr", "plusieurs centaines de bergers", 200, None, None),
        ("fr", "des dizaines de milliers de bergers", 20000, None, None),
        ("fr", "de nombreux blessés", None, None, None),
        ("fr", "aucun blessé", 0, 0, 0),
        ("fr", "1 400 morts", 1400, 1400, 1400),
        ("fr", "30. 000 déplacés", 30000, 30000, 30000),
        ("fr", "2,5 millions d'habitants", 2500000, 2500000, 2500000),
        ("fr", "septante-trois morts", 73, 73, 73),
        ("fr", "quatre-vingt-dix-sept morts", 97, 97, 97),
        ("fr", "sept personnes au moins", 7, 7, None),
        ("fr", "02 soldats", 2, 2, 2),
        ("en", "a dozen villagers", 12, 12, 12),
        ("en", "half a dozen villagers", 6, 6, 6),
        ("en", "more than a dozen villagers", 13, 13, None),
        ("en", "dozens of villagers", 20, None, None),
        ("en", "hundreds of villagers", 200, None, None),
        ("en", "no fewer than five men", 5, 5, None),
        ("en", "over 100 people", 101, 101, None),
        ("en", "some 30 people", 30, 30, 30),
        ("en", "as many as 30 people", 30, 30, 30),
        ("en", "up to 30 people", None, 30, 30),
        ("en", "between 10 and 15 people", 10, 12, 15),
        ("en", "one hundred and six people", 106, 106, 106),
        ("en", "many villagers", None, None, None),
        ("en", "no casualties", 0, 0, 0),
    ],
)
def test_what_words_mean(language: str, text: str, low: int | None, best: int | None, high: int | None) -> None:
    first = found(text, language)[0]
    assert (first.low, first.best, first.high) == (low, best, high)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "âgé de 30 ans"), ("fr", "à 15 km de Tarvel"), ("fr", "vers 06h50"), ("fr", "le 5 mai"),
        ("fr", "une rançon de 300 euros"), ("fr", "le M23"), ("fr", "en 2019"), ("fr", "pendant trois jours"),
        ("en", "a 15-year-old girl"), ("en", "20 miles north"), ("en", "in 1989"), ("en", "june 6"),
    ],
)  # fmt: skip
def test_what_counts_no_people(language: str, text: str) -> None:
    assert found(text, language) == []


def test_shares_and_ordinals_are_marked() -> None:
    assert [q.share for q in found("15 % des habitants", "fr")] == [True]
    assert [q.ordinal for q in found("le 3e soldat", "fr")] == [True]


FR_UNITS = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split()
FR_UNITS += ["dix-sept", "dix-huit", "dix-neuf"]
FR_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingt"}
EN_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
EN_TENS = dict(zip(range(20, 100, 10), "twenty thirty forty fifty sixty seventy eighty ninety".split(), strict=True))


def french(n: int) -> str:
    if n >= 1000:
        head = "" if n < 2000 else french(n // 1000) + " "
        return f"{head}mille {french(n % 1000)}".removesuffix(" zéro")
    if n >= 100:
        head = "" if n < 200 else FR_UNITS[n // 100] + " "
        tail = "s" if n >= 200 and n % 100 == 0 else ""
        return f"{head}cent{tail} {french(n % 100)}".removesuffix(" zéro")
    if n < 20:
        return FR_UNITS[n]
    ten = max(t for t in FR_TENS if t <= n)
    rest = n - ten
    if not rest:
        return FR_TENS[ten] + ("s" if ten == 80 else "")
    return (
        f"{FR_TENS[ten]} et {FR_UNITS[rest]}" if rest in (1, 11) and ten != 80 else f"{FR_TENS[ten]}-{FR_UNITS[rest]}"
    )


def english(n: int) -> str:
    if n >= 1000:
        return f"{english(n // 1000)} thousand {english(n % 1000)}".removesuffix(" zero")
    if n >= 100:
        return f"{EN_UNITS[n // 100]} hundred and {english(n % 100)}".removesuffix(" and zero")
    if n < 20:
        return EN_UNITS[n]
    return EN_TENS[n // 10 * 10] + (f"-{EN_UNITS[n % 10]}" if n % 10 else "")


@pytest.mark.parametrize(("language", "spell"), [("fr", french), ("en", english)])
def test_number_words_round_trip(language: str, spell) -> None:  # type: ignore[no-untyped-def]
    from concordant.coding.numerals import level

    wrong = [n for n in range(10000) if [x.value for x in numbers(level(spell(n)), language, BOOK)] != [n]]
    assert wrong == []


WORDS = st.lists(
    st.sampled_from(
        "au moins plus de entre et à jusqu' près une quinzaine dizaines des plusieurs 12 1 400 3.000 vingt un deux cent "
        "mille millions ou % ans km 2019 2,5 aucun pas , . - soldats".split()
    ),
    max_size=12,
).map(" ".join)


@given(WORDS, st.sampled_from(["fr", "en"]))
def test_bounds_are_in_order_and_spans_in_the_text(text: str, language: str) -> None:
    for quantity in find_quantities(bare(text, language), codebook=BOOK, in_tolls=True):
        bounds = [b for b in (quantity.low, quantity.best, quantity.high) if b is not None]
        assert bounds == sorted(bounds)
        assert 0 <= quantity.span.start < quantity.span.end <= len(text)


@pytest.mark.parametrize(
    ("language", "text", "state"),
    [
        ("fr", "Un certain nombre de soldats ont été tués.", "some"),
        ("fr", "Il n'y a pas un seul blessé.", "none"),
        ("en", "No one was killed.", "none"),
    ],
)
def test_a_phrase_holds_the_number_one_as_a_word(language: str, text: str, state: str) -> None:
    [first, *_] = find_quantities(read(None, text, language), codebook=Codebook(), in_tolls=True)
    assert first.state == state
