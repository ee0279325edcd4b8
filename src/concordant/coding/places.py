"""Places: the names of places in a report, in their grammar, and what the gazetteer makes of them.

Names are spotted by capitals, or in lower-cased copy by the gazetteer alone; the words before a name say how
something lies to it. What a name means is decided with the whole report in view: the countries and divisions that it
names, its other places, the size of the place, and how well the spelling fits. A name in the grammar of place that
the gazetteer does not have is still a place: it takes country and division from its context.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from math import log10

from concordant.codebook import Codebook
from concordant.coding.mentions import Candidate, PlaceMention, Relation
from concordant.coding.placegrammar import LOCATIVE, Lead, lead_of, type_level
from concordant.places.gazetteer import Gazetteer, Place
from concordant.places.names import key
from concordant.reading import Reading, Sentence, Span, Token, fold

_LONGEST = 5  # words of a name
_BACK = 9  # words before a name that its lead is read from
_KNOWN = 15_000  # inhabitants from which on a name without any lead is taken for the town
_LOWER_KNOWN = 3_000  # the same in lower-cased copy, where a lead must stand before it
_LARGE = ("country", "admin1", "admin2", "admin3", "area", "natural")
_INNER = frozenset("de du des d' la le les l' el al ben bou sur en and of the da do dos y -".split())
_SPEAKS = frozenset(
    "accuser annoncer déclarer dénoncer condamner affirmer appeler exiger estimer assurer répondre démentir soutenir vouloir "
    "demander refuser accuse say announce declare deny denounce condemn call urge want".split()
)


@dataclass(frozen=True, slots=True)
class _Spotted:
    """A name in the text with its lead and the entries that it may mean."""

    first: int
    last: int
    name: str
    lead: Lead | None
    entries: tuple[Place, ...]
    role: str
    level_after: str | None  # "X department", "province de …" behind the name


def find_places(
    reading: Reading, *, published: date | None, outlet_country: str | None, codebook: Codebook, gazetteer: Gazetteer
) -> tuple[PlaceMention, ...]:
    """The places of a reading, in order, none overlapping."""
    spotted = [s for sentence in reading.sentences for s in _spot(reading, sentence, codebook, gazetteer)]
    countries = _countries(reading, spotted, codebook, outlet_country)
    divisions = _divisions(spotted, countries)
    found = [_resolve(reading, s, countries, divisions) for s in spotted]
    return _chained(reading, found, countries)


def country_context(reading: Reading, *, codebook: Codebook, gazetteer: Gazetteer) -> tuple[tuple[str, float], ...]:
    """The countries that a report speaks of, by weight."""
    spotted = [s for sentence in reading.sentences for s in _spot(reading, sentence, codebook, gazetteer)]
    ranked = _countries(reading, spotted, codebook, None)
    return tuple(sorted(ranked.items(), key=lambda item: (-item[1], item[0])))


# -- spotting ---------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _common_words(codebook: Codebook, language: str) -> frozenset[str]:
    return frozenset(key(row["word"]) for row in codebook.table(f"{language}/notplaces"))


def _spot(reading: Reading, sentence: Sentence, codebook: Codebook, gazetteer: Gazetteer) -> Iterable[_Spotted]:
    at = sentence.first
    common = _common_words(codebook, reading.language)
    while at < sentence.last:
        found = _spot_at(reading, sentence, at, common, gazetteer)
        if found is None:
            at += 1
            continue
        yield found
        at = found.last


def _spot_at(
    reading: Reading, sentence: Sentence, at: int, common: frozenset[str], gazetteer: Gazetteer
) -> _Spotted | None:
    token = reading.tokens[at]
    if not (token.text[0].isupper() or (reading.lower_cased and token.text[0].isalpha())) or len(token.text) < 2:
        return None
    lead = lead_of(_before(reading, sentence, at), reading.language)
    end = _run(reading, sentence, at)
    for last in range(end, at, -1):
        name = _name(reading, at, last)
        if key(name) in common or key(name).isdigit():
            continue
        entries = gazetteer.lookup(name, loose=False)
        if entries and _plausible(reading, sentence, at, last, end, lead, entries):
            return _spotted(reading, sentence, at, last, name, lead, entries)
    if reading.lower_cased or lead is None or lead.of or lead.sort not in LOCATIVE:
        return None
    return _unknown(reading, sentence, at, end, lead, common, gazetteer)


def _before(reading: Reading, sentence: Sentence, at: int) -> str:
    words = [t.fold for t in reading.tokens[max(sentence.first, at - _BACK) : at]]
    return " ".join(words).replace("' ", "' ").replace(" - ", "-")


def _run(reading: Reading, sentence: Sentence, at: int) -> int:
    """The end of the longest run of words that may be one name: capitalised words with "de", "la", "-" inside."""
    last = at + 1
    stop = min(sentence.last, at + _LONGEST + 2)
    for i in range(at + 1, stop):
        token = reading.tokens[i]
        if reading.lower_cased:
            if not (token.text[0].isalpha() or token.text == "-"):
                break
            last = i + 1
        elif token.text[0].isupper() or (token.text[0] == "-" and len(token.text) > 1):
            last = i + 1
        elif token.fold not in _INNER:
            break
    return min(last, at + _LONGEST)


def _name(reading: Reading, first: int, last: int) -> str:
    return reading.canvas[reading.tokens[first].start : reading.tokens[last - 1].end]


def _plausible(
    reading: Reading, sentence: Sentence, first: int, last: int, end: int, lead: Lead | None, entries: Sequence[Place]
) -> bool:
    """Whether a name that the gazetteer has is meant as a place here."""
    biggest = max(p.population for p in entries)
    wide = any(p.kind in ("country", "admin1") for p in entries)
    strong = lead is not None and not lead.of and lead.sort in LOCATIVE
    if reading.lower_cased:
        if any(p.kind == "country" for p in entries):
            return True
        after = _type_after(reading, last, sentence)
        return after is not None or (lead is not None and (biggest >= _LOWER_KNOWN or wide) and len(reading.tokens[first].text) > 2)
    if _is_person(reading, first, last, sentence):
        return False
    if strong or (wide and last >= end):
        return True
    if last < end:  # part of a longer capitalised name: a person or an organisation
        return False
    heads = first == sentence.first and last < sentence.last and reading.tokens[last].text in (":", ",", "-")
    return biggest >= _KNOWN or heads or (lead is not None and biggest > 0)


_PERSON = frozenset(
    "m. mm. mme mlle monsieur madame colonel general capitaine lieutenant commandant sergent brigadier major adjudant docteur "
    "dr pr professeur maitre me cheikh imam mgr soeur frere pere mr mrs ms gen col capt lt president ministre porte-parole "
    "depute senateur journaliste avocat father msgr monsignor sen gov minister spokesman justice".split()
)


def _is_person(reading: Reading, first: int, last: int, sentence: Sentence) -> bool:
    before = reading.tokens[first - 1] if first > sentence.first else None
    if before is not None and before.fold.rstrip(".") + ("." if before.fold.endswith(".") else "") in _PERSON:
        return True
    return before is not None and before.text[0].isupper() and before.pos == "PROPN" and before.i == first - 1 and (
        before.end + 1 == reading.tokens[first].start
    )


def _type_after(reading: Reading, last: int, sentence: Sentence) -> str | None:
    if last >= sentence.last or reading.language != "en":
        return None
    return type_level(reading.tokens[last].fold, "en")


def _unknown(
    reading: Reading, sentence: Sentence, at: int, end: int, lead: Lead, common: frozenset[str], gazetteer: Gazetteer
) -> _Spotted | None:
    """A capitalised name in the grammar of place that the gazetteer does not have by this spelling."""
    while end > at + 1 and reading.tokens[end - 1].fold in _INNER:
        end -= 1
    name = _name(reading, at, end)
    token = reading.tokens[at]
    if key(name) in common or _acronym(name) or _is_person(reading, at, end, sentence):
        return None
    if token.pos not in ("PROPN", "X", "NOUN", "ADJ") and lead.level is None:
        return None
    if lead.level is None and lead.sort == "at" and (end - at > 2 or re.match(r"(?:en|dans|sur|depuis|on|over|across|through|into)\b", lead.words)):
        return None
    return _spotted(reading, sentence, at, end, name, lead, gazetteer.lookup(name))


def _acronym(name: str) -> bool:
    return name.isupper() and len(name) <= 7


def _spotted(
    reading: Reading, sentence: Sentence, first: int, last: int, name: str, lead: Lead | None, entries: tuple[Place, ...]
) -> _Spotted:
    role = _role(reading, sentence, first, last, lead)
    return _Spotted(first, last, name, lead, entries, role, _type_after(reading, last, sentence))


def _role(reading: Reading, sentence: Sentence, first: int, last: int, lead: Lead | None) -> str:
    """Why a name is no event's place, "event" where nothing speaks against it."""
    if lead is not None and lead.sort in ("origin", "destination", "border", "party", "speaker"):
        return lead.sort
    if _metonym(reading, first, last):
        return "party"
    if sentence.paragraph <= 1 and first == sentence.first and _dateline(reading, last, sentence):
        return "dateline"
    return "event"


