"""What comes in is kept before it is read, counted whatever becomes of it, and can be tried again."""

from __future__ import annotations

import socket
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from made_reports import APART, HERE, add, cured, event, record, row, told, write

from concordant.record import Counts, Outcome, RawItem, Receipt, RecordError
from concordant.record.errors import StorageError


def whole(c: Counts) -> bool:
    return c.received == c.coded + c.irrelevant + c.quarantined + c.pending


def test_bytes_are_kept_before_anything_reads_them(tmp_path: Path) -> None:
    made = record(tmp_path)
    receipt = made.take(RawItem("row", b"{not json at all", "there"))
    assert receipt.new
    assert receipt.sha256
    assert made.raw(receipt.sha256) == b"{not json at all"
    assert (made.counts().received, made.counts().pending) == (1, 1)


def test_the_same_bytes_are_one_report_however_often_they_come(tmp_path: Path) -> None:
    line = row("a", event())
    made = record(tmp_path, line)
    before = made.moment()
    again = add(made, tmp_path, line)
    assert [type(x) for x in again] == [Receipt]
    assert not again[0].new
    assert made.counts().received == 1
    assert made.moment() == before  # the same line of the same file says nothing new
    list(made.add([write(tmp_path / "elsewhere.jsonl", line)]))
    assert made.counts().received == made.counts().reports == 1
    assert [Path(s["source"]).name for s in made.report("a").seen][1] == "elsewhere.jsonl"


def test_everything_that_was_received_is_counted_and_what_was_not_read_says_why(tmp_path: Path) -> None:
    made = record(tmp_path, row("good", event()), row("dull"), row("short", text=" "))
    (tmp_path / "broken.jsonl").write_bytes(b'{"id": "x", "text": \n[1, 2]\n')
    (tmp_path / "broken.jsonl.gz").write_bytes(b"\x1f\x8b\x08\x00nothing")
    list(made.add([tmp_path / "broken.jsonl", tmp_path / "broken.jsonl.gz"]))
    counts = made.counts()
    assert whole(counts)
    assert (counts.coded, counts.irrelevant, counts.quarantined, counts.pending) == (1, 1, 4, 0)
    codes = {s.code for s in made.skipped(what="quarantined")}
    assert codes == {"no-text", "invalid-json", "io-error"}
    assert [s.id for s in made.skipped(what="irrelevant")] == ["dull"]


def test_a_missing_file_and_a_type_without_a_reader_are_told_and_not_received(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "picture.jpg").write_bytes(b"x")
    made = record(tmp_path)
    said = {str(x.code) for x in made.add([tmp_path / "nothing.txt", tmp_path / "folder"])}  # type: ignore[union-attr]
    assert said == {"missing", "skipped-type", "empty-folder"}
    assert made.counts().received == 0


def test_a_reader_that_dies_hangs_or_eats_memory_costs_its_own_item_only(tmp_path: Path) -> None:
    rows = [row(name, event(), trouble=name) for name in ("crash", "hang", "memory", "error")]
    made = record(tmp_path, row("first", event()), *rows, row("last", event("Dourfé")), work=APART)
    counts = made.counts()
    assert whole(counts)
    assert (counts.coded, counts.quarantined) == (2, 4)
    assert {s.code for s in made.skipped(what="quarantined")} == {"crash", "time-limit", "memory", "unexpected"}


def test_what_was_quarantined_can_be_tried_again(tmp_path: Path) -> None:
    made = record(tmp_path, row("a", event(), trouble="error"))
    assert made.counts().quarantined == 1
    assert made.retry() == 1
    assert made.counts().pending == 1
    list(made.process())
    assert made.counts().quarantined == 1
    made.work = replace(HERE, reader=cured)
    made.retry()
    assert [o.state for o in made.process()] == ["coded"]
    assert made.counts().quarantined == 0


def test_an_id_that_another_line_of_the_file_has_is_quarantined(tmp_path: Path) -> None:
    made = record(tmp_path, row("a", event()), row("a", event("Dourfé"), text="another text altogether, of another day"))
    assert made.counts().coded == 1
    assert [s.code for s in made.skipped(what="quarantined")] == ["duplicate-id"]


def test_an_id_that_another_file_has_is_told_apart(tmp_path: Path) -> None:
    made = record(tmp_path, row("1", event()))
    add(made, tmp_path, row("1", event("Dourfé"), text="another text altogether, of another day and place"))
    names = [r["report_id"] for r in made.reports()]
    assert names[0] == "1"
    assert names[1].startswith("1~")
    assert len({a["account_id"] for e in told(made) for a in e["accounts"]}) == 2


def test_a_report_from_the_future_is_quarantined(tmp_path: Path) -> None:
    made = record(tmp_path, row("a", event(), published="2999-01-01"))
    found = next(iter(made.skipped(what="quarantined")))
    assert found.code == "invalid-date"
    assert "2999-01-01" in found.reason


def test_what_was_recorded_cannot_be_changed(tmp_path: Path) -> None:
    made = record(tmp_path, row("a", event()))
    made.close()
    connection = sqlite3.connect(made.path)
    for table in ("entry", "raw", "item", "outcome", "document", "account", "event_version", "membership"):
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            connection.execute(f"DELETE FROM {table}")
    connection.close()


def test_bytes_that_rot_are_noticed(tmp_path: Path) -> None:
    made = record(tmp_path, row("a", event()))
    digest = made.report("a").sha256
    made.close()
    connection = sqlite3.connect(made.path)
    connection.execute("DROP TRIGGER raw_update")
    connection.execute("UPDATE raw SET body = zeroblob(10), packing = 'none'")
    connection.commit()
    connection.close()
    with pytest.raises(StorageError):
        record(tmp_path).raw(digest or "")


def test_another_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE mine (x)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(RecordError, match="no record"):
        record(tmp_path, name="other.db")
    assert path.read_bytes() == before


def test_a_pending_item_of_a_process_that_died_is_taken_up(tmp_path: Path) -> None:
    made = record(tmp_path)
    list(made.receive([write(tmp_path / "a.jsonl", row("a", event()))]))
    made.database.rows("INSERT INTO lease VALUES (1, ?, ?)", (f"{socket.gethostname()}:999999999", 9e12))
    assert [o.state for o in made.process()] == ["coded"]


def test_an_item_in_the_hands_of_a_living_process_is_left_to_it(tmp_path: Path) -> None:
    made = record(tmp_path)
    list(made.receive([write(tmp_path / "a.jsonl", row("a", event()))]))
    made.database.rows("INSERT INTO lease VALUES (1, ?, ?)", (f"{socket.gethostname()}:1", 9e12))
    assert list(made.process()) == []
    assert made.counts().pending == 1


def test_an_outcome_is_given_for_each_item(tmp_path: Path) -> None:
    made = record(tmp_path)
    got = [x for x in add(made, tmp_path, *(row(f"r{i}", event()) for i in range(40))) if isinstance(x, Outcome)]
    assert len(got) == 40
    assert {x.state for x in got} == {"coded"}


def test_two_events_told_in_the_same_words_are_two_accounts(tmp_path: Path) -> None:
    twice = [event(), {**event(), "casualties": []}]
    made = record(tmp_path, row("a", *twice), row("b", *twice))
    assert len({a["account_id"] for name in "ab" for a in made.report(name).accounts}) == 4
    assert made.counts().accounts == 4
