"""The grammar around a place's name: what says that something happens there, how near, and in what it lies."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from concordant.coding.placewords import PlaceWords
from concordant.reading.words import Reading, Span, fold

_WINDOW = 120  # characters before a name in which its grammar lies
_NUMBER = (
    r"(?:\d+(?:[.,]\d+)?|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|quinze|vingt|trente|quarante|cinquante|"
    r"une dizaine|une quinzaine|une vingtaine|une trentaine|une quarantaine|une cinquantaine|une centaine|quelques|"
    r"plusieurs|few|several|a|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|fifty)"
)
_COUNTED = {
    "une": 1, "un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10, "quinze": 15, "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "une dizaine": 10,
    "une quinzaine": 15, "une vingtaine": 20, "une trentaine": 30, "une quarantaine": 40, "une cinquantaine": 50,
    "une centaine": 100, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50,
}  # fmt: skip
_KM = r"(?P<unit>km|kms|kilometres?|kilometers?|miles?|metres?|meters?|m)\b"
_DIRECTIONS = {
    "nord-est": "northeast", "nord-ouest": "northwest", "sud-est": "southeast", "sud-ouest": "southwest",
    "nord": "north", "sud": "south", "est": "east", "ouest": "west", "northeast": "northeast",
    "northwest": "northwest", "southeast": "southeast", "southwest": "southwest", "north": "north",
    "south": "south", "east": "east", "west": "west",
}  # fmt: skip
_DIRECTION = "|".join(sorted(_DIRECTIONS, key=lambda word: -len(word)))
_OF = r"(?:de la|de l'|de|d'|du|des|of|from|the|la|le|les|l')"
_DISTANCE = re.compile(
    rf"(?P<number>{_NUMBER})(?: ?(?:de|d'))? ?{_KM}(?: environ)?"
    rf"(?: (?:a vol d'oiseau|a l'interieur|environ))?"
    rf"(?:,? (?:(?:au|a l'|a la|to the|in the|vers le)? ?(?P<bearing>{_DIRECTION})))?"
    rf"(?: ?{_OF})* ?$"
)
# "dans le nord de", "au nord-est du", "northern", "in the south of", "in central"
_PART = re.compile(
    rf"(?:(?:^|[\s(])(?P<prep>dans|au|a|vers|in|en)(?: (?:le|l'|the|la|partie|extreme|grand))* ?"
    rf"(?P<part>{_DIRECTION}|centre|center|interieur|(?:{_DIRECTION}|central|centr)(?:e?rn|al)?)"
    rf"(?: ?{_OF})* ?$)"
    rf"|(?:^|[\s,(])(?P<adjective>(?:north|south|east|west|northeast|northwest|southeast|southwest)ern|central) $"
)
_BETWEEN = re.compile(r"(?:^|\s)(?:entre|between)(?: (?:les?|la|the|villages?|localites?|towns?|villes?|de|of))* ?$")
_SECOND = re.compile(r"^ ?(?:et|and)(?: (?:celui|celle|la|le|les|the|de|d'|of))* ?$")
_AXIS = re.compile(
    r"(?:^|[\s'])(?:axe|axe routier|route nationale|route|troncon|highway|road|itineraire|tronçon)"
    r"(?: (?:routier|menant|reliant|allant|de|du|la|d'|from|linking|leading to|leads to|that leads to|to|nationale|"
    r"numero|qui relie|qui mene|a|between))* ?$"
)
_BORDER = re.compile(
    r"(?:frontieres?|border)(?: (?:avec|with|de|du|entre|between|of|commune))*(?: ?(?:le|la|les|l'|the))? ?$"
)
_STARTS = re.compile(r"^ ?(?:,|:|\(|-|$)")
_VICTIM = re.compile(
    r"^ ?(?:,[^,.]{0,60},)? ?(?:a|ont|avait|avaient|est|sont|etait|was|were|has been|have been|came|vient|viennent)"
    r" (?:de nouveau |encore |une fois de plus )?(?:ete |d'etre |been )?"
    r"(?:attaque|vise|pris|pille|brule|incendie|bombarde|frappe|la cible|le theatre|occupe|encercle|tombe|passe|"
    r"secoue|endeuille|attacked|hit|struck|captured|seized|bombed|shelled|raided|occupied|targeted|the scene|under)"
)
_REPORTED = re.compile(r"\b(?:reported|heard|came)(?: [a-z]+)?$")  # "clashes were reported from X"
# "X, une localité de", "X, village du", "X est située": what says of a name that it is a place.
_IS_PLACE = re.compile(
    r"^(?: ?[,(] ?| (?=(?:est|etait|is|was|sont|se) ))(?:(?:est|etait|is|was|sont|se) )?"
    r"(?:un |une |le |la |les |deux |trois |a |the |petite? |autre )*"
    r"(?:localite|village|ville|bourgade|bourg|agglomeration|hameau|quartier|chef-lieu|cite|commune|situee?s?|trouve a|"
    r"town|village|city|located|hamlet|suburb|a \d+ ?k)"
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the words around a name say of it; `start` is where its phrase begins."""

    start: int
    end: int
    noun_start: int  # where the noun that names its level begins, else the name's own start
    relation: str | None = None  # near, between; None: as the level has it
    locative: bool = False
    level: str | None = None  # said by a noun ("village de", "department")
    prep: str = ""
    distance_km: float | None = None
    bearing: str | None = None
    part: bool = False  # only a part of it: "le nord de", "northern"
    border: bool = False
    event: bool = False  # "l'attaque de X"
    took: bool = False  # "ont attaqué X"
    axis: bool = False
    told: bool = False  # "X, une localité de": the words after it say that it is a place


