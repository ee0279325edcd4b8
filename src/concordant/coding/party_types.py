"""What type of party a phrase describes."""

from __future__ import annotations

from typing import cast

from concordant.actors.register import Actor
from concordant.coding.mentions import PartyType
from concordant.coding.party_phrases import Phrase

_FIGHTERS = frozenset({"combattant", "fighter", "combatant"})
_TELLING = ("rebel", "militia", "criminal", "peacekeepers", "crowd")


def decide(phrase: Phrase, actor: Actor | None) -> PartyType | None:
    """The phrase's type, before it is known in whose country it acts; None where its words describe no party."""
    found = _decide(phrase, actor)
    return cast(PartyType, found) if found else None


def _decide(phrase: Phrase, actor: Actor | None) -> str | None:
    if actor is not None:
        return actor.type
    own = phrase.word.type if phrase.word else ""
    if phrase.word is None:
        return phrase.local_type or ("civilians" if phrase.nations or phrase.ethnic else None)
    telling = next((kind for kind in phrase.kinds if kind in _TELLING), None)
    if own in ("unidentified", "foreign_forces"):  # "groupe armé jihadiste", "coalition de terroristes"
        return telling or (phrase.inner if phrase.inner in _TELLING else "") or own
    if own == "civilians" and phrase.word.kind == "person" and "unidentified" in phrase.kinds:
        return telling or ("militia" if phrase.ethnic else "unidentified")
    if phrase.word.word == "commando" and telling:  # "guerrilla commandos"
        return telling
    if own != "?":
        return own
    return telling or _from_company(phrase)


def _from_company(phrase: Phrase) -> str | None:
    """The type of "forces", "combattants", "groupe", … which by themselves are of no side."""
    assert phrase.word is not None
    kind, force = phrase.word.kind, bool(phrase.word.corps)
    ways = (
        (bool(phrase.inner), phrase.inner),
        ("state_forces" in phrase.kinds, "state_forces"),
        (bool(phrase.ethnic) and kind != "action", "militia"),
        (bool(phrase.nations) and force, "state_forces"),
        (phrase.word.word in _FIGHTERS, "rebel"),
        (bool(phrase.new_name) and kind != "action", "rebel"),
        ("unidentified" in phrase.kinds, "unidentified"),
    )
    return next((found for holds, found in ways if holds), None)
