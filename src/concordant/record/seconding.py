"""Second codings: events are given to a person to be coded blind, and both codings are kept."""

from __future__ import annotations

import hashlib
import heapq
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from concordant.record import lookup
from concordant.record.database import Database
from concordant.record.decided import rulings_about
from concordant.record.decisions import Decisions
from concordant.record.errors import RecordError, UnknownError
from concordant.record.filters import Filters, query
from concordant.record.packing import as_json
from concordant.review.rulings import check_value
from concordant.review.second import Coding

OPEN, CODED, WITHDRAWN = "open", "coded", "withdrawn"
MOST = 1000  # events that are given at once
_FIELDS = ("kind", "date", "place", "parties", "casualties")
_COLUMNS = "a.name, a.account_id, a.coder, a.rule, a.by, a.at, a.tx"


@dataclass(frozen=True, slots=True)
class Assignment:
    """An event that somebody is to code without seeing how it was coded: `rule` says how it was chosen.

    `seq` is the entry by which it was given: what the event said then is the first coding. `values` are those of the
    second one, None as long as the assignment is not coded.
    """

    name: str
    account_id: str
    coder: str
    rule: Mapping[str, Any]
    by: str
    at: str
    seq: int
    state: str
    values: Mapping[str, Any] | None
    coded_at: str | None


def sample(database: Database, filters: Filters, count: int, seed: str, coder: str, seq: int) -> tuple[list[str], int]:
    """The events that a rule chooses, and of how many: those whose hash with the seed is smallest, not given to the coder yet.

    The same record, filters and seed choose the same events, and nobody can choose them by what they say.
    """
    if not 1 <= count <= MOST:
        raise RecordError(f"between 1 and {MOST} events can be given at once, not {count}")
    asked = query(filters, seq, now=seq >= database.head())
    names = [str(row[0]) for row in database.rows(f"SELECT e.event_id {asked.sql}", asked.values)]
    given = {event for event, _ in _events_of(database, coder, seq)}
    left = (name for name in names if name not in given)
    return heapq.nsmallest(count, left, key=lambda name: hashlib.sha256(f"{seed}:{name}".encode()).digest()), len(names)


def _events_of(database: Database, coder: str, seq: int) -> Iterator[tuple[str, str]]:
    """The events that a coder was ever given (unless they were taken back), with the assignments."""
    for found in assignments(database, seq, coder=coder):
        event = event_of(database, found, seq)
        if found.state != WITHDRAWN and event is not None:
            yield event, found.name


def event_of(database: Database, assignment: Assignment, seq: int) -> str | None:
    """The event that an assignment is about, under the name that it had at an entry."""
    present = Decisions(database).present(assignment.account_id, seq)
    return lookup.account_event(database, present, seq)


def assign(database: Database, events: Sequence[str], coder: str, rule: Mapping[str, Any], *, by: str) -> list[str]:
    """Give events to a coder; returns the names of the assignments. Raises RecordError for one that they have already."""
    if not coder.strip():
        raise RecordError("an event is given to somebody: say to whom")
    if not events or len(events) > MOST:
        raise RecordError(f"between 1 and {MOST} events can be given at once, not {len(events)}")
    with database.transaction():
        seq = database.head()
        held = {event for event, _ in _events_of(database, coder, seq)}
        accounts = {}
        for name in dict.fromkeys(lookup.event_name(database, event, seq) for event in events):
            if name in held:
                raise RecordError(f"{coder} has the event {name} already")
            accounts[name] = str(lookup.event(database, name, seq).values["accounts"][0]["account_id"])
        with database.change("assigned", f"{len(accounts)} events to {coder}", actor=by, note=as_json(dict(rule))) as change:
            return [
                _assign(change, account, coder, rule, by, change.at) for account in accounts.values()
            ]  # fmt: skip


