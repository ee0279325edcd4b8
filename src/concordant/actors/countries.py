"""Countries by their names, capitals and nationalities."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from concordant.codebook import Codebook
from concordant.reading.phrases import Phrases

_FEMININES = {"n": "ne", "c": "que", "f": "ve"}


@dataclass(frozen=True)
class Countries:
    """Which countries a word may mean: as a name, as its capital, as a nationality (codes ISO 3166 alpha-2)."""

    names: Phrases[str]
    capitals: Phrases[str]
    nationalities: Phrases[str]

    @classmethod
    def of(cls, codebook: Codebook) -> Countries:
        return _countries(codebook)


def nationality_forms(word: str) -> tuple[str, ...]:
    """A French nationality with its feminine: "malien", "maliene", "malienne" (plurals are folded on look-up)."""
    forms = [word]
    if not word.endswith(("e", "è", "é")):
        forms.append(f"{word}e")
    if word[-1] in _FEMININES:
        forms.append(word + _FEMININES[word[-1]] if word[-1] == "n" else word[:-1] + _FEMININES[word[-1]])
    return tuple(forms)


@lru_cache(maxsize=16)
def _countries(codebook: Codebook) -> Countries:
    names, capitals, nationalities = Phrases[str](), Phrases[str](), Phrases[str]()
    for row in codebook.table("countries"):
        code = row["code"]
        for name in {row["name"], row["name_en"], *row.listed("spellings")}:
            names.add(name, code)
        for name in {row["capital"], row["capital_en"], *row.listed("capital_spellings")}:
            capitals.add(name, code)
        forms = {form for word in row.listed("demonyms_fr") for form in nationality_forms(word)}
        for word in forms | set(row.listed("demonyms_en")):
            nationalities.add(word, code)
    return Countries(names, capitals, nationalities)
