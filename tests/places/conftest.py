"""An invented country "QZ" to search in: no test needs the built gazetteer."""

from __future__ import annotations

from pathlib import Path

import pytest

from concordant.places.gazetteer import Gazetteer
from concordant.places.schema import Place, create, write

PLACES = [
    Place("t:1", "Zandoria", "country", "QZ", curated={"Zandorie"}, exonyms={"fr": "Zandorie"}),
    Place("t:2", "Upper Zan", "admin1", "QZ", exonyms={"fr": "Haut-Zan"}, latitude=10.0, longitude=2.0),
    Place("t:3", "Barsabogo", "settlement", "QZ", "Upper Zan", "Karo", 10.1, 2.1, 9000, spellings={"Barsabogho"}),
    Place("t:4", "Karo", "admin2", "QZ", "Upper Zan", None, 10.2, 2.2),
    Place("t:5", "Karo", "settlement", "QZ", "Upper Zan", "Karo", 10.2, 2.2, 30000),
    Place("t:6", "Karo", "settlement", "QY", "Coast", None, 40.0, 40.0, 90000),
    Place("t:7", "Saint-Ouanga", "settlement", "QZ", "Upper Zan", "Karo", 10.3, 2.4, 700),
]


@pytest.fixture
def gazetteer(tmp_path: Path) -> Gazetteer:
    path = tmp_path / "small.sqlite"
    base = create(path)
    with base:
        write(base, PLACES)
        base.execute("INSERT INTO meta VALUES ('version', 'test')")
    base.close()
    return Gazetteer([path])
