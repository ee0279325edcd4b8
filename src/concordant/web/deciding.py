"""From what a form says to a ruling; and what a second person sees who decides on what has changed meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from concordant.record import Record, RecordError
from concordant.record.telling import confirmable, differences, summary
from concordant.web.page import Ask

_BOUNDS = ("low", "best", "high")
_PARTY_ROWS = 60


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that was changed: what one saw, and what it is now."""

    field: str
    seen: Any
    now: Any


class ConflictError(Exception):
    """The event is no longer what the person saw who decided on it; `now` is the entry of the log to look at."""

    def __init__(self, event_id: str, differences_: tuple[Difference, ...], now: int, by: tuple[str, ...]) -> None:
        self.event_id, self.differences, self.now, self.by = event_id, differences_, now, by
        super().__init__(f"the event {event_id} has changed")


def unchanged(record: Record, event_id: str, seen: str) -> None:
    """Raise ConflictError where an event is not what it was at the entry that a form was made at."""
    if not seen.isdigit() or len(seen) > 15:
        raise RecordError("the form does not say which version it was made for")
    before, now = record.event(event_id, as_of=int(seen)), record.event(event_id)
    if (before.id, before.version) == (now.id, now.version):
        return
    changed = tuple(Difference(*d) for d in differences(summary(before.values), summary(now.values)))
    people = dict.fromkeys(line.by for line in record.log(now.id) if line.seq > int(seen))
    raise ConflictError(now.id, changed, record.moment(), tuple(people))


def why_of(ask: Ask) -> str:
    """The reason that a form gives. Raises RecordError where there is none."""
    why = ask.text("why")[:500]
    if not why:
        raise RecordError(ask.words("decide.need.why"))
    return why


def value_of(ask: Ask, event: Mapping[str, Any]) -> dict[str, Any]:
    """The value ruling that a correction form asks for. Raises RecordError for what cannot be read."""
    name = ask.text("field")
    if name.startswith("casualties."):
        return {"field": name, "value": _figures(ask)}
    if name == "casualties":
        side = ask.text("side")
        return {"field": f"casualties.{ask.text('outcome')}" + (f".{side}" if side else ""), "value": _figures(ask)}
    makers = {"date": date_of, "place": place_of, "parties": parties_of}
    if name in makers:
        return {"field": name, "value": makers[name](ask)}
    if name == "means":
        return {"field": name, "value": [str(v) for v in ask.form.getlist("means")]}
    if name == "attributed_to":
        return {"field": name, "value": [line.strip() for line in ask.text(name).splitlines() if line.strip()]}
    if name in ("kind", "claimed_by"):
        return {"field": name, "value": ask.text(name) or None}
    raise RecordError(f"there is no field {name!r} to set")


def _figures(ask: Ask) -> dict[str, int | None]:
    return {bound: whole_of(ask.text(bound)) for bound in _BOUNDS}


def whole_of(text: str) -> int | None:
    """A whole number as it is typed, None where nothing is."""
    digits = text.replace(" ", "").replace("\u202f", "").replace("\u00a0", "")
    if not digits:
        return None
    if not digits.isdigit() or len(digits) > 9:
        raise RecordError(f"{text!r} is no whole number")
    return int(digits)


def _decimal(text: str) -> float | None:
    try:
        return float(text.replace(",", ".")) if text else None
    except ValueError:
        raise RecordError(f"{text!r} is no number") from None


def date_of(ask: Ask) -> dict[str, Any] | None:
    """The days that a form gives."""
    start = ask.text("start")
    end = ask.text("end") or start
    return {"start": start, "end": end, "precision": "day" if start == end else "span"} if start else None


def place_of(ask: Ask) -> dict[str, Any] | None:
    """The place that a form gives. Raises RecordError for half of a point or one off the earth."""
    if not ask.text("name"):
        return None
    latitude, longitude = _decimal(ask.text("latitude")), _decimal(ask.text("longitude"))
    if (latitude is None) != (longitude is None) or abs(latitude or 0) > 90 or abs(longitude or 0) > 180:
        raise RecordError("latitude and longitude are given together, within 90 and 180 degrees")
    relation = ask.text("relation")
    return {
        "name": ask.text("name"), "relation": relation if relation in ("at", "near", "within") else "at",
        "latitude": latitude, "longitude": longitude, "radius_km": _decimal(ask.text("radius_km")),
        "country": ask.text("country").upper() or None, "admin1": ask.text("admin1") or None, "admin2": None,
        "gazetteer_id": ask.text("gazetteer_id") or None, "in_gazetteer": bool(ask.text("gazetteer_id")),
    }  # fmt: skip


def parties_of(ask: Ask) -> list[dict[str, Any]]:
    """The parties that the rows of a form give."""
    rows = (at for at in range(_PARTY_ROWS) if ask.text(f"name.{at}"))
    return [
        {
            "name": ask.text(f"name.{at}"), "actor_id": None, "role": ask.text(f"role.{at}") or "participant",
            "type": ask.text(f"type.{at}") or "unidentified", "presumed": bool(ask.text(f"presumed.{at}")), "country": None,
        }
        for at in rows
    ]  # fmt: skip


def confirmed(record: Record, event_id: str) -> dict[str, Any]:
    """What a confirmation confirms: the values as they are now, and no later ones."""
    return confirmable(record.event(event_id).values)
