"""Floors: the share of benchmark cases that the coder has right, by field and language, never falls below floors.tsv."""

from __future__ import annotations

from pathlib import Path

import pytest

from concordant.cli.benchmarking import code
from concordant.evaluation.benchmark import judge
from concordant.evaluation.cases import FIELDS, load_cases

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CASES = load_cases(ROOT / "benchmark/cases")
ROWS = [line.split("\t") for line in (HERE / "floors.tsv").read_text(encoding="utf-8").splitlines() if line[0] != "#"][1:]


@pytest.mark.parametrize(("field", "language", "floor"), [(row[0], row[1], row[4]) for row in ROWS])
def test_no_field_falls_below_its_floor(field: str, language: str, floor: str) -> None:
    cases = [case for case in CASES if (case.field, case.language) == (field, language)]
    verdicts = judge(cases, code(cases))
    share = sum(verdict.passed for verdict in verdicts) / len(cases)
    failing = "\n".join(f"{v.case.id} ({v.case.note}): {'; '.join(v.causes)}" for v in verdicts if not v.passed)
    assert share >= float(floor), f"{field} {language} is at {share:.2f}, its floor is {floor}; failing:\n{failing}"


def test_every_field_and_language_has_a_floor_just_below_its_figure() -> None:
    assert {(row[0], row[1]) for row in ROWS} == {(field, language) for field in FIELDS for language in ("fr", "en")}
    for field, language, passed, cases, floor in ROWS:
        assert int(cases) == sum((case.field, case.language) == (field, language) for case in CASES)
        assert 0 <= int(passed) / int(cases) - float(floor) < 0.07, (field, language)


def test_the_page_gives_the_figures_of_the_floors() -> None:
    page = (ROOT / "docs/benchmark.md").read_text(encoding="utf-8")
    for field in FIELDS:
        cells = [f"{row[2]}/{row[3]}" for row in ROWS if row[0] == field]
        assert f"| {field} | {' | '.join(cells)} |" in page
