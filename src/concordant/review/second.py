"""Codings of one event by different people: brought to values that can be compared, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from concordant.places.keys import place_key
from concordant.review.agreement import Agreement, alpha

# The fields that are compared, and the scale of each: a day as a number of days, a toll as a number of people.
LEVELS = {
    "kind": "nominal", "country": "nominal", "admin1": "nominal", "place": "nominal", "perpetrator": "nominal",
    "target": "nominal", "date": "interval", "killed": "ratio", "wounded": "ratio",
}  # fmt: skip
NOTHING = "-"  # what a nominal field has where a coding says that nothing is told of it
_BOUNDS = ("best", "low", "high")


@dataclass(frozen=True, slots=True)
class Coding:
    """One person's coding of an event: `values` are fields of a coded event, `by` who coded, `machine` whether nobody did."""

    unit: str
    by: str
    values: Mapping[str, Any]
    machine: bool = False


def code(field: str, values: Mapping[str, Any]) -> Any:
    """What a coding says of a field, as it is compared; None where it has no value on the field's scale."""
    return _CODES[field](values)


def _place(name: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda values: place_key(str((values.get("place") or {}).get(name) or "")) or NOTHING


def _types(role: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda values: "+".join(sorted({str(p["type"]) for p in values.get("parties") or () if p["role"] == role})) or NOTHING


def _day(values: Mapping[str, Any]) -> int | None:
    start = (values.get("date") or {}).get("start")
    return date.fromisoformat(start).toordinal() if start else None


def _total(outcome: str) -> Callable[[Mapping[str, Any]], int | None]:
    def total(values: Mapping[str, Any]) -> int | None:
        rows = [r for r in values.get("casualties") or () if r["outcome"] == outcome and not r.get("rival")]
        told = [next((r[b] for b in _BOUNDS if r.get(b) is not None), None) for r in rows]
        numbers = [n for n in told if n is not None]
        return sum(numbers) if numbers else 0 if any(r.get("state") == "none" for r in rows) else None

    return total


_CODES: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "kind": lambda values: str(values.get("kind") or NOTHING), "country": _place("country"), "admin1": _place("admin1"),
    "place": _place("name"), "perpetrator": _types("perpetrator"), "target": _types("target"), "date": _day,
    "killed": _total("killed"), "wounded": _total("wounded"),
}  # fmt: skip


def figures(codings: Iterable[Coding], *, machine: bool = False) -> dict[str, Agreement]:
    """The agreement on each field between people; with `machine` the coder's own reading counts as one of them."""
    units: dict[str, list[Coding]] = {}
    for coding in codings:
        if machine or not coding.machine:
            units.setdefault(coding.unit, []).append(coding)
    return {
        field: alpha([[code(field, coding.values) for coding in unit] for unit in units.values()], level)
        for field, level in LEVELS.items()
    }


def apart(codings: Sequence[Coding]) -> list[str]:
    """The fields on which codings of one event differ."""
    return [field for field in LEVELS if len({code(field, coding.values) for coding in codings}) > 1]
