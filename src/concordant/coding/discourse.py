"""Discourse: which frames tell of the same happening.

Frames are taken in the order of the report. Each is held against the happenings told so far; it joins the one with
which it agrees best, or begins a new one. The agreement is a sum of named parts with weights from a table, so that
each join can be explained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from concordant.codebook import Codebook
from concordant.coding.dating import DatedMention, undated, usable
from concordant.coding.frames import Frame
from concordant.coding.mentions import PlaceMention, TollMention
from concordant.coding.placing import frame_place, same_place
from concordant.reading import Reading

# An outcome as the act that it amounts to.
_OUTCOME_ACT = {
    "killed": "kill", "wounded": "wound", "missing": "kill", "abducted": "abduct", "released": "release",
    "arrested": "arrest", "captured": "capture", "displaced": "violence", "casualties": "violence",
}  # fmt: skip
# Dates too wide to be the same as a day that the report names but does not date.
_EXACT = ("settlement", "unknown", "quarter")
_OPENING = 2  # tokens before a place that opens its sentence ("à", "dans la")
_VAGUE = ("month", "season", "year", "years")
# Groups of acts that go together in one happening though they differ (harm goes with all but agreements).
_TOGETHER = {
    frozenset(pair)
    for pair in (
        ("assault", "remote"), ("assault", "property"), ("assault", "abduction"), ("harm", "assault"),
        ("harm", "remote"), ("harm", "abduction"), ("harm", "unrest"), ("harm", "property"), ("unrest", "property"),
        ("unrest", "arrest"), ("remote", "property"), ("politics", "arrest"),
    )
}  # fmt: skip


@dataclass(slots=True)
class Happening:
    """Frames that tell of one happening, in order."""

    frames: list[Frame] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    @property
    def tolls(self) -> list[TollMention]:
        return [toll for frame in self.frames for toll in frame.tolls]

    @property
    def own_tolls(self) -> list[TollMention]:
        """The tolls without those of passages that look back, where others tell of the happening."""
        told = [toll for frame in self.frames if "recall" not in frame.cues for toll in frame.tolls]
        return told or self.tolls


@lru_cache(maxsize=8)
def weights(codebook: Codebook, table: str) -> dict[str, float]:
    """The weights of a table by part ("part", "weight")."""
    return {row["part"]: row.number("weight") or 0.0 for row in codebook.table(table)}


@lru_cache(maxsize=8)
def groups(codebook: Codebook) -> dict[str, str]:
    """The group of each act."""
    return {row["act"]: row["group"] for row in codebook.table("acts")}


def acts_of(frame: Frame) -> list[str]:
    """What a frame says is done, its firm triggers first, then the outcomes of its tolls."""
    return [t.act for t in frame.triggers if t.strength >= 2] + [_OUTCOME_ACT[t.outcome] for t in frame.tolls]


def gather(
    reading: Reading, frames: Sequence[Frame], days: dict[int, DatedMention | None], *, codebook: Codebook
) -> list[Happening]:
    """Bring the frames that tell of something together into happenings, in the order of their first frames."""
    table = weights(codebook, "joining")
    told: list[Happening] = []
    for frame in frames:
        if frame.force < 2 and not _carries(frame):
            continue
        scored = [
            (_score(_parts(reading, frame, happening, told, days, codebook), table), n)
            for n, happening in enumerate(told)
        ]
        best = max(scored, default=(float("-inf"), -1))
        if told and frame.force < 2:
            # A frame that only adds a date or a place to what was told before; alone it tells of nothing.
            if best[0] > 0:
                told[best[1]].frames.append(frame)
        elif best[0] > table["new"]:
            told[best[1]].frames.append(frame)
        elif frame.force >= 2:
            told.append(Happening([frame]))
    return _absorb(told, days, codebook)


_APART = frozenset(("other", "recall", "generic", "embedded"))  # cues of passages that speak of something else


def _absorb(told: list[Happening], days: dict[int, DatedMention | None], codebook: Codebook) -> list[Happening]:
    """The happenings, those without day, place or cue of their own taken into the one told before that they may add to.

    "Nous avons vingt morts", said two sentences on: words that set no scene go on in the one that is set.
    """
    kept: list[Happening] = []
    for happening in told:
        home = next((h for h in reversed(kept) if _may_add(happening, h, codebook)), None)
        if home is not None and _sceneless(happening, days):
            home.frames = sorted((*home.frames, *happening.frames), key=lambda f: f.index)
        else:
            kept.append(happening)
    return kept


def _sceneless(happening: Happening, days: dict[int, DatedMention | None]) -> bool:
    return not any(
        f.sentence.in_title or days.get(f.index) or frame_place(f) or f.cues & _APART or _recalled(f) or f.dates
        for f in happening.frames
    )


def _may_add(adding: Happening, home: Happening, codebook: Codebook) -> bool:
    """Whether acts and tolls of a happening without a scene of its own can be another's."""
    table = groups(codebook)
    mine = {table[a] for f in adding.frames for a in acts_of(f)}
    theirs = {table[a] for f in home.frames for a in acts_of(f)}
    together = mine & theirs or any(frozenset((a, b)) in _TOGETHER for a in mine for b in theirs)
    return bool(together) and not any("other toll" in _toll_parts(f, home) for f in adding.frames)


