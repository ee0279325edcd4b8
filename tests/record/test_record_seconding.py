"""Second codings: given by a rule anybody can apply again, kept once, never shown before, and carried over newer codings."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made_reports import HERE, add, coded_as, event, record, row, told

from concordant.record import Filters, Record, RecordError, UnknownError
from concordant.record.migrations import migrate, versions
from concordant.reports.report import Report
from concordant.review import RulingError
from concordant.review.second import figures

DAYS = [f"2024-05-{n:02}" for n in range(3, 27, 3)]


def recoder(report: Report) -> dict[str, Any]:
    return coded_as(report, [event(day=f"2024-05-{int(report.id[1:]):02}", killed=6, words="raid on")], "2")


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Record]:
    rows = (row(f"d{int(d[-2:])}", event(day=d), published=d, text=f"raid on the town, day {d}: many were hurt {d}") for d in DAYS)
    found = record(tmp_path, *rows, work=replace(HERE, recoder=recoder))
    assert found.count() == len(DAYS)
    yield found
    found.close()


def values(kind: str = "ambush", killed: int | None = 4, day: str = "2024-05-03") -> dict[str, Any]:
    toll = {"outcome": "killed", "victims": "civilians", "state": "number", "low": killed, "best": killed, "high": killed}
    return {
        "kind": kind, "date": {"start": day, "end": day}, "place": {"name": "Tamboré", "country": "XA"}, "parties": [],
        "casualties": [] if killed is None else [toll],
    }  # fmt: skip


def test_the_sample_is_that_of_the_rule_and_of_nothing_else(made: Record) -> None:
    chosen, among = made.seconds.sample(Filters(), 3, "s", "bo")
    every = sorted((e["id"] for e in told(made)), key=lambda name: hashlib.sha256(f"s:{name}".encode()).digest())
    assert (chosen, among) == (every[:3], len(DAYS))
    assert made.seconds.sample(Filters(), 3, "t", "bo")[0] != chosen
    made.seconds.assign(chosen, "bo", {"how": "sample"}, by="amina")
    assert made.seconds.sample(Filters(), 3, "s", "bo")[0] == every[3:6]
    assert made.seconds.sample(Filters(), 3, "s", "cy")[0] == chosen
    assert made.seconds.sample(Filters(since="2024-05-20"), 9, "s", "cy")[1] == 2


def test_an_assignment_is_open_until_it_is_coded_and_then_final(made: Record) -> None:
    name = made.seconds.assign([told(made)[0]["id"]], "bo", {"how": "hand", "why": "hard"}, by="amina")[0]
    before = made.moment()
    with pytest.raises(RecordError, match="given to bo"):
        made.seconds.submit(name, values(), by="cy")
    with pytest.raises(RecordError, match="has a kind"):
        made.seconds.submit(name, values(kind=""), by="bo")
    with pytest.raises(RulingError):
        made.seconds.submit(name, {**values(), "date": {"start": "never", "end": "never"}}, by="bo")
    assert made.moment() == before
    made.seconds.submit(name, values(), by="bo")
    assert made.seconds.one(name).state == "coded"
    assert made.seconds.one(name, as_of=before).state == "open"
    for again in (lambda: made.seconds.submit(name, values(), by="bo"), lambda: made.seconds.withdraw(name, by="amina")):
        with pytest.raises(RecordError, match="coded already"):
            again()
    assert made.verify().whole


def test_what_cannot_be_given_is_refused(made: Record) -> None:
    one = told(made)[0]["id"]
    made.seconds.assign([one], "bo", {}, by="amina")
    for events, coder in (([one], "bo"), ([], "bo"), ([one], " ")):
        with pytest.raises(RecordError):
            made.seconds.assign(events, coder, {}, by="amina")
    with pytest.raises(UnknownError):
        made.seconds.assign(["zzz"], "bo", {}, by="amina")
    with pytest.raises(RecordError):
        made.seconds.sample(Filters(), 0, "s", "bo")
    with pytest.raises(UnknownError):
        made.seconds.one("zzz")


def test_one_that_was_taken_back_holds_nothing_back_and_can_be_given_again(made: Record) -> None:
    one = told(made)[0]
    name = made.seconds.assign([one["id"]], "bo", {}, by="amina")[0]
    report = one["accounts"][0]["report_id"]
    assert made.seconds.held_back("bo", made.moment()) == ({one["id"]}, {report})
    assert made.seconds.held_back("amina", made.moment()) == (set(), set())
    made.seconds.withdraw(name, by="amina", why="ill")
    assert made.seconds.held_back("bo", made.moment()) == (set(), set())
    assert made.seconds.assign([one["id"]], "bo", {}, by="amina") != [name]


def test_the_first_coding_is_what_the_event_said_when_it_was_given(made: Record) -> None:
    one = told(made)[0]["id"]
    name = made.seconds.assign([one], "bo", {}, by="amina")[0]
    made.rule_event(one, "value", why="later", by="cy", value={"field": "kind", "value": "ied"})
    made.seconds.submit(name, values(), by="bo")
    first, second = made.seconds.codings_of(made.seconds.one(name))
    assert (first.machine, first.values["kind"], second.by, second.values["kind"]) == (True, "attack_on_civilians", "bo", "ambush")
    other = made.seconds.assign([one], "dee", {}, by="amina")[0]
    made.seconds.submit(other, values("ied"), by="dee")
    assert [c.by for c in made.seconds.codings_of(made.seconds.one(other))] == ["", "bo", "dee"]
    assert figures(made.seconds.codings())["kind"].values == 2
    assert figures(made.seconds.codings(), machine=True)["kind"].values == 3


def test_a_first_coding_that_a_person_made_is_that_persons(made: Record) -> None:
    one = told(made)[0]["id"]
    made.rule_event(one, "value", why="read", by="amina", value={"field": "kind", "value": "ied"})
    name = made.seconds.assign([one], "bo", {}, by="amina")[0]
    made.seconds.submit(name, values("ied"), by="bo")
    first, _ = made.seconds.codings_of(made.seconds.one(name))
    assert (first.by, first.machine, first.values["kind"]) == ("amina", False, "ied")


def test_codings_follow_their_event_when_it_is_coded_again_and_joined(made: Record, tmp_path: Path) -> None:
    days = {e["date"]["start"]: e["id"] for e in told(made)}
    name = made.seconds.assign([days["2024-05-03"]], "bo", {}, by="amina")[0]
    made.seconds.submit(name, values(), by="bo")
    open_ = made.seconds.assign([days["2024-05-24"]], "bo", {}, by="amina")[0]
    made.propose()
    made.accept(why="version 2", by="amina")
    events = {e["date"]["start"]: e["id"] for e in told(made)}
    assert made.seconds.event(made.seconds.one(name)) == events["2024-05-03"]
    first, second = made.seconds.codings_of(made.seconds.one(name))
    assert (first.values["casualties"][0]["best"], second.values["casualties"][0]["best"]) == (5, 4)
    held, _ = made.seconds.held_back("bo", made.moment())
    assert held == {made.seconds.event(made.seconds.one(open_))}
    add(made, tmp_path, row("x", event(day="2024-05-03"), published="2024-05-02"))  # an earlier account gives the event another name
    joined = made.seconds.event(made.seconds.one(name))
    assert {a["report_id"] for a in made.event(str(joined)).values["accounts"]} == {"d3", "x"}
    assert made.verify().whole


def test_a_record_of_the_first_version_is_brought_to_the_newest(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with sqlite3.connect(path, isolation_level=None) as old:
        assert migrate(old, 1) == 1
    made = record(tmp_path, row("a", event()), name="old.db")
    assert made.database.value("PRAGMA user_version") == len(versions())
    name = made.seconds.assign([told(made)[0]["id"]], "bo", {}, by="amina")[0]
    made.seconds.submit(name, values(), by="bo")
    for table in ("assignment", "second_coding"):
        with pytest.raises(RecordError, match="never changed"):
            made.database.rows(f"DELETE FROM {table}")
    assert made.verify().whole
