"""What the record costs as it grows: adding, finding copies, linking, listing, size on disk. No text is read.

    python benchmarks/record.py FOLDER [--upto 100000] [--points 10000,30000,100000]

Makes a world of events over years and towns, each told by one to four reports (some of them copies), in the form that
the coder gives, and adds them to a record in batches, as `concordant add` does; measures at each point of growth and
prints a line for each. Every report goes the whole way: bytes kept, report, accounts, copies, linking, events, log. With
--fill the record is filled up to shortly before each point by record_fill.py, which writes the same rows without that.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from concordant.record import Filters, RawItem, Record
from concordant.record.items import Task, lease, take_all
from concordant.record.processing import Work, write
from concordant.record.reading import Read
from concordant.reports.report import Report

TOWNS, A_DAY, COUNTRIES = 4000, 80, ("XA", "XB", "XC", "XD", "XE", "XF", "XG", "XH", "XI", "XJ")
KINDS = ("attack_on_civilians", "armed_clash", "ambush", "ied", "air_strike", "abduction", "raid", "shelling")
SYLLABLES = ("ba", "do", "fa", "gou", "ka", "li", "mo", "na", "pe", "ri", "sa", "ti", "wé", "yo", "zan", "kor", "den", "tam")
BATCH = 64
SAMPLE = 200  # single reports timed at each point
VOCABULARY = [f"{a}{b}{c}" for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES]


def town(number: int) -> tuple[str, float, float, str, str]:
    chance = random.Random(number)
    name = "".join(chance.choice(SYLLABLES) for _ in range(3)).capitalize() + f"-{number % 97}"
    country = COUNTRIES[number % len(COUNTRIES)]
    return name, chance.uniform(-30, 30), chance.uniform(-17, 45), country, f"{country} division {number % 12}"


def reports(seed: int) -> Iterator[tuple[Report, dict[str, Any]]]:
    """Reports without end in the order of time, so many a day: a record grows by years and not by density."""
    chance = random.Random(seed)
    number = 0
    while True:
        place, day = town(chance.randrange(TOWNS)), date(2015, 1, 1) + timedelta(days=number // A_DAY)
        kind, killed, actor = chance.choice(KINDS), int(chance.expovariate(0.2)), f"group-{chance.randrange(60)}"
        wire = ""
        for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4))):
            number += 1
            copied = wire and chance.random() < 0.3
            text = f"{wire} {chance.choice(VOCABULARY)}" if copied else told(chance)
            wire = wire or text
            outlet = f"outlet-{chance.randrange(300)}"
            came = day + timedelta(days=chance.choice((0, 1, 1, 2, 3)))
            report = Report(f"r{seed}-{number}", text, None, came, outlet, None, "en")
            yield report, coded(report, place, day, kind, max(0, killed + chance.choice((0, 0, 0, 1, -1))), actor)


def told(chance: random.Random) -> str:
    return " ".join(chance.choices(VOCABULARY, k=120))


def coded(report: Report, place: tuple[str, float, float, str, str], day: date, kind: str, killed: int, actor: str) -> dict[str, Any]:
    name, latitude, longitude, country, admin1 = place
    words = [{"in": "text", "start": 0, "end": 5, "text": report.text[:5]}]
    toll = {
        "outcome": "killed", "victims": "civilians", "state": "number", "low": killed, "best": killed, "high": killed,
        "hedged": False, "rival": False, "quote": f"{killed} dead", "parts": [], "attributed_to": [], "evidence": words,
    }  # fmt: skip
    event = {
        "account_id": hashlib.sha256(report.id.encode()).hexdigest()[:16], "role": "main", "kind": kind, "mood": "asserted",
        "hedged": False,
        "date": {"start": day.isoformat(), "end": day.isoformat(), "precision": "day", "time_of_day": None, "evidence": words},
        "place": {
            "name": name, "relation": "at", "latitude": latitude, "longitude": longitude, "radius_km": 3.0,
            "country": country, "admin1": admin1, "admin2": None, "gazetteer_id": f"made:{name}", "in_gazetteer": True,
            "candidates": [], "evidence": words,
        },
        "parties": [
            {"name": actor, "actor_id": actor, "role": "perpetrator", "type": "rebel", "presumed": False, "country": None, "evidence": words},
            {"name": "residents", "actor_id": None, "role": "target", "type": "civilians", "presumed": False, "country": None, "evidence": words},
        ],
        "casualties": [toll], "means": ["small_arms"], "claimed_by": None, "attributed_to": ["residents"],
        "confidence": {"overall": 0.8}, "evidence": {"trigger": words, "means": [], "attributed_to": []},
    }  # fmt: skip
    return {
        "id": report.id, "language": "en", "title": None, "published": str(report.published), "relevant": True,
        "coder": {"name": "made", "version": "1"}, "codebook": "made", "events": [event], "not_coded": [],
    }  # fmt: skip


class World:
    """A record that grows by made reports."""

    def __init__(self, path: Path, seed: int = 1) -> None:
        self.record = Record(path, work=Work(apart=False))
        self.source = reports(seed)
        for _ in range(self.record.counts().received):  # go on with a world that is there already
            next(self.source)
        self.spent: dict[str, float] = {}

    def grow(self, count: int) -> None:
        """Add so many reports, a batch to a transaction."""
        made = [next(self.source) for _ in range(count)]
        raws = [RawItem("row", json.dumps({"id": r.id, "text": r.text}).encode(), "made.jsonl", int(r.id.split("-")[1])) for r, _ in made]
        began = time.perf_counter()
        list(take_all(self.record.database, raws))
        taken = time.perf_counter()
        tasks: list[Task] = lease(self.record.database, count)
        batch = [(task, Read(report, told_)) for task, (report, told_) in zip(tasks, made, strict=True)]
        write(self.record.database, self.record.linkage, batch)
        done = time.perf_counter()
        for what, seconds in (("take", taken - began), ("absorb", done - taken)):
            self.spent[what] = self.spent.get(what, 0.0) + seconds


def timed(fn: Callable[[], Any], times: int = 5) -> float:
    """The median milliseconds of a call."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        fn()
        found.append((time.perf_counter() - began) * 1000)
    return statistics.median(found)


