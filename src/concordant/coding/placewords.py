"""The words of place grammar, from the tables fr/placewords and en/placewords, as patterns over folded text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from concordant.codebook import Codebook
from concordant.places.keys import place_key
from concordant.reading.words import fold


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Patterns that are matched against folded text: those named `before_…` end where the name starts."""

    before_noun: re.Pattern[str]  # "village de "
    after_noun: re.Pattern[str]  # " town", " department"
    before_near: re.Pattern[str]
    before_at: re.Pattern[str]
    before_event: re.Pattern[str]
    before_took: re.Pattern[str]
    before_teller: re.Pattern[str]
    before_speaker: re.Pattern[str]
    before_origin: re.Pattern[str]
    before_party: re.Pattern[str]
    before_outlet: re.Pattern[str]
    before_people: re.Pattern[str]
    levels: Mapping[str, str]
    stop: frozenset[str]
    persons: frozenset[str]  # forenames: "à Awa Diop" is no place
    plain: frozenset[str]  # common words that are taken for no name in a text without capitals


# What may stand between a word and the name it belongs to.
_LINK_FR = r"(?: (?:de la|de l'|de|d'|du|des|au|aux|a la|a l'|a|en|dans le|dans la|dans l'|sur|le|la|les|l'))* ?"
_LINK_EN = r"(?: (?:of|in|at|on|the|from|to|for|by|with))* "
_ADJECTIVE_FR = (
    r"(?: (?:dite?s?|appelee?s?|nommee?s?|denommee?s?|voisine?s?|situee?s?|rurale?s?|urbaine?s?|frontaliere?s?|"
    r"militaires?|nucleaire|catholique|protestante|centrale?|des deplaces|de deplaces|de refugies|des refugies|"
    r"de prisonniers|de detention|avance|mixte|principale?|cotiere?|petite?|meme|"
    r"[a-z]+(?:ien|ienne|iens|ois|oise|ais|aise|ain|aine|aines|eenne|een|be)))*"
    r"(?: (?!contre|entre|avec|pour|sans|selon|dans|vers|chez|ainsi|depuis|apres|avant|dont|sous|alors|mais|puis|quand|"
    r"lors|parce|celui|celle|tandis|pendant|appart)[a-z-]{4,15}){0,2}"
)


@lru_cache(maxsize=16)
def place_words(codebook: Codebook, language: str) -> PlaceWords:
    """The words in force for a language."""
    french = language == "fr"
    words: dict[str, list[str]] = {}
    levels: dict[str, str] = {}
    for row in codebook.table(f"{language}/placewords"):
        folded = [fold(word) for word in row.listed("words")]
        words.setdefault(row["use"], []).extend(folded)
        if row["use"] == "noun":
            levels.update({word: row["value"] for word in folded if word not in levels})
    link = _LINK_FR if french else _LINK_EN
    between = r"(?: [^\s,.;:()\"]+){0,4}?"

    def before(use: str, gap: str = "") -> re.Pattern[str]:
        return re.compile(rf"(?:^|[\s'(\"-])(?P<word>{_any(words[use])}){gap}{link}$")

    determiner = (
        r"(?:(?:le|la|les|l'|un|une|cette|ce|cet|ces|plusieurs|quelques|certaine?s|deux|trois|quatre|cinq|differente?s|"
        r"autres|petite?) ?){0,2}"
        if french
        else r"(?:the |a |several |two |three |four |five |some |remote |nearby |other |many |various ){0,3}"
    )
    of = (
        r"(?: (?:de la|de l'|de|d'|du|des|appele|nomme)(?= |$|(?<=')))? ?"
        if french
        else r" (?:of |called |named )?(?:the )?"
    )
    adjective = _ADJECTIVE_FR if french else ""
    near_of = r"(?: (?:de la|de l'|de|d'|du|des|a|au))? ?" if french else " (?:of )?"
    return PlaceWords(
        before_noun=re.compile(rf"(?:^|[\s'(\"/-])(?P<word>{_any(words['noun'])}){adjective}{of}$"),
        after_noun=re.compile(rf"^[ '\"]*(?P<word>{_any(words['noun'])})\b"),
        before_near=re.compile(rf"(?:^|[\s'(\"])(?P<word>{_any(words['near'])}){near_of}{determiner}$"),
        before_at=re.compile(rf"(?:^|[\s(\"])(?P<word>{_any(words['at'])}) {determiner}$"),
        before_event=before("event", adjective),
        before_took=re.compile(
            rf"(?:^|[\s'(\"])(?P<word>{_any(words['took'])})(?: (?:par|en|a|au))?(?: {determiner})? ?$"
        ),
        before_teller=before("teller"),
        before_speaker=before("speaker", between),
        before_origin=before("origin"),
        before_party=before("party", r"(?: [^\s,.;:()\"]+){0,2}?"),
        before_outlet=before("outlet"),
        before_people=before("people"),
        levels=levels,
        stop=frozenset(place_key(word) for word in words["stop"]),
        persons=frozenset(place_key(word) for word in words["person"]),
        plain=frozenset() if french else plain_words(codebook),
    )  # fmt: skip


def plain_words(codebook: Codebook) -> frozenset[str]:
    """Common English words."""
    return frozenset(word for row in codebook.table("en/plainwords") for word in row.listed("words"))


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
