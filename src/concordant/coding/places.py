"""Finding the places that a report names, each in its grammar, and what the gazetteer makes of them together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from concordant.codebook import Codebook
from concordant.coding.mentions import Candidate, PlaceMention, Relation
from concordant.coding.placechains import join_chains
from concordant.coding.placecontext import CountryWords, country_context, country_words
from concordant.coding.placeends import with_ends
from concordant.coding.placegrammar import Setting
from concordant.coding.placespotting import Spotted, spot
from concordant.coding.placewords import place_words
from concordant.places.gazetteer import Entry, Gazetteer
from concordant.places.keys import place_key, sound_key
from concordant.places.resolution import Asked, Scored, candidates
from concordant.reading.words import Reading, Span

# Kinds that are larger than a town: an event there is somewhere within them.
LARGER = frozenset({"country", "admin1", "admin2", "admin3", "area"})
_WIDE_NOUNS = (
    "parc", "lac", "foret", "vallee", "golfe", "desert", "bassin", "massif", "bande", "fleuve", "delta", "peninsul",
    "plateau", "lake", "forest", "national park", "valley", "gulf", "strip", "basin",
)  # fmt: skip


def find_places(
    reading: Reading, *, published: date | None = None, outlet_country: str | None = None,
    codebook: Codebook, gazetteer: Gazetteer,
) -> tuple[PlaceMention, ...]:  # fmt: skip
    """Every place that the report names, in the order of the text; names of parties and speakers' places too.

    `published` is there for divisions that hold in a time only. A mention whose `role` is not "event" says why it
    is no event's place; `locative` is whether its grammar says that something is or happens there.
    """
    countries = country_context(reading, codebook, gazetteer, outlet_country)
    words = place_words(codebook, reading.language)
    names = country_words(codebook, reading.language)
    spotted = spot(reading, words, codebook, gazetteer, countries)
    spotted = join_chains(reading, spotted, words, names, gazetteer)
    resolved = _resolve(reading, spotted, countries, names, gazetteer, published)
    mentions = [
        _mention(reading, one, scored, asked, gazetteer) for one, (asked, scored) in zip(spotted, resolved, strict=True)
    ]
    mentions = [_chained(mention, one, mentions) for mention, one in zip(mentions, spotted, strict=True)]
    mentions = with_ends(
        reading, mentions, spotted, [asked for asked, _ in resolved], lambda asked: candidates(asked, countries, gazetteer)
    )
    return tuple(_in_context(mentions, countries, reading, names))


def _resolve(
    reading: Reading, spotted: Sequence[Spotted], countries: dict[str, float], known: CountryWords,
    gazetteer: Gazetteer, day: date | None,
) -> list[tuple[Asked, tuple[Scored, ...]]]:
    """Candidates for every name: first each by itself, then again with the places that are sure by then."""
    asked = [replace(_asked(reading, one, spotted, known, gazetteer), day=day) for one in spotted]
    first = [_candidates(one, each, countries, gazetteer) for one, each in zip(spotted, asked, strict=True)]
    sure = {
        found[0].entry.ident: found[0].entry
        for found in first
        if found and found[0].entry.kind not in ("country", "area") and _ahead(found)
    }
    anchors = list(sure.values())[:12]
    again = [_candidates(one, each, countries, gazetteer, anchors) for one, each in zip(spotted, asked, strict=True)]
    return list(zip(asked, again, strict=True))


def _candidates(
    one: Spotted, asked: Asked, countries: dict[str, float], gazetteer: Gazetteer, anchors: Sequence[Entry] = ()
) -> tuple[Scored, ...]:
    """Candidates for a name; of a natural place first with its noun ("lac Tchad"), then without ("parc de X")."""
    found = candidates(asked, countries, gazetteer, anchors)
    first, dash, second = one.name.partition("-")
    if not found and dash and one.setting.relation and " " not in one.name and gazetteer.is_name(place_key(second)):
        found = candidates(replace(asked, name=first), countries, gazetteer, anchors)  # "l'axe A-B" is near A
    if found or one.bare is None:
        return found
    bare = candidates(replace(asked, name=one.bare), countries, gazetteer, anchors)
    return tuple(each for each in bare if each.entry.kind in ("settlement", "natural", "area"))


def _ahead(found: Sequence[Scored]) -> bool:
    """Whether the best candidate leads clearly: its place then serves to judge the others."""
    return len(found) == 1 or found[0].score > found[1].score + 0.1


def _asked(
    reading: Reading, one: Spotted, spotted: Sequence[Spotted], known: CountryWords, gazetteer: Gazetteer
) -> Asked:
    country, admins = None, []
    for index in one.inside:
        outer = spotted[index]
        code = known.names.get(place_key(outer.name))
        if code and not outer.setting.level:
            country = country or code
        else:
            admins.append(outer.name)
    for word in reading.canvas[one.setting.noun_start : one.span.start].split():
        if one.setting.level in ("site", "road"):
            break  # "la base française de X" is France's, and elsewhere
        country = country or known.demonyms.get(place_key(word))  # "le village malien de X"
    following = reading.canvas[one.span.end : one.span.end + 25].split()
    if one.setting.noun_start == one.span.start or one.setting.level in ("admin1", "natural", "area"):
        country = country or (known.demonyms.get(place_key(following[0])) if following else None)  # "le Golan syrien"
    for name in admins:
        if country is None:
            divisions = {e.country for e in gazetteer.lookup(name, kinds=("admin1",), fuzzy=False) if e.quality == 1.0}
            country = divisions.pop() if len(divisions) == 1 else None
    level = one.setting.level if one.setting.level not in ("site", "road", "natural", "area") else None
    town = one.setting.prep not in ("dans", "en", "au", "aux") and not one.setting.part
    return Asked(one.name, level, town, country, tuple(admins), firm=one.firm)


def _candidate(scored: Scored, language: str, gazetteer: Gazetteer) -> Candidate:
    entry = scored.entry
    admin1 = entry.name if entry.kind == "admin1" else entry.admin1
    return Candidate(
        entry.ident, gazetteer.name_in(entry, language), entry.kind, entry.country,
        gazetteer.division(admin1, entry.country, language) if admin1 and entry.country else admin1,
        entry.name if entry.kind == "admin2" else entry.admin2, entry.latitude, entry.longitude, scored.score,
    )  # fmt: skip


def _as_spelled(chosen: Candidate, name: str, gazetteer: Gazetteer) -> Candidate:
    """The candidate with its division spelled like the town of one name in the text ("Zaporizhzhia" twice)."""
    same = gazetteer.lookup(name, country=chosen.country or (), kinds=("admin1",), fuzzy=False)
    key = place_key(chosen.admin1 or "")
    printed = {place_key(gazetteer.name_in(entry, language)) for entry in same for language in ("fr", "en")}
    if chosen.admin1 and name[:1].isupper() and key in printed:
        return replace(chosen, admin1=name)
    return chosen


def _mention(
    reading: Reading, one: Spotted, scored: tuple[Scored, ...], asked: Asked, gazetteer: Gazetteer
) -> PlaceMention:
    if one.setting.level == "road" and one.setting.end > one.span.end:
        scored = ()  # "X Street" is not the town of X
    found = tuple(_candidate(each, reading.language, gazetteer) for each in scored)
    chosen = _as_spelled(found[0], one.name, gazetteer) if found else None
    level = _level(one, chosen)
    setting = one.setting
    return PlaceMention(
        one.span, one.name, _relation(one, level, reading), level, chosen, found,
        chosen.country if chosen else asked.country, chosen.admin1 if chosen else None,
        chosen.admin2 if chosen else None,
        Span(setting.start, setting.end), setting.locative, one.role, setting.distance_km,
        setting.bearing if not setting.part else None, one.other_end,
    )  # fmt: skip


def _level(one: Spotted, chosen: Candidate | None) -> str:
    """How large the place is, by the noun that names it, else by its entry, else by its preposition."""
    said, kind, setting = one.setting.level, chosen.kind if chosen else None, one.setting
    if kind == "country":
        return kind  # "la cinquième ville de France"
    if said is None:
        town = kind in ("admin2", "admin3") and setting.prep in ("à", "a")
        return "settlement" if town else kind or _unknown_level(setting)
    if chosen and said in ("admin1", "admin2") and kind == "settlement" and _seat(chosen):
        return said  # "la région d'Idleb", of which only the town has that spelling
    return _said_level(said, kind)


def _said_level(said: str, kind: str | None) -> str:
    """The level by the noun, put right by the entry's kind where that knows better."""
    if said in ("site", "road", "natural") and kind in ("settlement", "quarter"):
        return kind
    if said in _DIVISIONS and kind in _DIVISIONS:
        return kind
    if said in ("admin1", "area") and kind not in _DIVISIONS:
        return kind or "settlement"  # "dans la région de X", X being a town: somewhere about it
    return said


