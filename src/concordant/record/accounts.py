"""The record's accounts as linking and reconciling know them, those looked at lately kept at hand."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from concordant.linking import Account
from concordant.linking.accounts import Sight, sight
from concordant.record.database import Database
from concordant.record.errors import UnknownError
from concordant.record.packing import unpack

_KEPT = 20_000


class Accounts:
    """Current accounts by id."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: OrderedDict[str, Sight] = OrderedDict()

    def get(self, name: str) -> Account:
        """The account of this id. Raises UnknownError where there is none."""
        return self.sight(name).account

    def sight(self, name: str) -> Sight:
        """What linking sees of an account."""
        found = self._kept.get(name)
        if found is None:
            found = self._kept[name] = sight(self._load(name))
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(name)
        return found

    def forget(self, names: Iterable[str] | None = None) -> None:
        """Look at these accounts anew the next time, or at all."""
        if names is None:
            self._kept.clear()
        for name in names or ():
            self._kept.pop(name, None)

    def of_reports(self, reports: Iterable[int]) -> list[str]:
        """The ids of the accounts of some reports."""
        sql = "SELECT account_id FROM account_now WHERE report = ? ORDER BY account"
        return [str(row[0]) for report in sorted(reports) for row in self._database.rows(sql, (report,))]

    def _load(self, name: str) -> Account:
        row = self._database.row(
            "SELECT a.body, r.report_id, d.published, d.published_last, d.outlet, d.language, d.url, n.origin "
            "FROM account_now w JOIN account a ON a.id = w.account JOIN report r ON r.id = w.report "
            "JOIN report_now n ON n.report = w.report JOIN document d ON d.id = n.document WHERE w.account_id = ?", (name,),
        )  # fmt: skip
        if row is None:
            raise UnknownError(f"there is no account {name!r}")
        body = unpack(row[0])
        return Account(
            account_id=name, report_id=row[1], published=row[2] or row[3], outlet=row[4], origin=row[7],
            language=row[5], event=body["event"], url=row[6], words=tuple(body["words"]), tells=body["tells"],
            revises=body.get("revises", False),  # not in what older versions kept
        )  # fmt: skip
