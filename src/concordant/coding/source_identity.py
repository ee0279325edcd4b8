"""Which namings of a report speak of one source: each source is listed once, under its first name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from concordant.coding.mentions import PartyType, SourceMention
from concordant.coding.source_names import Phrase, capital
from concordant.coding.source_words import Words
from concordant.reading import Reading, Span, fold

_DOCUMENTS = ("document",)


@dataclass(frozen=True, slots=True)
class Naming:
    """A source as one passage names it: by a phrase, or by a pronoun (None) that points back."""

    at: int
    phrase: Phrase | None
    scope: Span
    via: str | None = None
    claim: bool = False


class Register:
    """The sources named so far, and which of them a further naming means."""

    def __init__(self, reading: Reading, words: Words) -> None:
        self.reading, self.words = reading, words
        self.known: list[tuple[SourceMention, Phrase]] = []

    def mentions(self, namings: Sequence[Naming]) -> Iterator[SourceMention]:
        """A mention of each naming; pronouns that point at nothing are left out."""
        for naming in namings:
            if naming.claim:
                assert naming.phrase is not None
                yield self._new(naming, naming.phrase)
                continue
            meant = self._meant(naming)
            if meant is not None:
                yield SourceMention(
                    meant.span, meant.name, naming.scope, naming.via or meant.via, meant.kind, meant.party_type
                )
            elif naming.phrase is not None and not self._points_back(naming.phrase):
                mention = self._new(naming, naming.phrase)
                self.known.append((mention, naming.phrase))
                yield mention

    def _new(self, naming: Naming, phrase: Phrase) -> SourceMention:
        span = self.reading.span(phrase.name_first, phrase.name_last)
        party = cast(PartyType, phrase.party_type) if phrase.party_type else None
        kind = "party" if naming.claim else phrase.kind
        return SourceMention(span, self.reading.words(span), naming.scope, naming.via, kind, party, naming.claim)

    def _meant(self, naming: Naming) -> SourceMention | None:
        """The earlier source that a naming means."""
        if not self.known:
            return None
        phrase = naming.phrase
        if phrase is None or self._points_back(phrase):
            return self.known[-1][0]
        for mention, earlier in reversed(self.known):
            if self._same(phrase, earlier):
                return mention
        return self.known[-1][0] if self._bare_document(phrase) else None

    def _points_back(self, phrase: Phrase) -> bool:
        """"la même source", "ce dernier", "cette source", "ce responsable"."""
        tokens = self.reading.tokens[phrase.first : phrase.last]
        if any(self.words.is_("same", t) for t in tokens[:3]):
            return True
        return tokens[0].lower in ("ce", "cet", "cette", "ces", "this", "these") and not any(map(capital, tokens[1:]))

    def _bare_document(self, phrase: Phrase) -> bool:
        """"le communiqué": one already spoken of, whose author is the source."""
        definite = self.reading.tokens[phrase.first].lower in ("le", "la", "the", "l'")
        return phrase.kind == "document" and definite and phrase.last - phrase.first <= 2

    def _same(self, phrase: Phrase, earlier: Phrase) -> bool:
        """Whether two phrases name one source: one's words are among the other's, and they speak of the same thing."""
        ours, theirs = self._words(phrase), self._words(earlier)
        if not ours or not theirs:
            return False
        if ours == theirs:
            return True
        small, large = (phrase, earlier) if len(ours) <= len(theirs) else (earlier, phrase)
        if not self._words(small) <= self._words(large):
            return False
        if small.named or large.kind in _DOCUMENTS:
            return True
        return self._head(small) == self._head(large)

    def _words(self, phrase: Phrase) -> frozenset[str]:
        """The telling words of a phrase, folded, without plural marks and small words."""
        words = set()
        for token in self.reading.tokens[phrase.first : phrase.last]:
            small = any(self.words.is_(role, token) for role in ("determiner", "link", "and", "article"))
            if not small or capital(token) and token.pos == "PROPN":
                words |= {word.rstrip("sx") or word for word in re.findall(r"\w+", fold(token.text))}
        return frozenset(words)

    def _head(self, phrase: Phrase) -> str:
        for token in self.reading.tokens[phrase.first : phrase.last]:
            if token.pos in ("NOUN", "PROPN", "X"):
                return token.fold.rstrip("sx")
        return ""
