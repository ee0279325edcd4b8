"""Victims: of which type the people of a toll are, seen from the event in which they suffered.

Words say "fifteen soldiers" or "the attacker"; whether these are foreign soldiers, and of which side the attacker is,
the event decides. Where words say nothing ("ten dead"), the table `victim_defaults` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import cast, get_args

from concordant.codebook import Codebook
from concordant.codebook.tables import Row
from concordant.coding.arithmetic import Victims
from concordant.coding.casting import Cast
from concordant.coding.mentions import PartyMention, PartyType, TollMention
from concordant.coding.parties import party_type_for
from concordant.coding.party_words import Line, lexicon
from concordant.coding.ties import Carriers
from concordant.reading import Reading, Span, Token
from concordant.reading.phrases import running

STATE = ("state_forces", "foreign_forces", "peacekeepers")
_ARMED = (*STATE, "rebel", "militia", "criminal")
_TOKENS = ("hit", "doer", "unarmed", "unknown")


@dataclass(frozen=True, slots=True)
class Sides:
    """The event that a toll is seen from: its kind and country, who did it and whom it hit, the surest first."""

    kind: str
    country: str | None
    doers: tuple[Victims, ...]
    hit: tuple[Victims, ...]
    present: tuple[Victims, ...] = ()  # the types of all parties, those who only take part among them

    @classmethod
    def of(cls, kind: str, country: str | None, parties: Sequence[Cast]) -> Sides:
        """The sides of an event with the parties that are to be coded for it."""
        doers = sorted((c for c in parties if c.role == "perpetrator"), key=lambda c: -c.score)
        hit = sorted((c for c in parties if c.role == "target"), key=lambda c: -c.score)
        return cls(
            kind, country, tuple(dict.fromkeys(c.mention.type for c in doers)),
            tuple(dict.fromkeys(c.mention.type for c in hit)), tuple(dict.fromkeys(c.mention.type for c in parties)),
        )  # fmt: skip


def seen_from(
    toll: TollMention, sides: Sides, parties: Sequence[PartyMention], reading: Reading, *, codebook: Codebook
) -> TollMention:
    """The toll with its victims' type as the event has it: attackers are of the attackers' side, soldiers at home or abroad."""
    if toll.doers:
        own = [kind for kind in sides.doers if kind not in STATE]
        return replace(toll, victims=own[0]) if own else toll
    if toll.victims == "unknown" and (toll.outcome == "casualties" or _bare_count(toll)):
        return replace(toll, victims=_losing(toll, sides, parties, reading, codebook))
    if toll.outcome in ("arrested", "captured") and toll.victims in ("civilians", "unidentified"):
        return replace(toll, victims=_held(toll, sides))
    if toll.victims == "unidentified" and sides.doers and all(kind in STATE for kind in sides.doers):
        return replace(toll, victims="rebel")  # armed men whom an army kills
    if toll.victims not in STATE or toll.victims_span is None:
        return toll
    nations = _nations(reading, toll.victims_span, codebook)
    if toll.victims != "peacekeepers" and nations and sides.country:
        return replace(toll, victims="state_forces" if sides.country in nations else "foreign_forces")
    named = next((p for p in parties if toll.victims_span.overlaps(p.span) and p.type in STATE and p.country), None)
    if named is not None:
        return replace(toll, victims=party_type_for(named, sides.country))
    others = [kind for kind in (*sides.hit, *sides.present) if kind in STATE]
    if toll.victims == "state_forces" and others and "state_forces" not in others:
        return replace(toll, victims=others[0])  # "quatre autres soldats" beside the peacekeepers who were hit
    return toll


def _bare_count(toll: TollMention) -> bool:
    """ "29 dead", "12 blessés": a number of killed or wounded that no word tells more of."""
    return toll.outcome in ("killed", "wounded") and toll.victims_span is None and not toll.by_name


def _losing(
    toll: TollMention, sides: Sides, parties: Sequence[PartyMention], reading: Reading, codebook: Codebook
) -> Victims:
    """Whose losses words speak of: the subject of "subir de lourdes pertes", the recipient of "inflict 20 casualties on
    the army", "cost the army 29 dead"; "unknown" where there is none."""
    noun = reading.tokens[reading.token_at(toll.trigger.start)]
    verb = reading.tokens[noun.head]
    if Carriers.of(codebook, reading.language).sort(verb.fold) == "suffers":
        losers = [reading.tokens[i] for i in reading.children(verb.i) if reading.tokens[i].dep.startswith("nsubj")]
    elif verb.fold.startswith(_INFLICTING) and noun.i > verb.i:
        losers = list(_recipients(reading, verb.i, noun.i))
    else:
        return "unknown"
    spans = [Span(token.start, token.end) for token in losers]
    side: Victims = next((p.type for p in parties if any(p.span.covers(span) for span in spans)), "unknown")
    # "Les assaillants", "the attackers": whoever did it.
    return sides.doers[0] if side == "unidentified" and sides.doers else side


