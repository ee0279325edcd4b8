"""What the pages say, in the reader's language: the catalogue, with days and numbers as that language writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent

from concordant.codebook.tables import read_table

LANGUAGES = ("fr", "en")
_TABLES = Path(__file__).parent / "data"
_LOCALES = {"fr": "fr_FR", "en": "en_GB"}


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Every saying by its key, in every language."""
    rows = (row for path in sorted(_TABLES.glob("words*.tsv")) for row in read_table(path))
    return {row["key"]: {language: row[language] for language in LANGUAGES} for row in rows}


@lru_cache(maxsize=1)
def _rules() -> Mapping[str, Mapping[str, str]]:
    from concordant.codebook import Codebook

    return {row["rule"]: row for row in Codebook().table("choosing")}


@lru_cache(maxsize=1)
def _reasons() -> Mapping[str, Mapping[str, str]]:
    return {said["en"]: said for key, said in catalogue().items() if key.startswith("why.")}


@dataclass(frozen=True, slots=True)
class Words:
    """The sayings of one language."""

    language: str

    @property
    def _locale(self) -> str:
        return _LOCALES[self.language]

    def __call__(self, key: str, **values: Any) -> str:
        """A saying with its values; with `n`, in the number that the language wants for it."""
        n = values.get("n")
        if isinstance(n, int):
            values["n"] = self.number(n)
            many = n > 1 if self.language == "fr" else n != 1
            key = f"{key}.many" if many and f"{key}.many" in catalogue() else key
        return catalogue()[key][self.language].format(**values) if values else catalogue()[key][self.language]

    def name(self, group: str, value: Any) -> str:
        """The name of a code ("kind", "ambush"); a code that the catalogue does not know is given as it is."""
        found = catalogue().get(f"{group}.{value}")
        return found[self.language] if found else str(value or "").replace("_", " ")

    def reason(self, said: str | None) -> str:
        """Why something was not coded: the coder says it in English, and what the catalogue knows is said in the reader's words."""
        found = _reasons().get(said or "")
        return found[self.language] if found else said or ""

    def problem(self, code: str | None, reason: str | None) -> str:
        """Why something could not be fetched, by its code; one that the catalogue does not know is said as it was told."""
        found = catalogue().get(f"problem.{(code or '').removeprefix('fetch-')}")
        return found[self.language] if found else reason or code or ""

    def known(self, group: str) -> list[tuple[str, str]]:
        """All codes of a group with their names, by name."""
        named = [(k.removeprefix(f"{group}."), v[self.language]) for k, v in catalogue().items() if k.startswith(f"{group}.")]
        return sorted(named, key=lambda pair: pair[1].casefold())

    def rule(self, name: str) -> str:
        """How the rule that chose a value is said."""
        row = _rules().get(name)
        return row[self.language] if row else name.replace("_", " ")

    def country(self, code: str | None) -> str:
        """A country's name by its ISO code."""
        names: Mapping[str, str] = Locale(self.language).territories
        return str(names.get(code or "", code or ""))

    def number(self, value: float) -> str:
        return str(format_decimal(value, locale=self._locale))

    def percent(self, share: float) -> str:
        return str(format_percent(share, locale=self._locale))

    def day(self, value: str | None, style: str = "long") -> str:
        """A day, month or year as the language writes it: 15 août 2024, août 2024, 2024."""
        if not value:
            return ""
        try:
            if len(value) == 4:
                return value
            if len(value) == 7:
                return str(format_date(date.fromisoformat(f"{value}-01"), "MMMM y", locale=self._locale))
            return self._day(date.fromisoformat(value[:10]), style)
        except ValueError:
            return value

    def _day(self, day: date, style: str) -> str:
        if style == "short":
            return str(format_date(day, "d MMM y", locale=self._locale))
        if self.language == "fr" and day.day == 1:
            return str(format_date(day, "d'er' MMMM y", locale=self._locale))
        return str(format_date(day, "d MMMM y", locale=self._locale))

    def moment(self, value: str | None) -> str:
        """A time (UTC) as the language writes it."""
        if not value:
            return ""
        try:
            then = datetime.fromisoformat(value.replace("Z", "+00:00"))
        except ValueError:
            return value
        return f"{format_datetime(then, 'd MMM y, HH:mm', locale=self._locale)} UTC"

    def listed(self, names: list[str]) -> str:
        """Names in a row: a, b et c."""
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {self('say.and')} {names[-1]}"
