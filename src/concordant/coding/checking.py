"""Checking a user's codebook before any report is coded: what is wrong is said with its file and line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import get_args

from concordant.actors.register import Register
from concordant.codebook import Codebook, CodebookError, Row
from concordant.coding.mentions import PartyType
from concordant.coding.mood import mood_book
from concordant.coding.numerals import number_words
from concordant.coding.party_words import lexicon
from concordant.coding.placewords import place_words
from concordant.coding.quantities import quantity_rules
from concordant.coding.source_words import source_words
from concordant.coding.tollcues import toll_cues
from concordant.places.overlay import gazetteer_with
from concordant.reading.reader import LANGUAGES

_READERS: tuple[Callable[[Codebook, str], object], ...] = (
    quantity_rules, number_words, lexicon, place_words, source_words, mood_book, toll_cues,
)  # fmt: skip


def check_codebook(codebook: Codebook) -> None:
    """Raises CodebookError or DumpError for the first table of the overlays that cannot be used."""
    acts = {row["act"] for row in codebook.table("acts")} | {"none"}
    for folder in codebook.overlays:
        for path in sorted(folder.rglob("*.tsv")):
            name = path.relative_to(folder).with_suffix("").as_posix()
            if name == "localities":
                continue  # a layer of the gazetteer, with the importer's own checks
            try:
                rows = codebook.table(name)
            except LookupError:
                raise CodebookError(path, 1, f"there is no table {name!r} to lay it over") from None
            _check(name, [row for row in rows if row.path == path], acts)
    gazetteer_with(codebook.overlays)
    Register.of(codebook)
    for language in LANGUAGES:
        for read in _READERS:
            read(codebook, language)


def _check(name: str, rows: Iterable[Row], acts: set[str]) -> None:
    types = frozenset(get_args(PartyType))
    for row in rows:
        if name.endswith("/triggers"):
            _one_of(row, "act", acts)
            _one_of(row, "strength", ("0", "1", "2", "3"))
            _one_of(row, "pos", ("noun", "verb", "any"))
        elif name == "actors":
            _one_of(row, "type", types)
        elif name.endswith("/parties"):
            _one_of(row, "type", types | {"?", ""})
        elif name == "acts":
            row.number("rank")


def _one_of(row: Row, column: str, known: Iterable[str]) -> None:
    if row[column] not in known:
        raise row.error(f"{column} is {row[column]!r}, which is none of {', '.join(sorted(known))}")
