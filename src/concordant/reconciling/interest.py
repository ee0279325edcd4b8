"""Interest: whether those who give a figure are a party to what they count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from concordant.linking.words import plain

# Who speaks for a party type, by words of the source's name in French and English.
_SPEAKERS = {
    "state_forces": (
        "armee", "army", "etat-major", "military", "militaire", "forces armees", "ministere de la defense", "ministry of defence",
        "ministry of defense", "gouvernement", "government", "police", "gendarmerie", "autorites", "authorities",
    ),
    "rebel": ("rebelle", "rebel", "jihadiste", "djihadiste", "insurge", "insurgent", "separatiste", "separatist", "coalition"),
    "militia": ("milice", "militia", "chasseurs", "autodefense"),
}  # fmt: skip
_OPPOSED = {
    "state_forces": ("rebel", "militia"),
    "rebel": ("state_forces", "foreign_forces", "militia"),
    "militia": ("rebel",),
}


def interest_of(row: Mapping[str, Any], event: Mapping[str, Any]) -> str | None:
    """What the givers of a figure are to it: "own_losses", "enemy_losses", "party", or None for no party to it."""
    speaks = {side for name in row.get("attributed_to") or () for side in _sides_of(str(name), event)}
    if not speaks:
        return None
    if row["victims"] in speaks:
        return "own_losses"
    return "enemy_losses" if any(row["victims"] in _OPPOSED.get(side, ()) for side in speaks) else "party"


def interested(rows: Iterable[Mapping[str, Any]], event: Mapping[str, Any]) -> bool:
    """Whether a statement counts the losses of those against whom its only givers fight."""
    return all(interest_of(row, event) == "enemy_losses" for row in rows)


def _sides_of(source: str, event: Mapping[str, Any]) -> set[str]:
    name = plain(source)
    named = {p["type"] for p in event.get("parties") or () if len(p["name"]) > 3 and plain(p["name"]) in name}
    return named | {side for side, words in _SPEAKERS.items() if any(word in name for word in words)}
