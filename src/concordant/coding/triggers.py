"""Triggers: the words that tell of a happening, as verb or noun, with what they do to the discourse."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from concordant.codebook import Codebook
from concordant.coding.lexicon import PhraseBook
from concordant.reading import Reading, Span, Token

Definiteness = Literal["definite", "demonstrative", "indefinite", "bare"]

_DETERMINERS: dict[str, Definiteness] = {
    **dict.fromkeys(("le", "la", "les", "l'", "du", "des", "au", "aux", "the", "son", "leur", "sa"), "definite"),
    **dict.fromkeys(("ce", "cet", "cette", "ces", "this", "that", "these", "those", "ladite", "dite"), "demonstrative"),
    **dict.fromkeys(("un", "une", "a", "an", "plusieurs", "several", "deux", "trois", "two", "three"), "indefinite"),
}
_REACH = 4  # tokens before a noun in which its determiner is looked for


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or phrase that tells of something done: the act, and how strongly it names a happening (1 to 3)."""

    span: Span
    first: int
    last: int
    act: str
    strength: int
    noun: bool
    plural: bool
    definiteness: Definiteness
    pluperfect: bool
    circumstance: bool = False  # a noun that only says when: "lors de son arrestation", "after his arrest"


@lru_cache(maxsize=16)
def _book(codebook: Codebook, language: str) -> PhraseBook:
    return PhraseBook(codebook.table(f"{language}/triggers"))


def find_triggers(reading: Reading, *, codebook: Codebook) -> tuple[Trigger, ...]:
    """The triggers of a reading, in order. Words that the table gives strength 0 only keep others from matching."""
    found = []
    for match in _book(codebook, reading.language).find(reading):
        strength = int(match.row["strength"])
        if strength and not _is_name(reading, match.first, match.last):
            found.append(_trigger(reading, match.first, match.last, match.row["act"], strength, match.row["pos"]))
    return _with_governed(reading, found, codebook) if reading.language == "en" else tuple(found)


@lru_cache(maxsize=8)
def _governed(codebook: Codebook) -> dict[str, tuple[frozenset[str], str, int]]:
    return {
        row["noun"]: (frozenset(row.listed("verbs")), row["act"], int(row["strength"]))
        for row in codebook.table("en/governed")
    }


def _with_governed(reading: Reading, found: list[Trigger], codebook: Codebook) -> tuple[Trigger, ...]:
    """The triggers with the nouns that tell of a happening by their verb: "one strike destroyed", "launched an operation"."""
    table = _governed(codebook)
    held = {at: trigger for trigger in found for at in range(trigger.first, trigger.last)}
    for token in reading.tokens:
        noun = table.get(token.lemma) if token.pos in ("NOUN", "PROPN", "VERB") else None
        if noun is None or (verb := _verb_over(reading, token)) is None or verb.lemma not in noun[0]:
            continue
        old = held.get(token.i)
        if old is None or (old.strength < noun[2] and old.last - old.first == 1):
            found = [trigger for trigger in found if trigger is not old]
            found.append(_trigger(reading, token.i, token.i + 1, noun[1], noun[2], "noun"))
    return tuple(sorted(found, key=lambda trigger: trigger.first))


def _verb_over(reading: Reading, token: Token) -> Token | None:
    """The verb whose subject, object or doer a noun is; None where it is none's."""
    head = reading.tokens[token.head]
    if token.dep == "pobj" and head.dep == "agent":
        head = reading.tokens[head.head]
    elif token.dep not in ("nsubj", "nsubjpass", "dobj"):
        return None
    return head if head.pos == "VERB" else None


def _is_name(reading: Reading, first: int, last: int) -> bool:
    """Whether a French word is written with a capital inside its sentence: "les hommes du Raid", "le Rassemblement"."""
    if reading.language != "fr" or last - first > 1 or first == reading.sentences[reading.tokens[first].sentence].first:
        return False
    token, before = reading.tokens[first], reading.tokens[first - 1]
    lowered = before.text.islower() and before.text[0].isalpha()
    return token.text[0].isupper() and token.pos == "PROPN" and lowered


def _trigger(reading: Reading, first: int, last: int, act: str, strength: int, pos: str) -> Trigger:
    token = reading.tokens[first]
    noun = pos == "noun" or (pos == "any" and token.pos in ("NOUN", "PROPN"))
    return Trigger(
        reading.span(first, last), first, last, act, strength, noun,
        plural=noun and is_plural(token),
        definiteness=definiteness(reading, first) if noun else "bare",
        pluperfect=not noun and is_pluperfect(reading, first),
        circumstance=noun and _is_circumstance(reading, first),
    )  # fmt: skip


def is_plural(token: Token) -> bool:
    if token.has("Number=Plur"):
        return True
    return token.fold.endswith("s") and not token.has("Number=Sing")


def definiteness(reading: Reading, i: int) -> Definiteness:
    """How the noun at token i is introduced, from the determiner before it ("des" counts as indefinite)."""
    sentence = reading.sentences[reading.tokens[i].sentence]
    for at in range(i - 1, max(sentence.first, i - _REACH) - 1, -1):
        token = reading.tokens[at]
        if token.fold == "des" and reading.language == "fr":
            return "indefinite" if token.lemma in ("un", "des") else "definite"
        if token.fold in _DETERMINERS:
            return _DETERMINERS[token.fold]
        if token.pos in ("VERB", "PUNCT", "AUX"):
            break
    return "bare"


# What stands before a noun that says when something else was.
_WHEN = frozenset("lors pendant durant apres after during following upon".split())


def _is_circumstance(reading: Reading, i: int) -> bool:
    """Whether the noun at token i stands right behind a preposition of time, its article or possessive between them."""
    sentence = reading.sentences[reading.tokens[i].sentence]
    for at in range(i - 1, max(sentence.first, i - _REACH) - 1, -1):
        token = reading.tokens[at]
        if token.fold in _WHEN:
            return True
        if token.pos not in ("DET", "ADP", "ADJ", "PRON") and token.fold not in ("de", "d'"):
            return False
    return False


_HAD = {"fr": frozenset(("avait", "avaient", "etait", "etaient", "ayant")), "en": frozenset(("had",))}


def is_pluperfect(reading: Reading, i: int) -> bool:
    """Whether the verb at token i is in the pluperfect ("avaient été tués", "s'était emparé", "had been killed")."""
    sentence = reading.sentences[reading.tokens[i].sentence]
    for at in range(i - 1, max(sentence.first, i - 5) - 1, -1):
        token = reading.tokens[at]
        if token.fold in _HAD[reading.language]:
            if reading.language == "fr" and token.fold.startswith("etai"):
                return at + 1 < i and reading.tokens[at - 1].fold in ("s'", "m'") if at else False
            return True
        if token.pos == "PUNCT" or (token.pos == "VERB" and token.fold not in ("ete", "been", "fait")):
            break
    return False
