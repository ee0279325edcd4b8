"""Rulings in the record: written down, never overwritten; the events they touch made again; misfits kept in sight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from concordant.record.database import Change, Database
from concordant.record.decided import COLUMNS, report_parts, ruling_named, stands_now
from concordant.record.decisions import ruling_of
from concordant.record.errors import RecordError, UnknownError
from concordant.record.forms import Outcome
from concordant.record.items import set_state
from concordant.record.linkage import Linkage
from concordant.record.packing import as_json, unpack
from concordant.review import Judgement, QuotationError, Ruling, RulingKind, claims_of, mark, stands
from concordant.review.rulings import check_evidence, make_ruling


def decide(
    database: Database, linkage: Linkage, kind: str, subject: Iterable[str], *, why: str, by: str,
    value: Mapping[str, Any] | None = None, judgement: str = Judgement.SAME,
) -> str:  # fmt: skip
    """Make a ruling and write it down; it supersedes an earlier one on the same question."""
    if not why.strip():
        raise RecordError("a ruling says why (--why)")
    named = tuple(subject)
    object_ = f"{kind} {' '.join(named)}"
    with linkage.writing(), database.change("ruled", object_, actor=by, note=why) as change:
        made = make_ruling(kind, named, by=by, at=change.at, why=why, value=value, judgement=judgement)
        before = _before(database, made)
        if before is not None:
            made = make_ruling(
                kind, named, by=by, at=change.at, why=why, value=value, judgement=judgement, supersedes=before
            )
        _write(database, linkage, change, made)
    return made.id


def rule(database: Database, linkage: Linkage, made: Ruling) -> str:
    """Write down a ruling that was made elsewhere."""
    if database.row("SELECT 1 FROM ruling WHERE ruling_id = ?", (made.id,)):
        return made.id
    object_ = f"{made.kind} {' '.join(made.subject)}"
    with linkage.writing(), database.change("ruled", object_, actor=made.by, note=made.why) as change:
        _write(database, linkage, change, made)
    return made.id


def _before(database: Database, made: Ruling) -> str | None:
    """The ruling on the same question that counts until now."""
    rows = database.rows(
        f"SELECT DISTINCT {', '.join('u.' + c for c in COLUMNS.split(', '))}, u.id FROM ruling_subject s "
        "JOIN ruling u ON u.ruling_id = s.ruling_id WHERE s.subject = ? ORDER BY u.id DESC", (made.subject[0],),
    )  # fmt: skip
    same = (ruling_of(row[:-1]) for row in rows)
    return next((r.id for r in same if r.question == made.question), None)


def _write(database: Database, linkage: Linkage, change: Change, made: Ruling) -> None:
    seeds = _accounts_of(database, made)
    _check_words(database, made)
    change.add(
        "ruling", ruling_id=made.id, kind=str(made.kind), subject=as_json(list(made.subject)),
        value=None if made.value is None else as_json(dict(made.value)), judgement=str(made.judgement), by=made.by,
        at=made.at, why=made.why, supersedes=made.supersedes,
    )  # fmt: skip
    for name in dict.fromkeys((*made.subject, *(linkage.settling.decisions.present(n) for n in made.subject))):
        change.add("ruling_subject", subject=name, ruling_id=made.id)
    if made.kind is RulingKind.IRRELEVANT:
        _set_aside(database, change, made)
    linkage.relink(change, seeds)


def _accounts_of(database: Database, made: Ruling) -> list[str]:
    """The present accounts that a ruling is about. Raises UnknownError where it is about nothing that is known."""
    if made.kind is RulingKind.IRRELEVANT:
        number = database.value("SELECT id FROM report WHERE report_id = ?", (made.subject[0],))
        if number is None:
            raise UnknownError(f"there is no report {made.subject[0]!r}")
        return [str(r[0]) for r in database.rows("SELECT account_id FROM account_now WHERE report = ?", (number,))]
    found = []
    for name in made.subject:
        if database.row("SELECT 1 FROM account_now WHERE account_id = ?", (name,)):
            found.append(name)
        elif made.judgement is not Judgement.NONE or database.row("SELECT 1 FROM account WHERE account_id = ?", (name,)) is None:
            raise UnknownError(f"there is no account {name!r}")  # one that a newer coding lost can still be let go
    return found


def _check_words(database: Database, made: Ruling) -> None:
    """Raise QuotationError where the words that a ruling points to do not stand in its account's report, letter for letter."""
    words = (made.value or {}).get("evidence") if made.kind is RulingKind.VALUE and made.judgement is Judgement.SAME else None
    if words:
        check_evidence(words)
        parts = report_parts(database, made.subject[0])
        if not all(stands(parts, one) for one in words):
            raise QuotationError("absent")


