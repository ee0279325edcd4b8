"""What the coder's modules read off a text: mentions of dates, places, parties, tolls and sources.

A mention is words at a span of a reading's canvas together with what they say. It belongs to no happening yet:
that is decided afterwards, with all mentions in view.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from concordant.reading.words import Span

DatePrecision = Literal["day", "night", "days", "week", "month", "season", "year", "years"]
DateAnchor = Literal["absolute", "publication", "narrative", "clock"]
Relation = Literal["at", "near", "between", "within"]
Outcome = Literal[
    "killed", "wounded", "missing", "abducted", "released", "arrested", "displaced", "captured", "casualties"
]
PartyType = Literal[
    "state_forces", "rebel", "militia", "crowd", "civilians", "peacekeepers", "foreign_forces", "criminal",
    "unidentified",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class DateMention:
    """A time expression, and the days on which what it dates may have happened.

    `start` and `end` are None where text and publication date do not give them ("mardi" in a report without a
    date; "le 3 mars" without any year): then `weekday` (0 = Monday), `month` and `day` keep what is said.
    """

    span: Span
    start: date | None
    end: date | None
    precision: DatePrecision
    # narrative: counted from another event of the report ("la veille", "trois jours plus tôt"); clock: a time of day
    # without a day ("vers 2 heures du matin"), in time_of_day
    anchor: DateAnchor
    offset_days: tuple[int, int] | None = None  # narrative: days from the other event, (earliest, latest)
    offset_months: int | None = None  # narrative: months from the other event ("un mois plus tôt": -1)
    open_start: bool = False  # "jusqu'à mardi": only the end is said
    open_end: bool = False  # "depuis mardi", "since 2012": only the start is said
    duration: bool = False  # "pendant trois jours", "en dix ans": a length, it dates nothing by itself
    recurrent: bool = False  # "chaque vendredi", "tous les jours"
    future: bool = False  # lies after the publication, or is said to come
    weekday: int | None = None
    month: int | None = None
    day: int | None = None
    time_of_day: str | None = None  # "night", "morning", "HH:MM", as told
    vague_year: bool = False  # the year is neither said nor that of the publication: taken from a date told before


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry of the gazetteer that a name may mean, and how well it fits (0 to 1)."""

    place_id: str
    name: str
    kind: str  # country, admin1, admin2, admin3, settlement, quarter, natural, area, site
    country: str | None  # ISO 3166 alpha-2
    admin1: str | None
    admin2: str | None
    latitude: float | None
    longitude: float | None
    score: float


@dataclass(frozen=True, slots=True)
class PlaceEnd:
    """One end of a corridor ("entre A et B", "sur l'axe A-B"): its name and where it is."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place's name in its grammar: what it is called, how it is related to, and what the gazetteer makes of it."""

    span: Span  # the name alone
    name: str  # as the text spells it, without "la localité de"
    relation: Relation
    level: str  # country, admin1, admin2, admin3, settlement, quarter, natural, area, site, road, unknown
    chosen: Candidate | None  # None: not in the gazetteer; then country and admin1 come from its context
    candidates: tuple[Candidate, ...]  # best first, the chosen one among them
    country: str | None
    admin1: str | None
    admin2: str | None
    phrase: Span  # the whole phrase: "à 15 km au nord de X, dans le cercle de Y"
    locative: bool  # whether the grammar says that something is or happens there ("à X", "dans le village de X")
    role: str  # "event" or why it is no event's place: "outlet", "dateline", "speaker", "origin", "party", "capital"
    distance_km: float | None = None
    bearing: str | None = None
    other_end: str | None = None  # "entre A et B": the name of B
    ends: tuple[PlaceEnd, PlaceEnd] | None = None  # both ends of a corridor, where the gazetteer knows them


@dataclass(frozen=True, slots=True)
class PartyMention:
    """Words that name or describe a party: an actor of the register, or people by what they are."""

    span: Span  # the noun phrase, article left out
    head: int  # index of its head token
    name: str  # the most telling words: "JNIM", "hommes armés non identifiés", "villageois"
    type: PartyType
    actor_id: str | None  # entry of the register
    country: str | None  # of the actor or of a demonym beside it, ISO 3166 alpha-2
    presumed: bool  # "présumés", "suspected"
    generic: bool  # "les assaillants", "les victimes": points back to a party named elsewhere
    plural: bool
    ethnic: str | None = None
    metonym: bool = False  # a country or place that stands for those who act or suffer there ("Kigali", "le village")
    body: bool = False  # an army, a group, not people of it
    person: bool = False  # one person's name
    government: bool = False  # those who govern, not those in arms: "le gouvernement", "Kigali", "les autorités"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of people or things as words say it; the states of DESIGN §1 (Toll)."""

    span: Span
    state: Literal["number", "some", "none"]
    low: int | None
    best: int | None
    high: int | None
    ordinal: bool = False
    share: bool = False  # "20 %", "un tiers"
    beyond: bool = False  # "plus de 30": a round number that the true one is said to exceed


@dataclass(frozen=True, slots=True)
class TollMention:
    """How many people met which outcome, as one phrase says it."""

    span: Span  # the shortest phrase that states it: quantity, victims, outcome
    outcome: Outcome
    quantity: Quantity
    victims: PartyType | Literal["mixed", "unknown"]
    victims_span: Span | None
    trigger: Span  # the word that gives the outcome ("tués", "morts", "otages")
    hedged: bool  # this figure alone is given as unsure (conditional mood, "présumés morts")
    part_of: int | None  # index of the toll mention that contains this one ("12 morts dont 3 enfants")
    rest_of: int | None  # index of the toll mention that this one adds to ("et cinq autres")
    cumulative: bool  # sums up a period or several events ("depuis 2012", "au total en dix ans"): no event's toll
    update: bool  # revises an earlier figure ("le bilan passe à 17", "s'alourdit")
    earlier: bool  # is the earlier figure itself ("un précédent bilan faisait état de")
    by_name: bool = False  # an individual's death told without any number ("le maire a été tué"): one person
    uncounted: bool = False  # people told of without any number ("les villageois ont été enlevés")
    moved: bool = False  # they were told as wounded before ("l'un des blessés a succombé")
    other: bool = False  # "deux autres soldats": beside those told before
    doers: bool = False  # they are told as those who did it ("l'assaillant a été abattu")


@dataclass(frozen=True, slots=True)
class SourceMention:
    """Whom the report names as its source for some words."""

    span: Span  # the source's name as it should be listed ("RFI", "des sources locales")
    name: str
    scope: Span  # the words that the source vouches for: its sentence or clause, or the quotation
    via: str | None  # the source that relays it: "sources concordantes" via "RFI"
    kind: str  # outlet, agency, official, military, medical, local, witness, ngo, un, party, document, unnamed
    party_type: PartyType | None = None
    claim: bool = False  # claims responsibility


@dataclass(frozen=True, slots=True)
class MoodMention:
    """A clause's mood other than plain assertion."""

    span: Span  # the clause it governs
    cue: Span
    mood: Literal["hedged", "denied", "planned", "feared", "hypothetical", "fictional", "commemorated", "figurative"]


@dataclass(frozen=True, slots=True)
class MeansMention:
    """A weapon or vehicle used."""

    span: Span
    means: str
