"""A list of events as it is asked for: read page by page, all of it as of one moment, or made into a table at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from concordant.record.database import Database
from concordant.record.filters import Filters, query
from concordant.record.flat import flat
from concordant.record.forms import Event
from concordant.record.packing import unpack
from concordant.record.tallies import total

if TYPE_CHECKING:
    import pandas

_PAGE = 500
_RARE = 200  # one in so many: with fewer, a walk down the list would meet too many others
Place = tuple[Any, str]
# What a list can be sorted by, with the column that it is kept in; ties are broken by the event's id.
ORDERS = {
    "day": "e.day", "killed": "e.killed", "confidence": "e.confidence", "kind": "e.kind",
    "place": "e.country || '/' || e.admin1", "outlets": "e.outlets",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Events:
    """The events that a query gives; each iteration reads them anew, as they stood at entry `seq`."""

    database: Database
    filters: Filters
    seq: int
    limit: int | None = None
    after: str | None = None
    oldest_first: bool = False
    order: str = "day"

    def __iter__(self) -> Iterator[Event]:
        left = self.limit
        place = self._start()
        while left is None or left > 0:
            size = _PAGE if left is None else min(_PAGE, left)
            page = self._page(place, size)
            yield from (Event(row[1], unpack(row[3]), row[4], row[0]) for row in page)
            if len(page) < size:
                return
            left = None if left is None else left - len(page)
            place = (page[-1][2], page[-1][1])

    def _start(self) -> Place | None:
        if self.after is None:
            return None
        row = self.database.row(
            f"SELECT {ORDERS[self.order]}, event_id FROM event_now e WHERE event_id = ? AND tx <= ? "
            "ORDER BY tx DESC, version DESC LIMIT 1", (self.after, self.seq),
        )  # fmt: skip
        return (row[0], str(row[1])) if row else None

    def _page(self, place: Place | None, size: int) -> list[tuple[Any, ...]]:
        with self.database.reading():
            return self._query(place, size, now=self.seq >= self.database.head())

    def _query(self, place: Place | None, size: int, *, now: bool) -> list[tuple[Any, ...]]:
        asked = query(self.filters, self.seq, now=now, order=self.order, common=now and self._common())
        by_day = self.order == "day"
        day = "t.day" if by_day and asked.tables.startswith("event_tag") else ORDERS[self.order]
        order = "ASC" if self.oldest_first else "DESC"
        beyond = f" AND ({day}, e.event_id) {'>' if self.oldest_first else '<'} (?, ?)" if place else ""
        # The page is chosen first and its bodies are read then: a sort would carry them all along.
        sql = (
            f"SELECT c.version, c.event_id, c.day, v.body, n.at FROM (SELECT e.version, e.event_id, {day} AS day, e.tx "
            f"{asked.sql}{beyond} ORDER BY {day} {order}, e.event_id {order} LIMIT ?) c "
            f"JOIN event_version v ON v.id = c.version JOIN entry n ON n.seq = c.tx ORDER BY c.day {order}, c.event_id {order}"
        )
        return self.database.rows(sql, (*asked.values, *(place or ()), size))

    def _common(self) -> bool:
        """Whether the first of the deadliest with rival figures are found sooner by walking down from the deadliest of all."""
        if self.order != "killed" or self.filters not in (Filters(disputed=True), Filters(disputed=True, review=self.filters.review)):
            return False
        some, every = total(self.database, Filters(disputed=True)) or 0, total(self.database, Filters()) or 0
        return some * _RARE > every

    def rows(self) -> Iterator[dict[str, Any]]:
        """The events as rows of plain cells."""
        return (flat(event.values) for event in self)

    def to_pandas(self) -> pandas.DataFrame:
        """The events as a table, one row each. Raises MissingError where pandas is not installed."""
        from concordant.record.errors import MissingError
        from concordant.record.flat import COLUMNS

        try:
            import pandas
        except ModuleNotFoundError as error:
            if error.name != "pandas":
                raise
            raise MissingError("a table needs pandas: pip install 'concordant[pandas]'") from None

        return pandas.DataFrame(list(self.rows()), columns=list(COLUMNS))
