"""Values that a person set: they stand before whatever the accounts say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from typing import Any

from concordant.review import Ruling, RulingKind


def apply_rulings(
    values: MutableMapping[str, Any], why: MutableMapping[str, Mapping[str, Any]], rulings: Iterable[Ruling]
) -> None:
    """Set what value rulings set, the later over the earlier, and note each with what it took the place of."""
    for ruling in rulings:
        if ruling.kind is RulingKind.VALUE and ruling.value is not None:
            words = list(ruling.value.get("evidence") or ())
            name = _set(values, why, str(ruling.value["field"]), ruling.value["value"], words)
            before = why.get(name, {})
            made: dict[str, Any] = {"account_id": ruling.subject[0], "ruling": ruling.id}
            why[name] = {
                "from": [made | ({"evidence": words} if words else {})], "rule": "ruling",
                "rivals": [dict(r) for r in (*before.get("from", ()), *before.get("rivals", ()))],
            }  # fmt: skip


def _set(
    values: MutableMapping[str, Any], why: MutableMapping[str, Mapping[str, Any]], name: str, new: Any, words: Sequence[Mapping[str, Any]]
) -> str:  # fmt: skip
    """Set a field; returns the name that what was decided of it goes by in `why`."""
    whole, _, rest = name.partition(".")
    if whole == "parties" and rest and "." not in rest:
        return _set_role(values, why, rest, new)
    if whole == "parties":
        return _set_party(values, why, rest, new) if rest else _set_parties(values, why, new)
    if not rest:
        values[whole] = new
        return name
    outcome, _, side = rest.partition(".")
    kept = [
        row
        for row in values["casualties"]
        if row["outcome"] != outcome or (side and row["victims"] not in (side, "mixed"))
    ]
    rows = new if isinstance(new, list) else [{**new, "victims": side or "mixed"}]
    values["casualties"] = [*kept, *(_row(outcome, str(row["victims"]), row, words) for row in rows)]
    return name


def _set_parties(values: MutableMapping[str, Any], why: MutableMapping[str, Mapping[str, Any]], new: Any) -> str:
    """Set all parties: what made the single ones before is what they took the place of."""
    told = [why.pop(name) for name in sorted(why) if name.startswith("parties.")]
    if told:
        told = [*([why["parties"]] if "parties" in why else []), *told]
        why["parties"] = {part: [c for one in told for c in one.get(part, ())] for part in ("from", "rivals")}
    values["parties"] = list(new or ())
    return "parties"


def _set_role(values: MutableMapping[str, Any], why: MutableMapping[str, Mapping[str, Any]], role: str, new: Any) -> str:
    """Set the parties of one role; what is known of the others goes with them to their new places."""
    parties = list(values["parties"])
    kept = [at for at, party in enumerate(parties) if party["role"] != role]
    held = {name: why.pop(name) for name in [f"parties.{at}" for at in range(len(parties))] if name in why}
    values["parties"] = [*(parties[at] for at in kept), *({**_PARTY, **party} for party in new)]
    moved: dict[str, Mapping[str, Any]] = {f"parties.{to}": held.pop(f"parties.{at}") for to, at in enumerate(kept) if f"parties.{at}" in held}
    why.update(moved)
    name = f"parties.{role}"
    why[name] = {part: [c for one in held.values() for c in one.get(part, ())] for part in ("from", "rivals")}
    return name


def _set_party(values: MutableMapping[str, Any], why: MutableMapping[str, Mapping[str, Any]], rest: str, new: Any) -> str:
    """Set one party by its role and name, put it last where there is none, or take it out."""
    role, _, called = rest.partition(".")
    parties = list(values["parties"])
    key = called.casefold()
    at = next((i for i, p in enumerate(parties) if p["role"] == role and str(p["name"]).casefold() == key), len(parties))
    if new is not None:
        values["parties"] = [*parties[:at], {**_PARTY, **new}, *parties[at + 1 :]]
        return f"parties.{at}"
    values["parties"] = [*parties[:at], *parties[at + 1 :]]
    gone = why.pop(f"parties.{at}", {})
    for later in range(at + 1, len(parties)):
        if f"parties.{later}" in why:
            why[f"parties.{later - 1}"] = why.pop(f"parties.{later}")
    name = f"parties.{rest}"
    why[name] = gone
    return name


_PARTY = {"actor_id": None, "presumed": False, "country": None}


def _row(outcome: str, side: str, new: Mapping[str, Any], words: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    told = [n for n in (new.get("low"), new.get("best"), new.get("high")) if n is not None]
    return {
        "outcome": outcome, "victims": side, "state": "none" if max(told) == 0 else "number", "low": new.get("low"),
        "best": new.get("best"), "high": new.get("high"), "hedged": False, "quote": words[0]["text"] if words else None, "parts": [],
        "attributed_to": [], "rival": False,
    }  # fmt: skip
