"""Deciding: confirm, correct, reject, merge, split, rule out, take back; each a form that is sent and answered with the event."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from concordant.record import RecordError, UnknownError
from concordant.web.deciding import ConflictError, confirmed, unchanged, value_of, why_of
from concordant.web.page import Ask, go, message, show
from concordant.web.rights import may_take_back

# What of a form belongs to the form and not to the decision.
_ASIDE = ("version", "queue")


def decided(ask: Ask, event_id: str, decide: Callable[[], str], to: str | None = None) -> Response:
    """Decide on an event that is still what the form showed; else show both versions and keep what was typed."""
    try:
        with ask.record.database.transaction():
            unchanged(ask.record, event_id, ask.text("version"))
            made = decide()
    except ConflictError as conflict:
        return _both(ask, conflict)
    return go(ask.url(to, done=made)) if to else _back(ask, event_id, made)


def _both(ask: Ask, conflict: ConflictError) -> Response:
    typed = [(name, value) for name, value in ask.form.multi_items() if isinstance(value, str) and name not in _ASIDE]
    return show(ask, "conflict.html", status=409, conflict=conflict, typed=typed, action=ask.request.url.path,
                queue=ask.text("queue"), event=ask.record.event(conflict.event_id))  # fmt: skip


def _back(ask: Ask, event_id: str, made: str) -> Response:
    now = ask.record.account_event(ask.record.ruling(made).subject[0])
    return go(ask.url(f"/events/{now or ask.record.event(event_id).id}", done=made, queue=ask.text("queue") or None))


def _by(ask: Ask) -> str:
    return ask.person.name if ask.person else ""


def _event(ask: Ask) -> str:
    return str(ask.request.path_params["event"])


def _rule(ask: Ask, kind: str, value: dict[str, Any] | None = None) -> Response:
    why, name = why_of(ask), _event(ask)
    return decided(ask, name, lambda: ask.record.rule_event(name, kind, why=why, by=_by(ask), value=value))


def value(ask: Ask) -> Response:
    """Set a value."""
    return _rule(ask, "value", value_of(ask, ask.record.event(_event(ask)).values))


def claim(ask: Ask) -> Response:
    """Reject a claim."""
    return _rule(ask, "claim", {"claim": ask.text("claim")})


def confirm(ask: Ask) -> Response:
    """Confirm the values as they are."""
    return _rule(ask, "confirm", confirmed(ask.record, _event(ask)))


def not_event(ask: Ask) -> Response:
    """Rule that it is no event."""
    return _rule(ask, "not_event")


def merge(ask: Ask) -> Response:
    """Rule that two events are one happening."""
    why, name, other = why_of(ask), _event(ask), ask.text("other_id") or ask.text("other")
    if not other:
        raise UnknownError(ask.words("decide.merge.with"))
    return decided(ask, name, lambda: ask.record.link(name, other, why=why, by=_by(ask)))


def split(ask: Ask) -> Response:
    """Rule that an account is not of this event."""
    why, name = why_of(ask), _event(ask)
    return decided(ask, name, lambda: ask.record.unlink(name, ask.text("account"), why=why, by=_by(ask)))


def undo(ask: Ask) -> Response:
    """Take a ruling back."""
    ruling = ask.record.ruling(ask.request.path_params["ruling"])
    if not may_take_back(ask.person, ruling.by, ruling.kind):
        return message(ask, 403, "error.forbidden", "decide.forbidden")
    made = ask.record.take_back(ruling.id, why=ask.text("why") or ask.words("decide.undo.why"), by=_by(ask))
    if ruling.kind == "irrelevant":
        return go(ask.url(f"/reports/{ruling.subject[0]}", done=1))
    event = ask.record.account_event(ask.record.ruling(made).subject[0])
    return go(ask.url(f"/events/{event}" if event else "/rulings", done=1))


def irrelevant(ask: Ask) -> Response:
    """Rule that a report tells of nothing."""
    name = ask.request.path_params["report"]
    ask.record.decide("irrelevant", [name], why=why_of(ask), by=_by(ask))
    return go(ask.url(f"/reports/{name}", done=1))


def pair(ask: Ask) -> Response:
    """Rule on two events that may be one: the same happening, or two."""
    one, other = ask.text("one"), ask.text("other")
    same = ask.text("same") == "1"
    if same:
        ask.record.link(one, other, why=ask.words("queue.why.same"), by=_by(ask))
    else:
        _keep_apart(ask, one, other)
    return go(ask.url("/queue", what="merges", done=1))


def _keep_apart(ask: Ask, one: str, other: str) -> None:
    """Rule that no account of one event is of the other."""
    with ask.record.database.transaction():
        firsts = [ask.record.event(name).values["accounts"][0]["account_id"] for name in (one, other)]
        if len(set(firsts)) != 2:
            raise RecordError("it is one event already")
        ask.record.decide("pair", sorted(firsts), why=ask.words("queue.why.different"), by=_by(ask), judgement="not_same")
