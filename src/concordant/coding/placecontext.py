"""Which countries a report speaks of: their names, adjectives, capitals and divisions, their forces and outlets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from concordant.codebook import Codebook
from concordant.coding.placegrammar import folded
from concordant.coding.placenames import Word, words_of
from concordant.coding.placewords import PlaceWords, place_words
from concordant.places.gazetteer import Entry, Gazetteer
from concordant.places.keys import place_key
from concordant.places.resolution import KNOWN_ABROAD
from concordant.reading import is_english_word
from concordant.reading.words import Reading, Span

# What one word of each sort is worth. A demonym often qualifies a foreigner ("un soldat français"), and as a noun ("deux
# Français") mostly does; a capital often stands for a government, an actor may be abroad; a village that one country
# alone has ("le village de X") is weak, but there are many of them.
COUNTRY, DEMONYM, PEOPLE, CAPITAL, DIVISION, TOWN, VILLAGE = 1.0, 0.4, 0.2, 0.5, 0.6, 0.25, 0.25
ACTOR, OUTLET = 0.4, 0.5
IN_TITLE, IN_LEAD = 2.0, 1.5
_TOWN_POPULATION = 40_000
_LOCATIVE = frozenset(("in", "at", "near", "from", "of"))
_LONGEST = 5  # words
# Web addresses tell a country by their last part; those that the whole world uses ("tv", "me") do not.
_DOMAIN = re.compile(
    r"\b[\w-]{3,}\.(?:com\.)?(cd|ml|bf|ne|td|cm|cf|bj|tg|ci|sn|gn|ng|gh|bi|rw|so|sd|mz|ke|ug|et|fr|be)\b"
)


@dataclass(frozen=True, slots=True)
class CountryWords:
    """Place keys of what points to a country, by the sort of word."""

    names: Mapping[str, str]
    demonyms: Mapping[str, str]
    capitals: Mapping[str, str]
    actors: Mapping[str, str]
    outlets: Mapping[str, str]


@lru_cache(maxsize=16)
def country_words(codebook: Codebook, language: str) -> CountryWords:
    """The countries' names, demonyms (with their feminines and plurals), capitals, armed actors and outlets."""
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
    outlets = {place_key(row["name"]): row["country"] for row in codebook.table("homes")}
    return CountryWords(names, demonyms, capitals, _actors(codebook), outlets)


def _inflected(word: str) -> set[str]:
    feminine = word + "ne" if word.endswith("en") else word + "e"
    return {word, word + "s", feminine, feminine + "s"}


