"""Bytes to text, in the charsets that French and English reports come in."""

from __future__ import annotations

import pytest

from concordant.reports.charset import decode
from concordant.reports.report import Refused

TEXT = "L’armée dit avoir tué à Kossoya « une dizaine » d’assaillants, après l’enlèvement du maire – l’œil du sergent."


@pytest.mark.parametrize(
    ("charset", "note"),
    [
        ("utf-8", ()),
        ("utf-8-sig", ()),
        ("utf-16", ("read as UTF-16",)),
        ("cp1252", ("not UTF-8: read as Windows-1252",)),
        ("mac_roman", ("not UTF-8: read as Mac Roman",)),
    ],
)
def test_the_text_comes_back_whatever_the_charset(charset: str, note: tuple[str, ...]) -> None:
    decoded = decode(TEXT.encode(charset))
    assert (decoded.text, decoded.notes) == (TEXT, note)


def test_old_dos_files() -> None:
    text = "Trois blessés à l'hôpital, où l'armée a été appelée."
    assert decode(text.encode("cp850")).text == text


def test_a_wrong_declaration_does_no_harm() -> None:
    decoded = decode(TEXT.encode(), "iso-8859-1")
    assert (decoded.text, decoded.notes) == (TEXT, ("declared iso-8859-1, but is UTF-8",))
    assert decode(TEXT.encode("cp1252"), "utf-8").text == TEXT
    assert decode(TEXT.encode("cp1252"), "no-such-charset").text == TEXT


def test_a_declared_charset_is_taken() -> None:
    assert decode("Взрыв в городе".encode("cp1251"), "windows-1251").text == "Взрыв в городе"


def test_single_broken_bytes_cost_their_characters_only() -> None:
    broken = TEXT.encode()[:-4] + b"\xff" + TEXT.encode()[-4:]
    decoded = decode(broken * 3)
    assert decoded.text.replace("\ufffd", "") == TEXT * 3
    assert decoded.notes == ("not all UTF-8: 3 broken characters",)
    assert decode(b"Two soldiers were killed on Monday near Tessakane. " * 10 + b"\xde").notes[0].startswith("not all")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (bytes(range(256)) * 20, "binary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        ("Взрыв в городе, есть раненые".encode("cp1251"), "charset"),
        (b"\x01\x02\x03\x04" * 50, "binary"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as caught:
        decode(data)
    assert caught.value.code == code