_INFLICTING = ("inflict", "caus", "cost", "deal", "dealt", "coût", "cout", "occasionn", "leav", "left")
_TO_WHOM = frozenset(("on", "upon", "to", "among", "against", "à", "a", "au", "aux", "parmi", "chez", "contre"))


def _recipients(reading: Reading, verb: int, noun: int) -> Iterator[Token]:
    """Those to whom a verb or its noun gives something: "cost the army …", "on the garrison", "à l'armée"."""
    tokens = reading.tokens
    for child in (*reading.children(verb), *reading.children(noun)):
        token = tokens[child]
        cases = {tokens[c].lower for c in reading.children(child) if tokens[c].dep == "case"}
        if token.dep in ("dative", "iobj", "obl:arg") and token.pos != "ADP":
            yield token
        elif token.lower in _TO_WHOM and token.dep in ("prep", "dative"):
            yield from (tokens[c] for c in reading.children(child) if tokens[c].dep == "pobj")
        elif token.dep in ("obl:mod", "nmod", "obl") and cases & _TO_WHOM:
            yield token


def _nations(reading: Reading, span: Span, codebook: Codebook) -> frozenset[str]:
    """The countries whose nationality words name ("soldats français", "Nigerian troops")."""
    first, last = reading.range_of(span)
    line = Line(reading, lexicon(codebook, reading.language), running(reading, first, last), {})
    found = (line.nationality(at, noun=noun) for at in range(len(line)) for noun in (False, True))
    return frozenset(code for match in found if match for code in match[1])


_ATTACKS = ("attack_on_civilians", "ambush", "raid", "ied", "suicide_attack", "shelling", "abduction")
_UNREST = ("riot", "protest", "repression")


def _held(toll: TollMention, sides: Sides) -> Victims:
    """Those arrested after an attack are who did it; those arrested in unrest are of the crowd."""
    if sides.kind in _ATTACKS:
        return sides.doers[0] if sides.doers else "unidentified"
    return "crowd" if sides.kind in _UNREST and not toll.by_name else toll.victims


@lru_cache(maxsize=8)
def _fits(codebook: Codebook) -> tuple[tuple[str, str, str], ...]:
    return tuple((row["kind"], row["outcome"], row["left_out"]) for row in codebook.table("outcome_fits"))


def fits(toll: TollMention, sides: Sides, *, codebook: Codebook) -> bool:
    """Whether an event of such a kind takes such a toll."""
    rows = _fits(codebook)
    left_out = next(o for k, t, o in rows if k in ("*", sides.kind) and t in ("*", toll.outcome))
    unnamed = toll.by_name and toll.victims == "unknown"
    homeless = toll.outcome == "displaced" and toll.victims_span is None and toll.quantity.best is None
    return not (left_out == "all" or (left_out == "unnamed" and unnamed) or homeless)


@lru_cache(maxsize=8)
def _defaults(codebook: Codebook) -> tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...]:
    return tuple(
        (row["kind"], row["outcome"], _choices(row, "bare"), _choices(row, "persons"))
        for row in codebook.table("victim_defaults")
    )


def _choices(row: Row, column: str) -> tuple[str, ...]:
    choices = tuple(row[column].split("/"))
    if unknown := [c for c in choices if c not in (*_TOKENS, *get_args(PartyType))]:
        raise row.error(f"{column} is no type of party: {unknown[0]!r}")
    return choices


def default_victims(toll: TollMention, sides: Sides, *, codebook: Codebook) -> Victims:
    """The type of the victims of a toll whose words say none."""
    if toll.outcome == "casualties" and toll.quantity.state == "none":
        return "unknown"  # "no casualties": nobody's
    for kind, outcome, bare, persons in _defaults(codebook):
        if kind in ("*", sides.kind) and outcome in ("*", toll.outcome):
            return _first(bare if toll.victims_span is None else persons, sides)
    return sides.hit[0] if sides.hit else "unknown"


_ENEMY = ("rebel", "criminal", "unidentified")
_AGAINST_REBELS = ("operation", "air_strike", "shelling", "arrest", "release", "armed_clash")


def _hit(sides: Sides) -> Victims | None:
    """The type of those whom the event hit: fighters only where a state or an operation is told to have hit them."""
    by_state = sides.kind in _AGAINST_REBELS or any(kind in STATE for kind in sides.doers)
    return next((kind for kind in sides.hit if by_state or kind not in _ENEMY), None)


def _first(choices: Sequence[str], sides: Sides) -> Victims:
    for choice in choices:
        if choice == "hit" and (hit := _hit(sides)):
            return hit
        if choice == "doer" and sides.doers:
            return sides.doers[0]
        if choice == "unarmed" and not (sides.hit and all(kind in _ARMED for kind in sides.hit)):
            return "civilians"
        if choice not in _TOKENS or choice == "unknown":
            return cast(Victims, choice)
    return "unknown"
