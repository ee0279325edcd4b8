"""Mood: which words of a report are told otherwise than as plain fact.

Words may be told as reported only (hedged), denied, planned, feared, supposed (hypothetical), invented (fictional),
remembered (commemorated), or not meant as they stand (figurative: "guerre des prix", "attaque en justice").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, cast

from concordant.codebook import Codebook
from concordant.coding.domains import find_domains
from concordant.coding.lexicon import Match, PhraseBook
from concordant.coding.mentions import MoodMention
from concordant.coding.mood_reach import MARKS, Reach, mood_grammar
from concordant.reading import Reading, Sentence, Span, Token

Mood = Literal["hedged", "denied", "planned", "feared", "hypothetical", "fictional", "commemorated", "figurative"]
# Where several govern the same words, the one that takes most from them is told first.
MOODS: tuple[Mood, ...] = (
    "figurative", "fictional", "denied", "hypothetical", "planned", "feared", "commemorated", "hedged",
)  # fmt: skip
_REACHES = ("cue", "noun", "verb", "after", "clause", "sentence")
_NONE = "none"
_IRREALIS = ("planned", "feared", "hypothetical")
_CONDITIONAL = ("aurait", "auraient", "serait", "seraient")
_FUTURE = ("ra", "ront", "rons", "rez", "rai", "ras")
# Stems of verbs that say what is to come: the conditional behind "que" is then the future of the past.
_ANNOUNCING = ("annonc", "prom", "assur", "jur", "decid", "prevu", "menac", "preven")
_NEGATIVE = ("pas", "jamais", "nullement", "aucunement")
_NOBODY = ("aucun", "aucune", "nul", "nulle", "personne")  # subjects that deny their verb: "aucun soldat n'a tiré"
_SUBJECT = 5  # words before "ne" in which such a subject stands
_GOVERNED = 5  # words from a negation to the verb that it denies


@lru_cache(maxsize=8)
def mood_book(codebook: Codebook, language: str) -> PhraseBook:
    rows = codebook.table(f"{language}/moods")
    for row in rows:
        if row["mood"] not in (*MOODS, _NONE):
            raise row.error(f"no mood {row['mood']!r}; there are {', '.join(MOODS)}, and {_NONE}")
        if row["reach"] not in _REACHES:
            raise row.error(f"no reach {row['reach']!r}; there are {', '.join(_REACHES)}")
    return PhraseBook(rows)


def find_moods(reading: Reading, *, codebook: Codebook) -> tuple[MoodMention, ...]:
    """The stretches of a reading that are told otherwise than as plain fact, in order of their words."""
    finder = _Finder(reading, Reach(reading, mood_grammar(codebook, reading.language)))
    found = [
        mention
        for match in mood_book(codebook, reading.language).find(reading)
        if match.row["mood"] != _NONE and (mention := finder.cued(match)) is not None
    ]
    for sentence in reading.sentences:
        found.extend(finder.sentence(sentence))
    found.extend(find_domains(reading, codebook=codebook))
    return tuple(sorted(found, key=lambda m: (m.span, MOODS.index(m.mood), m.cue)))


def mood_of(span: Span, moods: Sequence[MoodMention]) -> Mood | None:
    """The mood that governs some words, the gravest where there are several; None where they are plainly told."""
    governing = {m.mood for m in moods if m.span.covers(span)}
    return next((mood for mood in MOODS if mood in governing), None)


def is_future_or_irrealis(span: Span, moods: Sequence[MoodMention]) -> bool:
    """Whether some words tell what is planned, feared, threatened or supposed, and so of nothing that happened."""
    return mood_of(span, moods) in _IRREALIS


class _Finder:
    """Reads moods off one reading: by cues of the table, and by the grammar of conditionals, negations and futures."""

    def __init__(self, reading: Reading, reach: Reach) -> None:
        self.reading, self.reach, self.tokens = reading, reach, reading.tokens

    def cued(self, match: Match) -> MoodMention | None:
        """The mood that a phrase of the table gives the words in its reach."""
        sentence = self.reading.sentences[self.tokens[match.first].sentence]
        mood = cast(Mood, match.row["mood"])
        span = self.reach.span(match.row["reach"], sentence, match.first, match.last)
        if mood == "hypothetical" and match.last < sentence.last and self.tokens[match.last].lower == "avoir":
            mood, span = "hedged", self.reach.span("after", sentence, match.first, match.last)  # "peuvent avoir péri"
        return MoodMention(span, self.reading.span(match.first, match.last), mood) if span is not None else None

    def sentence(self, sentence: Sentence) -> Iterator[MoodMention]:
        """The moods that the grammar of a sentence tells."""
        if sentence.in_title:
            yield from self._question(sentence)
        supposes = self._supposes(sentence)
        for token in self.reading.sentence_tokens(sentence):
            if self._negates(sentence, token):
                yield from self._denial(sentence, token)
            if self.reading.language == "fr":
                if not supposes and self._reports(token):
                    yield self._conditional(sentence, token)
                if token.has("Tense=Fut") and token.pos in ("VERB", "AUX") and token.lower.endswith(_FUTURE):
                    yield self._future(sentence, token)

    # French conditionals that report ("auraient tué"), not those of a supposition ("si …, ils auraient tué")

    def _reports(self, token: Token) -> bool:
        conditional = token.has("Mood=Cnd") and token.lower.endswith(("rait", "raient"))
        return token.lower in _CONDITIONAL or (conditional and token.lemma not in self.reach.grammar["modal"])

    def _conditional(self, sentence: Sentence, token: Token) -> MoodMention:
        mood: Mood = "planned" if self._future_in_past(sentence, token) else "hedged"
        end = max(token.i + 1, self.reach.clause_end(sentence, token.i + 1))
        return MoodMention(self.reading.span(token.i, end), Span(token.start, token.end), mood)

    def _supposes(self, sentence: Sentence) -> bool:
        """Whether a sentence holds "si" with a subject, "même si" left aside."""
        words = [t.lower for t in self.reading.sentence_tokens(sentence)]
        subjects = self.reach.grammar["subject"]
        return any(
            word in ("si", "s'") and following in subjects and before != "même"
            for before, word, following in zip(["", *words], words, words[1:], strict=False)
        )

    def _future_in_past(self, sentence: Sentence, token: Token) -> bool:
        """ "a annoncé que les otages seraient libérés": what is to come, seen from a verb of saying in the past."""
        before = self.tokens[sentence.first : token.i]
        that = [t.i for t in before if t.lower in ("que", "qu'")]
        if not that or token.lower not in ("serait", "seraient"):
            return False
        said = self.tokens[max(sentence.first, that[-1] - 4) : that[-1]]
        return any(t.fold.startswith(_ANNOUNCING) for t in said)

    def _future(self, sentence: Sentence, token: Token) -> MoodMention:
        """French verbs in the future: "les rebelles attaqueront"."""
        verb = self.reach.verb(sentence, token.i + 1) if token.pos == "AUX" else None
        return MoodMention(self.reading.span(token.i, verb or token.i + 1), Span(token.start, token.end), "planned")

    # Negations

    def _negates(self, sentence: Sentence, token: Token) -> bool:
        if self.reading.language == "en":
            return token.lower in ("not", "n't", "never")
        if token.lower not in ("n'", "ne"):
            return False
        following = self.tokens[token.i + 1 : min(sentence.last, token.i + 6)]
        before = self.tokens[max(sentence.first, token.i - _SUBJECT) : token.i]
        return any(t.lower in _NEGATIVE for t in following) or any(t.lower in _NOBODY for t in before)

    def _denial(self, sentence: Sentence, token: Token) -> Iterator[MoodMention]:
        """ "n'ont pas attaqué", "did not attack": from the negation to the verb that it denies, and no further.

        What hangs on a denied verb is mostly taken as a fact ("n'a pas revendiqué l'attaque").
        """
        near = self.tokens[token.i + 1 : min(sentence.last, token.i + 1 + _GOVERNED)]
        verb = next((t for t in near if t.pos == "VERB" or t.text in MARKS), None)
        if verb is not None and verb.text not in MARKS:
            yield MoodMention(self.reading.span(token.i, verb.i + 1), Span(token.start, token.end), "denied")

    def _question(self, sentence: Sentence) -> Iterator[MoodMention]:
        """A title that asks tells nothing; what stands before its colon is told ("Attaque à X : qui a tiré ?")."""
        if self.tokens[sentence.last - 1].text == "?":
            colons = (t.i for t in self.reading.sentence_tokens(sentence) if t.text == ":")
            start = min(max(colons, default=sentence.first - 1) + 1, sentence.last - 1)
            cue = Span(sentence.end - 1, sentence.end)
            yield MoodMention(self.reading.span(start, sentence.last), cue, "hypothetical")
