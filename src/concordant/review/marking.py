"""Words that a person marks in a report to carry a value: found letter for letter, or refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concordant.review.rulings import RulingError

PARTS = ("title", "text")
_LONGEST = 2000  # code points: a value stands in some words, not in a page


class QuotationError(RulingError):
    """Words that cannot be marked. `reason` is "empty", "long", "absent" or "several"; `times` how often they stand there."""

    def __init__(self, reason: str, times: int = 0) -> None:
        self.reason, self.times = reason, times
        told = {
            "empty": "no words are quoted", "long": f"a quotation has {_LONGEST} characters at most",
            "absent": "the report does not have these words, letter for letter",
            "several": f"the report has these words {times} times: say which of them is meant",
        }  # fmt: skip
        super().__init__(told[reason])


def mark(
    parts: Mapping[str, str], quotation: str, *, near: tuple[str, int] | None = None, which: int | None = None
) -> dict[str, Any]:
    """Where the words of a quotation stand in a report, as evidence: {"in", "start", "end", "text"}.

    `parts` are the report's "title" and "text". Words that stand there several times are meant by `near` (part and
    offset at which a reader marked them; the nearest counts) or by `which` (1 for the first). Raises QuotationError.
    """
    if not quotation.strip():
        raise QuotationError("empty")
    if len(quotation) > _LONGEST:
        raise QuotationError("long")
    found = [(part, start) for part in PARTS for start in _places(parts.get(part) or "", quotation)]
    if not found:
        raise QuotationError("absent")
    part, start = _meant(found, near, which)
    return {"in": part, "start": start, "end": start + len(quotation), "text": quotation}


def _meant(found: list[tuple[str, int]], near: tuple[str, int] | None, which: int | None) -> tuple[str, int]:
    if which is not None and 1 <= which <= len(found):
        return found[which - 1]
    if which is None and len(found) == 1:
        return found[0]
    if which is None and near is not None:
        return min(found, key=lambda at: (at[0] != near[0], abs(at[1] - near[1])))
    raise QuotationError("several", len(found))


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def stands(parts: Mapping[str, str], evidence: Mapping[str, Any]) -> bool:
    """Whether evidence is, letter for letter, what the report has there."""
    text = parts.get(str(evidence["in"])) or ""
    return bool(text[evidence["start"] : evidence["end"]] == evidence["text"])
