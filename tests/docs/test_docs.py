"""The documentation says what the program does: made parts are current, examples run, links lead somewhere."""

from __future__ import annotations

import doctest
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
import typer
from typer.testing import CliRunner

import concordant
from concordant.cli.app import app

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def _writer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("write_docs", ROOT / "scripts/write_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


WRITER = _writer()


@pytest.mark.parametrize("page", WRITER.PAGES)
def test_the_made_parts_are_current(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert text.count("<!-- made: ") >= 2
    assert WRITER.written(text) == text, f"{page} is out of date: run `make docs`"


def test_the_readme_runs() -> None:
    assert doctest.testfile(str(ROOT / "README.md"), module_relative=False).failed == 0


def test_the_package_runs_its_own_example() -> None:
    results = doctest.testmod(concordant)
    assert results.attempted >= 3
    assert results.failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_to_files(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
    assert [t for t in targets if not t.startswith("http") and not (page.parent / t).exists()] == []


def test_every_command_says_what_it_does() -> None:
    group = typer.main.get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        assert command.help, name
        for parameter in command.params:
            hidden = getattr(parameter, "hidden", False) or parameter.name == "help"
            assert hidden or getattr(parameter, "help", None), (name, parameter.name)


def test_public_names_are_documented() -> None:
    for name in concordant.__all__:
        assert (getattr(concordant, name).__doc__ or "").strip(), name


def test_the_readme_names_the_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in ("make run", "make test", "concordant code", "concordant evaluate"):
        assert command in readme
    assert CliRunner().invoke(app, ["--help"]).exit_code == 0


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