def _carries(frame: Frame) -> bool:
    """Whether a frame without firm triggers still speaks of what was told before it ("Les faits se sont produits …")."""
    exact = any(p.role == "event" and p.locative and p.level in _EXACT for p in frame.places)
    return ("anaphor" in frame.cues and bool(frame.dates or frame.places)) or (exact and bool(frame.parties))


def _score(parts: dict[str, float], table: dict[str, float]) -> float:
    return sum(value * table[name] for name, value in parts.items())


def _parts(
    reading: Reading, frame: Frame, happening: Happening, told: list[Happening], days: dict[int, DatedMention | None],
    codebook: Codebook,
) -> dict[str, float]:  # fmt: skip
    """The parts of the agreement between a frame and a happening, each 0 or 1 (or a share)."""
    last = happening.frames[-1]
    parts: dict[str, float] = {}
    parts |= _date_parts(frame, happening, days)
    parts |= _place_parts(reading, frame, happening)
    parts |= _act_parts(frame, happening, codebook)
    parts |= _toll_parts(frame, happening)
    first_of_report = happening is told[0]
    parts["first told"] = float(first_of_report)
    parts["latest told"] = float(happening is max(told, key=lambda h: h.frames[-1].index))
    parts["same sentence"] = float(last.sentence.index == frame.sentence.index)
    parts["next sentence"] = float(frame.sentence.index - last.sentence.index == 1)
    parts["same paragraph"] = float(frame.sentence.paragraph == last.sentence.paragraph)
    parts["lead of the title"] = float(
        happening.frames[0].sentence.in_title and frame.sentence.paragraph <= 1 and frame.sentence.index <= 2
    )
    parts["other"] = float("other" in frame.cues)
    parts["cut off"] = float(frame.part > 0 and last.sentence.index == frame.sentence.index)
    parts["recalled"] = float(_recalled(frame) and not any(map(_recalled, happening.frames)))
    parts["recalled alike"] = float(_recalled(frame) and _recalled(last))
    parts["anaphor"] = float("anaphor" in frame.cues and "other" not in frame.cues)
    parts["shared party"] = float(_shares_party(frame, happening))
    return parts


def _recalled(frame: Frame) -> bool:
    return "recall" in frame.cues or any(t.pluperfect for t in frame.triggers)


def _date_parts(frame: Frame, happening: Happening, days: dict[int, DatedMention | None]) -> dict[str, float]:
    mine = days.get(frame.index)
    theirs = [d for f in happening.frames if (d := days.get(f.index)) is not None]
    said, told = _day_said([frame]), _day_said(happening.frames)
    if mine is None and said and told:  # a report without a year: "on 8 November … on 9 November"
        return {"same date" if said & told else "other date": 1.0}
    if mine is None:
        vague = bool(theirs) and undated(frame) and all(d.mention.precision in _VAGUE for d in theirs)
        return {"other date": 1.0} if vague else {}
    if not theirs:
        vague = mine.mention.precision in _VAGUE and any(map(undated, happening.frames))
        if vague:
            return {"other date": 1.0}
        if mine.mention.anchor == "absolute" and not mine.mention.vague_year and any(map(_of_late, happening.frames)):
            return {"other date": 1.0}
        # Where the passages before only say when somebody spoke, a day of its own is no sign of another happening.
        spoken = any(usable(m) for f in happening.frames for m in f.dates)
        return {"date told at last" if spoken else "date only here": 1.0}
    if any((d.start, d.end) == (mine.start, mine.end) for d in theirs):
        return {"same date": 1.0}
    if any(_overlap((d.start, d.end), (mine.start, mine.end)) for d in theirs):
        return {"dates overlap": 1.0}
    return {"other date": 1.0}


