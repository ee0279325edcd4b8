"""The benchmark's case files: readable, complete, in two halves, and well-formed down to each expectation."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from concordant.cli.benchmarking import Question, run
from concordant.evaluation.cases import FIELDS, Case, CaseError, load_cases
from concordant.evaluation.checks import EVENT_CHECKS, REPORT_CHECKS, causes_of

ROOT = Path(__file__).resolve().parents[2]
CASES = load_cases(ROOT / "benchmark/cases")


def test_there_are_enough_of_every_field_language_and_half() -> None:
    counted = Counter((case.field, case.language, case.half) for case in CASES)
    assert len(CASES) >= 400
    assert all(counted[field, language, half] >= 9 for field in FIELDS for language in ("fr", "en") for half in ("open", "kept"))


def test_no_text_stands_twice() -> None:
    seen = Counter(" ".join(case.text.split()).lower() for case in CASES if case.published is None)
    assert [text for text, count in seen.items() if count > 1] == []


def _answer_that_misses(case: Case) -> list[dict[str, object]]:
    """More events than anyone wants, with values that nobody wants."""
    event: dict[str, object] = {
        "role": "main", "kind": "none of these", "claimed_by": "nobody at all", "hedged": not case.expect.get("hedged"),
        "date": {"start": "1900-01-01"}, "attributed_to": ["nobody at all"], "casualties": [{"outcome": "none"}],
    }  # fmt: skip
    return [event] * 9


def test_every_expectation_is_one_that_the_scorer_knows() -> None:
    for case in CASES:
        assert set(case.expect) <= {*EVENT_CHECKS, *REPORT_CHECKS}, case.id
        assert all(set(wanted) <= set(EVENT_CHECKS) for wanted in case.expect.get("events", ())), case.id


def test_every_expectation_can_be_missed() -> None:
    missed = {case.id for case in CASES if causes_of(_answer_that_misses(case), case.expect)}
    assert {case.id for case in CASES} - missed == {case.id for case in CASES if case.expect == {"relevant": True}}
    assert all(causes_of([], case.expect) for case in CASES if case.expect == {"relevant": True})


def test_a_file_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="no cases"):
        load_cases(tmp_path)
    (tmp_path / "open").mkdir()
    file = tmp_path / "open/toll.fr.toml"
    file.write_text('field = "toll"\nlanguage = "fr"\n[[case]]\nid = "a"\nnote = "b"\ntext = "c"\n', encoding="utf-8")
    with pytest.raises(CaseError, match=r"toll\.fr\.toml: a: missing \['expect'\]"):
        load_cases(tmp_path)
    file.write_text('field = "weather"\nlanguage = "fr"\n', encoding="utf-8")
    with pytest.raises(CaseError, match="field should be one of"):
        load_cases(tmp_path)


def test_the_reports_are_given_without_what_is_expected(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(Question(ROOT / "benchmark/cases", reports=True, field="date", language="fr")) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(rows) == sum(case.field == "date" and case.language == "fr" for case in CASES)
    assert set(rows[0]) == {"id", "language", "title", "published", "text"}


def test_another_systems_answers_are_scored_without_the_coder(tmp_path: Path) -> None:
    answers = tmp_path / "answers.jsonl"
    rows = [{"id": case.id, "events": []} for case in CASES]
    answers.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    command = [sys.executable, "-S", str(ROOT / "benchmark/score.py"), str(answers), "--json"]
    figures = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    empty = [case for case in CASES if case.expect in ({"events": []}, {"relevant": False})]
    assert sum(share["passed"] for share in figures["fields"].values()) == len(empty)
    assert figures["failing"]["kind-fr-001"] == ["no event found"]


def test_answers_that_are_no_answers_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = tmp_path / "answers.jsonl"
    answers.write_text('{"id": "kind-fr-001", "events": []}\n[1]\n', encoding="utf-8")
    assert run(Question(ROOT / "benchmark/cases", answers)) == 2
    assert "answers.jsonl:2: no JSON object" in capsys.readouterr().err


def test_of_kept_cases_only_the_note_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = tmp_path / "answers.jsonl"
    answers.write_text("", encoding="utf-8")
    assert run(Question(ROOT / "benchmark/cases", answers, field="kind", failing=True)) == 0
    shown = capsys.readouterr().out
    for case in (case for case in CASES if case.field == "kind"):
        assert case.note in shown
        assert (case.text in shown) == (case.half == "open")
