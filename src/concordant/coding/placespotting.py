"""Deciding which of the names in a text are places, and joining those of one phrase to chains."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from concordant.codebook import Codebook
from concordant.coding.placecontext import CountryWords, country_words
from concordant.coding.placegrammar import Setting, folded, is_list, read_setting
from concordant.coding.placelower import LowerNames
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
        self.lower = LowerNames(reading, words, self.names, gazetteer, countries)

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
        for span, known in self.lower.in_sentence(sentence):
            yield span, known, False

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
        if self.reading.lower_cased and not setting.level and self.lower.names_person(span):
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
_SURNAME = re.compile(r" [A-ZÀ-Ý][\w-]")
_CENTURY = re.compile(r"[IVX]+(?:e|er|ème|th)")
_INITIAL = re.compile(r" [A-Z]\.(?:\W|$)")
_CHANNEL = re.compile(r" (?:\d{1,2}\b|Inter\b|Info\b|Bleu\b|Culture\b|Télévision|TV\b|FM\b|News\b)")
_DIRECTION_NAME = re.compile(r"(?:[NS]ord|Sud|Centre|North|South)?(?:-?(?:[Ee]st|[Oo]uest|[Nn]ord|[Ss]ud))?")
_ACRONYM = re.compile(r"[A-Z]{2,7}\b(?!-)")
