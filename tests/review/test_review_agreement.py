"""Krippendorff's alpha against the worked examples he published, and what must hold of it for any codings."""

from __future__ import annotations

import random
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concordant.review.agreement import DISTANCES, alpha
from concordant.review.second import LEVELS, NOTHING, Coding, apart, code, figures


def table(*rows: str) -> list[list[Any]]:
    """Units from observers' rows as the paper prints them; a dot is a missing value."""
    told = [[None if cell == "." else int(cell) if cell.isdigit() else cell for cell in row.split()] for row in rows]
    return [list(unit) for unit in zip(*told, strict=True)]


# "Computing Krippendorff's Alpha-Reliability" (2011), sections A to D.
BINARY = table("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")
NOMINAL = table("a a b b d c c c e d d a", "b a b b b c c c e d d d")
MISSING = table(
    "1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 .",
)  # fmt: skip


@pytest.mark.parametrize(
    ("units", "level", "published"),
    [(BINARY, "nominal", 0.095), (NOMINAL, "nominal", 0.692), (MISSING, "nominal", 0.743), (MISSING, "interval", 0.849), (MISSING, "ratio", 0.797)],
)  # fmt: skip
def test_published_examples(units: list[list[Any]], level: str, published: float) -> None:
    assert alpha(units, level).alpha == pytest.approx(published, abs=0.0006)


def test_what_is_counted_in_the_published_example_with_missing_values() -> None:
    found = alpha(MISSING, "nominal")
    assert (found.units, found.values, found.distinct) == (11, 40, 5)  # unit 12 has one value alone: it pairs with none


def naive(units: list[list[Any]], level: str) -> float | None:
    """Alpha by its definition, over pairs of single values and without any matrix."""
    kept = [[v for v in unit if v is not None] for unit in units]
    kept = [unit for unit in kept if len(unit) > 1]
    values = [v for unit in kept for v in unit]
    distance = DISTANCES[level]
    expected = sum(distance(a, b) for a, b in combinations(values, 2)) / (len(values) * (len(values) - 1) / 2) if values else 0
    if not expected:
        return None
    observed = sum(sum(distance(a, b) for a, b in combinations(unit, 2)) * 2 / (len(unit) - 1) for unit in kept) / len(values)
    return 1 - observed / expected


UNITS = st.lists(st.lists(st.one_of(st.none(), st.integers(0, 6)), max_size=5), max_size=12)


@settings(max_examples=200, deadline=None)
@given(UNITS, st.sampled_from(sorted(DISTANCES)))
def test_it_is_what_the_definition_says_whatever_the_order(units: list[list[Any]], level: str) -> None:
    found, wanted = alpha(units, level).alpha, naive(units, level)
    assert found == (None if wanted is None else pytest.approx(wanted))
    random.Random(1).shuffle(units)
    shuffled = alpha([random.Random(2).sample(unit, len(unit)) for unit in units], level).alpha
    assert shuffled == (None if wanted is None else pytest.approx(wanted))


def test_the_bounds_of_what_it_can_say() -> None:
    assert alpha([["a", "a"], ["b", "b"]], "nominal").alpha == 1
    assert alpha([["a", "b"], ["b", "a"]], "nominal").alpha == pytest.approx(-0.5)
    assert alpha([["a", "a"], ["a", "a"]], "nominal").alpha is None  # nothing varies: chance alone would agree
    assert alpha([["a", "a"], ["a", "a"]], "nominal").same == 1
    assert alpha([["a"], [None, "b"], []], "nominal") == alpha([], "nominal")
    assert alpha([[0, 0], [0, 5]], "ratio").alpha == 0


def coded(by: str, unit: str = "e", machine: bool = False, **values: Any) -> Coding:
    return Coding(unit, by, values, machine)


def row(outcome: str, best: int | None, state: str = "number", **more: Any) -> dict[str, Any]:
    return {"outcome": outcome, "victims": "civilians", "state": state, "low": None, "best": best, "high": None, **more}


def test_codings_are_brought_to_values_that_can_be_compared() -> None:
    values = {
        "kind": "ambush", "place": {"name": "Oumra-Sud", "country": "XA", "admin1": "Haute-Tamba"}, "date": {"start": "2024-05-06", "end": "2024-05-06"},
        "parties": [{"role": "target", "type": "civilians"}, {"role": "target", "type": "militia"}, {"role": "target", "type": "militia"}],
        "casualties": [row("killed", 3), row("killed", 2), row("killed", 9, rival=True), row("wounded", None, "none")],
    }  # fmt: skip
    found = {field: code(field, values) for field in LEVELS}
    assert found["target"] == "civilians+militia"
    assert (found["perpetrator"], found["killed"], found["wounded"]) == (NOTHING, 5, 0)
    assert code("place", {"place": {"name": "oumra sud"}}) == found["place"]
    assert found["date"] == code("date", {"date": {"start": "2024-05-05"}}) + 1
    assert {field: code(field, {}) for field in ("kind", "place", "date", "killed")} == {"kind": NOTHING, "place": NOTHING, "date": None, "killed": None}


def test_figures_are_between_people_unless_the_machine_is_asked_for() -> None:
    told = [
        coded("amina", "1", kind="ied"), coded("bo", "1", kind="ied"), coded("grammar", "1", machine=True, kind="ambush"),
        coded("amina", "2", kind="raid"), coded("grammar", "2", machine=True, kind="raid"),
    ]  # fmt: skip
    people, all_ = figures(told)["kind"], figures(told, machine=True)["kind"]
    assert (people.units, people.values, people.alpha) == (1, 2, None)
    assert (all_.units, all_.values) == (2, 5)
    assert apart([coded("a", kind="ied"), coded("b", kind="ied", casualties=[row("killed", 1)])]) == ["killed"]
