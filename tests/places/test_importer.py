from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from concordant.places.gazetteer import Gazetteer
from concordant.places.importer import DumpError, add_dump, describe


def line(ident: int, name: str, lat: float, lon: float, feature: str, *codes: str, alternates: str = "") -> str:
    """A dump's line; `feature` is class and code, as in "P.PPL"."""
    codes = (*codes, "", "")
    cells = [str(ident), name, name, alternates, str(lat), str(lon), *feature.split("."), "QZ", "", codes[0], codes[1]]
    return "\t".join([*cells, "", "", "0", "", "", "", "2020-01-01"])


DUMP = "\n".join([
    line(1, "Zan Region", 10, 2, "A.ADM1", "01"),
    line(2, "Cercle de Karo", 10, 2, "A.ADM2", "01", "0101"),
    line(3, "Cercle de Mollo", 14, 2, "A.ADM2", "01", "0102"),
    line(4, "Soulbaga", 13.9, 2.1, "P.PPL", "01", alternates="Sulbaga,Soulbagha"),
    line(5, "Karo", 10, 2, "P.PPLA2", "01", "0101"),
    line(6, "Puits de Karo", 10, 2, "H.WLL", "01"),
    line(7, "Inabel", 10.5, 2, "L.LCTY", "01"),
])  # fmt: skip


@pytest.mark.parametrize("form", ["txt", "txt.gz", "zip"])
def test_a_dump_in_each_form(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"QZ.{form}"
    if form == "txt":
        path.write_text(DUMP, encoding="utf-8")
    elif form == "txt.gz":
        path.write_bytes(gzip.compress(DUMP.encode()))
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("readme.txt", "what this is")
            archive.writestr("QZ.txt", DUMP)
    added = add_dump(path, tmp_path / "QZ.sqlite")
    assert (added.places, added.left_out) == (6, 1)
    assert describe(added.target) == {"admin1": 1, "admin2": 2, "settlement": 3}


def test_a_blank_second_level_is_that_of_the_nearest_seat(tmp_path: Path) -> None:
    (tmp_path / "QZ.txt").write_text(DUMP, encoding="utf-8")
    gazetteer = Gazetteer([add_dump(tmp_path / "QZ.txt", tmp_path / "QZ.sqlite").target])
    (entry,) = gazetteer.lookup("Soulbagha")
    assert (entry.admin1, entry.admin2, entry.country) == ("Zan", "Mollo", "QZ")


def test_adding_twice_gives_the_same_file(tmp_path: Path) -> None:
    (tmp_path / "QZ.txt").write_text(DUMP, encoding="utf-8")
    first = add_dump(tmp_path / "QZ.txt", tmp_path / "QZ.sqlite").target.read_bytes()
    assert add_dump(tmp_path / "QZ.txt", tmp_path / "QZ.sqlite").target.read_bytes() == first


@pytest.mark.parametrize(
    ("text", "number", "what"),
    [
        (DUMP + "\ncut off", 8, "19 columns"),
        (DUMP.replace("\n4\t", "\nfour\t"), 4, "not a number"),
        (DUMP.replace("13.9", "north"), 4, "no numbers"),
        (DUMP.replace("13.9", "139"), 4, "no point on earth"),
        ("", 1, "no place"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, text: str, number: int, what: str) -> None:
    (tmp_path / "QZ.txt").write_text(text, encoding="utf-8")
    with pytest.raises(DumpError, match=what) as fault:
        add_dump(tmp_path / "QZ.txt", tmp_path / "QZ.sqlite")
    assert fault.value.line == number
    assert not (tmp_path / "QZ.sqlite").exists()


def test_a_table_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text(
        "name\tspellings\tcountry\tadmin1\tlatitude\tlongitude\nWélébo\tWellebo\tQZ\tZan\t10.5\t2.5\n", "utf-8"
    )
    gazetteer = Gazetteer([add_dump(path, tmp_path / "mine.sqlite").target])
    (entry,) = gazetteer.lookup("wellebo")
    assert (entry.name, entry.admin1, entry.latitude, entry.quality) == ("Wélébo", "Zan", 10.5, 1.0)


@pytest.mark.parametrize(
    ("text", "number", "what"),
    [
        ("name,where\nX,Y\n", 1, "no column country"),
        ("name,country\nX,QZ\n,QZ\n", 3, "a name"),
        ("name,country,kind\nX,QZ,hill\n", 2, "unknown kind"),
        ("name,country,latitude,longitude\nX,QZ,95,0\n", 2, "no point on earth"),
    ],
)
def test_a_bad_table_line_is_named(tmp_path: Path, text: str, number: int, what: str) -> None:
    (tmp_path / "mine.csv").write_text(text, encoding="utf-8")
    with pytest.raises(DumpError, match=what) as fault:
        add_dump(tmp_path / "mine.csv", tmp_path / "mine.sqlite")
    assert fault.value.line == number


def test_damaged_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "QZ.txt.gz").write_bytes(gzip.compress(DUMP.encode())[:60])
    with pytest.raises(DumpError, match="damaged"):
        add_dump(tmp_path / "QZ.txt.gz", tmp_path / "QZ.sqlite")
    (tmp_path / "QZ.txt").write_bytes(b"\n\xff\xfe\x00")
    with pytest.raises(DumpError, match="not UTF-8"):
        add_dump(tmp_path / "QZ.txt", tmp_path / "QZ.sqlite")
