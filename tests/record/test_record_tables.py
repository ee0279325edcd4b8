"""Lists as tables: the rows and columns that pandas is given (a stand-in, for it is no part of the installation)."""

from __future__ import annotations

import builtins
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from made_reports import event, record, row

from concordant.record import Filters, MissingError
from concordant.record.flat import COLUMNS


class _Frame:
    """What a data frame is made of."""

    def __init__(self, rows: list[dict[str, Any]], columns: list[str]) -> None:
        self.rows, self.columns = rows, columns


def test_events_become_a_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in = ModuleType("pandas")
    stand_in.DataFrame = _Frame  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pandas", stand_in)
    rows = [row("a", event(killed=5)), row("b", event("Dourfé", "2024-06-08", 7), published="2024-06-09")]
    with record(tmp_path, *rows) as made:
        table: Any = made.events().to_pandas()
        assert table.columns == list(COLUMNS)
        assert [(r["place"], r["date_start"], r["killed_best"]) for r in table.rows] == [
            ("Dourfé", "2024-06-08", 7), ("Tamboré", "2024-05-06", 5),
        ]  # fmt: skip
        assert all(set(r) == set(COLUMNS) for r in table.rows)
        one: Any = made.events(Filters(killed=6)).to_pandas()
        assert [r["place"] for r in one.rows] == ["Dourfé"]


def test_without_pandas_it_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *more: Any, **named: Any) -> Any:
        if name == "pandas":
            raise ModuleNotFoundError("No module named 'pandas'", name="pandas")
        return real(name, *more, **named)

    monkeypatch.delitem(sys.modules, "pandas", raising=False)
    monkeypatch.setattr(builtins, "__import__", without)
    with record(tmp_path, row("a", event())) as made, pytest.raises(MissingError, match=r"concordant\[pandas\]"):
        made.events().to_pandas()
