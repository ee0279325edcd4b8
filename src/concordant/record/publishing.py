"""Publishing: which events were let out for everybody to see, in which form, and how they stand since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from concordant.record import lookup
from concordant.record.database import Database
from concordant.record.decided import COLUMNS
from concordant.record.decisions import Decisions, ruling_of
from concordant.record.errors import RecordError, UnknownError
from concordant.record.flat import COLUMNS as ALL_COLUMNS
from concordant.record.flat import flat
from concordant.record.linkage import Linkage
from concordant.record.reviewed import CONFIRMED, looked_at
from concordant.record.ruling import decide, members, rule_event
from concordant.releases import Policy, Protected
from concordant.review import Judgement, Ruling, RulingKind

OUT, HELD, LAPSED = "out", "held", "lapsed"
# What a row of the public form has; the rest of an event's columns never leaves.
PUBLIC_COLUMNS = (*(c for c in ALL_COLUMNS if c not in ("standing", "role", "attributed_to", "outlets")), "level")


class UnpublishableError(RecordError):
    """An event that cannot be let out as it stands."""

    code = "E_UNCONFIRMED"


@dataclass(frozen=True, slots=True)
class Publication:
    """An event that a publisher let out: its public form by the rules of now, and from which day on it leaves.

    `state` is out, held (its day has not come) or lapsed (it no longer counts as an event: it does not leave any more).
    What left stays what it was; `changed` says that the event says otherwise since.
    """

    event_id: str | None
    ruling: Ruling
    values: Mapping[str, Any]
    begins: str
    state: str
    changed: bool


def protected(policy: Policy, values: Mapping[str, Any], on: date) -> Protected:
    """The public form of an event that is let out on a day; one without a date is held back from that day on."""
    found = policy.protect(values)
    level = next(level for level in policy.levels if level.name == found.level)
    return Protected(found.values, found.level, found.begins or (on + timedelta(days=level.days)).isoformat())


def publish(database: Database, linkage: Linkage, policy: Policy, event_id: str, *, why: str, by: str, on: date) -> str:
    """Let a confirmed event out in its public form, which is kept with the ruling. Raises UnpublishableError."""
    with linkage.writing():
        seq = database.head()
        event = lookup.event(database, lookup.event_name(database, event_id, seq), seq)
        if event.values["standing"] != "event" or event.values.get("review") != CONFIRMED:
            raise UnpublishableError("only an event that counts, and that somebody has confirmed as it is, is let out")
        found = protected(policy, event.values, on)
        value = {"public": dict(found.values), "begins": found.begins, "of": looked_at(event.values)}
        return rule_event(database, linkage, event.id, RulingKind.PUBLISH, why=why, by=by, value=value)


def withdraw(database: Database, linkage: Linkage, event_id: str, *, why: str, by: str) -> list[str]:
    """Let an event leave no longer; that it did stays in the log. Raises UnknownError for one that was not let out."""
    with linkage.writing():
        standing = [r for r in linkage.settling.decisions.about(members(database, linkage, event_id)) if r.kind is RulingKind.PUBLISH]
        if not standing:
            raise UnknownError(f"the event {event_id} was not published")
        return [
            decide(database, linkage, r.kind, r.subject, why=why, by=by, value=r.value, judgement=Judgement.NONE) for r in standing
        ]  # fmt: skip


def publications(database: Database, policy: Policy, seq: int, today: date) -> list[Publication]:
    """What was let out and not withdrawn, as it stands at entry `seq`, the last let out first; one for each event."""
    rows = database.rows(f"SELECT {COLUMNS} FROM ruling WHERE kind = 'publish' AND tx <= ? ORDER BY id", (seq,))
    decisions = Decisions(database)
    found: dict[str, Publication] = {}
    for ruling in decisions.in_force([ruling_of(row) for row in rows], seq):
        made = _publication(database, policy, decisions.at(ruling, seq), seq, today)
        found[made.event_id or ruling.id] = made
    return sorted(found.values(), key=lambda p: (p.ruling.at, p.ruling.id), reverse=True)


def _publication(database: Database, policy: Policy, ruling: Ruling, seq: int, today: date) -> Publication:
    told = ruling.value or {}
    event_id = lookup.account_event(database, ruling.subject[0], seq)
    values = lookup.event(database, event_id, seq).values if event_id else {}
    form = protected(policy, told["public"], date.fromisoformat(ruling.at[:10]))
    begins = max(str(told["begins"]), str(form.begins))
    state = LAPSED if values.get("standing") != "event" else HELD if begins > today.isoformat() else OUT
    changed = bool(values) and looked_at(values) != told["of"]
    shown = dict(form.values) | ({"id": event_id} if event_id else {})
    return Publication(event_id, ruling, shown, begins, state, changed)


def public_row(values: Mapping[str, Any]) -> dict[str, Any]:
    """A public form as one row of plain cells."""
    sure = values.get("confidence") or {}
    row = flat({**values, "accounts": ()}) | {"reports": sure.get("reports"), "origins": sure.get("origins"), "level": values.get("level")}
    return {name: row[name] for name in PUBLIC_COLUMNS}


def public_feature(values: Mapping[str, Any]) -> dict[str, Any]:
    """A public form as a GeoJSON feature; without coordinates it has no geometry."""
    place = values.get("place") or {}
    point = None
    if place.get("latitude") is not None and place.get("longitude") is not None:
        point = {"type": "Point", "coordinates": [place["longitude"], place["latitude"]]}
    return {"type": "Feature", "id": values["id"], "geometry": point, "properties": public_row(values)}
