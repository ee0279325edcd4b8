"""Tolls: how many people met which outcome, phrase by phrase ("quinze soldats ont été tués", "12 dead, 7 wounded")."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from concordant.codebook import Codebook
from concordant.coding.grammar import DEFINITE
from concordant.coding.groups import Group, Victims, find_groups
from concordant.coding.mentions import PartyMention, Quantity, TollMention
from concordant.coding.outcomes import Trigger, find_triggers
from concordant.coding.quantities import find_quantities
from concordant.coding.roles import draft_tolls
from concordant.coding.stage import Draft, Stage
from concordant.coding.tollcues import signs
from concordant.reading import Reading, Span


def find_tolls(
    reading: Reading, quantities: Sequence[Quantity], parties: Sequence[PartyMention], *, codebook: Codebook
) -> tuple[TollMention, ...]:
    """The tolls that a reading's words state, in order of their words.

    `quantities` are those of `find_quantities`; words that are a quantity only here ("un mort", "des blessés") are
    added. `parties` say what type the victims are; without them a lexicon of people words does.
    """
    triggers = _outside_names(reading, parties, find_triggers(reading, codebook=codebook))
    if not triggers:
        return ()
    articles = find_quantities(reading, codebook=codebook, in_tolls=True)
    groups = find_groups(reading, _joined(quantities, articles), parties, triggers, codebook=codebook)
    stage = Stage(reading, triggers, groups)
    drafts = draft_tolls(stage)
    mentions: list[TollMention] = []
    for draft in drafts:
        mentions.extend(_mentions(stage, draft, len(mentions), codebook))
    return _linked(stage, _grave_and_light(stage, mentions))


_GRADES = frozenset("grave graves leger legers legere legeres gravement legerement grievement serious seriously light slightly".split())


def _grave_and_light(stage: Stage, mentions: list[TollMention]) -> list[TollMention]:
    """ "Cinq blessés graves et huit blessés légers": thirteen."""
    found = list(mentions)
    tokens = stage.reading.tokens
    for i, (one, other) in enumerate(pairwise(mentions)):
        if {one.outcome, other.outcome} != {"wounded"} or one.part_of is not None or other.part_of is not None:
            continue
        total = _total([one.quantity, other.quantity])
        first, last = stage.reading.range_of(Span(one.trigger.end, other.quantity.span.start))
        between = [t.fold for t in tokens[first:last]]
        graded = len(between) == 2 and between[0] in _GRADES and between[1] in ("et", ",", "and")
        if graded and total is not None and one.quantity.span != other.quantity.span:
            whole = replace(total, span=Span(one.quantity.span.start, other.quantity.span.end))
            found[i] = replace(one, quantity=whole, span=Span(one.span.start, other.span.end))
            found[i + 1] = replace(other, part_of=i)
    return found


def _outside_names(
    reading: Reading, parties: Sequence[PartyMention], triggers: dict[int, list[Trigger]]
) -> dict[int, list[Trigger]]:
    """The outcome words that are no part of an organisation's name ("national liberation front")."""
    named = {i for p in parties if p.actor_id and p.body for i in range(*reading.range_of(p.span))}
    return {at: found for at, found in triggers.items() if at not in named}


def _joined(quantities: Sequence[Quantity], articles: Iterable[Quantity]) -> list[Quantity]:
    """The given quantities, and of the others those that overlap none of them."""
    taken = {place for q in quantities for place in range(q.span.start, q.span.end)}
    more = [q for q in articles if taken.isdisjoint(range(q.span.start, q.span.end))]
    return sorted([*quantities, *more], key=lambda q: q.span)


def _mentions(stage: Stage, draft: Draft, index: int, codebook: Codebook) -> list[TollMention]:
    """The mentions of one draft: for each type of victim one, or a total and its parts."""
    groups: list[Group | None] = list(draft.groups) or [None]
    found = [m for group in groups if (m := _mention(stage, draft, group, codebook)) is not None]
    if len(found) < 2:
        return _zeros(found, stage.reading.language)
    found = _told_apart(found)
    if len({mention.victims for mention in found} - {"unknown"}) <= 1:
        return _summed(stage.reading, found, index)
    mentions: list[TollMention] = []
    for kind in dict.fromkeys(mention.victims for mention in found):
        mentions += _summed(stage.reading, [m for m in found if m.victims == kind], index + len(mentions))
    return mentions


