"""Persons whom a report names once as attackers or men in uniform, and by their name alone from then on.

"Le terroriste Untel", "Untel, l'auteur de l'attaque", "le suspect, Untel": wherever "Untel" stands without a title, the
words speak of the same party. A lone attacker whom the report also calls a jihadist or rebel is of that type throughout.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from concordant.coding.mentions import PartyMention, PartyType
from concordant.coding.party_phrases import Phrase, name_end
from concordant.coding.party_types import decide
from concordant.coding.party_words import Line
from concordant.reading import Reading, Span

_ATTACKERS: tuple[PartyType, ...] = ("rebel", "criminal", "unidentified", "state_forces")  # the most telling first
_SMALL = frozenset(("al", "el", "de", "ben", "bin", "ould", "ag"))
_NO_NAME = ("ADP", "DET", "PRON", "ADV", "CCONJ", "SCONJ", "AUX")
_CALLED = frozenset(
    ("nomme", "identifie", "comme", "appele", "prenomme", "baptise", "named", "identified", "as", "called", "un", "certain")
)


@dataclass(frozen=True, slots=True)
class Person:
    """A person by the folded words of the name, and the party that the person is or belongs to."""

    words: tuple[str, ...]
    name: str
    type: PartyType


def introduced(phrases: Iterable[tuple[Phrase, Line]]) -> tuple[Person, ...]:
    """The persons whom a report's phrases name as attackers, or as policemen, soldiers and the like."""
    found: dict[str, Person] = {}
    for phrase, line in phrases:
        word = phrase.word
        if word is None or word.kind != "person" or phrase.actors or line.reading.lower_cased:
            continue
        kind = decide(phrase, None)
        if kind not in _ATTACKERS or _many(line, phrase):
            continue
        span = _title(phrase) or (_beside(phrase, line) if kind != "state_forces" else None)
        if span is None:
            continue
        tokens = line.reading.tokens[line.pieces[span[0]].token : line.pieces[span[1] - 1].token + 1]
        if tokens[0].pos in _NO_NAME:
            continue
        person = Person(
            tuple(t.fold for t in tokens), line.reading.words(Span(tokens[0].start, tokens[-1].end)), kind
        )
        earlier = found.get(person.words[-1])
        if earlier is None or _ATTACKERS.index(kind) < _ATTACKERS.index(earlier.type):
            found[person.words[-1]] = person
    return tuple(found.values())


def _many(line: Line, phrase: Phrase) -> bool:
    return line.reading.tokens[line.pieces[phrase.head].token].lower.endswith(("s", "x", "men"))


def _title(phrase: Phrase) -> tuple[int, int] | None:
    """The name right behind a description: "le terroriste Untel"."""
    return (phrase.named_at, phrase.last) if phrase.named_at >= 0 else None


def _beside(phrase: Phrase, line: Line) -> tuple[int, int] | None:
    """The name that a comma sets beside a description, behind it or before it."""
    at = phrase.last
    if at < len(line) and line.pieces[at].fold in (",", "("):
        at += 1
        while at < len(line) and line.pieces[at].fold in _CALLED:
            at += 1
        end = name_end(line, at)
        if end - at >= 2 and end < len(line) and line.pieces[end].fold in (",", ")", "."):
            return at, end
    first = phrase.first
    while first > 0 and line.pieces[first - 1].fold in ("l", "le", "la", "un", "une", "the", "a", "an"):
        first -= 1
    if first < 3 or line.pieces[first - 1].fold != ",":
        return None
    start = first - 1
    while start > 0 and first - 1 - start < 4 and (line.raised(start - 1) or line.pieces[start - 1].fold in _SMALL):
        start -= 1
    named = first - 1 - start >= 2 and name_end(line, start) == first - 1 and not line.country(start)
    return (start, first - 1) if named else None


def named_again(reading: Reading, persons: Sequence[Person], mentions: Sequence[PartyMention]) -> list[PartyMention]:
    """The mentions with those of the persons by their name alone; brothers of one name are what one of them is."""
    if not persons:
        return list(mentions)
    by_last = {person.words[-1]: person for person in persons}
    taken: dict[int, PartyMention] = {}
    for mention in mentions:
        first, last = reading.range_of(mention.span)
        taken.update(dict.fromkeys(range(first, last), mention))
    found = [_of_name(reading, mention, by_last) for mention in mentions]
    for token in reading.tokens:
        person = by_last.get(token.fold)
        if person is None or token.i in taken or not token.text[:1].isupper():
            continue
        first = token.i
        while first > 0 and token.i - first < len(person.words) and reading.tokens[first - 1].fold in person.words:
            first -= 1
        if first in taken:
            continue
        head = next((i for i in range(first, token.i + 1) if not first <= reading.tokens[i].head <= token.i), token.i)
        found.append(
            PartyMention(
                Span(reading.tokens[first].start, token.end), head, person.name, person.type, None, None,
                presumed=False, generic=False, plural=False, person=True,
            )
        )  # fmt: skip
    return sorted(found, key=lambda mention: mention.span)


def _of_name(reading: Reading, mention: PartyMention, by_last: Mapping[str, Person]) -> PartyMention:
    """ "Les frères Untel": of the type of the Untel whom the report names as an attacker."""
    last = reading.tokens[reading.token_at(mention.span.end - 1)]
    person = by_last.get(last.fold)
    if person is None or mention.actor_id or mention.type not in ("civilians", "unidentified"):
        return mention
    return replace(mention, type=person.type, person=True)


def told_as(mentions: Sequence[PartyMention], reading: Reading) -> list[PartyMention]:
    """The mentions, "l'assaillant" and the like taken for the one jihadist or rebel whom the report tells of."""
    lone = any(m.type == "rebel" and not m.plural and not m.body and not m.actor_id and _definite(m, reading) for m in mentions)
    if not lone:
        return list(mentions)
    return [
        replace(m, type="rebel") if m.type == "unidentified" and m.generic and not m.plural else m for m in mentions
    ]


def _definite(mention: PartyMention, reading: Reading) -> bool:
    """ "Le terroriste": one that the report knows; a person's name is one by itself."""
    before = reading.token_at(mention.span.start) - 1
    return mention.person or (before >= 0 and reading.tokens[before].lower in ("le", "la", "l'", "the"))