def _metonym(reading: Reading, first: int, last: int) -> bool:
    """"Kigali accuse", "selon Paris": a capital that stands for its government."""
    token = reading.tokens[last - 1]
    if reading.tokens[first - 1].fold in ("selon", "entre") and first > 0 and reading.tokens[first - 1].fold == "selon":
        return True
    head = reading.tokens[token.head]
    return token.dep == "nsubj" and head.lemma in _SPEAKS


def _dateline(reading: Reading, last: int, sentence: Sentence) -> bool:
    following = reading.tokens[last : min(sentence.last, last + 6)]
    return bool(following) and following[0].text in (",", "(") and any(
        t.fold in ("afp", "reuters", "ap", "acan-efe", "efe") or (t.text[0].isdigit() and n < 2) for n, t in enumerate(following[1:])
    ) and reading.language == "en"


# -- context ----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _demonyms(codebook: Codebook, language: str) -> Mapping[str, str]:
    """Demonyms by folded form, with the inflections that the table does not spell out."""
    found: dict[str, str] = {}
    for row in codebook.table("countries"):
        for form in row.listed(f"demonyms_{language}"):
            for ending in ("", "s", "e", "es", "ne", "nes"):
                found.setdefault(fold(form) + ending, row["code"])
    return found


def _countries(
    reading: Reading, spotted: Sequence[_Spotted], codebook: Codebook, outlet_country: str | None
) -> dict[str, float]:
    """How much of a report is about each country."""
    weight: dict[str, float] = defaultdict(float)
    if outlet_country:
        weight[outlet_country] += 0.5
    demonyms = _demonyms(codebook, reading.language)
    for token in reading.tokens:
        country = demonyms.get(token.fold)
        if country is not None:
            weight[country] += 0.8 * _early(reading, token)
    for s in spotted:
        early = _early(reading, reading.tokens[s.first])
        kinds = {p.kind for p in s.entries}
        if "country" in kinds:
            country = next(p.country for p in s.entries if p.kind == "country")
            weight[country or "?"] += (1.5 if s.role == "event" else 0.5) * early
            continue
        best: dict[str, float] = defaultdict(float)
        for place in s.entries:
            size = 0.2 + log10(1 + place.population) / 6 + 0.4 * (place.kind == "admin1")
            best[place.country or "?"] = max(best[place.country or "?"], size)
        total = sum(best.values())
        for country, size in best.items():
            weight[country] += early * size * size / total
    weight.pop("?", None)
    return dict(weight)


