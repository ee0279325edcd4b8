"""Which namings of a report speak of one source: each source is listed once, under its first name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

from concordant.coding.mentions import PartyType, SourceMention
from concordant.coding.source_names import Phrase, capital
from concordant.coding.source_words import Words
from concordant.reading import Reading, Span, fold

_HONORIFICS = frozenset(("m", "mm", "mme", "mlle", "mgr", "dr", "mr", "mrs", "ms", "me", ""))
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
        self.fuller: dict[Span, SourceMention] = {}  # by the span of a first naming without the person's name

    def mentions(self, namings: Sequence[Naming]) -> list[SourceMention]:
        """A mention of each naming, under the source's first name, or the first that names the person."""
        found = list(self._resolved(namings))
        return [
            replace(m, span=self.fuller[m.span].span, name=self.fuller[m.span].name) if m.span in self.fuller else m
            for m in found
        ]

    def _resolved(self, namings: Sequence[Naming]) -> Iterator[SourceMention]:
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
        for n, (mention, earlier) in reversed(list(enumerate(self.known))):
            if self._same(phrase, earlier):
                if self._fuller(phrase, earlier):
                    self.fuller[mention.span] = self._new(naming, phrase)
                    self.known[n] = (mention, phrase)
                return mention
        return self.known[-1][0] if self._bare_document(phrase) else None

    def _points_back(self, phrase: Phrase) -> bool:
        """ "la même source", "ce dernier", "cette source", "ce responsable"."""
        tokens = self.reading.tokens[phrase.first : phrase.last]
        if any(self.words.is_("same", t) for t in tokens[:3]):
            return True
        return tokens[0].lower in ("ce", "cet", "cette", "ces", "this", "these") and not any(map(capital, tokens[1:]))

    def _bare_document(self, phrase: Phrase) -> bool:
        """ "le communiqué": one already spoken of, whose author is the source."""
        definite = self.reading.tokens[phrase.first].lower in ("le", "la", "the", "l'")
        bare = not phrase.named and phrase.last - phrase.first <= 4
        return phrase.kind in ("document", "outlet", "agency") and definite and bare

    def _same(self, phrase: Phrase, earlier: Phrase) -> bool:
        """Whether two phrases name one source: one's words are among the other's, and they speak of the same thing."""
        ours, theirs = self._words(phrase), self._words(earlier)
        if not ours or not theirs:
            return False
        if ours == theirs or self._same_person(phrase, earlier):
            return True
        if self._other(phrase):
            return False
        small, large = (phrase, earlier) if len(ours) <= len(theirs) else (earlier, phrase)
        if not self._words(small) <= self._words(large):
            return False
        if large.kind in _DOCUMENTS:
            return len(self._words(large)) == len(self._words(small)) + 1
        narrower = small is earlier and not phrase.named and not self._definite(phrase)
        return small.named or (self._head(small) == self._head(large) and not narrower)

    def _definite(self, phrase: Phrase) -> bool:
        return self.reading.tokens[phrase.first].lower in ("le", "la", "les", "l'", "the")

    def _other(self, phrase: Phrase) -> bool:
        """ "d'autres sources", "another resident": said to be none of those before."""
        tokens = self.reading.tokens[max(0, phrase.first - 1) : phrase.last]
        return any(t.fold in ("autre", "autres", "other", "another") for t in tokens[:3])

    @staticmethod
    def _fuller(phrase: Phrase, earlier: Phrase) -> bool:
        """Whether a later phrase names a person whom the first one left without name or with the last name alone."""
        if phrase.person is None:
            return False
        return earlier.person is None or phrase.person[1] - phrase.person[0] > earlier.person[1] - earlier.person[0]

    def _same_person(self, phrase: Phrase, earlier: Phrase) -> bool:
        """ "M. Haq" after "Farhan Haq": the last words of two people's names are the same."""
        if phrase.person is None or earlier.person is None:
            return False
        ours, theirs = (self._given_and_last(*p.person) for p in (phrase, earlier) if p.person)
        return ours[-1] == theirs[-1] and (len(ours) == 1 or len(theirs) == 1 or ours[0] == theirs[0])

    def _given_and_last(self, first: int, last: int) -> list[str]:
        names = [t.fold for t in self.reading.tokens[first:last] if t.fold.rstrip(".") not in _HONORIFICS]
        return names or [self.reading.tokens[last - 1].fold]

    def _words(self, phrase: Phrase) -> frozenset[str]:
        """The telling words of a phrase, folded, without plural marks and small words."""
        words = set()
        for token in self.reading.tokens[phrase.first : phrase.last]:
            small = any(self.words.is_(role, token) for role in ("determiner", "link", "and", "article"))
            if not small or (capital(token) and token.pos == "PROPN"):
                words |= {word.rstrip("sx") or word for word in re.findall(r"\w+", fold(token.text))}
        return frozenset(words)

    def _head(self, phrase: Phrase) -> str:
        for token in self.reading.tokens[phrase.first : phrase.last]:
            if token.pos in ("NOUN", "PROPN", "X"):
                return token.fold.rstrip("sx")
        return ""
