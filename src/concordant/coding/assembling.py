"""Assembling: the values of one happening, chosen from all that its frames hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from concordant.codebook import Codebook
from concordant.coding.arithmetic import SettledToll, settle
from concordant.coding.balancing import balance
from concordant.coding.castevidence import Scene
from concordant.coding.casting import Cast, cast
from concordant.coding.company import company
from concordant.coding.datechoosing import choose_date
from concordant.coding.dating import DatedMention, FrameDays
from concordant.coding.deaths import firm_and_moved, move
from concordant.coding.discourse import Happening
from concordant.coding.frames import Frame, Mentions
from concordant.coding.kinds import decide_kind, objects_of, weigh_acts
from concordant.coding.mentions import MeansMention, PlaceMention, SourceMention, TollMention
from concordant.coding.placeless import Countries
from concordant.coding.placing import choose_place
from concordant.coding.rivals import mark_rivals
from concordant.coding.victims import Sides, default_victims, fits, seen_from
from concordant.reading import Reading

_STILL_OF_IT = 2  # sentences after a happening's words whose sources still speak of it


@dataclass(frozen=True, slots=True)
class Draft:
    """A happening with its values, before it is known whether and as what it is coded."""

    happening: Happening
    kind: str
    date: DatedMention | None
    place: PlaceMention | None
    parties: tuple[Cast, ...]
    tolls: tuple[SettledToll, ...]
    means: tuple[MeansMention, ...]
    sources: tuple[SourceMention, ...]
    claimed_by: SourceMention | None
    hedged: bool
    home: PlaceMention | None = None  # the country where the report lets it be known, of a happening without a place


def assemble(
    reading: Reading, happening: Happening, mentions: Mentions, days: FrameDays, everything: Sequence[Frame],
    scene: Scene, countries: Countries, *, codebook: Codebook,
) -> Draft:  # fmt: skip
    """Choose a happening's values."""
    frames = happening.frames
    acts = weigh_acts(frames, codebook=codebook)
    means = _means(frames, mentions)
    objects = objects_of(reading, frames, codebook=codebook)
    parties = cast(reading, frames, mutual=False)
    kind = decide_kind(acts, objects, [m.means for m in means], *_sides(parties), codebook=codebook)
    place = choose_place(frames, frames[0])
    home = countries.around(frames) if place is None else None
    country = lies_in.country if (lies_in := place or home) else None
    present = company(scene, happening, kind, country, codebook=codebook)
    sides = Sides.of(kind, country, present)
    return Draft(
        happening, kind, choose_date(frames, days, everything, codebook=codebook), place, present,
        count(reading, happening.own_tolls, sides, mentions, codebook=codebook), means,
        _sources(reading, happening, mentions, scene),
        _claim(frames, mentions), hedged=_hedged(frames), home=home,
    )  # fmt: skip


def count(
    reading: Reading, tolls: Sequence[TollMention], sides: Sides, mentions: Mentions, *, codebook: Codebook
) -> tuple[SettledToll, ...]:
    """The figures of one happening from all tolls that its passages tell."""
    among = [seen_from(toll, sides, mentions.parties, reading, codebook=codebook) for toll in mentions.tolls]
    seen = dict(zip(mentions.tolls, among, strict=True))
    own = frozenset(sides.doers) - set(sides.hit[:1])
    told, moved = firm_and_moved([toll for t in tolls if fits(toll := seen[t], sides, codebook=codebook)])
    settled = settle(
        told, reading, among=among, own=own, default=lambda t: default_victims(t, sides, codebook=codebook)
    ).tolls
    return mark_rivals(move(balance(settled, own=own), moved), mentions.sources, mentions.parties, sides)


def _sides(parties: Sequence[Cast]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Types of those who did it and of those who suffered it, the surest first."""
    doers = dict.fromkeys(str(c.mention.type) for c in parties if c.role == "perpetrator")
    sufferers = dict.fromkeys(str(c.mention.type) for c in parties if c.role == "target")
    return tuple(doers), tuple(sufferers)


def _means(frames: Sequence[Frame], mentions: Mentions) -> tuple[MeansMention, ...]:
    found: dict[str, MeansMention] = {}
    for mention in mentions.means:
        if any(frame.covers(mention.span) for frame in frames):
            found.setdefault(mention.means, mention)
    return tuple(found.values())


def _sources(
    reading: Reading, happening: Happening, mentions: Mentions, scene: Scene
) -> tuple[SourceMention, ...]:
    """The sources that vouch for a happening's words, or for what is told of it next without any word of the deed."""
    found: dict[str, SourceMention] = {}
    for source in mentions.sources:
        if source.claim:
            continue
        own = any(frame.reaches(source.scope) for frame in happening.frames)
        if own or _told_next(reading.sentence_of(source.scope).index, happening, scene):
            found.setdefault(source.name.lower(), source)
    return tuple(found.values())


def _told_next(sentence: int, happening: Happening, scene: Scene) -> bool:
    """Whether a sentence tells of no happening, and a happening's own words are the last that were told before it.

    Two sentences on are still of it: on coded reports more loses as many wrong sources as it finds right ones.
    """
    if sentence in scene.claimed:
        return False
    before = max((at for at in scene.claimed if at < sentence), default=None)
    near = before is not None and sentence - before <= _STILL_OF_IT
    return near and before is not None and happening.frames[0].index in scene.claimed[before]


def _claim(frames: Sequence[Frame], mentions: Mentions) -> SourceMention | None:
    """Who claims responsibility, under the whole name that the party has in the text."""
    claims = (s for s in mentions.sources if s.claim and any(frame.reaches(s.scope) for frame in frames))
    claim = next(claims, None)
    return None if claim is None else whole_name(claim, mentions)


def whole_name(claim: SourceMention, mentions: Mentions) -> SourceMention:
    """A claim under the name of the register's party that it names."""
    party = next((p for p in mentions.parties if p.span.overlaps(claim.span) and p.actor_id), None)
    return claim if party is None else replace(claim, name=party.name)


def _hedged(frames: Sequence[Frame]) -> bool:
    firm = [f for f in frames if f.force >= 2]
    return bool(firm) and all(f.mood == "hedged" for f in firm)
