"""What the coder costs, as ratios within one run: against the bare parse, the gate, the start, memory, two workers.

usage: stages.py [FILE.jsonl…]

Each text is parsed by the pipelines as they are installed and coded by the program, in turns, and the median of the
rounds is taken in CPU time of one process; so a busy machine moves both sides alike. Without files the invented texts
of benchmarks/texts are used.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one process, one core: two workers then share two cores fairly

import spacy

import concordant
from concordant.archive import map_reports
from concordant.coding.coder import Coder, code_report, study
from concordant.coding.gate import set_aside
from concordant.reading import read
from concordant.reading.pipelines import MODELS
from concordant.reports import Report, iter_reports

ROUNDS = 7
TEXTS = Path(__file__).resolve().parent / "texts"
_CODER = concordant.coder()


def in_turns(*works: Callable[[], object]) -> list[float]:
    """Median seconds of CPU of each work, all of them done once in every round."""
    for work in works:
        work()
    rounds = [[_seconds(work) for work in works] for _ in range(ROUNDS)]
    return [median(column) for column in zip(*rounds, strict=True)]


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def stages(language: str, reports: Sequence[Report], coder: Coder) -> None:
    """The ratios of one language."""
    gated = [set_aside(r.title, r.text, language, codebook=coder.codebook) is not None for r in reports]
    relevant = [r for r, out in zip(reports, gated, strict=True) if not out]
    others = [replace(r, language=None) for r, out in zip(reports, gated, strict=True) if out]
    bare = spacy.load(MODELS[language])
    readings = [read(r.title, r.text, language) for r in relevant]
    parse, whole, reading, rules = in_turns(
        lambda: [bare(f"{r.title or ''}\n\n{r.text}") for r in relevant],
        lambda: [code_report(r, coder) for r in relevant],
        lambda: [read(r.title, r.text, language) for r in relevant],
        lambda: [study(r, w, coder) for r, w in zip(relevant, readings, strict=True)],
    )
    print(f"{language}: {len(relevant)} relevant reports, {parse / len(relevant) * 1000:.0f} ms of bare parse each")
    print(f"  coding a relevant report / bare parse    {whole / parse:.2f}")
    print(f"    of which reading                       {reading / parse:.2f}")
    print(f"    of which everything else               {rules / parse:.2f}")
    if others:
        parse, whole = in_turns(
            lambda: [bare(f"{r.title or ''}\n\n{r.text}") for r in others],
            lambda: [[code_report(r, coder) for r in others] for _ in range(10)],
        )
        print(f"  a report set aside / bare parse          1/{parse / whole * 10:.0f}  ({len(others)} reports)")


def start() -> None:
    """Cold starts of the program, in CPU seconds and seconds on the clock, and its memory."""
    main = [sys.executable, "-c", "from concordant.cli import main; main()"]
    for name, arguments in (
        ("--help", ["--help"]),
        ("code FILE (French)", ["code", str(TEXTS / "relevant-fr.txt")]),
        ("code FILE (English)", ["code", str(TEXTS / "relevant-en.txt")]),
        ("code FOLDER (both)", ["code", str(TEXTS)]),
    ):
        took = []
        for _ in range(3):
            before, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            subprocess.run([*main, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            took.append((cpu, time.perf_counter() - clock))
        cpu, clock = (median(column) for column in zip(*took, strict=True))
        print(f"  {name:38}   {cpu:.2f} s CPU, {clock:.2f} s")
    print(f"  memory of one process, at most           {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MB")


def _code(report: Report) -> str:
    return code_report(report, _CODER).id


def workers(reports: Sequence[Report]) -> None:
    """How much faster two processes are than one, each with its models loaded."""
    many = [replace(report, id=f"{n}") for n, report in enumerate(list(reports) * (240 // len(reports) + 1))]
    took = []
    for count in (1, 2):
        clock = time.perf_counter()
        assert sum(1 for _ in map_reports(_code, many, count)) == len(many)
        took.append(time.perf_counter() - clock)
    print(f"two workers / one, {len(many)} reports           {took[0] / took[1]:.2f}")


def main(files: list[str]) -> None:
    published = date(2024, 6, 12)
    reports = [r for r in iter_reports(files or [TEXTS], published=published) if isinstance(r, Report)]
    for language in ("fr", "en"):
        mine = [r for r in reports if r.language == language][:40]
        if mine:
            stages(language, mine, _CODER)
    workers(reports[:40])
    print("cold start")
    start()


if __name__ == "__main__":
    main(sys.argv[1:])