def read_setting(reading: Reading, name: Span, sentence_start: int, sentence_end: int, words: PlaceWords) -> Setting:
    """The grammar of one name in its sentence."""
    before = folded(reading.canvas)[max(sentence_start, name.start - _WINDOW) : name.start]
    after = folded(reading.canvas)[name.end : min(sentence_end, name.end + 90)]
    setting = Setting(name.start, name.end, name.start)
    setting, left = _nouns(setting, before, words)
    follows = words.after_noun.search(after)
    if follows and setting.level is None and reading.language == "en":
        setting = replace(setting, level=words.levels[follows["word"]], end=name.end + follows.end("word"))
    setting = _prepositions(setting, left, before, name, words)
    told = bool(_IS_PLACE.match(after))
    if not setting.locative and _VICTIM.match(after):
        setting = replace(setting, locative=True, took=True)
    return replace(setting, told=told)


_SEAT = re.compile(
    r"^(?:capitale|chef-lieu|metropole|capital)"
    r"(?: (?:regionale?|provinciale?|departementale?|economique|politique|city))? ?(?: of| du| de la| de l'| de| d'| des)"
)


def _nouns(setting: Setting, before: str, words: PlaceWords) -> tuple[Setting, str]:
    """The setting with the nouns before the name ("quartier de la ville de"), and the text before these."""
    left, origin = before, setting.start - len(before)
    while noun := words.before_noun.search(left):
        if _SEAT.search(left[noun.start("word") :]):
            break  # "capitale du X" is another place
        start = origin + noun.start("word")
        first = start if setting.level is None else setting.noun_start
        setting = replace(setting, level=setting.level or words.levels[noun["word"]], start=start, noun_start=first)
        left = left[: noun.start("word")]
    return setting, left


@lru_cache(maxsize=16)
def folded(text: str) -> str:
    """Folded text of the same length, so that offsets hold (a letter that folds to two keeps its first)."""
    if text.isascii():
        return text.lower().replace("\n", " ")
    return "".join(map(_letter, text)).replace("\n", " ")


@lru_cache(maxsize=4096)
def _letter(char: str) -> str:
    return (fold(char) or " ")[0]


def _prepositions(setting: Setting, left: str, before: str, name: Span, words: PlaceWords) -> Setting:
    """The setting with what the first matching preposition says; those that say most are tried first."""
    origin = name.start - len(before)
    for pattern, read in (
        (_DISTANCE, _distance), (_BORDER, _border), (_BETWEEN, _between), (_AXIS, _axis), (words.before_near, _near),
        (_PART, _part), (words.before_at, _at), (words.before_event, _event), (words.before_took, _took),
    ):  # fmt: skip
        found = pattern.search(left)
        if found:
            return read(setting, found, origin)
    return setting


def _distance(setting: Setting, found: re.Match[str], origin: int) -> Setting:
    return replace(
        setting, relation="near", locative=True, start=origin + found.start(), distance_km=_km(found),
        bearing=_DIRECTIONS.get(found["bearing"] or ""),
    )  # fmt: skip


def _border(setting: Setting, found: re.Match[str], origin: int) -> Setting:
    return replace(setting, relation="near", border=True, start=origin + found.start())


