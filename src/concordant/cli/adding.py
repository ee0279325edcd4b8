"""The `add` command: receipts and outcomes as they come, and the counts at the end."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from concordant.record import Counts, Intake, Outcome, Receipt, Record
from concordant.reports.report import Unreadable


def run(record: Record, sources: Sequence[str], intake: Intake, *, as_json: bool) -> int:
    """Take sources in; 1 where something could not be read, else 0."""
    return _tell(record, record.add(sources, intake), as_json=as_json)


def try_again(record: Record) -> int:
    """Try what is quarantined again."""
    print(f"{record.retry()} items are tried again")
    return _tell(record, record.process(), as_json=False)


def _tell(record: Record, answers: Iterable[Receipt | Unreadable | Outcome], *, as_json: bool) -> int:
    failed = new = known = 0
    for answer in answers:
        if as_json:
            print(json.dumps(_line(answer), ensure_ascii=False), flush=True)
        failed += isinstance(answer, Unreadable) or answer.state == "quarantined"
        if isinstance(answer, Receipt):
            new, known = new + answer.new, known + (not answer.new)
        elif not as_json:
            _complain(answer)
        _progress(new + known)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    if not as_json:
        print(f"{new} items are new, {known} were known")
        print(summary(record.counts()))
    return 1 if failed else 0


def _line(answer: Receipt | Unreadable | Outcome) -> dict[str, Any]:
    return {"what": type(answer).__name__.lower(), **asdict(answer)}


def _complain(answer: Unreadable | Outcome) -> None:
    where = answer.source if answer.line is None else f"{answer.source}:{answer.line}"
    if isinstance(answer, Unreadable):
        print(f"not read: {where}: {answer.code}: {answer.reason}", file=sys.stderr)
    elif answer.state == "quarantined":
        print(f"quarantined: {where}: {answer.code}: {answer.reason}", file=sys.stderr)


def _progress(done: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} items", end="", file=sys.stderr, flush=True)


def summary(counts: Counts) -> str:
    """What came in and what became of it, in one line."""
    return (
        f"received {counts.received} = {counts.coded} coded + {counts.irrelevant} irrelevant + "
        f"{counts.quarantined} quarantined + {counts.pending} pending; {counts.accounts} accounts, {counts.events} events"
    )