def _assign(change: Any, account: str, coder: str, rule: Mapping[str, Any], by: str, at: str) -> str:
    name = hashlib.sha256(f"{account} {coder} {at}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
    change.add("assignment", name=name, account_id=account, coder=coder, rule=as_json(dict(rule)), by=by, at=at)
    return name


def assignment(database: Database, name: str, seq: int) -> Assignment:
    """One assignment. Raises UnknownError."""
    row = database.row(f"SELECT {_COLUMNS} FROM assignment a WHERE a.name = ? AND a.tx <= ?", (name, seq))
    if row is None:
        raise UnknownError(f"there is no assignment {name!r}")
    return _of(database, row, seq)


def assignments(database: Database, seq: int, *, coder: str | None = None) -> list[Assignment]:
    """All assignments, or those of one coder, in the order in which they were given."""
    sql = f"SELECT {_COLUMNS} FROM assignment a WHERE a.tx <= ? AND (? IS NULL OR a.coder = ?) ORDER BY a.id"
    return [_of(database, row, seq) for row in database.rows(sql, (seq, coder, coder))]


def _of(database: Database, row: Sequence[Any], seq: int) -> Assignment:
    last = database.row(
        "SELECT state, body, at FROM second_coding WHERE assignment = ? AND tx <= ? ORDER BY id DESC LIMIT 1", (row[0], seq)
    )
    name, account, coder, rule, by, at, tx = row
    state, body, coded_at = last or (OPEN, None, None)
    values = json.loads(body) if state == CODED else None
    return Assignment(name, account, coder, json.loads(rule), by, at, int(tx), state, values, coded_at if values is not None else None)


def submit(database: Database, name: str, values: Mapping[str, Any], *, by: str) -> None:
    """Keep what the coder made of an event, once and for all: after it they may see the other coding.

    Raises RecordError where it is not theirs, not open, or says what cannot be.
    """
    with database.transaction():
        found = assignment(database, name, database.head())
        if found.coder != by:
            raise RecordError(f"this event was given to {found.coder}")
        _still_open(found)
        _check(values)
        with database.change("second coding", f"assignment {name}", actor=by) as change:
            change.add("second_coding", assignment=name, coder=by, state=CODED, body=as_json(dict(values)), at=change.at)


def _check(values: Mapping[str, Any]) -> None:
    if not values.get("kind") or set(values) - set(_FIELDS):
        raise RecordError(f"a coding has a kind, and beside it {', '.join(_FIELDS[1:])}")
    for field in ("kind", "date", "place"):
        check_value({"field": field, "value": values.get(field)})
    for party in values.get("parties") or ():
        check_value({"field": f"parties.{party.get('role')}.{party.get('name')}", "value": party})
    for row in values.get("casualties") or ():
        check_value({"field": f"casualties.{row['outcome']}.{row['victims']}", "value": row})


def _still_open(found: Assignment) -> None:
    if found.state != OPEN:
        raise RecordError("this assignment is coded already" if found.state == CODED else "this assignment was taken back")


def withdraw(database: Database, name: str, *, by: str, why: str) -> None:
    """Take an assignment back that is not coded yet."""
    with database.transaction():
        found = assignment(database, name, database.head())
        _still_open(found)
        with database.change("assignment taken back", f"assignment {name}", actor=by, note=why) as change:
            change.add("second_coding", assignment=name, coder=found.coder, state=WITHDRAWN, body="null", at=change.at)


def held_back(database: Database, coder: str, seqs: Iterable[int]) -> tuple[frozenset[str], frozenset[str]]:
    """The events and reports that a coder must not see, as they were called at these entries: those they still have to code."""
    if database.row("SELECT 1 FROM assignment WHERE coder = ? LIMIT 1", (coder,)) is None:
        return frozenset(), frozenset()
    events: set[str] = set()
    reports: set[str] = set()
    open_ = [a for a in assignments(database, database.head(), coder=coder) if a.state == OPEN]
    for seq in set(seqs):
        for found in open_:
            name = event_of(database, found, seq) or lookup.account_event(database, found.account_id, seq)
            if name is not None:
                events.add(name)
                reports |= {str(a["report_id"]) for a in lookup.event(database, name, seq).values["accounts"]}
    return frozenset(events), frozenset(reports)


def first_coding(database: Database, found: Assignment) -> Coding | None:
    """What the event said when it was given: the coder's reading, or that of the people who had looked at it."""
    event = lookup.account_event(database, found.account_id, found.seq)
    if event is None:
        return None
    values = lookup.event(database, event, found.seq).values
    names = {a[k] for a in values["accounts"] for k in ("account_id", "report_id")}
    people = dict.fromkeys(r.by for r in rulings_about(database, names, found.seq) if r.kind != "pair" and r.by != found.coder)
    own = values.get("review") in (None, "open") or not people
    return Coding("", "" if own else ", ".join(people), {field: values.get(field) for field in _FIELDS}, machine=own)


def codings_of(database: Database, found: Assignment, seq: int) -> list[Coding]:
    """All codings of the event of an assignment: the first, and what those made of it who coded it blind."""
    event = event_of(database, found, seq)
    mates = [a for a in _mates(database, found, seq) if a.values is not None and event_of(database, a, seq) == event]
    first = first_coding(database, min(mates, key=lambda a: a.seq) if mates else found)
    told = [Coding("", a.coder, a.values) for a in sorted(mates, key=lambda a: (a.coded_at or "", a.name)) if a.values is not None]
    return [*([first] if first else []), *told]


def _mates(database: Database, found: Assignment, seq: int) -> list[Assignment]:
    """The assignments of one event."""
    event = event_of(database, found, seq)
    names = database.rows(
        "SELECT DISTINCT account_id FROM member_now WHERE event_id = ? AND tx <= ? AND (until IS NULL OR until > ?)", (event, seq, seq)
    )
    here = {str(row[0]) for row in names} | {found.account_id}
    marks = ",".join("?" * len(here))
    old = {str(r[0]) for r in database.rows(f"SELECT old FROM succession WHERE new IN ({marks})", tuple(sorted(here)))}
    every = sorted(here | old)
    sql = f"SELECT {_COLUMNS} FROM assignment a WHERE a.tx <= ? AND a.account_id IN ({','.join('?' * len(every))}) ORDER BY a.id"
    return [_of(database, row, seq) for row in database.rows(sql, (seq, *every))]


def codings(database: Database, seq: int) -> list[Coding]:
    """All codings of all events that somebody coded blind, by event."""
    found: dict[str, list[Assignment]] = {}
    for one in assignments(database, seq):
        if one.values is not None:
            found.setdefault(event_of(database, one, seq) or one.account_id, []).append(one)
    told = []
    for unit, group in found.items():
        first = first_coding(database, min(group, key=lambda a: a.seq))
        told += [Coding(unit, first.by, first.values, first.machine)] if first else []
        told += [Coding(unit, a.coder, a.values) for a in group if a.values is not None]
    return told
