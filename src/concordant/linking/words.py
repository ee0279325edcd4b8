"""The telling words of an account: rare names and numbers of the passage that tells of its happening."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from concordant.codebook import Codebook

MOST = 40  # words kept of one account: what a long passage adds after that is of other things
LEAD_SENTENCES = 3
_WORD = re.compile(r"[^\W\d_]+|\d+")
_END = re.compile(r"(?<=[.!?…»”\"])\s+(?=[\W\d]*[^\W\d_])|\n+")
_AGE = re.compile(r"[\s-]*(?:ans\b|years?\b|year-old)")
_LETTERS = 5  # a plain word with fewer letters is too common to tell anything
_CAPITALS = 0.03  # share of words with a capital below which a text is written without any


def telling_words(title: str | None, text: str, event: Mapping[str, Any]) -> tuple[str, ...]:
    """The rare words of the title, the lead and the sentences that carry an account's values; of these sentences
    alone for a background account.

    Full names ("Awa Traore") come as one word and by their last part, with capitals; ages as digits; other rare words
    in plain lower case. Other numbers are left out: they are tolls and days, which are compared as such.
    """
    common = _common(Codebook())
    found: dict[str, None] = {}
    for passage in _passages(title or "", text, event):
        for word in _rare(passage, common, cased=_cased(text)):
            found.setdefault(word)
    ranked = sorted(found, key=_rank)
    return tuple(sorted(ranked[:MOST]))


def _rank(word: str) -> int:
    return 0 if " " in word else 1 if word[0].isupper() else 2


def _passages(title: str, text: str, event: Mapping[str, Any]) -> Iterator[str]:
    sentences = list(sentence_spans(text))
    spoken = {(e["in"], e["start"]) for e in evidence_of(event)}
    if event.get("role") == "main":
        yield title
        yield from (text[start:end] for start, end in sentences[:LEAD_SENTENCES])
    elif any(part == "title" for part, _ in spoken):
        yield title
    for start, end in sentences:
        if any(part == "text" and start <= at < end for part, at in spoken):
            yield text[start:end]


def word_list(text: str) -> list[str]:
    """The words and numbers of a text, in order."""
    return _WORD.findall(text)


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where sentences start and end, by their marks alone: enough to know what stands beside what."""
    start = 0
    for gap in _END.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def evidence_of(event: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every piece of evidence of a coded event."""
    for told in (
        event.get("date"),
        event.get("place"),
        *(event.get("casualties") or ()),
        *(event.get("parties") or ()),
    ):
        yield from (told or {}).get("evidence") or ()
    yield from (event.get("evidence") or {}).get("trigger") or ()


def carrying_sentences(title: str, text: str, event: Mapping[str, Any]) -> list[str]:
    """The sentences in which the evidence of an account stands, in plain words."""
    at = {(e["in"], e["start"]) for e in evidence_of(event)}
    spans = [("title", 0, len(title), title)] + [("text", s, e, text[s:e]) for s, e in sentence_spans(text)]
    return [_bare(words) for part, start, end, words in spans if any(p == part and start <= a < end for p, a in at)]


def _bare(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", plain(words))


def _cased(text: str) -> bool:
    words = _WORD.findall(text)
    capitals: int = sum(word[0].isupper() for word in words)
    return capitals > _CAPITALS * len(words)


def _rare(passage: str, common: frozenset[str], *, cased: bool) -> Iterator[str]:
    run: list[str] = []
    before = 0
    for found in _WORD.finditer(passage):
        word, capital = plain(found.group()), cased and found.group()[0].isupper()
        if run and not (capital and passage[before : found.start()] in (" ", "-", "’", "'")):
            yield from _full(run, common)
            run = []
        before = found.end()
        if capital:
            run.append(word)
        elif _tells(word, common, passage[found.end() :]):
            yield word
    yield from _full(run, common)


def _full(run: list[str], common: frozenset[str]) -> Iterator[str]:
    """A name as one word, and its last part: it stands for one person where a first name stands for many."""
    while run and run[0] in common:
        run = run[1:]
    if 2 <= len(run) <= 3:
        yield " ".join(run).title()
    for word in run[-1:] if len(run) <= 3 else run:
        if word not in common and len(word) > 2:
            yield word.capitalize()


def _tells(word: str, common: frozenset[str], after: str) -> bool:
    if word[0].isdigit():
        return len(word) == 2 and bool(_AGE.match(after))
    return len(word) >= _LETTERS and word not in common and word.rstrip("s") not in common


@lru_cache(maxsize=65536)
def plain(word: str) -> str:
    """A word in lower case without accents."""
    bare = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in bare if not unicodedata.combining(c))


@lru_cache(maxsize=8)
def _common(codebook: Codebook) -> frozenset[str]:
    return frozenset(row["word"] for row in codebook.table("common"))
