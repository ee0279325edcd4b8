"""Words that a ruling points to: checked against the report, kept with it, outliving a newer coding, taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made_reports import HERE, coded_as, event, record, row, told
from typer.testing import CliRunner

from concordant.cli.app import app
from concordant.record import Record
from concordant.reports.report import Report
from concordant.review import QuotationError

TEXT = "raid on Tamboré at dawn: four guards were shot. The raid lasted an hour"


def recoder(report: Report) -> dict[str, Any]:
    return coded_as(report, [event(killed=6, words="raid on")], "2")


@pytest.fixture
def made(tmp_path: Path) -> Record:
    rows = (row("a", event(killed=5), text=TEXT), row("b", event(killed=5), published="2024-05-08"))
    return record(tmp_path, *rows, work=replace(HERE, recoder=recoder))


def ruled(made: Record, quote: str, field: str, value: Any, **more: Any) -> str:
    account, words = made.mark(told(made)[0]["id"], quote, **more)
    return made.decide("value", [account], why="the words", by="amina", value={"field": field, "value": value, "evidence": [words]})


def test_a_value_is_ruled_with_its_words_and_the_event_says_so(made: Record) -> None:
    name = ruled(made, "four guards", "casualties.killed.state_forces", {"best": 4})
    values = told(made)[0]
    why = values["why"]["casualties.killed.state_forces"]
    start = TEXT.index("four guards")
    assert why["from"][0]["evidence"] == [{"in": "text", "start": start, "end": start + 11, "text": "four guards"}]
    toll = next(r for r in values["casualties"] if r["victims"] == "state_forces")
    assert (toll["best"], toll["quote"]) == (4, "four guards")
    assert made.ruling(name).value["evidence"] == why["from"][0]["evidence"]
    assert ("marked.casualties.killed.state_forces", ["four guards"]) in [(line.field, line.new) for line in made.log(values["id"])]
    assert made.verify().whole


def test_words_that_the_report_does_not_have_are_refused_and_leave_no_trace(made: Record) -> None:
    before, account = made.moment(), made.report("a").accounts[0]["account_id"]
    with pytest.raises(QuotationError, match="letter for letter"):
        made.mark(account, "Four guards")
    with pytest.raises(QuotationError, match="2 times"):
        made.mark(account, "raid")
    for start, text in ((0, "four guards"), (TEXT.index("four") + 1, "four guards")):
        words = {"in": "text", "start": start, "end": start + len(text), "text": text}
        with pytest.raises(QuotationError):
            made.decide("value", [account], why="x", by="amina", value={"field": "kind", "value": "raid", "evidence": [words]})
        with pytest.raises(QuotationError):
            made.rule_event(told(made)[0]["id"], "value", why="x", by="amina", value={"field": "kind", "value": "raid", "evidence": [words]})
    assert made.moment() == before


def test_a_ruling_on_an_event_is_written_down_about_the_account_that_has_the_words(made: Record) -> None:
    other = made.report("b").text[:9]
    words = {"in": "text", "start": 0, "end": 9, "text": other}
    name = made.rule_event(told(made)[0]["id"], "value", why="x", by="amina", value={"field": "kind", "value": "raid", "evidence": [words]})
    assert made.ruling(name).subject == (made.report("b").accounts[0]["account_id"],)


def test_words_outlive_a_newer_coding_and_can_be_taken_back_after_it(made: Record) -> None:
    name = ruled(made, "at dawn", "date", {"start": "2024-05-05", "end": "2024-05-05"})
    old = made.report("a").accounts[0]["account_id"]
    made.propose()
    made.accept(why="version 2", by="amina")
    assert made.report("a").accounts[0]["account_id"] != old
    values = told(made)[0]
    assert values["date"]["start"] == "2024-05-05"
    assert values["why"]["date"]["from"][0]["evidence"][0]["text"] == "at dawn"
    assert [r.id for r in made.rulings()] == [name]
    made.take_back(name, why="another dawn", by="bo")
    assert told(made)[0]["date"]["start"] == "2024-05-06"
    assert made.rulings() == []
    assert [r.judgement for r in made.rulings(all=True)] == ["same", "none"]
    assert made.verify().whole


def test_a_ruling_on_an_account_that_a_newer_coding_lost_can_be_taken_back(tmp_path: Path) -> None:
    made = record(tmp_path, row("a", event(killed=5), text=TEXT), work=replace(HERE, recoder=lambda report: coded_as(report, [], "2")))
    name = ruled(made, "at dawn", "date", {"start": "2024-05-05", "end": "2024-05-05"})
    made.propose()
    made.accept(why="version 2", by="amina")
    assert len(made.misfits()) == 1
    made.take_back(name, why="gone", by="bo")
    assert made.misfits() == []


def test_single_parties_are_set_taken_out_and_put_back(made: Record) -> None:
    guards = {"name": "four guards", "role": "target", "type": "state_forces", "actor_id": None, "presumed": False, "country": None}
    name = ruled(made, "four guards", "parties.target.four guards", guards)
    values = told(made)[0]
    assert [(p["name"], p["role"]) for p in values["parties"]] == [("gunmen", "perpetrator"), ("four guards", "target")]
    assert values["why"]["parties.1"]["from"][0]["evidence"][0]["text"] == "four guards"
    out = made.rule_event(values["id"], "value", why="none", by="bo", value={"field": "parties.perpetrator.gunmen", "value": None})
    values = told(made)[0]
    assert [p["name"] for p in values["parties"]] == ["four guards"]
    assert values["why"]["parties.0"]["from"][0]["ruling"] == name
    assert values["why"]["parties.perpetrator.gunmen"]["from"][0]["ruling"] == out
    made.take_back(out, why="back", by="bo")
    made.take_back(name, why="back", by="bo")
    assert [p["name"] for p in told(made)[0]["parties"]] == ["gunmen"]


def test_the_parties_of_a_role_and_the_rows_of_an_outcome_are_set_together(made: Record) -> None:
    name = told(made)[0]["id"]
    guards = {"name": "four guards", "role": "target", "type": "state_forces"}
    ruled(made, "four guards", "parties.target.four guards", guards)
    out = made.rule_event(name, "value", why="read", by="amina", value={"field": "parties.perpetrator", "value": [{"name": "herders", "role": "perpetrator", "type": "militia"}]})
    rows = [{"victims": "civilians", "best": 2}, {"victims": "militia", "low": 1, "best": 1, "high": 1}]
    made.rule_event(name, "value", why="read", by="amina", value={"field": "casualties.killed", "value": rows})
    values = told(made)[0]
    assert [(p["name"], p["role"]) for p in values["parties"]] == [("four guards", "target"), ("herders", "perpetrator")]
    assert values["why"]["parties.0"]["from"][0]["evidence"][0]["text"] == "four guards"
    assert values["why"]["parties.perpetrator"]["from"][0]["ruling"] == out
    assert [(r["victims"], r["best"]) for r in values["casualties"]] == [("civilians", 2), ("militia", 1)]
    made.rule_event(name, "value", why="nobody says", by="amina", value={"field": "casualties.killed", "value": []})
    assert told(made)[0]["casualties"] == []
    assert made.misfits() == []


def test_a_confirmation_holds_though_other_words_are_marked(made: Record) -> None:
    from concordant.record.telling import confirmable

    name = ruled(made, "four guards", "casualties.killed.civilians", {"low": 5, "best": 5, "high": 5})
    made.rule_event(told(made)[0]["id"], "confirm", why="read", by="bo", value=confirmable(told(made)[0]))
    made.take_back(name, why="x", by="amina")
    assert told(made)[0]["review"] == "confirmed"


def test_rule_takes_a_quotation_on_the_command_line(made: Record) -> None:
    event_id, command = told(made)[0]["id"], ["--record", str(made.path), "rule"]
    run = CliRunner().invoke(app, [*command, event_id, "--set", "casualties.wounded.state_forces=4", "--quote", "four guards", "--why", "read"])
    assert run.exit_code == 0, run.output
    assert made.rulings()[0].value["evidence"][0]["text"] == "four guards"
    for wrong in (["--set", "kind=raid", "--quote", "five guards"], ["--set", "kind=raid", "--quote", "raid"], ["--not-event", "--quote", "four guards"]):
        assert CliRunner().invoke(app, [*command, event_id, *wrong, "--why", "read"]).exit_code != 0
    second = CliRunner().invoke(app, [*command, event_id, "--set", "kind=raid", "--quote", "raid", "--which", "2", "--why", "read"])
    assert second.exit_code == 0, second.output
    assert made.rulings()[-1].value["evidence"][0]["start"] == TEXT.rindex("raid")
