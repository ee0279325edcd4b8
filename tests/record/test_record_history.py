"""Every read as of any time gives what it gave then, to the byte; the log says what changed which value."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from made_reports import HERE, add, event, record, row
from test_record_order import ROWS

from concordant.record import Filters, Record, UnknownError


def reads(made: Record, as_of: Any = None) -> str:
    """What every read method answers, as text."""
    events = list(made.events(Filters(standing="all"), as_of=as_of))
    names = [r["report_id"] for r in made.reports(as_of=as_of, limit=1000)]
    answers: dict[str, Any] = {
        "events": [e.to_dict() for e in events], "known": [e.known for e in events],
        "page": [e.id for e in made.events(Filters(place="Tamboré", killed=2), as_of=as_of, limit=2)],
        "text": [e.id for e in made.events(Filters(text="raid*"), as_of=as_of, oldest_first=True)],
        "outlet": [e.id for e in made.events(Filters(outlet="a3.example"), as_of=as_of)],
        "of": [e.id for e in made.events(Filters(report="a5"), as_of=as_of)],
        "count": made.count(Filters(country="XA"), as_of=as_of), "counts": made.counts(as_of=as_of).to_dict(),
        "dossiers": [made.dossier(e.id, as_of=as_of) for e in events],
        "logs": [[line.to_dict() for line in made.log(e.id, as_of=as_of)] for e in events],
        "reports": [made.report(name, as_of=as_of).to_dict() for name in names], "list": made.reports(as_of=as_of),
        "skipped": [s.to_dict() for s in made.skipped(as_of=as_of)], "misfits": made.misfits(as_of=as_of),
        "rulings": [r.to_dict() for r in made.rulings(as_of=as_of, all=True)],
    }  # fmt: skip
    return json.dumps(answers, ensure_ascii=False)


def earliest(made: Record, **wanted: Any) -> str:
    return next(iter(made.events(Filters(**wanted)))).id


def steps(made: Record, folder: Path) -> list[Callable[[], object]]:
    tambore = {"place": "Tamboré", "until": "2024-05-07"}
    return [
        *(lambda rows=ROWS[i : i + 2]: add(made, folder, *rows) for i in range(0, len(ROWS), 2)),
        lambda: made.rule_event(
            earliest(made, **tambore), "value", why="hospital", by="amina",
            value={"field": "casualties.killed", "value": {"low": 9, "best": 9, "high": 9}},
        ),
        lambda: made.link(earliest(made, place="Kelwani"), earliest(made, **tambore), why="one column", by="amina"),
        lambda: add(made, folder, row("late", event(killed=11), published="2024-05-20"), row("bad", text=" ")),
        lambda: made.unlink(
            made.report("c1").accounts[0]["account_id"], earliest(made, **tambore), why="two columns", by="bo"
        ),
        lambda: made.rule_event(earliest(made, place="Ouré-Bilo"), "not_event", why="a rumour", by="bo"),
        lambda: made.decide("irrelevant", ["b2"], why="a drill", by="bo"),
        lambda: made.rule_event(earliest(made, place="Dourfé"), "confirm", why="seen", by="bo"),
        lambda: made.retry(by="bo"), lambda: list(made.process()),
        lambda: made.decide("irrelevant", ["b2"], why="it was none", by="bo", judgement="none"),
    ]  # fmt: skip


def test_every_read_as_of_any_time_is_what_it_was_then(tmp_path: Path) -> None:
    made = record(tmp_path)
    then: dict[int, str] = {}
    for step in steps(made, tmp_path):
        step()
        then[made.moment()] = reads(made)
    assert len(then) == len(steps(made, tmp_path))
    for moment, answers in then.items():
        assert reads(made, moment) == answers
    assert made.verify().whole


def test_a_day_means_its_end_and_a_moment_itself(tmp_path: Path) -> None:
    clock = iter(datetime(2024, 6, 1, 12, tzinfo=UTC) + timedelta(days=i // 6) for i in range(1000))
    made = Record(tmp_path / "made.db", work=HERE, clock=lambda: next(clock))
    for i, line in enumerate(ROWS[:6]):
        add(made, tmp_path, line)
        assert made.database.value("SELECT max(at) FROM entry")[:10] == f"2024-06-0{1 + (2 * i + 1) // 6}"
    assert made.counts(as_of="2024-05-31").received == 0
    assert made.counts(as_of="2024-06-01").received == 3
    assert made.counts(as_of="2024-06-01T11:59:59").received == 0
    assert made.counts(as_of="2024-06-01T12:00:00Z").received == 3
    assert made.counts(as_of="2024-06-01T13:00:00+02:00").received == 0
    assert list(made.events(as_of="2024-05-31")) == []


def test_a_clock_that_goes_back_does_not_turn_the_order_of_the_record(tmp_path: Path) -> None:
    times = [datetime(2024, 6, 1, 12, tzinfo=UTC)] * 3 + [datetime(2024, 5, 1, 12, tzinfo=UTC)] * 20
    clock = iter(times)
    made = Record(tmp_path / "made.db", work=HERE, clock=lambda: next(clock))
    add(made, tmp_path, ROWS[0])
    add(made, tmp_path, ROWS[1])
    entries = made.database.rows("SELECT at, note FROM entry ORDER BY seq")
    assert [at for at, _ in entries] == sorted(at for at, _ in entries)
    assert any("the clock went back" in note for _, note in entries)
    assert made.verify().whole


def test_the_log_tells_which_report_or_ruling_changed_which_value(tmp_path: Path) -> None:
    made = record(tmp_path, row("a1", event(killed=5)))
    add(made, tmp_path, row("a2", event(killed=9), published="2024-05-09"))
    name = next(iter(made.events())).id
    made.rule_event(
        name, "value", why="the list of names", by="amina",
        value={"field": "casualties.killed", "value": {"low": 8, "best": 8, "high": 8}},
    )  # fmt: skip
    told = [(line.cause, line.old, line.new, line.by) for line in made.log(name) if "killed" in line.field]
    assert told[0] == ("coded: report a1", None, "5", "concordant")
    assert told[1][0] == "coded: report a2"
    assert told[-1][3] == "amina"
    assert "8" in [new for _, _, new, _ in told]
    assert any(line.note == "the list of names" for line in made.log(name))


def test_an_event_is_found_by_the_name_it_had_before(tmp_path: Path) -> None:
    made = record(tmp_path, row("a2", event(), published="2024-05-09"))
    old = next(iter(made.events())).id
    add(made, tmp_path, row("a1", event(), published="2024-05-07"))
    new = next(iter(made.events())).id
    assert new != old  # an earlier account names the event
    assert made.event(old).id == new
    assert made.event(old[:9]).id == new
    assert [line.old for line in made.log(new) if line.note == "came from"] == [old]
    assert made.log(old)[-1].new == new
    with pytest.raises(UnknownError):
        made.event("ffff")


def test_an_event_that_no_longer_is_keeps_its_history(tmp_path: Path) -> None:
    made = record(tmp_path, row("a", event()))
    name = next(iter(made.events())).id
    before = made.moment()
    made.decide("irrelevant", ["a"], why="an exercise", by="amina")
    assert list(made.events()) == []
    assert made.counts().irrelevant == 1
    assert made.event(name, as_of=before).values["kind"] == "attack_on_civilians"
    with pytest.raises(UnknownError, match="no more"):
        made.event(name)
