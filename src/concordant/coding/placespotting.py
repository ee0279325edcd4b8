"""Deciding which of the names in a text are places, and joining those of one phrase to chains."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from concordant.codebook import Codebook
from concordant.coding.placecontext import CountryWords, country_words
from concordant.coding.placegrammar import Setting, folded, is_list, read_setting
from concordant.coding.placenames import capital_runs, known_phrases, split_run
from concordant.coding.placeroles import role_of
from concordant.coding.placewords import PlaceWords
from concordant.places.gazetteer import Gazetteer
from concordant.places.keys import place_key
from concordant.places.resolution import ADMIN, KNOWN_ABROAD, MENTIONED
from concordant.reading import is_english_word
from concordant.reading.words import Reading, Sentence, Span, fold


@dataclass(frozen=True, slots=True)
class Spotted:
    """A place's name where it stands, with its grammar, its role, and the names that it is said to lie in."""

    span: Span
    name: str
    sentence: int
    setting: Setting
    role: str
    firm: bool  # the grammar alone says that it is a place
    inside: tuple[int, ...] = ()  # indices of the names around it, the smallest first
    other_end: str | None = None
    bare: str | None = None  # a natural place's name without its noun


def spot(
    reading: Reading, words: PlaceWords, codebook: Codebook, gazetteer: Gazetteer, countries: Mapping[str, float]
) -> list[Spotted]:
    """The names of places in a report, in order."""
    spotter = _Spotter(reading, words, codebook, gazetteer, countries)
    found = [one for sentence in reading.sentences for one in spotter.in_sentence(sentence)]
    found = spotter.repeated(found)
    return sorted(found, key=lambda one: one.span)


