"""Which accounts may be of one happening: filed under block keys, compared where they meet, and remembered as edges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from concordant.linking import BLOCK_CAP, EDGE
from concordant.linking.accounts import Days, Sight
from concordant.linking.keys import keys_of
from concordant.linking.scoring import score_sights
from concordant.linking.tables import Tables
from concordant.record.accounts import Accounts
from concordant.record.database import Change, Database
from concordant.record.naming import account_number, number_of

_CHUNK = 500


class Edges:
    """The edges between current accounts. Of a block that is full only its first accounts (by id) meet each other."""

    def __init__(self, database: Database, accounts: Accounts) -> None:
        self._database, self._accounts = database, accounts
        self._tables = Tables.of()

    def beside(self, name: str) -> list[str]:
        """The accounts to which an account has an edge."""
        sql = "SELECT w.account_id FROM edge e JOIN account_now w ON w.number = e.other WHERE e.account = ?"
        return [str(row[0]) for row in self._database.rows(sql, (account_number(name),))]

    def among(self, names: Iterable[str]) -> list[tuple[str, str]]:
        """The edges between some accounts, each once."""
        wanted = set(names)
        return [(one, other) for one in sorted(wanted) for other in self.beside(one) if one < other and other in wanted]

    def file(self, change: Change, names: Iterable[str]) -> set[str]:
        """File accounts and draw their edges; returns others whose edges have changed by it."""
        touched: set[str] = set()
        for name in names:
            touched |= self._file(change, name)
        return touched

    def _file(self, change: Change, name: str) -> set[str]:
        number, days = account_number(name), self._accounts.sight(name).sure_days
        first, last = (days.start, days.end) if days else (None, None)
        change.put("UPDATE account_now SET first_day = ?, last_day = ? WHERE number = ?", (first, last, number))
        met: set[int] = set()
        pushed: set[int] = set()
        for key in self._keys(name):
            change.put("INSERT OR IGNORE INTO block (key, account) VALUES (?, ?)", (key, number))
            block = self._first(key, BLOCK_CAP + 1)
            if number in block[:BLOCK_CAP]:
                met |= set(block[:BLOCK_CAP])
                pushed |= set(block[BLOCK_CAP:])
        self._draw(change, name, met - {number})
        return self._redraw(change, pushed)

    def _keys(self, name: str) -> list[int]:
        return sorted({number_of(key) for key in keys_of(self._accounts.sight(name))})

    def _first(self, key: int, count: int) -> list[int]:
        sql = "SELECT account FROM block WHERE key = ? ORDER BY account LIMIT ?"
        return [int(row[0]) for row in self._database.rows(sql, (key, count))]

    def _draw(self, change: Change, name: str, others: Iterable[int]) -> None:
        number, mine = account_number(name), self._accounts.sight(name)
        for other, named in self._possible(mine, sorted(others)):
            found = score_sights(mine, self._accounts.sight(named), self._tables)
            if found.total >= EDGE and found.veto is None:
                for pair in ((number, other), (other, number)):
                    change.put("INSERT OR IGNORE INTO edge (account, other) VALUES (?, ?)", pair)

    def _possible(self, mine: Sight, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
        """Those accounts that are not vetoed by their days alone, which are at hand: to look at a whole account costs
        a hundred times more, and a town is told of again and again over the years.
        """
        apart = self._tables.limit("veto_days") if "two_times" in self._tables.vetoes else None
        for at in range(0, len(numbers), _CHUNK):
            chunk = tuple(numbers[at : at + _CHUNK])
            marks = ",".join("?" * len(chunk))
            sql = f"SELECT number, account_id, first_day, last_day FROM account_now WHERE number IN ({marks}) ORDER BY number"
            for number, name, first, last in self._database.rows(sql, chunk):
                days = None if first is None else Days(first, last)
                if apart is None or days is None or mine.sure_days is None or mine.sure_days.gap(days) <= apart:
                    yield int(number), str(name)

    def _name(self, number: int) -> str:
        return str(self._database.value("SELECT account_id FROM account_now WHERE number = ?", (number,)))

    def _redraw(self, change: Change, numbers: Iterable[int]) -> set[str]:
        """Look again at the edges of accounts that a new one has pushed out of a full block."""
        touched: set[str] = set()
        for number in sorted(numbers):
            name = self._name(number)
            before = set(self.beside(name))
            met = {n for key in self._keys(name) if number in (block := self._first(key, BLOCK_CAP)) for n in block}
            lost = {other for other in before if account_number(other) not in met}
            for other in sorted(lost):
                self._cut(change, number, account_number(other))
            if lost:
                touched |= {name, *lost}
        return touched

    @staticmethod
    def _cut(change: Change, one: int, other: int) -> None:
        for pair in ((one, other), (other, one)):
            change.put("DELETE FROM edge WHERE account = ? AND other = ?", pair)

    def unfile(self, change: Change, names: Iterable[str]) -> set[str]:
        """Take accounts out, with their edges; returns others whose edges have changed by it."""
        touched: set[str] = set()
        for name in names:
            number = account_number(name)
            for key in self._keys(name):
                change.put("DELETE FROM block WHERE key = ? AND account = ?", (key, number))
                touched |= self._moved_up(change, key, number)
            touched |= set(self.beside(name))
            change.put("DELETE FROM edge WHERE account = ? OR other = ?", (number, number))
        return touched - set(names)

    def _moved_up(self, change: Change, key: int, number: int) -> set[str]:
        """The account that comes into a full block when one of its first leaves it, with its new edges drawn."""
        block = self._first(key, BLOCK_CAP)
        if len(block) < BLOCK_CAP or number > block[-1]:
            return set()
        name = self._name(block[-1])
        self._draw(change, name, set(block[:-1]))
        return {name}
