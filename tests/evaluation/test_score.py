"""The figures are those of the gold's own scorer, to the digit: expected.json is what it gave for these records."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner

from concordant.cli.app import app
from concordant.evaluation.score import evaluate

HERE = Path(__file__).parent
EXPECTED = json.loads((HERE / "expected.json").read_text(encoding="utf-8"))


def _invented() -> ModuleType:
    spec = importlib.util.spec_from_file_location("invented_records", HERE / "invented_records.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


records = _invented().records


@pytest.mark.parametrize("seed", sorted(EXPECTED))
def test_the_figures_are_the_scorers(seed: str) -> None:
    golds, preds = records(int(seed))
    assert evaluate(golds, {row["id"]: row for row in preds}).to_dict() == EXPECTED[seed]


def test_every_figure_is_exercised() -> None:
    for figures in EXPECTED.values():
        partial = [name for name, value in figures.items() if 0 < value < 1]
        assert len(partial) >= 20


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    paths = tmp_path / "gold.jsonl", tmp_path / "coded.jsonl"
    for path, rows in zip(paths, records(7), strict=True):
        path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return paths


def test_the_command_prints_them(files: tuple[Path, Path]) -> None:
    result = CliRunner().invoke(app, ["evaluate", str(files[0]), "--predictions", str(files[1]), "--json"])
    assert json.loads(result.stdout) == EXPECTED["7"]


def test_the_command_shows_misses_and_what_was_taken_for_what(files: tuple[Path, Path]) -> None:
    result = CliRunner().invoke(app, ["evaluate", str(files[0]), "--predictions", str(files[1]), "--errors", "3"])
    assert result.exit_code == 0
    assert result.stdout.count("\nmiss r") == 3
    assert "kinds taken for others: " in result.stdout
    assert "wrong in main events: " in result.stdout


def test_the_page_holds_every_miss_and_runs_nothing(files: tuple[Path, Path], tmp_path: Path) -> None:
    golds = [json.loads(line) for line in files[0].read_text(encoding="utf-8").splitlines()]
    for gold in golds:
        gold["text"] += "<script>alert(1)</script>"
    files[0].write_text("\n".join(map(json.dumps, golds)), encoding="utf-8")
    page = tmp_path / "misses.html"
    CliRunner().invoke(app, ["evaluate", str(files[0]), "--predictions", str(files[1]), "--html", str(page)])
    html = page.read_text(encoding="utf-8")
    misses = evaluate(golds, {row["id"]: row for row in records(7)[1]}).misses
    assert html.count("<h2>") == len(misses) > 5
    assert "<script" not in html


@pytest.mark.parametrize(("line", "why"), [("{", ":1: no JSON"), ('{"text": "x"}', ":1: the line has no id")])
def test_a_file_that_is_none_is_refused(tmp_path: Path, line: str, why: str) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(line, encoding="utf-8")
    result = CliRunner().invoke(app, ["evaluate", str(gold), "--predictions", str(gold)])
    assert result.exit_code == 2
    assert why in result.stderr
