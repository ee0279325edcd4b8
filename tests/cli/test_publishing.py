"""`publish` and `published` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

from made_reports import event, record, row
from typer.testing import CliRunner

from concordant.cli.app import app


def test_an_event_is_let_out_listed_and_taken_back(tmp_path: Path) -> None:
    with record(tmp_path, row("a", event(killed=5)), name="r.db") as made:
        name = next(iter(made.events())).id
    run, base = CliRunner(), ["--record", str(tmp_path / "r.db")]
    early = run.invoke(app, [*base, "publish", name, "--why", "x"])
    assert early.exit_code == 2
    assert "E_UNCONFIRMED" in early.output
    assert run.invoke(app, [*base, "rule", name, "--confirm", "--why", "checked"]).exit_code == 0
    assert run.invoke(app, [*base, "publish", name, "--why", "for the site"]).output.startswith("published: ")
    line = json.loads(run.invoke(app, [*base, "published"]).output)
    assert (line["id"], line["place"]["latitude"], line["level"]) == (name, 13.525, "usual")
    header, cells = run.invoke(app, [*base, "published", "--format", "csv"]).output.splitlines()
    assert header.startswith("event_id,kind,date_start")
    assert "residents" not in cells
    assert run.invoke(app, [*base, "published", "--format", "geojson", "--output", str(tmp_path / "out.json")]).exit_code == 0
    assert len(json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["features"]) == 1
    assert run.invoke(app, [*base, "published", "--format", "xlsx"]).exit_code == 2
    own = tmp_path / "own"
    own.mkdir()
    (own / "public-sensitive.tsv").write_text("value\twhat\tlevel\nattack_on_civilians\tkind\tsevere\n", encoding="utf-8")
    assert json.loads(run.invoke(app, [*base, "published", "--codebook", str(own)]).output)["place"]["latitude"] is None
    assert run.invoke(app, [*base, "publish", name, "--undo", "--why", "a relative asked"]).exit_code == 0
    assert run.invoke(app, [*base, "published"]).output == ""
