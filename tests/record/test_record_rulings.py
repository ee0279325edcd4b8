"""Rulings: they hold, are superseded and never overwritten, outlive what comes later, and are not dropped when they no longer fit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made_reports import HERE, add, coded_as, event, record, row, told

from concordant.record import Filters, Record, RecordError, UnknownError
from concordant.reports.report import Report
from concordant.review import RulingError

FIGURE = {"field": "casualties.killed", "value": {"low": 9, "best": 9, "high": 9}}


def only(made: Record, **wanted: Any) -> dict[str, Any]:
    found = told(made, filters=Filters(**wanted))
    assert len(found) == 1, [e["id"] for e in found]
    return found[0]


def killed(values: dict[str, Any]) -> list[int]:
    return [r["best"] for r in values["casualties"] if r["outcome"] == "killed" and not r["rival"]]


def together(made: Record) -> list[list[str]]:
    return sorted(sorted(a["report_id"] for a in e["accounts"]) for e in told(made))


def test_two_events_that_are_linked_are_one_and_stay_one_when_more_comes(tmp_path: Path) -> None:
    made = record(tmp_path, row("a", event()), row("c", event("Dourfé")))
    one, other = (e["id"] for e in told(made))
    made.link(one, other, why="one column", by="amina")
    assert together(made) == [["a", "c"]]
    add(made, tmp_path, row("a2", event()), row("c2", event("Dourfé")), row("d", event("Sabanga")))
    assert ["d"] in together(made)
    assert any({"a", "c"} <= set(names) for names in together(made))
    assert made.verify().whole


def test_an_account_that_is_unlinked_goes_and_does_not_come_back(tmp_path: Path) -> None:
    made = record(tmp_path, *(row(n, event()) for n in ("a", "b", "c")))
    account = made.report("b").accounts[0]["account_id"]
    made.unlink(only(made)["id"], account, why="another village of that name", by="amina")
    assert together(made) == [["a", "c"], ["b"]]
    add(made, tmp_path, row("d", event()), row("e", event()))
    names = together(made)
    assert not any({"b", "a"} <= set(n) or {"b", "c"} <= set(n) for n in names)


def test_linking_takes_back_what_was_unlinked(tmp_path: Path) -> None:
    made = record(tmp_path, row("a", event()), row("b", event()))
    account = made.report("b").accounts[0]["account_id"]
    made.unlink(only(made)["id"], account, why="two raids", by="amina")
    one, other = (e["id"] for e in told(made))
    made.link(one, other, why="one raid after all", by="bo")
    assert together(made) == [["a", "b"]]
    assert [r.judgement for r in made.rulings()] == ["same"]
    assert {r.by for r in made.rulings(all=True)} == {"amina", "bo"}


def test_a_value_that_was_ruled_stands_before_what_reports_say(tmp_path: Path) -> None:
    made = record(tmp_path, row("a", event(killed=5)))
    made.rule_event(only(made)["id"], "value", why="the list of names", by="amina", value=FIGURE)
    assert killed(only(made)) == [9]
    add(made, tmp_path, row("b", event(killed=6), published="2024-05-09"), row("a0", event(), published="2024-05-06"))
    assert killed(only(made)) == [9]  # also under the event's new name


def test_a_report_that_says_otherwise_later_is_put_before_a_person(tmp_path: Path) -> None:
    made = record(tmp_path, row("a", event(killed=5)))
    made.rule_event(only(made)["id"], "value", why="the list of names", by="amina", value=FIGURE)
    assert made.misfits() == []
    add(made, tmp_path, row("b", event(killed=30), published="2024-05-09"))
    assert [m["reason"] for m in made.misfits()] == ["b came later and says 30 for casualties.killed"]
    assert [s.what for s in made.skipped(what="ruling")] == ["ruling"]
    made.rule_event(only(made)["id"], "value", why="checked again", by="amina", value=FIGURE)
    assert made.misfits() == []  # it was decided anew


def test_a_later_ruling_supersedes_and_a_ruling_taken_back_leaves_what_reports_say(tmp_path: Path) -> None:
    made = record(tmp_path, row("a", event(killed=5)))
    name = only(made)["id"]
    first = made.rule_event(name, "value", why="names", by="amina", value=FIGURE)
    other = {"field": "casualties.killed", "value": {"low": 4, "best": 4, "high": 4}}
    made.rule_event(name, "value", why="one was counted twice", by="bo", value=other)
    assert killed(only(made)) == [4]
    assert [r.supersedes for r in made.rulings(name)] == [first]
    made.rule_event(name, "value", why="not sure", by="bo", judgement="none", value={"field": "casualties.killed", "value": None})
    assert killed(only(made)) == [5]
    assert made.rulings(name) == []
    assert len(made.rulings(name, all=True)) == 3


def test_a_claim_that_was_rejected_counts_no_more(tmp_path: Path) -> None:
    made = record(tmp_path, row("a", event(killed=5)), row("b", event(killed=50), published="2024-05-09"))
    name, chosen = only(made)["id"], killed(only(made))[0]
    claims = [c for a in made.dossier(name)["accounts"] for c in a["claims"] if c["field"] == "casualties"]
    claim = next(c["id"] for c in claims if c["value"]["best"] == chosen)
    made.rule_event(name, "claim", why="a slip of the pen", by="amina", value={"claim": claim[:8]})
    assert killed(only(made)) == [55 - chosen]
    assert [c["rejected"] for a in made.dossier(name)["accounts"] for c in a["claims"] if c["id"] == claim] == [True]


def test_what_is_no_event_is_set_aside_and_a_later_report_asks_again(tmp_path: Path) -> None:
    made = record(tmp_path, row("a", event()))
    made.rule_event(only(made)["id"], "not_event", why="a drill", by="amina")
    assert told(made) == []
    assert only(made, standing="not_event")["standing"] == "not_event"
    add(made, tmp_path, row("b", event(), published="2024-05-08"))
    assert [m["reason"] for m in made.misfits()] == ["b came later and tells of it as an event"]
    assert told(made) == []
    made.rule_event(only(made, standing="not_event")["id"], "not_event", why="it was none", by="bo", judgement="none")
    assert together(made) == [["a", "b"]]


def test_a_report_that_tells_of_nothing_is_counted_so_until_that_is_taken_back(tmp_path: Path) -> None:
    made = record(tmp_path, row("a", event(killed=5)), row("b", event(killed=8), published="2024-05-09"))
    made.decide("irrelevant", ["b"], why="a film", by="amina")
    assert (made.counts().coded, made.counts().irrelevant) == (1, 1)
    assert together(made) == [["a"]]
    made.decide("irrelevant", ["b"], why="no film", by="amina", judgement="none")
    assert (made.counts().coded, made.counts().irrelevant) == (2, 0)
    assert together(made) == [["a", "b"]]


def test_what_was_confirmed_is_put_before_a_person_when_it_changes(tmp_path: Path) -> None:
    made = record(tmp_path, row("a", event(killed=5)))
    name = only(made)["id"]
    made.rule_event(name, "confirm", why="read", by="amina", value={"casualties.killed.civilians": "5", "date": "2024-05-06"})
    add(made, tmp_path, row("b", event(killed=5), published="2024-05-08"))
    assert made.misfits() == []
    add(made, tmp_path, row("c", event(killed=12), published="2024-05-09"))
    assert "casualties.killed.civilians is " in made.misfits()[0]["reason"]


def test_rulings_that_say_nothing_are_refused_and_leave_no_trace(tmp_path: Path) -> None:
    made = record(tmp_path, row("a", event()), row("b", event()))
    name, before = only(made)["id"], made.moment()
    for kind, value in (("value", {"field": "colour", "value": 1}), ("value", None), ("claim", {"claim": "zzz"}), ("nonsense", None)):
        with pytest.raises((RulingError, UnknownError)):
            made.rule_event(name, kind, why="x", by="amina", value=value)
    with pytest.raises(RecordError, match="why"):
        made.rule_event(name, "not_event", why=" ", by="amina")
    with pytest.raises(UnknownError):
        made.decide("pair", ["0" * 16, "1" * 16], why="x", by="amina")
    with pytest.raises(RecordError, match="one event already"):
        made.link(name, name, why="x", by="amina")
    assert made.moment() == before


def recoder(report: Report) -> dict[str, Any]:
    """A newer coder: it reads other words and figures in report a, nothing in b, and the same as before elsewhere."""
    found = {
        "a": [event(killed=6, words="raid on")], "b": [], "c": [event("Dourfé")], "d": [event("Sabanga"), event("Ouré-Bilo")],
    }[report.id]  # fmt: skip
    return coded_as(report, found, "2")


NEWER = replace(HERE, recoder=recoder)


def coded_twice(folder: Path) -> Record:
    rows = (row("a", event(killed=5)), row("b", event("Kelwani", "2024-04-06")), row("c", event("Dourfé")), row("d", event("Sabanga")))
    return record(folder, *rows, work=NEWER)


def test_coding_again_tells_what_would_change_before_anything_does(tmp_path: Path) -> None:
    made = coded_twice(tmp_path)
    before, events = made.moment(), told(made)
    proposal = made.propose()
    assert (proposal.reports, proposal.changed, proposal.failed) == (4, ("a", "b", "d"), ())
    assert (made.moment(), told(made)) == (before, events)
    what = sorted((d.what, *(f"{f}: {o} -> {n}" for f, o, n in d.changes if "killed" in f)) for d in proposal.events)
    assert ("gone", "casualties.killed.civilians: 5 -> None") in what
    assert sum(w[0] == "new" for w in what) == 2
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith("tmp")] == []
    assert made.accept(why="version 2", by="amina") == 3
    assert [e["place"]["name"] for e in told(made)].count("Ouré-Bilo") == 1
    assert made.counts().irrelevant == 1
    assert made.verify().whole
    assert made.propose().changed == ()


def test_rulings_outlive_a_newer_coding_and_what_no_longer_fits_is_shown(tmp_path: Path) -> None:
    made = coded_twice(tmp_path)
    by_report = {e["accounts"][0]["report_id"]: e["id"] for e in told(made)}
    made.rule_event(by_report["a"], "value", why="names", by="amina", value=FIGURE)
    made.rule_event(by_report["b"], "value", why="names", by="amina", value=FIGURE)
    made.link(by_report["a"], by_report["c"], why="one column", by="amina")
    proposal = made.propose()
    assert [m["reason"][:37] for m in proposal.misfits] == ["the coder no longer finds the account"]
    made.accept(why="version 2", by="amina")
    assert ["a", "c"] in together(made)  # the account has another id now, the ruling found it
    assert killed(next(e for e in told(made) if len(e["accounts"]) == 2))[:1] == [9]
    assert len(made.misfits()) == 1
    assert "no longer finds the account" in made.misfits()[0]["reason"]
    assert len(made.rulings()) == 3  # none was dropped


def test_coding_again_that_is_cut_off_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from concordant.record import recoding

    made = coded_twice(tmp_path)
    made.propose()
    done = recoding._accept_one
    calls = iter([True, False])

    def cut(*given: Any) -> None:
        if not next(calls):
            raise KeyboardInterrupt
        done(*given)

    monkeypatch.setattr(recoding, "_accept_one", cut)
    with pytest.raises(KeyboardInterrupt):
        made.accept(why="version 2", by="amina")
    monkeypatch.undo()
    assert made.accept(why="version 2", by="amina") == 2
    whole = record(tmp_path, name="whole.db", work=NEWER)
    assert made.verify().whole
    assert whole.propose().changed == ()


def test_a_sum_is_linked_to_its_parts_and_counted_in_no_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from concordant.record.linkage import Linkage

    def heard(title: str | None, text: str, language: str | None, told_: Any) -> dict[str, Any]:
        return {"words": [], "tells": 3 if "three attacks" in text else 1, "revises": False}

    monkeypatch.setattr(Linkage, "heard", staticmethod(heard))
    week = event(killed=30)
    week["date"] = {**week["date"], "start": "2024-05-04", "end": "2024-05-10", "precision": "week"}
    week["place"] = {**week["place"], "name": "Haute-Tamba", "relation": "within", "radius_km": 150.0}
    made = record(
        tmp_path, row("a", event(killed=5)), row("b", event("Kelwani", "2024-05-08", 7), published="2024-05-09"),
        row("c", event("Dourfé", "2024-06-08", 7), published="2024-06-09"),
        row("s", week, published="2024-05-11", text="three attacks in a week killed thirty people in the division"),
    )  # fmt: skip
    whole = only(made, standing="sum")
    assert [e["standing"] for e in told(made)] == ["event"] * 3
    parts = made.dossier(whole["id"])["parts"]
    assert sorted(made.event(p).values["accounts"][0]["report_id"] for p in parts) == ["a", "b"]
    assert made.dossier(parts[0])["sums"] == [whole["id"]]


def test_other_rules_of_linking_are_a_change_that_is_proposed_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from concordant.linking import clustering
    from concordant.record.linkage import Linkage

    made = record(tmp_path, row("a", event()), row("b", event(), published="2024-05-08"), work=replace(NEWER, recoder=_same))
    assert together(made) == [["a", "b"]]
    assert made.propose().events == ()
    monkeypatch.setattr(Linkage, "rules", lambda _: "stricter")
    of = clustering.Tables.of
    monkeypatch.setattr(clustering.Tables, "of", lambda *_: replace(of(), limits={**of().limits, "join": 99.0}))
    proposal = made.propose()
    assert sorted(d.what for d in proposal.events) == ["changed", "new"]
    assert together(made) == [["a", "b"]]
    assert made.accept(why="stricter rules", by="amina") == 0
    assert together(made) == [["a"], ["b"]]
    assert made.verify().whole
    assert made.propose().events == ()


def _same(report: Report) -> dict[str, Any]:
    return coded_as(report, [event()])
