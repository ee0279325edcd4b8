"""Values that a person set: they stand before whatever the accounts say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from typing import Any

from concordant.review import Ruling, RulingKind


def apply_rulings(
    values: MutableMapping[str, Any], why: MutableMapping[str, Mapping[str, Any]], rulings: Iterable[Ruling]
) -> None:
    """Set what value rulings set, the later over the earlier, and note each with what it took the place of."""
    for ruling in rulings:
        if ruling.kind is RulingKind.VALUE and ruling.value is not None:
            name = str(ruling.value["field"])
            before = why.get(name, {})
            _set(values, name, ruling.value["value"])
            why[name] = {
                "from": [{"account_id": ruling.subject[0], "ruling": ruling.id}], "rule": "ruling",
                "rivals": [dict(r) for r in (*before.get("from", ()), *before.get("rivals", ()))],
            }  # fmt: skip


def _set(values: MutableMapping[str, Any], name: str, new: Any) -> None:
    whole, _, rest = name.partition(".")
    if not rest:
        values[whole] = new
        return
    outcome, _, side = rest.partition(".")
    kept = [
        row
        for row in values["casualties"]
        if row["outcome"] != outcome or (side and row["victims"] not in (side, "mixed"))
    ]
    values["casualties"] = [*kept, _row(outcome, side or "mixed", new)]


def _row(outcome: str, side: str, new: Mapping[str, Any]) -> dict[str, Any]:
    told = [n for n in (new.get("low"), new.get("best"), new.get("high")) if n is not None]
    return {
        "outcome": outcome, "victims": side, "state": "none" if max(told) == 0 else "number", "low": new.get("low"),
        "best": new.get("best"), "high": new.get("high"), "hedged": False, "quote": None, "parts": [],
        "attributed_to": [], "rival": False,
    }  # fmt: skip
