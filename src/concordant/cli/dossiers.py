"""The dossier of an event on screen: its values with who says so, its accounts with their words, rulings and links."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from concordant.record import LogLine, Record, UnknownError
from concordant.record.telling import figure, summary

_FIELDS = ("kind", "date", "place", "coordinates", "means", "claimed_by", "attributed_to", "standing", "role")
_WORDS = 160


def show_dossier(record: Record, name: str, as_of: str | None, *, as_json: bool) -> None:
    """Print the dossier of an event, or a report of that id."""
    try:
        found = record.dossier(name, as_of=as_of)
    except UnknownError as missing:
        _show_report(record, name, as_of, missing, as_json=as_json)
        return
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for line in _lines(found):
        print(line)


def _lines(found: Mapping[str, Any]) -> Iterator[str]:
    event = found["event"]
    yield f"Event {event['id']}  (as known {found['known'][:19].replace('T', ' ')} UTC)"
    yield from _values(event)
    yield from _why(event, {c["id"]: c for account in found["accounts"] for c in account["claims"]})
    yield ""
    yield f"Accounts ({len(found['accounts'])})"
    for account in found["accounts"]:
        yield from _account(account)
    yield from _links(event, found["accounts"])
    for name, words in (("parts", "Adds up, it seems (counted there and not here)"), ("sums", "Part of a sum, it seems")):
        if found[name]:
            yield ""
            yield f"{words}: {', '.join(found[name])}"
    yield from _rulings(found["rulings"])


def _values(event: Mapping[str, Any]) -> Iterator[str]:
    short = summary(event)
    for name in _FIELDS:
        if short.get(name):
            yield f"  {name:<14}{_said(short[name])}"
    for party in event.get("parties") or ():
        flags = ", ".join(filter(None, (party.get("type"), "presumed" if party.get("presumed") else "")))
        yield f"  {party['role']:<14}{party['name']} ({flags})"
    for toll in event.get("casualties") or ():
        parts = " + ".join(f"{p['best'] if p['best'] is not None else '?'} {p['name']}" for p in toll.get("parts") or ())
        flags = ", ".join(name for name in ("hedged", "rival") if toll.get(name))
        told = f"{figure(toll)} {toll['victims']}" + (f" = {parts}" if parts else "") + (f" ({flags})" if flags else "")
        yield f"  {toll['outcome']:<14}{told}"
    sure = event.get("confidence") or {}
    yield (
        f"  {'confidence':<14}{sure.get('overall')}: {sure.get('reports')} reports, {sure.get('origins')} origins, "
        f"{sure.get('independent')} independent"
    )


def _why(event: Mapping[str, Any], claims: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """What made each value, and what others say."""
    reports = {a["account_id"]: a["report_id"] for a in event["accounts"]}
    yield ""
    yield "Why"
    for field, told in (event.get("why") or {}).items():
        sources = list(dict.fromkeys(_source(s, reports) for s in told.get("from") or ()))
        yield f"  {field}: {told.get('rule')}, from {', '.join(sources)}"
        for rival in told.get("rivals") or ():
            yield f"      other: {_rival(rival, reports, claims)}"


def _source(told: Mapping[str, Any], reports: Mapping[str, str]) -> str:
    name = reports.get(str(told.get("account_id")), str(told.get("account_id")))
    return f"ruling {told['ruling']}" if told.get("ruling") else name


def _rival(
    told: Mapping[str, Any], reports: Mapping[str, str], claims: Mapping[str, Mapping[str, Any]]
) -> str:
    """Another value: what it is, who gives it, and what speaks against it."""
    claim = claims.get(str(told.get("claim")))
    first = next(iter(told.get("from") or ()), told)
    said = _claim(claim) if claim else _short(told.get("value", told.get("claim")))
    more = [f"{k.replace('_', ' ')} {_short(told[k])}" for k in ("attributed_to", "interest") if told.get(k)]
    more += ["superseded"] if told.get("superseded") else []
    return f"{said}, by {_source(first, reports)}" + (f" ({'; '.join(more)})" if more else "")


def _short(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value.get("name") or value.get("start") or json.dumps(value, ensure_ascii=False))
    return _said(value)


def _account(account: Mapping[str, Any]) -> Iterator[str]:
    known = " · ".join(filter(None, (account["report_id"], account.get("outlet"), account.get("published"))))
    copy = f" (copy: origin {account['origin']})" if account.get("origin") not in (None, account["report_id"]) else ""
    yield f"  {account['account_id']}  {known} · {account['role']}{copy}"
    if account.get("title"):
        yield f"      {account['title']}"
    for claim in account["claims"]:
        words = " | ".join(dict.fromkeys(" ".join(e["text"].split()) for e in claim["evidence"]))
        flag = " REJECTED" if claim["rejected"] else ""
        yield f"      {claim['id'][:8]} {claim['field']}: {_claim(claim)}{flag}" + (f"  “{words[:_WORDS]}”" if words else "")


def _claim(claim: Mapping[str, Any]) -> str:
    value = claim["value"]
    if claim["field"] == "casualties":
        return f"{figure(value)} {value['outcome']}, {value['victims']}"
    if claim["field"] == "parties":
        return f"{value['name']} as {value['role']}"
    if claim["field"] == "date":
        return str(value["start"]) if value["start"] == value["end"] else f"{value['start']}/{value['end']}"
    return _short(value)


def _links(event: Mapping[str, Any], accounts: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    reports = {a["account_id"]: a["report_id"] for a in accounts}
    if event.get("links"):
        yield ""
        yield "Brought together because"
    for link in event.get("links") or ():
        pair = f"{reports.get(link['a'], link['a'])} ~ {reports.get(link['b'], link['b'])}"
        yield f"  {pair} ({link['score']:+.1f}): " + ("ruled so; " if link.get("ruling") else "") + "; ".join(link["words"])


def _rulings(rulings: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if rulings:
        yield ""
        yield "Rulings"
    for told in rulings:
        value = f" {json.dumps(told['value'], ensure_ascii=False)}" if told["value"] else ""
        yield f"  {told['id']} {told['at'][:19].replace('T', ' ')} {told['by']}: {told['kind']} {told['judgement']}{value}: {told['why']}"


def show_log(lines: Sequence[LogLine], *, as_json: bool) -> None:
    """Print the changes of an event's values."""
    before = None
    for line in lines:
        if as_json:
            print(json.dumps(line.to_dict(), ensure_ascii=False))
            continue
        if (line.seq, line.cause) != before:
            print(f"{line.at[:19].replace('T', ' ')} UTC  #{line.seq}  {line.cause}  by {line.by}" + (f"  ({line.note})" if line.note else ""))
        before = (line.seq, line.cause)
        print(f"    {line.field}: {_change(line.old, line.new)}")


