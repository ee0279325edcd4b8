"""How long each stage takes on the example reports, as ratios of the whole: gate, reading, mentions, coding."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import concordant
from concordant.coding.coder import code_report, study
from concordant.coding.gate import set_aside
from concordant.reading import read
from concordant.reports import Report, iter_reports

ROUNDS = 20


def timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    for _ in range(ROUNDS):
        work()
    return (time.process_time() - start) / ROUNDS


def main() -> None:
    folder = Path(__file__).resolve().parent.parent / "examples" / "reports"
    reports = [r for r in iter_reports([folder]) if isinstance(r, Report) and r.language]
    coder = concordant.coder()
    for report in reports:
        code_report(report, coder)
    readings = [read(r.title, r.text, r.language or "en") for r in reports]
    gate = timed(lambda: [set_aside(r.title, r.text, r.language or "en", codebook=coder.codebook) for r in reports])
    reading = timed(lambda: [read(r.title, r.text, r.language or "en") for r in reports])
    coding = timed(lambda: [study(r, w, coder) for r, w in zip(reports, readings, strict=True)])
    whole = timed(lambda: [code_report(r, coder) for r in reports])
    print(f"{len(reports)} reports, {whole / len(reports) * 1000:.1f} ms of CPU a report on one core")
    for name, seconds in (("gate", gate), ("reading", reading), ("coding", coding)):
        print(f"{name:8} {seconds / whole:6.1%} of the whole")
    print(f"gate : reading = {gate / reading:.4f}")


if __name__ == "__main__":
    main()