def _summed(reading: Reading, found: list[TollMention], index: int) -> list[TollMention]:
    """A total at an index and its parts, from the members of a list that are of one type."""
    total = _total([mention.quantity for mention in found])
    if len(found) < 2 or total is None:
        return found
    kind: Victims = next((m.victims for m in found if m.victims != "unknown"), "unknown")
    best, rest = found[0].quantity.best, [m.quantity.best for m in found[1:]]
    whole_first = not _particular(reading, found[0])
    if len(rest) > 1 and whole_first and best is not None and best == sum(b or 0 for b in rest):
        # "Quatre otages, deux Français et deux Italiens": the first is the whole.
        return [found[0], *(replace(mention, part_of=index) for mention in found[1:])]
    span = Span(min(m.span.start for m in found), max(m.span.end for m in found))
    people = [m.victims_span or m.quantity.span for m in found]
    whole = replace(
        found[0], span=span, quantity=replace(total, span=Span(found[0].quantity.span.start, found[-1].quantity.span.end)),
        victims_span=Span(people[0].start, people[-1].end), by_name=False, victims=kind, part_of=None,
        doers=all(m.doers for m in found),
    )  # fmt: skip
    return [whole, *(replace(mention, part_of=index) for mention in found)]


def _particular(reading: Reading, mention: TollMention) -> bool:
    """Whether a list's first member is as particular as its others: "deux Suédois, un Belge et un Danois"."""
    if mention.victims_span is None:
        return False
    words = reading.tokens[slice(*reading.range_of(mention.victims_span))]
    return any(t.fold in _SORTS or (t.text.istitle() and t.i > words[0].i) for t in words[:3])


_SORTS = frozenset(
    "homme hommes femme femmes enfant enfants fille filles garcon garcons men man women woman children girls boys".split()
)


def _told_apart(found: list[TollMention]) -> list[TollMention]:
    """ "Trois personnes et un policier": persons beside people of another sort are no total of theirs but civilians."""
    armed = any(m.victims not in ("unknown", "civilians") for m in found)
    return [
        replace(m, victims="civilians") if armed and m.victims == "unknown" and m.victims_span and not m.by_name else m
        for m in found
    ]


def _zeros(found: list[TollMention], language: str) -> list[TollMention]:
    """ "Pas de victime", "no casualties on either side": neither killed nor wounded.

    A bare English "no casualties" leaves open which, as the word does with numbers.
    """
    told = len(found) == 1 and found[0].outcome == "casualties" and found[0].quantity.state == "none"
    if told and (language == "fr" or found[0].victims == "mixed"):
        return [replace(found[0], outcome="killed"), replace(found[0], outcome="wounded")]
    return found


def _total(quantities: Sequence[Quantity]) -> Quantity | None:
    """The sum of quantities, None where one is not numbered at all."""
    if any(q.low is None and q.best is None for q in quantities):
        return None
    lows = [q.low if q.low is not None else 0 for q in quantities]
    bests = [q.best for q in quantities if q.best is not None]
    highs = [q.high for q in quantities if q.high is not None]
    best = sum(bests) if len(bests) == len(quantities) else None
    high = sum(highs) if len(highs) == len(quantities) else None
    state: Literal["number", "some", "none"] = "none" if best == 0 else "number" if best is not None else "some"
    return replace(quantities[0], state=state, low=sum(lows), best=best, high=high)


def _mention(stage: Stage, draft: Draft, group: Group | None, codebook: Codebook) -> TollMention | None:
    reading, trigger = stage.reading, draft.trigger
    words = reading.span(trigger.first, trigger.last)
    spans = [*([] if draft.part else [words]), *([reading.span(group.first, group.core)] if group else []), *draft.more]
    span = Span(min(s.start for s in spans), max(s.end for s in spans))
    told = trigger.form == "participle" and trigger.frame not in ("act", "counts")
    found = signs(reading, span, words, told=told, codebook=codebook)
    quantity = draft.quantity or (group.quantity if group else Quantity(words, "number", 1, 1, 1))
    if "unreal" in found and quantity.state != "none":
        return None
    victims: Victims = draft.victims or (group.victims if group else "unknown")
    if victims == "unknown" and "both" in found:
        victims = "mixed"
    # "Dix morts": the noun that counts them says nothing of who they were.
    people = group is not None and group.sort in ("people", "thing") and not trigger.first <= group.head < trigger.last
    named = not (group and group.counted) and draft.quantity is None and quantity.best == 1
    return TollMention(
        span=span, outcome=trigger.outcome, quantity=quantity, victims=victims,
        victims_span=reading.span(group.first, group.last) if group and people else None, trigger=words,
        hedged="hedged" in found, part_of=None, rest_of=None, cumulative="cumulative" in found,
        # "Le prêtre a été tué, portant à six le nombre de morts": one death is no new figure for all.
        update=("update" in found or quantity.ordinal) and "earlier" not in found and not named,
        earlier="earlier" in found, by_name=named, uncounted=draft.quantity is None and _uncounted(stage, group, quantity),
        moved=bool(group) and trigger.outcome == "killed" and _was_wounded(stage, group, trigger),
        doers=draft.doers or bool(group and group.doers), other=bool(group and group.other),
    )  # fmt: skip


