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
    decided = list(rulings)
    confirmed = [ruling for ruling in decided if ruling.kind is RulingKind.CONFIRM]
    if not confirmed:
        return CORRECTED if decided else OPEN
    now = summary(values)
    fits = any(all(now.get(n) == v for n, v in (ruling.value or {}).items()) for ruling in confirmed)
    return CONFIRMED if fits else CHANGED


def disputed(values: Mapping[str, Any]) -> bool:
    """Whether accounts give figures that stand against each other, and nobody has decided between them."""
    why = values.get("why") or {}
    return any(
        name.startswith("casualties") and told.get("rule") != "ruling" and any(not r.get("superseded") for r in told.get("rivals") or ())
        for name, told in why.items()
    )
