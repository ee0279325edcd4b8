"""Reading what was decided: rulings in force or all of them, those that no longer fit, and where quoted words stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from concordant.record.database import Database
from concordant.record.decisions import Decisions, ruling_of
from concordant.record.errors import UnknownError
from concordant.record.packing import unpack_text
from concordant.review import Ruling

COLUMNS = "ruling_id, kind, subject, value, judgement, by, at, why, supersedes"


def rulings(database: Database, event_id: str | None, seq: int, *, everything: bool = False) -> list[Ruling]:
    """The rulings in force at entry `seq`, of one event or of all; with `everything` also those that were superseded."""
    found = _all_rulings(database, seq) if event_id is None else _rulings_of(database, event_id, seq)
    return found if everything else Decisions(database).in_force(found, seq)


def _all_rulings(database: Database, seq: int) -> list[Ruling]:
    return [ruling_of(row) for row in database.rows(f"SELECT {COLUMNS} FROM ruling WHERE tx <= ? ORDER BY id", (seq,))]


def _rulings_of(database: Database, event_id: str, seq: int) -> list[Ruling]:
    """The rulings on the accounts and reports of an event."""
    from concordant.record.lookup import event, event_name

    values = event(database, event_name(database, event_id, seq), seq).values
    return _about(database, {a[k] for a in values["accounts"] for k in ("account_id", "report_id")}, seq)


def rulings_about(database: Database, names: Iterable[str], seq: int) -> list[Ruling]:
    """The rulings in force on these accounts and reports."""
    return Decisions(database).in_force(_about(database, names, seq), seq)


def _about(database: Database, names: Iterable[str], seq: int) -> list[Ruling]:
    sql = (
        f"SELECT DISTINCT {', '.join('u.' + c for c in COLUMNS.split(', '))}, u.id FROM ruling_subject s "
        "JOIN ruling u ON u.ruling_id = s.ruling_id WHERE s.subject = ? AND s.tx <= ? AND u.tx <= ?"
    )
    rows = {row[-1]: row[:-1] for name in names for row in database.rows(sql, (name, seq, seq))}
    return [ruling_of(rows[number]) for number in sorted(rows)]


def page(database: Database, seq: int, limit: int, skip: int) -> list[Ruling]:
    """Rulings, the newest first, those that were superseded among them."""
    sql = f"SELECT {COLUMNS} FROM ruling WHERE tx <= ? ORDER BY id DESC LIMIT ? OFFSET ?"
    return [ruling_of(row) for row in database.rows(sql, (seq, limit, skip))]


def ruling_named(database: Database, name: str) -> Ruling:
    """One ruling by its id. Raises UnknownError."""
    row = database.row(f"SELECT {COLUMNS} FROM ruling WHERE ruling_id = ?", (name,))
    if row is None:
        raise UnknownError(f"there is no ruling {name!r}")
    return ruling_of(row)


def stands_now(database: Database, made: Ruling) -> bool:
    """Whether a ruling is in force."""
    decisions = Decisions(database)
    present = decisions.at(made, None)
    return any(found.id == made.id for found in decisions.about(present.subject))


def misfits(database: Database, seq: int) -> list[Mapping[str, Any]]:
    """Rulings in force that no longer fit what they are about."""
    force = {ruling.id: ruling for ruling in rulings(database, None, seq)}
    rows = database.rows("SELECT ruling_id, state, reason, tx FROM misfit WHERE tx <= ? ORDER BY id", (seq,))
    last = {str(row[0]): row for row in rows}
    return [
        {
            "ruling": name, "kind": str(force[name].kind), "subject": list(force[name].subject), "reason": row[2],
            "why": force[name].why, "by": force[name].by,
        }
        for name, row in last.items() if name in force and row[1] == "open"
    ]  # fmt: skip


def report_parts(database: Database, account: str) -> dict[str, str]:
    """Title and text of the report that an account is of. Raises UnknownError."""
    row = database.row(
        "SELECT d.title, d.text FROM account a JOIN coding c ON c.id = a.coding JOIN document d ON d.id = c.document "
        "WHERE a.account_id = ? ORDER BY a.id DESC LIMIT 1", (account,),
    )  # fmt: skip
    if row is None:
        raise UnknownError(f"there is no account {account!r}")
    return {"title": row[0] or "", "text": unpack_text(row[1])}
