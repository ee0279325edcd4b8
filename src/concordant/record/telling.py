"""An event's values in short: by name, to be compared and read in one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

MARKED = "marked."  # the words of a report that a person marked for a value
_PLAIN = ("standing", "role", "kind", "mood", "hedged", "means", "attributed_to")


def summary(values: Mapping[str, Any]) -> dict[str, Any]:
    """An event's values by name, each in a form short enough to be read in one line of a log."""
    found: dict[str, Any] = {name: values.get(name) for name in _PLAIN}
    date_, place = values.get("date") or {}, values.get("place") or {}
    found["date"] = _span(date_)
    found["place"] = ", ".join(str(place[k]) for k in ("name", "admin2", "admin1", "country") if place.get(k)) or None
    found["coordinates"] = _point(place)
    found["claimed_by"] = values.get("claimed_by")
    for party in values.get("parties") or ():
        found.setdefault(f"parties.{party['role']}", []).append(party["name"])
    for toll in values.get("casualties") or ():
        rival = ".rival" if toll.get("rival") else ""
        found.setdefault(f"casualties.{toll['outcome']}.{toll['victims']}{rival}", figure(toll))
    for name, told in (values.get("why") or {}).items():
        words = [w["text"] for source in told.get("from") or () for w in source.get("evidence") or ()]
        if words:
            found[f"{MARKED}{name}"] = words
    found["accounts"] = sorted(f"{a['report_id']}/{a['account_id']}" for a in values.get("accounts") or ())
    return found


def confirmable(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a confirmation of an event confirms: its values as they are, and neither what else tells them nor in which words."""
    told = summary(values)
    return {name: value for name, value in told.items() if name not in ("accounts", "standing") and value and not name.startswith(MARKED)}


def _span(told: Mapping[str, Any]) -> str | None:
    start, end = told.get("start"), told.get("end")
    return None if not start else start if start == end else f"{start}/{end}"


def _point(place: Mapping[str, Any]) -> str | None:
    if place.get("latitude") is None:
        return None
    return f"{place['latitude']}, {place['longitude']} ± {place.get('radius_km')} km"


def figure(toll: Mapping[str, Any]) -> str:
    """A count in short: 5, 3–5, at least 5, some."""
    low, best, high = (toll.get(bound) for bound in ("low", "best", "high"))
    if low is None and best is None and high is None:
        return str(toll.get("state") or "some")
    if low == best == high:
        return str(best)
    if high is None:
        return f"{best if best is not None else low} or more"
    return f"{best if best is not None else '?'} ({low if low is not None else '?'}–{high})"


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """What is different between two summaries: name, old and new value; accounts one by one."""
    for name in dict.fromkeys([*new, *old]):
        before, after = old.get(name), new.get(name)
        if name == "accounts":
            yield from (("accounts", None, one) for one in after or () if one not in (before or ()))
            yield from (("accounts", one, None) for one in before or () if one not in (after or ()))
        elif name != "id" and before != after and (before or after):
            yield name, before, after
