"""Coding the record again: what a newer coder or codebook would change, event by event, before it is accepted."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from concordant.archive.local import map_reports
from concordant.record import lookup
from concordant.record.absorbing import add_coding, distinct, renamed
from concordant.record.backing import backup
from concordant.record.database import Change, Database
from concordant.record.errors import RecordError
from concordant.record.forms import Outcome
from concordant.record.items import set_state
from concordant.record.linkage import Linkage
from concordant.record.packing import pack, unpack, unpack_text
from concordant.record.processing import Work
from concordant.record.ruling import note_misfits
from concordant.record.telling import differences, summary
from concordant.reports.report import Report

_SAME_WORDS = 0.3  # share of trigger words in common from which an account of a newer coding is the old one


@dataclass(frozen=True, slots=True)
class Difference:
    """One event that would be different: `what` is new, gone or changed; `changes` are (field, old, new)."""

    what: str
    event_id: str
    related: tuple[str, ...] = ()
    changes: tuple[tuple[str, Any, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What coding again would change: how many reports were coded, which of them differently, and which events."""

    reports: int
    changed: tuple[str, ...]
    failed: tuple[tuple[str, str], ...]
    events: tuple[Difference, ...]
    misfits: tuple[Mapping[str, Any], ...] = field(default=())


def propose(database: Database, work: Work, names: Iterable[str] | None = None) -> Proposal:
    """Code reports again and work out, in a copy of the record, what would come of it. The codings are kept for `accept`."""
    wanted = None if names is None else set(names)
    rows = database.rows("SELECT id, report_id FROM report ORDER BY id")
    chosen = [(int(number), str(name)) for number, name in rows if wanted is None or name in wanted]
    with database.transaction():
        database.rows("DELETE FROM recoding")
    changed, failures = [], []
    for (number, name), coded, reason in _coded(database, work, chosen):
        if coded is None:
            failures.append((name, reason))
        elif _differs(database, number, coded):
            changed.append(name)
            with database.transaction():
                database.rows(
                    "INSERT OR REPLACE INTO recoding VALUES (?, ?, ?)", (number, coded["coder"]["version"], pack(coded))
                )
    events, misfits = _tried(database) if changed or Linkage(database).outdated() else ((), ())
    return Proposal(len(chosen), tuple(changed), tuple(failures), events, misfits)


def _coded(
    database: Database, work: Work, chosen: Sequence[tuple[int, str]]
) -> Iterator[tuple[tuple[int, str], dict[str, Any] | None, str]]:
    if not chosen:
        return
    reports = (stored_report(database, number) for number, _ in chosen)
    results = map_reports(
        work.recoder, reports, work.workers, initializer=work.initializer, initargs=(work.codebook, work.scope),
        time_limit=work.time_limit, apart=work.apart,
    )  # fmt: skip
    for result in results:
        number, name = chosen[result.index]
        coded = result.value
        if coded is not None:
            coded = {**coded, "events": distinct(renamed(event, coded["id"], name) for event in coded["events"])}
        yield (number, name), coded, result.failure.reason if result.failure else ""


def stored_report(database: Database, number: int) -> Report:
    """A report of the record as it was read."""
    row = database.row(
        "SELECT r.report_id, d.title, d.text, d.published, d.published_first, d.published_last, d.outlet, d.language, d.url, "
        "d.metadata "
        "FROM report r JOIN report_now n ON n.report = r.id JOIN document d ON d.id = n.document WHERE r.id = ?", (number,),
    )  # fmt: skip
    if row is None:
        raise RecordError(f"the record has no report number {number}")
    name, title, text, published, first, last, outlet, language, url, metadata = row
    within = (date.fromisoformat(first), date.fromisoformat(last)) if first and last else None
    return Report(
        id=json.loads(metadata).get("own_id", name), title=title, text=unpack_text(text), outlet=outlet, language=language,
        url=url, published=date.fromisoformat(published) if published else None, published_within=within,
    )  # fmt: skip


def _differs(database: Database, number: int, coded: Mapping[str, Any]) -> bool:
    """Whether a coding says anything else than the one in force."""
    row = database.row(
        "SELECT c.id, c.why, c.not_coded FROM report_now n JOIN coding c ON c.id = n.coding WHERE n.report = ?", (number,)
    )
    if row is None:
        return True
    bodies = database.rows("SELECT body FROM account WHERE coding = ? ORDER BY position", (row[0],))
    held = [unpack(body[0])["event"] for body in bodies]
    return held != list(coded["events"]) or unpack(row[2]) != list(coded["not_coded"])


def accept(database: Database, linkage: Linkage, *, why: str, by: str) -> int:
    """Take in the codings that were proposed, report by report. Cut off in between, the next call goes on with the rest."""
    numbers = [int(row[0]) for row in database.rows("SELECT report FROM recoding ORDER BY report")]
    for number in numbers:
        with linkage.writing():
            _accept_one(database, linkage, number, why, by)
    if linkage.outdated():
        with linkage.writing(), database.change("linked again", linkage.rules(), actor=by, note=why) as change:
            linkage.relink_all(change)
            linkage.note_rules()
    return len(numbers)


