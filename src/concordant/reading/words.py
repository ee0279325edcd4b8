"""What a reading holds: spans, words with their grammar, and sentences, over one canvas."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import filterfalse


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The characters [start, end) of a reading's canvas (Unicode code points)."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark: its place on the canvas, its forms, and its grammar.

    Dependencies are those of the pipelines: Universal Dependencies in French (nsubj, nsubj:pass, obj, obl:agent,
    nmod), ClearNLP labels in English (nsubj, nsubjpass, dobj, agent, pobj, prep).
    """

    i: int
    start: int
    end: int
    text: str
    lower: str
    fold: str  # lower case, without accents
    lemma: str  # lower case
    pos: str
    morph: str  # "Mood=Ind|Tense=Past|…"
    dep: str
    head: int  # index of the governing token; its own index at the root
    sentence: int

    def has(self, feature: str) -> bool:
        """Whether the token's morphology holds a feature, as in has("Mood=Cnd")."""
        return feature in self.morph.split("|")


@dataclass(frozen=True, slots=True)
class Sentence:
    """The tokens [first, last) of a reading; `paragraph` counts blocks of text, the title being paragraph 0."""

    index: int
    first: int
    last: int
    start: int
    end: int
    paragraph: int
    in_title: bool


@dataclass(frozen=True, eq=False)  # a reading is equal to itself alone: what is worked out from one is cached by it
class Reading:
    """A report's title and text as one canvas, with its words, sentences and grammar.

    The canvas is the title (where there is one), two line breaks, and the text. It has exactly as many characters
    as these, so that offsets hold: only odd spaces and curly quotation marks are replaced by plain ones.
    """

    language: str
    canvas: str
    title_length: int  # 0 where there is no title; the text begins at text_start
    text_start: int
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    lower_cased: bool  # the text has no capital letters: names cannot be told by their capitals
    _starts: tuple[int, ...] = field(repr=False)
    _children: tuple[tuple[int, ...], ...] = field(repr=False)

    @classmethod
    def build(
        cls,
        *,
        language: str,
        canvas: str,
        title_length: int,
        text_start: int,
        tokens: Sequence[Token],
        sentences: Sequence[Sentence],
        lower_cased: bool,
    ) -> Reading:
        children: list[list[int]] = [[] for _ in tokens]
        for token in tokens:
            if token.head != token.i:
                children[token.head].append(token.i)
        return cls(
            language,
            canvas,
            title_length,
            text_start,
            tuple(tokens),
            tuple(sentences),
            lower_cased,
            tuple(token.start for token in tokens),
            tuple(map(tuple, children)),
        )

    def words(self, span: Span) -> str:
        """The canvas at a span."""
        return self.canvas[span.start : span.end]

    def token_at(self, offset: int) -> int:
        """Index of the last token that starts at or before an offset (0 before the first)."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def range_of(self, span: Span) -> tuple[int, int]:
        """The tokens [first, last) that a span touches."""
        first = self.token_at(span.start)
        if first < len(self.tokens) and self.tokens[first].end <= span.start:
            first += 1
        last = first
        while last < len(self.tokens) and self.tokens[last].start < span.end:
            last += 1
        return first, last

    def span(self, first: int, last: int) -> Span:
        """The canvas span of the tokens [first, last)."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def sentence_of(self, span: Span) -> Sentence:
        """The sentence in which a span starts."""
        return self.sentences[self.tokens[self.token_at(span.start)].sentence]

    def sentence_tokens(self, sentence: Sentence) -> tuple[Token, ...]:
        return self.tokens[sentence.first : sentence.last]

    def children(self, i: int) -> tuple[int, ...]:
        """Indices of the tokens that token i governs, in order."""
        return self._children[i]

    def subtree(self, i: int) -> list[int]:
        """Indices of token i and of everything below it, in order."""
        found, stack = [], [i]
        while stack:
            at = stack.pop()
            found.append(at)
            stack.extend(self._children[at])
        return sorted(found)

    def located(self, span: Span) -> tuple[str, int, int]:
        """Where a span stands in the report: ("title" or "text", start, end), offsets into that part."""
        if span.start < self.title_length:
            return "title", span.start, min(span.end, self.title_length)
        return "text", span.start - self.text_start, span.end - self.text_start


def fold(text: str) -> str:
    """Lower case without accents; "œ" and "æ" as two letters."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae"))
    return "".join(filterfalse(unicodedata.combining, text)).lower()


def flat(text: str) -> str:
    """Lower case without accents, character for character, so that offsets hold ("œ" becomes "o")."""
    return "".join(map(_flat_letter, text))


@lru_cache(maxsize=4096)
def _flat_letter(letter: str) -> str:
    base = unicodedata.normalize("NFKD", {"œ": "o", "Œ": "o", "æ": "a", "Æ": "a"}.get(letter, letter))
    lowered = base[0].lower() if base else letter
    return lowered if len(lowered) == 1 else letter
