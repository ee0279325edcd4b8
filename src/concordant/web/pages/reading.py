"""Reading: an event's dossier, its evidence packet, a report, the reports, and what was not coded."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice
from typing import Any

from starlette.responses import Response

from concordant.record import Event, Filters, ReportView, Skipped
from concordant.review import claims_of
from concordant.web.asking import UnclearError, asked
from concordant.web.dossier import Dossier, dossier, told
from concordant.web.marking import claims_marked
from concordant.web.page import Ask, go, show

_DAYS = 3
_LEFT = ("quarantined", "irrelevant", "passage", "ruling")
_SHOWN = 200


def event(ask: Ask) -> Response:
    """The dossier."""
    name = ask.request.path_params["event"]
    found = dossier(ask.record, name, ask.seq)
    if found.id != name:
        return go(ask.url(f"/events/{found.id}"))
    return show(
        ask, "event.html", d=found, tolls=found.tolls(), values=found.values(), contradictions=found.contradictions(),
        reports=found.reports(ask.record, ask.seq), near=near(ask, found), version=ask.seq, done=ask.given.get("done"),
        queue=ask.given.get("queue"), **form_lists(ask),
    )  # fmt: skip


def _countries(ask: Ask) -> list[tuple[str, str]]:
    from concordant.codebook import Codebook

    codes = {row["code"] for row in Codebook().table("countries") if row["code"]}
    return sorted(((code, ask.words.country(code)) for code in codes), key=lambda pair: pair[1])


def near(ask: Ask, found: Dossier) -> list[Event]:
    """Other events of the same country within three days: perhaps the same happening."""
    told_date, place = found.event.get("date") or {}, found.event.get("place") or {}
    if not told_date.get("start"):
        return []
    first, last = date.fromisoformat(told_date["start"]), date.fromisoformat(told_date.get("end") or told_date["start"])
    around = Filters(
        since=(first - timedelta(days=_DAYS)).isoformat(), until=(last + timedelta(days=_DAYS)).isoformat(),
        country=place.get("country"), standing="all",
    )  # fmt: skip
    others = (e for e in ask.shown(ask.record.events(around, as_of=ask.seq, limit=60)) if e.id != found.id)
    return list(islice(others, 8))


def packet(ask: Ask) -> Response:
    """The evidence packet: what a court or a fact-checker would want on paper."""
    found = dossier(ask.record, ask.request.path_params["event"], ask.seq)
    reports = [ask.record.report(name, as_of=ask.seq) for name in found.report_ids()]
    return show(ask, "packet.html", d=found, tolls=found.tolls(), values=found.values(), reports=reports,
                contradictions=found.contradictions(), seq=ask.seq)  # fmt: skip


def reports(ask: Ask) -> Response:
    """The reports, the newest first."""
    state, text = ask.given.get("state") or None, ask.given.get("q") or None
    if state not in (None, "coded", "irrelevant"):
        raise UnclearError(f"state={state}")
    after = ask.given.get("after") or "0"
    if not after.isdigit() or len(after) > 15:
        raise UnclearError(f"after={after}")
    size = asked(ask.given).size
    found = ask.record.reports(state=state, text=text, as_of=ask.seq, limit=size + 1, after=int(after), newest_first=True)
    total = ask.record.count_reports(state=state, text=text, as_of=ask.seq)
    page = found[:size]
    return show(ask, "reports.html", reports=page, total=total, next=page[-1]["number"] if len(found) > size else None,
                state=state, text=text, size=size)  # fmt: skip


def report(ask: Ask) -> Response:
    """One report with everything that was coded in it."""
    found = ask.record.report(ask.request.path_params["report"], as_of=ask.seq)
    claims: list[dict[str, Any]] = []
    for account in found.accounts:
        for claim in claims_of(account["account_id"], account):
            told_claim = {"id": claim.id, "field": claim.field, "value": claim.value, "evidence": list(claim.evidence)}
            claims.append(told_claim | {"event_id": account["event_id"], "account_id": account["account_id"]})
    claims += _marked(ask, found)
    return show(ask, "report.html", t=told(found, claims), r=found, claims=claims, done=ask.given.get("done"), version=ask.seq, **form_lists(ask))


def _marked(ask: Ask, report: ReportView) -> list[dict[str, Any]]:
    """What people marked in a report's words, each with the account that it is about."""
    now = {str(a["account_id"]) for a in report.accounts}
    made = ask.record.rulings_about(now, as_of=ask.seq)
    present = {r.id: ask.record.present_account(r.subject[0], as_of=ask.seq) for r in made}
    return [c | {"account_id": present[c["id"]]} for c in claims_marked(r.to_dict() for r in made) if present[c["id"]] in now]


def form_lists(ask: Ask) -> dict[str, Any]:
    """What the forms that set a value offer."""
    known = ask.words.known
    return {
        "kinds": known("kind"), "sides": known("side"), "outcomes": known("outcome"), "relations": known("relation"),
        "roles": known("partyrole"), "countries": _countries(ask),
    }  # fmt: skip


def raw(ask: Ask) -> Response:
    """The document as it came in: to be kept, never to be shown by the browser."""
    digest = ask.request.path_params["digest"]
    headers = {
        "Content-Disposition": f'attachment; filename="document-{digest[:12]}.bin"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(ask.record.raw(digest), media_type="application/octet-stream", headers=headers)


def left(ask: Ask) -> Response:
    """What was received and not coded, and the passages that were left, each with its reason."""
    what = ask.given.get("what") or "irrelevant"
    if what not in _LEFT:
        raise UnclearError(f"what={what}")
    found: list[Skipped] = list(ask.record.skipped(what=what, as_of=ask.seq, limit=_SHOWN + 1))
    return show(ask, "left.html", what=what, kinds=_LEFT, found=found[:_SHOWN], more=len(found) > _SHOWN, shown=_SHOWN,
                counts=ask.counts(), retried=ask.given.get("retried"))  # fmt: skip


def rulings(ask: Ask) -> Response:
    """Every ruling, the newest first, those that were superseded among them."""
    size, after = asked(ask.given).size, ask.given.get("after") or "0"
    if not after.isdigit() or len(after) > 15:
        raise UnclearError(f"after={after}")
    start = int(after)
    found = ask.record.latest_rulings(as_of=ask.seq, limit=size + 1, skip=start)
    shown = found[:size]
    standing = {r.id for r in ask.record.rulings_about({name for r in shown for name in r.subject}, as_of=ask.seq)}
    about = {name: ask.record.account_event(name, as_of=ask.seq) for r in shown for name in r.subject if r.kind != "irrelevant"}
    held, reports = ask.held
    shown = [r for r in shown if not any(about.get(name) in held or name in reports for name in r.subject)]
    return show(ask, "rulings.html", rulings=shown, standing=standing, about=about, next=start + size if len(found) > size else None)


def keys(ask: Ask) -> Response:
    """The shortcuts."""
    return show(ask, "keys.html")


def health(ask: Ask) -> Response:
    """Whether the record can be read."""
    from starlette.responses import JSONResponse

    return JSONResponse({"status": "ok", "entries": ask.seq})
