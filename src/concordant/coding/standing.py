"""Standing: whether a happening is the report's news, an earlier event that it recalls, or none to be coded.

The evidence is a set of named features with values from 0 to 1; the weights are data (standing.tsv), fitted by
scripts/fit_standing.py on coded reports and readable as log-odds. No feature looks at a name, a nationality or a side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import exp
from typing import Literal

from concordant.codebook import Codebook
from concordant.coding.dating import DatedMention
from concordant.coding.discourse import Happening, acts_of, groups
from concordant.coding.frames import Frame
from concordant.coding.lexicon import PhraseBook
from concordant.coding.mentions import PlaceMention
from concordant.coding.placing import frame_place, same_place
from concordant.coding.scope import LoadedWord, loaded_words
from concordant.reading import Reading

Standing = Literal["main", "background", "none"]


@dataclass(frozen=True, slots=True)
class Context:
    """What the features of a happening are seen against: the whole report."""

    reading: Reading
    happenings: Sequence[Happening]
    days: Mapping[int, DatedMention | None]
    published: date | None
    codebook: Codebook
    loaded: Sequence[LoadedWord]  # the report's words of crime, accident and politics
    quoted: Sequence[bool]  # whether each token stands between quotation marks

    @classmethod
    def of(
        cls, reading: Reading, happenings: Sequence[Happening], days: Mapping[int, DatedMention | None],
        published: date | None, codebook: Codebook,
    ) -> Context:  # fmt: skip
        """The context of a report's happenings."""
        loaded = loaded_words(reading, codebook=codebook)
        return cls(reading, happenings, days, published, codebook, loaded, _quoted(reading))


def features(happening: Happening, context: Context) -> dict[str, float]:
    """The evidence on a happening's standing, each part from 0 to 1."""
    frames, reading = happening.frames, context.reading
    firm = [f for f in frames if f.force >= 2] or frames
    body = [f.sentence.index for f in frames if not f.sentence.in_title]
    titles = sum(s.in_title for s in reading.sentences)
    first = min(body, default=titles) - titles
    found = {
        "always": 1.0,
        "in title": float(any(f.sentence.in_title for f in frames)),
        "no title": float(titles == 0),
        "no capitals": float(reading.lower_cased),
        "first sentence": float(bool(body) and first == 0),
        "first three sentences": float(bool(body) and first <= 2),
        "late": min(1.0, first / max(1, len(reading.sentences) - titles)),
        "first told": float(happening is context.happenings[0]),
        "several passages": float(len(firm) >= 2),
        "many passages": float(len(firm) >= 4),
        "alone in the report": float(len(context.happenings) == 1),
        "share of passages": len(frames) / max(1, sum(len(h.frames) for h in context.happenings)),
    }
    found |= _genre(context)
    found |= _telling(firm, context)
    found |= _timing(happening, context)
    found |= _placing(frames)
    found |= _title(frames, context)
    found |= _grammar(firm, context)
    found |= _beside_the_lead(happening, context)
    return found


def _title(frames: Sequence[Frame], context: Context) -> dict[str, float]:
    """How the title speaks of a happening: as its topic ("Attentat de X : le maire salue …") or as its news."""
    reading = context.reading
    colon = next((t.i for t in reading.tokens if t.text == ":" and reading.sentences[t.sentence].in_title), None)
    titled = [t for f in frames if f.sentence.in_title for t in f.triggers if t.strength >= 2]
    if colon is None or not titled:
        return {}
    told = [t for h in context.happenings for f in h.frames if f.sentence.in_title for t in f.triggers if t.strength >= 2]
    behind = any(t.first > colon for t in told)
    return {
        "topic of the title": float(not behind),
        "topic of the title, told on behind it": float(behind and any(t.first < colon for t in titled)),
        "news of the title": float(any(t.first > colon for t in titled)),
    }


_MAIN_CLAUSE = ("ROOT", "root")
_UNDER = ("acl", "acl:relcl", "relcl", "advcl", "ccomp")


