"""The gate: what cannot tell of an event is set aside with the reason, and what may is let through."""

from __future__ import annotations

import pytest

from concordant.codebook import Codebook
from concordant.coding.gate import set_aside

BOOK = Codebook()
PROSE = "La coopérative de Tamboré a récolté des mangues et les a vendues sur le marché de la ville. "


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Trois gendarmes tués dans une embuscade près de Tamboré.", "fr"),
        ("Une manifestation a rassemblé des centaines de personnes à Lomara.", "fr"),
        ("Gunmen raided a village near Handessa.", "en"),
        (PROSE * 5 + "Des hommes armés ont enlevé le maire.", "fr"),
    ],
)
def test_what_may_tell_of_an_event_passes(text: str, language: str) -> None:
    assert set_aside(None, text, language, codebook=BOOK) is None


@pytest.mark.parametrize(
    ("text", "language", "why"),
    [
        ("  \n ", "fr", "no text"),
        (PROSE * 5, "fr", "no word"),
        ("The executive wing of the mobile phone maker moved to Stormont.", "en", "no word"),
        ("Le pouvoir exécutif défend la liberté du commerce.", "fr", "no word"),
        (PROSE * 40 + "Il est mort en 1950.", "fr", "too few words of the lexicon for its length (1 in"),
    ],
)
def test_what_cannot_is_set_aside_with_the_reason(text: str, language: str, why: str) -> None:
    assert why in (set_aside(None, text, language, codebook=BOOK) or "")


def test_the_title_counts() -> None:
    assert set_aside("Embuscade à Tamboré", PROSE, "fr", codebook=BOOK) is None
