"""Two reviewers: events given out to be coded blind, the form for it, codings side by side, and figures of agreement."""

from __future__ import annotations

import csv
import io
from typing import Any

from starlette.responses import Response

from concordant.record import RecordError, UnknownError
from concordant.record.seconding import CODED, MOST, OPEN, Assignment
from concordant.review.second import LEVELS, figures
from concordant.web.asking import asked
from concordant.web.deciding import why_of
from concordant.web.page import Ask, go, message, show
from concordant.web.pages.deciding import decided
from concordant.web.pages.listing import choices, safe_cell
from concordant.web.pages.reading import form_lists
from concordant.web.rights import ROLES, Right
from concordant.web.seconds import ROWS, rows, settling, unit_rows, values_of

_SHOWN = 200


def _me(ask: Ask) -> str:
    return ask.person.name if ask.person else ""


def index(ask: Ask) -> Response:
    """Who was given what and by which rule; one's own events to code; what waits to be settled."""
    every = ask.record.seconds.all(as_of=ask.seq)
    held, _ = ask.held
    lines = [(a, ask.record.seconds.event(a, as_of=ask.seq)) for a in reversed(every[-_SHOWN:])]
    shown = [(a, event, _open_differences(ask, a)) for a, event in lines if a.state == CODED and event is not None and event not in held]
    wanted = asked(ask.given)
    return show(
        ask, "second.html", mine=[a for a in every if a.state == OPEN and a.coder == _me(ask)], others=[a for a, _ in lines if a.state == OPEN],
        coded=shown, wanted=wanted, choices=choices(ask), total=ask.count(wanted.filters), coders=_coders(ask), most=MOST, event=ask.given.get("event") or "",
        given=ask.given.get("given"), done=ask.given.get("done"), rules=_rules(every),
    )  # fmt: skip


def _rules(every: list[Assignment]) -> list[tuple[dict[str, Any], list[Assignment]]]:
    """The assignments by the moment in which they were given, with the rule by which they were chosen; the newest first."""
    found: dict[tuple[str, str], list[Assignment]] = {}
    for one in every:
        found.setdefault((one.at, one.coder), []).append(one)
    return [(dict(group[0].rule), group) for group in reversed(list(found.values()))][:20]


def _coders(ask: Ask) -> list[str]:
    """Who can be given events: those who may set values; on one's own computer oneself."""
    doors = ask.request.app.state.doors
    if not doors.signs_in:
        return [_me(ask)]
    return [name for name, role, _ in doors.all() if Right.CORRECT in ROLES.get(role, frozenset())]


def assign(ask: Ask) -> Response:
    """Give events to somebody: chosen by a rule, or by hand."""
    coder, seconds = ask.text("coder"), ask.record.seconds
    if coder not in _coders(ask):
        raise RecordError(ask.words("second.need.coder"))
    if ask.text("how") == "hand":
        names = ask.text("events").replace(",", " ").split()
        made = seconds.assign(names, coder, {"how": "hand", "why": why_of(ask)}, by=_me(ask))
    else:
        made = seconds.assign(*_sampled(ask, coder), by=_me(ask))
    return go(ask.url("/second", given=len(made)))


def _sampled(ask: Ask, coder: str) -> tuple[list[str], str, dict[str, Any]]:
    """The events that a rule chooses from those the filters let through, with the rule itself."""
    wanted = asked({k: v for k, v in ask.form.items() if isinstance(v, str)})
    count, seed = ask.text("count"), ask.text("seed") or "1"
    if not count.isdigit() or len(count) > 6:
        raise RecordError(ask.words("second.need.count", most=MOST))
    names, among = ask.record.seconds.sample(wanted.filters, int(count), seed, coder)
    if not names:
        raise RecordError(ask.words("second.none"))
    return names, coder, {"how": "sample", "count": len(names), "among": among, "seed": seed, "filters": wanted.active, "entry": ask.seq}


def _mine(ask: Ask) -> Assignment:
    found = ask.record.seconds.one(str(ask.request.path_params["assignment"]))
    if found.coder != _me(ask):
        raise UnknownError(ask.words("second.notyours"))
    return found


def form(ask: Ask) -> Response:
    """The reports of an event and an empty form: nothing of what was coded of it."""
    found = _mine(ask)
    if found.state == CODED:
        return go(ask.url(f"/second/{found.name}/compare"))
    event = ask.record.seconds.event(found)
    if found.state != OPEN or event is None:
        raise UnknownError(ask.words("second.gone"))
    accounts = ask.record.event(event).values["accounts"]
    reports = [ask.record.report(name) for name in dict.fromkeys(a["report_id"] for a in accounts)]
    return show(ask, "blindform.html", a=found, reports=reports, rows=ROWS, **form_lists(ask))


