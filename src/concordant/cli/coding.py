"""The `code` command: reports in, coded reports out in one of four forms, what could not be read listed at the end."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

from concordant.archive.local import map_reports
from concordant.codebook import Codebook, CodebookError
from concordant.coding.coded import CodedReport
from concordant.coding.coder import Coder, code_report
from concordant.fetching.client import fetcher
from concordant.places.importer import DumpError
from concordant.reports import Report, Unreadable, iter_reports

_LIMIT_S = 120.0  # a report takes a tenth of a second; one that takes two minutes is stuck


@dataclass(frozen=True, slots=True)
class Job:
    """What `concordant code` was asked for."""

    paths: tuple[str, ...]
    format: str
    published: date | None
    workers: int
    scope: str
    codebook: tuple[str, ...]
    language: str | None
    output: Path | None


_CODER: Coder | None = None


def _start(codebook: tuple[str, ...], scope: str) -> None:
    """Give a process its coder."""
    global _CODER  # noqa: PLW0603 - one coder a process, made once: its tables and models are its own
    import concordant

    _CODER = concordant.coder(codebook=codebook, scope=scope)


def _code(item: Report | Unreadable) -> CodedReport | Unreadable:
    if isinstance(item, Unreadable):
        return item
    if _CODER is None:
        raise RuntimeError("the process has no coder")
    return code_report(item, _CODER)


def run(job: Job) -> int:
    """Code the reports of a job; returns the exit code (1 where something could not be read or coded)."""
    try:
        _check(job)
    except (CodebookError, DumpError) as error:
        print(f"concordant: {error}", file=sys.stderr)
        return 2
    failures: list[str] = []
    try:
        with _opened(job.output) as out:
            _FORMS[job.format](_coded(job, failures), out)
            out.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    for failure in failures:
        print(f"not read: {failure}", file=sys.stderr)
    return 1 if failures else 0


def _check(job: Job) -> None:
    """Read a user's tables once, so that a bad one is refused before any report is coded."""
    if job.codebook:
        from concordant.coding.checking import check_codebook

        check_codebook(Codebook(tuple(Path(folder) for folder in job.codebook)))


@contextmanager
def _opened(output: Path | None) -> Iterator[IO[str]]:
    if output is None:
        yield sys.stdout
    else:
        with output.open("w", encoding="utf-8") as file:
            yield file


def _coded(job: Job, failures: list[str]) -> Iterator[tuple[Report | None, CodedReport]]:
    items: list[Report | Unreadable] = []

    def noted() -> Iterator[Report | Unreadable]:
        for item in iter_reports(job.paths, published=job.published, language=job.language, fetch=fetcher()):
            items.append(item)
            yield item

    results = map_reports(
        _code, noted(), job.workers, initializer=_start, initargs=(job.codebook, job.scope), time_limit=_LIMIT_S
    )
    for done, outcome in enumerate(results, start=1):
        item = items[outcome.index]
        items[outcome.index] = Unreadable("", None, "done", "")  # the text is no longer needed
        reason = outcome.failure.reason if outcome.failure else None
        if isinstance(item, Unreadable):
            failures.append(str(item))
            if item.line is None and item.id is None:
                continue
            yield None, _empty(item.id or f"{item.source}:{item.line}", item.reason)
        elif reason is not None:
            failures.append(f"{item.source or item.id}: {reason}")
            yield item, _empty(item.id, reason)
        elif isinstance(outcome.value, CodedReport):
            yield item, outcome.value
        _progress(done)
    if sys.stderr.isatty():
        print(file=sys.stderr)


def _progress(done: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} reports", end="", file=sys.stderr, flush=True)


def _empty(name: str, reason: str) -> CodedReport:
    """A line for a report that could not be read or coded: its id, no events, and the reason."""
    return CodedReport(
        id=name, language=None, title=None, published=None, relevant=False, coder_name="grammar", coder_version="",
        codebook="", events=(), not_coded=(), error=reason,
    )  # fmt: skip


_Coded = Iterator[tuple[Report | None, CodedReport]]


def _jsonl(coded: _Coded, out: IO[str]) -> None:
    for _, report in coded:
        out.write(json.dumps(report.to_dict(), ensure_ascii=False) + "\n")
        out.flush()


def _json(coded: _Coded, out: IO[str]) -> None:
    json.dump([report.to_dict() for _, report in coded], out, ensure_ascii=False, indent=2)
    out.write("\n")


def _cards(coded: _Coded, out: IO[str]) -> None:
    from concordant.cli.cards import Cards

    cards = Cards(out)
    for report, result in coded:
        cards.show(report, result)


COLUMNS = (
    "report_id", "account_id", "role", "kind", "mood", "hedged", "date_start", "date_end", "date_precision", "place",
    "relation", "country", "admin1", "admin2", "latitude", "longitude", "radius_km", "gazetteer_id", "perpetrators",
    "targets", "participants", "killed_low", "killed_best", "killed_high", "wounded_low", "wounded_best",
    "abducted_best", "means", "claimed_by", "attributed_to", "confidence", "quotes",
)  # fmt: skip


def _csv(coded: _Coded, out: IO[str]) -> None:
    writer = csv.DictWriter(out, COLUMNS, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    for _, report in coded:
        for event in report.to_dict()["events"]:
            writer.writerow({"report_id": report.id, **_flat(event)})


def _flat(event: dict[str, Any]) -> dict[str, Any]:
    date_, place = event["date"] or {}, event["place"] or {}
    flat = {key: event[key] for key in ("account_id", "role", "kind", "mood", "hedged", "claimed_by")}
    flat |= {f"date_{key}": date_.get(key) for key in ("start", "end", "precision")}
    flat |= {key: place.get(key) for key in COLUMNS if key in place}
    flat["place"] = place.get("name")
    for role in ("perpetrator", "target", "participant"):
        flat[f"{role}s"] = "; ".join(p["name"] for p in event["parties"] if p["role"] == role)
    for outcome in ("killed", "wounded", "abducted"):
        rows = [r for r in event["casualties"] if r["outcome"] == outcome and not (r["hedged"] or r["rival"])]
        for bound in ("low", "best", "high"):
            values = [r[bound] for r in rows]
            flat[f"{outcome}_{bound}"] = sum(values) if values and None not in values else None
    flat["means"] = "; ".join(event["means"])
    flat["attributed_to"] = "; ".join(event["attributed_to"])
    flat["confidence"] = event["confidence"].get("overall")
    flat["quotes"] = " | ".join(r["quote"] for r in event["casualties"])
    return flat


_FORMS = {"jsonl": _jsonl, "json": _json, "csv": _csv, "card": _cards}
