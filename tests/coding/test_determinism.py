"""The same reports and versions give the same bytes, whatever the order, the number of processes or the hash seed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples/reports"


@pytest.fixture(scope="module")
def rows() -> list[str]:
    texts = sorted(EXAMPLES.glob("0*.txt"))
    return [json.dumps({"id": file.stem, "text": file.read_text(encoding="utf-8"), "published": "2024-08-16"}) for file in texts]


def coded(folder: Path, rows: list[str], *, workers: int = 1, seed: str = "0") -> list[str]:
    """The lines that a process of its own gives for the rows."""
    file = folder / "reports.jsonl"
    file.write_text("\n".join(rows), encoding="utf-8")
    command = [sys.executable, "-c", "from concordant.cli import main; main()", "code", str(file), "--format", "jsonl"]
    done = subprocess.run(
        [*command, "--workers", str(workers)], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    return done.stdout.splitlines()


def test_same_bytes_whatever_the_order_the_workers_and_the_seed(tmp_path: Path, rows: list[str]) -> None:
    once = coded(tmp_path, rows)
    assert sum(bool(json.loads(line)["events"]) for line in once) >= 6
    assert coded(tmp_path, rows, workers=2, seed="1") == once
    assert coded(tmp_path, rows[::-1], workers=2, seed="7") == once[::-1]


def test_a_report_is_coded_alike_alone_and_among_others(tmp_path: Path, rows: list[str]) -> None:
    assert [coded(tmp_path, [row])[0] for row in rows[:2]] == coded(tmp_path, rows)[:2]
