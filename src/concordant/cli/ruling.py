"""The `rule` command: from what was typed to a ruling."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from concordant.record import Record, RecordError
from concordant.review import Judgement

_RANGE = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?")
_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)(?:/(\d{4}-\d\d-\d\d))?")
_LISTS = ("means", "attributed_to")


@dataclass(frozen=True, slots=True)
class Asked:
    """What `concordant rule` was asked for."""

    subject: str
    set: str | None
    reject: str | None
    not_event: bool
    confirm: bool
    irrelevant: bool
    undo: bool
    quote: str | None = None
    which: int | None = None


def decide(record: Record, asked: Asked, why: str) -> str:
    """Make the one ruling that was asked for."""
    chosen = [asked.set is not None, asked.reject is not None, asked.not_event, asked.confirm, asked.irrelevant]
    if sum(chosen) != 1:
        raise RecordError("say one of --set, --reject, --not-event, --confirm, --irrelevant")
    judgement = Judgement.NONE if asked.undo else Judgement.SAME
    if asked.irrelevant:
        return record.decide("irrelevant", [asked.subject], why=why, judgement=judgement)
    kind, value = _made(record, asked)
    if asked.quote is not None:
        if kind != "value" or value is None or asked.undo:
            raise RecordError("--quote gives the words for a value that is --set")
        account, words = record.mark(asked.subject, asked.quote, which=asked.which)
        return record.decide("value", [account], why=why, value={**value, "evidence": [words]})
    return record.rule_event(asked.subject, kind, why=why, value=value, judgement=judgement)


def _made(record: Record, asked: Asked) -> tuple[str, dict[str, Any] | None]:
    if asked.set is not None:
        name, mark, text = asked.set.partition("=")
        if not (mark or asked.undo):
            raise RecordError("--set takes FIELD=VALUE")
        return "value", {"field": name.strip(), "value": _value(name.strip(), text.strip()) if mark else None}
    if asked.reject is not None:
        return "claim", {"claim": asked.reject}
    return ("not_event", None) if asked.not_event else ("confirm", _confirmed(record, asked))


def _confirmed(record: Record, asked: Asked) -> dict[str, Any] | None:
    """The values that are confirmed are written down with the ruling: it holds for them and for no later ones."""
    if asked.undo:
        return None
    from concordant.record.telling import confirmable

    return confirmable(record.event(asked.subject).values)


def _value(name: str, text: str) -> Any:
    """A value as it is typed: figures as 12 or 10-14, days as 2024-05-06 or 2024-05-06/2024-05-08, JSON for the rest."""
    if text.startswith(("{", "[", "null")):
        try:
            return json.loads(text)
        except ValueError:
            raise RecordError(f"{text!r} is no JSON") from None
    if name.startswith("casualties.") and (found := _RANGE.fullmatch(text)):
        low, high = int(found.group(1)), int(found.group(2) or found.group(1))
        return {"low": low, "best": low if low == high else None, "high": high}
    if name == "date" and (found := _DAYS.fullmatch(text)):
        return {"start": found.group(1), "end": found.group(2) or found.group(1), "precision": "day"}
    if name == "place":
        return {"name": text}
    return [part.strip() for part in text.split(",")] if name in _LISTS else text
