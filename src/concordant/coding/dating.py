"""Dating: which of a report's time expressions tell when a happening was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from concordant.coding.frames import Frame
from concordant.coding.mentions import DateMention, DatePrecision
from concordant.reading import Reading, Span

_PRECISION: dict[DatePrecision, float] = {
    "day": 3.0, "night": 3.0, "days": 2.5, "week": 1.5, "month": 1.0, "season": 0.5, "year": 0.3, "years": 0.0,
}  # fmt: skip
_FAR = 40  # characters between a date and a trigger at which nearness counts half


@dataclass(frozen=True, slots=True)
class DatedMention:
    """A time expression with the days that it means in this report."""

    mention: DateMention
    start: date
    end: date
    score: float
    inherited: bool = False  # told of another happening, in whose time the report still is


def usable(mention: DateMention) -> bool:
    """Whether a time expression can tell when something happened."""
    return not (mention.duration or mention.recurrent or mention.future or mention.open_end or mention.open_start)


def undated(frame: Frame) -> bool:
    """Whether a frame says on which day something was, and the report does not tell which day that is ("lundi")."""
    said = [m for m in frame.dates if usable(m) and m.anchor != "narrative" and m.precision in ("day", "night", "days")]
    return bool(said) and all(m.start is None for m in said)


def frame_days(reading: Reading, frames: Sequence[Frame]) -> dict[int, DatedMention | None]:
    """The days of each frame by its index: what its own words give, narrative dates counted from the frames before."""
    found: dict[int, DatedMention | None] = {}
    anchor: DatedMention | None = None
    for frame in frames:
        dated = _turned(frame, frames, found) or _own(reading, frame) or _narrative(reading, frame, anchor)
        found[frame.index] = dated
        if dated is not None and not frame.sentence.in_title and frame.force >= 2 and "recall" not in frame.cues:
            anchor = anchor if anchor is not None and dated.end < anchor.start else dated
    return found


def _own(reading: Reading, frame: Frame) -> DatedMention | None:
    """The best of a frame's dates that stand by themselves."""
    scored = [
        DatedMention(m, m.start, m.end, date_score(reading, frame, m))
        for m in frame.dates
        if usable(m) and m.anchor != "narrative" and m.start is not None and m.end is not None
    ]
    return max(scored, key=lambda d: d.score, default=None)


def _narrative(reading: Reading, frame: Frame, anchor: DatedMention | None) -> DatedMention | None:
    if anchor is None:
        return None
    for mention in frame.dates:
        if usable(mention) and mention.offset_days is not None and not _counts_from_its_own(reading, frame, mention):
            return _shifted(mention, anchor, mention.offset_days)
    return None


def _counts_from_its_own(reading: Reading, frame: Frame, mention: DateMention) -> bool:
    """Whether the event that a narrative date counts from is named right behind it ("deux jours après la libération")."""
    following = reading.range_of(mention.span)[1]
    if following >= len(reading.tokens) or mention.span.end >= frame.span.end:
        return mention.span.end >= frame.span.end and reading.canvas[frame.span.end - 1] not in ".!?"
    return reading.tokens[following].pos in ("DET", "ADP", "NOUN", "PROPN") and mention.offset_days != (0, 0)


def _turned(frame: Frame, frames: Sequence[Frame], found: dict[int, DatedMention | None]) -> DatedMention | None:
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
        if mention.offset_days is not None and usable(mention) and reaches:
            low, high = mention.offset_days
            return _shifted(mention, before, (-high, -low))
    return None


def _shifted(mention: DateMention, anchor: DatedMention, offset: tuple[int, int]) -> DatedMention:
    start, end = anchor.start + timedelta(days=offset[0]), anchor.end + timedelta(days=offset[1])
    return DatedMention(mention, start, end, _PRECISION[mention.precision])


def date_score(reading: Reading, frame: Frame, mention: DateMention) -> float:
    """How well a time expression dates a frame: its precision, and its nearness in words and grammar to a trigger."""
    score = _PRECISION[mention.precision]
    told = [t.span for t in frame.triggers if t.strength >= 2] + [t.trigger for t in frame.tolls]
    if told:
        gap = min(_gap(mention.span, at) for at in told)
        score += 1.0 / (1.0 + gap / _FAR)
    if _hangs_on_speech(reading, mention):
        score -= 1.0
    return score


def _gap(a: Span, b: Span) -> int:
    return max(0, b.start - a.end, a.start - b.end)


_SPEECH = frozenset(
    "annoncer indiquer déclarer affirmer préciser dire confirmer revendiquer rapporter condamner dénoncer ajouter "
    "say announce tell report state confirm claim denounce declare".split()
)


def _hangs_on_speech(reading: Reading, mention: DateMention) -> bool:
    """Whether the grammar hangs a date on a verb of speech ("a annoncé jeudi la mort de …")."""
    first, last = reading.range_of(mention.span)
    inside = range(first, last)
    for i in inside:
        head = reading.tokens[i].head
        if head not in inside:
            return reading.tokens[head].lemma in _SPEECH
    return False
