"""The wheel holds the data that the program needs, and the licence."""

from __future__ import annotations

from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[2]


def test_every_table_and_the_gazetteer_are_in_the_wheel() -> None:
    held = {file.distribution_path for file in WheelBuilder(str(ROOT)).recurse_included_files()}
    tables = [path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src/concordant").rglob("*.tsv")]
    assert len(tables) > 60
    assert [name for name in [*tables, "concordant/places/data/gazetteer.sqlite"] if name not in held] == []
    assert not [name for name in held if "__pycache__" in name]


def test_what_the_pages_load_is_in_the_wheel() -> None:
    held = {file.distribution_path for file in WheelBuilder(str(ROOT)).recurse_included_files()}
    web = ROOT / "src/concordant/web"
    files = [path.relative_to(ROOT / "src").as_posix() for room in ("static", "assets", "templates") for path in (web / room).iterdir()]
    assert {"concordant/web/static/world.json", "concordant/web/static/maplibre-gl.mjs"} <= set(files)
    assert [name for name in files if name not in held] == []