def _set_aside(database: Database, change: Change, made: Ruling) -> None:
    """Count a report that was ruled to tell of nothing as irrelevant, and as what it was again when that is taken back."""
    rows = database.rows(
        "SELECT n.item, r.id, c.relevant, c.why FROM report r JOIN item_now n ON n.report = r.id "
        "JOIN report_now p ON p.report = r.id JOIN coding c ON c.id = p.coding WHERE r.report_id = ?", made.subject,
    )  # fmt: skip
    for item, report, relevant, why in rows:
        stands = made.judgement is not Judgement.NONE
        state = "irrelevant" if stands or not relevant else "coded"
        reason = f"ruled by {made.by}: {made.why}" if stands else why
        code = "ruled" if stands else None
        set_state(change, Outcome(item, state, "", code=code, reason=reason), report)


def link(database: Database, linkage: Linkage, one: str, other: str, *, why: str, by: str) -> str:
    """Rule that two events or accounts are one happening; what was ruled against it before is taken back."""
    with linkage.writing():
        mine, theirs = members(database, linkage, one), members(database, linkage, other)
        if set(mine) & set(theirs) and not {one, other} <= {*mine, *theirs}:
            raise RecordError(f"{one} and {other} are one event already")
        _take_back(database, linkage, mine, theirs, why, by)
        made = decide(database, linkage, "pair", (mine[0], theirs[0]), why=why, by=by)
        for name in (*mine[1:], *theirs[1:]):  # an account that contradicts the other event would be left behind
            if linkage.settling.event_of(name) != linkage.settling.event_of(mine[0]):
                decide(database, linkage, "pair", (mine[0], name), why=why, by=by)
        if len({linkage.settling.event_of(name) for name in (*mine, *theirs)}) > 1:
            raise RecordError("another ruling keeps them apart: see `concordant show` of both events")
    return made


def _take_back(
    database: Database, linkage: Linkage, mine: list[str], theirs: list[str], why: str, by: str
) -> None:
    for ruling in linkage.settling.decisions.pairs(mine):
        apart = ruling.judgement is Judgement.NOT_SAME
        if apart and {*ruling.subject} & {*mine} and {*ruling.subject} & {*theirs}:
            decide(database, linkage, "pair", ruling.subject, why=why, by=by, judgement=Judgement.NONE)


def unlink(database: Database, linkage: Linkage, one: str, other: str, *, why: str, by: str) -> str:
    """Rule that two accounts are not one happening; of an event and one of its accounts, that this is not of it."""
    with linkage.writing():
        if database.row("SELECT 1 FROM account_now WHERE account_id = ?", (one,)) is None:
            one, other = other, one
        if database.row("SELECT 1 FROM account_now WHERE account_id = ?", (one,)) is None:
            raise UnknownError(f"neither {one!r} nor {other!r} is an account")
        rest = [name for name in members(database, linkage, other) if name != one]
        report = linkage.accounts.get(one).report_id
        apart = [name for name in rest if linkage.accounts.get(name).report_id != report]
        if not apart:
            raise RecordError(f"nothing in {other} comes from another report than {one}")
        made = [
            decide(database, linkage, "pair", (one, name), why=why, by=by, judgement=Judgement.NOT_SAME) for name in apart
        ]
    return made[0]


def members(database: Database, linkage: Linkage, name: str) -> list[str]:
    """The accounts that a name stands for, the earliest first: an account's own, or an event's."""
    from concordant.record.lookup import event_name

    if database.row("SELECT 1 FROM account_now WHERE account_id = ?", (name,)):
        return [name]
    found = linkage.settling.members(event_name(database, name, database.head()))
    if not found:
        raise UnknownError(f"there is no event or account {name!r}")
    return sorted(found, key=lambda account: linkage.accounts.get(account).order)


