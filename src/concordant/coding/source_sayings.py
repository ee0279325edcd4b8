"""Verbs of saying and of claiming: where they stand, with their auxiliaries and the agents of their passives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from concordant.coding.source_names import Phrases
from concordant.coding.source_words import Verb, Words
from concordant.reading import Reading, Sentence, Token

REACH = 14  # tokens of adjuncts between a verb of saying and its inverted subject or its agent
_ADJUNCT = ("time", "preposition", "link", "determiner")
_PASSIVE_PARTS = ("été", "been", "be", "être", "being")  # of "être", that an auxiliary of its own precedes


@dataclass(frozen=True, slots=True)
class Saying:
    """A verb of saying: its words [first, last), what it asks of its subject, and whether it is passive."""

    first: int
    last: int
    strength: str
    passive: bool


class Sayings:
    """Finds the verbs of saying of one reading."""

    def __init__(self, reading: Reading, words: Words, phrases: Phrases) -> None:
        self.reading, self.words, self.phrases, self.tokens = reading, words, phrases, reading.tokens

    def at(self, at: int, sentence: Sentence) -> Saying | None:
        """The verb of saying whose participle or finite form a token is."""
        token = self.tokens[at]
        last = at + 1
        participle = self._verb(self.words.participle, at, sentence)
        finite = self._verb(self.words.finite, at, sentence)
        auxiliary = self.auxiliary(at, sentence) if participle else None
        if participle is not None:
            last += bool(participle.tail)
            agent = self.agent(last, sentence) is not None
            if auxiliary is not None:
                first, passive = auxiliary
                return Saying(first, last, participle.strength, passive)
            if agent and (finite is None or self.words.language == "en"):
                return Saying(at, last, participle.strength, passive=True)
        if finite is None or (token.pos in ("NOUN", "PROPN") and self._noun(token, sentence)):
            return None
        return Saying(at, at + 1 + bool(finite.tail), finite.strength, passive=False)

    def _verb(self, forms: Mapping[str, tuple[Verb, ...]], at: int, sentence: Sentence) -> Verb | None:
        """The verb whose form a token is, and whose tail follows where it has one."""
        found = forms.get(self.tokens[at].lower, ())
        following = self.tokens[at + 1].lower if at + 1 < sentence.last else ""
        return next((v for v in found if v.tail and v.tail == following), next((v for v in found if not v.tail), None))

    def _noun(self, token: Token, sentence: Sentence) -> bool:
        """Whether a form that can be a noun is one here ("the state of …", "une annonce")."""
        if self.words.language == "en":
            return not token.lower.endswith("ed") and token.lower not in ("said", "told")
        before = self.tokens[max(sentence.first, token.i - 1)]
        return before.pos in ("DET", "ADJ") or self.words.is_("link", before)

    def auxiliary(self, at: int, sentence: Sentence) -> tuple[int, bool] | None:
        """Where the auxiliary of a participle stands, and whether it makes it passive."""
        passive = False
        for i in range(at - 1, max(sentence.first - 1, at - 10), -1):
            token = self.tokens[i]
            if self.words.is_("passive", token):
                passive = True
                if token.lower not in _PASSIVE_PARTS:
                    return i, True
            elif self.words.is_("perfect", token):
                return i, passive
            elif (
                token.pos != "ADV"
                and not any(self.words.is_(r, token) for r in ("aside", "clitic"))
                and not inverted_pronoun(token)
            ):
                return None
        return None

    def agent(self, at: int, sentence: Sentence) -> int | None:
        """The token behind the "par" that follows a verb, adjuncts between them skipped."""
        end = min(sentence.last - 1, at + REACH)
        while at < end:
            token = self.tokens[at]
            if self.words.is_("by", token):
                return at + 1
            inner = self.phrases.at(at + 1, sentence) if self.words.is_("preposition", token) else None
            if (
                inner is None
                and not any(self.words.is_(r, token) for r in _ADJUNCT)
                and token.pos not in ("ADV", "NUM")
            ):
                return None
            at = inner.last if inner is not None else at + 1
        return None

    def claims(self, at: int, sentence: Sentence) -> bool:
        """Whether a token claims responsibility for violence, and is not denied."""
        token, grammar = self.tokens[at], self.words.grammar
        if not token.fold.startswith(tuple(grammar["claim"])) or token.fold.startswith("revendicat"):
            return False
        if (
            self.words.language == "en"
            and token.pos == "NOUN"
            and self.tokens[max(sentence.first, at - 1)].pos == "DET"
        ):
            return False
        before = self.tokens[max(sentence.first, at - 6) : at]
        comma = next((t.i for t in reversed(before) if t.text == ","), sentence.first - 1)
        if any(self.words.is_("negation", t) for t in before if t.i > comma):
            return False
        near = self.tokens[at + 1 : min(sentence.last, at + 7)]
        objects = any(t.fold.startswith(tuple(grammar["claimed"])) for t in near)
        passive = at + 1 < sentence.last and self.agent(at + 1, sentence) is not None
        return objects or (passive and token.fold.endswith(("e", "es", "ee", "ees", "claimed")))


def inverted_pronoun(token: Token) -> bool:
    """Whether a token is a pronoun behind its verb: "-il", "-t-elle", "-on"."""
    return re.fullmatch(r"(?:-t)?-(?:il|elle|on)s?", token.lower) is not None