class _Spotter:
    def __init__(
        self, reading: Reading, words: PlaceWords, codebook: Codebook, gazetteer: Gazetteer,
        countries: Mapping[str, float],
    ) -> None:  # fmt: skip
        self.reading, self.words, self.codebook, self.gazetteer = reading, words, codebook, gazetteer
        self.leading = next(iter(countries), None)
        self.surnames: set[str] = set()
        self.countries = {code for code, share in countries.items() if share >= MENTIONED}
        self.names: CountryWords = country_words(codebook, reading.language)

    def in_sentence(self, sentence: Sentence) -> Iterator[Spotted]:
        names = self._lower if self.reading.lower_cased else self._capital
        listed: Spotted | None = None
        for span, known, opening in names(sentence):
            setting = read_setting(self.reading, span, sentence.start, sentence.end, self.words)
            setting = self._listed(setting, span, listed, known=known)
            one = self._judge(span, setting, sentence, known=known, opening=opening)
            if one is not None:
                listed = one
                yield one

    def _capital(self, sentence: Sentence) -> Iterator[tuple[Span, bool, bool]]:
        for run in capital_runs(self.reading, sentence.start, sentence.end):
            for span, known in split_run(self.reading, run, self._is_name, self.words.stop, self._is_strong):
                yield span, known, run.opening and span.start == run.words[0].start

    def _lower(self, sentence: Sentence) -> Iterator[tuple[Span, bool, bool]]:
        found = [
            (span, True, False) for span in known_phrases(self.reading, sentence.start, sentence.end, self._is_local)
        ]
        spans = [span for span, _, _ in found]
        for span in (*self._named_by_noun(sentence), *self._unusual(sentence)):
            if any(span.covers(other) and span != other for other in spans):
                found = [item for item in found if not span.covers(item[0])]
                spans = [other for other in spans if not span.covers(other)]
            if not any(span.overlaps(other) for other in spans):
                found.append((span, False, False))
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

    def _is_name(self, key: str) -> bool:
        if (len(key) < 3 and key not in self.names.names) or key in self.words.stop:
            return False
        return key in self.names.names or self.gazetteer.is_name(key)

    def _is_strong(self, key: str) -> bool:
        """Whether a name is so well known here that words after it begin something else ("à Paris Awa Diop")."""
        if key in self.names.names:
            return True
        return any(
            e.kind == "admin1"
            or (e.kind == "settlement" and e.population >= (100_000 if e.country in self.countries else 1_000_000))
            for e in self.gazetteer.lookup(key, fuzzy=False)
            if e.quality == 1.0
        )

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

    def _listed(self, setting: Setting, span: Span, previous: Spotted | None, *, known: bool) -> Setting:
        """A name in a list has the grammar of the name before it: "dans les villages de A, B et C"."""
        if setting.locative or setting.level or previous is None or previous.sentence < 0:
            return setting
        between = self.reading.canvas[previous.span.end : span.start]
        if not known and between.strip() == "," and not self._runs_on(span, previous):
            return setting  # "à X, Awa Diop a dit": a new clause, and no list
        if is_list(between) and previous.setting.locative:
            told = previous.setting
            relation = told.relation if told.relation == "near" else None
            return replace(setting, locative=True, level=told.level, relation=relation)
        return setting

    def _runs_on(self, span: Span, previous: Spotted) -> bool:
        """Whether a list goes on after a name, or was announced by a plural ("les villages de A, B")."""
        after = self.reading.canvas[span.end : span.end + 40]
        announced = self.reading.canvas[previous.setting.start : previous.span.start]
        return bool(_RUNS_ON.match(after)) or bool(re.search(r"\w+s (?:de |d'|of )?$", announced))

    def _judge(self, span: Span, setting: Setting, sentence: Sentence, *, known: bool, opening: bool) -> Spotted | None:
        """The name as a place, None where it is none or says nothing of the kind."""
        name = self.reading.words(span)
        last = fold(name.split()[-1])
        if self.reading.language == "en" and " " in name and last in self.words.levels and not setting.level:
            setting = replace(setting, level=self.words.levels[last])  # "Tiyas Airfield"
        heading = self._heads(span, sentence)
        firm = bool(setting.level) or (heading and known) or setting.relation in ("near", "between") or setting.told
        firm = firm or self._lived_in(span, sentence)
        if self._barred(name, span, setting, sentence, known=known):
            return None
        if known and not self._plausible(span, setting, heading=heading, opening=opening):
            return None
        if not known and not self._sayable(span, setting, sentence, firm=firm, opening=opening):
            return None
        if place_key(name) in self.names.names and _RECIPIENT.search(self.reading.canvas[: span.start][-5:]):
            setting = replace(setting, locative=False)
        role = role_of(self.reading, span, setting, sentence.start, words=self.words, codebook=self.codebook)
        if role == "event" and (heading or setting.level in _PLACED):
            setting = replace(setting, locative=True)
        bare = None
        if setting.level == "natural" and setting.noun_start < span.start:
            bare, (span, name) = name, self._with_noun(span, setting)
        return Spotted(span, name, sentence.index, setting, role, firm, bare=bare)

    def _barred(self, name: str, span: Span, setting: Setting, sentence: Sentence, *, known: bool) -> bool:
        """Whether a name is none of a place, whatever its grammar: a stop word, a hearer, a point of the compass."""
        key = place_key(name)
        if not key or (key in self.words.stop and not name.startswith("la ")) or _CENTURY.fullmatch(name):
            return True
        if len(key) < 3 and key not in self.names.names and setting.level != "natural":
            return True
        if not known and not self.reading.lower_cased and key.split()[0] in self.words.stop:
            return True
        if self._of_person(key, span, setting):
            return True
        following = self.reading.canvas[span.end : span.end + 4]
        if _DIRECTION_NAME.fullmatch(name) and re.match(r" d[eu]\b| d'", following):
            return True  # "au Nord-Est du pays"
        if _CHANNEL.match(self.reading.canvas[span.end : span.end + 12]):
            return True  # "sur France 2"
        return self._told_to(span, setting, sentence) and not setting.level

    def _of_person(self, key: str, span: Span, setting: Setting) -> bool:
        """Whether a name is a person's: after a forename or a title, before an initial, or so used before."""
        before = _FORENAME.search(self.reading.canvas[max(0, span.start - 40) : span.start])
        forename = before is not None and place_key(before["forename"]) in self.words.persons
        titled = bool(_TITLED.search(self.reading.canvas[max(0, span.start - 40) : span.start]))
        if self.reading.lower_cased and not setting.level and self._named_person(span):
            return True
        if not self.reading.lower_cased and (
            forename or titled or _INITIAL.match(self.reading.canvas[span.end : span.end + 5])
        ):
            self.surnames.add(key)
        first, _, rest = self.reading.words(span).partition(" ")
        if rest and not setting.level and place_key(first) in self.words.persons and not self._is_name(key):
            self.surnames |= {key, place_key(rest.split()[-1])}
        after = self.reading.canvas[span.end : span.end + 3]
        calls = key in self.words.persons and bool(_SURNAME.match(after)) and not self.reading.lower_cased
        return (key in self.surnames or calls) and not setting.level

    def _named_person(self, span: Span) -> bool:
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

    def _with_noun(self, span: Span, setting: Setting) -> tuple[Span, str]:
        """A natural place is called by its noun too: "lac Tchad", "parc national W"."""
        whole = Span(setting.noun_start, span.end)
        return whole, self.reading.words(whole)

    def _lived_in(self, span: Span, sentence: Sentence) -> bool:
        """ "les habitants de X": X is a place, though nothing need happen there."""
        before = folded(self.reading.canvas)[max(sentence.start, span.start - 40) : span.start]
        return bool(self.words.before_people.search(before)) and not before.rstrip().endswith(" a")

    def _sayable(self, span: Span, setting: Setting, sentence: Sentence, *, firm: bool, opening: bool) -> bool:
        """Whether an unknown name is a place: its grammar must say so, and no person or institution be likelier."""
        name = self.reading.words(span)
        if setting.level != "natural" and (
            _ACRONYM.match(name) or (name.isupper() and len(name) <= 7 and not sentence.in_title)
        ):
            return False
        if not (firm or setting.locative) or (opening and not (setting.level or setting.told)):
            return False
        if place_key(name) in self.names.demonyms or (place_key(name) in self.words.persons and not setting.level):
            return False
        if setting.level or setting.relation == "near" or (setting.relation == "between" and " " not in name):
            return True
        return self._place_like(name, span, setting)

    def _place_like(self, name: str, span: Span, setting: Setting) -> bool:
        """Whether a name after a mere preposition or verb looks like a place's: "à X", "l'attaque de X"."""
        parts = fold(name).split()
        if self.reading.language == "en" and not self.reading.lower_cased:
            if {parts[0], parts[-1]} & self.words.plain:
                return False  # "Royal Mail", "Suspected Terrorist Attack" in a title
            if self.reading.canvas[span.end : span.end + 2] == "'s":
                return False
        if setting.event:
            before = self.reading.canvas[max(0, span.start - 8) : span.start]
            longest = 3 if self.reading.lower_cased else 1
            return len(parts) <= longest and bool(re.search(r"(?:\bde |\bd'|\bof |\bon )$", before))
        return not (len(parts) > 1 and parts[0] in self.words.persons) and not setting.took

    def _plausible(self, span: Span, setting: Setting, *, heading: bool, opening: bool) -> bool:
        """A known name is a place here where its grammar says so, or where it is known to the report's countries."""
        name = self.reading.words(span)
        key = place_key(name)
        if key in self.names.names or setting.level or heading:
            return True
        if name.isupper() and len(name) <= 5:
            return False
        entries = self.gazetteer.lookup(key, fuzzy=False)
        local = [e for e in entries if e.country in self.countries]
        if self.reading.lower_cased and not (setting.locative or setting.told):
            local = [e for e in local if e.country == self.leading]
            return any(e.kind == "admin1" or (e.population >= 50_000 and e.quality == 1.0) for e in local)
        if setting.locative and not (setting.took or setting.event):
            return bool(local) or not self.reading.lower_cased
        if self.reading.language == "en" and " " not in key and is_english_word(key):
            return any(e.kind in ADMIN or e.population > KNOWN_ABROAD for e in entries)  # "Roundup", "Coronation"
        if opening and not any(e.kind in ADMIN or e.population > KNOWN_ABROAD for e in local):
            return False
        return bool(local) or any(e.population >= KNOWN_ABROAD and e.quality >= 0.97 for e in entries)

    def _heads(self, span: Span, sentence: Sentence) -> bool:
        """Whether the name stands before the colon of a title: "Beni : …", "RDC-Ituri : …"."""
        if sentence.paragraph > 1 and not sentence.in_title:
            return False
        before = self.reading.canvas[sentence.start : span.start]
        after = self.reading.canvas[span.end : sentence.end]
        return bool(re.fullmatch(r"(?:[A-ZÀ-Ý][\w' -]*[/,-] ?)?", before)) and bool(
            re.match(r"(?: ?[/,-] ?[A-ZÀ-Ý][\w' -]*)? ?:", after)
        )

    def _told_to(self, span: Span, setting: Setting, sentence: Sentence) -> bool:
        """ "a confié à X": what follows is a hearer."""
        before = folded(self.reading.canvas)[max(sentence.start, span.start - 60) : span.start]
        return bool(self.words.before_teller.search(before)) and setting.relation is None and not setting.part

    def repeated(self, found: list[Spotted]) -> list[Spotted]:
        """The names found, and every other place where one of them stands without a grammar of its own."""
        firm = {place_key(one.name) for one in found if one.setting.locative or one.firm} - self.surnames
        taken = {one.span for one in found}
        for sentence in self.reading.sentences:
            for span in self._again(sentence, firm):
                if not any(span.overlaps(other) for other in taken):
                    setting = read_setting(self.reading, span, sentence.start, sentence.end, self.words)
                    role = role_of(
                        self.reading, span, setting, sentence.start, words=self.words, codebook=self.codebook
                    )
                    found.append(Spotted(span, self.reading.words(span), sentence.index, setting, role, firm=False))
                    taken.add(span)
        return found

    def _again(self, sentence: Sentence, firm: set[str]) -> Iterator[Span]:
        known: Callable[[str], bool] = firm.__contains__
        if self.reading.lower_cased:
            yield from known_phrases(self.reading, sentence.start, sentence.end, known)
            return
        for run in capital_runs(self.reading, sentence.start, sentence.end):
            for span, is_known in split_run(self.reading, run, known, self.words.stop):
                if is_known:
                    yield span


