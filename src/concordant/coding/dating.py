"""Dating: which of a report's time expressions tell when a happening was.

Every expression in a frame is a candidate with named features (what it hangs on, how exact it is, where it stands);
their weights are data (dating.tsv), fitted by scripts/fit_dating.py. "None" is a candidate too: a report that only says
on which day somebody spoke does not say when the happening was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache

from concordant.codebook import Codebook
from concordant.coding import calendar
from concordant.coding.datehanging import Hanging, Kind, governors, hanging, told_tokens
from concordant.coding.frames import Frame
from concordant.coding.mentions import DateMention, DatePrecision
from concordant.reading import Reading, Span

_FAR = 40  # characters between a date and a trigger at which nearness counts half
_SPEECH = ("follows speech", "opens the clause speech")
_OF = frozenset(("de", "d'", "du", "des", "of"))
_NAMED = 5  # tokens behind "au lendemain de" in which the event that it counts from is named


@dataclass(frozen=True, slots=True)
class DatedMention:
    """A time expression with the days that it means in this report; no days where the report does not tell them."""

    mention: DateMention
    start: date
    end: date
    score: float
    inherited: bool = False  # told of another happening, in whose time the report still is
    note: str | None = None  # how the days follow from the words where they do not say them
    time_of_day: str | None = None

    @property
    def precision(self) -> DatePrecision:
        """How exact the days are, as far as they go beyond or below what the words alone say."""
        said = self.mention.precision
        if self.start == self.end:
            return "day" if said in ("night", "days") else said
        return "days" if said == "day" else said


@dataclass(frozen=True, slots=True)
class Candidate:
    """A time expression that may date a frame, the days that it means there, and what speaks for it."""

    mention: DateMention
    days: tuple[date, date] | None
    features: Mapping[str, float]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class FrameDays:
    """The days of each frame by its index, and the candidates among which they were chosen."""

    best: dict[int, DatedMention | None] = field(default_factory=dict)
    candidates: dict[int, tuple[Candidate, ...]] = field(default_factory=dict)

    def known(self) -> dict[int, DatedMention | None]:
        """The days of each frame, for those without any the day on which somebody spoke of it: it is no older news."""
        return {n: best or _spoken(self.candidates.get(n, ())) for n, best in self.best.items()}

    def says(self, frame: Frame) -> bool:
        """Whether a frame says when something was, and not only when somebody spoke of it or how many hours it took."""
        return any(not any(name in c.features for name in (*_SPEECH, "hours")) for c in self.candidates.get(frame.index, ()))


def _spoken(candidates: Sequence[Candidate]) -> DatedMention | None:
    said = (c for c in candidates if c.days is not None and c.features.keys() & set(_SPEECH))
    return next((DatedMention(c.mention, *c.days, score=0.0) for c in said if c.days is not None), None)


def usable(mention: DateMention) -> bool:
    """Whether a time expression can tell when something happened."""
    closed = not (mention.duration or mention.recurrent or mention.future or mention.open_start)
    return closed and mention.anchor != "clock"


def undated(frame: Frame) -> bool:
    """Whether a frame says on which day something was, and the report does not tell which day that is ("lundi")."""
    said = [
        m
        for m in frame.dates
        if usable(m) and not m.open_end and m.anchor != "narrative" and m.precision in ("day", "night", "days")
    ]
    return bool(said) and all(m.start is None for m in said)


@lru_cache(maxsize=8)
def dating_weights(codebook: Codebook) -> dict[str, float]:
    return {row["feature"]: row.number("weight") or 0.0 for row in codebook.table("dating")}


def score(features: Mapping[str, float], table: Mapping[str, float]) -> float:
    return sum(value * table.get(name, 0.0) for name, value in features.items())


@dataclass(frozen=True, slots=True)
class _View:
    """What the candidates of all frames of a report are seen against."""

    reading: Reading
    told: frozenset[int]
    others: Mapping[int, Kind]
    dates: frozenset[int]
    published: date | None


def frame_days(
    reading: Reading, frames: Sequence[Frame], *, published: date | None, codebook: Codebook
) -> FrameDays:  # fmt: skip
    """The days of each frame: what its own words give, narrative dates counted from the frames before."""
    table = dating_weights(codebook)
    spans = [t.span for f in frames for t in f.triggers if t.strength >= 2] + [t.trigger for f in frames for t in f.tolls]
    dates = told_tokens(reading, [m.span for f in frames for m in f.dates])
    view = _View(reading, told_tokens(reading, spans), governors(reading, codebook=codebook), dates, published)
    found = FrameDays()
    anchor: DatedMention | None = None
    for frame in frames:
        turned = _turned(frame, frames, found.best)
        own = () if turned else tuple(_candidates(view, frame, anchor))
        dated = turned or best_of(own, table)
        found.candidates[frame.index] = (_as_candidate(turned),) if turned else own
        found.best[frame.index] = dated
        if dated is not None and not frame.sentence.in_title and frame.force >= 2 and "recall" not in frame.cues:
            anchor = anchor if anchor is not None and dated.end < anchor.start else dated
    return found


def best_of(candidates: Sequence[Candidate], table: Mapping[str, float]) -> DatedMention | None:
    """The best candidate, None where none is as good as no date or the best one has no days."""
    scored = [(score(c.features, table), -n, c) for n, c in enumerate(candidates)]
    top = max(scored, key=lambda s: s[:2], default=None)
    if top is None or top[0] < table.get("no date", 0.0) or top[2].days is None:
        return None
    return DatedMention(top[2].mention, *top[2].days, score=top[0], note=top[2].note)


def _as_candidate(dated: DatedMention) -> Candidate:
    return Candidate(dated.mention, (dated.start, dated.end), {"counted back": 1.0}, _note(dated.mention, None))


def _candidates(view: _View, frame: Frame, anchor: DatedMention | None) -> list[Candidate]:
    found = []
    for mention in frame.dates:
        if not usable(mention):
            continue
        if mention.anchor == "narrative":
            days = _narrative_days(view, frame, mention, anchor)
            if days is None:
                continue
        else:
            days = _days(mention, view.published)
        found.append(Candidate(mention, days, _features(view, frame, mention, days), _note(mention, days)))
    return found


def _note(mention: DateMention, days: tuple[date, date] | None) -> str | None:
    """What a reader must know of how the days follow from the words."""
    if mention.anchor == "narrative":
        return "counted from another day of the report"
    if mention.vague_year:
        return "in the year of the date told before it"
    if days is not None and mention.open_end and days[1] != mention.end:
        return "going on when the report came out"
    if days is not None and days[0] != days[1] and mention.precision == "day":
        return "one of several days: weekday, date and publication leave more than one"
    return None


def _narrative_days(
    view: _View, frame: Frame, mention: DateMention, anchor: DatedMention | None
) -> tuple[date, date] | None:  # fmt: skip
    """The days of a narrative date, or of the event that it counts from ("… mercredi, au lendemain du coup d'Etat")."""
    base = _in_sentence(frame, mention)
    if not _counts_from_its_own(view.reading, frame, mention):
        base = base or anchor
        return shifted(mention, (base.start, base.end)) if base is not None else None
    following = view.reading.range_of(mention.span)[1]
    named = any(at in view.told for at in range(following, following + _NAMED))
    return shifted(_reversed(mention), (base.start, base.end)) if base is not None and named else None


def _days(mention: DateMention, published: date | None) -> tuple[date, date] | None:
    """The days of an expression that stands by itself; "since" reaches to the publication."""
    if mention.start is None or mention.end is None:
        return None
    if mention.open_end and published is not None and published >= mention.end:
        return mention.start, published
    return mention.start, mention.end


def _in_sentence(frame: Frame, mention: DateMention) -> DatedMention | None:
    """The full date before a narrative one in the same frame: "8 janvier 2011 : deux hommes, enlevés la veille, …"."""
    before = [m for m in frame.dates if m.span.end <= mention.span.start and m.start and m.precision in ("day", "night")]
    if not before or before[-1].start is None or before[-1].end is None:
        return None
    return DatedMention(before[-1], before[-1].start, before[-1].end, 0.0)


def shifted(mention: DateMention, base: tuple[date, date]) -> tuple[date, date] | None:
    """The days of a narrative date, counted from those of another happening."""
    if mention.offset_months is not None:
        start, end = (calendar.months_before(day, -mention.offset_months) for day in base)
        if mention.precision == "year":
            return date(start.year, 1, 1), date(end.year, 12, 31)
        return calendar.month_span(start.year, start.month)[0], calendar.month_span(end.year, end.month)[1]
    if mention.offset_days is None:
        return None
    return base[0] + timedelta(days=mention.offset_days[0]), base[1] + timedelta(days=mention.offset_days[1])


def _counts_from_its_own(reading: Reading, frame: Frame, mention: DateMention) -> bool:
    """Whether the event that a narrative date counts from is named right behind it ("deux jours après la libération")."""
    following = reading.range_of(mention.span)[1]
    if following >= len(reading.tokens) or mention.span.end >= frame.span.end:
        return mention.span.end >= frame.span.end and reading.canvas[frame.span.end - 1] not in ".!?"
    if mention.offset_days == (0, 0):
        return False
    token = reading.tokens[following]
    if any(word in reading.words(mention.span).lower() for word in ("veille", "lendemain")):
        return token.fold in _OF
    return token.fold in _OF or token.pos in ("DET", "NOUN", "PROPN")


def _turned(frame: Frame, frames: Sequence[Frame], found: Mapping[int, DatedMention | None]) -> DatedMention | None:
    """The days of a stretch that the one before counts from: "… survient deux jours après la libération …"."""
    if frame.part == 0 or frame.index == 0:
        return None
    before = found.get(frame.index - 1)
    if before is None:
        before = next((d for n in sorted(found) if (d := found[n]) is not None), None)
    if before is None:
        return None
    for mention in (*frames[frame.index - 1].dates, *frame.dates):
        reaches = mention.span.end >= frame.span.start - 1 and mention.span.start <= frame.span.start + 3
        if mention.anchor == "narrative" and usable(mention) and reaches:
            days = shifted(_reversed(mention), (before.start, before.end))
            return DatedMention(mention, *days, score=3.0) if days else None
    return None


def _reversed(mention: DateMention) -> DateMention:
    low, high = mention.offset_days or (0, 0)
    months = mention.offset_months
    return replace(
        mention, offset_days=(-high, -low) if mention.offset_days else None, offset_months=-months if months else None
    )


def _features(view: _View, frame: Frame, mention: DateMention, days: tuple[date, date] | None) -> dict[str, float]:
    """What speaks for and against a time expression as the date of a frame, each part from 0 to 1."""
    hangs = hanging(view.reading, mention, view.told, view.others, view.dates)
    firm = [t.span for t in frame.triggers if t.strength >= 2] + [t.trigger for t in frame.tolls]
    gap = min((_gap(mention.span, at) for at in firm), default=200)
    found = {
        f"precision {mention.precision}": 1.0,
        "near": 1.0 / (1.0 + gap / _FAR),
        "unresolved": float(days is None),
        "narrative": float(mention.anchor == "narrative"),
        "since": float(mention.open_end),
        "no trigger": float(not firm),
        "in title": float(frame.sentence.in_title),
        "recalled": float("recall" in frame.cues),
        "lead": float(not frame.sentence.in_title and frame.sentence.paragraph <= 1),
        "year not its own": float(mention.vague_year),
        "today": float(_is_today(view.reading, mention)),
        "here and now, quoted": float(_deictic(view.reading, mention) and _quoted(view.reading, mention)),
        "hours": float(mention.offset_days is not None and mention.precision == "day" and _in_hours(view.reading, mention)),
    }
    found |= _hanging_features(view.reading, hangs, mention)
    found["announces it"] = float(hangs.kind == "speech" and _announced(view, frame, mention))
    if mention.anchor == "narrative" and _counts_from_its_own(view.reading, frame, mention):
        found["named behind the date"] = 1.0
    if days is not None and view.published is not None:
        found["old"] = float((view.published - days[1]).days > 60)
    return {name: value for name, value in found.items() if value}


def _hanging_features(reading: Reading, hangs: Hanging, mention: DateMention) -> dict[str, float]:
    side = "opens the clause" if hangs.fronted else "follows"
    found = {f"{side} {hangs.kind}": 1.0, f"parsed {hangs.parsed}": 1.0}
    if hangs.kind in ("speech", "aside", "verb"):
        found[f"{hangs.kind}, next to it"] = float(hangs.distance <= 2)
        found[f"{hangs.kind}, far"] = float(hangs.distance > 6)
    if hangs.kind == "speech" and hangs.parsed == "speech":
        found["speech, both"] = 1.0
    if hangs.kind == "told" and hangs.distance <= 1:
        found["told, next to it"] = 1.0
    if hangs.kind == "told" and hangs.comma:
        found["told, behind a comma"] = 1.0
    return found


# What is announced as done, by those who did it, on the day that it is done.
_ANNOUNCED = ("release", "agreement", "arrest", "coup", "capture")


def _announced(view: _View, frame: Frame, mention: DateMention) -> bool:
    """Whether what is announced that day stands right behind the day ("a annoncé jeudi la libération de …")."""
    following = view.reading.range_of(mention.span)[1]
    return any(t.noun and t.act in _ANNOUNCED and 0 <= t.first - following <= 2 for t in frame.triggers)


def _is_today(reading: Reading, mention: DateMention) -> bool:
    words = reading.words(mention.span).lower()
    return words in ("aujourd'hui", "today", "ce jour")


_DEICTIC = ("hier", "cet ", "ce matin", "ce soir", "cette nuit", "yesterday", "this ", "tonight", "last night")


def _deictic(reading: Reading, mention: DateMention) -> bool:
    return any(word in reading.words(mention.span).lower() for word in _DEICTIC)


def _quoted(reading: Reading, mention: DateMention) -> bool:
    """Whether a date stands between quotation marks: "hier" is then a day before the speaker's, not the report's."""
    line = reading.canvas.rfind("\n", 0, mention.span.start) + 1
    return reading.canvas.count('"', line, mention.span.start) % 2 == 1


def _in_hours(reading: Reading, mention: DateMention) -> bool:
    return any(word in reading.words(mention.span).lower() for word in ("heure", "hour", "minute"))


def _gap(a: Span, b: Span) -> int:
    return max(0, b.start - a.end, a.start - b.end)
