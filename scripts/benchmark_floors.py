"""Code the benchmark and write its figures: tests/benchmark/floors.tsv and the tables of docs/benchmark.md.

usage: benchmark_floors.py [--lower]

A floor lies one case below the figure. Without --lower no floor goes down: the script then names the fields that fell.
"""

from __future__ import annotations

import argparse
import math
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from concordant.cli.benchmarking import code
from concordant.evaluation.benchmark import LANGUAGES, Share, Verdict, judge, misses, share, table
from concordant.evaluation.cases import FIELDS, load_cases

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ROOT / "tests/benchmark/floors.tsv"
PAGE = ROOT / "docs/benchmark.md"
HEAD = """# The share of benchmark cases that are right, by field and language, and the floor below which no change may take it.
# Written by scripts/benchmark_floors.py: the floor lies one case below the figure.
field\tlanguage\tpassed\tcases\tfloor
"""


def floor(found: Share) -> float:
    return math.floor(100 * max(0, found.passed - 1) / found.cases) / 100


def present() -> dict[tuple[str, str], float]:
    """The floors as they stand."""
    if not FLOORS.exists():
        return {}
    rows = [line.split("\t") for line in FLOORS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {(row[0], row[1]): float(row[4]) for row in rows[1:]}


def markdown(rows: Sequence[Sequence[object]]) -> str:
    lines = ["| " + " | ".join(map(str, row)) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])


def write_page(verdicts: Sequence[Verdict]) -> None:
    """Put the two tables between the marks of the page."""
    page = PAGE.read_text(encoding="utf-8")
    tables = {"figures": table(verdicts), "misses": [("field", "cause", "cases"), *misses(verdicts)]}
    for name, rows in tables.items():
        made = f"<!-- {name} -->\n{markdown(rows)}\n<!-- end of {name} -->"
        page = re.sub(rf"<!-- {name} -->.*<!-- end of {name} -->", lambda _, made=made: made, page, flags=re.DOTALL)
    PAGE.write_text(page, encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lower", action="store_true", help="let floors go down")
    lower = parser.parse_args().lower
    cases = load_cases(ROOT / "benchmark/cases")
    verdicts = judge(cases, code(cases))
    found = {(f, g): share(verdicts, field=f, language=g) for f in FIELDS for g in LANGUAGES}
    fallen = [key for key, old in present().items() if floor(found[key]) < old]
    if fallen and not lower:
        print("fell below the floor of before: " + ", ".join(" ".join(key) for key in fallen), file=sys.stderr)
        return 1
    rows = (f"{f}\t{g}\t{s.passed}\t{s.cases}\t{floor(s):.2f}\n" for (f, g), s in found.items())
    FLOORS.write_text(HEAD + "".join(rows), encoding="utf-8")
    write_page(verdicts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