# Towns of this size in a country that a report without capitals only mentions; smaller ones are common words mostly.
_KNOWN_BESIDE = 20_000
# Of these a noun is enough to say that things happen there: "les habitants du village de X".
_PLACED = frozenset({"settlement", "quarter", "site", "natural"})
_RUNS_ON = re.compile(r" ?(?:,|et|and|,? ainsi que|ou)(?: (?:de |d'|à |à la |in )?)(?=[A-ZÀ-Ý])")
# "livrer des armes à la Zandorie": in a country is "en", "au" or, without an article, "à".
_RECIPIENT = re.compile(r"\bà l(?:'|a )$")
_FORENAME = re.compile(
    r"(?:^|[\s(«\"'])(?P<forename>[A-ZÀ-Ý][\w-]+)(?: [A-ZÀ-Ý][\w.-]*)? (?:de |d'|al-|el-|bin |ould |ag )?$"
)
_TITLED = re.compile(
    r"\b(?:MM?\.|Mme|Mlle|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Me|Capt\.|Gen\.|Col\.|Maj\.|Lt\.|Sgt\.|Adm\.|Sen\.|Rep\.|Gov\.) "
    r"(?:[A-ZÀ-Ý][\w-]+ )?(?:[A-ZÀ-Ý][\w-]+ (?:et|and) )?(?:de |d')?$"
)
_RANKS = frozenset((
    "president", "general", "colonel", "captain", "major", "lieutenant", "sergeant", "corporal", "commander", "admiral",
    "gen", "col", "capt", "maj", "lt", "sgt", "mr", "mrs", "ms", "dr", "senator", "governor", "judge", "msgr", "father",
    "bishop", "archbishop", "engineer", "deputy", "minister", "ambassador", "attorney", "professor", "comrade", "brother",
))  # fmt: skip
_SURNAME = re.compile(r" [A-ZÀ-Ý][\w-]")
_CENTURY = re.compile(r"[IVX]+(?:e|er|ème|th)")
_INITIAL = re.compile(r" [A-Z]\.(?:\W|$)")
_CHANNEL = re.compile(r" (?:\d{1,2}\b|Inter\b|Info\b|Bleu\b|Culture\b|Télévision|TV\b|FM\b|News\b)")
_DIRECTION_NAME = re.compile(r"(?:[NS]ord|Sud|Centre|North|South)?(?:-?(?:[Ee]st|[Oo]uest|[Nn]ord|[Ss]ud))?")
_ACRONYM = re.compile(r"[A-Z]{2,7}\b(?!-)")
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
