"""Filling a record for the benchmark: the rows that adding would write, written at once and unchecked.

A million reports the whole way would take hours before the first figure. Here the world of `record.py` is put into the
tables directly: every row and every index entry that adding a report writes, with accounts that are filed under the keys
that linking really gives them; only what cannot change the cost of the next report is left out (the log's hashes, the
scores of pairs, the words of copies: bands are drawn at random, 48 a report, as those of different texts are).
"""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby, islice
from typing import Any

from concordant.linking.accounts import Account, sight
from concordant.linking.keys import keys_of
from concordant.record import Record
from concordant.record.filters import columns, tags
from concordant.record.naming import account_number, number_of
from concordant.record.packing import pack, pack_text

BATCH = 20_000
BANDS = 48
WORDS = 8  # telling words of an account that are names or rare
NOTHING = pack([])
Told = tuple[Any, dict[str, Any]]


def fill(record: Record, source: Iterator[Told], count: int) -> None:
    """Put so many reports into an empty record."""
    connection = record.database.connection
    for pragma in ("synchronous = OFF", "journal_mode = OFF", "cache_size = -3000000", "foreign_keys = OFF"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    rows = _Rows(connection)
    events = groupby(islice(source, count), key=lambda told: (told[1]["events"][0]["place"]["name"], told[1]["events"][0]["date"]["start"]))
    connection.execute("BEGIN")
    for number, (_, group) in enumerate(events):
        rows.event(list(group))
        if number % BATCH == BATCH - 1:
            rows.flush()
            connection.execute("COMMIT")
            connection.execute("BEGIN")
    rows.flush()
    connection.execute("COMMIT")
    record.close()


class _Rows:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection, self.waiting = connection, {}
        self.chance = random.Random(5)
        self.report = int(connection.execute("SELECT coalesce(max(id), 0) FROM report").fetchone()[0])
        self.seq = int(connection.execute("SELECT coalesce(max(seq), 0) FROM entry").fetchone()[0])
        self.version = 0
        self.bodies: list[bytes] = []

    def put(self, sql: str, *row: Any) -> None:
        self.waiting.setdefault(sql, []).append(row)

    def flush(self) -> None:
        """Write what is waiting, sorted: the trees are filled from left to right then, which is many times faster."""
        for sql, rows in self.waiting.items():
            rows.sort(key=lambda row: row[:3] if isinstance(row[0], int) else row[:2])
            self.connection.executemany(sql, rows)
        self.waiting.clear()

    def event(self, group: list[Told]) -> None:
        accounts = [self.account(*told) for told in group]
        values = {"id": os.urandom(8).hex(), **group[0][1]["events"][0]}
        values["accounts"] = [{"report_id": a.report_id, "account_id": a.account_id, "outlet": a.outlet} for a in accounts]
        if len(self.bodies) < 500:
            self.bodies.append(pack(values | {"why": {f: {"from": values["accounts"], "rule": "only"} for f in values}}))
        self.version += 1
        row = columns(values)
        name = values["id"]
        self.put("INSERT INTO event_version VALUES (?, ?, ?, 'event', '[]', ?)", self.version, self.seq, name, self.chance.choice(self.bodies))
        self.put(
            f"INSERT INTO event_now (version, event_id, state, tx, {', '.join(row)}) VALUES ({', '.join('?' * (4 + len(row)))})",
            self.version, name, "event", self.seq, *row.values(),
        )  # fmt: skip
        for tag in tags(values):
            self.put("INSERT INTO event_tag VALUES (?, ?, ?)", tag, row["day"], self.version)
        for account in accounts:
            self.put("INSERT INTO membership (tx, account_id, event_id) VALUES (?, ?, ?)", self.seq, account.account_id, name)
            self.put("INSERT INTO member_now (account_id, event_id, tx) VALUES (?, ?, ?)", account.account_id, name, self.seq)
            for other in accounts:
                if other is not account:
                    self.put("INSERT INTO edge VALUES (?, ?)", account_number(account.account_id), account_number(other.account_id))

    def account(self, report: Any, coded: dict[str, Any]) -> Account:
        self.report += 1
        self.seq += 2
        event, n, day = coded["events"][0], self.report, str(report.published)
        words = tuple(sorted(self.chance.sample(report.text.split(), WORDS)))
        account = Account(event["account_id"], report.id, day, report.outlet, report.id, "en", event, words=words)
        digest, text = os.urandom(32).hex(), pack_text(report.text)
        for seq in (self.seq - 1, self.seq):
            row = (seq, "2026-01-01T00:00:00.000000Z", "concordant", "coded", f"report {report.id}", f"item {n}")
            self.put("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", *row, os.urandom(16), os.urandom(32), os.urandom(32))
        self.put("INSERT INTO raw VALUES (?, ?, ?, ?, 'zlib', ?)", n, self.seq, digest, len(report.text), text)
        self.put("INSERT INTO item VALUES (?, ?, ?, ?, 'row')", n, self.seq, f"row:{digest}", n)
        self.put("INSERT INTO sighting VALUES (?, ?, ?, 'made.jsonl', ?, '2026-01-01', '{}', '{}')", n, self.seq, n, n)
        self.put("INSERT INTO outcome VALUES (?, ?, ?, 'coded', ?, NULL, NULL)", n, self.seq, n, n)
        self.put("INSERT INTO item_now VALUES (?, 'coded', ?, ?, 1)", n, n, n)
        self.put("INSERT INTO report VALUES (?, ?, ?)", n, self.seq, report.id)
        self.put(
            "INSERT INTO document VALUES (?, ?, ?, ?, NULL, ?, ?, ?, NULL, NULL, ?, NULL, 'en', NULL, 'row', '[]', '{}')",
            n, self.seq, n, n, text, os.urandom(32).hex(), day, report.outlet,
        )  # fmt: skip
        self.put("INSERT INTO coding VALUES (?, ?, ?, ?, 'made', '1', 'made', 1, NULL, ?)", n, self.seq, n, n, NOTHING)
        self.put("INSERT INTO report_now VALUES (?, ?, ?, ?)", n, n, n, report.id)
        body = pack({"event": event, "words": list(words), "tells": 1, "revises": False})
        self.put("INSERT INTO account VALUES (?, ?, ?, ?, ?, 0, ?)", n, self.seq, n, n, account.account_id, body)
        number, on = account_number(account.account_id), date.fromisoformat(event["date"]["start"]).toordinal()
        self.put("INSERT INTO account_now VALUES (?, ?, ?, ?, ?, ?)", n, account.account_id, number, n, on, on)
        self.put("INSERT INTO account_text (rowid, words) VALUES (?, ?)", n, f"{event['place']['name']} {report.text[:200]}")
        self.file(account, number)
        return account

    def file(self, account: Account, number: int) -> None:
        """What the next report is compared by."""
        for key in {number_of(key) for key in keys_of(sight(replace(account)))}:
            self.put("INSERT OR IGNORE INTO block VALUES (?, ?)", key, number)
        for _ in range(BANDS):
            self.put("INSERT OR IGNORE INTO band VALUES (?, ?)", self.chance.getrandbits(63), self.report)
