#!/usr/bin/env python3
"""Score answers to the benchmark with nothing but Python 3.11: score.py ANSWERS.jsonl [--failing] [--json].

ANSWERS.jsonl holds a JSON line a case: its "id" and the "events" found (README.md beside this file).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "src"))

from concordant.cli.benchmarking import Question, run  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("answers", type=Path)
    parser.add_argument("--failing", action="store_true", help="list the cases that fail, and why")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    asked = parser.parse_args()
    return run(Question(HERE / "cases", asked.answers, failing=asked.failing, as_json=asked.json))


if __name__ == "__main__":
    sys.exit(main())
