"""Taking in what was read: a report, its document, what the coder made of it, and its accounts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from concordant.record.database import Change, Database, sha256
from concordant.record.forms import CODED, IRRELEVANT, Outcome
from concordant.record.items import Task, failed, set_state
from concordant.record.linkage import Linkage
from concordant.record.naming import account_number
from concordant.record.packing import pack, pack_text
from concordant.record.reading import Read
from concordant.reports.report import Report

DUPLICATE_ID = "duplicate-id"


def absorb(database: Database, linkage: Linkage, task: Task, read: Read) -> Outcome | None:
    """Take in what came of reading an item; None where another process has done so in the meantime."""
    with database.transaction():
        if database.value("SELECT state FROM item_now WHERE item = ?", (task.item,)) != "pending":
            return None
        if read.report is None or read.coded is None:
            code, reason = read.problem or ("unread", "nothing came of reading it")
            return failed(database, task, code, reason)
        held, name = _named(database, read.report, task)
        if name is None:
            reason = f"the id {read.report.id!r} is another report's of the same file: give each its own"
            return failed(database, task, DUPLICATE_ID, reason)
        if held is not None:
            return _known(database, task, held, name)
        return _coded(database, linkage, task, read.report, read.coded, name)


def _named(database: Database, report: Report, task: Task) -> tuple[int | None, str | None]:
    """The report that this one is, if it is known, and its id: none where the id belongs to another of its file."""
    text = text_hash(report)
    apart = hashlib.sha256(f"{text} {report.outlet} {report.url}".encode("utf-8", "surrogatepass")).hexdigest()[:8]
    for name in (report.id, f"{report.id}~{apart}"):
        row = database.row(
            "SELECT r.id, d.text_sha256, d.outlet, d.url, s.source FROM report r JOIN document d ON d.report = r.id "
            "JOIN sighting s ON s.item = d.item WHERE r.report_id = ? ORDER BY d.id, s.id LIMIT 1", (name,),
        )  # fmt: skip
        if row is None:
            return None, name
        if (row[1], row[2], row[3]) == (text, report.outlet, report.url):
            return int(row[0]), name
        if task.kind == "row" and row[4] == task.source:
            return None, None
    return None, None


def text_hash(report: Report) -> str:
    return sha256(f"{report.title or ''}\n\n{report.text}".encode("utf-8", "surrogatepass"))


def _known(database: Database, task: Task, report: int, name: str) -> Outcome:
    """The same report in other bytes: what became of it holds for these too."""
    relevant, why = database.row(
        "SELECT c.relevant, c.why FROM report_now n JOIN coding c ON c.id = n.coding WHERE n.report = ?", (report,)
    ) or (0, None)
    state = CODED if relevant else IRRELEVANT
    outcome = Outcome(task.item, state, task.source, task.line, name, reason=None if relevant else why, new=False)
    with database.change("known", f"report {name}", note=f"item {task.item}") as change:
        set_state(change, outcome, report)
    return outcome


def _coded(
    database: Database, linkage: Linkage, task: Task, report: Report, coded: Mapping[str, Any], name: str
) -> Outcome:
    # The account's ids hang on the report's id: where that is not its own, they must not be another report's.
    events = distinct(renamed(event, report.id, name) for event in coded["events"])
    state = CODED if coded["relevant"] else IRRELEVANT
    why = None if coded["relevant"] else coded.get("set_aside") or "no event is told in it"
    outcome = Outcome(task.item, state, task.source, task.line, name, reason=why, accounts=len(events))
    with database.change("coded", f"report {name}", note=f"item {task.item}") as change:
        number = change.add("report", report_id=name)
        if name != report.id:  # its own id is another report's: it is kept, for the coder names accounts by it
            report = replace(report, metadata={**report.metadata, "own_id": report.id})
        document = add_document(change, number, task.item, report)
        add_coding(change, linkage, number, document, report, coded, events)
        set_state(change, outcome, number)
        linkage.report_added(change, number, report.text)
    return outcome


def renamed(event: Mapping[str, Any], own: str, name: str) -> Mapping[str, Any]:
    """An event of a report that is called otherwise here than in its own file: its account is too."""
    if own == name:
        return event
    made = hashlib.sha256(f"{name} {event['account_id']}".encode()).hexdigest()[:16]
    return {**event, "account_id": made}


def distinct(events: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Events of one report, each with an id of its own also where two are told in the very same words."""
    found: dict[str, Mapping[str, Any]] = {}
    for event in events:
        name, number = str(event["account_id"]), 1
        while name in found:
            number += 1
            name = hashlib.sha256(f"{event['account_id']} {number}".encode()).hexdigest()[:16]
        found[name] = {**event, "account_id": name}
    return list(found.values())


