"""Bytes to text: UTF-8 first, then what old files and pages are written in, and never silently wrong."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from concordant.reports.report import Problem, Refused

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
# What browsers do: a page that calls itself Latin-1 is in Windows-1252.
_ALIASES = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-15": "cp1252"}
# Of two that make as much sense of a text the last is taken.
_OLD = ("cp850", "mac_roman", "cp1252")
# The non-ASCII characters of French and English prose. Of a text read in the wrong old charset few are among them.
_EXPECTED = frozenset("éèàùâêîôûëïüçœæÉÈÀÙÂÊÎÔÛËÏÜÇŒÆ’‘“”«»–—…€°ñáíóúã\xa0·•")
_PLAUSIBLE = 0.6
# French has four accents and quotation marks in a hundred characters; another script has nothing else.
_ACCENTED = 0.25
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# No prose has more than a stray control character; a picture or an archive read as text has one in ten.
_JUNK = 0.01
_STRAY = 4
_HEAD = 4096
# A text in another script is broken through and through when it is read as UTF-8.
_BROKEN = 0.005


class Decoded(NamedTuple):
    """Text taken from bytes, the charset it was in, and a note where that was not what one would expect."""

    text: str
    charset: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of `data`, which a header or page may have declared to be in the charset `declared`.

    Raises Refused for bytes that are no text (code "binary") or text in no known charset (code "charset").
    """
    decoded = _by_mark(data) or _as_utf8(data, declared) or _as_declared(data, declared) or _as_damaged(data)
    if decoded is None:
        if _CONTROL.search(data[:_HEAD].decode("latin-1")):
            raise Refused(Problem.BINARY, "not text: the file is binary")
        decoded = _as_old(data)
    check_text(decoded.text)
    return decoded


def check_text(text: str) -> None:
    """Raises Refused (code "binary") for characters that are no text."""
    junk = len(_CONTROL.findall(text)) + text.count("\ufffd")
    if junk > max(_STRAY, _JUNK * len(text)):
        raise Refused(Problem.BINARY, "not text: control characters all over")


def _by_mark(data: bytes) -> Decoded | None:
    for mark, name in _BOMS:
        if data.startswith(mark):
            notes = () if name == "utf-8-sig" else (f"read as {name.upper()}",)
            try:
                return Decoded(data.decode(name), name, notes)
            except UnicodeDecodeError:
                return None
    return None


def _as_utf8(data: bytes, declared: str | None) -> Decoded | None:
    """Text that is valid UTF-8 is UTF-8 whatever is declared: no other charset yields its byte patterns by chance."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    codec = _codec(declared)
    if codec and codec.startswith(("iso2022", "hz", "utf-7", "utf-16")):
        return None
    wrong = codec not in (None, "utf-8") and not text.isascii()
    return Decoded(text, "utf-8", (f"declared {declared}, but is UTF-8",) if wrong else ())


def _as_declared(data: bytes, declared: str | None) -> Decoded | None:
    codec = _codec(declared)
    if codec in (None, "utf-8"):
        return None
    try:
        return Decoded(data.decode(codec or ""), codec or "")
    except (UnicodeDecodeError, LookupError):
        return None


def _codec(declared: str | None) -> str | None:
    try:
        name = codecs.lookup((declared or "").strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    return _ALIASES.get(name, name)


def _as_damaged(data: bytes) -> Decoded | None:
    """UTF-8 in which single bytes are broken, as in files put together from others: those characters are lost."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken > len(text) - sum(map(str.isascii, text)) - broken:
        return None
    return Decoded(text, "utf-8", (f"not all UTF-8: {broken} broken characters",))


def _as_old(data: bytes) -> Decoded:
    """The text in the old charset that makes the most sense of it. Raises Refused where none does."""
    best, _, name, text = max((_plausible(text), _OLD.index(name), name, text) for name, text in _in_old(data))
    if best >= _PLAUSIBLE:
        return Decoded(text, name, (f"not UTF-8: read as {_NAMES[name]}",))
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") > _BROKEN * len(text):
        raise Refused(Problem.CHARSET, "neither UTF-8 nor another charset that French or English is written in")
    return Decoded(text, "utf-8", (f"not all UTF-8: {text.count(chr(0xFFFD))} broken characters",))


def _in_old(data: bytes) -> Iterator[tuple[str, str]]:
    for name in _OLD:
        with suppress(UnicodeDecodeError):
            yield name, data.decode(name)


_NAMES = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "cp850": "DOS 850"}


def _plausible(text: str) -> float:
    """The share of the text's non-ASCII characters that French or English prose has; none where they abound."""
    marks = [char for char in text if not char.isascii()]
    if len(marks) > _ACCENTED * len(text):
        return 0.0
    return sum(char in _EXPECTED for char in marks) / max(1, len(marks))
