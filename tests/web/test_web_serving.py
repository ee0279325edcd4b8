"""`concordant serve` as a person starts it: a record is made, the address is printed, and the pages are there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest
from made_reports import HERE, event, reader, record, row, write
from typer.testing import CliRunner

from concordant.cli.app import app
from concordant.fetching.polite import Polite
from concordant.record import RecordError
from concordant.record.items import Task
from concordant.record.reading import Read
from concordant.web.people import People
from concordant.web.serving import PORT, Place, _listen
from concordant.web.working import Worker

RUN = [sys.executable, "-c", "from concordant.cli import main; main()"]


def test_serve_prints_its_address_and_stays(tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [*RUN, "--record", str(tmp_path / "r.db"), "serve", "--no-browser", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as process:
        try:
            assert process.stdout
            address = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
            assert address
            with urllib.request.urlopen(f"{address[0]}health", timeout=30) as answer:
                assert json.load(answer)["status"] == "ok"
            with urllib.request.urlopen(address[0], timeout=30) as answer:
                assert "Concordant" in answer.read().decode()
            assert process.poll() is None
        finally:
            process.terminate()
            process.wait(30)


def test_a_taken_port_is_said_and_the_usual_one_gives_way() -> None:
    with _listen(Place()) as first, _listen(Place()) as second:
        assert first.getsockname()[1] >= PORT
        assert second.getsockname()[1] >= PORT
        with pytest.raises(RecordError, match="nothing can listen"):
            _listen(Place(port=first.getsockname()[1]))


def test_accounts_are_made_listed_and_removed(tmp_path: Path) -> None:
    record, run = str(tmp_path / "r.db"), CliRunner()
    password = "correct horse battery\n" * 2
    made = run.invoke(app, ["--record", record, "people", "add", "amina", "--role", "reviewer", "--totp"], input=password)
    assert made.exit_code == 0
    assert "secret for the codes" in made.output
    assert run.invoke(app, ["--record", record, "people", "list"]).output == "amina\treviewer\tcode\n"
    assert run.invoke(app, ["--record", record, "people", "add", "bo", "--role", "king"], input=password).exit_code == 2
    assert run.invoke(app, ["--record", record, "people", "remove", "amina"]).exit_code == 0
    assert People.beside(tmp_path / "r.db").all() == []


def test_a_worker_that_is_stopped_ends_after_the_report_in_hand_and_starts_no_other(tmp_path: Path) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slowly(task: Task) -> Read:
        begun.set()
        assert go_on.wait(60)
        return reader(task)

    made = record(tmp_path, work=replace(HERE, reader=slowly))
    list(made.receive([write(tmp_path / "some.jsonl", row("a", event()), row("b", event("Dourfé")))]))
    worker = Worker(made, Polite())
    worker.wake()
    assert begun.wait(60)
    assert worker.stop(0) is False
    go_on.set()
    assert worker.stop(60) is True
    list(made.receive([write(tmp_path / "more.jsonl", row("c", event()))]))
    worker.wake()
    assert not worker.busy
    assert made.counts().pending >= 1
    made.close()