def add_document(change: Change, number: int, item: int, report: Report) -> int:
    """Add a report's text and what is known of its publication."""
    first, last = report.published_within or (None, None)
    return change.add(
        "document", report=number, item=item, title=report.title,
        text=pack_text(report.text), text_sha256=text_hash(report),
        published=report.published.isoformat() if report.published else None,
        published_first=first.isoformat() if first else None, published_last=last.isoformat() if last else None,
        outlet=report.outlet, author=report.author, language=report.language, url=report.url,
        date_source=report.date_source, notes=json.dumps(list(report.notes), ensure_ascii=False),
        metadata=json.dumps(dict(report.metadata), ensure_ascii=False, sort_keys=True),
    )  # fmt: skip


def add_coding(
    change: Change, linkage: Linkage, number: int, document: int, report: Report, coded: Mapping[str, Any],
    events: Sequence[Mapping[str, Any]],
) -> None:  # fmt: skip
    """Add what a coder made of a report, with its accounts; from now on this is the report's coding."""
    coder = coded["coder"]
    why = None if coded["relevant"] else coded.get("set_aside") or "no event is told in it"
    coding = change.add(
        "coding", report=number, document=document, coder=coder["name"], version=coder["version"],
        codebook=coded["codebook"], relevant=int(coded["relevant"]), why=why, not_coded=pack(coded["not_coded"]),
    )  # fmt: skip
    change.put(
        "INSERT INTO report_now (report, document, coding, origin) VALUES (?, ?, ?, ?) ON CONFLICT (report) DO UPDATE "
        "SET document = excluded.document, coding = excluded.coding",
        (number, document, coding, linkage.own_origin(number)),
    )
    for position, event in enumerate(events):
        body = pack({"event": event, **linkage.heard(report.title, report.text, report.language, event)})
        account = change.add(
            "account", coding=coding, report=number, account_id=event["account_id"], position=position, body=body
        )
        change.put(
            "INSERT INTO account_now VALUES (?, ?, ?, ?, ?, ?)",
            (account, event["account_id"], account_number(event["account_id"]), number, None, None),
        )
        change.put("INSERT INTO account_text (rowid, words) VALUES (?, ?)", (account, _said(report, event)))


def _said(report: Report, event: Mapping[str, Any]) -> str:
    """The words by which an account can be searched: its report's title, its names, and the words that carry it."""
    place = event.get("place") or {}
    found = [report.title or "", *(str(place[k]) for k in ("name", "admin1", "admin2") if place.get(k))]
    found += [str(party["name"]) for party in event.get("parties") or ()]
    found += [str(toll["quote"]) for toll in event.get("casualties") or ()]
    found += [str(source) for source in event.get("attributed_to") or ()]
    found += _sentences(report.text, event)
    return " ".join(dict.fromkeys(found))


def _sentences(text: str, event: Mapping[str, Any]) -> list[str]:
    """The lines of the text that hold what says that it happened."""
    spans = [(e["start"], e["end"]) for e in (event.get("evidence") or {}).get("trigger") or () if e["in"] == "text"]
    found = []
    for start, end in spans:
        first = max(text.rfind(mark, 0, start) for mark in ".\n") + 1
        after = [at for mark in ".\n" if (at := text.find(mark, end)) >= 0]
        found.append(text[max(first, start - 400) : min([*after, end + 400])].strip())
    return found


