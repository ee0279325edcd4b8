"""Intake: every kind of source, in order, and for each thing that cannot be read one line that says why."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from invented_pages import BODY, TITLE, page, pdf

from concordant.reports import Fetched, FetchError, Report, Unreadable, detect_language, iter_reports, report_id, rows

TEXT = "Quatre gendarmes ont été tués lundi dans une embuscade près de Tessakane, selon des sources locales.\n"
ENGLISH = "Four officers were killed on Monday in an ambush near the town of Tessakane, local sources said.\n"
Put = Callable[..., Path]


def _read(*sources: str | Path, **named: object) -> list[Report | Unreadable]:
    return list(iter_reports(sources, **named))  # type: ignore[arg-type]


def _report(source: str | Path, **named: object) -> Report:
    (report,) = _read(source, **named)
    assert isinstance(report, Report), report
    return report


def _codes(found: list[Report | Unreadable]) -> list[str]:
    return [item.code if isinstance(item, Unreadable) else "ok" for item in found]


def _jsonl(*lines: object) -> bytes:
    return b"".join(line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines)


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., Path]:
    def write(name: str, data: bytes | str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    return write


def test_a_text_file_is_kept_letter_for_letter(put: Put) -> None:
    report = _report(put("a.txt", TEXT.replace("\n", "\r\n")))
    assert (report.text, report.title, report.language, report.published) == (TEXT, None, "fr", None)
    assert report.id == report_id(None, TEXT)
    assert report.sha256 is not None


def test_hard_wrapped_text_is_made_whole_and_keeps_its_offsets(put: Put) -> None:
    wrapped = "Quatre gendarmes ont été tués lundi dans une\nembuscade près de Tessakane, dans le nord du\n" * 3
    report = _report(put("a.txt", wrapped))
    assert len(report.text) == len(wrapped)
    assert "dans une embuscade près" in report.text


def test_the_callers_date_and_language_count_for_a_file(put: Put) -> None:
    report = _report(put("a.txt", TEXT), published=date(2021, 5, 12), language="fr")
    assert (report.published, report.date_source, report.language) == (date(2021, 5, 12), "given", "fr")


def test_an_html_file(put: Put) -> None:
    made = page(head='<meta property="article:published_time" content="2021-05-12">')
    report = _report(put("a.html", made), today=date(2022, 1, 1))
    assert (report.title, report.text) == (TITLE, "\n".join(BODY))
    assert (report.published, report.date_source) == (date(2021, 5, 12), "meta")
    assert report.metadata["extractor"].startswith("trafilatura ")
    assert report.id == _report(put("b.html", made)).id


def test_a_page_is_known_by_its_content(put: Put) -> None:
    assert _report(put("page.txt", page())).title == TITLE
    assert _report(put("page", page())).title == TITLE
    assert _report(put("paper.txt", pdf([line[:80] for line in BODY]))).metadata["type"] == "pdf"


def test_a_pdf_file(put: Put) -> None:
    running = ["Courrier du Bolgou", "Page %d"]
    first = ["Neuf villageois ont été tués dans la nuit à Tessakane, ont indiqué des sources loca-", "les."]
    others = [["L'armée est arrivée vers six heures, selon un élu."], ["Deux motos ont été saisies."]]
    pages = [[running[0], *lines, running[1] % number] for number, lines in enumerate([first, *others], start=1)]
    report = _report(put("a.pdf", pdf(*pages, title="Neuf morts à Tessakane")))
    assert report.title == "Neuf morts à Tessakane"
    assert report.text == "\n".join(
        [first[0][:-1] + "les.", "L'armée est arrivée vers six heures, selon un élu.", "Deux motos ont été saisies."]
    )
    assert report.language == "fr"


def test_pdf_files_that_cannot_be_read(put: Put) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=io.BytesIO(pdf(["Quatre gendarmes ont été tués lundi."])))
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    found = _read(
        put("encrypted.pdf", buffer.getvalue()), put("scanned.pdf", pdf([], [])),
        put("broken.pdf", b"%PDF-1.7\n" + bytes(range(200))), put("cut.pdf", pdf(["Quatre morts."])[:200]),
        put("none.pdf", pdf()),
    )  # fmt: skip
    assert _codes(found) == ["encrypted-pdf", "scanned-pdf", "corrupt-pdf", "corrupt-pdf", "corrupt-pdf"]
    assert all("\n" not in str(item) for item in found)


def test_a_pdf_locked_only_against_changes_is_read(put: Put) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=io.BytesIO(pdf(["Quatre gendarmes ont été tués lundi à Tessakane."])))
    writer.encrypt("", owner_password="secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    assert _report(put("a.pdf", buffer.getvalue())).text == "Quatre gendarmes ont été tués lundi à Tessakane."


def test_json_lines(put: Put) -> None:
    full = {"id": "m-1", "text": TEXT, "title": "Une embuscade", "published": "2021-05-12T08:00:00Z",
            "outlet": "Le Courrier", "language": "fr", "events": []}  # fmt: skip
    first, second = _read(put("a.jsonl", _jsonl(full, b"\n", {"text": ENGLISH, "id": 7, "title": None})))
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert (first.id, first.text, first.title, first.outlet) == ("m-1", TEXT, "Une embuscade", "Le Courrier")
    assert (first.published, first.date_source, first.line) == (date(2021, 5, 12), "row", 1)
    assert (second.id, second.language, second.line, second.published) == ("7", "en", 3, None)


def test_a_row_keeps_its_own_date_and_language(put: Put) -> None:
    path = put("a.jsonl", _jsonl({"text": TEXT, "published": "2020-01-01", "language": "fr"}, {"text": TEXT}))
    own, lent = _read(path, published=date(2021, 5, 12), language="en")
    assert isinstance(own, Report)
    assert isinstance(lent, Report)
    assert (own.published, own.date_source, own.language) == (date(2020, 1, 1), "row", "fr")
    assert (lent.published, lent.date_source, lent.language) == (date(2021, 5, 12), "given", "en")


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [("2021", date(2021, 1, 1), date(2021, 12, 31)), ("2024-02", date(2024, 2, 1), date(2024, 2, 29))],
)
def test_a_month_or_a_year_of_publication_is_no_day(put: Put, value: str, first: date, last: date) -> None:
    report = _report(put("a.jsonl", _jsonl({"text": TEXT, "published": value})))
    assert (report.published, report.published_within, report.date_source) == (None, (first, last), "row")


def test_each_bad_line_is_told_and_none_ends_the_reading(put: Put) -> None:
    lines = _jsonl(
        {"text": TEXT}, b'{"text": \n', b"[1, 2]\n", {"title": "x"}, {"text": 5}, {"text": "  "},
        {"text": TEXT, "published": "12/05/2021"}, {"text": TEXT, "published": "2021-13"},
        {"text": TEXT, "title": ["x"]}, {"text": TEXT, "id": {"a": 1}}, b"\x00\x01\xff\x02\x03\n",
        {"text": "Al menos diez soldados murieron el martes en una emboscada cerca de la frontera.", "id": "es-1"},
        {"text": "Tessakane: 3", "id": "short"}, b'{"text": "' + "Trois gendarmes tués".encode("cp1252") + b'"}\n',
        {"text": TEXT},
    )  # fmt: skip
    found = _read(put("a.jsonl", lines))
    assert _codes(found) == [
        "ok", "invalid-json", "invalid-json", "no-text", "invalid-field", "no-text", "invalid-date", "invalid-date",
        "invalid-field", "invalid-field", "binary", "language", "language-unknown", "ok", "ok",
    ]  # fmt: skip
    bad = [item for item in found if isinstance(item, Unreadable)]
    assert [item.line for item in bad] == [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]
    assert bad[0].reason == "invalid JSON: Expecting value at column 10"
    assert bad[2].reason == 'no "text" (it has title)'
    assert bad[5].reason == "published '12/05/2021' is not a date of the form YYYY-MM-DD"
    assert (bad[10].id, bad[10].reason) == ("es-1", "language: es, not read")
    assert isinstance(found[13], Report)
    assert found[13].notes == ("not UTF-8: read as Windows-1252",)


def test_reports_with_one_id_are_both_kept_and_told(put: Put) -> None:
    found = _read(put("a.jsonl", _jsonl({"id": "a", "text": TEXT}, {"id": "a", "text": ENGLISH})))
    assert [item.notes for item in found if isinstance(item, Report)] == [(), ("line 1 has the same id",)]


def test_characters_that_cannot_be_written_keep_their_place(put: Put) -> None:
    report = _report(put("a.jsonl", b'{"text": "' + TEXT.strip().encode() + b' \\ud83d \\u0000 fin"}\n'))
    assert report.text == TEXT.strip() + " \ufffd \ufffd fin"
    assert report.notes == ("characters that cannot be written were replaced",)


def test_a_json_file_of_one_report_or_a_list(put: Put) -> None:
    one = {"id": "a", "text": TEXT}
    assert _codes(_read(put("one.json", json.dumps(one, indent=1)))) == ["ok"]
    assert _codes(_read(put("list.json", json.dumps([one, 3, one])))) == ["ok", "invalid-json", "ok"]
    assert _codes(_read(put("lines.json", _jsonl(one, one)))) == ["ok", "ok"]
    assert _codes(_read(put("bad.json", '[{"text": '))) == ["invalid-json"]


def test_csv_with_commas_semicolons_and_line_breaks(put: Put) -> None:
    comma = f'id,published,text\na,2021-05-12,"{TEXT}"\n\nb,,"{ENGLISH}"'
    first, second = _read(put("a.csv", "\ufeff" + comma))
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert (first.id, first.published, first.text, first.line) == ("a", date(2021, 5, 12), TEXT, 2)
    assert (second.id, second.published, second.line) == ("b", None, 5)
    semicolon = f"id;text;outlet\r\na;{TEXT.strip()};Le Courrier\r\n"
    report = _report(put("b.csv", semicolon.encode("cp1252")))
    assert (report.outlet, report.text) == ("Le Courrier", TEXT.strip())
    assert report.notes == ("not UTF-8: read as Windows-1252",)


def test_csv_that_cannot_be_read(put: Put) -> None:
    rows = f'id,text\na,{ENGLISH}b,{ENGLISH.strip()},,\nc,\nd,"Four officers\n'
    found = _read(put("a.csv", rows.replace(", local", "; local")))
    assert _codes(found) == ["ok", "invalid-csv", "no-text", "invalid-csv"]
    assert [item.line for item in found if isinstance(item, Unreadable)] == [3, 4, 5]
    assert _codes(_read(put("b.csv", "id,body\na,b\n"))) == ["no-text"]
    assert _codes(_read(put("c.csv", "id,text\n"))) == ["empty"]
    assert _codes(_read(put("d.csv", ""))) == ["empty"]


def test_gzip_files(put: Put) -> None:
    packed = gzip.compress(_jsonl({"text": TEXT}, {"text": ENGLISH}))
    assert _codes(_read(put("a.jsonl.gz", packed))) == ["ok", "ok"]
    assert _codes(_read(put("b.txt.gz", gzip.compress(TEXT.encode())))) == ["ok"]
    assert _codes(_read(put("c.jsonl.gz", packed[:-9])))[-1] == "io-error"


def test_a_folder_is_read_in_order_and_says_what_it_skips(put: Put, tmp_path: Path) -> None:
    put("in/b.txt", TEXT), put("in/a/z.txt", TEXT), put("in/a/photo.jpg", b"\xff\xd8\xff"), put("in/.hidden", b"x")
    put("in/c.html", page()), put("in/README", b"x")
    found = _read(tmp_path / "in")
    places = [Path(item.source or "").relative_to(tmp_path / "in").as_posix() for item in found]
    assert places == ["README", "a/photo.jpg", "a/z.txt", "b.txt", "c.html"]
    assert _codes(found) == ["skipped-type", "skipped-type", "ok", "ok", "ok"]
    assert str(found[1]).endswith("photo.jpg: skipped: no reader for this type (.jpg)")


def test_folders_without_reports(put: Put, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    put("pictures/a.jpg", b"\xff\xd8\xff")
    assert _codes(_read(tmp_path / "empty")) == ["empty-folder"]
    assert _codes(_read(tmp_path / "pictures")) == ["skipped-type", "empty-folder"]


def test_a_folder_that_contains_itself_and_a_pipe(put: Put, tmp_path: Path) -> None:
    put("in/a.txt", TEXT)
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    os.mkfifo(tmp_path / "in" / "pipe.txt")
    (tmp_path / "in" / "gone.txt").symlink_to(tmp_path / "nowhere")
    found = _read(tmp_path / "in")
    assert _codes(found) == ["ok", "missing", "skipped-type"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.txt", b"", "empty"), ("blank.txt", b" \n\t\n", "empty"), ("empty.jsonl", b"\n\n", "empty"),
        ("empty.html", b"", "empty"), ("empty.pdf", b"", "empty"), ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0", "binary"),
        ("cyrillic.txt", "Взрыв в городе, есть раненые".encode("cp1251"), "charset"),
        ("page.html", b"<html><body><p>404</p></body></html>", "no-article"),
        ("not.pdf", b"no pdf at all", "corrupt-pdf"), ("spanish.txt", b"Al menos diez soldados murieron el martes "
         b"en una emboscada cerca de la frontera, dijo el gobierno.", "language"),
    ],
)  # fmt: skip
def test_files_that_cannot_be_read(put: Put, name: str, data: bytes, code: str) -> None:
    assert _codes(_read(put(name, data))) == [code]


def test_missing_and_forbidden(put: Put, tmp_path: Path) -> None:
    assert _codes(_read(tmp_path / "nowhere.txt", "bad\0name")) == ["missing", "io-error"]
    path = put("secret.txt", TEXT)
    path.chmod(0)
    if not os.access(path, os.R_OK):
        assert _codes(_read(path)) == ["forbidden"]


def test_what_is_too_large(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MAX_FILE", 1000)
    monkeypatch.setattr("concordant.reports.documents.MAX_TEXT", 200)
    monkeypatch.setattr(rows, "MAX_LINE", 500)
    monkeypatch.setattr(rows, "_CHUNK", 64)
    assert _codes(_read(put("a.txt", TEXT * 20), put("b.txt", TEXT * 5))) == ["too-large", "too-large"]
    lines = _jsonl({"text": TEXT}, {"text": TEXT * 9}, {"text": TEXT * 3}, {"text": TEXT})
    assert _codes(_read(put("a.jsonl", lines))) == ["ok", "too-large", "too-large", "ok"]


@pytest.mark.parametrize(
    ("data", "kind"),
    [(TEXT.encode(), "text"), (page().encode(), "html"), (pdf(["Quatre gendarmes ont été tués lundi."]), "pdf"),
     (_jsonl({"text": TEXT}), "row"), (f'id,text\na,"{TEXT}"'.encode(), "row")],
)  # fmt: skip
def test_standard_input_is_known_by_its_content(monkeypatch: pytest.MonkeyPatch, data: bytes, kind: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    report = _report("-")
    assert (report.metadata["type"], report.source) == (kind, "<stdin>")


def test_an_address_is_read_through_the_fetcher() -> None:
    def fetch(url: str) -> Fetched:
        if url.endswith("gone"):
            raise FetchError(url, "HTTP 404 Not Found")
        return Fetched(url + "/final", page().encode("cp1252"), "text/html", "cp1252")

    report, gone = _read("https://courrier.example/a", "https://courrier.example/gone", fetch=fetch)
    assert isinstance(report, Report)
    assert (report.title, report.url) == (TITLE, "https://courrier.example/a/final")
    assert str(gone) == "https://courrier.example/gone: not fetched: HTTP 404 Not Found"
    assert _codes(_read("https://courrier.example/a")) == ["not-fetched"]


def test_rows_are_read_one_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read, write = os.pipe()
    os.write(write, _jsonl({"text": TEXT}, {"text": ENGLISH}))
    monkeypatch.setattr(sys, "stdin", open(read))  # noqa: SIM115
    found = iter_reports(["-"])
    assert isinstance(next(found), Report)
    os.close(write)
    assert _codes(list(found)) == ["ok"]


def test_the_ids_of_reports_without_one() -> None:
    assert report_id(None, "a") == report_id("", "a") != report_id("a", "")
    assert len(report_id("t", "x")) == 16
    assert detect_language(TEXT) == "fr"


def test_a_text_that_states_its_date_has_it(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"Trois gendarmes tués\nPublié le 13 mai 2024\n\n{'Des hommes armés ont attaqué un poste. ' * 3}", encoding="utf-8")
    [report] = iter_reports([file])
    assert isinstance(report, Report)
    assert (report.published, report.date_source) == (date(2024, 5, 13), "text")
    [told] = iter_reports([file], published=date(2024, 5, 14))
    assert isinstance(told, Report)
    assert told.published == date(2024, 5, 14)