def _uncounted(stage: Stage, group: Group | None, quantity: Quantity) -> bool:
    """ "Les otages", "the priests": people who are spoken of as known, without a number."""
    if group is not None and group.counted:
        return False
    known = group is not None and stage.reading.tokens[group.first].lower in DEFINITE
    return quantity.low is None or (known and quantity.state == "some")


def _was_wounded(stage: Stage, group: Group | None, trigger: Trigger) -> bool:
    """ "L'un des blessés a succombé", "two of the wounded officers died"."""
    if group is None or trigger.frame != "suffers":
        return False
    words = [t.fold for t in stage.reading.tokens[group.first : trigger.first]]
    return any(word.startswith(("blesse", "wounded", "injured")) for word in words)


def _linked(stage: Stage, mentions: list[TollMention]) -> tuple[TollMention, ...]:
    """The mentions in order, with "dont" parts bound to their whole, and "autres" to what they add to."""
    order = sorted(range(len(mentions)), key=lambda i: (mentions[i].span.start, -mentions[i].span.end, i))
    place = {old: new for new, old in enumerate(order)}
    placed = [
        replace(mentions[old], part_of=place[p] if (p := mentions[old].part_of) is not None else None) for old in order
    ]
    parts = {stage.start(group): group for group in stage.groups if group.part}
    others = {stage.start(group): group for group in stage.groups if group.other}
    linked: list[TollMention] = []
    unsure = {(m.outcome, m.quantity.span.start) for m in placed if m.hedged}
    for mention in placed:
        part_of, rest_of = mention.part_of, None
        if part_of is None and mention.quantity.span.start in parts:
            part_of = _whole(stage, placed, mention)
        if mention.quantity.span.start in others:
            rest_of = _before(placed, mention)
        whole = placed[part_of] if part_of is not None else mention
        # "Quatre morts dont deux soldats auraient perdu la vie": one of the words for it is unsure, and so are its parts.
        hedged = mention.hedged or bool({(m.outcome, m.quantity.span.start) for m in (mention, whole)} & unsure)
        victims = _inherited(placed, mention, rest_of)
        if victims == "unknown" and part_of is None:
            victims = _beside(stage, placed, mention)
        linked.append(replace(mention, part_of=part_of, rest_of=rest_of, victims=victims, hedged=hedged))
    return tuple(linked)


def _beside(stage: Stage, placed: Sequence[TollMention], mention: TollMention) -> Victims:
    """ "Un soldat tué et deux blessés": a bare number is of those told right before it, where these are of one type."""
    sentence = stage.reading.sentence_of(mention.span)
    before = [
        m for m in placed
        if sentence.start <= m.span.start < mention.quantity.span.start and m.outcome != mention.outcome and not m.doers
    ]  # fmt: skip
    kinds = {m.victims for m in before}
    bare = mention.victims_span is None and not mention.by_name and mention.quantity.state != "none"
    near = bool(before) and mention.quantity.span.start - max(m.span.end for m in before) < _BESIDE
    return next(iter(kinds)) if bare and near and len(kinds) == 1 else "unknown"


_BESIDE = 40  # characters between a toll and the bare number beside it


def _whole(stage: Stage, placed: Sequence[TollMention], part: TollMention) -> int | None:
    """The toll that a "dont" part belongs to: the last of its outcome that starts before it and is no smaller."""
    found = [
        i for i, whole in enumerate(placed)
        if whole.quantity.span.start < part.quantity.span.start and whole.outcome == part.outcome
        and whole.quantity.span.end > part.quantity.span.start - 120
        and (whole.quantity.best or 10**9) >= (part.quantity.best or 0)
        and whole.part_of is None and not stage.part_at(whole.quantity.span.start)
    ]  # fmt: skip
    return found[-1] if found else None


def _before(placed: Sequence[TollMention], mention: TollMention) -> int | None:
    found = [
        i for i, other in enumerate(placed)
        if other.quantity.span.end <= mention.quantity.span.start and other.part_of is None
    ]  # fmt: skip
    return found[-1] if found and placed[found[-1]].span.end > mention.span.start - 250 else None


def _inherited(placed: Sequence[TollMention], mention: TollMention, rest_of: int | None) -> Victims:
    """ "Huit soldats tués et 23 autres blessés": the others are what the first were."""
    if mention.victims == "unknown" and rest_of is not None and mention.victims_span is None:
        return placed[rest_of].victims
    return mention.victims
