"""The benchmark: cases scored one by one, shares by field, language and half, and the misses by their cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from concordant.evaluation.cases import FIELDS, HALVES, Case
from concordant.evaluation.checks import NO_EVENT, causes_of
from concordant.evaluation.matching import Event

LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a case: nothing in `causes` where it is right."""

    case: Case
    causes: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.causes


@dataclass(frozen=True, slots=True)
class Share:
    """How many of so many cases are right."""

    passed: int
    cases: int

    def __str__(self) -> str:
        return f"{self.passed}/{self.cases}" if self.cases else ""

    @property
    def value(self) -> float:
        return self.passed / self.cases if self.cases else 0.0


def judge(cases: Iterable[Case], answers: Mapping[str, Sequence[Event]]) -> list[Verdict]:
    """Judge answers (events by case id); a case without an answer counts as one without events."""
    return [Verdict(case, tuple(causes_of(answers.get(case.id, ()), case.expect))) for case in cases]


def share(verdicts: Iterable[Verdict], *, field: str = "", language: str = "", half: str = "") -> Share:
    """The share of right cases, of a field, a language, a half where one is given."""
    chosen = [
        v for v in verdicts
        if field in ("", v.case.field) and language in ("", v.case.language) and half in ("", v.case.half)
    ]  # fmt: skip
    return Share(sum(v.passed for v in chosen), len(chosen))


def table(verdicts: Sequence[Verdict]) -> list[tuple[str, ...]]:
    """The figures as rows: a head, a row a field, a last one for all fields."""
    head = ("field", *LANGUAGES, "all", "share", *HALVES, "found")
    fields = [field for field in FIELDS if share(verdicts, field=field).cases]
    return [head, *(_row(verdicts, field) for field in fields), _row(verdicts, "")]


def _row(verdicts: Sequence[Verdict], field: str) -> tuple[str, ...]:
    whole = share(verdicts, field=field)
    by_language = (str(share(verdicts, field=field, language=language)) for language in LANGUAGES)
    by_half = (f"{share(verdicts, field=field, half=half).value:.2f}" for half in HALVES)
    seen = found(v for v in verdicts if field in ("", v.case.field))
    return (field or "all", *by_language, str(whole), f"{whole.value:.2f}", *by_half, f"{seen.value:.2f}")


def found(verdicts: Iterable[Verdict]) -> Share:
    """Of the cases that tell of an event, those in which any was found."""
    telling = [v for v in verdicts if v.case.expect.get("events") != [] and v.case.expect.get("relevant") is not False]
    return Share(sum(NO_EVENT not in v.causes for v in telling), len(telling))


def misses(verdicts: Iterable[Verdict]) -> list[tuple[str, str, int]]:
    """How often each cause spoiled a case, by field: (field, cause, cases), most frequent first within the field."""
    counted = Counter((v.case.field, cause) for v in verdicts for cause in v.causes)
    order = sorted(counted.items(), key=lambda item: (FIELDS.index(item[0][0]), -item[1], item[0][1]))
    return [(field, cause, count) for (field, cause), count in order]


def summary(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """The figures as data: shares by field and language, misses by cause, and which cases failed."""
    return {
        "fields": {
            f"{field} {language}": {"passed": found.passed, "cases": found.cases}
            for field in FIELDS for language in LANGUAGES
            if (found := share(verdicts, field=field, language=language)).cases
        },
        "misses": [{"field": field, "cause": cause, "cases": count} for field, cause, count in misses(verdicts)],
        "failing": {v.case.id: list(v.causes) for v in verdicts if not v.passed},
    }  # fmt: skip
