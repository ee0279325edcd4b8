"""Claims: the single things that an account says, each with a name, so that one can be cited or rejected."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

# What belongs to how a claim was read and not to what it says.
_ASIDE = {"evidence", "candidates", "confidence", "note", "in_gazetteer"}
_ONE = ("kind", "date", "place", "claimed_by")
_MANY = ("parties", "casualties", "means", "attributed_to")


@dataclass(frozen=True, slots=True)
class Claim:
    """One value that an account gives for one field: `evidence` are the words of its report that carry it."""

    id: str
    account_id: str
    field: str
    value: Any
    evidence: tuple[Mapping[str, Any], ...] = ()


def claim_id(account_id: str, field: str, value: Any) -> str:
    """The name of a claim: a hash of the account, the field and what is said of it, not of how it was read."""
    said = _said(value)
    made = json.dumps([account_id, field, said], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(made.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _said(value: Any) -> Any:
    return {k: v for k, v in value.items() if k not in _ASIDE} if isinstance(value, Mapping) else value


def claims_of(account_id: str, event: Mapping[str, Any]) -> tuple[Claim, ...]:
    """All claims of one account; `event` is its coded event as `concordant code --format jsonl` has it."""
    return tuple(
        Claim(claim_id(account_id, field, value), account_id, field, value, _evidence(event, field, value))
        for field, value in _values(event)
    )


def _values(event: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for field in _ONE:
        if event.get(field) is not None:
            yield field, event[field]
    for field in _MANY:
        for value in event.get(field) or ():
            yield field, value


def _evidence(event: Mapping[str, Any], field: str, value: Any) -> tuple[Mapping[str, Any], ...]:
    if isinstance(value, Mapping):
        return tuple(value.get("evidence") or ())
    shared = event.get("evidence") or {}
    return tuple(shared.get("trigger" if field == "kind" else field) or ())
