"""Numbers in digits and in words: "1 400", "2,5 millions", "quatre-vingt-dix-sept", "une quinzaine", "half a dozen"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from concordant.codebook import Codebook


@dataclass(frozen=True, slots=True)
class Number:
    """A number at [start, end) of a text; `untold` for "dizaines", "hundreds": so much, times an unknown count."""

    start: int
    end: int
    value: int
    untold: bool = False
    digits: bool = False
    ordinal: bool = False
    article: bool = False  # a lone "un", "une", "one": a number or an article


@dataclass(frozen=True, slots=True)
class NumberWords:
    """A language's number words, and the pattern of a run of them."""

    below_hundred: dict[str, int]
    hundreds: frozenset[str]
    thousands: frozenset[str]
    millions: dict[str, int]
    joiners: frozenset[str]
    rounds: dict[str, int]
    untold: dict[str, int]
    run: re.Pattern[str]


def level(text: str) -> str:
    """Lower case without accents, one character for each, so that offsets hold."""
    return "".join(map(_plain_letter, text))


@lru_cache(maxsize=4096)
def _plain_letter(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[0].lower()
    return base if len(base) == 1 else letter


@lru_cache(maxsize=16)
def number_words(codebook: Codebook, language: str) -> NumberWords:
    """The number words of a language, from its table `numbers`."""
    kinds: dict[str, dict[str, int]] = {}
    reaches: dict[str, int] = {}
    for row in codebook.table(f"{language}/numbers"):
        word = level(row["word"]).replace("-", " ")
        kinds.setdefault(row["kind"], {})[word] = int(row.number("value") or 0)
        reaches[word] = int(row.number("reach") or 0)
    joiners = frozenset(kinds.get("joiner", {}))
    below = dict(kinds["unit"])
    for ten, value in kinds["ten"].items():
        below[ten] = value
        for unit, more in kinds["unit"].items():
            if 0 < more <= reaches[ten]:
                below[f"{ten} {unit}"] = value + more
                below |= {f"{ten} {joiner} {unit}": value + more for joiner in joiners - {"and"}}
    words = {part for table in kinds.values() for word in table for part in word.split()}
    any_word = "|".join(
        sorted(map(re.escape, words | {"un", "une", "a"} if language == "fr" else words), key=len)[::-1]
    )
    run = re.compile(rf"(?<![\w])(?:{any_word})(?:(?:\s+|-)(?:{any_word}))*(?!\w)")
    return NumberWords(
        below, frozenset(kinds["hundred"]), frozenset(kinds["thousand"]), kinds["million"], joiners,
        kinds["approx"], kinds["plural"], run,
    )  # fmt: skip


_DIGITS = re.compile(
    r"(?<![\w/:°])(?<!\d[.,])(?<!\w-)(?P<n>\d{1,3}(?:[ .,]\d{3})+(?![\d])|\d{1,3}(?:[.,] \d{3})+(?!\d)|\d+)"
    r"(?P<f>[.,]\d{1,2})?(?P<o>er|ere|eme|e|st|nd|rd|th)?(?![\w/:°]|-[a-z]|[.,]\d)"
)


def numbers(text: str, language: str, codebook: Codebook) -> list[Number]:
    """The numbers of a levelled text, in order, none inside another."""
    words = number_words(codebook, language)
    found = [*_in_digits(text, words), *_in_words(text, words)]
    return sorted(found, key=lambda number: number.start)


def _in_digits(text: str, words: NumberWords) -> Iterator[Number]:
    for match in _DIGITS.finditer(text):
        value = float(re.sub(r"[^\d]", "", match["n"]))
        end = match.end()
        if match["f"]:
            value += float("0." + match["f"][1:])
        scale, end = _scale(text, end, words)
        if (match["f"] and scale == 1) or len(match["n"]) > 12:
            continue
        yield Number(match.start(), end, round(value * scale), digits=True, ordinal=bool(match["o"]))


def _scale(text: str, end: int, words: NumberWords) -> tuple[int, int]:
    """A "millions" or "thousand" after digits, and where it ends."""
    match = re.compile(r"\s+(\w+)(?!\w)").match(text, end)
    if match and match[1] in words.millions:
        return words.millions[match[1]], match.end()
    if match and match[1] in words.thousands:
        return 1000, match.end()
    return 1, end


def _in_words(text: str, words: NumberWords) -> Iterator[Number]:
    for run in words.run.finditer(text):
        parts = [(m.group(), run.start() + m.start(), run.start() + m.end()) for m in re.finditer(r"\w+", run.group())]
        at = 0
        while at < len(parts):
            value, untold, after = _spell([part[0] for part in parts], at, words)
            if after == at:
                at += 1
                continue
            article = after == at + 1 and value == 1
            yield Number(parts[at][1], parts[after - 1][2], value, untold=untold, article=article)
            at = after


def _spell(parts: list[str], at: int, words: NumberWords) -> tuple[int, bool, int]:
    """The value of the longest number that begins at a word, whether it is untold, and the word after it."""
    for table, untold in ((words.untold, True), (words.rounds, False)):
        value, after = _longest(parts, at, table)
        if after > at:
            return value, untold, after
    total, after = _below_million(parts, at, words)
    if after < len(parts) and parts[after] in words.millions and (after > at):
        total *= words.millions[parts[after]]
        rest, end = _below_million(parts, after + 1, words)
        return total + rest, False, end
    value, end = _longest(parts, after, words.rounds)
    if after > at and end > after and total < 100:
        return total * value, False, end
    return total, False, after


def _below_million(parts: list[str], at: int, words: NumberWords) -> tuple[int, int]:
    head, after = _below_thousand(parts, at, words)
    if after < len(parts) and parts[after] in words.thousands:
        rest, end = _below_thousand(parts, _past_joiner(parts, after + 1, words), words)
        return max(1, head) * 1000 + rest, end if rest else after + 1
    return head, after


def _below_thousand(parts: list[str], at: int, words: NumberWords) -> tuple[int, int]:
    head, after = _longest(parts, at, words.below_hundred)
    if after < len(parts) and parts[after] in words.hundreds and (head or after == at):
        rest, end = _longest(parts, _past_joiner(parts, after + 1, words), words.below_hundred)
        return max(1, head) * 100 + rest, end if rest else after + 1
    return head, after


def _past_joiner(parts: list[str], at: int, words: NumberWords) -> int:
    """Past "and" in "two hundred and six"; the French "et" stands in no such place."""
    return at + 1 if at < len(parts) and parts[at] in words.joiners and parts[at] == "and" else at


def _longest(parts: list[str], at: int, table: dict[str, int]) -> tuple[int, int]:
    for length in range(min(6, len(parts) - at), 0, -1):
        words = " ".join(parts[at : at + length])
        if words in table:
            return table[words], at + length
    return 0, at