def submit(ask: Ask) -> Response:
    """Keep a blind coding; from then on both can be seen."""
    found = _mine(ask)
    ask.record.seconds.submit(found.name, values_of(ask), by=_me(ask))
    return go(ask.url(f"/second/{found.name}/compare", done=1))


def withdraw(ask: Ask) -> Response:
    """Take an assignment back that is not coded yet."""
    ask.record.seconds.withdraw(str(ask.request.path_params["assignment"]), by=_me(ask), why=ask.text("why"))
    return go(ask.url("/second", done=1))


def _compared(ask: Ask, found: Assignment) -> dict[str, Any]:
    codings = ask.record.seconds.codings_of(found, as_of=ask.seq)
    event = ask.record.seconds.event(found, as_of=ask.seq)
    rulings = ask.record.rulings(event, as_of=ask.seq) if event else []
    return {"codings": codings, "event": event, "rows": rows(codings, rulings, found.coded_at or "")}


def _open_differences(ask: Ask, found: Assignment) -> int:
    def count() -> int:
        return sum(row.differs and row.settled is None for row in _compared(ask, found)["rows"])

    return ask.memory.of(("differences", found.name, ask.seq), count)


def _seen(ask: Ask) -> tuple[Assignment, dict[str, Any]] | Response:
    """An assignment that is coded, with its codings; nobody sees them who is still to code the event blind."""
    found = ask.record.seconds.one(str(ask.request.path_params["assignment"]), as_of=ask.seq)
    if found.state != CODED:
        raise UnknownError(ask.words("second.notcoded"))
    told = _compared(ask, found)
    if told["event"] in ask.held[0]:
        return message(ask, 403, "second.blind.title", "second.blind.lead")
    return found, told


def compare(ask: Ask) -> Response:
    """The codings of one event side by side."""
    seen = _seen(ask)
    if isinstance(seen, Response):
        return seen
    found, told = seen
    now = ask.record.event(told["event"], as_of=ask.seq).values if told["event"] else None
    return show(ask, "compare.html", a=found, now=now, version=ask.seq, done=ask.given.get("done"), **told)


def settle(ask: Ask) -> Response:
    """Rule that what one of the codings says of a field holds."""
    seen = _seen(ask)
    if isinstance(seen, Response):
        return seen
    found, told = seen
    field, which, why = ask.text("field"), ask.text("which"), why_of(ask)
    if field not in LEVELS or not which.isdigit() or int(which) >= len(told["codings"]) or told["event"] is None:
        raise RecordError(ask.words("second.need.which"))
    event = str(told["event"])
    value = settling(field, told["codings"][int(which)])
    answer = decided(ask, event, lambda: ask.record.rule_event(event, "value", why=why, by=_me(ask), value=value))
    return answer if answer.status_code != 303 else go(ask.url(f"/second/{found.name}/compare", done=1))


def agreement(ask: Ask) -> Response:
    """How far those agree who coded the same events, field by field."""
    codings = ask.memory.of(("codings", ask.seq), lambda: ask.record.seconds.codings(as_of=ask.seq))
    people, machine = figures(codings), figures(codings, machine=True)
    return show(
        ask, "agreement.html", lines=[(field, level, people[field], machine[field]) for field, level in LEVELS.items()],
        events=len({c.unit for c in codings}), coders=sorted({c.by for c in codings if not c.machine}),
    )  # fmt: skip


def export(ask: Ask) -> Response:
    """The figures, or every value that they are worked out from, as CSV."""
    what = ask.request.path_params["what"]
    codings = ask.record.seconds.codings(as_of=ask.seq)
    held, _ = ask.held
    if what == "values":
        lines: list[Any] = [("event", "coder", "field", "value"), *unit_rows([c for c in codings if c.unit not in held])]
    elif what == "figures":
        lines = [("field", "scale", "coders", "alpha", "units", "values", "share_same", "distinct")]
        for among in (False, True):
            for field, a in figures(codings, machine=among).items():
                told = ["" if n is None else round(n, 4) for n in (a.alpha, a.same)]
                lines.append((field, LEVELS[field], "people and machine" if among else "people", told[0], a.units, a.values, told[1], a.distinct))
    else:
        raise UnknownError(f"there are figures.csv and values.csv, not {what}.csv")
    made = io.StringIO()
    csv.writer(made).writerows([safe_cell(c) for c in line] for line in lines)
    headers = {"Content-Disposition": f'attachment; filename="concordant-agreement-{what}.csv"'}
    return Response(made.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)