def rule_event(
    database: Database, linkage: Linkage, event_id: str, kind: str, *, why: str, by: str,
    value: Mapping[str, Any] | None = None, judgement: str = Judgement.SAME,
) -> str:  # fmt: skip
    """Make a ruling about an event as it stands, written down about its earliest account (or that of the claim)."""
    with linkage.writing():
        accounts = members(database, linkage, event_id)
        subject = accounts[0]
        if value and value.get("evidence"):
            check_evidence(value["evidence"])
            subject = _with_words(database, accounts, value["evidence"])
        if kind == RulingKind.CLAIM:
            subject, value = _claim(linkage, accounts, str((value or {}).get("claim")))
        elif judgement == Judgement.NONE:
            subject, value = _standing_on(linkage, accounts, kind, value)
        return decide(database, linkage, kind, (subject,), why=why, by=by, value=value, judgement=judgement)


def _with_words(database: Database, accounts: list[str], words: Iterable[Mapping[str, Any]]) -> str:
    """The first of an event's accounts whose report has these words where they are said to stand. Raises QuotationError."""
    wanted = list(words)
    for name in accounts:
        parts = report_parts(database, name)
        if all(stands(parts, one) for one in wanted):
            return name
    raise QuotationError("absent")


def marked(
    database: Database, linkage: Linkage, name: str, quotation: str, *, report: str | None = None,
    near: tuple[str, int] | None = None, which: int | None = None,
) -> tuple[str, dict[str, Any]]:  # fmt: skip
    """The account of an event (or the account named) whose report has these words, and where they stand in it.

    Raises QuotationError where none has them, or one has them several times and nothing says which are meant.
    """
    problem = QuotationError("absent")
    for account in members(database, linkage, name):
        if report in (None, linkage.accounts.get(account).report_id):
            try:
                return account, mark(report_parts(database, account), quotation, near=near, which=which)
            except QuotationError as error:
                problem = error if error.reason != "absent" else problem
    raise problem


def _claim(linkage: Linkage, accounts: list[str], claim: str) -> tuple[str, dict[str, Any]]:
    for name in accounts:
        for found in claims_of(name, linkage.accounts.get(name).event):
            if found.id.startswith(claim):
                return name, {"claim": found.id, "field": found.field, "value": found.value}
    raise UnknownError(f"the event has no claim {claim!r}: `concordant show` lists them")


def _standing_on(
    linkage: Linkage, accounts: list[str], kind: str, value: Mapping[str, Any] | None
) -> tuple[str, Mapping[str, Any] | None]:
    """The ruling of a kind (and field) that stands on one of an event's accounts, to be taken back."""
    wanted = (value or {}).get("field")
    for ruling in linkage.settling.decisions.about(accounts):
        if ruling.kind == kind and (wanted is None or (ruling.value or {}).get("field") == wanted):
            return ruling.subject[0], ruling.value
    raise UnknownError(f"no {kind} ruling stands on this event")


def take_back(database: Database, linkage: Linkage, name: str, *, why: str, by: str) -> str:
    """Take a ruling back, also where its account has been coded again since, or is gone. Raises UnknownError."""
    with linkage.writing():
        made = ruling_named(database, name)
        if not stands_now(database, made):
            raise UnknownError("this ruling does not stand")
        subject = linkage.settling.decisions.at(made, None).subject
        return decide(database, linkage, made.kind, subject, why=why, by=by, value=made.value, judgement=Judgement.NONE)


def note_misfits(database: Database, change: Change, moved: Mapping[str, str | None]) -> None:
    """Put rulings before a person whose account a newer coding does not have, or has without the claim they are about."""
    for old, new in sorted(moved.items()):
        rows = database.rows("SELECT DISTINCT ruling_id FROM ruling_subject WHERE subject = ? ORDER BY id", (old,))
        for (name,) in rows:
            if new is None:
                change.add("misfit", ruling_id=name, state="open", reason=f"the coder no longer finds the account {old}")
            else:
                if new != old:
                    change.add("ruling_subject", subject=new, ruling_id=name)
                _check_claim(database, change, str(name), new)


def _check_claim(database: Database, change: Change, name: str, account: str) -> None:
    row = database.row(f"SELECT {COLUMNS} FROM ruling WHERE ruling_id = ?", (name,))
    ruling = ruling_of(row) if row else None
    if ruling is None or ruling.kind is not RulingKind.CLAIM or ruling.value is None:
        return
    body = database.value(
        "SELECT a.body FROM account_now w JOIN account a ON a.id = w.account WHERE w.account_id = ?", (account,)
    )
    said = {claim.id for claim in claims_of(ruling.subject[0], unpack(body)["event"])} if body else set()
    if ruling.value["claim"] not in said:
        change.add("misfit", ruling_id=name, state="open", reason="the account no longer makes the claim that was rejected")