def _seat(chosen: Candidate) -> bool:
    """Whether a town gives its name to the division it lies in."""
    return place_key(chosen.name) in {place_key(name) for name in (chosen.admin1, chosen.admin2) if name} or (
        sound_key(place_key(chosen.admin1 or "")) == sound_key(place_key(chosen.name))
    )


def _unknown_level(setting: Setting) -> str:
    """The level of a name that neither noun nor gazetteer tells: "en X" is an area, "à X" a settlement."""
    if setting.part and setting.prep in ("au", "a"):
        return "settlement"
    if setting.prep in ("en", "au", "dans") or setting.part:
        return "area"
    return "settlement" if setting.locative else "unknown"


_DIVISIONS = ("admin1", "admin2", "admin3", "country")


def _relation(one: Spotted, level: str, reading: Reading) -> Relation:
    """How the event lies to the place, by the preposition, else by how large the place is."""
    setting = one.setting
    if setting.relation in ("between", "near"):
        return "between" if setting.relation == "between" else "near"
    if setting.level in ("admin1", "area") and level not in (*_DIVISIONS, "natural", "area"):
        return "near"
    if setting.part and level in ("settlement", "quarter", "site"):
        return "within" if setting.prep in ("dans", "in") else "near"  # "northern X" and "au nord de X"
    phrase = place_key(reading.canvas[setting.start : setting.end])
    wide = level == "natural" and any(noun in phrase for noun in _WIDE_NOUNS)
    return "within" if wide or level in LARGER or setting.part else "at"


