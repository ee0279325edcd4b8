"""What is kept as events come and go says just what counting them all would say, whatever happens to them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from made_reports import add, event, record, row, told

from concordant.record import Filters, Record
from concordant.record.filters import query
from concordant.record.frames import ORDERS
from concordant.record.migrations import statements, versions
from concordant.record.tallies import BY, Cell, gathered, shorter

EVERY = Filters(confidence=0.0)  # lets all events through, and is counted one by one
REVIEWS = ("open", "corrected", "confirmed", "changed")


def same(made: Record) -> None:
    """Compare everything that is kept with what counting gives."""
    for by in BY:
        assert made.tally(by) == made.tally(by, EVERY), by
    assert made.count() == made.count(EVERY) == len(told(made))
    for review in REVIEWS:
        assert made.count(Filters(review=review)) == made.count(Filters(review=review, confidence=0.0)), review
    assert made.count(Filters(disputed=True)) == made.count(Filters(disputed=True, confidence=0.0))
    counts = made.counts()
    assert counts.accounts == made.database.value("SELECT count(*) FROM account_now")
    assert (counts.received, counts.reports) == (made.database.value("SELECT count(*) FROM item"), made.database.value("SELECT count(*) FROM report"))
    states = dict(made.database.rows("SELECT state, count(*) FROM item_now GROUP BY state"))
    assert {s: n for s in ("coded", "irrelevant", "quarantined", "pending") if (n := getattr(counts, s))} == states
    assert made.count_reports() == counts.reports
    names = {e["id"]: e["place"] for e in told(made) if e["place"]}
    for degrees in (0.05, 1.0, 30.0):
        kept, counted = (sorted(map(plain, made.cells(degrees, f))) for f in (Filters(), EVERY))
        assert kept == counted, degrees
        assert all(names[cell.event_id]["latitude"] == pytest.approx(cell.latitude, abs=degrees) for cell in made.cells(degrees) if cell.events == 1)
    assert made.verify().whole


def plain(cell: Cell) -> tuple[float, float, int, int]:
    return round(cell.latitude, 6), round(cell.longitude, 6), cell.events, cell.killed


def undated(**more: Any) -> dict[str, Any]:
    made = event("Sabanga", **more)
    return {**made, "date": None}


def unplaced() -> dict[str, Any]:
    made = event("Dourfé", "2023-02-01", 7)
    made["place"] |= {"latitude": None, "longitude": None, "gazetteer_id": None}
    return made


def test_sums_follow_events_through_all_that_can_happen_to_them(tmp_path: Path) -> None:
    made = record(tmp_path)
    same(made)
    add(made, tmp_path, row("a", event(killed=5)), row("b", event("Kelwani", "2024-04-06", None)), row("c", unplaced(), published="2023-02-02"))
    same(made)
    add(made, tmp_path, row("d", event(killed=9), published="2024-05-06"), row("e", event("Ouré-Bilo", "2022-01-01", 0), published="2022-01-02"))
    assert made.count(Filters(disputed=True)) == 1
    same(made)
    by_place = {e["place"]["name"]: e["id"] for e in told(made)}
    changes: list[Any] = [
        lambda: made.rule_event(by_place["Kelwani"], "value", why="x", by="a", value={"field": "kind", "value": "ied"}),
        lambda: made.rule_event(by_place["Kelwani"], "value", why="x", by="a", value={"field": "place", "value": None}),
        lambda: made.rule_event(by_place["Ouré-Bilo"], "confirm", why="x", by="a", value={"kind": "attack_on_civilians"}),
        lambda: made.rule_event(by_place["Ouré-Bilo"], "value", why="x", by="a", value={"field": "date", "value": None}),
        lambda: made.rule_event(by_place["Dourfé"], "not_event", why="x", by="a"),
        lambda: made.decide("irrelevant", ["b"], why="x", by="a"),
        lambda: made.link(by_place["Ouré-Bilo"], by_place["Tamboré"], why="x", by="a"),
        lambda: made.take_back(next(r.id for r in made.rulings() if r.kind == "not_event"), why="x", by="a"),
        lambda: made.take_back(next(r.id for r in made.rulings() if r.kind == "irrelevant"), why="x", by="a"),
    ]  # fmt: skip
    for change in changes:
        change()
        same(made)
    before = made.moment()
    add(made, tmp_path, row("u", undated(killed=3), published="2024-06-01", text="raid without any day " * 3))
    same(made)
    assert made.tally("kind", as_of=before) == made.tally("kind", EVERY, as_of=before)  # then is not now


def test_a_record_of_an_earlier_version_gets_the_same_sums(tmp_path: Path) -> None:
    made = record(tmp_path, row("a", event(killed=5)), row("b", event("Kelwani", "2024-04-06", None)), row("c", unplaced(), published="2023-02-02"))
    tables = ("sum_now", "cell_now")
    kept = {table: made.database.rows(f"SELECT * FROM {table}") for table in tables}
    for table in tables:
        made.database.rows(f"DELETE FROM {table}")
    assert any("sums" in problem for problem in made.verify().problems)
    for version in versions()[2:4]:
        for statement in statements(version.read_text(encoding="utf-8")):
            if "INSERT INTO" in statement and "TRIGGER" not in statement:
                made.database.rows(statement)
    assert {table: made.database.rows(f"SELECT * FROM {table}") for table in tables} == kept


@pytest.mark.parametrize("order", [o for o in ORDERS if o != "day"])
def test_a_list_in_any_order_reads_only_what_it_shows(tmp_path: Path, order: str) -> None:
    made = record(tmp_path, row("a", event(killed=5)), row("b", event("Kelwani", "2024-04-06", 2)))
    asked = query(Filters(), made.moment(), now=True, order=order)
    plan = made.database.rows(f"EXPLAIN QUERY PLAN SELECT e.version {asked.sql} ORDER BY {ORDERS[order]} DESC, e.event_id DESC LIMIT 50", asked.values)
    assert not any("TEMP B-TREE" in str(step[-1]) for step in plan), plan
    assert [e["id"] for e in told(made, order=order)] == [e["id"] for e in told(made, order=order, filters=EVERY)]


@pytest.mark.parametrize("standing", ["sum", "vague", "not_event"])
def test_what_is_set_aside_and_where_a_report_was_seen_are_found_without_reading_all(tmp_path: Path, standing: str) -> None:
    made = record(tmp_path, row("a", event(killed=5)), row("b", event("Kelwani", "2024-04-06", 2)))
    made.rule_event(told(made)[0]["id"], "not_event", why="x", by="a")
    filters = Filters(since="2024-04-01", until="2024-06-01", country="XA", standing=standing)
    asked = query(filters, made.moment(), now=True)
    plan = made.database.rows(f"EXPLAIN QUERY PLAN SELECT e.version {asked.sql}", asked.values)
    assert any("event_now_state" in str(step[-1]) for step in plan), plan
    assert len(told(made, filters=filters)) == (standing == "not_event")
    seen = made.database.rows("EXPLAIN QUERY PLAN SELECT s.source FROM outcome o JOIN sighting s ON s.item = o.item WHERE o.report = 1")
    assert any("outcome_report" in str(step[-1]) for step in seen), seen
    assert len(made.report("a").seen) == 1


def test_the_deadliest_with_rival_figures_are_found_from_the_deadliest_down_where_they_are_common(tmp_path: Path) -> None:
    made = record(tmp_path, row("a", event(killed=5)), row("d", event(killed=9), published="2024-05-06"), row("b", event("Kelwani", "2024-04-06", 2)),
                  row("e", event("Dourfé", "2024-03-06", 3), published="2024-03-08"), row("f", event("Dourfé", "2024-03-06", 8), published="2024-03-07"))  # fmt: skip
    filters = Filters(disputed=True, review="open")
    walked = query(filters, made.moment(), now=True, order="killed", common=True)
    assert "INDEXED BY event_now_killed" in walked.sql
    led = query(filters, made.moment(), now=True, order="killed")
    found = [sorted(made.database.rows(f"SELECT e.event_id {asked.sql}", asked.values)) for asked in (walked, led)]
    assert found[0] == found[1]
    listed = [e["id"] for e in told(made, filters=filters, order="killed")]
    assert sorted(listed) == sorted(name for (name,) in found[0])
    assert [sum(r["best"] for r in made.event(name).values["casualties"] if not r["rival"]) for name in listed] == sorted(
        (sum(r["best"] for r in made.event(name).values["casualties"] if not r["rival"]) for name in listed), reverse=True
    )
    assert len(listed) == 2


def test_months_make_years_and_small_squares_large_ones(tmp_path: Path) -> None:
    made = record(tmp_path, row("a", event(killed=5)), row("b", event("Kelwani", "2024-04-06", 2)), row("c", event("Dourfé", "2023-02-01", 7), published="2023-02-02"))
    assert shorter(made.tally("month"), 4) == made.tally("year")
    assert sorted(map(plain, gathered(made.cells(0.05), 5.0))) == sorted(map(plain, made.cells(5.0, EVERY)))
    assert [e["id"] for e in told(made, filters=Filters(unplaced=True))] == []
