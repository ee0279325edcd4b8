"""Readings: offsets that hold, sentences where a reader sees them, and words with their grammar."""

from __future__ import annotations

import pytest

from concordant.reading import Span, read

FRENCH = "Tamboré : l’armée riposte"
TEXT = (
    "Des hommes armés ont attaqué le village de Tamboré, « vers 6 heures ».Une fillette a été blessée, selon le col. "
    "Diarrou.\n\nLe maire, M. Sanogo, parle d'un bilan de 1.200 déplacés."
)


def test_every_token_stands_where_it_says() -> None:
    reading = read(FRENCH, TEXT, "fr")
    source = f"{FRENCH}\n\n{TEXT}"
    assert len(reading.canvas) == len(source)
    for token in reading.tokens:
        assert reading.canvas[token.start : token.end] == token.text
        part, start, end = reading.located(Span(token.start, token.end))
        assert len((FRENCH if part == "title" else TEXT)[start:end]) == len(token.text)


def test_sentences_end_at_glued_stops_and_not_at_abbreviations() -> None:
    reading = read(FRENCH, TEXT, "fr")
    sentences = [reading.canvas[s.start : s.end] for s in reading.sentences]
    assert sentences[0] == "Tamboré : l'armée riposte"
    assert sentences[2].startswith("Une fillette")
    assert sentences[2].endswith("col. Diarrou.")
    assert sentences[3].startswith("Le maire, M. Sanogo")
    assert len(sentences) == 4


def test_lower_cased_wire_copy_is_cut_at_its_stops() -> None:
    reading = read(None, "guerrillas attacked a post in san tamor today.  two policemen were killed.", "en")
    assert reading.lower_cased
    assert len(reading.sentences) == 2


def test_the_parts_of_a_report_are_told_apart() -> None:
    reading = read(FRENCH, TEXT, "fr")
    assert reading.sentences[0].in_title
    assert not reading.sentences[1].in_title
    assert reading.located(Span(reading.text_start, reading.text_start + 3)) == ("text", 0, 3)


def test_a_language_without_a_reader_is_refused() -> None:
    with pytest.raises(ValueError, match="no reader for language 'ha'"):
        read(None, "Sojoji", "ha")


def test_a_report_without_title_or_words_reads_as_nothing() -> None:
    assert read(None, " \n ", "fr").tokens == ()


def test_a_short_month_ends_no_sentence() -> None:
    reading = read(None, "The Aug. 13 shooting left four people dead. A man was charged on Sept. 2.", "en")
    assert len(reading.sentences) == 2
