"""The coder: one report in, its coded events out, each value with the words that carry it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from importlib.metadata import version

from concordant.codebook import Codebook
from concordant.coding.assembling import Draft, assemble, whole_name
from concordant.coding.castevidence import survey
from concordant.coding.coded import CodedReport, NotCoded
from concordant.coding.dating import DatedMention, FrameDays, frame_days
from concordant.coding.discourse import gather
from concordant.coding.frames import Frame, Mentions, build_frames
from concordant.coding.gate import set_aside
from concordant.coding.mentioning import Sight, read_off
from concordant.coding.mentions import PlaceMention
from concordant.coding.placeless import Countries
from concordant.coding.rendering import evidence, render_event
from concordant.coding.scope import out_of_scope, scope_features
from concordant.coding.standing import Context, Standing, chances, features, standing_of
from concordant.places.gazetteer import Gazetteer
from concordant.places.overlay import gazetteer_with
from concordant.reading import Reading, read
from concordant.reading.reader import LANGUAGES
from concordant.reports import Report
from concordant.reports.language import detect_language

_SHORT = timedelta(days=2)  # a longer time ("over the last five days") is not that of the next happening
SCOPES = ("default", "all-violence")
# The longest of 3,700 real reports has 26,000 characters; a book or a dump of a site is read as far as this.
_LONGEST = 60_000


@dataclass(frozen=True)
class Coder:
    """The grammar coder with its tables: make one and code many reports with it."""

    codebook: Codebook = field(default_factory=Codebook)
    scope: str = "default"

    @cached_property
    def gazetteer(self) -> Gazetteer:
        return gazetteer_with(self.codebook.overlays)

    @cached_property
    def version(self) -> str:
        return version("concordant")  # reads and parses the package's metadata: a third of what the gate costs


@dataclass(frozen=True, slots=True)
class Study:
    """A report as far as it has been understood before it is decided what to code."""

    reading: Reading
    mentions: Mentions
    frames: tuple[Frame, ...]
    context: Context
    drafts: tuple[Draft, ...]
    chances: tuple[Mapping[Standing, float], ...]
    days: FrameDays


def study(report: Report, reading: Reading, coder: Coder) -> Study:
    """Read everything off a report and bring it into happenings with their values."""
    mentions = read_off(reading, _sight(report), codebook=coder.codebook, gazetteer=coder.gazetteer)
    frames = build_frames(reading, mentions, codebook=coder.codebook)
    found = frame_days(reading, frames, published=report.published, codebook=coder.codebook)
    days = found.best
    told = [f for f in frames if f.mood in (None, "hedged", "denied")]
    happenings = gather(reading, told, days, codebook=coder.codebook)
    context = Context.of(reading, happenings, found.known(), report.published, coder.codebook)
    scene = survey(reading, mentions, happenings, codebook=coder.codebook)
    countries = Countries.of(reading, report.outlet, coder.codebook, coder.gazetteer)
    drafts = tuple(
        assemble(reading, h, mentions, found, frames, scene, countries, codebook=coder.codebook) for h in happenings
    )
    told_of = evidence_on if coder.scope == "default" else evidence_of_any_violence
    odds = tuple(chances(told_of(d, context), codebook=coder.codebook) for d in drafts)
    return Study(reading, mentions, frames, context, _same_place(_same_time(drafts, odds, found), odds), odds, found)


def evidence_on(draft: Draft, context: Context) -> dict[str, float]:
    """All features of a happening that its standing is judged by."""
    return features(draft.happening, context) | scope_features(draft, context.reading, context.loaded)


def evidence_of_any_violence(draft: Draft, context: Context) -> dict[str, float]:
    """The same without what tells organised violence from common crime, where both are to be coded."""
    return features(draft.happening, context)


def _same_time(
    drafts: Sequence[Draft], odds: Sequence[Mapping[Standing, float]], told: FrameDays
) -> tuple[Draft, ...]:  # fmt: skip
    """The drafts, those of the news that say nothing of time dated like the news told before them.

    A report goes on in the time it is in until it says otherwise ("on Sunday mobs attacked … In Tamor, shops were
    burnt"); what it recalls, and what was in another country, is left undated.
    """
    found: list[Draft] = []
    now: DatedMention | None = None
    where: str | None = None
    for draft, chance in zip(drafts, odds, strict=True):
        news = chance["main"] >= chance["background"]
        silent = draft.date is None and not any(told.says(f) or "recall" in f.cues for f in draft.happening.frames)
        abroad = where is not None and draft.place is not None and draft.place.country not in (None, where)
        found.append(replace(draft, date=replace(now, inherited=True)) if silent and news and now and not abroad else draft)
        if news and draft.date is not None and draft.date.end - draft.date.start <= _SHORT:
            now, where = draft.date, draft.place.country if draft.place else None
    return tuple(found)


def _same_place(drafts: Sequence[Draft], odds: Sequence[Mapping[Standing, float]]) -> tuple[Draft, ...]:
    """The drafts, those of the news that say nothing of place put where the news told before them is.

    Like time, place goes on until the report says otherwise; words of another country say so.
    """
    found: list[Draft] = []
    now: PlaceMention | None = None
    for draft, chance in zip(drafts, odds, strict=True):
        news = chance["main"] >= chance["background"]
        goes_on = now is not None and (draft.home is None or draft.home.country in (None, now.country))
        found.append(replace(draft, home=now) if draft.place is None and news and goes_on else draft)
        if news and draft.place is not None:
            now = draft.place
    return tuple(found)


def _sight(report: Report) -> Sight:
    if report.published is None and report.published_within is not None:
        return Sight(report.published_within[1], report.outlet, exact=False, first=report.published_within[0])
    return Sight(report.published, report.outlet)


def code_report(report: Report, coder: Coder) -> CodedReport:
    """Code one report. Never raises for what a report says; a report in no known language is given back unread."""
    language = report.language or detect_language(f"{report.title or ''}\n{report.text}")
    if language not in LANGUAGES:
        return _unread(report, coder, language, f"language: {language or 'not recognised'}, not read")
    text = _beginning(report.text)
    reason = set_aside(report.title, text, language, codebook=coder.codebook)
    if reason is not None:
        return _unread(report, coder, language, reason)
    seen = study(report, read(report.title, text, language), coder)
    kept, left = [], []
    for draft, odds in zip(seen.drafts, seen.chances, strict=True):
        why = _left_out(draft, odds, seen, coder)
        if why is None:
            kept.append((draft, standing_of(odds, whole=_whole(draft)), odds))
        else:
            left.append(_not_coded(seen.reading, report, draft.happening.frames, why))
    events = [
        render_event(seen.reading, report, _sourced(draft, role, seen, alone=len(kept) == 1), role, odds, codebook=coder.codebook)
        for draft, role, odds in kept
    ]  # fmt: skip
    left += _moods(seen, report)
    if len(text) < len(report.text):
        left.append(NotCoded(report.text[len(text) :][:200], f"what follows the first {len(text)} characters is not read"))
    return CodedReport(
        id=report.id, language=language, title=report.title,
        published=report.published.isoformat() if report.published else None,
        relevant=bool(events), coder_name="grammar", coder_version=coder.version, codebook=coder.codebook.version,
        events=tuple(events), not_coded=tuple(left), gate_reason=None, error=None,
    )  # fmt: skip


def _sourced(draft: Draft, role: str, seen: Study, *, alone: bool) -> Draft:
    """The news that a report tells alone has all the report's sources: whoever speaks or claims speaks of that."""
    if not alone or role != "main":
        return draft
    found = {source.name.lower(): source for source in draft.sources}
    for source in seen.mentions.sources:
        if not source.claim:
            found.setdefault(source.name.lower(), source)
    claims = [source for source in seen.mentions.sources if source.claim]
    claimed = draft.claimed_by or (whole_name(claims[0], seen.mentions) if claims else None)
    return replace(draft, sources=tuple(sorted(found.values(), key=lambda s: s.span)), claimed_by=claimed)


def _beginning(text: str) -> str:
    """A text, or so much of it as a report may have, up to the end of a paragraph or a word."""
    if len(text) <= _LONGEST:
        return text
    paragraph, word = text.rfind("\n", _LONGEST // 2, _LONGEST), text.rfind(" ", _LONGEST - 200, _LONGEST)
    return text[: next((cut for cut in (paragraph, word) if cut > 0), _LONGEST)]


def _left_out(draft: Draft, odds: Mapping[Standing, float], seen: Study, coder: Coder) -> str | None:
    """Why a happening is not coded, None where it is."""
    if standing_of(odds, whole=_whole(draft)) == "none":
        return "too little is told of it to be an event of its own"
    firm = [f for f in draft.happening.frames if f.force >= 2]
    if firm and all(f.mood == "denied" for f in firm):
        return "denied: whoever speaks of it says that it did not happen"
    if draft.date is None and draft.place is None and not draft.tolls and not _armed(draft, odds):
        return "neither a date, a place nor a toll of its own"
    if coder.scope == "default":
        return out_of_scope(draft, seen.context.loaded)
    return None


def _armed(draft: Draft, odds: Mapping[Standing, float]) -> bool:
    """Whether news that tells neither day, place nor toll names at least an armed side or a crowd."""
    return standing_of(odds, whole=_whole(draft)) == "main" and any(c.mention.type != "civilians" for c in draft.parties)


def _not_coded(reading: Reading, report: Report, frames: Sequence[Frame], why: str) -> NotCoded:
    span = frames[0].span
    return NotCoded(text=reading.words(span), why=why, evidence=(evidence(reading, report, span),))


def _moods(seen: Study, report: Report) -> list[NotCoded]:
    """What is told in a mood that makes no event: planned, feared, hypothetical, fictional, figurative."""
    return [
        _not_coded(seen.reading, report, [frame], f"{frame.mood}: not told as having happened")
        for frame in seen.frames
        if frame.mood not in (None, "hedged", "denied") and frame.force >= 2
    ]


def _unread(report: Report, coder: Coder, language: str | None, reason: str) -> CodedReport:
    return CodedReport(
        id=report.id, language=language, title=report.title,
        published=report.published.isoformat() if report.published else None,
        relevant=False, coder_name="grammar", coder_version=coder.version, codebook=coder.codebook.version,
        events=(), not_coded=(), gate_reason=reason, error=None,
    )  # fmt: skip


def _whole(draft: Draft) -> bool:
    """Whether a happening has a day, an exact place and a counted toll of its own."""
    exact = draft.place is not None and draft.place.level not in ("country", "admin1", "area")
    dated = draft.date is not None and not draft.date.inherited
    return exact and dated and any(t.best is not None for t in draft.tolls)
