"""Backups made while the record is in use, put back only when whole; new versions of the tables over records with data."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from pathlib import Path

import pytest
from made_reports import HERE, add, event, record, row, told
from test_record_order import ROWS

from concordant.record import Record, RecordError, migrations
from concordant.record.backing import restore
from concordant.record.errors import SchemaError


def test_a_backup_made_while_reports_come_in_is_whole_and_of_one_moment(tmp_path: Path) -> None:
    made = record(tmp_path, *ROWS[:4])
    heads = []

    def write() -> None:
        for n in range(12):
            add(made, tmp_path, row(f"more{n}", event(day=f"2024-06-{n + 1:02}"), published="2024-07-01"))

    writer = threading.Thread(target=write)
    writer.start()
    for number in range(4):
        heads.append((tmp_path / f"{number}.backup", made.backup(tmp_path / f"{number}.backup")))
    writer.join()
    for path, head in heads:
        with Record(path, work=HERE) as copy:
            verdict = copy.verify()
            assert verdict.whole, verdict.problems
            assert verdict.head == head
            assert made.knows_head(head)
            seq = copy.moment()
            assert told(copy) == told(made, as_of=seq)
    assert [p for p in tmp_path.iterdir() if p.name.endswith(".part")] == []


def test_a_backup_never_overwrites(tmp_path: Path) -> None:
    made = record(tmp_path, *ROWS[:2])
    made.backup(tmp_path / "one")
    with pytest.raises(RecordError, match="exists already"):
        made.backup(tmp_path / "one")


def test_a_backup_is_put_back_and_the_record_that_was_there_is_kept(tmp_path: Path) -> None:
    made = record(tmp_path, *ROWS[:3])
    before = told(made)
    made.backup(tmp_path / "backup")
    add(made, tmp_path, *ROWS[3:])
    after = told(made)
    made.close()
    aside = restore(tmp_path / "backup", made.path)
    with Record(made.path, work=HERE) as back:
        assert told(back) == before
    assert aside is not None
    with Record(aside, work=HERE) as old:
        assert told(old) == after


def test_a_damaged_backup_is_not_put_back(tmp_path: Path) -> None:
    made = record(tmp_path, *ROWS[:3])
    made.backup(tmp_path / "backup")
    before = told(made)
    made.close()
    connection = sqlite3.connect(tmp_path / "backup")
    connection.execute("DROP TRIGGER outcome_update")
    connection.execute("UPDATE outcome SET reason = 'forged'")
    connection.commit()
    connection.close()
    with pytest.raises(RecordError, match="damaged"):
        restore(tmp_path / "backup", made.path)
    with Record(made.path, work=HERE) as same:
        assert told(same) == before


NEXT = """
ALTER TABLE report ADD COLUMN kept TEXT;
CREATE TABLE item_now_2 (
    item INTEGER PRIMARY KEY, state TEXT NOT NULL, outcome INTEGER NOT NULL, report INTEGER, tries INTEGER NOT NULL
);
INSERT INTO item_now_2 SELECT * FROM item_now;
DROP TABLE item_now;
ALTER TABLE item_now_2 RENAME TO item_now;
CREATE INDEX item_now_state ON item_now (state, item);
CREATE INDEX item_now_report ON item_now (report) WHERE report IS NOT NULL;
"""


def add_version(patch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """A version of the tables to come."""
    first, file = migrations.versions()[:1], folder / f"{len(migrations.versions()) + 1:03}.sql"
    file.write_text(script, encoding="utf-8")
    known = (*migrations.versions(), file)
    assert first
    patch.setattr(migrations, "versions", lambda: known)


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    connection = sqlite3.connect(path)
    tables = [t for t in (*migrations.HISTORY, "entry") if t != "report"]
    found = {t: connection.execute(f"SELECT * FROM {t} ORDER BY 1").fetchall() for t in tables}
    found["report"] = connection.execute("SELECT id, tx, report_id FROM report ORDER BY id").fetchall()
    connection.close()
    return found


def test_a_new_version_of_the_tables_keeps_every_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = record(tmp_path, *ROWS)
    events = told(made)
    made.close()
    before = contents(made.path)
    add_version(monkeypatch, tmp_path, NEXT)
    with Record(made.path, work=HERE) as newer:
        assert contents(made.path) == before
        assert told(newer) == events
        assert newer.database.value("PRAGMA user_version") == len(migrations.versions())
        assert newer.counts().coded == 11
        add(newer, tmp_path, row("z", event("Sabanga")))


def test_a_new_version_that_fails_leaves_the_record_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = record(tmp_path, *ROWS[:4])
    made.close()
    before = made.path.read_bytes()
    with monkeypatch.context() as patch:
        add_version(patch, tmp_path, NEXT + "INSERT INTO nowhere VALUES (1);")
        with pytest.raises(RecordError):
            Record(made.path, work=HERE)
    with monkeypatch.context() as patch:
        add_version(patch, tmp_path, "PRAGMA defer_foreign_keys = ON; DELETE FROM report_now; INSERT INTO copy VALUES (1, 1, 77, 78, 1);")
        with pytest.raises(RecordError):
            Record(made.path, work=HERE)
    assert made.path.read_bytes() == before
    with Record(made.path, work=HERE) as same:
        assert same.verify().whole


def test_a_record_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    made = record(tmp_path, *ROWS[:1])
    made.close()
    connection = sqlite3.connect(made.path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(SchemaError, match="newer"):
        Record(made.path, work=HERE)


def test_two_processes_that_make_a_record_at_once_make_one(tmp_path: Path) -> None:
    errors = []

    def make() -> None:
        try:
            Record(tmp_path / "made.db", work=HERE).close()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=make) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert record(tmp_path).counts().received == 0


@pytest.mark.parametrize("gap", range(5))
def test_a_record_that_another_process_makes_between_two_looks_is_no_strange_database(tmp_path: Path, gap: int) -> None:
    path = tmp_path / "made.db"

    class Interrupted(sqlite3.Connection):
        """Lets another process make the record before one of its statements, where that one is not kept waiting."""

        count = 0

        def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
            self.count += 1
            if self.count == gap + 1:
                other = sqlite3.connect(path, timeout=0, isolation_level=None)
                with contextlib.suppress(sqlite3.OperationalError):
                    migrations.migrate(other)
                other.close()
            return super().execute(sql, *values)

    connection = sqlite3.connect(path, isolation_level=None, factory=Interrupted)
    assert migrations.migrate(connection) == len(migrations.versions())
    connection.close()
