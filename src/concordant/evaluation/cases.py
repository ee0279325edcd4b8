"""A benchmark case: a sentence or short report, what a careful coder would write for one field of it, and why it is there."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

FIELDS = (
    "kind", "mood", "scope", "toll", "quantity", "date", "place", "party", "attribution", "discourse",
)  # fmt: skip
HALVES = ("open", "kept")
_KEYS = {"id", "note", "title", "published", "text", "expect"}


class CaseError(ValueError):
    """A case file that cannot be used, with the file and the case."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case; `half` is "open", or "kept" for those that nobody looks at while writing rules."""

    id: str
    field: str
    language: str
    half: str
    note: str
    text: str
    expect: Mapping[str, Any]
    title: str | None = None
    published: date | None = None

    def report(self) -> dict[str, str | None]:
        """What a system is given: the report without what is expected of it."""
        day = self.published.isoformat() if self.published else None
        return {"id": self.id, "language": self.language, "title": self.title, "published": day, "text": self.text}


def load_cases(folder: Path) -> tuple[Case, ...]:
    """All cases under a folder with `open` and `kept` in it, in the order of their files and lines."""
    cases = [case for half in HALVES for file in sorted((folder / half).glob("*.toml")) for case in _read(file, half)]
    if not cases:
        raise CaseError(f"{folder}: no cases; it should hold open/FIELD.LANGUAGE.toml and kept/FIELD.LANGUAGE.toml")
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise CaseError(f"{folder}: two cases are called {case.id}")
        seen.add(case.id)
    return tuple(cases)


def _read(file: Path, half: str) -> Iterator[Case]:
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CaseError(f"{file}: {error}") from None
    field, language = table.get("field"), table.get("language")
    if field not in FIELDS or language not in ("fr", "en"):
        raise CaseError(f"{file}: field should be one of {', '.join(FIELDS)}, and language fr or en")
    for row in table.get("case", ()):
        yield _case(file, row, field, language, half)


def _case(file: Path, row: Mapping[str, Any], field: str, language: str, half: str) -> Case:
    name = f"{file}: {row.get('id', 'a case without id')}"
    missing = [key for key in ("id", "note", "text", "expect") if not row.get(key)]
    if missing or set(row) - _KEYS:
        raise CaseError(f"{name}: missing {missing or 'nothing'}, unknown {sorted(set(row) - _KEYS) or 'nothing'}")
    published = row.get("published")
    if published is not None and not isinstance(published, date):
        raise CaseError(f"{name}: published should be a bare day such as 2023-05-10")
    return Case(
        id=row["id"], field=field, language=language, half=half, note=row["note"], text=row["text"].strip(),
        expect=row["expect"], title=row.get("title"), published=published,
    )  # fmt: skip