def _actors(codebook: Codebook) -> dict[str, str]:
    """Acronyms of the register's actors that are of one country alone ("FARDC", not "FDS")."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in codebook.table("actors"):
        for acronym in row.listed("acronyms"):
            found[place_key(acronym)].add(row["country"])
    return {key: next(iter(codes)) for key, codes in found.items() if len(codes) == 1 and "" not in codes}


def country_context(
    reading: Reading, codebook: Codebook, gazetteer: Gazetteer, outlet_country: str | None = None
) -> dict[str, float]:
    """The countries that a report speaks of, with their shares (they add up to 1), the first one first."""
    weights: dict[str, float] = defaultdict(float)
    villages: dict[str, dict[str, float]] = defaultdict(dict)
    if outlet_country:
        weights[outlet_country] += OUTLET
    for code in _domains(reading.canvas):
        weights[code] += OUTLET
    for sentence, signals in zip(reading.sentences, _pointing(reading, codebook, gazetteer), strict=True):
        factor = IN_TITLE if sentence.in_title else IN_LEAD if sentence.paragraph <= 1 and sentence.index < 4 else 1.0
        for signal in signals:
            if signal.village:
                villages[signal.country].setdefault(place_key(reading.words(signal.span)), signal.weight * factor)
            else:
                weights[signal.country] += signal.weight * factor
    for code, told in villages.items():
        if code in weights or len(told) > 1 or not weights:  # one village may be the namesake of one unknown
            weights[code] += sum(told.values())
    total = sum(weights.values())
    return {code: weight / total for code, weight in sorted(weights.items(), key=lambda item: (-item[1], item[0]))}


def country_signals(reading: Reading, codebook: Codebook, gazetteer: Gazetteer) -> tuple[Signal, ...]:
    """Every word of a report that points to a country, villages left out."""
    told = (signal for signals in _pointing(reading, codebook, gazetteer) for signal in signals)
    return tuple(signal for signal in told if not signal.village)


@lru_cache(maxsize=4)
def _pointing(reading: Reading, codebook: Codebook, gazetteer: Gazetteer) -> tuple[tuple[Signal, ...], ...]:
    """Every word that points to a country, sentence by sentence: found once for all who ask."""
    scan = _Scan(reading, country_words(codebook, reading.language), place_words(codebook, reading.language), gazetteer)
    return tuple(tuple(scan.signals(sentence.start, sentence.end)) for sentence in reading.sentences)


def home_of(outlet: str | None, codebook: Codebook) -> str | None:
    """The country in which an outlet is at home, by the table or by its web address."""
    if not outlet:
        return None
    listed = country_words(codebook, "fr").outlets.get(place_key(outlet))
    return listed or next(_domains(outlet), None)


def _domains(text: str) -> Iterator[str]:
    """Countries of the web addresses in a text, each address once."""
    found = {match.group(): match.group(1).upper() for match in _DOMAIN.finditer(text.lower())}
    yield from found.values()


@dataclass(frozen=True, slots=True)
class Signal:
    """A word that points to a country, and what it is worth; `village`: the name of one, which may have a namesake."""

    span: Span
    country: str
    weight: float
    village: bool


@dataclass(frozen=True, slots=True)
class _Scan:
    reading: Reading
    known: CountryWords
    place: PlaceWords
    gazetteer: Gazetteer

    def signals(self, start: int, end: int) -> Iterator[Signal]:
        """Every word of a sentence that points to a country."""
        words = words_of(self.reading, start, end)
        at = 0
        while at < len(words):
            length, code, weight, village = self._signal(words, at, start)
            if code:
                yield Signal(Span(words[at].start, words[at + length - 1].end), code, weight, village)
            at += max(1, length)

    def _signal(self, words: Sequence[Word], at: int, start: int) -> tuple[int, str, float, bool]:
        """(how many words, which country, what it is worth, whether but a village) of the longest signal at a word."""
        lower_cased = self.reading.lower_cased
        longest = min(_LONGEST, len(words) - at) if lower_cased or words[at].capital else 1
        for length in range(longest, 0, -1):
            key = place_key(" ".join(word.text for word in words[at : at + length]))
            if lower_cased and len(key) < 4 and is_english_word(key):
                continue  # "car", "us"
            if key in self.known.demonyms:
                people = words[at].capital and self.reading.language == "fr" and not self.reading.lower_cased
                return length, self.known.demonyms[key], PEOPLE if people else DEMONYM, False
            if not lower_cased and not words[at].capital:
                continue
            named = self._named(key)
            if named and at and not lower_cased and place_key(words[at - 1].text) in self.place.persons:
                return length, "", 0.0, False  # a person's surname
            if named:
                return length, *named, False
            code, weight, village = self._in_gazetteer(key, words, at, start)
            if code:
                return length, code, weight, village
        return 0, "", 0.0, False

    def _named(self, key: str) -> tuple[str, float] | None:
        for table, weight in (
            (self.known.names, COUNTRY), (self.known.capitals, CAPITAL), (self.known.outlets, OUTLET),
            (self.known.actors, ACTOR),
        ):  # fmt: skip
            if key in table and not (table is self.known.actors and self.reading.lower_cased and is_english_word(key)):
                return table[key], weight
        return None

    def _in_gazetteer(self, key: str, words: Sequence[Word], at: int, start: int) -> tuple[str, float, bool]:
        lower_cased = self.reading.lower_cased
        if len(key) < 4 or key in self.place.stop or key in self.place.plain:
            return "", 0.0, False
        if lower_cased and not (at and words[at - 1].text in _LOCATIVE):
            return "", 0.0, False
        entries = self.gazetteer.lookup(key, fuzzy=False)
        code, weight = _single_country(entries, known_abroad=lower_cased)
        if not code and entries and not lower_cased and self._said(words[at], start):
            codes = {entry.country or "" for entry in entries if entry.quality == 1.0}
            return (codes.pop(), VILLAGE, True) if len(codes) == 1 else ("", 0.0, False)
        return code, weight, False

    def _said(self, word: Word, start: int) -> bool:
        """Whether the words before say that a name is a place's: "le territoire de", "à"."""
        before = folded(self.reading.canvas)[max(start, word.start - 60) : word.start]
        return any(p.search(before) for p in (self.place.before_noun, self.place.before_near, self.place.before_at))


def _single_country(found: tuple[Entry, ...], *, known_abroad: bool) -> tuple[str, float]:
    """The country of a name that only one country knows, or in which it is far larger than elsewhere."""
    least = KNOWN_ABROAD if known_abroad else _TOWN_POPULATION
    entries = [e for e in found if e.quality == 1.0 or e.population >= 1_000_000]
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
