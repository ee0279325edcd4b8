"""Quantities: the numbers of a text with the words around them ("au moins quinze", "between 10 and 15", "plusieurs").

What such words mean is a table of the codebook (`fr/quantities`, `en/quantities`), which a user may edit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from concordant.codebook import Codebook
from concordant.codebook.tables import Row
from concordant.coding.mentions import Quantity
from concordant.coding.numerals import Number, level, numbers
from concordant.reading import Reading, Span

# Marks that stand for numbers in the masked text: private-use characters, which no text of ours holds.
_NUMBER, _MORE, _UNTOLD, _ONE = "\ue000", "\ue001", "\ue002", "\ue003"
_SLOTS = {
    "{n}": f"(?P<n>[{_NUMBER}{_ONE}]{_MORE}*)",
    "{a}": f"(?P<a>[{_NUMBER}{_ONE}]{_MORE}*)",
    "{b}": f"(?P<b>[{_NUMBER}{_ONE}]{_MORE}*)",
    "{s}": f"(?P<s>{_UNTOLD}{_MORE}*)",
    "{one}": f"{_ONE}{_MORE}*",
    "{w}": r"[^\W\d]+(?: [^\W\d]+)?",
}
# "un" and "one" inside a phrase ("un certain nombre de") are masked as numbers, but not beside units and dates.
_LONE = re.compile(r"(?<![\w{])(une?|one)(?![\w}])")
_SLOTS |= {f"{{={word}}}": f"(?:{word}|{_ONE}{_MORE}*)" for word in ("un", "une", "one")}
_YEARS = range(1900, 2100)
_FORMULA = re.compile(r"(?P<name>[nabs]|mid)?(?P<op>[+*-])?(?P<literal>\d+)?(?P<other>[nabs])?")


@dataclass(frozen=True, slots=True)
class QuantityRule:
    """One row of the table `quantities`: a pattern over masked text, and what it makes of its numbers."""

    pattern: re.Pattern[str]
    opening: re.Pattern[str]  # what a match begins with: found 20 times as fast as the whole pattern
    low: str
    best: str
    high: str
    state: Literal["number", "some", "none"]
    in_tolls_only: bool

    def find(self, masked: str) -> Iterator[re.Match[str]]:
        """The matches in a masked text, in order, none overlapping."""
        end = 0
        for opening in self.opening.finditer(masked):
            match = self.pattern.match(masked, opening.start()) if opening.start() >= end else None
            if match:
                yield match
                end = match.end()


@lru_cache(maxsize=16)
def quantity_rules(codebook: Codebook, language: str) -> tuple[QuantityRule, ...]:
    """The quantity rules of a language; CodebookError for a state or formula that has no meaning."""
    return tuple(
        _rule(row, spelling) for row in codebook.table(f"{language}/quantities") for spelling in row.listed("pattern")
    )


def _rule(row: Row, spelling: str) -> QuantityRule:
    if row["state"] not in ("number", "some", "none"):
        raise row.error(f"state is number, some or none, not {row['state']!r}")
    for column in ("low", "best", "high"):
        if not _FORMULA.fullmatch(row[column]):
            raise row.error(f"{column} is no formula: {row[column]!r}")
    state = cast(Literal["number", "some", "none"], row["state"])
    return QuantityRule(
        _compiled(_levelled_rule(spelling)), _opening(_levelled_rule(spelling)), row["low"], row["best"], row["high"], state, row["where"] == "toll"
    )  # fmt: skip


def _levelled_rule(spelling: str) -> str:
    return _LONE.sub(r"{=\1}", level(spelling))


def _compiled(spelling: str) -> re.Pattern[str]:
    parts = [_SLOTS.get(part) or re.escape(part).replace(r"\ ", r"\s+") for part in re.split(r"({=?\w+})", spelling)]
    bare = spelling in ("{n}", "{one}")
    body = "".join(parts).replace(f"{_NUMBER}{_ONE}", _NUMBER) if bare and spelling == "{n}" else "".join(parts)
    tail = "" if spelling.endswith(("'", "}")) else r"(?!\w)"
    return re.compile(rf"(?<![\w{_NUMBER}{_MORE}{_UNTOLD}{_ONE}]){body}{tail}")


def _opening(spelling: str) -> re.Pattern[str]:
    """The first word of a spelling, or the marks that its first slot can begin with."""
    slot = re.match(r"{=?\w+}", spelling)
    if slot is None:
        return re.compile(re.escape(re.split(r"[\s{]", spelling)[0]))
    if slot.group().startswith("{="):
        return re.compile(f"{slot.group()[2:-1]}|{_ONE}")
    return re.compile({"{s}": _UNTOLD, "{one}": _ONE, "{w}": r"[^\W\d]"}.get(slot.group(), f"[{_NUMBER}{_ONE}]"))


def find_quantities(reading: Reading, *, codebook: Codebook, in_tolls: bool = False) -> tuple[Quantity, ...]:
    """The quantities of a reading, in order, none overlapping; ages, dates, lengths, money and years are left out.

    With `in_tolls`, also the words that are a quantity only beside the dead and wounded ("un", "des", "a").
    """
    text, known = _levelled(reading, codebook)
    masked = _mask(text, known)
    values = {number.start: number for number in known}
    rules = quantity_rules(codebook, reading.language)
    matches = [
        quantity
        for rule in rules
        if in_tolls or not rule.in_tolls_only
        for match in rule.find(masked)
        if (quantity := _quantity(rule, match, values))
    ]
    return tuple(sorted([*_apart(matches), *_shares(text, reading.language, codebook)], key=lambda q: q.span))


@lru_cache(maxsize=4)
def _levelled(reading: Reading, codebook: Codebook) -> tuple[str, list[Number]]:
    """A reading's text as the rules see it, and the numbers in it that may count people."""
    text = level(reading.canvas)
    return text, _people_numbers(text, reading.language, codebook)


