"""Parties: who took part, brought together over accounts by actor, name and sort."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from concordant.linking.names import name_key
from concordant.reconciling.fields import Chosen
from concordant.reconciling.rules import Rules
from concordant.reconciling.voices import Voice, weight_together

_ROLES = ("perpetrator", "target", "participant")


@dataclass(frozen=True, slots=True)
class _Mention:
    voice: Voice
    party: Mapping[str, Any]


def parties(voices: Sequence[Voice], rules: Rules) -> list[Chosen]:
    """The parties of an event, by role: named actors first; one without a name goes into the named one of its sort."""
    found: list[Chosen] = []
    for role in _ROLES:
        mentions = [_Mention(v, p) for v in voices for p in v.many("parties") if p["role"] == role]
        found += [_party(group, mentions) for group in _kept(_groups(mentions), voices, rules)]
    return _one_role(found)


def _groups(mentions: Sequence[_Mention]) -> list[list[_Mention]]:
    """Mentions of one party together: by actor, or else by sort."""
    named: dict[str, list[_Mention]] = {}
    for mention in mentions:
        if mention.party.get("actor_id"):
            named.setdefault(mention.party["actor_id"], []).append(mention)
    home = {
        group[0].party["type"]: group
        for group in sorted(named.values(), key=lambda g: (len(g), g[0].party["actor_id"]))
    }
    unnamed: dict[str, list[_Mention]] = {}
    for mention in mentions:
        if not mention.party.get("actor_id"):
            kind = mention.party["type"]
            (home.get(kind) or unnamed.setdefault(kind, [])).append(mention)
    known = [*named.values(), *unnamed.values()]
    return _identified(known)


def _identified(groups: list[list[_Mention]]) -> list[list[_Mention]]:
    """The unidentified are those whom another account identifies, where only one sort of party is there to be it."""
    unknown = [g for g in groups if g[0].party["type"] == "unidentified"]
    others = [g for g in groups if g[0].party["type"] != "unidentified"]
    if unknown and len(others) == 1 and unknown[0][0].party["role"] == "perpetrator":
        return [[*others[0], *unknown[0]]]
    return groups


def _kept(groups: Iterable[list[_Mention]], voices: Sequence[Voice], rules: Rules) -> list[list[_Mention]]:
    """The parties that enough of the accounts name, the weightiest first: all of them where there are few accounts."""
    whole = weight_together(voices, lambda v: v.weight)
    weighed = [(weight_together({m.voice.id: m.voice for m in g}.values(), lambda v: v.weight), g) for g in groups]
    kept = [(w, g) for w, g in weighed if w >= rules.weight["share"] * whole]
    return [
        g
        for _, g in sorted(
            kept, key=lambda wg: (-wg[0], wg[1][0].voice.account.order, name_key(wg[1][0].party["name"]))
        )
    ]


def _party(group: Sequence[_Mention], mentions: Sequence[_Mention]) -> Chosen:
    """A party in the words of the mention that says most of it."""
    best = min(
        group, key=lambda m: (not m.party.get("actor_id"), m.party["type"] == "unidentified", m.voice.account.order)
    )
    value = {k: v for k, v in best.party.items() if k != "evidence"}
    value["presumed"] = all(m.party.get("presumed") for m in group if m.party["type"] == best.party["type"])
    rule = "only" if len(mentions) == 1 else "merged_parties"
    return Chosen(value, tuple(m.voice.cites("parties", m.party) for m in group), rule)


def _one_role(found: list[Chosen]) -> list[Chosen]:
    """Each named actor in one role: the one that most accounts give it."""
    kept: dict[str, Chosen] = {}
    for party in found:
        actor = party.value.get("actor_id")
        if actor and (actor not in kept or len(party.sources) > len(kept[actor].sources)):
            kept[actor] = party
    return [p for p in found if not p.value.get("actor_id") or kept[p.value["actor_id"]] is p]
