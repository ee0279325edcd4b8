"""The codebook's tables: read with their lines, laid over one another, refused with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from concordant.codebook import Codebook, CodebookError
from concordant.codebook.tables import read_table


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.tsv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_keeps_the_line_of_each_row(tmp_path: Path) -> None:
    rows = read_table(write(tmp_path, "t", "# a note\nphrase\tact\n\nassaut\traid\n"))
    assert rows[0]["act"] == "raid"
    assert rows[0].line == 4


def test_too_many_cells_are_refused_with_the_line(tmp_path: Path) -> None:
    path = write(tmp_path, "t", "phrase\tact\nassaut\traid\tmore\n")
    with pytest.raises(CodebookError, match=r"t\.tsv:2: 3 cells"):
        read_table(path)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_bytes(b"phrase\n\xff\xfe\n")
    with pytest.raises(CodebookError, match="not UTF-8"):
        read_table(tmp_path / "t.tsv")


def test_an_overlay_adds_replaces_and_takes_away(tmp_path: Path) -> None:
    write(
        tmp_path,
        "fr/triggers",
        "phrase\tpos\tact\tstrength\nzarbifier\tverb\tattack\t3\nembuscade*\tnoun\traid\t3\n-tuerie*\n",
    )
    table = {row["phrase"]: row for row in Codebook((tmp_path,)).table("fr/triggers")}
    assert table["zarbifier"]["act"] == "attack"
    assert table["embuscade*"]["act"] == "raid"
    assert "tuerie*" not in table
    assert "tuerie*" in {row["phrase"] for row in Codebook().table("fr/triggers")}


def test_an_overlay_with_unknown_columns_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "fr/triggers", "phrase\tcolour\nx\tred\n")
    with pytest.raises(CodebookError, match="unknown columns: colour"):
        Codebook((tmp_path,)).table("fr/triggers")


def test_the_version_changes_with_an_overlay(tmp_path: Path) -> None:
    write(tmp_path, "fr/triggers", "phrase\tpos\tact\tstrength\nx\tverb\tattack\t3\n")
    assert Codebook((tmp_path,)).version != Codebook().version


def test_an_unknown_table_is_a_lookup_error() -> None:
    with pytest.raises(LookupError, match="no built-in table"):
        Codebook().table("nothing")
