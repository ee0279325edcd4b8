"""The `benchmark` command: the cases coded now, or another system's answers to them, scored by field and language."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from concordant.evaluation.benchmark import Verdict, judge, misses, summary, table
from concordant.evaluation.cases import Case, load_cases
from concordant.evaluation.matching import Event

CASES = Path("benchmark/cases")


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked on the command line."""

    cases: Path | None = None
    predictions: Path | None = None
    field: str = ""
    language: str = ""
    half: str = ""
    failing: bool = False
    reports: bool = False
    as_json: bool = False


def run(question: Question) -> int:
    """Answer; exit code 2 for case files or predictions that cannot be used."""
    try:
        chosen = [case for case in load_cases(question.cases or _folder()) if _asked(case, question)]
        if question.reports:
            for case in chosen:
                print(json.dumps(case.report(), ensure_ascii=False))
            return 0
        answers = _answers(question.predictions) if question.predictions else code(chosen)
        _print(judge(chosen, answers), question)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except ValueError as error:
        print(f"concordant: {error}", file=sys.stderr)
        return 2
    return 0


def code(cases: Iterable[Case]) -> dict[str, Sequence[Event]]:
    """The events that the coder finds in each case."""
    import concordant

    return {case.id: _coded(concordant, case) for case in cases}


def _coded(api: Any, case: Case) -> Sequence[Event]:
    coded = api.code(case.text, title=case.title, published=case.published, language=case.language, id=case.id)
    events: Sequence[Event] = coded.to_dict()["events"]
    return events


def _folder() -> Path:
    """The cases of the folder one stands in, else those beside the source that runs."""
    source = Path(__file__).resolve().parents[3] / CASES
    return CASES if CASES.is_dir() or not source.is_dir() else source


def _asked(case: Case, question: Question) -> bool:
    wanted = ((question.field, case.field), (question.language, case.language), (question.half, case.half))
    return all(value in ("", own) for value, own in wanted)


def _answers(path: Path) -> dict[str, Sequence[Event]]:
    answers: dict[str, Sequence[Event]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                row: Mapping[str, Any] = json.loads(line)
                answers[row["id"]] = row.get("events") or ()
            except (ValueError, KeyError, TypeError, AttributeError):
                raise ValueError(f"{path}:{number}: no JSON object with an id and events") from None
    return answers


def _print(verdicts: Sequence[Verdict], question: Question) -> None:
    if question.as_json:
        print(json.dumps(summary(verdicts), ensure_ascii=False))
        return
    for row in table(verdicts):
        print(f"{row[0]:14}" + "".join(f"{cell:>10}" for cell in row[1:]))
    print("\nmisses by cause")
    for field, cause, count in misses(verdicts):
        print(f"{field:14}{count:4}  {cause}")
    if question.failing:
        for verdict in verdicts:
            if not verdict.passed:
                print(_described(verdict))


def _described(verdict: Verdict) -> str:
    """A failing case; of the kept half its text stays unseen."""
    case = verdict.case
    head = f"\n{case.id}: {case.note}\n   {'; '.join(verdict.causes)}"
    if case.half == "kept":
        return head
    day = f" (published {case.published})" if case.published else ""
    title = f"{case.title} // " if case.title else ""
    return f"{head}\n   {title}{case.text}{day}\n   expected {json.dumps(case.expect, ensure_ascii=False)}"
