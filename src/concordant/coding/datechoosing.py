"""Choosing the date of a happening among the candidates of its frames, and narrowing it by what else they tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from concordant.codebook import Codebook
from concordant.coding.dating import Candidate, DatedMention, FrameDays, dating_weights, score
from concordant.coding.frames import Frame
from concordant.coding.mentions import DateMention

_STRETCH = timedelta(days=5)  # the longest time that "… dimanche … jusqu'à mercredi" is taken to say
_LEARNT = "follows from the day on which it was known and the time of day"
_LEAD = 2  # sentences before a happening's first in which a day told of nothing else is its own


def choose_date(
    frames: Sequence[Frame], told: FrameDays, everything: Sequence[Frame], *, codebook: Codebook
) -> DatedMention | None:  # fmt: skip
    """The date of a happening: the best of its candidates, narrowed by the times of day that it tells."""
    table = dating_weights(codebook)
    found = happening_candidates(frames, told, everything)
    scored = [(score(c.features, table), -n, c) for n, c in enumerate(found)]
    top = max(scored, key=lambda s: s[:2], default=None)
    if top is None or top[0] < table.get("no date", 0.0) or top[2].days is None:
        return None
    dated = DatedMention(top[2].mention, *top[2].days, score=top[0], note=top[2].note)
    around = [*frames, *_trailing(frames, everything)]
    return replace(_narrowed(dated, around), time_of_day=_time_of_day(dated, frames))


def happening_candidates(
    frames: Sequence[Frame], told: FrameDays, everything: Sequence[Frame]
) -> list[Candidate]:  # fmt: skip
    """All candidates of a happening's frames and of the silent frames before it, with what the happening adds to them."""
    pool: list[tuple[Candidate, dict[str, float]]] = []
    for n, frame in enumerate(frames):
        more = {
            "first frame": float(n == 0), "later frame": float(n >= 2), "strong frame": float(frame.force >= 3),
            "weak frame": float(frame.force < 2),
        }  # fmt: skip
        pool += [(candidate, more) for candidate in told.candidates.get(frame.index, ())]
    for frame in _leading(frames, everything):
        pool += [(candidate, {"said before it": 1.0}) for candidate in told.candidates.get(frame.index, ())]
    for frame in _trailing(frames, everything):
        pool += [(candidate, {"said after it": 1.0}) for candidate in told.candidates.get(frame.index, ())]
    pool += [(candidate, {}) for candidate in _learnt([c for c, _ in pool], frames)]
    return [replace(c, features={**c.features, **more, **_company(c, pool)}) for c, more in pool]


def _leading(frames: Sequence[Frame], everything: Sequence[Frame]) -> list[Frame]:
    """The frames right before a happening that tell of nothing themselves ("La nuit de lundi a été agitée à Tamo.")."""
    first = frames[0]
    found: list[Frame] = []
    for frame in reversed(everything[: first.index]):
        near = first.sentence.index - frame.sentence.index <= _LEAD and not frame.sentence.in_title
        if not near or frame.force >= 2:
            break
        found.append(frame)
    return found


def _trailing(frames: Sequence[Frame], everything: Sequence[Frame]) -> list[Frame]:
    """The silent frame right behind a happening in its paragraph ("Les faits se sont produits lundi.")."""
    last = frames[-1]
    after = everything[last.index + 1] if last.index + 1 < len(everything) else None
    if after is None or after.force >= 2 or last.sentence.in_title:
        return []
    return [after] if after.sentence.paragraph - last.sentence.paragraph <= 1 else []


def _learnt(found: Sequence[Candidate], frames: Sequence[Frame]) -> list[Candidate]:
    """The days that follow from when it was known of a happening that has but a time of day.

    What is reported on a Sunday and was at 6:50 was that Sunday, what was at 23:40 the evening before; a night attack
    the night before.
    """
    hours = {h for f in frames for m in f.dates if m.anchor == "clock" and (h := _hour(m)) is not None}
    night = any(m.anchor == "clock" and (m.time_of_day or "").startswith("night") for f in frames for m in f.dates)
    if not hours and not night:
        return []
    made = []
    for candidate in found:
        if candidate.days is None or candidate.days[0] != candidate.days[1] or "follows speech" not in candidate.features:
            continue
        day = candidate.days[0]
        before = day - timedelta(days=1)
        days = (before, day) if not hours else (before, before) if all(h >= 17 for h in hours) else (day, day)
        made.append(replace(candidate, days=days, features={"learnt that day": 1.0}, note=_LEARNT))
    return made


def _company(candidate: Candidate, pool: Sequence[tuple[Candidate, dict[str, float]]]) -> dict[str, float]:
    """How a candidate lies to the others: told again, or inside a wider one."""
    if candidate.days is None:
        return {}
    start, end = candidate.days
    others = [c.days for c, _ in pool if c.mention is not candidate.mention and c.days is not None]
    return {
        "told again": float(candidate.days in others),
        "inside a wider one": float(any(a <= start and end <= b and (a, b) != (start, end) for a, b in others)),
    }


def _narrowed(dated: DatedMention, frames: Sequence[Frame]) -> DatedMention:
    """The date, drawn out by "jusqu'à lundi" or narrowed to the evening or morning of a night by a time of day."""
    until = [m for f in frames for m in f.dates if m.open_start and m.end is not None and not m.future]
    for mention in until:
        if mention.end is not None and dated.end < mention.end <= dated.end + _STRETCH and dated.start == dated.end:
            return replace(dated, end=mention.end)
    if dated.mention.precision == "night" and (dated.end - dated.start).days == 1:
        hours = {h for f in frames for m in f.dates if m.anchor == "clock" and (h := _hour(m)) is not None}
        if hours and all(h < 8 for h in hours):
            return replace(dated, start=dated.end)
        if hours and all(h >= 17 for h in hours):
            return replace(dated, end=dated.start)
    return dated


def _hour(mention: DateMention) -> int | None:
    told = mention.time_of_day or ""
    return int(told[:2]) if told[:2].isdigit() else None


def _time_of_day(dated: DatedMention, frames: Sequence[Frame]) -> str | None:
    """When on its day a happening was: the hour that its frames tell, else the part of the day that its date says."""
    clocks = [m.time_of_day for f in frames if f.force >= 2 for m in f.dates if m.anchor == "clock"]
    return clocks[0] if clocks else dated.mention.time_of_day
