"""Bringing reports in: a pasted text, files, and what became of them."""

from __future__ import annotations

import json
from datetime import date

from starlette.datastructures import UploadFile
from starlette.responses import Response

from concordant.record import Intake, RawItem, Receipt, RecordError
from concordant.record.intake import items_in
from concordant.record.subscriptions import AddressError, plain
from concordant.web.page import Ask, go, show

_RECENT = 40


def add(ask: Ask) -> Response:
    """The forms."""
    return show(ask, "add.html", largest=ask.request.app.state.settings.largest_mb)


def take(ask: Ask) -> Response:
    """Keep what was pasted or dropped, and let it be read."""
    intake = Intake(_day(ask), _language(ask), ask.text("outlet") or None)
    raws = [*_pasted(ask, intake), *_dropped(ask, intake)]
    if not raws:
        raise RecordError(ask.words("add.empty"))
    receipts: list[Receipt] = list(ask.record.take_all(raws))
    ask.request.app.state.worker.wake()
    new = sum(receipt.new for receipt in receipts)
    return go(ask.url("/intake", taken=new, known=len(receipts) - new))


def address_in(ask: Ask) -> str:
    """The address that a form gives. Raises RecordError for what is none."""
    try:
        return plain(ask.text("address"))
    except AddressError:
        raise RecordError(ask.words("add.fetch.bad", address=ask.text("address")[:200])) from None


def address(ask: Ask) -> Response:
    """Have an address asked: by this server, with its guards, and never by the reader's browser."""
    state = ask.request.app.state
    state.worker.fetch(address_in(ask), Intake(_day(ask), _language(ask), ask.text("outlet") or None, state.fetch))
    return go(ask.url("/intake", asked=1))


def _day(ask: Ask) -> str | None:
    told = ask.text("published")
    try:
        return date.fromisoformat(told).isoformat() if told else None
    except ValueError:
        raise RecordError(f"{told!r} is no day as YYYY-MM-DD") from None


def _language(ask: Ask) -> str | None:
    told = ask.text("language")
    return told if told in ("fr", "en") else None


def _pasted(ask: Ask, intake: Intake) -> list[RawItem]:
    """A pasted text as one report: the same text pasted twice is one report."""
    if not ask.text("text"):
        return []
    told = {"title": ask.text("title"), "text": ask.text("text"), "url": ask.text("url"), **intake.given()}
    row = {name: value for name, value in told.items() if value}
    body = json.dumps(row, ensure_ascii=False, sort_keys=True).encode()
    by = ask.person.name if ask.person else "nobody"
    return [RawItem("row", body, f"pasted by {by}", given=intake.given())]


def _dropped(ask: Ask, intake: Intake) -> list[RawItem]:
    """The reports in files that were dropped. What cannot be read is kept, with the reason, like everything else."""
    found: list[RawItem] = []
    for upload in ask.form.getlist("files"):
        if isinstance(upload, UploadFile) and upload.filename:
            name = upload.filename.replace("\\", "/").rsplit("/", 1)[-1][:200]
            found += [item for item in items_in(upload.file, name, intake) if isinstance(item, RawItem)]
    return found


def intake(ask: Ask) -> Response:
    """What came in and what became of it; while there is work the page asks to be shown again."""
    worker = ask.request.app.state.worker
    counts = ask.counts()
    busy = worker.busy and not ask.past
    headers = {"Refresh": "3"} if busy else {}
    return show(ask, "intake.html", headers=headers, counts=counts, busy=busy, problem=worker.problem,
                recent=list(worker.recent)[:_RECENT], told=list(worker.told)[:_RECENT], waiting=worker.waiting, taken=ask.given.get("taken"), known=ask.given.get("known"))  # fmt: skip


def retry(ask: Ask) -> Response:
    """Try what is quarantined again."""
    count = ask.record.retry(by=ask.person.name if ask.person else None)
    ask.request.app.state.worker.wake()
    return go(ask.url("/left", what="quarantined", retried=count))
