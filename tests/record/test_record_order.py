"""The same reports give the same events in whatever order, and in however many goes, they come in."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_reports import add, event, record, row, told

from concordant.record import Filters, Record

WIRE = "Gunmen came at dawn to the village and set fire to its houses, said a man who had fled to the town by night"
# One raid told by many, also by a copy and after days; one two days later at the same town; one on the same day near
# by; a look-alike far away; two mentions of the first in passing; a report of two events.
ROWS = (
    row("a1", event(killed=5)), row("a2", event(killed=7), published="2024-05-08"),
    row("a3", event(killed=7, actor="made-front"), published="2024-05-08", text=WIRE),
    row("a4", event(killed=7, actor="made-front"), published="2024-05-09", text=WIRE + " yesterday", outlet="b.example"),
    row("a5", event(role="background", killed=7), event("Dourfé", "2024-05-14", 3), published="2024-05-15"),
    row("b1", event(day="2024-05-09", killed=2), published="2024-05-10"),
    row("b2", event(day="2024-05-09", killed=2, kind="ambush"), published="2024-05-11"),
    row("c1", event("Kelwani", killed=5)), row("d1", event("Ouré-Bilo", killed=5)),
    row("e1", event(killed=None), event("Kelwani", "2024-05-07", None)), row("f1"),
    row("a0", event(killed=4), published="2024-05-06"),
)  # fmt: skip


def state(made: Record) -> str:
    """All that the record says now of its events, whatever way it came there."""
    events = [without_rulings(e) for e in told(made, filters=Filters(standing="all"))]
    return json.dumps(sorted(events, key=lambda e: e["id"]), ensure_ascii=False)


def without_rulings(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "rulings"}


def made_of(rows: list[dict[str, Any]], cuts: set[int]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        made = record(Path(folder))
        start = 0
        for end in [*sorted(cuts), len(rows)]:
            if rows[start:end]:
                add(made, Path(folder), *rows[start:end])
            start = end
        assert made.verify().whole
        found = state(made)
        made.close()
        return found


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.permutations(ROWS), st.sets(st.integers(1, len(ROWS) - 1), max_size=3))
def test_any_order_gives_the_same_events(rows: list[dict[str, Any]], cuts: set[int]) -> None:
    assert made_of(rows, cuts) == made_of(list(ROWS), set())


def test_the_events_of_these_reports_are_those_that_were_told(tmp_path: Path) -> None:
    made = record(tmp_path, *ROWS)
    found = {(e["date"]["start"], e["place"]["name"]): {a["report_id"] for a in e["accounts"]} for e in told(made)}
    assert found == {
        ("2024-05-06", "Tamboré"): {"a0", "a1", "a2", "a3", "a4", "a5", "e1"},
        ("2024-05-09", "Tamboré"): {"b1", "b2"}, ("2024-05-06", "Kelwani"): {"c1", "e1"},
        ("2024-05-06", "Ouré-Bilo"): {"d1"}, ("2024-05-14", "Dourfé"): {"a5"},
    }  # fmt: skip
    first = next(iter(made.events(Filters(report="a4"))))
    assert {a["report_id"]: a["origin"] for a in first.values["accounts"]}["a4"] == "a3"  # a copy is no origin of its own


def test_a_full_block_gives_the_same_events_in_any_order(tmp_path: Path, monkeypatch: Any) -> None:
    for module in ("concordant.record.edges", "concordant.linking.neighbours", "concordant.linking.keys"):
        monkeypatch.setattr(f"{module}.BLOCK_CAP", 3)
    rows = [row(f"r{i}", event(killed=i % 3 + 1), published=f"2024-05-{7 + i % 3:02}") for i in range(9)]
    orders = (rows, rows[::-1], rows[4:] + rows[:4], rows[::2] + rows[1::2])
    assert len({made_of(list(order), set()) for order in orders}) == 1


def test_two_programs_taking_turns_give_the_same_events_as_one(tmp_path: Path) -> None:
    two = [record(tmp_path), record(tmp_path)]
    # The first knows a4 when the second adds what a4 is a copy of; then it goes on with what it knows.
    taken = [ROWS[3], ROWS[2], ROWS[0], ROWS[4], ROWS[1]]
    for number, line in enumerate(taken):
        add(two[number % 2], tmp_path, line)
    assert state(two[0]) == state(two[1]) == made_of(taken, set())
