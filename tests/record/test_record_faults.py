"""Faults: killed at any point, two at once, a full disk; nothing that was acknowledged is lost, nothing is half-written."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from made_reports import HERE, TOWNS, add, event, record, row, told, write

from concordant.record import Counts, Record
from concordant.record.errors import RecordError, StorageFullError
from concordant.record.pages import Intake

TESTS = Path(__file__).resolve().parent
KILLS = int(os.environ.get("CONCORDANT_KILLS", "20"))  # 300 before a release
ADDING = """
import sys, json
from pathlib import Path
from dataclasses import asdict
from made_reports import HERE
from concordant.record import Record
with Record(Path(sys.argv[1]), work=HERE) as made:
    print(json.dumps({"what": "ready"}), flush=True)
    for answer in made.add(sys.argv[2:]):
        print(json.dumps({"what": type(answer).__name__, **asdict(answer)}), flush=True)
"""


def adding(path: Path, *files: Path) -> subprocess.Popen[str]:
    """Another process that adds files to a record and says what was acknowledged."""
    room = {**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(TESTS)])}
    return subprocess.Popen(
        [sys.executable, "-c", ADDING, path, *files], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=room
    )  # fmt: skip


def many(count: int, first: int = 0) -> list[dict[str, Any]]:
    towns = list(TOWNS)
    return [
        row(f"r{n}", event(towns[n % 5], f"2024-05-{1 + n // 5 % 20:02}", n % 7), published=f"2024-05-{2 + n // 5 % 20:02}")
        for n in range(first, first + count)
    ]


def whole(c: Counts) -> bool:
    return c.received == c.coded + c.irrelevant + c.quarantined + c.pending


def checked(made: Record, acknowledged: list[dict[str, Any]]) -> None:
    """That a record is whole and holds all that was acknowledged."""
    verdict = made.verify()
    assert verdict.whole, verdict.problems
    assert whole(made.counts())
    for told_ in acknowledged:
        if told_["what"] == "Receipt":
            assert made.raw(told_["sha256"])
        if told_["what"] == "Outcome" and told_["state"] == "coded":
            assert len(made.report(told_["report_id"]).accounts) == told_["accounts"]
    for values in told(made):
        assert values["accounts"]
        assert all(made.account_event(a["account_id"]) == values["id"] for a in values["accounts"])


def lines(text: str) -> list[dict[str, Any]]:
    found = []
    for line in text.splitlines():
        try:
            found.append(json.loads(line))
        except ValueError:
            break  # the line that was being written when it was killed
    return found


def test_killed_at_any_point_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    chance = random.Random(7)
    reports = many(60)
    file = write(tmp_path / "many.jsonl", *reports)
    path = tmp_path / "made.db"
    acknowledged: list[dict[str, Any]] = []
    struck = 0
    for _ in range(KILLS):
        process = adding(path, file)
        assert process.stdout is not None
        # So many lines acknowledged, and then anywhere before the next few: a slow machine gets as far as a fast one.
        said = [process.stdout.readline() for _ in range(chance.randint(1, 12))]
        time.sleep(chance.uniform(0, 0.08))
        process.send_signal(signal.SIGKILL)
        rest, _ = process.communicate()
        struck += process.returncode == -signal.SIGKILL
        acknowledged += lines("".join(said) + rest)
        with Record(path, work=HERE) as made:
            checked(made, acknowledged)
            if made.counts().coded == len(reports):
                path, acknowledged = tmp_path / f"made{_}.db", []
    assert struck >= KILLS * 0.8
    with Record(path, work=HERE) as made:
        list(made.add([file]))
        assert made.counts().coded == len(reports)
        checked(made, [])
        together = sorted(json.dumps(e) for e in told(made))
    with record(tmp_path, *reports, name="at-one-go.db") as made:
        assert sorted(json.dumps(e) for e in told(made)) == together


def test_two_processes_adding_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "made.db"
    record(tmp_path).close()
    files = [write(tmp_path / f"{n}.jsonl", *many(40, 30 * n)) for n in range(2)]  # ten reports are in both
    processes = [adding(path, file) for file in files]
    said = [process.communicate(timeout=120) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], said
    with Record(path, work=HERE) as made:
        list(made.process())
        assert (made.counts().received, made.counts().coded) == (70, 70)
        checked(made, [line for out, _ in said for line in lines(out)])
        together = sorted(json.dumps(e) for e in told(made))
    with record(tmp_path, *many(70), name="one.db") as made:
        assert sorted(json.dumps(e) for e in told(made)) == together


def test_threads_read_while_another_writes(tmp_path: Path) -> None:
    made = record(tmp_path, *many(5))
    errors: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                then = made.moment()
                for found in made.events(as_of=then, limit=5):
                    assert made.event(found.id, as_of=then).values == found.values
                assert whole(made.counts())
        except BaseException as error:
            errors.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for n in range(5, 30, 5):
        add(made, tmp_path, *many(5, n))
    done.set()
    for reader in readers:
        reader.join()
    assert errors == []
    assert made.counts().coded == 30


def test_a_full_disk_is_told_and_leaves_the_record_whole(tmp_path: Path) -> None:
    made = record(tmp_path, *many(3))
    pages = int(made.database.value("PRAGMA page_count"))
    made.database.limit_pages(pages + 6)
    before = made.counts()
    file = write(tmp_path / "large.jsonl", *many(40, 100))
    with pytest.raises(StorageFullError) as told_:
        list(made.add([file]))
    assert told_.value.code == "E_STORAGE_FULL"
    assert made.verify().whole
    assert made.counts().coded >= before.coded
    made.database.limit_pages(1_000_000)  # space is made
    list(made.add([file]))
    assert made.counts().coded == 43
    checked(made, [])


def test_every_place_where_the_disk_can_be_full_leaves_the_record_whole(tmp_path: Path) -> None:
    made = record(tmp_path, *many(2))
    file = write(tmp_path / "more.jsonl", *many(4, 50))
    failed = 0
    for extra in range(40):
        made.database.limit_pages(int(made.database.value("PRAGMA page_count")) + extra % 3)
        try:
            list(made.add([file]))
        except StorageFullError:
            failed += 1
        assert made.verify().whole, made.verify().problems
        assert whole(made.counts())
        if made.counts().coded == 6:
            break
    assert failed >= 3


def verdict_on(path: Path) -> str:
    try:
        with Record(path, work=HERE) as made:
            return "whole" if made.verify().whole else "found"
    except RecordError as error:
        return error.code


@pytest.mark.parametrize("page", [0, 1, 5, 12, 20])
def test_a_damaged_page_is_told_with_a_code_and_no_traceback(tmp_path: Path, page: int) -> None:
    made = record(tmp_path, *many(4))
    made.close()
    data = bytearray(made.path.read_bytes())
    data[4096 * page : 4096 * (page + 1)] = random.Random(page).randbytes(4096)
    made.path.write_bytes(data)
    assert verdict_on(made.path) in ("found", "E_IO", "E_SCHEMA")


def test_what_is_cut_off_between_receiving_and_reading_is_read_the_next_time(tmp_path: Path) -> None:
    made = record(tmp_path)
    list(made.receive([write(tmp_path / "a.jsonl", *many(3))], Intake()))
    made.close()
    with Record(made.path, work=HERE) as again:
        assert again.counts().pending == 3
        assert len(list(again.process())) == 3


def test_the_journal_is_never_a_write_ahead_log_and_every_commit_waits_for_the_disk(tmp_path: Path) -> None:
    made = record(tmp_path)
    assert made.database.value("PRAGMA journal_mode") == "truncate"
    assert made.database.value("PRAGMA synchronous") == 2
    made.close()
    outside = sqlite3.connect(made.path)
    outside.execute("PRAGMA journal_mode = WAL")
    outside.close()
    with Record(made.path, work=HERE) as again:
        assert again.database.value("PRAGMA journal_mode") == "truncate"
