"""How far people have looked at an event: open, corrected, confirmed, or changed since it was confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from concordant.record.telling import summary
from concordant.review import Ruling, RulingKind

OPEN, CORRECTED, CONFIRMED, CHANGED = "open", "corrected", "confirmed", "changed"
REVIEW_STATES = (OPEN, CORRECTED, CONFIRMED, CHANGED)


def review_state(values: Mapping[str, Any], rulings: Iterable[Ruling]) -> str:
    """What standing rulings make of an event: a confirmation holds for the values that it names and for no others."""
    decided = [ruling for ruling in rulings if ruling.kind is not RulingKind.PUBLISH]
    confirmed = [ruling for ruling in decided if ruling.kind is RulingKind.CONFIRM]
    if not confirmed:
        return CORRECTED if decided else OPEN
    now = summary(values)
    fits = any(all(now.get(n) == v for n, v in (ruling.value or {}).items()) for ruling in confirmed)
    return CONFIRMED if fits else CHANGED


def looked_at(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of an event that a person who confirms it or lets it out has looked at."""
    return {name: value for name, value in summary(values).items() if name not in ("accounts", "standing") and value}


def published(values: Mapping[str, Any], rulings: Iterable[Ruling]) -> dict[str, Any] | None:
    """When an event was last let out for everybody, and whether it says otherwise since; None where it was not."""
    last = max((r for r in rulings if r.kind is RulingKind.PUBLISH), key=lambda r: (r.at, r.id), default=None)
    return None if last is None else {"at": last.at, "changed": looked_at(values) != (last.value or {}).get("of")}


def disputed(values: Mapping[str, Any]) -> bool:
    """Whether accounts give figures that stand against each other, and nobody has decided between them."""
    why = values.get("why") or {}
    return any(
        name.startswith("casualties") and told.get("rule") != "ruling" and any(not r.get("superseded") for r in told.get("rivals") or ())
        for name, told in why.items()
    )
