"""Names of places in a text without capitals: known ones, those that a noun announces, and words that are none of English."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from concordant.coding.placecontext import CountryWords
from concordant.coding.placenames import known_phrases
from concordant.coding.placewords import PlaceWords
from concordant.places.gazetteer import Gazetteer
from concordant.places.keys import place_key
from concordant.places.resolution import MENTIONED
from concordant.reading import is_english_word
from concordant.reading.words import Reading, Sentence, Span


class LowerNames:
    """Finds the names of places in one reading without capitals."""

    def __init__(
        self, reading: Reading, words: PlaceWords, names: CountryWords, gazetteer: Gazetteer, shares: Mapping[str, float]
    ) -> None:  # fmt: skip
        self.reading, self.words, self.names, self.gazetteer = reading, words, names, gazetteer
        self.leading = next(iter(shares), None)
        self.countries = {code for code, share in shares.items() if share >= MENTIONED}

    def in_sentence(self, sentence: Sentence) -> Iterator[tuple[Span, bool]]:
        """The names of a sentence in order, each with whether it is known."""
        found = [
            (span, True) for span in known_phrases(self.reading, sentence.start, sentence.end, self._is_local)
        ]
        spans = [span for span, _ in found]
        for span in (*self._named_by_noun(sentence), *self._unusual(sentence)):
            if any(span.covers(other) and span != other for other in spans):
                found = [item for item in found if not span.covers(item[0])]
                spans = [other for other in spans if not span.covers(other)]
            if not any(span.overlaps(other) for other in spans):
                found.append((span, False))
                spans.append(span)
        yield from sorted(found)

    def _named_by_noun(self, sentence: Sentence) -> Iterator[Span]:
        """Unknown names that a noun announces or follows: "the village of x y", "x village"."""
        text = self.reading.canvas[sentence.start : sentence.end]
        for pattern in (_OF_NOUN, _BEFORE_NOUN):
            for match in pattern.finditer(text):
                span = _trimmed(match, sentence.start, self._no_name)
                if span is not None:
                    yield span
        for match in _BARE_BEFORE_NOUN.finditer(text):
            start, end = match.span(match.lastgroup or 0)
            span, word = Span(sentence.start + start, sentence.start + end), text[start:end]
            at = self.reading.token_at(span.start)
            barred = place_key(word) in self.words.stop | self.words.plain or place_key(word) in self.names.demonyms
            if not (barred or word in _BREAKS or _ADJECTIVE.search(word)) and self.reading.tokens[at].pos in _NOUNS_ONLY:
                yield span

    def _no_name(self, word: str) -> bool:
        """Whether a word is no part of a name that a noun announces or follows."""
        key = place_key(word)
        return key not in _NAME_STARTS and (key in self.words.stop or key in self.words.plain or self._common(word))

    def _unusual(self, sentence: Sentence) -> Iterator[Span]:
        """Words after "in", "at", "near" that are no common English words: "in x, y and z late on friday"."""
        text = self.reading.canvas[sentence.start : sentence.end]
        for match in _AFTER_PREPOSITION.finditer(text):
            start, end = match.start("name"), match.start("name")
            for word in re.finditer(r"[a-z][\w-]*(?:'(?!s\b)\w+)?", match["name"]):
                if self._common(word.group()) and not _GOES_ON.match(text, match.start("name") + word.end()):
                    break
                end = match.start("name") + word.end()
                if match["name"][word.end() : word.end() + 1] == "'":
                    break  # "in x's centre"
            if end - start > 3 and text[start:end] not in self.words.stop:
                yield Span(sentence.start + start, sentence.start + end)

    def _common(self, word: str) -> bool:
        """Whether a lower-case word is an English word like any other, and no part of a name."""
        key = place_key(word)
        listed = key in self.words.plain or key in self.names.demonyms or key in _SMALL_STOP or word in _BREAKS
        listed = listed or (key not in _NAME_STARTS and is_english_word(key))
        return listed or word.removesuffix("s") in self.words.levels or bool(_COMMON_ENDING.search(key))

    def _is_local(self, key: str) -> bool:
        """Whether a lower-cased phrase is a country's name, or a place of a country that the report speaks of."""
        if len(key) < 4 and is_english_word(key):
            return False  # "car", "us"
        if not key.startswith("la ") and (key in self.words.stop or key in self.names.demonyms):
            return False  # "libertad", but "la libertad"
        if key in self.names.names or key in self.names.capitals:
            return True
        if len(key) < 4 or key in self.words.plain:
            return False
        return any(
            entry.country == self.leading
            or (entry.country in self.countries and (entry.kind == "admin1" or entry.population >= _KNOWN_BESIDE))
            or (entry.kind == "settlement" and entry.population >= 1_000_000)
            for entry in self.gazetteer.lookup(key, fuzzy=False)
        )

    def names_person(self, span: Span) -> bool:
        """Whether a rank or a forename stands before a name in a text without capitals: "colonel juan perez x"."""
        words = self.reading.canvas[max(0, span.start - 60) : span.start].split(" ")[-5:-1]
        for word in reversed(words):
            if word in _RANKS:
                return True
            if not word.isalpha() or word in _BREAKS or (word in self.words.stop and word not in _NAME_STARTS):
                return False
            if word in self.words.persons:
                return True
            if self._common(word):
                return False
        return False


