"""Reading one item: from its bytes to its report and what the coder makes of it; done where it can be killed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from concordant.record.items import Task
from concordant.reports.charset import decode
from concordant.reports.documents import Given, Origin, read_document, read_row
from concordant.reports.report import Problem, Refused, Report
from concordant.reports.rows import Row

if TYPE_CHECKING:
    from concordant.coding.coder import Coder

# What a report may take beyond the models that are loaded already; the largest of the pool takes a tenth of it.
_MEMORY = 2 * 2**30
_CODER: Coder | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What came of reading an item: the report and its coding, or the code and reason why there is none."""

    report: Report | None
    coded: Mapping[str, Any] | None
    problem: tuple[str, str] | None = None


def start(codebook: tuple[str, ...], scope: str) -> None:
    """Give this process its coder, load its models, and bound what it may take from now on."""
    global _CODER  # noqa: PLW0603 - one coder a process, made once: its tables and models are its own
    import concordant

    _CODER = concordant.coder(codebook=codebook, scope=scope)
    for text, language in (("Des hommes armés ont tué cinq villageois.", "fr"), ("Gunmen killed two men.", "en")):
        concordant.code(text, language=language, using=_CODER)
    _bound(_MEMORY)


def _bound(more: int) -> None:
    """Let the process grow by so many bytes and no further, where the system can do that."""
    try:
        import resource
        from pathlib import Path

        pages = int(Path("/proc/self/statm").read_text().split()[0])
        limit = pages * resource.getpagesize() + more
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    except (ImportError, OSError, ValueError):
        return


def read_and_code(task: Task) -> Read:
    """The report in an item's bytes, coded. What cannot be read is a problem and no exception."""
    try:
        report = read_item(task)
    except Refused as refused:
        return Read(None, None, (str(refused.code), refused.reason))
    if _CODER is None:
        raise RuntimeError("the process has no coder")
    return Read(report, code_with(_CODER, report))


def code_with(coder: Coder, report: Report) -> dict[str, Any]:
    """What the coder makes of a report, in the form at the edge."""
    from concordant.coding.coder import code_report

    return code_report(report, coder).to_dict()


def code_again(report: Report) -> dict[str, Any]:
    """Code a report of the record anew in this process."""
    if _CODER is None:
        raise RuntimeError("the process has no coder")
    return code_with(_CODER, report)


def read_item(task: Task) -> Report:
    """The report in an item's bytes. Raises Refused where there is none."""
    told = task.given
    published = date.fromisoformat(told["published"]) if told.get("published") else None
    given = Given(published, told.get("language"), date.fromisoformat(task.captured[:10]))
    origin = Origin(task.source, url=told.get("url"), charset=told.get("charset"))
    if task.kind == "row":
        report = read_row(_row(task), origin, given)
    else:
        report = read_document(task.body, task.kind, origin, given)
    report = replace(report, outlet=report.outlet or told.get("outlet"), title=report.title or told.get("title"))
    return _dated(report, given.today)


def _row(task: Task) -> Row:
    try:
        fields = json.loads(decode(task.body).text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        where = re.sub(r" \(char \d+\)$", "", str(error))[:80]
        raise Refused(Problem.INVALID_JSON, f"invalid JSON: {where}") from None
    if not isinstance(fields, dict):
        raise Refused(Problem.INVALID_JSON, f"a report must be a JSON object, not {type(fields).__name__}")
    return Row(task.line or 0, fields)


def _dated(report: Report, today: date) -> Report:
    """Refuse a report from the future: a wrong day would put every "yesterday" of it wrong."""
    if report.published is not None and (report.published - today).days > 2:
        reason = f"published {report.published}, which is after it was received ({today}): give the day with --published"
        raise Refused(Problem.INVALID_DATE, reason)
    return report
