"""The words around sources: their names, the verbs of saying, the cues; read from the codebook's tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from concordant.codebook import Codebook, Row
from concordant.coding.lexicon import split_phrase
from concordant.reading import Reading, Token, fold

_T = TypeVar("_T")

STRENGTHS = ("strong", "weak", "outlet")
CUES = ("before", "relay", "learnt", "opinion", "document")
# French verbs in -er: the endings of their finite forms (present, imperfect, future, past historic) and participles.
_FINITE = ("e", "ent", "ait", "aient", "era", "eront", "erait", "eraient", "a", "èrent")
_PARTICIPLE = ("é", "ée", "és", "ées")


@dataclass(frozen=True, slots=True)
class Verb:
    """A form of a verb of saying: how much it asks of its subject, and the word that must follow it ("" for none)."""

    strength: str
    tail: str


@dataclass(frozen=True, slots=True)
class Noun:
    """A word for a source: its kind, the party it belongs to, and whether it goes with a person's name."""

    kind: str
    party_type: str
    person: bool


@dataclass(frozen=True, slots=True)
class Words:
    """The tables of one language, ready to be asked."""

    language: str
    grammar: Mapping[str, frozenset[str]]
    finite: Mapping[str, tuple[Verb, ...]]
    participle: Mapping[str, tuple[Verb, ...]]
    nouns: Mapping[tuple[str, ...], Noun]  # folded words
    names: Mapping[tuple[str, ...], str]  # folded words of an outlet's or a body's name: kind
    small: frozenset[str]  # names that the table writes without a capital
    cues: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]  # first folded word: (words, kind), longest first

    def is_(self, role: str, token: Token) -> bool:
        """Whether a token is a word of this role in the grammar."""
        return token.lower in self.grammar[role]

    def noun_at(self, reading: Reading, at: int, last: int) -> tuple[Noun, int] | None:
        """The word for a source that begins at a token, and where it ends."""
        return self._longest(self.nouns, reading, at, last)

    def name_at(self, reading: Reading, at: int, last: int) -> tuple[str, int] | None:
        """The kind of the listed outlet or body whose name begins at a token, and where the name ends."""
        found = self._longest(self.names, reading, at, last)
        if found is None or reading.lower_cased or reading.tokens[at].text[:1].isupper() or found[1] > at + 1:
            return found
        # "un", "map", "libération": names that are words too count only with a capital.
        return found if reading.tokens[at].fold in self.small else None

    @staticmethod
    def _longest(table: Mapping[tuple[str, ...], _T], reading: Reading, at: int, last: int) -> tuple[_T, int] | None:
        words: tuple[str, ...] = ()
        best: tuple[_T, int] | None = None
        for i in range(at, min(last, at + 7)):
            words = (*words, *_pieces(reading.tokens[i].fold))
            if words in table:
                best = table[words], i + 1
        return best


def _pieces(word: str) -> tuple[str, ...]:
    """A word cut at hyphens and apostrophes: the pipelines do not always cut alike."""
    return tuple(word.replace("-", " ").replace("'", "' ").split())


@lru_cache(maxsize=8)
def source_words(codebook: Codebook, language: str) -> Words:
    """The words of a language. Raises CodebookError for rows that cannot be used."""
    grammar = {row["role"]: frozenset(row.listed("words")) for row in codebook.table(f"{language}/source_grammar")}
    finite: dict[str, tuple[Verb, ...]] = {}
    participle: dict[str, tuple[Verb, ...]] = {}
    for row in codebook.table(f"{language}/source_verbs"):
        verb = Verb(_checked(row, "strength", STRENGTHS), row["tail"])
        for table, forms in (
            (finite, _forms(row, "finite", _FINITE)),
            (participle, _forms(row, "participle", _PARTICIPLE)),
        ):
            for form in forms:
                table[form] = (*table.get(form, ()), verb)
    nouns = {
        _key(row["noun"]): Noun(row["kind"], row["party_type"], row["person"] == "y")
        for row in codebook.table(f"{language}/source_nouns")
    }
    names = {_key(row["name"]): row["kind"] for row in codebook.table("outlets")}
    small = frozenset(fold(row["name"]) for row in codebook.table("outlets") if row["name"].islower())
    return Words(language, grammar, finite, participle, nouns, names, small, _cues(codebook, language))


def _key(text: str) -> tuple[str, ...]:
    return _pieces(fold(text.replace("’", "'")).replace("'", "' "))


def _checked(row: Row, column: str, allowed: tuple[str, ...]) -> str:
    if row[column] not in allowed:
        raise row.error(f"no {column} {row[column]!r}; there are {', '.join(allowed)}")
    return row[column]


def _forms(row: Row, column: str, endings: tuple[str, ...]) -> Iterator[str]:
    """The forms that a row lists ("-" for none); those of a regular verb in -er where it lists nothing."""
    if row[column]:
        yield from (form for form in row.listed(column) if form != "-")
        return
    if not row["verb"].endswith("er"):
        raise row.error(f"{row['verb']!r} is not a verb in -er: give its {column} forms")
    stem = row["verb"][:-2]
    for ending in endings:
        yield _softened(stem, ending) + ending


def _softened(stem: str, ending: str) -> str:
    """The stem as spelling has it before an ending: "annonçait", "exigeait", "révèle", "rappelle"."""
    if ending[0] in "aè" and ending[0] == "a":
        return stem[:-1] + "ç" if stem.endswith("c") else stem + "e" if stem.endswith("g") else stem
    if ending in ("e", "ent", "era", "eront", "erait", "eraient"):
        if stem.endswith("pel"):
            return stem + "l"
        return stem[:-2] + "è" + stem[-1] if stem[-2:-1] == "é" else stem
    return stem


def _cues(codebook: Codebook, language: str) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in codebook.table(f"{language}/source_cues"):
        words = tuple(split_phrase(row["cue"]))
        found.setdefault(words[0], []).append((words, _checked(row, "kind", CUES)))
    return {first: tuple(sorted(cues, key=lambda cue: -len(cue[0]))) for first, cues in found.items()}
