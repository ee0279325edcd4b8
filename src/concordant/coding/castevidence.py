"""Evidence for casting: what speaks for and against a role of each type of party in a happening.

The candidates of a happening are the types of party that the report tells of. The evidence on one lies in the grammar
between its mentions and what is done, in the tolls, in where it is told, and in what the other candidates do. None of
it looks at a name, a nationality or a side: the kinds of armed party are told apart only where the grammar is silent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from concordant.codebook import Codebook
from concordant.coding.discourse import Happening
from concordant.coding.frames import Mentions
from concordant.coding.mentions import PartyType, TollMention
from concordant.coding.parties import party_type_for
from concordant.coding.ties import Carriers, Grammar
from concordant.coding.triggers import Trigger
from concordant.reading import Reading, fold

_UNIFORMED = frozenset(("state_forces", "foreign_forces", "peacekeepers"))
_CLASS = {
    "state_forces": "state", "foreign_forces": "state", "peacekeepers": "state", "rebel": "armed", "militia": "armed",
    "criminal": "armed", "unidentified": "unidentified", "crowd": "crowd", "civilians": "civilians",
}  # fmt: skip
_DOES = frozenset(("does", "light does"))
_HIT = frozenset(("suffers", "light suffers", "against"))
_LOOSE = frozenset(("before", "after", "far before", "far after"))
_KIND_GROUP = {
    "ambush": "raid", "shelling": "air_strike", "suicide_attack": "ied", "sexual_violence": "attack_on_civilians",
}  # fmt: skip
_HARMFUL = frozenset(("harm", "assault", "remote", "abduction"))  # groups of acts that no bystander does
_ANSWERS = frozenset(("neutralise", "operation", "territory"))  # what forces do against those who attacked
_NO_HARM = frozenset(("release", "arrest", "agreement", "protest", "coup"))  # kinds that are no harm by themselves
_ANYBODY = ("unknown", "civilians")
_HARM = ("killed", "wounded", "missing", "abducted", "casualties", "displaced")
_AT_PEOPLE = frozenset(("attack_on_civilians", "ied", "suicide_attack", "air_strike", "shelling"))
_GATHERED = ("foule", "crowd", "rassemblement", "attroupement", "cortege", "gathering")
_NEAR = 2  # sentences from a happening's own in which a party still belongs to it
Tie = tuple[Trigger, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Scene:
    """A report's parties with their ties to all that it tells; the tolls that speak of each."""

    reading: Reading
    mentions: Mentions
    ties: Mapping[int, tuple[Tie, ...]]  # by the party's place among the mentions
    tolls: Mapping[int, tuple[TollMention, ...]]
    spoken: frozenset[int]  # parties that are named as sources
    claimed: Mapping[int, frozenset[int]]  # sentences that tell of happenings, each by its first frame's index
    acts: Mapping[str, tuple[str, str]]  # group and kind of each act


@dataclass(slots=True)
class Candidate:
    """A type of party that may belong to a happening: its mentions inside and outside, and the evidence."""

    type: PartyType
    inside: list[int] = field(default_factory=list)
    outside: list[int] = field(default_factory=list)
    evidence: dict[str, float] = field(default_factory=dict)


def survey(reading: Reading, mentions: Mentions, happenings: Sequence[Happening], *, codebook: Codebook) -> Scene:
    """The scene of a report: everything about its parties that is the same for all its happenings."""
    firm = [t for t in mentions.triggers if t.strength >= 2]
    grammar = Grammar(
        reading, Carriers.of(codebook, reading.language), frozenset(i for t in firm for i in range(t.first, t.last))
    )
    by_sentence: dict[int, list[Trigger]] = defaultdict(list)
    for trigger in firm:
        by_sentence[reading.tokens[trigger.first].sentence].append(trigger)
    found, counted = {}, {}
    for n, party in enumerate(mentions.parties):
        near = by_sentence.get(reading.tokens[party.head].sentence, ())
        found[n] = tuple((t, names) for t in near if (names := grammar.ties(t, party)))
        counted[n] = tuple(
            t for t in mentions.tolls if t.victims_span is not None and t.victims_span.overlaps(party.span)
        )
    claimed: dict[int, frozenset[int]] = {}
    for happening in happenings:
        for frame in happening.frames:
            at = frame.sentence.index
            claimed[at] = claimed.get(at, frozenset()) | {happening.frames[0].index}
    return Scene(reading, mentions, found, counted, _spoken(mentions), claimed, _acts(codebook))


@lru_cache(maxsize=8)
def _acts(codebook: Codebook) -> Mapping[str, tuple[str, str]]:
    """The group and the kind of each act."""
    return {row["act"]: (row["group"], row["kind"]) for row in codebook.table("acts")}


def _spoken(mentions: Mentions) -> frozenset[int]:
    named = [s.span for s in mentions.sources if not s.claim]
    return frozenset(n for n, p in enumerate(mentions.parties) if any(s.overlaps(p.span) for s in named))


