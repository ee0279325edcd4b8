"""Mood: which clauses are told as sure, as reported only, as planned, feared, denied, supposed or invented."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from concordant.codebook import Codebook
from concordant.coding.lexicon import PhraseBook
from concordant.coding.mentions import MoodMention
from concordant.reading import Reading, Sentence, Span, Token

_MOODS = ("hedged", "denied", "planned", "feared", "hypothetical", "fictional", "commemorated", "figurative")
# The conditional of these verbs is a real one; of "avoir" and "être" before a participle it reports ("auraient tué").
_REPORTATIVE = ("aurait", "auraient", "serait", "seraient")
_HEDGES = {
    "fr": frozenset(("presume", "presumee", "presumes", "presumees", "apparemment", "vraisemblablement", "probablement")),
    "en": frozenset(("reportedly", "allegedly", "apparently", "presumably", "supposedly", "unconfirmed", "purportedly")),
}
_MARKS = frozenset((",", ";", ":", ".", "!", "?", "(", ")"))


@lru_cache(maxsize=8)
def _book(codebook: Codebook, language: str) -> PhraseBook:
    rows = codebook.table(f"{language}/moods")
    for row in rows:
        if row["mood"] not in _MOODS:
            raise row.error(f"no mood {row['mood']!r}; there are {', '.join(_MOODS)}")
    return PhraseBook(row for row in rows if row["reach"] != "none")


def find_moods(reading: Reading, *, codebook: Codebook) -> tuple[MoodMention, ...]:
    """The clauses of a reading that are told otherwise than as plain fact, in order."""
    book = _book(codebook, reading.language)
    found: list[MoodMention] = []
    for sentence in reading.sentences:
        for at in range(sentence.first, sentence.last):
            match = book.longest(reading, at)
            if match is not None:
                whole = match.row["reach"] == "sentence"
                span = Span(sentence.start, sentence.end) if whole else _rest(reading, sentence, match.first, match.last)
                found.append(MoodMention(span, reading.span(match.first, match.last), match.row["mood"]))  # type: ignore[arg-type]
        found.extend(_hedged(reading, sentence))
        found.extend(_negated(reading, sentence))
    return tuple(sorted(found, key=lambda m: (m.span, m.cue)))


def mood_of(span: Span, moods: tuple[MoodMention, ...]) -> str | None:
    """The mood that governs some words, None where they are plainly told."""
    return next((m.mood for m in moods if m.span.covers(span)), None)


def _rest(reading: Reading, sentence: Sentence, first: int, last: int) -> Span:
    """From a cue to the end of its clause."""
    end = last
    while end < sentence.last and reading.tokens[end].text not in _MARKS:
        end += 1
    return reading.span(first, max(end, last))


def _clause(reading: Reading, sentence: Sentence, at: int) -> Span:
    """The clause around a token: from mark to mark."""
    first, last = at, at + 1
    while first > sentence.first and reading.tokens[first - 1].text not in _MARKS:
        first -= 1
    while last < sentence.last and reading.tokens[last].text not in _MARKS:
        last += 1
    return reading.span(first, last)


def _hedged(reading: Reading, sentence: Sentence) -> Iterator[MoodMention]:
    supposed = any(t.fold in ("si", "s'") and t.pos == "SCONJ" for t in reading.sentence_tokens(sentence))
    for token in reading.sentence_tokens(sentence):
        reported = reading.language == "fr" and token.fold in _REPORTATIVE and not supposed and _participle(reading, token)
        if reported or (token.fold in _HEDGES[reading.language] and token.pos == "ADV"):
            cue = Span(token.start, token.end)
            yield MoodMention(_clause(reading, sentence, token.i), cue, "hedged")


def _participle(reading: Reading, token: Token) -> bool:
    """Whether a participle follows an auxiliary within three words."""
    return any(t.has("VerbForm=Part") or t.pos in ("VERB", "ADJ") for t in reading.tokens[token.i + 1 : token.i + 4])


def _negated(reading: Reading, sentence: Sentence) -> Iterator[MoodMention]:
    """"n'a pas été attaqué", "was not attacked": the verb denied, up to four words behind the negation."""
    for token in reading.sentence_tokens(sentence):
        french = token.fold in ("pas", "jamais") and any(
            t.fold in ("n'", "ne") for t in reading.tokens[max(sentence.first, token.i - 4) : token.i]
        )
        english = token.fold in ("not", "n't", "never") and reading.language == "en"
        if (french and reading.language == "fr") or english:
            end = min(sentence.last, token.i + 4)
            yield MoodMention(reading.span(token.i, end), Span(token.start, token.end), "denied")