def _early(reading: Reading, token: Token) -> float:
    """The title and the first sentences tell where a report is at home."""
    sentence = reading.sentences[token.sentence]
    return 2.0 if sentence.in_title else 1.5 if sentence.index <= 2 else 0.7


def _divisions(spotted: Sequence[_Spotted], countries: Mapping[str, float]) -> dict[tuple[str, str], float]:
    """How often a report names each first-level division (country, folded name)."""
    found: dict[tuple[str, str], float] = defaultdict(float)
    for s in spotted:
        for place in s.entries:
            if place.admin1 and place.country in countries:
                weight = 1.0 if place.kind == "admin1" else 0.3 / len(s.entries)
                found[(place.country or "", fold(place.admin1))] += weight
    return found


# -- resolving --------------------------------------------------------------------------------------------------------


def _resolve(
    reading: Reading, s: _Spotted, countries: Mapping[str, float], divisions: Mapping[tuple[str, str], float]
) -> PlaceMention:
    top = max(countries.values(), default=1.0) or 1.0
    scored = sorted(
        ((_fit(p, s, countries, divisions, top), p) for p in s.entries), key=lambda pair: (-pair[0], pair[1].id)
    )
    candidates = tuple(_candidate(p, score) for score, p in scored[:5])
    chosen = candidates[0] if scored and _accepted(scored[0], s, countries, top) else None
    level = _level(s, scored[0][1] if chosen else None)
    sort = s.lead.sort if s.lead else ""
    return PlaceMention(
        span=reading.span(s.first, s.last), name=s.name, relation=_relation(sort, level), level=level, chosen=chosen,
        candidates=candidates, country=chosen.country if chosen else None, admin1=chosen.admin1 if chosen else None,
        admin2=chosen.admin2 if chosen else None, phrase=reading.span(s.first, s.last),
        locative=s.lead is not None and s.lead.sort in LOCATIVE and not s.lead.of, role=s.role,
        distance_km=_distance(s.lead),
    )  # fmt: skip


