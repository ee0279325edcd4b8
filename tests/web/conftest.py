"""A record of invented reports and a client of the app over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from made_browser import browser, desk, playwright, serve, served
from made_reports import HERE, event, record, row
from made_web import Client, client_of, rest

from concordant.record import Record

__all__ = ["browser", "desk", "playwright", "serve", "served"]


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Record]:
    """Two reports of one raid with different tolls, one of another town, one with a place nobody knows, one of nothing."""
    unknown = event("Sabanga", "2024-06-11", None, kind="protest")
    unknown["place"] |= {"name": "Nulle-Part", "latitude": None, "longitude": None, "gazetteer_id": None, "in_gazetteer": False}
    told = record(
        tmp_path, row("a", event(killed=5), text="raid on Tamboré in the morning, five were killed there"),
        row("b", event(killed=9), published="2024-05-06", text="raid in Tamboré, nine people lost their lives by other accounts"), row("c", event("Dourfé", "2024-05-20", 3, actor="jnim"), text="raid at Dourfé: three men shot on the market road at dusk"),
        row("d", unknown, published="2024-06-12"), row("e"), work=HERE,
    )  # fmt: skip
    yield told
    rest()
    told.close()


@pytest.fixture
def client(made: Record) -> Client:
    return client_of(made)
