"""Marking words of a report for a value: the ruling is written down with the words and where they stand."""

from __future__ import annotations

from starlette.responses import Response

from concordant.record import UnknownError
from concordant.web.deciding import why_of
from concordant.web.marking import marked_value, quotation
from concordant.web.page import Ask
from concordant.web.pages.deciding import decided


def mark(ask: Ask) -> Response:
    """Set a value of an event in the words of one of its reports."""
    why, report = why_of(ask), ask.record.report(ask.request.path_params["report"])
    account = next((a["account_id"] for a in report.accounts if a["account_id"] == ask.text("account")), None)
    event = ask.record.account_event(str(account)) if account else None
    if account is None or event is None:
        raise UnknownError(ask.words("mark.account.wrong"))
    value = marked_value(ask, quotation(ask, report))
    by = ask.person.name if ask.person else ""
    return decided(ask, event, lambda: ask.record.decide("value", [account], why=why, by=by, value=value))