def _chained(mention: PlaceMention, one: Spotted, mentions: Sequence[PlaceMention]) -> PlaceMention:
    """The mention with what the places around it say: country and divisions of its chain, and the whole phrase."""
    for index in one.inside:
        outer = mentions[index]
        phrase = Span(min(mention.phrase.start, outer.phrase.start), max(mention.phrase.end, outer.phrase.end))
        mention = replace(mention, phrase=phrase, country=mention.country or outer.country)
        if outer.level == "admin1" or (outer.chosen and outer.chosen.kind == "admin1" and outer.level != "settlement"):
            mention = replace(mention, admin1=outer.chosen.admin1 if outer.chosen else outer.name)
        elif outer.level in ("admin2", "admin3"):
            if mention.chosen is None or mention.admin2 is None:
                mention = replace(mention, admin2=outer.name if outer.level == "admin2" else outer.admin2)
            mention = replace(mention, admin1=mention.admin1 or outer.admin1)
        elif outer.level != "country":
            mention = replace(mention, admin1=mention.admin1 or outer.admin1, admin2=mention.admin2 or outer.admin2)
    return mention


def _in_context(
    mentions: list[PlaceMention], countries: dict[str, float], reading: Reading, known: CountryWords
) -> list[PlaceMention]:
    """Country and first division of the names that the gazetteer does not know: those of the places around them."""
    by_name: dict[str, PlaceMention] = {}
    for mention in mentions:  # a name means one thing throughout a report: its best told mention serves for all
        best = by_name.get(place_key(mention.name))
        if best is None or (best.admin1 is None and mention.admin1) or (best.country is None and mention.country):
            by_name[place_key(mention.name)] = mention
    filled = []
    for found in mentions:
        mention, told = found, by_name[place_key(found.name)]
        if mention.chosen is None and told is not found:
            mention = replace(
                mention, country=mention.country or told.country, admin1=mention.admin1 or told.admin1,
                admin2=mention.admin2 or told.admin2, level=told.level if mention.level == "unknown" else mention.level,
            )  # fmt: skip
        if mention.level != "country" and (mention.country is None or mention.admin1 is None):
            mention = _from_neighbours(mention, mentions, countries, reading, known)
        filled.append(mention)
    return _agreed(filled)


def _agreed(mentions: list[PlaceMention]) -> list[PlaceMention]:
    """Unknown names in the country and division that most of their mentions have got."""
    votes: dict[str, Counter[tuple[str | None, str | None]]] = defaultdict(Counter)
    for mention in mentions:
        if mention.chosen is None and mention.country:
            votes[place_key(mention.name)][mention.country, mention.admin1] += 2 if mention.locative else 1
    agreed = []
    for mention in mentions:
        best = votes[place_key(mention.name)].most_common(1) if mention.chosen is None else []
        agreed.append(replace(mention, country=best[0][0][0], admin1=best[0][0][1]) if best else mention)
    return agreed


def _from_neighbours(
    mention: PlaceMention, mentions: Sequence[PlaceMention], countries: dict[str, float], reading: Reading,
    known: CountryWords,
) -> PlaceMention:
    country = mention.country or _likely_country(mention, mentions, countries, reading)
    admin1 = mention.admin1
    if admin1 is None and mention.chosen is None and mention.level != "area":
        votes = Counter(
            other.admin1 for other in mentions
            if other.admin1 and other.country == country and other.role in ("event", "speaker")
            and place_key(other.name) not in known.capitals  # reports name a capital for what is said there
        )  # fmt: skip
        best = votes.most_common(1)
        if best and best[0][1] * 2 >= sum(votes.values()):
            admin1 = best[0][0]
    return replace(mention, country=country, admin1=admin1)


# What the nearest place of its sentence adds to its country's share in the report: a report on one country that names a
# foreign town beside a village ("signed in Doha") leaves the village where it is.
_BESIDE = 0.3


def _likely_country(
    mention: PlaceMention, mentions: Sequence[PlaceMention], countries: dict[str, float], reading: Reading
) -> str | None:
    """The country of a name that the gazetteer lacks: that of the report, or of the place beside it."""
    shares = dict(countries)
    sentence = reading.sentence_of(mention.span).index
    for other in sorted(mentions, key=lambda other: abs(other.span.start - mention.span.start)):
        told = other.country and other.chosen and other.locative
        if told and reading.sentence_of(other.span).index == sentence:
            shares[other.country or ""] = shares.get(other.country or "", 0.0) + _BESIDE
            break
    return max(shares, key=lambda code: (shares[code], code), default=None)


