"""Second codings: from the form of a blind coding to its values, and codings side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from concordant.record import RecordError
from concordant.review import Ruling
from concordant.review.second import LEVELS, Coding, apart, code
from concordant.web.deciding import date_of, parties_of, place_of, whole_of
from concordant.web.page import Ask

ROWS = 5  # of parties and of tolls in the form
# The fields of an event that the compared ones are read off, and by which a difference is settled.
SETTLED_BY = {
    "kind": "kind", "country": "place", "admin1": "place", "place": "place", "date": "date",
    "perpetrator": "parties.perpetrator", "target": "parties.target", "killed": "casualties.killed", "wounded": "casualties.wounded",
}  # fmt: skip


def values_of(ask: Ask) -> dict[str, Any]:
    """What a form of a blind coding says. Raises RecordError for what cannot be read."""
    kind = ask.text("kind")
    if not kind:
        raise RecordError(ask.words("second.need.kind"))
    return {
        "kind": kind, "date": date_of(ask), "place": place_of(ask), "parties": parties_of(ask),
        "casualties": [row for at in range(ROWS) if (row := _toll(ask, at)) is not None],
    }  # fmt: skip


def _toll(ask: Ask, at: int) -> dict[str, Any] | None:
    outcome, side = ask.text(f"outcome.{at}"), ask.text(f"side.{at}") or "unknown"
    bounds = {bound: whole_of(ask.text(f"{bound}.{at}")) for bound in ("low", "best", "high")}
    told = [n for n in bounds.values() if n is not None]
    if not outcome or not told:
        if outcome or told:
            raise RecordError(ask.words("second.need.toll"))
        return None
    return {"outcome": outcome, "victims": side, "state": "none" if max(told) == 0 else "number", **bounds}


@dataclass(frozen=True, slots=True)
class Row:
    """A field with what each coding says of it; `differs` whether they differ, `settled` the ruling that decided between them."""

    field: str
    told: tuple[Any, ...]
    differs: bool
    settled: Ruling | None


def rows(codings: Sequence[Coding], rulings: Sequence[Ruling], since: str) -> list[Row]:
    """The codings of one event, field by field; a ruling settles a field where it was made after the last coding."""
    different = set(apart(codings))
    later = [r for r in rulings if r.kind == "value" and r.at >= since]
    return [
        Row(field, tuple(_told(field, c.values) for c in codings), field in different, _settled(field, later))
        for field in LEVELS
    ]


def _settled(field: str, rulings: Iterable[Ruling]) -> Ruling | None:
    """The last ruling on a field: on the whole of it, on its part, or on something within that part."""
    name = SETTLED_BY[field]
    found = [r for r in rulings if (of := str((r.value or {}).get("field"))) == name or name.startswith(f"{of}.") or of.startswith(f"{name}.")]
    return found[-1] if found else None


def _told(field: str, values: Mapping[str, Any]) -> Any:
    """What of a coding is shown for a compared field."""
    place = values.get("place") or {}
    if field in ("kind", "date"):
        return values.get(field)
    if field in ("country", "admin1", "place"):
        return place.get("name" if field == "place" else field)
    if field in ("perpetrator", "target"):
        return [p for p in values.get("parties") or () if p["role"] == field]
    return [r for r in values.get("casualties") or () if r["outcome"] == field and not r.get("rival")]


def settling(field: str, coding: Coding) -> dict[str, Any]:
    """The value ruling that makes an event say what a coding says of a field, and leaves the rest as it is now."""
    name, values = SETTLED_BY[field], coding.values
    if name in ("kind", "date", "place"):
        return {"field": name, "value": values.get(name)}
    if name.startswith("parties."):
        return {"field": name, "value": [{"actor_id": None, "presumed": False, "country": None, **p} for p in _told(field, values)]}
    bounds = ("low", "best", "high")
    counted = [r for r in _told(field, values) if any(r.get(b) is not None for b in bounds)]
    return {"field": name, "value": [{"outcome": field, "victims": r["victims"], **{b: r.get(b) for b in bounds}} for r in counted]}


def unit_rows(codings: Sequence[Coding]) -> list[tuple[str, str, str, Any]]:
    """Every value that is compared: event, who coded it, field, value; what figures can be worked out from again."""
    return [
        (c.unit, c.by or "machine", field, "" if (value := code(field, c.values)) is None else value) for c in codings for field in LEVELS
    ]
