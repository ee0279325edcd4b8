"""How far a mood reaches: from its cue to a noun, to a verb, to the end of the clause."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from concordant.codebook import Codebook
from concordant.reading import Reading, Sentence, Span, Token

MARKS = frozenset((",", ";", ":", ".", "!", "?", "(", ")", '"', "...", "…"))
_NEAR = 5  # words behind a cue within which its verb stands
_NOMINAL = ("NOUN", "PROPN", "ADJ")

Grammar = Mapping[str, frozenset[str]]


@lru_cache(maxsize=8)
def mood_grammar(codebook: Codebook, language: str) -> Grammar:
    """The small words of a language by their part in telling how far a mood reaches."""
    return {row["role"]: frozenset(row.listed("words")) for row in codebook.table(f"{language}/mood_grammar")}


class Reach:
    """Measures the reach of cues in one reading."""

    def __init__(self, reading: Reading, grammar: Grammar) -> None:
        self.reading, self.grammar, self.tokens = reading, grammar, reading.tokens

    def is_(self, role: str, token: Token) -> bool:
        """Whether a token is a small word of this role."""
        return token.lower in self.grammar[role]

    def span(self, reach: str, sentence: Sentence, first: int, last: int) -> Span | None:
        """What a cue at the tokens [first, last) governs; None where it governs nothing."""
        if reach == "sentence":
            return Span(sentence.start, sentence.end)
        if reach == "cue":
            return self.reading.span(first, last)
        if reach == "noun":
            return self._with_noun(sentence, first, last)
        if reach == "verb":
            verb = self.verb(sentence, last)
            return self.reading.span(first, verb) if verb is not None else None
        start = self.clause_start(sentence, first) if reach == "clause" else first
        return self.reading.span(start, self.clause_end(sentence, last))

    def clause_end(self, sentence: Sentence, at: int) -> int:
        """Where the clause that goes on at a token ends."""
        first = at
        while at < sentence.last:
            if self.tokens[at].text in MARKS or (at > first and self.is_("break", self.tokens[at])):
                break
            at += 1
        return at

    def clause_start(self, sentence: Sentence, at: int) -> int:
        """Where the clause begins in which a token stands."""
        while at > sentence.first:
            if self.tokens[at - 1].text in MARKS or self.is_("break", self.tokens[at - 1]):
                break
            at -= 1
        return at

    def _with_noun(self, sentence: Sentence, first: int, last: int) -> Span:
        """A cue with the noun beside it: "présumés jihadistes", "attaque présumée", "alleged attack"."""
        if last < sentence.last and self.tokens[last].pos in _NOMINAL:
            return self.reading.span(first, last + 1)
        if first > sentence.first and self.tokens[first - 1].pos in _NOMINAL:
            return self.reading.span(first - 1, last)
        return self.reading.span(first, last)

    def verb(self, sentence: Sentence, at: int) -> int | None:
        """Where the verb ends that a cue before `at` governs, or its clause where it is a light one; None without verb.

        What hangs on a verb may well have happened ("pour venger l'attaque de mardi"): only the verb is not told as
        fact.
        """
        for i in range(at, min(sentence.last, at + _NEAR)):
            token = self.tokens[i]
            if self._bare_verb(token) and not self.is_("auxiliary", token):
                return self.clause_end(sentence, i) if self._carries(sentence, i) else i + 1
            if token.pos not in ("PRON", "ADV", "PART", "AUX") and not self.is_("small", token):
                return None
        return None

    def _carries(self, sentence: Sentence, at: int) -> bool:
        """Whether what hangs on a verb shares its mood: "mener une attaque", but not "mener l'attaque"."""
        definite = at + 1 < sentence.last and self.is_("definite", self.tokens[at + 1])
        token = self.tokens[at]
        return self.is_("averting", token) or (self.is_("light", token) and not definite)

    def _bare_verb(self, token: Token) -> bool:
        """Whether a token is an infinitive, a participle behind one, or an English verb behind a modal."""
        if token.pos not in ("VERB", "AUX"):
            return False
        return self.reading.language == "en" or (
            token.lower.endswith(("er", "ir", "re", "oir")) or token.has("VerbForm=Inf") or token.has("VerbForm=Part")
        )
