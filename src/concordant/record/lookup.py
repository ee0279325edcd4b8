"""Reading the record: events, reports, what was skipped, and how many there are, as of any entry."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from concordant.linking import covers
from concordant.record import decided, history, tallies
from concordant.record.database import Database, sha256
from concordant.record.errors import StorageError, UnknownError
from concordant.record.filters import Filters, match, query
from concordant.record.forms import CODED, STATES, Counts, Event, ReportView, Skipped
from concordant.record.frames import Events
from concordant.record.items import states, unpacked
from concordant.record.packing import unpack, unpack_text
from concordant.record.settling import GONE
from concordant.review import claims_of

_SUMMED = 500  # events that are looked at as parts of one sum


def count(database: Database, filters: Filters, seq: int) -> int:
    now = seq >= database.head()
    if now and (kept := tallies.total(database, filters)) is not None:
        return kept
    asked = query(filters, seq, now=now)
    return int(database.value(f"SELECT count(*) {asked.sql}", asked.values))


def event_name(database: Database, name: str, seq: int) -> str:
    """The event that is meant: by its id or the first characters of it, or the heir of one that is gone."""
    return _heir(database, full_name(database, name, seq), seq)


def full_name(database: Database, name: str, seq: int) -> str:
    """The id of an event, living or gone, of which the first characters are given. Raises UnknownError."""
    found = database.rows(
        "SELECT DISTINCT event_id FROM event_version WHERE event_id >= ? AND event_id < ? AND tx <= ? LIMIT 3",
        (name, name + "\uffff", seq),
    )
    exact = [str(row[0]) for row in found if row[0] == name] or [str(row[0]) for row in found]
    if len(exact) != 1:
        raise UnknownError(f"there is no event {name!r}" if not exact else f"{name!r} is short for several events")
    return exact[0]


def _heir(database: Database, name: str, seq: int) -> str:
    seen = {name}
    while (row := _version(database, name, seq)) is not None and row[1] == GONE:
        heirs = [heir for heir in json.loads(row[2]) if heir not in seen]
        if len(heirs) != 1:
            into = f"; its accounts went to {', '.join(heirs)}" if heirs else ""
            raise UnknownError(f"the event {name} is no more{into}")
        name = heirs[0]
        seen.add(name)
    return name


def _version(database: Database, name: str, seq: int) -> tuple[Any, ...] | None:
    return database.row(
        "SELECT v.id, v.state, v.related, v.body, n.at FROM event_version v JOIN entry n ON n.seq = v.tx "
        "WHERE v.event_id = ? AND v.tx <= ? ORDER BY v.id DESC LIMIT 1", (name, seq),
    )  # fmt: skip


def event(database: Database, name: str, seq: int) -> Event:
    row = _version(database, name, seq)
    if row is None:
        raise UnknownError(f"there is no event {name!r}")
    return Event(name, unpack(row[3]), row[4], row[0])


def dossier(database: Database, name: str, seq: int) -> dict[str, Any]:
    """Everything about an event: its values, its accounts with their claims and words, rulings and history."""
    known = event(database, event_name(database, name, seq), seq)
    rulings = decided.rulings(database, known.id, seq)
    rejected = {str(r.value["claim"]) for r in rulings if r.kind == "claim" and r.value}
    return {
        "event": known.to_dict(), "known": known.known,
        "accounts": [_account(database, told, seq, rejected) for told in known.values["accounts"]],
        "rulings": [r.to_dict() for r in rulings], **summed(database, known, seq),
        "log": [line.to_dict() for line in history.log(database, known.id, seq)],
    }  # fmt: skip


def summed(database: Database, known: Event, seq: int) -> dict[str, list[str]]:
    """Of a sum over several events those that it may add up (`parts`), of an event the sums it may be part of (`sums`).

    They are linked and not counted together: a sum has the standing `sum` and is in no list of events.
    """
    values = known.values
    if values.get("standing") not in ("event", "sum") or not values.get("date"):
        return {"parts": [], "sums": []}
    whole = values["standing"] == "sum"
    country = (values.get("place") or {}).get("country")
    filters = Filters(
        since=values["date"]["start"], until=values["date"]["end"], country=country, standing="event" if whole else "sum"
    )
    others = Events(database, filters, seq, limit=_SUMMED)
    found = [e.id for e in others if (covers(values, e.values) if whole else covers(e.values, values))]
    return {"parts": found if whole else [], "sums": [] if whole else found}


def _account(database: Database, told: Mapping[str, Any], seq: int, rejected: set[str]) -> dict[str, Any]:
    row = database.row(
        "SELECT body FROM account WHERE account_id = ? AND tx <= ? ORDER BY id DESC LIMIT 1", (told["account_id"], seq)
    )
    coded = unpack(row[0])["event"] if row else {}
    claims = [
        {"id": c.id, "field": c.field, "value": c.value, "evidence": list(c.evidence), "rejected": c.id in rejected}
        for c in claims_of(told["account_id"], coded)
    ]
    title = database.value(
        "SELECT d.title FROM report r JOIN document d ON d.report = r.id WHERE r.report_id = ? AND d.tx <= ? "
        "ORDER BY d.id DESC LIMIT 1", (told["report_id"], seq),
    )  # fmt: skip
    return {**told, "title": title, "claims": claims}


def account_event(database: Database, account_id: str, seq: int) -> str | None:
    """The event an account belonged to at entry `seq`."""
    found = database.value(
        "SELECT event_id FROM member_now WHERE account_id = ? AND tx <= ? AND (until IS NULL OR until > ?)",
        (account_id, seq, seq),
    )
    return None if found is None else str(found)


def reports(
    database: Database, state: str | None, text: str | None, seq: int, limit: int, after: int, *, newest_first: bool = False
) -> list[Mapping[str, Any]]:
    """Reports with what became of them, in the order in which they came in, or the other way round."""
    where, values = _reports(state, text, seq)
    beyond, way = (" AND r.id < ?", "DESC") if newest_first else (" AND r.id > ?", "ASC")
    start = after if after or not newest_first else 2**62
    rows = database.rows(
        f"SELECT r.id, r.report_id {where}{beyond} ORDER BY r.id {way} LIMIT ?", (*values, start, limit)
    )
    return [_line(database, int(number), str(name), seq) for number, name in rows]


def count_reports(database: Database, state: str | None, text: str | None, seq: int) -> int:
    """How many reports `reports` would give without a limit."""
    if state is None and not text and seq >= database.head():
        return int(database.value("SELECT coalesce(max(id), 0) FROM report"))  # none is ever taken out
    where, values = _reports(state, text, seq)
    return int(database.value(f"SELECT count(*) {where}", values))


def _reports(state: str | None, text: str | None, seq: int) -> tuple[str, tuple[Any, ...]]:
    where, values = "FROM report r WHERE r.tx <= ?", [seq]
    if state is not None:
        latest = "(SELECT c.relevant FROM coding c WHERE c.report = r.id AND c.tx <= ? ORDER BY c.id DESC LIMIT 1)"
        where += f" AND {latest} = ?"
        values += [seq, int(state == CODED)]
    if text and (words := match(text)):
        where += " AND r.id IN (SELECT a.report FROM account_text x JOIN account a ON a.id = x.rowid WHERE account_text MATCH ?)"
        values.append(words)  # type: ignore[arg-type]
    return where, tuple(values)


def _line(database: Database, number: int, name: str, seq: int) -> dict[str, Any]:
    document = _document(database, number, seq)
    coding = _coding(database, number, seq)
    return {
        "number": number, "report_id": name, "title": document["title"], "published": document["published"],
        "outlet": document["outlet"], "language": document["language"], "url": document["url"],
        "state": "coded" if coding["relevant"] else "irrelevant", "why": coding["why"],
    }  # fmt: skip


_DOCUMENT = ("id", "item", "title", "text", "published", "published_last", "outlet", "language", "url")
_CODING = ("id", "relevant", "why", "not_coded", "coder", "version", "codebook")


def _document(database: Database, number: int, seq: int) -> dict[str, Any]:
    sql = f"SELECT {', '.join(_DOCUMENT)} FROM document WHERE report = ? AND tx <= ? ORDER BY id DESC LIMIT 1"
    return dict(zip(_DOCUMENT, database.row(sql, (number, seq)) or (), strict=True))


def _coding(database: Database, number: int, seq: int) -> dict[str, Any]:
    sql = f"SELECT {', '.join(_CODING)} FROM coding WHERE report = ? AND tx <= ? ORDER BY id DESC LIMIT 1"
    return dict(zip(_CODING, database.row(sql, (number, seq)) or (), strict=True))


def report(database: Database, name: str, seq: int) -> ReportView:
    """One report with all that is known of it."""
    number = database.value("SELECT id FROM report WHERE report_id = ? AND tx <= ?", (name, seq))
    if number is None:
        raise UnknownError(f"there is no report {name!r}")
    document, coding = _document(database, number, seq), _coding(database, number, seq)
    origin = database.value("SELECT origin FROM origin WHERE report = ? AND tx <= ? ORDER BY id DESC LIMIT 1", (number, seq))
    return ReportView(
        report_id=name, title=document["title"], text=unpack_text(document["text"]), published=document["published"],
        outlet=document["outlet"], language=document["language"], url=document["url"], origin=origin or name,
        state="coded" if coding["relevant"] else "irrelevant", why=coding["why"],
        accounts=tuple(_accounts(database, coding["id"], seq)), not_coded=tuple(unpack(coding["not_coded"])),
        copies=_copies(database, number, seq), seen=_seen(database, number, seq),
        sha256=database.value("SELECT w.sha256 FROM item i JOIN raw w ON w.id = i.raw WHERE i.id = ?", (document["item"],)),
    )  # fmt: skip


def _accounts(database: Database, coding: int, seq: int) -> Iterator[dict[str, Any]]:
    for name, body in database.rows("SELECT account_id, body FROM account WHERE coding = ? ORDER BY position", (coding,)):
        yield {"event_id": account_event(database, name, seq), **unpack(body)["event"]}


def _copies(database: Database, number: int, seq: int) -> tuple[tuple[str, float], ...]:
    rows = database.rows(
        "SELECT r.report_id, c.share FROM copy c JOIN report r ON r.id = CASE WHEN c.report = ? THEN c.other ELSE c.report END "
        "WHERE (c.report = ? OR c.other = ?) AND c.tx <= ? ORDER BY r.report_id", (number, number, number, seq),
    )  # fmt: skip
    return tuple((str(row[0]), float(row[1])) for row in rows)


def _seen(database: Database, number: int, seq: int) -> tuple[Mapping[str, Any], ...]:
    rows = database.rows(
        "SELECT s.source, s.line, s.captured, s.fetched FROM outcome o JOIN sighting s ON s.item = o.item "
        "WHERE o.report = ? AND o.tx <= ? AND s.tx <= ? GROUP BY s.id ORDER BY s.id", (number, seq, seq),
    )  # fmt: skip
    return tuple({"source": r[0], "line": r[1], "captured": r[2], "fetched": json.loads(r[3])} for r in rows)


def raw(database: Database, digest: str) -> bytes:
    """The bytes of this hash as they came in."""
    row = database.row("SELECT packing, body FROM raw WHERE sha256 = ?", (digest,))
    if row is None:
        raise UnknownError(f"nothing with the hash {digest} came in")
    body = unpacked(*row)
    if sha256(body) != digest:
        raise StorageError(f"the bytes kept under {digest} are not those that came in: the file is damaged")
    return body


def counts(database: Database, seq: int) -> Counts:
    """How many came in and what became of them."""
    with database.reading():
        return _counts(database, seq)


def _counts(database: Database, seq: int) -> Counts:
    found = dict.fromkeys(STATES, 0) | {str(state): int(number) for state, number in states(database, seq)}
    now = seq >= database.head()
    accounts = "SELECT events FROM sum_now WHERE by = 'accounts' AND key = ''"
    if not now:
        latest = "SELECT max(id) FROM coding WHERE tx <= ? GROUP BY report"
        accounts = f"SELECT count(*) FROM account WHERE coding IN ({latest})"
    # Rows are never taken out of these tables: the last one's number is how many there are.
    came = "SELECT coalesce(max(id), 0) FROM {}" if now else "SELECT count(*) FROM {} WHERE tx <= ?"
    upto = () if now else (seq,)
    return Counts(
        received=int(database.value(came.format("item"), upto)), **found, reports=int(database.value(came.format("report"), upto)),
        accounts=int(database.value(accounts, upto)), events=count(database, Filters(), seq),
    )  # fmt: skip


def skipped(database: Database, what: str | None, seq: int, limit: int | None) -> Iterator[Skipped]:
    """What was received and not coded, passages that were left, and rulings that no longer fit."""
    kinds = {"quarantined": _quarantined, "irrelevant": _irrelevant, "passage": _passages, "ruling": _misfits}
    if what is not None and what not in kinds:
        raise UnknownError(f"{what!r} is none of {', '.join(kinds)}")
    found = (line for kind, find in kinds.items() if what in (None, kind) for line in find(database, seq))
    return islice(found, limit)


def _latest_outcomes(database: Database, state: str, seq: int) -> list[tuple[Any, ...]]:
    return database.rows(
        "SELECT o.item, s.source, s.line, o.code, o.reason, r.report_id FROM outcome o "
        "JOIN sighting s ON s.id = (SELECT min(id) FROM sighting WHERE item = o.item) LEFT JOIN report r ON r.id = o.report "
        "WHERE o.state = ? AND o.id = (SELECT max(id) FROM outcome WHERE item = o.item AND tx <= ?) ORDER BY o.item",
        (state, seq),
    )


def _place(source: str, line: int | None) -> str:
    return source if line is None else f"{source}:{line}"


def _quarantined(database: Database, seq: int) -> Iterator[Skipped]:
    for item, source, line, code, reason, _ in _latest_outcomes(database, "quarantined", seq):
        yield Skipped("quarantined", str(item), _place(source, line), code or "", reason or "")


def _irrelevant(database: Database, seq: int) -> Iterator[Skipped]:
    for _, source, line, code, reason, name in _latest_outcomes(database, "irrelevant", seq):
        yield Skipped("irrelevant", name or "", _place(source, line), code or "irrelevant", reason or "")


def _passages(database: Database, seq: int) -> Iterator[Skipped]:
    rows = database.rows("SELECT id, report_id FROM report WHERE tx <= ? ORDER BY id", (seq,))
    for number, name in rows:
        for passage in unpack(_coding(database, number, seq)["not_coded"]):
            yield Skipped("passage", name, name, "left", passage["why"], passage["text"])


def _misfits(database: Database, seq: int) -> Iterator[Skipped]:
    for found in decided.misfits(database, seq):
        yield Skipped("ruling", found["ruling"], ", ".join(found["subject"]), found["kind"], found["reason"], found["why"])