# Towns of this size in a country that a report without capitals only mentions; smaller ones are common words mostly.
_KNOWN_BESIDE = 20_000
_RANKS = frozenset((
    "president", "general", "colonel", "captain", "major", "lieutenant", "sergeant", "corporal", "commander", "admiral",
    "gen", "col", "capt", "maj", "lt", "sgt", "mr", "mrs", "ms", "dr", "senator", "governor", "judge", "msgr", "father",
    "bishop", "archbishop", "engineer", "deputy", "minister", "ambassador", "attorney", "professor", "comrade", "brother",
))  # fmt: skip
_NOUNS = (
    "village|town|city|district|department|province|municipality|canton|county|hamlet|neighborhood|colony|suburb|"
    "farm|taluka|area|region|state|quarter|township|ranch|hacienda|sector|zone|jurisdiction|parish|commune|ward"
)
_NAME = r"[a-z][\w'-]*(?: [a-z][\w'-]*){0,3}"
_OF_NOUN = re.compile(rf"\b(?:{_NOUNS}|villages|towns|cities) (?:of|called|named) (?:the )?(?=(?P<name>{_NAME}))")
_AFTER_PREPOSITION = re.compile(
    rf"(?:\b(?:in|near|from|outside|and|battle of|(?:leading|leads|road|highway|route|close|next|adjacent|entrance|bound) "
    rf"(?:to|for)|(?:km|kms|kilometers|kilometres|miles|north|south|east|west|northeast|"
    rf"northwest|southeast|southwest|outskirts|center|centre|periphery|vicinity|surroundings|edge) of)|,)"
    rf"(?: nearby| downtown| central| (?:north|south|east|west|northeast|northwest|southeast|southwest)ern)? "
    rf"(?=(?P<name>{_NAME}))"
)
# Endings of common nouns: "in reception", "from rebels fighting" hold no name.
_COMMON_ENDING = re.compile(r"(?:ing|ed|tion|sion|ment|ness|ly|ies|ity|[ae]nce|ism|ists?|[eo]rs|ship|ics|ive|ous|ful)$")
_SMALL_STOP = frozenset(("mid", "early", "late", "fact", "lieu", "vain", "today", "order", "case", "front"))
_BEFORE_NOUN = re.compile(rf"(?:\b(?:in|at|near|of|from|the|and)|,) (?:the )?(?=(?P<name>{_NAME}?) (?:{_NOUNS})s?\b)")


# A noun of the dictionary is a name where a village's noun follows without any article, or a quarter's with one.
_BARE_BEFORE_NOUN = re.compile(
    r"\b(?:(?:in|at|near|of|from|around|outside|attack) (?P<name>[a-z][\w-]{3,}) "
    r"(?:village|town|municipality|hamlet|canton|neighborhood|neighbourhood|jurisdiction)\b"
    r"|the (?P<quarter>[a-z][\w-]{4,}) (?:neighborhood|neighbourhood|colony|canton|ward)\b"
    r"|(?:village|town|municipality|hamlet|canton|neighborhood|neighbourhood) of (?P<of>[a-z][\w-]{3,})\b)"
)
_NOUNS_ONLY = ("NOUN", "PROPN")


def _trimmed(match: re.Match[str], offset: int, no_name: Callable[[str], bool]) -> Span | None:
    """The words of a match up to the first that no name holds, adjectives before it left out, where any is left."""
    start, end = match.start("name"), match.start("name")
    for word in re.finditer(r"[a-z][\w-]*(?:'(?!s\b)\w+)?", match["name"]):
        at = match.start("name") + word.start()
        if end == start and (word.group() == "the" or _ADJECTIVE.search(word.group())):
            start = end = match.start("name") + word.end() + 1
            continue
        common = no_name(word.group()) and not _GOES_ON.match(match.string, match.start("name") + word.end())
        if at > end + (end > start) or common or word.group() in _BREAKS:
            break
        end = match.start("name") + word.end()
    if end - start < 4 or no_name(match.string[start:end]):
        return None
    return Span(offset + start, offset + end)


_GOES_ON = re.compile(r" (?:del|de la|de los|de las|de) [a-z]")  # "alto de san pablo", "plan del pino"
# Adjectives before a name: "the war-torn x district", "densely populated x", "the elegant x neighborhood".
_ADJECTIVE = re.compile(
    r"-(?:torn|hit|affected|stricken|held|controlled|prone|infested|ridden|dominated|class|income|populated|based|most)$|"
    r"^(?:densely|sparsely|heavily|mostly|largely|predominantly|surrounding|neighbou?ring|adjacent|nearby|populated|"
    r"remote|rural|urban|poor|rich|wealthy|elegant|fashionable|exclusive|residential|crowded|populous|busy|troubled|"
    r"restive|volatile|turbulent|mountainous|coastal|rebellious|working|middle|upper|lower|inner|outer|downtown|"
    r"northern|southern|eastern|western|central|northeastern|northwestern|southeastern|southwestern|historic|old)$"
)


_NAME_STARTS = frozenset((
    "al", "barrio", "cerro", "ciudad", "colonia", "de", "del", "don", "dos", "el", "la", "las", "los", "monte",
    "nueva", "nuevo", "playa", "puerto", "rio", "san", "santa", "santo", "tel", "tres", "villa",
))  # fmt: skip
_BREAKS = frozenset((
    "was", "were", "is", "are", "has", "have", "had", "where", "when", "which", "who", "that", "and", "or", "but",
    "as", "by", "for", "with", "after", "before", "during", "while", "since", "until", "in", "on", "at", "to", "of",
    "from", "near", "under", "over", "late", "early", "yesterday", "today", "last", "this", "these", "those", "his",
    "her", "their", "its", "a", "an", "the", "same", "other", "another", "entire", "whole",
))  # fmt: skip