QUERIES: tuple[tuple[str, Filters], ...] = (
    ("newest", Filters()), ("kind", Filters(kind="ambush")), ("country", Filters(country="XC")),
    ("month", Filters(since="2018-03-01", until="2018-03-31")), ("place", Filters(place=town(7)[0])),
    ("actor", Filters(actor="group-7")), ("outlet", Filters(outlet="outlet-7")), ("killed", Filters(killed=40)),
    ("kind+country+killed", Filters(kind="ied", country="XD", killed=20)), ("text", Filters(text=town(9)[0])),
    ("division", Filters(country="XB", admin1="XB division 1")), ("confidence", Filters(confidence=0.95)),
)  # fmt: skip


def measured(world: World) -> dict[str, Any]:
    """The cost of single reports, of lists and of space, at the size that the record has."""
    used = time.process_time()
    single = [timed(lambda: world.grow(1), 1) for _ in range(SAMPLE)]
    used = (time.process_time() - used) * 1000 / SAMPLE
    record = world.record
    found: dict[str, Any] = {
        "accounts": record.counts().accounts, "events": record.count(),
        "one report, ms": round(statistics.median(single), 2), "CPU ms": round(used, 2), "p95": round(sorted(single)[int(SAMPLE * 0.95)], 2),
        "MB": round(record.path.stat().st_size / 2**20, 1),
    }  # fmt: skip
    found |= {f"{name}, ms": round(timed(lambda f=f: list(record.events(f, limit=50))), 1) for name, f in QUERIES}  # type: ignore[misc]
    found |= {f"count {name}, ms": round(timed(lambda f=f: record.count(f), 3), 1) for name, f in QUERIES}  # type: ignore[misc]
    found["counts, ms"] = round(timed(record.counts, 3), 1)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--points", default="10000,30000,100000")
    parser.add_argument("--fill", action="store_true", help="start from a record filled up to the first point")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    points = [int(point) for point in asked.points.split(",")]
    if asked.fill:
        from record_fill import fill

        record = Record(asked.folder / "made.db", work=Work(apart=False))
        if not record.counts().received:
            fill(record, reports(1), points[0] - BATCH - SAMPLE)
    world = World(asked.folder / "made.db")
    for point in points:
        world.spent = {}
        before, began = world.record.counts().received, time.perf_counter()
        size = before
        while size + SAMPLE < point:
            step = min(BATCH, point - SAMPLE - size)
            world.grow(step)
            size += step
        grown = max(1, size - before)
        each = {f"{what} in batches, ms": round(seconds * 1000 / grown, 2) for what, seconds in world.spent.items()}
        print(json.dumps({**each, "s": round(time.perf_counter() - began), **measured(world)}), flush=True)


if __name__ == "__main__":
    main()
