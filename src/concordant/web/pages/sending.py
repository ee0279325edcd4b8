"""Reports that programs send: kept at once, with a receipt, and what has become of them since."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from starlette.responses import JSONResponse, Response

from concordant.record import Intake, RawItem, RecordError
from concordant.web.page import Ask

# What may be sent, and the kind of item that it is.
KINDS = {"application/json": "row", "text/plain": "text", "text/html": "html", "application/pdf": "pdf"}
_LANGUAGES = ("fr", "en")
_SAID = 2000  # characters of a title or an address


class UnsentError(RecordError):
    """What was sent is no report; says what is wrong with it."""

    code = "E_REPORT"


def send(ask: Ask) -> Response:
    """Keep one report. Sent again it is known, and the receipt says what has become of it."""
    kind = ask.request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in KINDS:
        told = f"a report is sent as {', '.join(KINDS)}, not as {kind or 'nothing'}"
        return JSONResponse({"error": "E_TYPE", "message": told}, 415)
    receipt = ask.record.take(_item(ask, KINDS[kind]))
    ask.request.app.state.worker.wake()
    told_ = _told(ask, receipt.item) | {"new": receipt.new, "sha256": receipt.sha256}
    return JSONResponse(told_, 201 if receipt.new else 200, headers={"Location": f"/api/v1/receipts/{receipt.item}"})


def receipt(ask: Ask) -> Response:
    """What has become of a report that was sent."""
    told = str(ask.request.path_params["item"])
    if not told.isascii() or not told.isdigit() or len(told) > 15:
        raise UnsentError(f"{told!r} is no number of a receipt")
    return JSONResponse(_told(ask, int(told)))


def _told(ask: Ask, item: int) -> dict[str, Any]:
    found = asdict(ask.record.outcome(item))
    return {name: found[name] for name in ("item", "state", "report_id", "accounts", "code", "reason")}


def _item(ask: Ask, kind: str) -> RawItem:
    """The item in what was sent. Raises UnsentError."""
    given = Intake(_day(ask), _language(ask), _said(ask, "outlet")).given()
    if not ask.body.strip():
        raise UnsentError("nothing was sent")
    by = ask.person.name if ask.person else "nobody"
    source = f"sent by {by}" + (f" with token {ask.person.token}" if ask.person and ask.person.token else "")
    if kind == "row":
        _checked(ask.body)
        return RawItem("row", ask.body, source, given=given)
    if kind == "text":
        row = {"title": _said(ask, "title"), "text": _text(ask.body), "url": _said(ask, "url"), **given}
        body = json.dumps({k: v for k, v in row.items() if v}, ensure_ascii=False, sort_keys=True).encode()
        return RawItem("row", body, source, given=given)
    url, title = _said(ask, "url"), _said(ask, "title")
    return RawItem(kind, ask.body, source, given=given | {k: v for k, v in (("url", url), ("title", title)) if v})


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnsentError("the text is not in UTF-8") from None


def _checked(body: bytes) -> None:
    """Refuse at once what reading would put in quarantine a moment later."""
    try:
        fields = json.loads(_text(body))
    except (ValueError, RecursionError) as error:
        raise UnsentError(f"invalid JSON: {str(error)[:80]}") from None
    if not isinstance(fields, dict):
        raise UnsentError(f"a report is one JSON object, not {type(fields).__name__}")
    if not isinstance(fields.get("text"), str) or not fields["text"].strip():
        raise UnsentError('a report has its text under "text"')
    if fields.get("published") is not None:
        _as_day(fields["published"])


def _day(ask: Ask) -> str | None:
    told = ask.given.get("published")
    return _as_day(told) if told else None


def _as_day(told: Any) -> str:
    try:
        date.fromisoformat(str(told)[:10])
    except ValueError:
        raise UnsentError(f"published: {told!r} is no day as YYYY-MM-DD") from None
    return str(told)[:10]


def _language(ask: Ask) -> str | None:
    told = ask.given.get("language") or None
    if told not in (None, *_LANGUAGES):
        raise UnsentError(f"language: {told!r} is none of {', '.join(_LANGUAGES)}")
    return told


def _said(ask: Ask, name: str) -> str | None:
    told = (ask.given.get(name) or "").strip()
    if len(told) > _SAID:
        raise UnsentError(f"{name}: over {_SAID} characters")
    return told or None