def _of_late(frame: Frame) -> bool:
    """Whether a passage tells its day by that of a publication which is not known ("this morning", "yesterday")."""
    return any(m.anchor == "publication" and m.start is None and m.weekday is None and usable(m) for m in frame.dates)


def _day_said(frames: Sequence[Frame]) -> set[tuple[int, int]]:
    """The days of a month that passages name, of which nothing tells the year."""
    return {(m.month, m.day) for f in frames for m in f.dates if m.start is None and m.month and m.day and usable(m)}


def _overlap(a: tuple[date, date], b: tuple[date, date]) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def _opens(reading: Reading, frame: Frame, place: PlaceMention) -> bool:
    """Whether a place opens the sentence of a frame, its preposition before it."""
    first = frame.sentence.first
    return frame.part == 0 and reading.token_at(place.span.start) - first <= _OPENING


def _place_parts(reading: Reading, frame: Frame, happening: Happening) -> dict[str, float]:
    mine = frame_place(frame)
    theirs = [p for f in happening.frames if (p := frame_place(f)) is not None]
    if mine is None or not theirs:
        return {}
    if mine.level in _EXACT and _opens(reading, frame, mine):
        # "A Lormac, …; à Vasselin, …": a town that opens its sentence is where this is, whatever country was named before.
        theirs = [place for place in theirs if place.level in _EXACT] or theirs
    verdicts = [same_place(mine, place) for place in theirs]
    if "same" in verdicts:
        return {"same place": 1.0}
    if "within" in verdicts and not _elsewhere(mine, theirs):
        return {"place within": 1.0}
    return {"other country": 1.0} if _abroad(mine, theirs) else {"other place": 1.0}


def _elsewhere(mine: PlaceMention, theirs: Sequence[PlaceMention]) -> bool:
    """Whether a town is none of those that a happening is in, though it lies in a country or province told of it as well."""
    exact = [place for place in theirs if place.level in _EXACT]
    return mine.level in _EXACT and mine.locative and bool(exact) and all(same_place(mine, p) == "other" for p in exact)


def _abroad(mine: PlaceMention, theirs: Sequence[PlaceMention]) -> bool:
    return bool(mine.country) and all(place.country and place.country != mine.country for place in theirs)


def _act_parts(frame: Frame, happening: Happening, codebook: Codebook) -> dict[str, float]:
    table = groups(codebook)
    mine = {table[a] for a in acts_of(frame)}
    theirs = {table[a] for f in happening.frames for a in acts_of(f)}
    if not mine or not theirs:
        return {}
    if mine & theirs:
        return {"same acts": 1.0}
    if any(frozenset((a, b)) in _TOGETHER for a in mine for b in theirs):
        return {"acts go together": 1.0}
    return {"other acts": 1.0}


def _toll_parts(frame: Frame, happening: Happening) -> dict[str, float]:
    parts: dict[str, float] = {}
    theirs = happening.tolls
    for toll in frame.tolls:
        for other in theirs:
            if toll.outcome != other.outcome:
                continue
            if (toll.quantity.low, toll.quantity.best) == (other.quantity.low, other.quantity.best):
                parts["same toll"] = 1.0
            elif toll.update or toll.earlier or toll.rest_of is not None:
                parts["toll goes on"] = 1.0
            elif toll.victims == other.victims:
                parts["other toll"] = 1.0
    return parts


def _shares_party(frame: Frame, happening: Happening) -> bool:
    mine = {p.actor_id or p.name.lower() for p in frame.parties if not p.generic}
    return any((p.actor_id or p.name.lower()) in mine for f in happening.frames for p in f.parties if not p.generic)
