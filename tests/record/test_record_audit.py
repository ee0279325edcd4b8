"""The log's chain: whatever is changed behind the record's back is found, by the program and without it."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from made_reports import HERE, add, record
from test_record_order import ROWS

from concordant.record import Record
from concordant.record.chain import entry_hash, payload_of
from concordant.record.migrations import HISTORY

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "verify_record.py"


def alone(path: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """The stand-alone verifier, with no package in reach."""
    return subprocess.run([sys.executable, "-I", "-S", SCRIPT, path, *more], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audit")
    made = record(folder, *ROWS[:8])
    made.rule_event(next(iter(made.events())).id, "not_event", why="a drill", by="amina")
    made.close()
    return made.path


TAMPERING = {
    "a value": "UPDATE event_version SET body = zeroblob(9) WHERE id = 1",
    "a ruling's reason": "UPDATE ruling SET why = 'another'",
    "a ruling's author": "UPDATE ruling SET by = 'bo'",
    "a row taken away": "DELETE FROM account WHERE id = 2",
    "the last row taken away": "DELETE FROM event_version WHERE id = (SELECT max(id) FROM event_version)",
    "a row put in": "INSERT INTO misfit (tx, ruling_id, state, reason) VALUES (3, 'x', 'open', 'y')",
    "a row of a later entry": "INSERT INTO misfit (tx, ruling_id, state, reason) VALUES (99999, 'x', 'open', 'y')",
    "an entry's time": "UPDATE entry SET at = '2020-01-01T00:00:00.000000Z' WHERE seq = 5",
    "an entry's actor": "UPDATE entry SET actor = 'nobody' WHERE seq = 5",
    "an entry taken away": "DELETE FROM entry WHERE seq = 5",
    "two entries swapped": "UPDATE entry SET seq = CASE seq WHEN 5 THEN 60006 ELSE seq END",
    "a row moved to another entry": "UPDATE outcome SET tx = tx + 1 WHERE id = 4",
    "a document": "UPDATE raw SET body = zeroblob(30) WHERE id = 1",
}


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_is_found_with_the_program_and_without(whole: Path, tmp_path: Path, what: str) -> None:
    path = tmp_path / "copy.db"
    shutil.copy(whole, path)
    connection = sqlite3.connect(path)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(TAMPERING[what])
    connection.commit()
    connection.close()
    with Record(path, work=HERE) as made:
        assert not made.verify().whole
    assert alone(path).returncode == 1


def test_a_whole_record_is_found_whole_with_one_and_the_same_head(whole: Path) -> None:
    with Record(whole, work=HERE) as made:
        verdict = made.verify()
        assert verdict.whole, verdict.problems
        assert made.knows_head(verdict.head)
    found = alone(whole, verdict.head)
    assert found.returncode == 0, found.stdout
    assert f"{verdict.entries} entries, {verdict.rows} rows, {verdict.documents} documents; head {verdict.head}" in found.stdout


def test_a_log_written_anew_as_a_whole_is_found_by_a_noted_head(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "forged.db"
    shutil.copy(whole, path)
    with Record(whole, work=HERE) as made:
        noted = made.verify().head
    _forge(path)
    assert alone(path).returncode == 0  # the forger did his work well
    assert alone(path, noted).returncode == 1
    with Record(path, work=HERE) as made:
        assert made.verify().whole
        assert not made.knows_head(noted)


def _forge(path: Path) -> None:
    """Change a ruling's reason and write the whole chain anew."""
    connection = sqlite3.connect(path)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("UPDATE ruling SET why = 'forged'")
    previous = b""
    for entry in connection.execute("SELECT seq, at, actor, action, object, note, salt FROM entry ORDER BY seq").fetchall():
        rows = []
        for table in sorted(HISTORY):
            cursor = connection.execute(f"SELECT * FROM {table} WHERE tx = ? ORDER BY id", (entry[0],))
            names = [column[0] for column in cursor.description]
            rows += [(table, dict(zip(names, row, strict=True))) for row in cursor]
        payload = payload_of(entry[6], rows)
        previous_hash = entry_hash(previous, (*entry, payload))
        connection.execute("UPDATE entry SET payload = ?, hash = ? WHERE seq = ?", (payload, previous_hash, entry[0]))
        previous = previous_hash
    connection.commit()
    connection.close()


def test_a_log_cut_short_is_found_by_a_noted_head(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    made = record(tmp_path, *ROWS[:3], name="old.db")
    old = made.verify().head
    shutil.copy(path, tmp_path / "kept.db")
    add(made, tmp_path, *ROWS[3:5])
    new = made.verify().head
    made.close()
    shutil.copy(tmp_path / "kept.db", path)
    assert alone(path, old).returncode == 0
    assert alone(path, new).returncode == 1


def test_the_verifier_stays_short_and_leans_on_nothing() -> None:
    lines = SCRIPT.read_text(encoding="utf-8").splitlines()
    assert len(lines) < 200
    imports = {line.split()[1] for line in lines if line.startswith(("import ", "from "))}
    assert imports <= set(sys.stdlib_module_names)


def test_what_is_laid_out_is_checked_against_what_was_written(whole: Path, tmp_path: Path) -> None:
    for number, sql in enumerate((
        "UPDATE item_now SET state = 'pending' WHERE item = 1", "DELETE FROM report_now WHERE report = 1",
        "UPDATE event_now SET until = 1 WHERE until IS NULL", "DELETE FROM member_now WHERE until IS NULL",
    )):  # fmt: skip
        path = tmp_path / f"{number}.db"
        shutil.copy(whole, path)
        connection = sqlite3.connect(path)
        connection.execute(sql)
        connection.commit()
        connection.close()
        with Record(path, work=HERE) as made:
            assert any("disagree" in problem for problem in made.verify().problems), sql
