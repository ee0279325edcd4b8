"""Alerts: rules over what the record comes to know, each event told once to a webhook, by mail or in a feed of one's own."""

from __future__ import annotations

import hashlib
import json
import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from concordant.fetching.posting import MailServer, mail, post
from concordant.record.errors import RecordError
from concordant.record.filters import Filters
from concordant.record.flat import flat
from concordant.record.record import Record
from concordant.reports.fetched import FetchError

_TRIES = 8
_ENTRIES = 200  # of a feed of one's own
_CURSOR = "alerts"
_WHICH = ("kind", "country", "admin1", "place", "actor", "killed", "text", "confidence", "outlet")
_WHERE = ("webhook", "mail", "feed")
_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: which events (as in `concordant events`), and where they are told."""

    name: str
    filters: Filters
    webhook: str | None = None
    mail: str | None = None
    feed: Path | None = None


@dataclass(frozen=True, slots=True)
class Alerts:
    """The rules of a file, and how they are sent."""

    rules: tuple[Rule, ...]
    server: MailServer | None = None
    allow_private: bool = False
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    def send(self, record: Record) -> tuple[int, int]:
        """Tell what is new; returns how many alerts were sent and how many still wait."""
        self._note(record)
        sent = late = 0
        for name, rule, body in _waiting(record, {rule.name: rule for rule in self.rules}):
            if self._deliver(record, name, rule, body):
                sent += 1
            else:
                late += 1
        for rule in self.rules:
            if rule.feed is not None:
                write_feed(record, rule, rule.feed)
        return sent, late

    def _note(self, record: Record) -> None:
        """Write down an alert for each event that a rule holds for and that it has not been told of."""
        database = record.database
        since, now = _cursor(record), record.moment()
        changed = database.rows("SELECT DISTINCT event_id FROM event_version WHERE tx > ? AND tx <= ? ORDER BY id", (since, now))
        for (event,) in changed:
            for rule in self.rules:
                if _told(record, rule, event) or not _holds(record, rule, event, now):
                    continue
                values = record.event(event, as_of=now).values
                body = json.dumps({"rule": rule.name, "event": flat(values)}, ensure_ascii=False)
                with database.change("alert", f"{rule.name}: event {event}") as change:
                    change.add("alert", rule=rule.name, event_id=event, state="due", body=body)
        with database.transaction():
            database.rows("INSERT OR REPLACE INTO feed VALUES (?, ?)", (_CURSOR, json.dumps({"seq": now})))

    def _deliver(self, record: Record, event: str, rule: Rule, body: str) -> bool:
        name = hashlib.sha256(f"{rule.name} {event}".encode()).hexdigest()[:16]
        try:
            if rule.webhook is not None:
                told = {"Content-Type": "application/json", "X-Concordant-Alert": name}
                post(rule.webhook, body.encode(), told, allow_private=self.allow_private)
            if rule.mail is not None:
                if self.server is None:
                    raise FetchError(f"mail:{rule.mail}", "no mail server is named under [mail]")
                mail(self.server, rule.mail, f"{rule.name}: {_line(body)}", _letter(body), name=name)
        except FetchError as error:
            _state(record, rule.name, event, "failed", error.reason)
            return False
        _state(record, rule.name, event, "sent", body)
        return True


def _state(record: Record, rule: str, event: str, state: str, body: str) -> None:
    with record.database.change("alert", f"{rule}: event {event}", note=state) as change:
        change.add("alert", rule=rule, event_id=event, state=state, body=body)


def _cursor(record: Record) -> int:
    """The entry up to which rules have looked; a record that is watched for the first time is not told of its past."""
    found = record.database.value("SELECT state FROM feed WHERE address = ?", (_CURSOR,))
    return int(json.loads(found)["seq"]) if found else 0


def _holds(record: Record, rule: Rule, event: str, now: int) -> bool:
    from dataclasses import replace

    return record.count(replace(rule.filters, event=event), as_of=now) > 0


def _told(record: Record, rule: Rule, event: str) -> bool:
    """Whether a rule has told of this happening, under whatever name its event had then."""
    return bool(record.database.row(
        "SELECT 1 FROM alert l WHERE l.rule = ? AND l.event_id IN (SELECT p.event_id FROM member_now m "
        "JOIN member_now p ON p.account_id = m.account_id WHERE m.event_id = ? AND m.until IS NULL) LIMIT 1",
        (rule.name, event),
    ))  # fmt: skip


def _waiting(record: Record, rules: Mapping[str, Rule]) -> Iterator[tuple[str, Rule, str]]:
    """The alerts that are due, or failed not too often."""
    rows = record.database.rows(
        "SELECT l.event_id, l.rule, l.body FROM alert l WHERE l.state = 'due' AND NOT EXISTS (SELECT 1 FROM alert s "
        "WHERE s.event_id = l.event_id AND s.rule = l.rule AND s.state = 'sent') AND (SELECT count(*) FROM alert f "
        "WHERE f.event_id = l.event_id AND f.rule = l.rule AND f.state = 'failed') < ? ORDER BY l.id", (_TRIES,),
    )  # fmt: skip
    yield from ((event, rules[rule], body) for event, rule, body in rows if rule in rules)


def _line(body: str) -> str:
    event = json.loads(body)["event"]
    where = ", ".join(str(event[k]) for k in ("place", "admin1", "country") if event[k]) or "place unknown"
    dead = f", {event['killed_best']} killed" if event["killed_best"] else ""
    return f"{event['kind']} at {where} on {event['date_start'] or 'an unknown day'}{dead}"


def _letter(body: str) -> str:
    event = json.loads(body)["event"]
    return "\n".join([_line(body), "", *(f"{name}: {value}" for name, value in event.items() if value not in (None, ""))]) + "\n"


def write_feed(record: Record, rule: Rule, path: Path) -> None:
    """Write the alerts of a rule as an Atom feed, newest first; whole or not at all."""
    rows = record.database.rows(
        "SELECT l.event_id, l.body, n.at FROM alert l JOIN entry n ON n.seq = l.tx WHERE l.rule = ? AND l.state = 'due' "
        "ORDER BY l.id DESC LIMIT ?", (rule.name, _ENTRIES),
    )  # fmt: skip
    root = ElementTree.Element("feed", xmlns=_ATOM)
    _add(root, "id", f"urn:concordant:alerts:{rule.name}")
    _add(root, "title", rule.name)
    _add(root, "updated", rows[0][2] if rows else "1970-01-01T00:00:00Z")
    for event, body, at in rows:
        entry = ElementTree.SubElement(root, "entry")
        _add(entry, "id", f"urn:concordant:event:{event}")
        _add(entry, "title", _line(body))
        _add(entry, "updated", at)
        _add(ElementTree.SubElement(entry, "author"), "name", "concordant")
        _add(entry, "content", _letter(body))
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))
    part.replace(path)


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = text


def read_alerts(path: Path, *, allow_private: bool = False) -> Alerts:
    """The rules of a TOML file: [[alert]] tables, and [mail] for the server. Raises RecordError, naming what is wrong."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RecordError(f"{path}: {error}") from None
    rules = tuple(_rule(path, number, table) for number, table in enumerate(found.get("alert", ()), start=1))
    if not rules or len({rule.name for rule in rules}) < len(rules):
        raise RecordError(f"{path}: it needs [[alert]] tables, each with a name of its own")
    return Alerts(rules, _server(path, found["mail"]) if "mail" in found else None, allow_private)


def _rule(path: Path, number: int, table: Mapping[str, Any]) -> Rule:
    unknown = set(table) - {"name", *_WHICH, *_WHERE}
    if unknown or not table.get("name") or not any(table.get(where) for where in _WHERE):
        why = f"unknown: {', '.join(sorted(unknown))}" if unknown else f"it needs a name and one of {', '.join(_WHERE)}"
        raise RecordError(f"{path}: alert {number}: {why}")
    filters = Filters(**{name: table[name] for name in _WHICH if name in table})
    feed = table.get("feed")
    return Rule(str(table["name"]), filters, table.get("webhook"), table.get("mail"), (path.parent / feed) if feed else None)


def _server(path: Path, table: Mapping[str, Any]) -> MailServer:
    """The mail server; its password comes from the environment (`password_env` says where) and never from the file."""
    known = {f.name for f in fields(MailServer)} - {"password"}
    told = {name: value for name, value in table.items() if name != "password_env"}
    if set(told) - known or not {"host", "sender"} <= set(told):
        raise RecordError(f"{path}: [mail] needs host and sender, and may have port, tls, user and password_env")
    return MailServer(**told, password=os.environ.get(str(table.get("password_env", ""))))