def candidates(scene: Scene, happening: Happening, kind: str, country: str | None) -> tuple[Candidate, ...]:
    """The candidates of a happening of a kind in a country, with the evidence on each."""
    parties = scene.mentions.parties
    inside = {id(p) for frame in happening.frames for p in frame.parties}
    found: dict[PartyType, Candidate] = {}
    for n, party in enumerate(parties):
        if n in scene.spoken and (party.metonym or _only_speaks(scene, n) or (party.government and not _does_too(scene, n))):
            continue  # "France" in "Agence France-Presse", "le gouvernement parle de vingt-deux morts"
        candidate = found.setdefault(t := _type(scene, n, kind, country), Candidate(t))
        (candidate.inside if id(party) in inside else candidate.outside).append(n)
    for candidate in found.values():
        _weigh(candidate, scene, happening, kind)
    _rank(found.values(), scene)
    for candidate in found.values():
        candidate.evidence.update(_rivals(candidate, found.values()))
    return tuple(found.values())


def _does_too(scene: Scene, n: int) -> bool:
    """Whether a party that is named as a source is told to have done something besides ("annonce avoir arrêté")."""
    return not scene.mentions.parties[n].metonym and any(names & _DOES for _, names in scene.ties[n])


def _only_speaks(scene: Scene, n: int) -> bool:
    """ "The minister condemned the attack": one person who is heard about a deed and stands in no tie to it."""
    party = scene.mentions.parties[n]
    loose = all(names <= _LOOSE for _, names in scene.ties[n])
    return loose and not (party.body or party.plural or scene.tolls[n])


def _type(scene: Scene, n: int, kind: str, country: str | None) -> PartyType:
    """A mention's type in a happening: people who do harm are no civilians ("un homme a tué trois passants")."""
    party = scene.mentions.parties[n]
    if party.type == "crowd" and kind in _AT_PEOPLE and fold(party.name).startswith(_GATHERED):
        ties = frozenset(name for _, names in scene.ties[n] for name in names)
        if ties & (_HIT | {"on"}) and not ties & _DOES:
            return "civilians"  # "a foncé sur la foule"
    if party.type == "unidentified" and any(t.outcome in _HARM and t.victims in _ANYBODY for t in scene.tolls[n]):
        return "civilians"  # "the body of an unidentified man was found"
    if party.type == "civilians" and not (party.metonym or party.generic or kind == "coup"):
        for trigger, names in scene.ties[n]:
            if "does" in names and scene.acts[trigger.act][0] in _HARMFUL and not names & _HIT:
                return "crowd" if kind in ("riot", "protest", "repression") else "unidentified"
    return party_type_for(party, country)


def _weigh(candidate: Candidate, scene: Scene, happening: Happening, kind: str) -> None:
    evidence = candidate.evidence
    evidence["any"] = 1.0
    _count_ties(candidate, scene, happening, kind, evidence)
    _count_tolls(candidate, scene, happening, evidence)
    _count_places(candidate, scene, happening, evidence)
    told = any(name.startswith(("tie ", "toll ")) for name in evidence)
    where = "told" if told else "silent" if candidate.inside else "outside"
    fine = candidate.type if where != "told" else coarse(candidate.type)
    group = _KIND_GROUP.get(kind, kind)
    evidence[where] = 1.0
    evidence[f"{where} {fine}"] = 1.0
    evidence[f"{where} {group}"] = 1.0
    evidence[f"{where} {group} {fine}"] = 1.0


def coarse(kind: PartyType) -> str:
    """The class in which the kinds of armed party are one: where grammar speaks, all are held to the same."""
    return _CLASS[kind].replace("state", "armed")


def _count_ties(
    candidate: Candidate, scene: Scene, happening: Happening, kind: str, evidence: dict[str, float]
) -> None:
    for order, frame in enumerate(f for f in happening.frames if f.force >= 2):
        weight = 1.0 if order == 0 or frame.sentence.in_title else 0.7 if order == 1 else 0.5
        own = {t.span for t in frame.triggers if t.strength >= 2}
        for n in candidate.inside:
            for trigger, names in scene.ties[n]:
                if trigger.span in own:
                    _count(evidence, names, trigger, weight, coarse(candidate.type), _of_kind(scene, trigger, kind))
    does, suffers = evidence.pop("balance does", 0.0), evidence.pop("balance suffers", 0.0)
    if does or suffers:
        evidence["mostly does" if does > suffers else "mostly suffers"] = abs(does - suffers) / (does + suffers)
    for n in candidate.outside:
        for trigger, names in scene.ties[n]:
            if _of_kind(scene, trigger, kind) == "its act":
                for name in names & (_DOES | _HIT):
                    evidence["elsewhere does" if name in _DOES else "elsewhere suffers"] = 1.0


def _of_kind(scene: Scene, trigger: Trigger, kind: str) -> str:
    """Whether what a trigger tells is the happening itself, harm done in it, or what came of it ("arrêté", "abattu")."""
    group, own = scene.acts[trigger.act]
    if group in ("harm", "assault", "remote") and trigger.act not in _ANSWERS and kind not in _NO_HARM:
        return "its act"
    return "its act" if own == kind or _KIND_GROUP.get(own, own) == _KIND_GROUP.get(kind, kind) else f"other {group}"