def _accept_one(database: Database, linkage: Linkage, number: int, why: str, by: str) -> None:
    coded = unpack(database.value("SELECT coded FROM recoding WHERE report = ?", (number,)))
    name = str(database.value("SELECT report_id FROM report WHERE id = ?", (number,)))
    document = int(database.value("SELECT document FROM report_now WHERE report = ?", (number,)))
    old = {account: linkage.accounts.get(account).event for account in linkage.accounts.of_reports([number])}
    with database.change("coded again", f"report {name}", actor=by, note=why) as change:
        moved = successors(old, coded["events"])
        touched = linkage.accounts_gone(change, old)
        add_coding(change, linkage, number, document, stored_report(database, number), coded, coded["events"])
        for account, (new, how) in sorted(moved.items()):
            if new != account:
                change.add("succession", old=account, new=new, how=how)
        note_misfits(database, change, {account: new for account, (new, _) in moved.items()})
        _restate(database, change, number, coded)
        linkage.accounts_come(change, [event["account_id"] for event in coded["events"]], touched)
        change.put("DELETE FROM recoding WHERE report = ?", (number,))


def _restate(database: Database, change: Change, number: int, coded: Mapping[str, Any]) -> None:
    """Count the report's items by what it is now, unless a person has ruled on it."""
    state = "coded" if coded["relevant"] else "irrelevant"
    why = None if coded["relevant"] else coded.get("set_aside") or "no event is told in it"
    rows = database.rows(
        "SELECT n.item FROM item_now n JOIN outcome o ON o.id = n.outcome WHERE n.report = ? AND n.state <> ? "
        "AND o.code IS NOT 'ruled'", (number, state),
    )  # fmt: skip
    for (item,) in rows:
        set_state(change, Outcome(item, state, "", reason=why), number)


def successors(
    old: Mapping[str, Mapping[str, Any]], events: Sequence[Mapping[str, Any]]
) -> dict[str, tuple[str | None, str]]:
    """For each old account the one of a newer coding that tells of the same: by its id, else by the words they share."""
    names = {str(event["account_id"]) for event in events}
    found: dict[str, tuple[str | None, str]] = {name: (name, "same") for name in old if name in names}
    free = [event for event in events if event["account_id"] not in old]
    ranked = sorted(
        (-_overlap(old[name], event), name, str(event["account_id"])) for name in old if name not in found for event in free
    )
    taken: set[str] = set()
    for share, name, new in ranked:
        if -share >= _SAME_WORDS and name not in found and new not in taken:
            found[name] = (new, f"{-share:.2f} of the words that tell of it")
            taken.add(new)
    return {name: found.get(name, (None, "gone")) for name in old}


def _overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    """The share of the characters that tell of two accounts which they have in common."""
    mine, theirs = (_told(event) for event in (one, other))
    return len(mine & theirs) / len(mine | theirs) if mine | theirs else 0.0


def _told(event: Mapping[str, Any]) -> set[tuple[str, int]]:
    spans = (event.get("evidence") or {}).get("trigger") or ()
    return {(e["in"], at) for e in spans for at in range(e["start"], e["end"])}


def _tried(database: Database) -> tuple[tuple[Difference, ...], tuple[Mapping[str, Any], ...]]:
    """What accepting would do, found out by doing it to a copy."""
    from concordant.record.decided import misfits

    with tempfile.TemporaryDirectory(dir=database.path.parent) as folder:
        path = Path(folder) / "copy.db"
        backup(database, path)
        copy = Database(path)
        try:
            before = copy.head()
            known = {found["ruling"] for found in misfits(copy, before)}
            accept(copy, Linkage(copy), why="tried", by="concordant")
            new = tuple(found for found in misfits(copy, copy.head()) if found["ruling"] not in known)
            return tuple(_different(copy, before)), new
        finally:
            copy.close()


def _different(database: Database, before: int) -> Iterator[Difference]:
    """The events that are not what they were at entry `before`."""
    now = database.head()
    rows = database.rows("SELECT DISTINCT event_id FROM event_version WHERE tx > ? ORDER BY event_id", (before,))
    for (name,) in rows:
        was, is_ = (_summary(database, name, seq) for seq in (before, now))
        changes = tuple(differences(was or {}, is_ or {}))
        if was and is_ and changes:
            yield Difference("changed", name, (), changes)
        elif is_ and not was:
            yield Difference("new", name, (), changes)
        elif was and not is_:
            yield Difference("gone", name, tuple(lookup.event(database, name, now).values.get("into") or ()), changes)


def _summary(database: Database, name: str, seq: int) -> dict[str, Any] | None:
    state = database.value(
        "SELECT state FROM event_version WHERE event_id = ? AND tx <= ? ORDER BY id DESC LIMIT 1", (name, seq)
    )
    return None if state in (None, "gone") else summary(lookup.event(database, name, seq).values)
