"""A record of a million events for the web app's benchmark, written into the tables directly.

The world of `record.py` over ten years, in the rows that `record_fill.py` writes, but that every event has its own body as
reconciling makes it, one in twenty has no coordinates and one in fifty no day. Left out is what no page reads: the bands
that find copies and the keys that linking files accounts under.

    python benchmarks/web_fill.py FILE [--events 1000000]
"""

from __future__ import annotations

import argparse
import copy
import random
import time
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from record_fill import BATCH, Told, _Rows

import record as world
from concordant.linking import Account
from concordant.linking.clustering import Cluster
from concordant.record import Record
from concordant.record.filters import columns, tags
from concordant.record.packing import pack
from concordant.record.processing import Work
from concordant.record.values import event_values

YEARS = 10
REPORTS_AN_EVENT = 2.0
UNPLACED, UNDATED = 20, 50  # one in so many


class _WebRows(_Rows):
    """Rows for pages to read."""

    def __init__(self, connection: Any) -> None:
        super().__init__(connection)
        self.luck = random.Random(11)

    def file(self, account: Account, number: int) -> None:
        """Nothing: no page reads what the next report is compared by."""

    def event(self, group: list[Told]) -> None:
        told = self._blurred(group)
        accounts = [self.account(*one) for one in told]
        accounts.sort(key=lambda account: account.order)
        cluster = Cluster(tuple(a.account_id for a in accounts), (), "event")
        values = event_values(cluster, accounts, (), "event")
        self.version += 1
        row, name = columns(values), cluster.id
        self.put("INSERT INTO event_version VALUES (?, ?, ?, 'event', '[]', ?)", self.version, self.seq, name, pack(values))
        self.put(
            f"INSERT INTO event_now (version, event_id, state, tx, {', '.join(row)}) VALUES ({', '.join('?' * (4 + len(row)))})",
            self.version, name, "event", self.seq, *row.values(),
        )  # fmt: skip
        for tag in tags(values):
            self.put("INSERT INTO event_tag VALUES (?, ?, ?)", tag, row["day"], self.version)
        for account in accounts:
            self.put("INSERT INTO membership (tx, account_id, event_id) VALUES (?, ?, ?)", self.seq, account.account_id, name)
            self.put("INSERT INTO member_now (account_id, event_id, tx) VALUES (?, ?, ?)", account.account_id, name, self.seq)

    def _blurred(self, group: list[Told]) -> list[Told]:
        """The accounts of an event, of which nobody says where or when it was in one case out of so many."""
        unplaced, undated = self.luck.randrange(UNPLACED) == 0, self.luck.randrange(UNDATED) == 0
        if not unplaced and not undated:
            return group
        made = copy.deepcopy(group)
        for _, coded in made:
            event = coded["events"][0]
            if unplaced:
                event["place"] |= {"latitude": None, "longitude": None, "gazetteer_id": None, "in_gazetteer": False}
            if undated:
                event["date"] |= {"precision": "year", "start": f"{event['date']['start'][:4]}-01-01", "end": f"{event['date']['start'][:4]}-12-31"}
        return made


def happenings(source: Iterator[Told]) -> Iterator[list[Told]]:
    for _, group in groupby(source, key=lambda told: (told[1]["events"][0]["place"]["name"], told[1]["events"][0]["date"]["start"])):
        yield list(group)


def fill(path: Path, events: int) -> None:
    """Put so many events into a new record."""
    world.A_DAY = max(1, round(events * REPORTS_AN_EVENT / (365 * YEARS)))
    record = Record(path, work=Work(apart=False))
    connection = record.database.connection
    for pragma in ("synchronous = OFF", "journal_mode = OFF", "cache_size = -3000000", "foreign_keys = OFF"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    rows, began = _WebRows(connection), time.perf_counter()
    connection.execute("BEGIN")
    for number, group in enumerate(happenings(world.reports(1)), start=1):
        rows.event(group)
        if number % BATCH == 0 or number == events:
            rows.flush()
            connection.execute("COMMIT")
            print(f"{number} events, {time.perf_counter() - began:.0f} s", flush=True)
            if number == events:
                break
            connection.execute("BEGIN")
    record.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--events", type=int, default=1_000_000)
    asked = parser.parse_args()
    fill(asked.file, asked.events)


if __name__ == "__main__":
    main()
