"""The commands over a record, as a user types them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from made_reports import HERE, event, record, row
from typer.testing import CliRunner, Result

from concordant.cli.app import app
from concordant.record import Record

RUN = CliRunner()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = record(
        tmp_path, row("a", event(killed=5)), row("b", event(killed=5), published="2024-05-08"),
        row("c", event("Dourfé", "2024-05-10", 12, kind="ambush", actor="made-front"), published="2024-05-11"),
        row("d", event("Sabanga", "2024-06-01", None), published="2024-06-02"), row("=cmd", text=" "),
    )  # fmt: skip
    made.close()
    return made.path


def run(path: Path, *words: str) -> Result:
    return RUN.invoke(app, ["--record", str(path), *words])


def lines(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_events_as_json_lines_have_an_id_the_fields_of_a_coded_event_and_accounts(path: Path) -> None:
    found = lines(run(path, "events", "--format", "jsonl"))
    assert [e["date"]["start"] for e in found] == ["2024-06-01", "2024-05-10", "2024-05-06"]
    assert all({"id", "kind", "date", "place", "parties", "casualties", "means", "role"} <= set(e) for e in found)
    accounts = found[2]["accounts"]
    assert [a["report_id"] for a in accounts] == ["a", "b"]
    assert all(a["account_id"] for a in accounts)


@pytest.mark.parametrize(
    ("words", "reports"),
    [
        (["--since", "2024-05-07"], "cd"), (["--until", "2024-05-10"], "abc"), (["--kind", "ambush"], "c"),
        (["--country", "xa"], "abcd"), (["--country", "ML"], ""), (["--admin1", "haute tamba"], "abcd"),
        (["--place", "TAMBORE"], "ab"), (["--place", "made:Dourfé"], "c"), (["--actor", "made-front"], "c"),
        (["--killed", "6"], "c"), (["--killed", "0"], "abc"), (["--text", "tambore"], "ab"), (["--text", "Tamb*"], "abcd"),
        (["--text", "nothing such"], ""), (["--role", "background"], ""), (["--confidence", "0.99"], ""),
        (["--outlet", "c.example"], "c"), (["--report", "b"], "ab"), (["--limit", "1"], "d"),
        (["--oldest-first", "--limit", "1"], "ab"), (["--standing", "not_event"], ""), (["--standing", "all"], "abcd"),
        (["--kind", "ambush", "--place", "Tamboré"], ""), (["--actor", "made-front", "--outlet", "c.example"], "c"),
    ],
)  # fmt: skip
def test_filters(path: Path, words: list[str], reports: str) -> None:
    found = lines(run(path, "events", "--format", "jsonl", *words))
    assert sorted(a["report_id"] for e in found for a in e["accounts"]) == list(reports)


def test_pages_go_on_where_the_last_one_ended(path: Path) -> None:
    whole = [e["id"] for e in lines(run(path, "events", "--format", "jsonl"))]
    paged = [lines(run(path, "events", "--format", "jsonl", "--limit", "1"))[0]["id"]]
    while more := lines(run(path, "events", "--format", "jsonl", "--limit", "1", "--after", paged[-1])):
        paged.append(more[0]["id"])
    assert paged == whole


def test_the_other_forms(path: Path) -> None:
    table = run(path, "events").stdout
    assert "Dourfé, Haute-Tamba, XA" in table
    assert len(json.loads(run(path, "events", "--format", "json").stdout)) == 3
    rows = list(csv.DictReader(io.StringIO(run(path, "events", "--format", "csv").stdout)))
    assert [r["killed_best"] for r in rows] == ["", "12", "5"]
    features = json.loads(run(path, "events", "--format", "geojson").stdout)["features"]
    assert features[1]["geometry"]["coordinates"] == [0.4, 15.2]


def test_a_cell_that_a_spreadsheet_would_run_is_disarmed(tmp_path: Path) -> None:
    made = record(tmp_path, row("a", event(actor="=cmd|' /C calc'!A0")))
    made.close()
    assert "'=cmd" in run(made.path, "events", "--format", "csv").stdout


def test_a_ruling_from_the_command_line_and_its_dossier_and_log(path: Path) -> None:
    name = lines(run(path, "events", "--format", "jsonl"))[2]["id"]
    assert run(path, "rule", name, "--set", "casualties.killed=7-9", "--why", "the hospital's list").exit_code == 0
    shown = run(path, "show", name[:8]).stdout
    assert "the hospital's list" in shown
    assert "7–9" in shown
    assert "casualties: 5 killed, civilians" in shown
    log = run(path, "log", name).stdout
    assert "coded: report a" in log
    assert "the hospital's list" in log
    assert run(path, "rule", name, "--set", "casualties.killed", "--undo", "--why", "a misprint").exit_code == 0
    assert lines(run(path, "events", "--format", "jsonl"))[2]["casualties"][0]["best"] == 5


def test_link_and_unlink(path: Path) -> None:
    _, one, other = (e["id"] for e in lines(run(path, "events", "--format", "jsonl")))
    assert "one event" in run(path, "link", one, other, "--why", "one column").stdout
    linked = lines(run(path, "events", "--format", "jsonl"))
    assert sorted(len(e["accounts"]) for e in linked) == [1, 3]
    event_ = next(e for e in linked if len(e["accounts"]) == 3)
    account = next(a["account_id"] for a in event_["accounts"] if a["report_id"] == "c")
    assert "two events" in run(path, "unlink", event_["id"], account, "--why", "two columns").stdout
    assert sorted(len(e["accounts"]) for e in lines(run(path, "events", "--format", "jsonl"))) == [1, 1, 2]


def test_as_of_gives_what_was_listed_then(path: Path) -> None:
    before = run(path, "events", "--format", "jsonl").stdout
    with Record(path, work=HERE) as made:
        then = made.database.value("SELECT max(at) FROM entry")
    name = json.loads(before.splitlines()[0])["id"]
    run(path, "rule", name, "--not-event", "--why", "a drill")
    assert run(path, "events", "--format", "jsonl").stdout != before
    assert run(path, "events", "--format", "jsonl", "--as-of", then).stdout == before
    assert run(path, "events", "--format", "jsonl", "--as-of", "2020-01-01").stdout == ""


def test_skipped_says_why_and_the_counts_add_up(path: Path) -> None:
    said = run(path, "skipped").stdout
    assert "no-text" in said
    assert "received 5 = 4 coded + 0 irrelevant + 1 quarantined + 0 pending" in said
    assert "made so" in run(path, "skipped", "--what", "passage").stdout


def test_verify_backup_and_restore(path: Path, tmp_path: Path) -> None:
    head = run(path, "verify").stdout.strip().rpartition(" ")[2]
    assert run(path, "verify", "--head", head).exit_code == 0
    assert run(path, "verify", "--head", "0" * 64).exit_code == 1
    assert run(path, "backup", str(tmp_path / "copy")).exit_code == 0
    other = tmp_path / "other.db"
    assert run(other, "restore", str(tmp_path / "copy")).exit_code == 0
    assert run(other, "events", "--format", "jsonl").stdout == run(path, "events", "--format", "jsonl").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show", "zzzz"], "E_UNKNOWN"), (["events", "--since", "soon"], "E_RECORD"), (["events", "--as-of", "then"], "E_RECORD"),
        (["rule", "zzzz", "--why", "x"], "say one of"), (["link", "a", "b", "--why", "x"], "E_UNKNOWN"),
        (["skipped", "--what", "x"], "E_UNKNOWN"),
    ],
)  # fmt: skip
def test_mistakes_are_told_in_one_line(path: Path, words: list[str], said: str) -> None:
    result = run(path, *words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_the_record_is_named_by_the_environment(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCORDANT_RECORD", str(path))
    assert len(RUN.invoke(app, ["events", "--format", "jsonl"]).stdout.splitlines()) == 3


def test_add_reads_codes_and_links_real_text(tmp_path: Path) -> None:
    text = "Gunmen killed five villagers in Tamboré on Monday, residents said. The attackers burned houses and fled on motorbikes."
    (tmp_path / "one.txt").write_text(text, encoding="utf-8")
    lines_ = [{"id": str(n), "text": text, "published": "2024-05-07", "outlet": f"paper {n}"} for n in range(2)]
    (tmp_path / "two.jsonl").write_text("\n".join(json.dumps(line) for line in lines_), encoding="utf-8")
    (tmp_path / "bad.csv").write_text("id,text\n1\n", encoding="utf-8")
    path = tmp_path / "made.db"
    sources = [str(tmp_path / name) for name in ("one.txt", "two.jsonl", "bad.csv")]
    result = run(path, "add", *sources, "--published", "2024-05-07")
    assert "received 4 = 3 coded + 0 irrelevant + 1 quarantined + 0 pending" in result.stdout, result.output
    assert result.exit_code == 1
    found = lines(run(path, "events", "--format", "jsonl"))
    assert len(found) == 1
    assert {a["report_id"] for a in found[0]["accounts"]} >= {"0", "1"}
    assert len({a["origin"] for a in found[0]["accounts"]}) == 1  # one text is one origin, whoever prints it
    again = run(path, "add", *sources, "--published", "2024-05-07", "--format", "jsonl").stdout
    assert all(json.loads(line)["new"] is False for line in again.splitlines())
    assert "nothing was changed" not in run(path, "recode").stdout
