"""The power goes at any moment: nothing that was acknowledged is lost, and the record is whole."""

from __future__ import annotations

import json
import os
import random
import shutil
from pathlib import Path
from typing import Any

import pytest
from made_reports import HERE
from power_cuts import Power
from test_record_faults import many, whole

from concordant.record import RawItem, Record, RecordError, database
from concordant.record.forms import Outcome, Receipt

CUTS = int(os.environ.get("CONCORDANT_CUTS", "60"))  # 5,000 before a release
_A_RECORD = 500  # cuts while one record grows: more would keep too many disks in memory
_LOOKS = 13_000  # about so often the disk changes while it does


def adding_with_cuts(
    folder: Path, patch: pytest.MonkeyPatch, synchronous: str | None = None, *, cuts: int = CUTS, seed: int = 3
) -> list[tuple[dict[str, bytes], list[Any]]]:
    """Add reports on a disk that is looked at now and then: what would be left of it, and what was acknowledged by then."""
    folder.mkdir(exist_ok=True)
    power = Power(synchronous)
    patch.setattr(database.sqlite3, "connect", power.connect)
    chance = random.Random(seed)
    made = Record(folder / "made.db", work=HERE)
    acknowledged: list[Any] = []
    moments: list[tuple[dict[str, bytes], list[Any]]] = []

    def seen() -> None:
        if chance.random() < max(0.008, 2 * cuts / _LOOKS) and len(moments) < cuts:
            moments.append((power.disk.after_a_cut(chance), list(acknowledged)))

    power.disk.seen = seen
    for number, line in enumerate(many(40)):
        acknowledged.append(made.take(RawItem("row", json.dumps(line).encode(), "made.jsonl", number)))
        acknowledged += made.process()
        if len(moments) < cuts:
            moments.append((power.disk.after_a_cut(chance), list(acknowledged)))
    made.close()
    patch.undo()
    return moments


def lost(files: dict[str, bytes], acknowledged: list[Any], old: Path, folder: Path) -> str | None:
    """What is wrong with what is left after a cut, None where nothing is."""
    folder.mkdir()
    path = Power().restore(files, old, folder)
    try:
        with Record(path, work=HERE) as made:
            verdict = made.verify()
            if not verdict.whole:
                return verdict.problems[0]
            if not whole(made.counts()):
                return "the counts do not add up"
            for answer in acknowledged:
                if isinstance(answer, Receipt):
                    made.raw(answer.sha256 or "")
                elif isinstance(answer, Outcome) and answer.report_id:
                    made.report(answer.report_id)
    except RecordError as error:
        return str(error)
    return None


def test_nothing_that_was_acknowledged_is_lost_when_the_power_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for seed, done in enumerate(range(0, CUTS, _A_RECORD), start=3):
        folder, cuts = tmp_path / f"record {seed}", min(_A_RECORD, CUTS - done)
        moments = adding_with_cuts(folder, monkeypatch, cuts=cuts, seed=seed)
        assert len(moments) == cuts
        found = [lost(files, said, folder / "made.db", folder / str(n)) for n, (files, said) in enumerate(moments)]
        assert [problem for problem in found if problem] == []
        shutil.rmtree(folder)


def test_the_test_finds_what_is_lost_where_commits_do_not_wait_for_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = adding_with_cuts(tmp_path, monkeypatch, "OFF")
    found = [lost(files, said, tmp_path / "made.db", tmp_path / str(n)) for n, (files, said) in enumerate(moments[-10:])]
    assert any(found)
