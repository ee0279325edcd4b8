"""Finding parties: the noun phrases that name or describe who fights, attacks, protests or suffers.

A phrase is built around a description ("rebelles", "soldiers") or a name of the register, with what stands beside
it: adjectives, a nationality, and the name that "de", "of" or mere apposition adds. Its type follows from the most
particular of these: a name says more than an adjective, and an adjective more than "hommes" or "groupe".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from concordant.actors.register import Actor, Register, choose
from concordant.codebook import Codebook
from concordant.coding.mentions import PartyMention, PartyType
from concordant.coding.party_persons import introduced, named_again, told_as
from concordant.coding.party_phrases import Phrase, parse
from concordant.coding.party_types import decide
from concordant.coding.party_words import Lexicon, Line, lexicon
from concordant.reading import Reading, Span, fold
from concordant.reading.phrases import running

_SPACES = re.compile(r"\s+")
_STATE_TYPES = ("state_forces", "foreign_forces")


def find_parties(
    reading: Reading, *, codebook: Codebook, country: str | None, published: date | None
) -> tuple[PartyMention, ...]:
    """The parties that a report names or describes, in order; `country` is where its events mostly happen.

    Whoever merely speaks ("un porte-parole de l'armée", "according to police") is left out.
    """
    words = lexicon(codebook, reading.language)
    nearby = {country} if country else _countries_named(reading, words)
    local: dict[str, Actor] = {}
    first = list(_phrases(reading, words, local))
    for phrase, _ in first:
        if phrase.new_name:
            local.setdefault(fold(phrase.new_name), _unlisted(phrase))
    persons = introduced(first)
    found = []
    for phrase, line in _phrases(reading, words, local):
        mention = _mention(phrase, line, nearby, country, published)
        if mention:
            found.append(mention)
    found.sort(key=lambda mention: mention.span)
    return tuple(told_as(named_again(reading, persons, found), reading))


def party_type_for(mention: PartyMention, event_country: str | None) -> PartyType:
    """The mention's type in an event of a country: a state's forces are foreign ones anywhere but at home."""
    if mention.type not in _STATE_TYPES or not mention.country or not event_country:
        return mention.type
    if mention.type == "foreign_forces" and mention.actor_id and "-" not in mention.actor_id:
        return mention.type
    return "state_forces" if mention.country == event_country else "foreign_forces"


def actor_for(mention: PartyMention, event_country: str | None, codebook: Codebook) -> Actor | None:
    """The register's actor for a mention in an event of a country ("les soldats" in Mali: the army of Mali)."""
    register = Register.of(codebook)
    if mention.actor_id:
        return register.get(mention.actor_id)
    if mention.type in _STATE_TYPES and not mention.metonym:
        return register.resolve(mention.name, mention.country or event_country)
    return None


def _phrases(reading: Reading, words: Lexicon, local: Mapping[str, Actor]) -> Iterator[tuple[Phrase, Line]]:
    for sentence in reading.sentences:
        line = Line(reading, words, running(reading, sentence.first, sentence.last), dict(local))
        at = 0
        while at < len(line):
            phrase, after = parse(line, at)
            if phrase:
                yield phrase, line
            at = max(after, at + 1)


def _unlisted(phrase: Phrase) -> Actor:
    kind = decide(phrase, None) or "rebel"
    return Actor("", phrase.new_name, "rebel" if kind == "unidentified" else kind, "", "", (), ())


def _countries_named(reading: Reading, words: Lexicon) -> set[str]:
    """The countries that a text speaks of most, which decide what a shared acronym means."""
    counts: Counter[str] = Counter()
    line = Line(reading, words, running(reading, 0, len(reading.tokens)), {})
    for at in range(len(line)):
        found = line.country(at) or line.nationality(at, noun=False)
        if found:
            counts.update([found[1]] if isinstance(found[1], str) else found[1])
    most = max(counts.values(), default=0)
    return {code for code, count in counts.items() if 3 * count >= most}


def _mention(
    phrase: Phrase, line: Line, nearby: set[str], country: str | None, published: date | None
) -> PartyMention | None:
    reading = line.reading
    actor = choose(phrase.actors, nearby, published) if phrase.actors else None
    if phrase.actors and actor is None:
        if not phrase.word or phrase.word.type == "?":
            return None
        phrase.actors = []
    nation = _nation(phrase, nearby) or (actor.country if actor else "") or None
    kind = decide(phrase, actor)
    if kind is None:
        return None
    corps = phrase.word.corps if phrase.word else ""
    if actor is None and nation and corps and kind == "state_forces":
        actor = line.lexicon.register.state(nation, corps)
    first, last = phrase.tokens(line)
    head = _head(reading, line.pieces[phrase.head].token, last)
    token = reading.tokens[head]
    mention = PartyMention(
        span=reading.span(first, last), head=head, name=_name(phrase, line), type=kind,
        actor_id=(actor.id or None) if actor else None, country=nation, presumed=phrase.presumed,
        generic=bool(phrase.word and phrase.word.generic and not phrase.actors and not phrase.new_name),
        plural=token.has("Number=Plur") or token.lower.endswith(("s", "x", "men")), ethnic=phrase.ethnic,
        metonym=phrase.metonym or bool(phrase.word and phrase.word.kind == "site"),
        body=phrase.word.kind == "group" if phrase.word else bool(phrase.actors),
        person=phrase.named_at >= 0,
        government=bool(phrase.word and phrase.word.kind == "government" and not phrase.actors),
    )  # fmt: skip
    return replace(mention, type=party_type_for(mention, country))


def _head(reading: Reading, at: int, last: int) -> int:
    """The token of a phrase on which its others hang, from the description's first word on ("unidentified gunmen")."""
    tokens = reading.tokens
    while at < tokens[at].head < last and tokens[tokens[at].head].pos in ("NOUN", "PROPN"):
        at = tokens[at].head
    return at


def _nation(phrase: Phrase, nearby: set[str]) -> str | None:
    if not phrase.nations:
        return None
    ways = phrase.nations[0]  # "militaires français et estoniens": the first speaks for all
    return next((code for code in ways if code in nearby), ways[0])


def _name(phrase: Phrase, line: Line) -> str:
    first, last = phrase.named(line)
    span: Span = line.reading.span(first, last)
    name = _SPACES.sub(" ", line.reading.words(span)).strip(" -/")
    if name.count('"') % 2:
        name = name.replace('"', "").strip()
    if name.startswith('"') and name.endswith('"') and name.count('"') == 2:
        name = name[1:-1]
    return f"{name})" if name.count("(") > name.count(")") else name
