"""A user's own tables, laid over the built-in ones by `--codebook`, from the file to the coded report."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from concordant.cli.app import app


def _tabbed(rows: str) -> str:
    """A table written with bars between its cells, for the eye, with tabs."""
    return re.sub(r" ?\| ?", "\t", rows)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCORDANT_DATA", str(tmp_path / "home"))


def run(tmp_path: Path, text: str, tables: dict[str, str]) -> tuple[int, list[dict[str, Any]], str]:
    """The exit code, the events, and what was said on the error stream."""
    book = tmp_path / "book"
    for name, rows in tables.items():
        (book / name).parent.mkdir(parents=True, exist_ok=True)
        (book / name).write_text(_tabbed(rows), encoding="utf-8")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    options = ["--codebook", str(book)] if tables else []
    result = CliRunner().invoke(
        app, ["code", str(tmp_path / "a.txt"), "--format", "jsonl", "--published", "2024-05-15", "--language", "fr", *options]
    )
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    return result.exit_code, [event for line in lines for event in line["events"]], result.stderr


def test_a_kind_and_its_words(tmp_path: Path) -> None:
    text = "Des hommes armés ont zoumbalé lundi le puits de Tamboré. Trois bergers ont été blessés."
    tables = {
        "acts.tsv": "act | group | kind | rank\nwell_poisoning | assault | well_poisoning | 99\n",
        "fr/triggers.tsv": "phrase | pos | act | strength\nzoumbal* | verb | well_poisoning | 3\n",
    }
    _, before, _ = run(tmp_path, text, {})
    code, [event], said = run(tmp_path, text, tables)
    assert (code, said) == (0, "")
    assert "well_poisoning" not in {e["kind"] for e in before}
    assert event["kind"] == "well_poisoning"


def test_a_word_taken_away(tmp_path: Path) -> None:
    text = "Une embuscade près de Tamboré a été signalée lundi."
    tables = {"fr/triggers.tsv": "phrase | pos | act | strength\n-embuscade* | | | \n-embuscade | | | \n"}
    assert run(tmp_path, text, {})[1]
    assert not run(tmp_path, text, tables)[1]


def test_an_actor(tmp_path: Path) -> None:
    text = "La Brigade du Lézard a attaqué lundi le village de Tamboré, tuant cinq civils."
    columns = "id | name | aliases_fr | aliases_en | acronyms | type | country | parent | valid_from | valid_to | acled | ucdp | source"
    tables = {"actors.tsv": f"{columns}\nlizard | Brigade du Lézard | Brigade du Lézard | | BDL | militia | ML | | | | | | own\n"}
    _, [event], _ = run(tmp_path, text, tables)
    assert [(p["actor_id"], p["type"]) for p in event["parties"] if p["role"] == "perpetrator"] == [("lizard", "militia")]


def test_a_place(tmp_path: Path) -> None:
    text = "Des hommes armés ont attaqué lundi le village de Zoumbalari, au Mali, tuant cinq civils."
    columns = "name | spellings | kind | country | admin1 | admin2 | valid | latitude | longitude | source"
    tables = {"localities.tsv": f"{columns}\nZoumbalari | Zoumballary | | ML | Mopti | Bankass | | 13.75 | -3.62 | own\n"}
    assert run(tmp_path, text, {})[1][0]["place"]["latitude"] is None
    for spelled in ("Zoumbalari", "Zoumballary"):
        _, [event], _ = run(tmp_path, text.replace("Zoumbalari", spelled), tables)
        place = event["place"]
        assert (place["admin1"], place["admin2"], place["latitude"], place["longitude"]) == ("Mopti", "Bankass", 13.75, -3.62)


def test_a_quantity_rule(tmp_path: Path) -> None:
    text = "Des hommes armés ont attaqué lundi le village de Tamboré, tuant un bon paquet de civils."
    tables = {"fr/quantities.tsv": "rule | pattern | low | best | high | state | where\nbunch | un bon paquet de | 20 | 30 | 40 | number | \n"}
    _, [event], _ = run(tmp_path, text, tables)
    assert [(t["low"], t["best"], t["high"]) for t in event["casualties"]] == [(20, 30, 40)]


def test_victims_and_parties(tmp_path: Path) -> None:
    text = "Des zoumbaliens ont attaqué lundi le village de Tamboré, tuant cinq puisatiers."
    head = Path(__file__).parents[2] / "src/concordant/coding/data/fr/parties.tsv"
    columns = next(line for line in head.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    row = {"word": "zoumbaliens", "type": "militia", "kind": "person"}
    tables = {"fr/parties.tsv": f"{columns}\n" + "\t".join(row.get(column, "") for column in columns.split("\t")) + "\n"}
    _, [event], _ = run(tmp_path, text, tables)
    assert ("perpetrator", "militia") in {(p["role"], p["type"]) for p in event["parties"]}


BAD = {
    "a cell too many": ("fr/triggers.tsv", "phrase | pos | act | strength\nzoum* | verb | raid | 3 | x\n", "fr/triggers.tsv:2: 5 cells"),
    "an act that is none": ("fr/triggers.tsv", "phrase | pos | act | strength\nzoum* | verb | zoum | 3\n", "fr/triggers.tsv:2: act is 'zoum'"),
    "a strength in words": ("fr/triggers.tsv", "phrase | pos | act | strength\n\nzoum* | verb | raid | high\n", "fr/triggers.tsv:3: strength is 'high'"),
    "a type that is none": ("actors.tsv", "id | name | aliases_fr | type\nx | X | X | army\n", "actors.tsv:2: type is 'army'"),
    "a formula that is none": ("fr/quantities.tsv", "rule | pattern | low | best | high | state | where\nx | un tas de | lots | | | number | \n", "fr/quantities.tsv:2: low is no formula"),
    "an unknown state": ("fr/quantities.tsv", "rule | pattern | low | best | high | state | where\nx | un tas de | | | | many | \n", "fr/quantities.tsv:2: state is"),
    "a table that is none": ("fr/verbs.tsv", "phrase\nx\n", "fr/verbs.tsv:1: there is no table"),
    "a column that is missing": ("acts.tsv", "word | kind\nx | y\n", "acts.tsv:1: no column 'act'"),
    "a place off the earth": ("localities.tsv", "name | country | latitude | longitude\nX | ML | 200 | 0\n", "localities.tsv:2: no point on earth"),
    "an unknown mood": ("fr/moods.tsv", "phrase | mood | reach\nx | angry | clause\n", "fr/moods.tsv:2: no mood"),
    "bytes": ("acts.tsv", "act\n\udcff\n", "acts.tsv:1: not UTF-8"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_an_error_with_file_and_line(name: str, tmp_path: Path) -> None:
    file, rows, message = BAD[name]
    path = tmp_path / "book" / file
    path.parent.mkdir(parents=True)
    path.write_bytes(_tabbed(rows).encode("utf-8", "surrogateescape"))
    (tmp_path / "a.txt").write_text("Rien.", encoding="utf-8")
    result = CliRunner().invoke(app, ["code", str(tmp_path / "a.txt"), "--codebook", str(tmp_path / "book")])
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr
