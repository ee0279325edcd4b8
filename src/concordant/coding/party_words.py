"""The words that parties are made of, looked up in a sentence: descriptions, names, nationalities, and cues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from concordant.actors.countries import Countries
from concordant.actors.register import Actor, Alias, Register
from concordant.codebook import Codebook
from concordant.reading import Reading
from concordant.reading.phrases import Phrases, Piece

_PREFIXES = frozenset({"ex", "l", "d", "qu", "mi", "non", "semi"})
_NO_NOUN = frozenset({"ADV", "AUX", "ADP", "SCONJ", "CCONJ", "PRON", "DET"})
_SURE = frozenset({"rebel", "state_forces"})  # words like "terroriste", "militaire" are often tagged wrongly


@dataclass(frozen=True, slots=True)
class Word:
    """A description of parties.tsv; its type is "?" where only what stands with it can give one."""

    word: str
    type: str
    kind: str  # person, group, government, site, action, rank, modifier
    corps: str
    generic: bool
    capital: bool


@dataclass(frozen=True)
class Lexicon:
    """The party words of a language (parties.tsv, party_cues.tsv), the communities, and the register behind them."""

    language: str
    heads: Phrases[Word]
    modifiers: Phrases[Word]
    cues: Mapping[str, Phrases[str]]
    communities: Phrases[str]
    countries: Countries
    register: Register
    openers: frozenset[str]  # the stems with which anything of these tables begins


@lru_cache(maxsize=16)
def lexicon(codebook: Codebook, language: str) -> Lexicon:
    heads, modifiers, communities = Phrases[Word](), Phrases[Word](), Phrases[str]()
    for row in codebook.table(f"{language}/parties"):
        name = row["word"]
        word = Word(name, row["type"], row["kind"], row["corps"], row["generic"] == "yes", not name[0].islower())
        table = modifiers if word.kind == "modifier" else heads
        for form in (name, *row.listed("forms")):
            table.add(form, word)
    cues: dict[str, Phrases[str]] = {}
    for row in codebook.table(f"{language}/party_cues"):
        cues.setdefault(row["cue"], Phrases()).add(row["word"], row["word"])
    for row in codebook.table("communities"):
        for form in row.listed(f"forms_{language}"):
            communities.add(form, row["name"])
    countries, register = Countries.of(codebook), Register.of(codebook)
    tables: tuple[Phrases[Any], ...] = (
        heads, modifiers, *cues.values(), communities, countries.names, countries.capitals, countries.nationalities,
        register.aliases,
    )  # fmt: skip
    openers = frozenset[str]().union(*(table.openers for table in tables))
    return Lexicon(language, heads, modifiers, cues, communities, countries, register, openers)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence's pieces, and what of the lexicon begins at each of them.

    `local` names are the groups that the report itself introduces ("les miliciens X"), by their folded words.
    """

    reading: Reading
    lexicon: Lexicon
    pieces: Sequence[Piece]
    local: Mapping[str, Actor]

    def __len__(self) -> int:
        return len(self.pieces)

    def silent(self, at: int) -> bool:
        """Whether no word or name of a party begins here: so it is with 4 of 5 pieces, which need no more looking."""
        return self.pieces[at].stem not in self.lexicon.openers and self.pieces[at].fold not in self.local

    def text(self, at: int) -> str:
        return self.reading.tokens[self.pieces[at].token].text

    def raised(self, at: int) -> bool:
        """Whether the word has a capital initial (in a text without capitals: whether it is tagged a name)."""
        token = self.reading.tokens[self.pieces[at].token]
        return token.pos == "PROPN" if self.reading.lower_cased else token.text[:1].isupper()

    def capitals(self, at: int) -> bool:
        """Whether the word is an acronym by its look: three signs or more, its letters all capitals."""
        text = self.text(at)
        return len(text) >= 3 and text[:1].isalpha() and text.upper() == text and not self.reading.lower_cased

    def cue(self, kind: str, at: int) -> int:
        """Length in pieces of the longest cue of a kind that begins here; 0 for none."""
        table = self.lexicon.cues.get(kind)
        hits = table.at(self.pieces, at) if table else []
        return hits[0][0] if hits else 0

    def head(self, at: int) -> tuple[int, Word] | None:
        """The description that begins here, used as a noun."""
        if not self._begins_word(at):
            return None
        for length, words in self.lexicon.heads.at(self.pieces, at):
            for word in words:
                if (not word.capital or self.reading.lower_cased or self.raised(at)) and self._noun(at, length, word):
                    return length, word
        return None

    def _begins_word(self, at: int) -> bool:
        """Not the second half of a compound ("vice-président", "haut-commissariat"), but for "ex-" and the like."""
        token = self.reading.tokens[self.pieces[at].token]
        if at == 0 or token.start == 0 or self.reading.canvas[token.start - 1] not in "-/":
            return at == 0 or self.pieces[at - 1].token != token.i or self.pieces[at - 1].fold in _PREFIXES
        return self.pieces[at - 1].fold in _PREFIXES or self.reading.canvas[token.start - 1] == "/"

    def _noun(self, at: int, length: int, word: Word) -> bool:
        """Whether a single word stands as a noun by its tag (the small models know nouns from verbs well enough)."""
        if length > 1:
            return True
        token = self.reading.tokens[self.pieces[at].token]
        if token.pos in _NO_NOUN or (token.pos == "VERB" and not self._after_article(at)):
            return False
        if self.lexicon.language == "en":
            if self._only_qualifies(at):
                return False
            return token.pos in ("NOUN", "PROPN") or word.type in _SURE
        if self.cue("before", at) and self.head(at + 1):  # "un jeune policier"
            return False
        return not self._after_noun(at)

    def _only_qualifies(self, at: int) -> bool:
        """Whether an English word is no party here: "a terrorist attack" (whose, nobody says), "in front of"."""
        fold, behind = self.pieces[at].fold, self.pieces[at + 1].fold if at + 1 < len(self) else ""
        if fold == "front":
            return behind == "of" and "in" in {p.fold for p in self.pieces[max(0, at - 2) : at]}
        return fold == "terrorist" and bool(self.cue("deed", at + 1) if behind else 0)

    def _after_article(self, at: int) -> bool:
        before = self.reading.tokens[self.pieces[at - 1].token] if at else None
        return before is not None and (before.pos in ("DET", "NUM") or before.text.isdigit())

    def _after_noun(self, at: int) -> bool:
        """Whether a noun stands right before, which the word then qualifies: "pression militaire", 'la piste "rebelle"'."""
        if not at:
            return False
        before, token = (self.reading.tokens[self.pieces[n].token] for n in (at - 1, at))
        between = self.reading.tokens[before.i + 1 : token.i]
        loose = token.pos == "ADJ" or token.fold == "armees"
        near = not between or (loose and all(t.text == '"' for t in between))
        noun = before.pos == "NOUN" or (before.pos == "ADJ" and (loose or self._postposed(before.i)))
        return noun and near and before.fold not in _PREFIXES

    def _postposed(self, i: int) -> bool:
        """Whether an adjective stands behind its noun ("force régionale | militaire") and not before one."""
        return i > 0 and self.reading.tokens[i - 1].pos == "NOUN"

    def modifier(self, at: int) -> tuple[int, Word] | None:
        hits = self.lexicon.modifiers.at(self.pieces, at)
        return (hits[0][0], hits[0][1][0]) if hits else None

    def nationality(self, at: int, *, noun: bool) -> tuple[int, list[str]] | None:
        """A nationality: in French a noun has a capital initial and an adjective has none."""
        for length, codes in self.lexicon.countries.nationalities.at(self.pieces, at):
            if self._written_as(noun, at):
                return length, codes
        return None

    def community(self, at: int, *, noun: bool) -> tuple[int, str] | None:
        for length, names in self.lexicon.communities.at(self.pieces, at):
            if self._written_as(noun, at):
                return length, names[0]
        return None

    def _written_as(self, noun: bool, at: int) -> bool:
        if self.lexicon.language != "fr" or self.reading.lower_cased:
            return self.raised(at) or self.reading.lower_cased
        return self.raised(at) if noun else True

    def country(self, at: int) -> tuple[int, str] | None:
        for length, codes in self.lexicon.countries.names.at(self.pieces, at):
            if self.raised(at):
                return length, codes[0]
        return None

    def capital(self, at: int) -> tuple[int, str] | None:
        for length, codes in self.lexicon.countries.capitals.at(self.pieces, at):
            if self.raised(at):
                return length, codes[0]
        return None

    def actors(self, at: int) -> tuple[int, list[Actor]] | None:
        """The actors that the longest name beginning here may mean."""
        for length, aliases in self.lexicon.register.aliases.at(self.pieces, at):
            found = [alias.actor for alias in aliases if self._stands(alias, at, length)]
            if found:
                return length, found
        local = self.local.get(self.pieces[at].fold)
        return (1, [local]) if local and self.raised(at) else None

    def _stands(self, alias: Alias, at: int, length: int) -> bool:
        words = [self.text(at + n) for n in range(length)]
        if self.reading.lower_cased:
            return not alias.acronym or (len(words[0]) > 2 and not self.cue("notacronym", at))
        if not alias.acronym:
            return not alias.capital or any(word[:1].isupper() for word in words)
        together = "".join(words)
        return together.upper() == together or (len(together) > 3 and together[0].isupper() and together[1:].islower())
