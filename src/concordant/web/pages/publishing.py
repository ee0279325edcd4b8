"""Publishing: what was let out for everybody, what would leave of an event, letting it out and taking it back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from starlette.responses import Response, StreamingResponse

from concordant.record import Event, Filters, UnknownError
from concordant.record.publishing import OUT, PUBLIC_COLUMNS, Publication, public_feature, public_row
from concordant.record.reviewed import CONFIRMED
from concordant.web.asking import asked
from concordant.web.deciding import why_of
from concordant.web.page import Ask, go, show
from concordant.web.pages.api import linked, pinned
from concordant.web.pages.deciding import decided
from concordant.web.pages.listing import TYPES, csv_line, safe_cell
from concordant.web.sentences import public

_READY = 100


def published(ask: Ask) -> Response:
    """What was let out, and for who may let out: what is confirmed and was not, or says otherwise since."""
    found = _all(ask)
    ready = _ready(ask, {p.event_id for p in found}) if ask.may("publish") else []
    shown = [(p, public(ask.words, p.values)) for p in found]
    return show(ask, "published.html", publications=shown, ready=ready, out=sum(p.state == OUT for p in found), done=ask.given.get("done"))


def _all(ask: Ask, seq: int | None = None) -> list[Publication]:
    """What was let out, as it stands on the day that the site shows."""
    at, today = ask.seq if seq is None else seq, _today(ask)
    found = ask.memory.of(("publications", at, today), lambda: ask.record.public.all(on=today, as_of=at))
    held, _ = ask.held  # who is still to code an event blind does not see it here either
    return [p for p in found if p.event_id not in held]


def _today(ask: Ask) -> date:
    told = (ask.as_of or "")[:10]
    return date.fromisoformat(told) if len(told) == 10 else datetime.now(UTC).date()


def _ready(ask: Ask, out: set[str | None]) -> list[Event]:
    found = ask.shown(ask.record.events(Filters(review=CONFIRMED), as_of=ask.seq, limit=_READY + len(out)))
    return [event for event in found if event.id not in out][:_READY]


def _event(ask: Ask) -> str:
    return str(ask.request.path_params["event"])


def preview(ask: Ask) -> Response:
    """What would leave of an event, beside what is held back."""
    event = ask.record.event(_event(ask), as_of=ask.seq)
    form = ask.record.public.form(event.id, on=_today(ask), as_of=ask.seq)
    ready = event.values["standing"] == "event" and event.values.get("review") == CONFIRMED
    return show(ask, "publish.html", event=event, form=form, told=public(ask.words, form.values), row=public_row(form.values), ready=ready,
                version=ask.seq, held=form.begins is not None and form.begins > _today(ask).isoformat())  # fmt: skip


def publish(ask: Ask) -> Response:
    """Let an event out."""
    why, name = why_of(ask), _event(ask)
    return decided(ask, name, lambda: ask.record.public.publish(name, why=why, by=_by(ask), on=_today(ask)), to="/published")


def withdraw(ask: Ask) -> Response:
    """Let an event leave no longer."""
    ask.record.public.withdraw(_event(ask), why=why_of(ask), by=_by(ask))
    return go(ask.url("/published", done="withdrawn"))


def _by(ask: Ask) -> str:
    return ask.person.name if ask.person else ""


def export(ask: Ask) -> Response:
    """All that has left, in its public form, as CSV, JSON Lines or GeoJSON."""
    form = ask.request.path_params["form"]
    if form not in TYPES:
        raise UnknownError(f"published events come as {', '.join(TYPES)}, not as {form}")
    lines = {"csv": _csv, "jsonl": _jsonl, "geojson": _geojson}[form]
    name = {"Content-Disposition": f'attachment; filename="concordant-published.{form}"'}
    return StreamingResponse(lines([p.values for p in _out(ask)]), media_type=TYPES[form], headers=name)


def _out(ask: Ask, seq: int | None = None) -> list[Publication]:
    return sorted((p for p in _all(ask, seq) if p.state == OUT), key=lambda p: str(p.event_id))


def _csv(found: list[Mapping[str, Any]]) -> Iterator[str]:
    yield csv_line(PUBLIC_COLUMNS)
    for values in found:
        row = public_row(values)
        yield csv_line([safe_cell(row[name]) for name in PUBLIC_COLUMNS])


def _jsonl(found: list[Mapping[str, Any]]) -> Iterator[str]:
    for values in found:
        yield json.dumps(values, ensure_ascii=False) + "\n"


def _geojson(found: list[Mapping[str, Any]]) -> Iterator[str]:
    yield json.dumps({"type": "FeatureCollection", "features": [public_feature(values) for values in found]}, ensure_ascii=False)


def api(ask: Ask) -> Response:
    """What has left, page by page, each event with the day on which it was let out."""
    wanted, seq = asked(ask.given), pinned(ask)
    found = _out(ask, seq)
    left = [p for p in found if wanted.after is None or str(p.event_id) > wanted.after]
    page = left[: wanted.size]
    following = ask.here(after=page[-1].event_id, entry=seq) if len(left) > len(page) else None
    events = [{**p.values, "published": p.ruling.at[:10], "begins": p.begins} for p in page]
    return linked({"total": len(found), "count": len(page), "entry": seq, "next": following, "events": events})