def _count(
    evidence: dict[str, float], names: frozenset[str], trigger: Trigger, weight: float, sort: str, which: str
) -> None:
    for name in names:
        if name in _LOOSE:
            _most(evidence, f"loose {name}", weight)
            _most(evidence, f"loose {name} {sort}", weight)
            continue
        _most(evidence, f"tie {name}, {which}", weight)
        if which == "its act" and name in _DOES | _HIT:
            side = "balance does" if name in _DOES else "balance suffers"
            evidence[side] = evidence.get(side, 0.0) + weight
        if name in ("of", "on"):
            _most(evidence, f"tie {name} {sort}", weight)
        if trigger.noun or name in ("does", "suffers"):
            _most(evidence, f"tie {name} {trigger.act}", weight)


def _most(evidence: dict[str, float], name: str, value: float) -> None:
    evidence[name] = max(evidence.get(name, 0.0), value)


def _count_tolls(candidate: Candidate, scene: Scene, happening: Happening, evidence: dict[str, float]) -> None:
    own = {t.span for t in happening.tolls}
    for n in candidate.inside:
        for toll in scene.tolls[n]:
            if toll.span in own:
                evidence[f"toll {toll.outcome}"] = 1.0
                evidence["toll harm" if toll.outcome in _HARM else "toll held"] = 1.0
    for order, toll in enumerate(happening.tolls):
        if toll.victims == candidate.type:
            evidence[f"victims {toll.outcome}"] = 1.0
            evidence["victims of the first toll"] = max(
                evidence.get("victims of the first toll", 0.0), float(order == 0)
            )


def _count_places(candidate: Candidate, scene: Scene, happening: Happening, evidence: dict[str, float]) -> None:
    """Where and how a candidate is told."""
    parties, reading = scene.mentions.parties, scene.reading
    here = [parties[n] for n in candidate.inside]
    everywhere = [parties[n] for n in (*candidate.inside, *candidate.outside)]
    first = next((f for f in happening.frames if f.force >= 2), happening.frames[0])
    titled = any(reading.sentence_of(p.span).in_title for p in everywhere)
    evidence["in the title"] = float(titled)
    evidence["share of the report's parties"] = len(everywhere) / max(1, len(parties))
    if not here:
        own = [f.sentence.index for f in happening.frames]
        gap = min(abs(reading.sentence_of(p.span).index - i) for p in everywhere for i in own)
        free = [p for p in everywhere if reading.sentence_of(p.span).index not in scene.claimed]
        evidence["in sentences of no happening"] = float(bool(free))
        evidence["only in other happenings"] = float(not free)
        evidence["near"] = float(gap <= _NEAR)
        evidence["next to it"] = float(gap <= 1)
        return
    evidence["in its first words"] = float(any(first.covers(p.span) for p in here))
    evidence["told twice"] = float(len(here) >= 2)
    evidence["told often"] = float(len(here) >= 4)
    evidence["share of its parties"] = len(here) / max(1, sum(len(f.parties) for f in happening.frames))
    evidence["presumed"] = float(any(p.presumed for p in here))
    evidence["only generic"] = float(all(p.generic for p in here))
    evidence["only metonyms"] = float(all(p.metonym for p in here))
    evidence["only governments"] = float(all(p.government for p in here))
    evidence["named"] = float(any(p.actor_id for p in here))
    evidence["only in sources"] = float(all(n in scene.spoken for n in candidate.inside))
    evidence["one person"] = float(all(not p.plural for p in here))


def _rank(found: Iterable[Candidate], scene: Scene) -> None:
    """Which candidate is told first, of all and of those in arms."""
    told = sorted((c for c in found if c.inside), key=lambda c: scene.mentions.parties[c.inside[0]].span)
    armed = [c for c in told if c.type not in ("civilians", "crowd")]
    for name, order in (("told first", told), ("first in arms", armed)):
        for candidate in order[:1]:
            candidate.evidence[name] = 1.0


def _rivals(candidate: Candidate, found: Iterable[Candidate]) -> dict[str, float]:
    """What the other candidates do: a role that another surely has is less likely free."""
    others = [c for c in found if c is not candidate and c.inside]
    return {
        "another does": float(any(_has(c, _DOES) for c in others)),
        "another suffers": float(any(_has(c, _HIT) or "toll harm" in c.evidence for c in others)),
        "another armed": float(any(_CLASS[c.type] in ("armed", "unidentified") for c in others)),
        "another armed does": float(
            any(_CLASS[c.type] in ("armed", "unidentified") and _has(c, _DOES) for c in others)
        ),
        "another in uniform": float(any(c.type in _UNIFORMED for c in others)),
        "alone": float(not others),
    }


def _has(candidate: Candidate, names: frozenset[str]) -> bool:
    return any(f"tie {name}, its act" in candidate.evidence for name in names)