def _grammar(frames: Sequence[Frame], context: Context) -> dict[str, float]:
    """Where in the grammar of their sentences the words stand that tell of a happening."""
    tokens, quoted = context.reading.tokens, context.quoted
    triggers = [t for f in frames for t in f.triggers if t.strength >= 2]
    verbs = [tokens[t.first] for t in triggers if not t.noun]
    nouns = [t for t in triggers if t.noun]
    return {
        "main verb": float(any(t.dep in _MAIN_CLAUSE for t in verbs)),
        "only under other verbs": float(bool(verbs) and not nouns and all(t.dep in _UNDER for t in verbs)),
        "a noun with its article (une attaque)": float(any(t.definiteness == "indefinite" and not t.plural for t in nouns)),
        "only definite nouns": float(bool(nouns) and not verbs and all(t.definiteness == "definite" for t in nouns)),
        "subject of its sentence": float(any(tokens[t.first].dep.startswith("nsubj") for t in nouns)),
        "embedded": _share(frames, lambda f: "embedded" in f.cues),
        "only in quotes": float(bool(triggers) and all(quoted[t.first] for t in triggers)),
    }


def _quoted(reading: Reading) -> list[bool]:
    """Whether each token stands between quotation marks."""
    found, inside, paragraph = [], False, -1
    for token in reading.tokens:
        if reading.sentences[token.sentence].paragraph != paragraph:
            inside, paragraph = False, reading.sentences[token.sentence].paragraph
        if token.text == '"':
            inside = not inside
        found.append(inside)
    return found


def _beside_the_lead(happening: Happening, context: Context) -> dict[str, float]:
    """How a happening lies to the one that the report told first, and to what the title tells."""
    lead = context.happenings[0]
    table = groups(context.codebook)
    acts = {table[a] for f in happening.frames for a in acts_of(f)}
    title = {table[a] for h in context.happenings for f in h.frames if f.sentence.in_title for a in acts_of(f)}
    found = {
        "title tells such acts": float(bool(acts & title)),
        "title tells other acts": float(bool(title) and not acts & title),
        "few in the report": 1.0 / len(context.happenings),
    }
    if happening is lead:
        return found
    mine, theirs = _first_day(happening, context), _first_day(lead, context)
    if mine and theirs:
        found["same day as the lead"] = float(abs((mine - theirs).days) <= 1)
        found["before the lead"] = float((theirs - mine).days > 1)
        found["after the lead"] = float((mine - theirs).days > 1)
    here, there = _first_place(happening), _first_place(lead)
    if here is not None and there is not None:
        found["abroad from the lead"] = float(bool(here.country and there.country and here.country != there.country))
        found["another place than the lead"] = float(same_place(here, there) == "other")
    return found


def _first_day(happening: Happening, context: Context) -> date | None:
    return next((d.start for f in happening.frames if (d := context.days.get(f.index)) is not None), None)


def _first_place(happening: Happening) -> PlaceMention | None:
    return next((p for f in happening.frames if (p := frame_place(f)) is not None), None)


@lru_cache(maxsize=8)
def _genres(codebook: Codebook, language: str) -> PhraseBook:
    return PhraseBook(codebook.table(f"{language}/genres"))


def _genre(context: Context) -> dict[str, float]:
    """What sort of report the title and the first sentence say this is."""
    reading, book = context.reading, _genres(context.codebook, context.reading.language)
    heads = [s for s in reading.sentences if s.in_title] + [s for s in reading.sentences if not s.in_title][:1]
    found: dict[str, float] = {}
    for sentence in heads:
        for at in range(sentence.first, sentence.last):
            match = book.longest(reading, at)
            if match is not None:
                found[f"genre {match.row['genre']}, {'title' if sentence.in_title else 'lead'}"] = 1.0
    return found


def _share(frames: Sequence[Frame], test: object) -> float:
    assert callable(test)
    return sum(1.0 for f in frames if test(f)) / max(1, len(frames))


