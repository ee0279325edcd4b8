"""Reading a report: canvas, sentences, and the grammar of its words from a pinned spaCy pipeline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from concordant.reading.pipelines import MODELS, analyse
from concordant.reading.sentences import paragraphs, split_sentences
from concordant.reading.words import Reading, Sentence, Token, fold

if TYPE_CHECKING:
    from spacy.tokens import Doc

LANGUAGES = tuple(MODELS)

# One character for one: offsets into the canvas are offsets into the report.
_PLAIN = str.maketrans({
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200a": " ", "\u2002": " ", "\u2003": " ", "\u200b": " ",
    "\u200e": " ", "\u200f": " ", "\ufeff": " ", "\t": " ", "\r": " ", "\u2028": "\n", "\u2029": "\n",
    "’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "″": '"',
    "–": "-", "—": "-", "‑": "-", "‐": "-",
})  # fmt: skip
# No sentence of a report is longer; a line of a million characters without a full stop is read in pieces.
_LONGEST = 3000
# "kidnappent.Une", "ACTUALITÉ,le": a mark that has lost its space; "7SUR7.CD" and "1.200" keep theirs.
_GLUED = re.compile(r"(?<=[a-zà-ÿ\"')])[.!?;:,](?=[\"']?[A-ZÀ-Ý][a-zà-ÿ'])|(?<=[a-zà-ÿ])[,;](?=[a-zà-ÿ])")


def plain(text: str) -> str:
    """The text with plain spaces and quotation marks, character for character."""
    return text.translate(_PLAIN)


class _Stretch(NamedTuple):
    """A sentence before it is read: its characters [start, end) of the canvas, and the paragraph it stands in."""

    start: int
    end: int
    paragraph: int


def read(title: str | None, text: str, language: str) -> Reading:
    """Read a report's title and text in a language of LANGUAGES; ValueError for any other."""
    if language not in MODELS:
        raise ValueError(f"no reader for language {language!r}; there is one for {', '.join(LANGUAGES)}")
    title = title if title and title.strip() else None
    head = f"{plain(title)}\n\n" if title else ""
    canvas = head + plain(text)
    lower_cased = sum(map(str.isupper, canvas)) < 0.002 * max(1, len(canvas))
    stretches = [
        _Stretch(a, b, number)
        for number, (start, end) in enumerate(paragraphs(canvas), start=0 if title else 1)
        for a, b in _cut(canvas, start, end, lower_cased=lower_cased)
    ]
    spaced = [_spaced(canvas[stretch.start : stretch.end]) for stretch in stretches]
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    docs = analyse([text for text, _ in spaced], language)
    for stretch, (_, origin), doc in zip(stretches, spaced, docs, strict=True):
        first = len(tokens)
        tokens.extend(_tokens(doc, origin, canvas, stretch.start, first, len(sentences)))
        if len(tokens) > first:
            sentences.append(Sentence(
                len(sentences), first, len(tokens), tokens[first].start, tokens[-1].end, stretch.paragraph,
                in_title=stretch.end <= len(head),
            ))  # fmt: skip
    return Reading.build(
        language=language, canvas=canvas, title_length=len(title) if title else 0, text_start=len(head),
        tokens=tokens, sentences=sentences, lower_cased=lower_cased,
    )  # fmt: skip


def _cut(canvas: str, start: int, end: int, *, lower_cased: bool) -> list[tuple[int, int]]:
    """Sentences of a paragraph, cut also at full stops that have lost the space after them."""
    pieces, at = [], start
    for match in _GLUED.finditer(canvas, start, end):
        if match.group() in ".!?":
            pieces.append((at, match.end()))
            at = match.end()
    pieces.append((at, end))
    sentences = (s for a, b in pieces if a < b for s in split_sentences(canvas, a, b, lower_cased=lower_cased))
    return [piece for a, b in sentences for piece in _bounded(canvas, a, b)]


def _bounded(canvas: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence whole, or cut between words where it is longer than any."""
    while end - start > _LONGEST:
        cut = canvas.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > 0 else start + _LONGEST
        yield start, cut
        start = cut
    yield start, end


def _tokens(doc: Doc, origin: list[int], canvas: str, start: int, first: int, sentence: int) -> Iterator[Token]:
    """The words of a sentence that begins at `start`, numbered from `first` on."""
    kept = [word for word in doc if not word.is_space]
    index = {word.i: first + n for n, word in enumerate(kept)}
    for word in kept:
        a = start + origin[word.idx]
        b = start + origin[word.idx + len(word.text) - 1] + 1
        at = index[word.i]
        surface = canvas[a:b]
        yield Token(
            at, a, b, surface, surface.lower(), fold(surface), (word.lemma_ or surface).lower(),
            word.pos_, str(word.morph), word.dep_, index.get(word.head.i, at), sentence,
        )  # fmt: skip


def _spaced(text: str) -> tuple[str, list[int]]:
    """The text with a space after marks that have lost theirs, and for each character its place in the original."""
    out: list[str] = []
    origin: list[int] = []
    at = 0
    for match in _GLUED.finditer(text):
        out.append(text[at : match.end()] + " ")
        origin.extend(range(at, match.end()))
        origin.append(match.end() - 1)
        at = match.end()
    out.append(text[at:])
    origin.extend(range(at, len(text)))
    return "".join(out), origin
