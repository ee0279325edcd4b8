"""An event as one row of plain cells, for spreadsheets and data frames; and as a feature on a map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

COLUMNS = (
    "event_id", "standing", "role", "kind", "date_start", "date_end", "date_precision", "place", "relation", "country",
    "admin1", "admin2", "latitude", "longitude", "radius_km", "gazetteer_id", "perpetrators", "targets", "participants",
    "killed_low", "killed_best", "killed_high", "wounded_low", "wounded_best", "wounded_high", "abducted_best", "means",
    "claimed_by", "attributed_to", "confidence", "reports", "origins", "outlets",
)  # fmt: skip


def flat(values: Mapping[str, Any]) -> dict[str, Any]:
    """One event as a row."""
    date_, place, accounts = values.get("date") or {}, values.get("place") or {}, values.get("accounts") or ()
    row: dict[str, Any] = dict.fromkeys(COLUMNS)
    row |= {"event_id": values["id"], "claimed_by": _worded(values.get("claimed_by"))}
    row |= {key: values.get(key) for key in ("standing", "role", "kind")}
    row |= {f"date_{key}": date_.get(key) for key in ("start", "end", "precision")}
    row |= {key: place.get(key) for key in COLUMNS if key in place}
    row["place"] = place.get("name")
    for role in ("perpetrator", "target", "participant"):
        row[f"{role}s"] = "; ".join(p["name"] for p in values.get("parties") or () if p["role"] == role)
    for outcome in ("killed", "wounded", "abducted"):
        for bound in ("low", "best", "high"):
            if f"{outcome}_{bound}" in row:
                row[f"{outcome}_{bound}"] = _total(values, outcome, bound)
    row["means"] = "; ".join(values.get("means") or ())
    row["attributed_to"] = "; ".join(values.get("attributed_to") or ())
    row["confidence"] = (values.get("confidence") or {}).get("overall")
    row["reports"] = len({a["report_id"] for a in accounts})
    row["origins"] = len({a.get("origin") or a["report_id"] for a in accounts})
    row["outlets"] = "; ".join(sorted({a["outlet"] for a in accounts if a.get("outlet")}))
    return row


def _worded(value: Any) -> Any:
    return value.get("name") if isinstance(value, Mapping) else value


def _total(values: Mapping[str, Any], outcome: str, bound: str) -> int | None:
    """The sum of an outcome's rows that are no rival version; None where one of them has no such bound."""
    rows = [r for r in values.get("casualties") or () if r["outcome"] == outcome and not r.get("rival")]
    cells = [r.get(bound) for r in rows]
    return sum(c for c in cells if c is not None) if cells and None not in cells else None


def feature(values: Mapping[str, Any]) -> dict[str, Any]:
    """One event as a GeoJSON feature: a point with its radius, or the line of a corridor with how far it reaches to its sides.

    Without coordinates it has no geometry, and is there all the same.
    """
    place = values.get("place") or {}
    shape: dict[str, Any] | None = None
    more: dict[str, Any] = {}
    if place.get("ends"):
        shape = {"type": "LineString", "coordinates": [[end["longitude"], end["latitude"]] for end in place["ends"]]}
        more = {"corridor_km": place.get("corridor_km"), "ends": [end["name"] for end in place["ends"]]}
    elif place.get("latitude") is not None and place.get("longitude") is not None:
        shape = {"type": "Point", "coordinates": [place["longitude"], place["latitude"]]}
    return {"type": "Feature", "id": values["id"], "geometry": shape, "properties": {**flat(values), **more}}
