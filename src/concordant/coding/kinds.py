"""Kinds: what a happening is, from the acts that are told, what they were done to, and by whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from concordant.codebook import Codebook
from concordant.coding.discourse import _OUTCOME_ACT
from concordant.coding.frames import Frame
from concordant.coding.lexicon import PhraseBook
from concordant.coding.triggers import Trigger
from concordant.reading import Reading

ARMED = ("state_forces", "foreign_forces", "peacekeepers", "militia", "rebel")
_STATE = ("state_forces", "foreign_forces", "peacekeepers")
_ENEMY = ("rebel", "criminal", "unidentified", "militia")
_EXPLOSIVE = ("ied", "mine", "vehicle_bomb")
_FLYING = frozenset(("aircraft", "helicopter", "drone"))
# Acts whose word is the kind's own name.
_NAMED = (
    "ambush", "suicide", "abduct", "release", "coup", "agreement", "territory", "rape", "shelling", "air_strike",
)  # fmt: skip
# Acts whose kind hangs on who does them to whom; any other, a user's own among them, is of the kind that its row gives.
_ARMED_ACTS = frozenset((
    "attack", "raid", "operation", "neutralise", "shoot", "kill", "die", "wound", "assassinate", "massacre", "execute",
    "beat", "violence",
))  # fmt: skip
Types = tuple[str, ...]  # types of parties, the surest first


@lru_cache(maxsize=8)
def _acts(codebook: Codebook) -> dict[str, tuple[str, float]]:
    return {row["act"]: (row["kind"], row.number("rank") or 0.0) for row in codebook.table("acts")}


@lru_cache(maxsize=8)
def _objects(codebook: Codebook, language: str) -> PhraseBook:
    return PhraseBook(codebook.table(f"{language}/objects"))


def weigh_acts(frames: Sequence[Frame], *, codebook: Codebook) -> dict[str, float]:
    """Each act of a happening with its weight: its rank, more where it stands early and in the title."""
    table = _acts(codebook)
    weight: dict[str, float] = defaultdict(float)
    for n, frame in enumerate(frames):
        place = 1.5 if frame.sentence.in_title else 1.0 if n <= 1 else 0.35
        aside = [t.span for t in frame.triggers if _in_custody(t, frame)]
        told = [(t.act, t.strength / 3) for t in frame.triggers if t.strength >= 2 and t.span not in aside]
        told += [(_OUTCOME_ACT[t.outcome], 1.0) for t in frame.tolls if not any(t.trigger.overlaps(a) for a in aside)]
        for order, (act, strength) in enumerate(told):
            lead = 1.15 if order == 0 and n <= 1 else 1.0  # a kind is what the report leads with (gold README, "Kinds")
            weight[act] = max(weight[act], table[act][1] * strength * place * lead)
    return weight


def _in_custody(trigger: Trigger, frame: Frame) -> bool:
    """Whether an arrest is only the circumstance of a death ("mort lors de son interpellation")."""
    died = any(t.outcome == "killed" for t in frame.tolls) or any(t.act in ("die", "kill") for t in frame.triggers)
    return trigger.act == "arrest" and trigger.noun and trigger.circumstance and died


def objects_of(reading: Reading, frames: Sequence[Frame], *, codebook: Codebook) -> dict[str, int]:
    """How often the frames name each sort of object ("fixed", "moving", "civil")."""
    found: dict[str, int] = defaultdict(int)
    book = _objects(codebook, reading.language)
    for frame in frames:
        first, last = reading.range_of(frame.span)
        at = first
        while at < last:
            match = book.longest(reading, at)
            if match is None:
                at += 1
                continue
            found[match.row["object"]] += 1
            at = match.last
    return found


def decide_kind(
    acts: dict[str, float], objects: dict[str, int], means: Iterable[str], doers: Types, sufferers: Types,
    *, codebook: Codebook,
) -> str:  # fmt: skip
    """The kind of a happening (gold README, "Kinds").

    The act that ranks highest names it; acts that do not tell the kind by themselves ("attaque", "attentat",
    "bombardement", "tués") are decided by the means, the objects and the types of the parties.
    """
    means = set(means)
    table = _acts(codebook)
    if not acts:
        return "attack_on_civilians"
    act = max(acts, key=lambda a: (acts[a], a))
    if table[act][0] in ("attack_on_civilians", "raid") and "shoot" not in acts and "raid" not in acts:
        act = _remote(means) or act
    if act == "shelling" and means & _FLYING:  # rockets from a helicopter
        return table["air_strike"][0]
    if act in _NAMED:
        return table[act][0]
    if _mine_and_fire(acts, means, objects, sufferers):
        return table["ambush"][0]
    if act == "ram":
        return table["suicide" if means & set(_EXPLOSIVE) or "explosion" in acts else act][0]
    if act in ("attentat", "explosion", "ied", "bombing"):
        return _by_means(act, acts, means)
    if act in ("heurts", "riot", "communal", "lynch", "protest", "repress", "burn", "loot"):
        return _unrest(act, acts, doers, sufferers)
    if act in ("arrest", "capture"):
        return _arrests(acts, doers, sufferers)
    if act == "offensive":
        return "operation" if set(doers) & set(_STATE) and not set(doers) & {"rebel", "militia"} else "armed_clash"
    if act == "clash":
        return "riot" if _of_a_crowd(acts, doers, sufferers) else "armed_clash"
    if act in ("attack", "raid") and {"riot", "heurts"} & acts.keys() and _of_a_crowd(acts, doers, sufferers):
        return "riot"
    return _armed_attack(act, acts, objects, means, doers, sufferers) if act in _ARMED_ACTS else table[act][0]


def _mine_and_fire(acts: dict[str, float], means: set[str], objects: dict[str, int], sufferers: Types) -> bool:
    """Whether a force on the move met a mine and gunmen: "an ambush that begins with a mine is one ambush"."""
    mined = bool({"ied", "explosion"} & acts.keys()) or bool(means & {"ied", "mine"})
    return mined and "shoot" in acts and objects.get("moving", 0) > 0 and bool(set(sufferers) & set(_STATE))


def _remote(means: set[str]) -> str | None:
    """The act that weapons tell which nobody holds in hand ("deux morts, leur véhicule saute sur une mine")."""
    if means & {"aircraft", "drone"}:
        return "air_strike"
    return "ied" if means & set(_EXPLOSIVE) else None


def _of_a_crowd(acts: dict[str, float], doers: Types, sufferers: Types) -> bool:
    """Whether a fight is one of demonstrators or rioters, and not of armed groups."""
    sides = doers + sufferers
    return bool("crowd" in sides or {"protest", "riot", "repress"} & acts.keys()) and not {"rebel", "militia"} & set(sides)


def _arrests(acts: dict[str, float], doers: Types, sufferers: Types) -> str:
    """What arrests are: those of demonstrators belong to their demonstration ("des milliers de manifestants, 400 arrestations")."""
    marched = {"protest", "riot", "heurts", "repress"} & acts.keys()
    if not marched or "crowd" not in doers + sufferers:
        return "arrest"
    return _unrest(max(marched, key=lambda a: (acts[a], a)), acts, doers, sufferers)


def _by_means(act: str, acts: dict[str, float], means: set[str]) -> str:
    if "suicide" in acts or "suicide_vest" in means:
        return "suicide_attack"
    if means & _FLYING:
        return "air_strike"
    if act == "bombing" and ("shelling" in acts or means & {"artillery", "mortar", "rocket"}):
        return "shelling"  # "les bombes pleuvent": no device laid
    if means & {"artillery", "mortar", "rocket"} and not means & set(_EXPLOSIVE):
        return "shelling"
    if act == "bombing":
        return "air_strike"
    if act == "attentat" and not means & set(_EXPLOSIVE) and not {"ied", "explosion"} & acts.keys():
        return "attack_on_civilians"
    return "ied"


def _unrest(act: str, acts: dict[str, float], doers: Types, sufferers: Types) -> str:
    violent = {"heurts", "riot", "communal", "lynch", "burn", "loot", "kill", "die", "wound", "clash"} & acts.keys()
    if act in ("burn", "loot"):
        return "riot" if "crowd" in doers else "looting"
    if act == "repress" or (act == "protest" and "shoot" in acts):
        return "repression" if "crowd" in sufferers or "protest" in acts else "attack_on_civilians"
    if act == "protest":
        rough = {"riot", "heurts", "clash", "burn", "loot"} & acts.keys() or set(sufferers) & set(_STATE)
        return "riot" if violent and ("crowd" in doers or rough) else "protest"
    return "riot"


# Acts done to people one by one, whoever they are: no position is attacked.
_SINGLED_OUT = ("massacre", "assassinate", "execute", "beat")


def _armed_attack(
    act: str, acts: dict[str, float], objects: dict[str, int], means: set[str], doers: Types, sufferers: Types
) -> str:  # fmt: skip
    hit = sufferers[0] if sufferers else None
    if doers and doers[0] == "crowd":
        return "riot"
    if set(doers) & set(_STATE) and not set(doers) & {"rebel", "unidentified", "militia", "criminal"}:
        if "crowd" in sufferers:
            return "repression"
        lone = {"attentat", "ram"} & acts.keys() or hit == "civilians"
        if act == "attack" and ("knife" in means or (lone and not set(sufferers) & {"rebel", "militia"})):
            return "attack_on_civilians"  # the police who shot the attacker
        return "operation" if set(sufferers) & set(_ENEMY) or act in ("operation", "neutralise") else "attack_on_civilians"
    if act in ("operation", "neutralise"):
        return "operation"
    if hit in _STATE:
        if not objects.get("fixed") and not objects.get("moving") and (act in _SINGLED_OUT or "knife" in means):
            return "attack_on_civilians"
        return "ambush" if objects.get("moving", 0) > objects.get("fixed", 0) else "raid"
    if hit in ARMED:
        return "armed_clash"
    if hit is None and act in ("attack", "raid") and objects.get("fixed", 0) > objects.get("civil", 0):
        return "raid"  # "the guard post was attacked"
    return "raid" if act == "raid" and set(sufferers) & set(_STATE) and objects.get("fixed") else "attack_on_civilians"
