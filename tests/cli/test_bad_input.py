"""Bad input at the command line: a clear error or a good result within a stated time; never a traceback or a made-up event."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from concordant.cli.app import app

TOLD = "Des hommes armés ont attaqué lundi le village de Tamboré, tuant cinq personnes, selon un élu local. "
TOLD_EN = "Gunmen attacked the town of Handessa on Monday, killing four people, officials said. "
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Size 4/Root 1 0 R>>\n%%EOF\n"
)
# Seconds of this process's CPU in which each must be done: twice to ten times what it takes, so that a busy machine
# passes and what grows with the square of the input does not.
SOON, LATER = 8, 40


def run(path: Path, *more: str, limit: float) -> tuple[int, list[dict[str, object]], str]:
    """The exit code, the coded reports and what was said on the error stream."""
    start = time.process_time()
    result = CliRunner().invoke(app, ["code", str(path), "--format", "jsonl", "--published", "2024-05-14", *more])
    assert time.process_time() - start < limit
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.stderr
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()], result.stderr


@pytest.fixture(scope="module", autouse=True)
def warm(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The models are loaded before any time is taken."""
    file = tmp_path_factory.mktemp("warm") / "both.jsonl"
    file.write_text("\n".join(json.dumps({"id": n, "text": t}) for n, t in (("a", TOLD * 3), ("b", TOLD_EN * 3))))
    run(file, limit=120)


def entities() -> str:
    named = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE html [<!ENTITY a0 "aaaaaaaaaa">{named}]><html><body><p>&a9;{TOLD * 5}</p></body></html>'


REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("a.txt", lambda: b"", "the file is empty"),
    "only spaces": ("a.txt", lambda: b" \n\t \n" * 1000, "no text"),
    "binary": ("a.txt", lambda: random.Random(1).randbytes(200_000), "binary"),
    "broken encoding": ("a.txt", lambda: b"\xe9\xff\xfe\x80\xc3( " + TOLD.encode(), "charset"),
    "50 MB and more": ("a.txt", lambda: TOLD.encode() * (51 * 2**20 // len(TOLD.encode())), "over 50 MB"),
    "30 MB": ("a.txt", lambda: TOLD.encode() * (30 * 2**20 // len(TOLD.encode())), "million characters"),
    "a million letters": ("a.txt", lambda: b"a" * 1_000_000, "language not recognised"),
    "marks alone": ("a.txt", lambda: b'"' * 200_000 + b"(" * 200_000, "language not recognised"),
    "a PDF without text": ("a.pdf", lambda: PDF, "the PDF"),
    "a broken PDF": ("a.pdf", lambda: b"%PDF-1.7\n" + random.Random(2).randbytes(5000), "the PDF is broken"),
    "a page without an article": ("a.html", lambda: b"<html><body>" + b"<div>" * 30_000 + b"</body>", "no article"),
    "Spanish": ("a.txt", ("Al menos diez soldados murieron el martes en una emboscada. " * 9).encode, "es, not"),
    "JSON that is none": ("a.jsonl", lambda: b'{"id": 1, "text": "x"\n', "JSON"),
    "a row without text": ("a.jsonl", lambda: b'{"id": "1", "body": "x"}\n', 'no "text"'),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_the_reason(name: str, tmp_path: Path) -> None:
    file, made, reason = REFUSED[name]
    (tmp_path / file).write_bytes(made())
    code, coded, said = run(tmp_path / file, limit=SOON)
    assert code == 1
    assert reason in said
    assert [report["events"] for report in coded if report["events"]] == []


CODED: dict[str, tuple[str, Callable[[], str], float]] = {
    "a million characters in one line": ("a.txt", lambda: (TOLD.replace(".", ",") * 11_000)[:1_000_000], LATER),
    "10 MB of text": ("a.txt", lambda: (TOLD * 20 + "\n") * 5000, LATER),
    "2,000 paragraphs between blank lines": ("a.txt", lambda: (TOLD + "\n" * 101) * 2000, LATER),
    "two languages": ("a.txt", lambda: TOLD * 3 + TOLD_EN, SOON),
    "control characters": ("a.txt", lambda: "Lu\x01\x02\x1b[31m ici : " + TOLD * 2, SOON),
    "bidirectional marks": ("a.txt", lambda: f"\u202e{TOLD}\u200f\u2066{TOLD}\u2069", SOON),
    "30,000 attributes": (
        "a.html", lambda: f"<html><body><p {' '.join(f'a{n}=x' for n in range(30_000))}>{TOLD * 5}</p></body></html>", SOON,
    ),
    "a billion entities": ("a.html", entities, SOON),
    "tags 10,000 deep": ("a.html", lambda: f"<html><body>{'<i>' * 9_000}<p>{TOLD * 5}</p></body></html>", SOON),
}  # fmt: skip


@pytest.mark.parametrize("name", CODED)
def test_what_is_odd_is_coded_in_time(name: str, tmp_path: Path) -> None:
    file, made, limit = CODED[name]
    (tmp_path / file).write_text(made(), encoding="utf-8")
    code, coded, _ = run(tmp_path / file, limit=limit)
    assert code == 0 or not coded
    for report in coded:
        tolls = [toll for event in report["events"] for toll in event["casualties"]]  # type: ignore[attr-defined]
        assert {toll["best"] for toll in tolls} <= {4, 5}  # what the sentences say, however often, and nothing else


NOTHING: dict[str, Callable[[], str]] = {
    "10,000 numbers": lambda: "Les résultats du tirage : " + ", ".join(str(n * 7919 % 9973) for n in range(10_000)),
    "number words": lambda: "Il a compté deux cent mille " * 20_000,
    "hyphens": lambda: "Le marché de la ville a repris et les prix ont baissé. " * 5 + "a-" * 200_000,
    "brackets": lambda: "Le marché de la ville a repris et les prix ont baissé. " * 5 + "(" * 100_000 + '"' * 100_000,
    "links": lambda: "Le marché de la ville a repris et les prix ont baissé. Lire aussi : " * 3000,
    "spaces": lambda: "Le marché de la ville a repris et les prix ont baissé. " + " " * 900_000 + "Les clients aussi.",
}


@pytest.mark.parametrize("name", NOTHING)
def test_what_tells_of_nothing_makes_no_event_in_time(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOTHING[name](), encoding="utf-8")
    _, coded, _ = run(tmp_path / "a.txt", "--language", "fr", limit=SOON)
    assert [report["events"] for report in coded] == [[]]


def test_10_000_numbers_beside_the_dead_are_read_in_time(tmp_path: Path) -> None:
    many = ", ".join(f"{n % 97 + 2} soldats tués à Tamboré" for n in range(1500))
    (tmp_path / "a.txt").write_text(f"{TOLD * 3}{many}.", encoding="utf-8")
    code, coded, _ = run(tmp_path / "a.txt", limit=LATER)
    assert (code, len(coded)) == (0, 1)


def test_a_text_longer_than_any_report_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text((TOLD * 5 + "\n") * 150, encoding="utf-8")
    _, [report], _ = run(tmp_path / "a.txt", limit=LATER)
    assert report["not_coded"][-1]["why"].endswith("characters is not read")  # type: ignore[index]
    assert report["not_coded"][-1]["text"].startswith("\nDes hommes")  # type: ignore[index]


def test_one_bad_file_never_stops_a_batch(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text(TOLD * 3, encoding="utf-8")
    (tmp_path / "2.txt").write_bytes(random.Random(3).randbytes(1000))
    (tmp_path / "3.docx").write_bytes(b"PK")
    (tmp_path / "4.jsonl").write_text(
        "\n".join([json.dumps({"id": "a", "text": TOLD * 2}), "{", json.dumps({"id": "b"}), json.dumps({"id": "c", "text": TOLD * 2})]),
        encoding="utf-8",
    )
    code, coded, said = run(tmp_path, limit=SOON)
    assert code == 1
    assert [report["id"] for report in coded if report["events"]][-2:] == ["a", "c"]
    assert {report["id"]: report.get("error") for report in coded}["b"] == 'no "text" (it has id)'
    listed = [line for line in said.splitlines() if line.startswith("not read:")]
    assert [line.split("/")[-1].split(":")[0] for line in listed] == ["2.txt", "3.docx", "4.jsonl", "4.jsonl"]


def test_a_card_does_not_steer_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"\x1b[2J\u202e{TOLD * 3}", encoding="utf-8")
    result = CliRunner().invoke(app, ["code", str(tmp_path / "a.txt"), "--published", "2024-05-14"])
    assert "5 tués" in result.stdout
    assert not set("\x1b\u202e") & set(result.stdout)