def _apart(matches: list[Quantity]) -> list[Quantity]:
    """The longest matches that do not overlap; the earlier rule wins where two are as long."""
    kept: list[Quantity] = []
    taken: set[int] = set()
    for quantity in sorted(matches, key=lambda q: q.span.start - q.span.end):
        places = range(quantity.span.start, quantity.span.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(quantity)
    return kept


def _quantity(rule: QuantityRule, match: re.Match[str], values: dict[int, Number]) -> Quantity | None:
    slots = {name: values[match.start(name)] for name in match.groupdict() if match[name] is not None}
    named = {name: number.value for name, number in slots.items()}
    if "a" in named and named["a"] >= named["b"]:
        return None
    state = rule.state
    low, best, high = (_value(formula, named) for formula in (rule.low, rule.best, rule.high))
    if state == "number" and best == 0:
        state = "none"
    ordinal = any(number.ordinal for number in slots.values())
    return Quantity(Span(*match.span()), state, low, best, high, ordinal=ordinal, beyond=rule.low == "n+1")


def _value(formula: str, named: dict[str, int]) -> int | None:
    if not formula:
        return None
    match = _FORMULA.fullmatch(formula)
    assert match is not None
    if match["name"] == "mid":
        return (named["a"] + named["b"]) // 2
    left = named[match["name"]] if match["name"] else 0
    right = named[match["other"]] if match["other"] else int(match["literal"] or 0)
    if match["op"] == "*":
        return left * right
    return max(0, left - right) if match["op"] == "-" else left + right


def _mask(text: str, known: Iterable[Number]) -> str:
    masked = list(text)
    for number in known:
        head = _UNTOLD if number.untold else _ONE if number.article else _NUMBER
        masked[number.start : number.end] = head + _MORE * (number.end - number.start - 1)
    return "".join(masked)


@lru_cache(maxsize=16)
def _units(codebook: Codebook, language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    rows = codebook.table(f"{language}/units")
    after, before = (
        "|".join(re.escape(level(row["word"])) for row in rows if row["side"] == side) for side in ("after", "before")
    )
    return re.compile(rf"\s*(?:{after})(?!\w)|\s*[%€$£]|[e]?\s+(?:pour cent|per ?cent)"), re.compile(
        rf"(?<![\w])(?:{before})\s+$|[$€£]\s*$"
    )


_YEAR_CUE = re.compile(
    r"(?:\b(?:en|depuis|annee|annees|in|since|of|du|de|des|fin|debut|mi|late|early|year|"
    r"janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|"
    r"january|february|march|april|may|june|july|august|september|october|november|december)|\d,)\s+$"
)


def _people_numbers(text: str, language: str, codebook: Codebook) -> list[Number]:
    """The numbers that may count people."""
    after, before = _units(codebook, language)
    found = numbers(text, language, codebook)
    measured = {number.start for number in found if after.match(text, number.end)}
    for left, right in zip(reversed(found[:-1]), reversed(found), strict=False):
        if right.start in measured and _RANGE.fullmatch(text, left.end, right.start):
            measured.add(left.start)  # "de 8 et 9 ans", "17 à 27 ans"
    return [
        number
        for number in found
        if number.start not in measured
        and (number.ordinal or not before.search(text, max(0, number.start - 16), number.start))
        and not _is_year(text, number)
        and not _is_age(text, number)
    ]


_RANGE = re.compile(r"\s*(?:et|ou|a|-|and|or|to)\s*")


def _is_age(text: str, number: Number) -> bool:
    """Whether digits between two commas are a person's age: "Ana Ruiz, 34, a teacher"."""
    lone = number.digits and 4 < number.value < 110 and re.compile(r"\s*,").match(text, number.end)
    return bool(lone) and re.search(r"[^\W\d]\s*,\s*$", text[max(0, number.start - 6) : number.start]) is not None


def _is_year(text: str, number: Number) -> bool:
    """Whether digits are a year: four of them, and beside words or marks that years stand in."""
    if not number.digits or number.value not in _YEARS or number.end - number.start != 4:
        return False
    cue = _YEAR_CUE.search(text, max(0, number.start - 16), number.start)
    return bool(cue) or not re.match(r"\s+\w", text[number.end : number.end + 3])


def _shares(text: str, language: str, codebook: Codebook) -> Iterator[Quantity]:
    for number in numbers(text, language, codebook):
        if re.compile(r"\s*(?:%|pour cent|per ?cent)").match(text, number.end):
            yield Quantity(
                Span(number.start, number.end), "number", number.value, number.value, number.value, share=True
            )