def _fit(
    place: Place, s: _Spotted, countries: Mapping[str, float], divisions: Mapping[tuple[str, str], float], top: float
) -> float:
    """How well an entry fits a name in its report, from 0 to about 1."""
    score = 0.30 * place.spelling + 0.05 * place.main_name + 0.15 * min(1.0, log10(1 + place.population) / 6)
    score += 0.35 * min(1.0, countries.get(place.country or "", 0.0) / top)
    if place.admin1:
        score += 0.10 * min(1.0, divisions.get((place.country or "", fold(place.admin1)), 0.0))
    wanted = s.level_after or (s.lead.level if s.lead else None)
    if wanted and wanted == place.kind:
        score += 0.15
    elif wanted in ("admin1", "admin2") and place.kind in ("admin1", "admin2"):
        score += 0.10
    elif s.lead and s.lead.words in ("a", "in", "at") and place.kind == "settlement":
        score += 0.06
    elif s.lead and re.match(r"(?:dans l|au$|en$|aux$)", s.lead.words) and place.kind in ("admin1", "country", "area"):
        score += 0.06
    return score + 0.05 * (place.kind == "country")


def _accepted(best: tuple[float, Place], s: _Spotted, countries: Mapping[str, float], top: float) -> bool:
    """Whether the best entry is what the name means: a small place in a country that the report is not about is not."""
    place = best[1]
    at_home = countries.get(place.country or "", 0.0) / top
    if place.kind == "country" or place.population >= 200_000:
        return True
    return at_home >= 0.25 or (place.spelling == 1.0 and at_home >= 0.12)


def _candidate(place: Place, score: float) -> Candidate:
    return Candidate(
        place.id, place.name, place.kind, place.country, place.admin1, place.admin2, place.latitude, place.longitude,
        round(min(1.0, score), 3),
    )  # fmt: skip


def _level(s: _Spotted, place: Place | None) -> str:
    if s.level_after in ("admin1", "admin2"):
        return s.level_after
    said = s.lead.level if s.lead and s.lead.sort in ("typed", "at", "near", "distance", "side") else None
    if place is not None and not (said in ("quarter", "site", "natural", "road") and place.kind == "settlement"):
        if said in ("admin1", "admin2", "admin3") and place.kind == "settlement":
            return said
        return place.kind
    return said or "unknown"


def _relation(sort: str, level: str) -> Relation:
    if sort in ("near", "distance") and level != "country":
        return "near"
    if sort == "between":
        return "between"
    if sort == "side" and level in ("settlement", "unknown"):
        return "near"
    return "within" if level in _LARGE else "at"


def _distance(lead: Lead | None) -> float | None:
    if lead is None or lead.sort != "distance":
        return None
    number = re.search(r"\d+", lead.words)
    return float(number.group()) if number else None


# -- chains -----------------------------------------------------------------------------------------------------------


def _chained(
    reading: Reading, found: Sequence[PlaceMention], countries: Mapping[str, float]
) -> tuple[PlaceMention, ...]:
    """Give each mention the country and divisions that its phrase and its report know."""
    home = max(sorted(countries), key=lambda c: countries[c], default=None)
    known: dict[str, PlaceMention] = {}
    for mention in found:
        if mention.chosen is not None:
            known.setdefault(key(mention.name), mention)
    divisions = [m for m in found if m.level == "admin1" and m.country]
    return tuple(_placed(reading, m, found, known, divisions, home) for m in found)


def _placed(
    reading: Reading, mention: PlaceMention, found: Sequence[PlaceMention], known: Mapping[str, PlaceMention],
    divisions: Sequence[PlaceMention], home: str | None,
) -> PlaceMention:  # fmt: skip
    if mention.level == "country":
        return mention
    around = _enclosing(reading, mention, found)
    country, admin1, admin2 = mention.country, mention.admin1, mention.admin2
    for wider in around:
        country = country or wider.country
        if wider.country == country:
            admin1 = admin1 or wider.admin1
            admin2 = admin2 or (wider.name if wider.level == "admin2" else wider.admin2)
    if country is None:
        country = home
    if admin1 is None:
        names = {fold(d.admin1 or ""): d.admin1 for d in divisions if d.country == country}
        if len(names) == 1:
            admin1 = next(iter(names.values()))
    return replace(mention, country=country, admin1=admin1, admin2=admin2)


def _enclosing(reading: Reading, mention: PlaceMention, found: Sequence[PlaceMention]) -> list[PlaceMention]:
    """The wider places named right behind a mention, or else in its sentence: nearest first."""
    sentence = reading.sentence_of(mention.span)
    wider = [
        m for m in found
        if m is not mention and m.level in ("country", "admin1", "admin2", "admin3", "area", "settlement") and m.chosen is not None
        and sentence.start <= m.span.start < sentence.end and m.role != "party"
    ]  # fmt: skip
    return sorted(wider, key=lambda m: (m.span.start < mention.span.start, abs(m.span.start - mention.span.end)))
