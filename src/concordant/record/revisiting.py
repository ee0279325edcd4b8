"""Asking again for a page that came in before: only what has changed since is sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from concordant.record.database import Database
from concordant.record.items import unpacked
from concordant.reports.fetched import Fetch, Fetched


@runtime_checkable
class Conditional(Protocol):
    """A fetcher that can ask whether something has changed."""

    def fetch(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """What is at an address; status 304 where it is what `etag` or `modified` stand for."""
        ...


@dataclass(frozen=True, slots=True)
class Revisiting:
    """A fetcher that gives what the record holds for a page that its site says is unchanged."""

    database: Database
    fetcher: Fetch

    def __call__(self, url: str) -> Fetched:
        """What is at an address. Raises FetchError."""
        held = self._held(url) if isinstance(self.fetcher, Conditional) else None
        if held is None or not isinstance(self.fetcher, Conditional):
            return self.fetcher(url)
        told, packing, body = held
        answer = self.fetcher.fetch(url, etag=told.get("etag"), modified=told.get("last-modified"))
        if answer.status != 304:
            return answer
        headers = {name: str(told[name]) for name in ("etag", "last-modified") if told.get(name)}
        return Fetched(
            str(told.get("final_url") or url), unpacked(packing, body), str(told.get("content_type") or ""),
            told.get("charset"), headers={**headers, **answer.headers},
        )  # fmt: skip

    def _held(self, url: str) -> tuple[Mapping[str, str], str, bytes] | None:
        """What an address gave the last time, if its site said how to ask whether that has changed."""
        row = self.database.row(
            "SELECT s.fetched, r.packing, r.body FROM sighting s JOIN item i ON i.id = s.item JOIN raw r ON r.id = i.raw "
            "WHERE s.source = ? ORDER BY s.id DESC LIMIT 1", (url,),
        )  # fmt: skip
        told: dict[str, str] = json.loads(row[0]) if row else {}
        if row is None or not (told.get("etag") or told.get("last-modified")):
            return None
        return told, str(row[1]), bytes(row[2])
