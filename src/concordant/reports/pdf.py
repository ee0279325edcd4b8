"""PDF files: the text of their pages in order, without the lines that every page repeats."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from concordant.reports.report import Problem, Refused

# A page of scanned paper has no text, or a stamp's worth of it.
_SCANNED = 20
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad]\n(?=[a-zà-ÿ])")
_NUMBER = re.compile(r"\d+")
# From this many pages on, a line at the head or foot of most of them is a running title.
_PAGES = 3
_EDGE = 2


@dataclass(frozen=True, slots=True)
class Paper:
    """What a PDF file says: its text, and the title and author its maker gave."""

    text: str
    title: str | None
    author: str | None
    notes: tuple[str, ...]


def read_pdf(data: bytes) -> Paper:
    """The text of a PDF file. Raises Refused: "encrypted-pdf", "corrupt-pdf" or "scanned-pdf".

    Its date of making is not taken for a date of publication: it is the day on which somebody saved the file.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused(Problem.ENCRYPTED_PDF, "the PDF is encrypted and needs a password")
        pages = [page.extract_text() or "" for page in reader.pages]
        title, author = _info(reader.metadata, "/Title"), _info(reader.metadata, "/Author")
    except Refused:
        raise
    except (DependencyError, FileNotDecryptedError):
        raise Refused(Problem.ENCRYPTED_PDF, "the PDF is encrypted and needs a password") from None
    except Exception as error:
        # pypdf lets Python's own errors through, assertions too, for files that are broken in ways it did not foresee.
        raise Refused(Problem.CORRUPT_PDF, f"the PDF is broken: {_line(error)}") from None
    return _paper(pages, title, author)


def _paper(pages: list[str], title: str | None, author: str | None) -> Paper:
    if not pages:
        raise Refused(Problem.CORRUPT_PDF, "the PDF is broken: it has no pages")
    bare = [number for number, page in enumerate(pages, start=1) if _letters(page) < _SCANNED]
    if sum(map(_letters, pages)) < _SCANNED:
        raise Refused(
            Problem.SCANNED_PDF, f"the PDF has no text: {len(pages)} scanned page(s), to be read by OCR first"
        )
    notes = (f"{len(bare)} of {len(pages)} pages have no text",) if bare and len(pages) > 1 else ()
    text = "\n".join(_without_running(pages))
    return Paper(_HYPHEN.sub("", text).strip(), title, author, notes)


def _without_running(pages: list[str]) -> list[str]:
    """The pages without the lines at their edges that most pages share but for the page number."""
    split = [page.strip().split("\n") for page in pages]
    if len(split) < _PAGES:
        return ["\n".join(lines) for lines in split]
    seen = Counter(key for lines in split for key in {_key(line) for line in lines[:_EDGE] + lines[-_EDGE:]})
    running = {key for key, times in seen.items() if times > len(split) / 2}
    return ["\n".join(_trimmed(lines, running)) for lines in split]


def _trimmed(lines: list[str], running: set[str]) -> list[str]:
    last = len(lines) - _EDGE
    return [line for n, line in enumerate(lines) if not (_key(line) in running and (n < _EDGE or n >= last))]


def _key(line: str) -> str:
    return _NUMBER.sub("#", " ".join(line.split()))


def _letters(page: str) -> int:
    return sum(map(str.isalpha, page))


def _info(metadata: Any, key: str) -> str | None:
    """A field of the PDF's own description; file names and the names of word processors are no titles."""
    value = metadata.get(key) if metadata else None
    value = " ".join(value.split()) if isinstance(value, str) else ""
    made_up = re.search(
        r"\.(?:docx?|odt|pdf|indd|rtf|html?)$|^microsoft word|^untitled|^sans titre", value, re.IGNORECASE
    )
    return None if not value or made_up else value


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