def _between(setting: Setting, found: re.Match[str], origin: int) -> Setting:
    return replace(setting, relation="between", locative=True, start=origin + found.start())


def _axis(setting: Setting, found: re.Match[str], origin: int) -> Setting:
    return replace(setting, relation="near", locative=True, axis=True, start=origin + found.start())


def _near(setting: Setting, found: re.Match[str], origin: int) -> Setting:
    return replace(setting, relation="near", locative=True, start=origin + found.start("word"))


def _part(setting: Setting, found: re.Match[str], origin: int) -> Setting:
    bearing = _DIRECTIONS.get((found["part"] or "").removesuffix("ern"))
    prep = found["prep"] or "in"
    return replace(setting, part=True, locative=True, start=origin + found.start(), bearing=bearing, prep=prep)


def _at(setting: Setting, found: re.Match[str], origin: int) -> Setting:
    word = found["word"]
    if word == "from" and _REPORTED.search(found.string[: found.start()]):
        return replace(setting, locative=True, start=origin + found.start("word"), prep="in")
    if word in ("from", "vers", "to", "toward", "towards"):
        return replace(setting, prep=word)
    if word == "dans" and found.end("word") + 1 >= found.end():
        word = "a"  # "dans Paris" is in the town, "dans le X" in an area
    return replace(setting, locative=True, start=origin + found.start("word"), prep=word)


def _event(setting: Setting, found: re.Match[str], origin: int) -> Setting:
    return replace(setting, locative=True, event=True, start=origin + found.start("word"))


def _took(setting: Setting, found: re.Match[str], origin: int) -> Setting:
    return replace(setting, locative=True, took=True)


def _km(found: re.Match[str]) -> float | None:
    number = found["number"].replace(",", ".")
    value = float(number) if re.fullmatch(r"[\d.]+", number) else _COUNTED.get(number)
    if value is None:
        return None
    unit = found["unit"]
    return value * 1.609 if unit.startswith("mile") else value / 1000 if unit[0] == "m" else float(value)


# What may stand between a name and the larger area it lies in: ", dans le territoire de", " (", ", ", " in ".
_LINK = re.compile(
    r"^ ?(?:\(|,|-|:)? ?(?:(?:et|est|etait|is|are) )?"
    r"(?:situee?s?|sise?s?|localisee?s?|located|relevant|dependant|relevant de|"
    r"une? (?:localite|village|ville|commune|agglomeration|entite|bourgade|quartier)|(?:localite|village|ville|commune|"
    r"agglomeration|quartier|chef-lieu|capitale|a town|a village|a city|capital))?"
    r",? ?(?:(?:dans|en|au|aux|a|de|du|d'|des|sur|in|of|on|at|under|from)(?: |(?<=')))?"
    r"(?:(?:le|la|les|l'|the|ce|cette|meme|extreme|province|partie|part)(?: |(?<=')))*"
    rf"(?:(?:{_DIRECTION}|centre|center|central|eastern|western|northern|southern|northeastern|northwestern|southeastern|"
    r"southwestern)(?: ?(?:of|de la|de l'|de|d'|du|des|the))* ?)?"
    r"(?P<noun>(?:[a-z-]+ ){0,4}?(?:de la |de l'|de |d'|du |des |of )?)$"
)


def links_up(between: str, words: PlaceWords) -> bool:
    """Whether the words between two names say that the first one lies in the second."""
    text = folded(between)
    if text.strip(" ") in ("", "et", "and", "ou", "or", "a", "to"):
        return text.strip() == "" and "(" in between
    found = _LINK.match(text)
    if not found:
        return False
    noun = found["noun"].strip()
    return not noun or any(re.search(rf"(?:^|\s|'){re.escape(word)}\b", noun) for word in words.levels)


def second_end(between: str) -> bool:
    """Whether the words between two names join them as the two ends of "entre A et B"."""
    return bool(_SECOND.match(folded(between)))


_LIST = re.compile(
    r" ?(?:,|et|and|,? ?ainsi que|ou|,? and|,? et|/|&)"
    r"(?: (?:a|au|aux|in|dans|en|de|d'|du|the|le|la|les|celui|ceux))* ?'?"
)


def is_list(between: str) -> bool:
    """Whether the words between two names only list them: "A, B et C", "A and the village of B"."""
    return bool(_LIST.fullmatch(folded(between)))