def _change(old: Any, new: Any) -> str:
    """A change in short: of a list only what came and what went."""
    if isinstance(old, list) and isinstance(new, list):
        come, gone = [v for v in new if v not in old], [v for v in old if v not in new]
        return "; ".join(filter(None, (f"+ {', '.join(come)}" if come else "", f"- {', '.join(gone)}" if gone else ""))) or "order"
    return f"{_said(old)} -> {_said(new)}"


def _said(value: Any) -> str:
    if value is None or value == []:
        return "–"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _show_report(record: Record, name: str, as_of: str | None, missing: UnknownError, *, as_json: bool) -> None:
    try:
        report = record.report(name, as_of=as_of)
    except UnknownError:
        raise missing from None
    if as_json:
        print(json.dumps(report.to_dict(), ensure_ascii=False, indent=2))
        return
    print(f"Report {report.report_id}: {report.title or 'without a title'}")
    print(f"  {report.outlet or 'outlet unknown'} · {report.published or 'undated'} · {report.language} · {report.state}"
          + (f": {report.why}" if report.why else ""))  # fmt: skip
    for name_, share in report.copies:
        print(f"  copy of or copied by {name_}: {share:.0%} of the text in common")
    for account in report.accounts:
        print(f"  {account['role']} {account['kind']} {account['account_id']} in event {account['event_id']}")
    for passage in report.not_coded:
        print(f"  left: “{' '.join(passage['text'].split())[:_WORDS]}”: {passage['why']}")
