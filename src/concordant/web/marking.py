"""Words that a person marks in a report: from the form to a ruling, and how they are shown afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from concordant.record import RecordError, ReportView
from concordant.review import QuotationError, mark
from concordant.web.deciding import value_of
from concordant.web.page import Ask

# What words can be marked for, in the order of the form; "party" and "casualties" then say which.
FIELDS = ("casualties", "date", "place", "party", "kind", "claimed_by", "means", "attributed_to")


def quotation(ask: Ask, report: ReportView) -> dict[str, Any]:
    """The evidence that a form marks in a report. Raises RecordError where the words do not stand there."""
    parts = {"title": report.title or "", "text": report.text}
    quote = _as_written(parts, _typed(ask))
    which = ask.text("which")
    if which and not (which.isdigit() and len(which) < 6):
        raise RecordError(ask.words("mark.which.wrong", value=which))
    try:
        return mark(parts, quote, near=_near(ask), which=int(which) if which else None)
    except QuotationError as error:
        times = {"n": error.times} if error.reason == "several" else {}
        raise RecordError(ask.words(f"mark.{error.reason}", **times)) from None


def _typed(ask: Ask) -> str:
    """The words as they were given: browsers send the ends of lines in their own way, and spaces around are no words."""
    value = ask.form.get("quote")
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""


def _as_written(parts: Mapping[str, str], quote: str) -> str:
    """The words with the ends of lines that the report has."""
    if "\n" not in quote:
        return quote
    pattern = re.compile("(?:\r\n|\r|\n)".join(re.escape(line) for line in quote.split("\n")))
    found = next((m for text in parts.values() if (m := pattern.search(text))), None)
    return found.group() if found else quote


def _near(ask: Ask) -> tuple[str, int] | None:
    """Where the words were marked, where a script could tell."""
    part, at = ask.text("part"), ask.text("at")
    return (part, int(at)) if part in ("title", "text") and at.isdigit() and len(at) < 10 else None


def marked_value(ask: Ask, evidence: Mapping[str, Any]) -> dict[str, Any]:
    """The value ruling that a form asks for, with the words that carry it; a name that is left out is that of the words."""
    field, words = ask.text("field"), str(evidence["text"])
    if field == "party":
        value = _party(ask, words)
    elif field == "claimed_by":
        value = {"field": field, "value": ask.text(field) or words}
    elif field == "place":
        value = value_of(ask, {})
        value["value"] = value["value"] or _place_of(words)
    elif field in FIELDS:
        value = value_of(ask, {})
    else:
        raise RecordError(ask.words("mark.field.wrong"))
    if value["value"] in (None, "", []):
        raise RecordError(ask.words("mark.value.missing"))
    return {**value, "evidence": [dict(evidence)]}


def _party(ask: Ask, words: str) -> dict[str, Any]:
    name, role = " ".join((ask.text("party") or words).split()), ask.text("partyrole") or "perpetrator"
    told = {"name": name, "actor_id": None, "role": role, "type": ask.text("type") or "unidentified"}
    return {"field": f"parties.{role}.{name}", "value": {**told, "presumed": bool(ask.text("presumed")), "country": None}}


def _place_of(words: str) -> dict[str, Any]:
    nothing = dict.fromkeys(("latitude", "longitude", "radius_km", "country", "admin1", "admin2", "gazetteer_id"))
    return {"name": " ".join(words.split()), "relation": "at", **nothing, "in_gazetteer": False}


def claims_marked(rulings: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Value rulings with words as claims of their account: what they say, in which words, who said so."""
    return [
        {
            "id": r["id"], "field": str(r["value"]["field"]).partition(".")[0], "value": shown_value(r["value"]), "evidence": list(r["value"]["evidence"]),
            "account_id": r["subject"][0], "by": r["by"], "at": r["at"], "rejected": False,
        }
        for r in rulings
        if r["kind"] == "value" and r["value"] and r["value"].get("evidence")
    ]  # fmt: skip


def shown_value(ruled: Mapping[str, Any]) -> Any:
    """The value of a ruling in the form that its field is shown in."""
    whole, _, rest = str(ruled["field"]).partition(".")
    if whole != "casualties" or not rest:
        return ruled["value"]
    outcome, _, side = rest.partition(".")
    return {**(ruled["value"] or {}), "outcome": outcome, "victims": side or "mixed"}
