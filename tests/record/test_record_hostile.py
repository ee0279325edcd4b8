"""Bad input: each kind with a limit, a code, and a place in the quarantine; none ends the intake or fills the memory."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_reports import HERE, event, row, write
from test_record_watching import PLAIN, STORY

from concordant.record import Record
from concordant.reports.report import Refused
from concordant.reports.warc import Page, responses


def warc(url: str, answer: bytes, kind: str = "response") -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-05-08T08:00:00Z\r\nContent-Length: {len(answer)}\r\n\r\n"
    return head.encode() + answer + b"\r\n\r\n"


def http(body: bytes, type_: str = "text/html; charset=utf-8", status: str = "200 OK", more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {type_}\r\n{more}\r\n".encode() + body


def pages(data: bytes) -> list[Page | Refused]:
    return list(responses(io.BytesIO(data)))


def test_the_pages_of_an_archive_are_read_packed_or_not(tmp_path: Path) -> None:
    page = STORY.format("Tambore").encode()
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(page[i : i + 99]), page[i : i + 99]) for i in range(0, len(page), 99)) + b"0\r\n\r\n"
    records = [
        warc("http://a.example/info", b"software: x", "warcinfo"), warc("http://a.example/1", http(page)),
        warc("http://a.example/2", http(chunked, more="Transfer-Encoding: chunked\r\n")),
        warc("http://a.example/3", http(gzip.compress(page), more="Content-Encoding: gzip\r\n")),
        warc("http://a.example/4", http(b"GIF89a", "image/gif")), warc("http://a.example/5", http(b"no", status="404 Not Found")),
        warc("http://a.example/6", b"GET / HTTP/1.1\r\n\r\n", "request"),
    ]  # fmt: skip
    plain, packed = b"".join(records), b"".join(gzip.compress(r) for r in records)
    for data in (plain, packed):
        found = pages(data)
        assert [p.url[-1] for p in found if isinstance(p, Page)] == ["1", "2", "3", "4"]
        assert [p.body for p in found if isinstance(p, Page)][:3] == [page] * 3
    (tmp_path / "crawl.warc.gz").write_bytes(packed)
    made = Record(tmp_path / "made.db", work=PLAIN)
    list(made.add([tmp_path]))
    counts = made.counts()
    assert (counts.received, counts.quarantined) == (1, 0)  # three times the same bytes are one report; the picture is none
    assert made.reports()[0]["url"] == "http://a.example/3"


def giant(size: int) -> Iterator[bytes]:
    yield f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/big\r\nContent-Length: {size}\r\n\r\n".encode()
    yield from (b"\0" * 2**20 for _ in range(size // 2**20))


def test_a_record_that_expands_to_a_gigabyte_is_refused_at_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "bomb.warc.gz"
    with gzip.open(path, "wb", compresslevel=1) as out:
        for piece in giant(2**30):
            out.write(piece)
        out.write(b"\r\n\r\n" + warc("http://a.example/after", http(STORY.format("Tambore").encode())))
    assert path.stat().st_size < 8 * 2**20
    made = Record(tmp_path / "made.db", work=PLAIN)
    list(made.add([path]))
    assert [s.code for s in made.skipped(what="quarantined")] == ["too-large"] * made.counts().quarantined
    assert made.counts().quarantined >= 1
    assert made.path.stat().st_size < 2**20


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9])
def test_a_broken_archive_gives_what_is_whole_and_says_where_it_breaks(tmp_path: Path, cut: float) -> None:
    records = [gzip.compress(warc(f"http://a.example/{n}", http(STORY.format(f"Town {n}").encode()))) for n in range(6)]
    data = b"".join(records)
    (tmp_path / "cut.warc.gz").write_bytes(data[: int(len(data) * cut)])
    made = Record(tmp_path / "made.db", work=PLAIN)
    list(made.add([tmp_path / "cut.warc.gz"]))
    assert made.counts().received - made.counts().quarantined == int(6 * cut)
    assert [s.code for s in made.skipped(what="quarantined")] == ["io-error"]


@pytest.mark.parametrize("body", [b"WARC/1.0\r\nContent-Length: ten\r\n\r\n", b"hello\r\n" * 9, b"WARC/1.0\r\nContent-Length: 99\r\n\r\nshort"])
def test_what_is_no_archive_is_told(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "no.warc").write_bytes(body)
    made = Record(tmp_path / "made.db", work=PLAIN)
    list(made.add([tmp_path / "no.warc"]))
    assert [s.code for s in made.skipped(what="quarantined")] == ["io-error"]


def test_an_answer_within_an_archive_that_unpacks_without_end_is_refused() -> None:
    bomb = gzip.compress(b"\0" * 80 * 2**20)
    found = pages(warc("http://a.example/", http(bomb, more="Content-Encoding: gzip\r\n")))
    assert [p.code for p in found if isinstance(p, Refused)] == ["too-large"]


def test_a_file_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "bomb.txt.gz", "wb", compresslevel=1) as out:
        for _ in range(200):
            out.write(b"a" * 2**20)
    made = Record(tmp_path / "made.db", work=PLAIN)
    list(made.add([tmp_path / "bomb.txt.gz"]))
    assert [s.code for s in made.skipped(what="quarantined")] == ["too-large"]


def test_a_wrong_charset_is_read_or_refused_and_never_ends_the_rest(tmp_path: Path) -> None:
    good = json.dumps(row("a", event())).encode()
    odd = json.dumps(row("b", event("Dourfé")), ensure_ascii=False).encode("cp1252")
    (tmp_path / "mixed.jsonl").write_bytes(good + b"\n" + odd + b"\n\xff\xfe\x00\x01\x02\n" + good.replace(b'"a"', b'"c"') + b"\n")
    made = Record(tmp_path / "made.db", work=HERE)
    list(made.add([tmp_path / "mixed.jsonl"]))
    counts = made.counts()
    assert counts.received == 4
    assert counts.coded + counts.quarantined == 4
    assert {r["report_id"] for r in made.reports()} >= {"a", "c"}


def test_duplicate_ids_of_a_csv_file_are_told_by_line(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(
        "id,text,published\n1,Gunmen killed two men near the river on Monday.,2024-05-07\n"
        "1,A bomb went off at the market of another town.,2024-05-08\n", encoding="utf-8",
    )  # fmt: skip
    made = Record(tmp_path / "made.db", work=PLAIN)
    list(made.add([tmp_path / "rows.csv"]))
    found = next(iter(made.skipped(what="quarantined")))
    assert (found.code, found.source.endswith("rows.csv:3")) == ("duplicate-id", True)


def test_what_cannot_be_written_as_text_is_kept_as_bytes_and_does_no_harm(tmp_path: Path) -> None:
    strange = [row("a", event(), title="half \ud800 a pair"), row("b\u0000c", event()), row("d" * 5000, event(), url="javascript:alert(1)")]
    (tmp_path / "strange.jsonl").write_text("\n".join(json.dumps(r) for r in strange), encoding="utf-8")
    made = Record(tmp_path / "made.db", work=HERE)
    list(made.add([tmp_path / "strange.jsonl"]))
    counts = made.counts()
    assert counts.received == 3 == counts.coded + counts.quarantined
    assert made.verify().whole


def test_a_million_empty_lines_are_no_reports(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_bytes(b'{"id": "x"}\n' + b"\n" * 1_000_000)
    made = Record(tmp_path / "made.db", work=PLAIN)
    list(made.add([tmp_path / "empty.jsonl"]))
    assert made.counts().received == 1


def test_two_files_of_one_name_in_two_folders_are_two(tmp_path: Path) -> None:
    for n, town in enumerate(("Tamboré", "Dourfé")):
        (tmp_path / str(n)).mkdir()
        write(tmp_path / str(n) / "x.jsonl", row(f"r{n}", event(town)))
    made = Record(tmp_path / "made.db", work=HERE)
    list(made.add([tmp_path / "0", tmp_path / "1"]))
    assert made.counts().coded == 2
