"""Which countries a report speaks of: their names, the adjectives made from them, their capitals and divisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from concordant.codebook import Codebook
from concordant.coding.placenames import Word, words_of
from concordant.coding.placewords import place_words
from concordant.places.gazetteer import Gazetteer
from concordant.places.keys import place_key
from concordant.places.resolution import KNOWN_ABROAD
from concordant.reading.words import Reading

# What one word of each sort is worth. A demonym often qualifies a foreigner ("un soldat français"), a capital
# often stands for a government.
COUNTRY, DEMONYM, CAPITAL, DIVISION, TOWN, OUTLET = 1.0, 0.4, 0.5, 0.6, 0.25, 0.5
IN_TITLE, IN_LEAD = 2.0, 1.5
_TOWN_POPULATION = 40_000
_LOCATIVE = frozenset(("in", "at", "near", "from", "of"))
_LONGEST = 5  # words


@dataclass(frozen=True, slots=True)
class CountryWords:
    """Place keys of what points to a country, by the sort of word."""

    names: Mapping[str, str]
    demonyms: Mapping[str, str]
    capitals: Mapping[str, str]


@lru_cache(maxsize=16)
def country_words(codebook: Codebook, language: str) -> CountryWords:
    """The countries' names, demonyms (with their feminines and plurals) and capitals."""
    names: dict[str, str] = {}
    demonyms: dict[str, str] = {}
    capitals: dict[str, str] = {}
    for row in codebook.table("countries"):
        code = row["code"]
        # "Jordan" is a forename in a French text, and "Chad" in an English one is the country
        for name in (row["name"], *row.listed("spellings"), row["name_en"] if language == "en" else ""):
            names.setdefault(place_key(name), code)
        for name in (row["capital"], row["capital_en"], *row.listed("capital_spellings")):
            capitals.setdefault(place_key(name), code)
        for word in (*row.listed("demonyms_fr"), *row.listed("demonyms_en")):
            for form in _inflected(place_key(word)):
                demonyms.setdefault(form, code)
    for table in (names, capitals, demonyms):
        table.pop("", None)
    return CountryWords(names, demonyms, capitals)


def _inflected(word: str) -> set[str]:
    feminine = word + "ne" if word.endswith("en") else word + "e"
    return {word, word + "s", feminine, feminine + "s"}


def country_context(
    reading: Reading, codebook: Codebook, gazetteer: Gazetteer, outlet_country: str | None = None
) -> dict[str, float]:
    """The countries that a report speaks of, with their shares (they add up to 1), the first one first."""
    weights: dict[str, float] = defaultdict(float)
    if outlet_country:
        weights[outlet_country] += OUTLET
    for code, weight in _signals(reading, codebook, gazetteer):
        weights[code] += weight
    total = sum(weights.values())
    return {code: weight / total for code, weight in sorted(weights.items(), key=lambda item: (-item[1], item[0]))}


@lru_cache(maxsize=4)
def _signals(reading: Reading, codebook: Codebook, gazetteer: Gazetteer) -> tuple[tuple[str, float], ...]:
    """The countries that the words of a report point to, in the order of the text, with the weight of each word."""
    return tuple(_pointing(reading, codebook, gazetteer))


def _pointing(reading: Reading, codebook: Codebook, gazetteer: Gazetteer) -> Iterator[tuple[str, float]]:
    known = country_words(codebook, reading.language)
    place = place_words(codebook, reading.language)
    plain = place.stop | place.plain
    for sentence in reading.sentences:
        factor = IN_TITLE if sentence.in_title else IN_LEAD if sentence.paragraph <= 1 and sentence.index < 4 else 1.0
        words = words_of(reading, sentence.start, sentence.end)
        at = 0
        while at < len(words):
            length, code, weight = _signal(words, at, known, gazetteer, plain, lower_cased=reading.lower_cased)
            if code:
                yield code, weight * factor
            at += max(1, length)


def _signal(
    words: Sequence[Word], at: int, known: CountryWords, gazetteer: Gazetteer, plain: frozenset[str], *, lower_cased: bool
) -> tuple[int, str, float]:
    """(how many words, which country, what it is worth) of the longest signal that starts at a word."""
    longest = min(_LONGEST, len(words) - at) if lower_cased or words[at].capital else 1
    for length in range(longest, 0, -1):
        key = place_key(" ".join(word.text for word in words[at : at + length]))
        if key in known.demonyms:
            return length, known.demonyms[key], DEMONYM
        if not lower_cased and not words[at].capital:
            continue
        if key in known.names:
            return length, known.names[key], COUNTRY
        if key in known.capitals:
            return length, known.capitals[key], CAPITAL
        if len(key) > 3 and key not in plain and (not lower_cased or (at and words[at - 1].text in _LOCATIVE)):
            code, weight = _single_country(key, gazetteer, known_abroad=lower_cased)
            if code:
                return length, code, weight
    return 0, "", 0.0


@lru_cache(maxsize=20_000)
def _single_country(key: str, gazetteer: Gazetteer, *, known_abroad: bool) -> tuple[str, float]:
    """The country of a name that only one country knows, or in which it is far larger than elsewhere."""
    least = KNOWN_ABROAD if known_abroad else _TOWN_POPULATION
    entries = [e for e in gazetteer.lookup(key, fuzzy=False) if e.quality == 1.0 or e.population >= 1_000_000]
    divisions = {entry.country or "" for entry in entries if entry.kind == "admin1"}
    if len(divisions) == 1 and {entry.country for entry in entries if entry.kind != "settlement"} == divisions:
        return divisions.pop(), DIVISION
    places = sorted((e for e in entries if e.kind in ("settlement", "admin2", "admin1")), key=lambda e: -e.population)
    if not places or places[0].population < least:
        return "", 0.0
    others = [place for place in places[1:] if place.country != places[0].country]
    if others and others[0].population * 10 > places[0].population:
        return "", 0.0
    return places[0].country or "", TOWN