def _telling(frames: Sequence[Frame], context: Context) -> dict[str, float]:
    triggers = [t for f in frames for t in f.triggers if t.strength >= 2]
    tolls = [t for f in frames for t in f.tolls]
    table = groups(context.codebook)
    told = {table[a] for f in frames for a in acts_of(f)}
    return {
        "strong trigger": float(any(t.strength == 3 for t in triggers)),
        "finite verb": float(any(not t.noun for t in triggers)),
        "only plural nouns": float(bool(triggers) and all(t.noun and t.plural for t in triggers)),
        "only bare or plural": float(
            bool(triggers) and all(t.noun and (t.plural or t.definiteness == "bare") for t in triggers)
        ),
        "toll": float(bool(tolls)),
        "toll counted": float(any(t.quantity.best is not None for t in tolls)),
        "only cumulative tolls": float(bool(tolls) and all(t.cumulative for t in tolls)),
        "named dead only": float(bool(tolls) and all(t.by_name for t in tolls)),
        "pluperfect": _share(frames, lambda f: any(t.pluperfect for t in f.triggers)),
        "recall cue": _share(frames, lambda f: "recall" in f.cues),
        "other cue": _share(frames, lambda f: "other" in f.cues),
        "generic cue": _share(frames, lambda f: "generic" in f.cues),
        "anaphor cue": _share(frames, lambda f: "anaphor" in f.cues),
        "cut off": _share(frames, lambda f: f.part > 0),
        "mood": _share(frames, lambda f: f.mood not in (None, "hedged")),
        "hedged": _share(frames, lambda f: f.mood == "hedged"),
        "parties": min(1.0, len({p.type for f in frames for p in f.parties}) / 2),
        **{f"acts {group}": float(group in told) for group in sorted(set(table.values()))},
    }


def _timing(happening: Happening, context: Context) -> dict[str, float]:
    days = [d for f in happening.frames if (d := context.days.get(f.index)) is not None]
    others = [d for h in context.happenings[:1] for f in h.frames if (d := context.days.get(f.index)) is not None]
    reference = context.published or max((d.end for d in others), default=None)
    found = {"dated": float(bool(days)), "dated to the day": float(any(d.start == d.end for d in days))}
    since = [m for f in happening.frames for m in f.dates if m.open_end or m.duration or m.recurrent]
    found["open or recurrent date"] = float(bool(since))
    found["weekday only"] = float(any(m.weekday is not None for f in happening.frames for m in f.dates))
    if days and reference is not None:
        age = min((reference - d.end).days for d in days)
        found["within two days"] = float(-1 <= age <= 2)
        found["within a week"] = float(-1 <= age <= 7)
        found["within a month"] = float(7 < age <= 31)
        found["within a year"] = float(31 < age <= 366)
        found["older than a year"] = float(age > 366)
        found["in the future"] = float(age < -1)
    return found


def _placing(frames: Sequence[Frame]) -> dict[str, float]:
    places = [p for f in frames if (p := frame_place(f)) is not None]
    return {
        "placed": float(bool(places)),
        "placed exactly": float(any(p.level not in ("country", "admin1", "area") for p in places)),
        "only a country": float(bool(places) and all(p.level == "country" for p in places)),
    }


@lru_cache(maxsize=8)
def _weights(codebook: Codebook) -> dict[str, tuple[float, float]]:
    return {
        row["feature"]: (row.number("main") or 0.0, row.number("background") or 0.0)
        for row in codebook.table("standing")
    }


def chances(found: Mapping[str, float], *, codebook: Codebook) -> dict[Standing, float]:
    """The probability of each standing, from the features and the weights."""
    table = _weights(codebook)
    main = sum(value * table[name][0] for name, value in found.items() if name in table)
    back = sum(value * table[name][1] for name, value in found.items() if name in table)
    top = max(0.0, main, back)
    weights = {"main": exp(main - top), "background": exp(back - top), "none": exp(-top)}
    total = sum(weights.values())
    return {
        "main": weights["main"] / total,
        "background": weights["background"] / total,
        "none": weights["none"] / total,
    }


# Where "none" is the likeliest by little, coding finds more than it invents; and news is likelier taken for what is
# recalled than the other way round. Read off 1,002 reports, each judged by weights fitted on others (docs/figures.md).
_CODED = 0.45  # chance of being main or background from which a happening is coded
_WHOLE = 0.38  # the same where day, exact place and toll are all told of it
_NEWS = 0.36  # chance of being main from which it may be main,
_AGAINST = 0.6  # where that is this many times the chance of being background


def standing_of(odds: Mapping[Standing, float], *, whole: bool) -> Standing:
    """The standing that a happening is coded with, from the chances of each; `whole`: its day, place and toll are told."""
    if odds["main"] + odds["background"] < (_WHOLE if whole else _CODED):
        return "none"
    return "main" if odds["main"] >= max(_NEWS, _AGAINST * odds["background"]) else "background"
