"""Names of sources: how far the phrase of a source goes, what it is called, and which kind of source it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from concordant.coding.source_words import Noun, Words
from concordant.reading import Reading, Sentence, Token

_LONGEST = 16  # tokens of a source's phrase
_TITLE_ROOM = 5  # words of a function that are kept beside a person's name ("le maire de X, Ousmane Y")
_BRACKETED = 9  # tokens of a name spelt out in brackets
_WORDS = ("NOUN", "PROPN", "ADJ", "NUM", "X")
_WORDLIKE = re.compile(r"\w", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Phrase:
    """The phrase that names a source: tokens [first, last), and where its name proper stands."""

    first: int
    last: int  # where the whole phrase ends, appositions and all
    name_first: int
    name_last: int
    kind: str
    party_type: str
    known: bool  # a word of it is a word for sources, or the name of an outlet or body
    named: bool  # a name is in it
    person: tuple[int, int] | None  # the tokens of a person's name


_PARTICLES = ("al", "ould", "ag", "ben", "bin", "el")
_FUNCTION = ("ADV", "ADP", "SCONJ", "CCONJ", "PRON", "VERB", "AUX", "DET")


def capital(token: Token) -> bool:
    return token.text[:1].isupper()


class Phrases:
    """Reads the phrases of sources off one reading."""

    def __init__(self, reading: Reading, words: Words) -> None:
        self.reading, self.words, self.tokens = reading, words, reading.tokens

    def at(self, first: int, sentence: Sentence) -> Phrase | None:
        """The source phrase that begins at a token; None where none can."""
        end = self._core(first, sentence.last)
        if end is None:
            return None
        last, apposed = self._apposition(first, end, sentence.last)
        return self._phrase(first, end, apposed, last)

    def before(self, last: int, sentence: Sentence) -> Phrase | None:
        """The source phrase that ends right before a token; None where none does."""
        for first in self._starts(last, sentence):
            end = self._core(first, last)
            if end is None:
                continue
            reach, apposed = self._apposition(first, end, last)
            if reach == last:
                return self._phrase(first, end, apposed, last)
        return None

    def _starts(self, last: int, sentence: Sentence) -> list[int]:
        """Where a phrase that ends before `last` may begin: the earliest first."""
        at = last
        while at > sentence.first and last - at < _LONGEST and self._may_belong(self.tokens[at - 1]):
            at -= 1
        return [i for i in range(at, last) if self._may_start(i, at)]

    def _may_belong(self, token: Token) -> bool:
        w = self.words
        return (
            token.pos in _WORDS or w.is_("determiner", token) or w.is_("link", token) or w.is_("and", token)
            or w.is_("article", token) or token.text in "()," or self._proper(token) or token.pos == "DET"
        )  # fmt: skip

    def _may_start(self, at: int, earliest: int) -> bool:
        token = self.tokens[at]
        if token.text in "(),." or self.words.is_("and", token):
            return False
        if at == earliest:
            return True
        return (not self.words.is_("link", token) and not self.words.is_("article", token)) or self._opens(at)

    def _opens(self, at: int) -> bool:
        """Whether an article begins a phrase rather than stands inside one ("de la")."""
        return self.words.is_("determiner", self.tokens[at]) and not self.words.is_("link", self.tokens[at - 1])

    def _proper(self, token: Token) -> bool:
        """Whether a capital makes a name: at the beginning of a sentence only for words that can be one."""
        initial = token.i == self.reading.sentences[token.sentence].first or self.tokens[token.i - 1].text in '".:'
        return capital(token) and token.pos != "AUX" and not (initial and token.pos in _FUNCTION)

    def _core(self, first: int, last: int) -> int | None:
        """Where the phrase that begins at `first` ends, appositions left out."""
        at, content = first, False
        limit = min(last, first + _LONGEST)
        while at < limit:
            listed = self.words.name_at(self.reading, at, limit)
            if listed is not None:
                at, content = listed[1], True
                if listed[0] in ("outlet", "agency") and not self._runs_on(at, limit):
                    break
                continue
            step = self._glued(first, at, limit) or self._step(at, limit, content)
            if step is None:
                break
            content = content or self.tokens[at].pos in _WORDS or capital(self.tokens[at])
            at = step
        at = self._untrailed(first, at)
        return at if content and at > first else None

    def _runs_on(self, at: int, limit: int) -> bool:
        """Whether an outlet's name goes on: "(AFP)", "TF1/LCI"; another name behind it is another source."""
        return at < limit and (self.tokens[at].text == "(" or self._glued(at - 1, at, limit) is not None)

    def _glued(self, first: int, at: int, limit: int) -> int | None:
        """The token after a hyphen that joins two words ("état-major"), or after a part that begins with one."""
        if at == first or self.tokens[at].start != self.tokens[at - 1].end or self.tokens[at].text[0] not in "-/":
            return None
        if len(self.tokens[at].text) > 1:
            return at + 1
        return at + 2 if at + 1 < limit and self.tokens[at + 1].start == self.tokens[at].end else None

    def _step(self, at: int, limit: int, content: bool) -> int | None:
        """The token after this one where it belongs to the phrase; `content`: a telling word stands before."""
        token, w = self.tokens[at], self.words
        if token.text == "(" and content:
            return self._parenthesis(at, limit)
        if w.is_("break", token) or w.is_("pronoun", token):
            return None
        if not content:
            opens = w.is_("determiner", token) or token.pos in (*_WORDS, "DET") or self._nominal(at)
            return at + 1 if opens and not w.is_("nobody", token) and _WORDLIKE.search(token.text) else None
        if any(w.is_(role, token) for role in ("and", "link", "article", "inner")):
            return self._small_step(at, limit)
        day = w.is_("time", token) and not (capital(token) and w.is_("link", self.tokens[at - 1]))
        if day or self._participle_of_agent(at, limit) or not _WORDLIKE.search(token.text):
            return None
        return at + 1 if token.pos in _WORDS or self._nominal(at) else None

    def _parenthesis(self, at: int, limit: int) -> int | None:
        """The token after an acronym in brackets, "(OCHA)", or after the words that spell one out."""
        close = next((i for i in range(at + 2, min(limit, at + _BRACKETED)) if self.tokens[i].text == ")"), None)
        if close is None:
            return None
        lower = self.reading.lower_cased and self.words.language == "en"
        if not lower:
            return close + 1 if close == at + 2 and capital(self.tokens[at + 1]) else None
        inside = self.tokens[at + 1 : close]
        return close + 1 if all(t.pos in (*_WORDS, "ADP", "DET", "CCONJ") for t in inside) else None

    def _small_step(self, at: int, limit: int) -> int | None:
        """The token after a small word inside a phrase: "de", "et", an article behind "de", a preposition in a name."""
        token, before, w = self.tokens[at], self.tokens[at - 1], self.words
        if w.is_("and", token):
            return at + 1 if self._joins(at, limit) else None
        if w.is_("link", token):
            return at + 1 if at + 1 < limit else None
        if w.is_("article", token):
            return at + 1 if w.is_("link", before) or (capital(token) and capital(before)) else None
        return self._inner(at, limit)

    def _participle_of_agent(self, at: int, limit: int) -> bool:
        """Whether a token is the participle of "cité par": it says how the source's words came, not what it is."""
        by = at + 1 < limit and self.words.is_("by", self.tokens[at + 1])
        return by and not capital(self.tokens[at])

    def _inner(self, at: int, limit: int) -> int | None:
        """The token after a preposition in a name ("Collectif pour la Paix") or function ("secrétaire à la Paix")."""
        noun = self.words.noun_at(self.reading, at - 1, at)
        after = at + 1
        while after < limit and (
            self.words.is_("article", self.tokens[after]) or self.words.is_("link", self.tokens[after])
        ):
            after += 1
        if after >= limit:
            return None
        listed = self.words.name_at(self.reading, after, limit)
        if listed is not None and listed[0] in ("outlet", "agency"):
            return None  # "ont dit des témoins à l'AFP"
        if self.tokens[at].lower in ("contre", "pour", "against", "for") and self._body(at):
            return after
        if capital(self.tokens[at - 1]):
            return after if capital(self.tokens[after]) else None
        return after if noun is not None and noun[0].person and after > at + 1 else None

    def _body(self, at: int) -> bool:
        """Whether the name of a body stands a few words before: "Comité de liaison | contre les violences"."""
        found = (self.words.noun_at(self.reading, i, at) for i in range(max(0, at - 4), at) if capital(self.tokens[i]))
        return any(noun is not None and noun[0].kind in ("ngo", "local", "official") for noun in found)

    def _nominal(self, at: int) -> bool:
        """Whether a token belongs to a name whatever the tagger says: a capital, or a listed word for sources."""
        token = self.tokens[at]
        if token.pos == "AUX" or token.lower in self.words.finite:
            return False
        return self._proper(token) or self.words.noun_at(self.reading, at, at + 1) is not None

    def _joins(self, at: int, limit: int) -> bool:
        """Whether "et" joins words of one source ("sécuritaire et locale") rather than two sources."""
        if at + 1 >= limit:
            return False
        following, before = self.tokens[at + 1], self.tokens[at - 1]
        if self.words.is_("link", following) and self.words.language == "fr":
            return at + 2 < limit and self.words.noun_at(self.reading, at + 2, limit) is None and self._linked(at)
        if self.words.is_("determiner", following) or self.words.noun_at(self.reading, at + 1, limit) is not None:
            return False
        return following.pos in ("ADJ", before.pos) or not capital(following)

    def _linked(self, at: int) -> bool:
        """Whether a "de" stands a few words before: "de l'information et des relations"."""
        return any(self.words.is_("link", t) for t in self.tokens[max(0, at - 4) : at])

    def _untrailed(self, first: int, at: int) -> int:
        """The end without links, conjunctions and articles that lead nowhere."""
        w = self.words
        while at > first and (
            w.is_("link", self.tokens[at - 1])
            or w.is_("article", self.tokens[at - 1])
            or w.is_("and", self.tokens[at - 1])
            or self.tokens[at - 1].pos in ("DET", "ADP")
        ):
            at -= 1
        return at

    def _apposition(self, first: int, end: int, limit: int) -> tuple[int, tuple[int, int] | None]:
        """Where the whole phrase ends, and the apposition that follows its core (", le colonel X", ", maire de Y")."""
        if end + 1 >= limit or self.tokens[end].text != ",":
            return end, None
        person = self._person(first, end)
        start = end + 1
        stop = self._core(start, limit)
        if stop is None:
            return end, None
        if person is None and not self._function(first, end):
            return end, None
        other = self._person(start, stop)
        fits = self._function(start, stop) if person is not None else other is not None
        closed = (
            stop >= limit
            or self.tokens[stop].text in ',."):;('
            or self.tokens[stop].pos in ("VERB", "AUX", "ADP", "PRON", "ADV")
        )
        if not (fits and closed):
            return end, None
        return (stop + 1 if stop < limit and self.tokens[stop].text == "," else stop), (start, stop)

    def _function(self, first: int, last: int) -> bool:
        """Whether a phrase says what a person is."""
        found = (self.words.noun_at(self.reading, at, last) for at in range(first, self._head_end(first, last)))
        return any(noun is not None and noun[0].person for noun in found)

    def _first_noun(self, first: int, last: int) -> Noun | None:
        for at in range(first, last):
            found = self.words.noun_at(self.reading, at, last)
            if found is not None:
                return found[0]
        return None

    def _person(self, first: int, last: int) -> tuple[int, int] | None:
        """The person's name at the end of a phrase: a run of capitals that follows no "de"."""
        if self.reading.lower_cased:
            return None
        at = last
        while at > first and self._of_name(at - 1):
            at -= 1
        for i in range(first, at):  # "garde des Sceaux": a capital inside the word for what the person is
            noun = self.words.noun_at(self.reading, i, last)
            at = max(at, noun[1]) if noun is not None else at
        if at < last - 1 and at > first + 1 and self.tokens[at - 1].lower in ("l'", "la", "le"):
            at += self.words.is_("link", self.tokens[at - 2])  # "le ministre de l'Intérieur | Une Telle"
        if at == last or any(self.words.name_at(self.reading, i, last) for i in range(at, last)):
            return None
        if at > first and self.words.is_("link", self.tokens[at - 1]):
            return None
        while at < last and self.words.noun_at(self.reading, at, last) is not None:
            at += 1
        return (at, last) if last - at >= 2 or (at < last and at > first and self._function(first, at)) else None

    def _of_name(self, at: int) -> bool:
        """Whether a token can be part of a person's name: a capital, a particle, a hyphen between capitals."""
        token = self.tokens[at]
        return capital(token) or token.lower in _PARTICLES or (token.text == "-" and capital(self.tokens[at - 1]))

    def _phrase(self, first: int, end: int, apposed: tuple[int, int] | None, last: int) -> Phrase:
        name_first, name_last = self._named(first, end, apposed)
        while name_first < name_last - 1 and self._dropped(name_first, name_last):
            name_first += 1
        kind, party = self._kind(first, last)
        head = self._head_end(first, end)
        known = self._first_noun(first, head) is not None or any(
            self.words.name_at(self.reading, i, last) for i in range(first, head)
        )
        person = self._person(first, end) or (apposed and self._person(*apposed)) or None
        named = person is not None or any(self._proper(t) for t in self.tokens[first:head] if not self._small(t))
        named = named or self._lower_name(first, head)
        return Phrase(first, last, name_first, name_last, kind, party, known, named, person)

    def _lower_name(self, first: int, last: int) -> bool:
        """Whether words of an English text without capitals are a name by their tags: "ana ruiz said"."""
        if not self.reading.lower_cased or self.words.language != "en" or last - first < 2:
            return False
        return all(t.pos in ("PROPN", "NOUN") for t in self.tokens[first:last]) and self.tokens[first].pos == "PROPN"

    def _small(self, token: Token) -> bool:
        return any(self.words.is_(role, token) for role in ("determiner", "article", "link", "and"))

    def _dropped(self, at: int, last: int) -> bool:
        """Whether an article is left out of the name; those of "Le Monde" belong to it."""
        return self.words.is_("dropped", self.tokens[at]) and self.words.name_at(self.reading, at, last) is None

    def _head_end(self, first: int, end: int) -> int:
        """Where the complements of the phrase begin: what the words before say is what the source is."""
        for at in range(first + 1, end):
            if self.words.is_("link", self.tokens[at]) and any(t.pos in _WORDS for t in self.tokens[first:at]):
                return at
        return end

    def _named(self, first: int, end: int, apposed: tuple[int, int] | None) -> tuple[int, int]:
        """Where the name to be listed stands: a person with the function where that is short, else the person alone."""
        whole = (first, apposed[1]) if apposed else (first, end)
        person = (apposed and self._person(*apposed)) or self._person(first, end)
        if person is None:
            return whole
        room = self._count(*whole) - self._count(*person)
        if room <= _TITLE_ROOM:
            return whole
        if apposed and person[0] < apposed[0] and self._count(first, person[0]) == 0:
            return first, self._cut_function(person, apposed)
        if self._count(first, end) - self._count(*person) <= _TITLE_ROOM and first <= person[0] < end:
            return first, end
        if apposed and apposed[0] <= person[0] and self._count(*apposed) - self._count(*person) <= _TITLE_ROOM:
            return apposed
        return person

    def _cut_function(self, person: tuple[int, int], apposed: tuple[int, int]) -> int:
        """The end of a person's name with the first words of a long function behind it: "X, the traditional chief"."""
        if self.tokens[apposed[0]].lower in ("un", "une", "a", "an"):
            return person[1]
        links = (at for at in range(apposed[0] + 1, apposed[1]) if self.words.is_("link", self.tokens[at]))
        cut = next(links, apposed[1])
        return cut if self._count(apposed[0], cut) <= _TITLE_ROOM else person[1]

    def _count(self, first: int, last: int) -> int:
        return sum(len(re.findall(r"\w+", t.text)) for t in self.tokens[first:last])

    def _kind(self, first: int, last: int) -> tuple[str, str]:
        """The kind of a source: of the first listed name or telling word; "unnamed" or "person" for want of better."""
        fallback = "person"
        for at in range(first, last):
            listed = self.words.name_at(self.reading, at, last)
            if listed is not None:
                return listed[0], ""
            found = self.words.noun_at(self.reading, at, last)
            if found is not None and found[0].kind != "unnamed":
                return found[0].kind, found[0].party_type
            fallback = "unnamed" if found is not None else fallback
        return fallback, ""
