"""Copies of one dispatch: reports whose texts have most of their words in common make one origin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from concordant.linking.copies import SAME_DISPATCH, bands, shared, signature
from concordant.record.database import Change, Database
from concordant.record.naming import number_of
from concordant.record.packing import unpack_text


@dataclass(frozen=True, slots=True)
class Move:
    """Reports that get another origin."""

    origin: str
    reports: tuple[int, ...]


def find_copies(database: Database, change: Change, report: int, text: str) -> Move | None:
    """Note the copies of a new report; returns which reports get another origin by it, the new one among them."""
    found = _copies(database, change, report, text)
    for other, share in sorted(found.items()):
        change.add("copy", report=report, other=other, share=round(share, 3))
    if not found:
        return None
    marks = ",".join("?" * len(found))
    group = database.rows(
        f"SELECT report FROM report_now WHERE origin IN (SELECT origin FROM report_now WHERE report IN ({marks}))",
        tuple(found),
    )
    return _regrouped(database, {report, *(int(row[0]) for row in group)})


def _copies(database: Database, change: Change, report: int, text: str) -> dict[int, float]:
    keys = [number_of(band) for band in bands(signature(text))]
    same = database.row(
        "SELECT n.report FROM document d CROSS JOIN report_now n ON n.report = d.report AND n.document = d.id WHERE d.text_sha256 = "
        "(SELECT text_sha256 FROM document WHERE report = ?) AND d.report <> ? LIMIT 1", (report, report),
    )  # fmt: skip
    candidates = set() if same else _met(database, keys)
    for key in dict.fromkeys(keys):
        change.put("INSERT OR IGNORE INTO band (key, report) VALUES (?, ?)", (key, report))
    if same:
        return {int(same[0]): 1.0}
    shares = {other: shared(text, text_of(database, other)) for other in sorted(candidates - {report})}
    return {other: share for other, share in shares.items() if share >= SAME_DISPATCH}


def _met(database: Database, keys: Iterable[int]) -> set[int]:
    return {int(row[0]) for key in keys for row in database.rows("SELECT report FROM band WHERE key = ?", (key,))}


def text_of(database: Database, report: int) -> str:
    """A report's text as it was taken from its bytes."""
    body = database.value(
        "SELECT d.text FROM report_now n JOIN document d ON d.id = n.document WHERE n.report = ?", (report,)
    )
    return unpack_text(body)


def _regrouped(database: Database, reports: set[int]) -> Move:
    """The origin of a group of copies is the earliest of them."""
    marks = ",".join("?" * len(reports))
    rows = database.rows(
        "SELECT n.report, n.origin, r.report_id, d.published FROM report_now n JOIN report r ON r.id = n.report "
        f"JOIN document d ON d.id = n.document WHERE n.report IN ({marks})", tuple(sorted(reports)),
    )  # fmt: skip
    origin = min(rows, key=lambda row: (row[3] is None, row[3] or "", row[2]))[2]
    return Move(origin, tuple(sorted(int(row[0]) for row in rows if row[1] != origin)))


def move(change: Change, moved: Move) -> None:
    """Give reports their new origin."""
    for report in moved.reports:
        change.add("origin", report=report, origin=moved.origin)
        change.put("UPDATE report_now SET origin = ? WHERE report = ?", (moved.origin, report))
