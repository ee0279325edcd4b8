"""The arithmetic of tolls: from all that a report says of one happening's victims to one figure a group and outcome."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from concordant.coding.mentions import Outcome, PartyType, TollMention
from concordant.reading import Reading, Span

Victims = PartyType | Literal["mixed", "unknown"]


@dataclass(frozen=True, slots=True)
class SettledToll:
    """One figure of one happening: how many of which victims met which outcome, and the words that say so."""

    outcome: Outcome
    victims: Victims
    state: Literal["number", "some", "none"]
    low: int | None
    best: int | None
    high: int | None
    hedged: bool
    rival: bool
    quote: Span
    parts: tuple[tuple[str, int | None], ...] = ()
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Settlement:
    """The settled tolls, leading ones first, and what does not add up among them."""

    tolls: tuple[SettledToll, ...]
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Figure:
    """One statement with its parts, and further statements that say the same."""

    toll: TollMention
    parts: tuple[TollMention, ...]
    evidence: tuple[Span, ...]


def settle(
    tolls: Sequence[TollMention], reading: Reading, *, among: Sequence[TollMention] | None = None,
    default: Victims | Callable[[TollMention], Victims] = "unknown", own: frozenset[str] = frozenset(),
) -> Settlement:  # fmt: skip
    """One row a victims' group and outcome from the tolls of one happening.

    `among` are all the tolls of the report, which `part_of` and `rest_of` count in; without it `tolls` is all.
    `default` gives the type of victims whom no words describe (the core knows whom the happening hit), `own` are the
    types of those who did it: their dead are in no total of persons. Figures that sum up a period are left out.
    """
    types = default if callable(default) else lambda _: default
    settled: list[SettledToll] = []
    faults: list[str] = []
    for outcome in dict.fromkeys(toll.outcome for toll in tolls):
        figures = _figures(tolls, outcome, among if among is not None else tolls)
        for sure in (True, False):
            rows, wrong = _rows([f for f in figures if f.toll.hedged != sure], reading, types, own)
            settled.extend(rows)
            faults.extend(wrong)
    return Settlement(tuple(_without_repeats(settled)), tuple(faults))


def _without_repeats(settled: Iterable[SettledToll]) -> list[SettledToll]:
    """The rows, without the unsure ones that only repeat a sure one."""
    rows = list(settled)
    firm = {(row.outcome, row.victims) for row in rows if not row.hedged}
    rows = [row for row in rows if not row.hedged or (row.outcome, row.victims) not in firm or row.rival]
    # "Victimes" beside the dead and the wounded only names them again; losses of another side are news of their own.
    told = {row.victims for row in rows if row.outcome in ("killed", "wounded")}
    again = told | {"unknown", "mixed"} if told else told
    return [row for row in rows if row.outcome != "casualties" or row.victims not in again]


def _figures(tolls: Sequence[TollMention], outcome: Outcome, among: Sequence[TollMention]) -> list[_Figure]:
    """The whole figures of one outcome in order, each with its parts; sums over a period aside."""
    told = any(t.outcome in ("killed", "wounded") for t in tolls)  # "victimes" beside the dead only names them again
    # People who flee are mostly told without any number; of other outcomes such words only repeat what is counted.
    counted = any(not t.uncounted for t in tolls)
    kept = [
        t for t in tolls if t.outcome == outcome and not t.cumulative
        and (not t.uncounted or outcome == "displaced" or not (counted or t.quantity.low is None))
        and not (outcome == "casualties" and t.victims == "unknown" and told)
    ]  # fmt: skip
    wholes = {id(part): _whole(part, kept, among) for part in kept}
    return [
        _Figure(toll, tuple(part for part in kept if wholes[id(part)] is toll), (toll.span,))
        for toll in kept
        if wholes[id(toll)] is None
    ]


def _whole(part: TollMention, kept: Sequence[TollMention], among: Sequence[TollMention]) -> TollMention | None:
    """The kept toll that contains this one, None where there is none."""
    if part.part_of is None:
        return None
    whole = among[part.part_of]
    return next((toll for toll in kept if toll == whole and toll is not part), None)


def _rows(
    figures: Sequence[_Figure], reading: Reading, default: Callable[[TollMention], Victims], own: frozenset[str]
) -> tuple[list[SettledToll], list[str]]:
    faults: list[str] = []
    split: list[_Figure] = []
    for figure in figures:
        pieces, fault = _split(figure, default)
        split.extend(pieces)
        faults.extend([f"{reading.words(figure.toll.span)!r}: {fault}"] if fault else [])
    named = _named_types(_telling(split), default, own)
    by_type: dict[Victims, list[_Figure]] = {}
    for figure in named:
        by_type.setdefault(figure.toll.victims, []).append(figure)
    _drop_covered(by_type)
    return [row for victims, group in by_type.items() for row in _merged(victims, group, reading)], faults


def _split(figure: _Figure, default: Callable[[TollMention], Victims]) -> tuple[list[_Figure], str | None]:
    """A total as its parts where these add up and differ in type; else the total, with the type its parts agree on.

    Parts that fall short of their total stand beside it where they are of another type than its unnamed rest.
    """
    parts = [part for part in figure.parts if part.quantity.best is not None]
    total = figure.toll.quantity.best
    types = {part.victims for part in parts}
    added = sum(part.quantity.best or 0 for part in parts)
    if not parts or total is None:
        return [figure], None
    if added > total:
        return [figure], f"the parts make {added}, more than the total of {total}"
    if added < total:
        usual = default(figure.toll) if figure.toll.victims == "unknown" else figure.toll.victims
        if not types - {"unknown", usual}:
            return [figure], None
        whole = replace(figure, toll=replace(figure.toll, victims="mixed"))
        return [whole, *(_Figure(part, (), (part.span,)) for part in parts if part.victims != "unknown")], None
    if len(types) > 1 and "unknown" not in types:
        return [_Figure(part, (), (part.span, figure.toll.span)) for part in parts], None
    kind = next(iter(types)) if len(types) == 1 else figure.toll.victims
    return [replace(figure, toll=replace(figure.toll, victims=kind))], None


def _telling(figures: Sequence[_Figure]) -> list[_Figure]:
    """The figures, without nameless individuals ("sa mort") and vague words of no type where others say more."""
    firm = [
        f for f in figures if f.toll.quantity.best is not None and not (f.toll.by_name and f.toll.victims == "unknown")
    ]
    return firm + [f for f in figures if f not in firm and (not firm or f.toll.victims != "unknown")]


def _named_types(
    figures: Sequence[_Figure], default: Callable[[TollMention], Victims], own: frozenset[str]
) -> list[_Figure]:
    """The figures, those of unknown victims given the type of another figure that says as many, or else the default.

    Where words name victims of another type than the default, who the unnamed are stays open: they may be the total.
    """
    types: dict[tuple[int | None, int | None], Victims] = {}
    for figure in figures:
        if figure.toll.victims not in ("unknown", "unidentified") and not figure.toll.by_name:
            types.setdefault((figure.toll.quantity.low, figure.toll.quantity.best), figure.toll.victims)
    figures = _without_sums(figures)
    others = {f.toll.victims for f in figures} - {"unknown", "mixed"}
    single = next((f.toll.victims for f in figures if f.toll.by_name and f.toll.victims != "unknown"), None)

    def kind(toll: TollMention) -> Victims:
        usual = default(toll)
        if toll.by_name and single is not None:
            return single  # "sa mort" is that of the one who is named
        open_ = others - {usual} - (own - {usual})
        return types.get((toll.quantity.low, toll.quantity.best), "unknown" if open_ else usual)

    return [
        f if f.toll.victims != "unknown" else replace(f, toll=replace(f.toll, victims=kind(f.toll))) for f in figures
    ]


def _without_sums(figures: Sequence[_Figure]) -> list[_Figure]:
    """The figures without totals of no type that the leading figures of two or more types add up to."""
    by_type: dict[Victims, list[_Figure]] = {}
    for figure in figures:
        by_type.setdefault(figure.toll.victims, []).append(figure)
    bests = [_leading(group).toll.quantity.best for kind, group in by_type.items() if kind not in ("unknown", "mixed")]
    total = sum(b or 0 for b in bests) if len(bests) > 1 and None not in bests else None
    return [
        f for f in figures
        if total is None or f.toll.quantity.best != total or f.toll.victims not in ("unknown", "mixed")
    ]  # fmt: skip


def _drop_covered(by_type: dict[Victims, list[_Figure]]) -> None:
    """Take away a total over several types where the types' own figures add up to it."""
    bests = {victims: _leading(group).toll.quantity.best for victims, group in by_type.items()}
    for whole in [v for v in by_type if v in ("mixed", "unknown")]:
        rest = [best for victims, best in bests.items() if victims != whole]
        if len(rest) > 1 and all(best is not None for best in rest) and sum(b or 0 for b in rest) == bests[whole]:
            del by_type[whole]


def _leading(figures: Sequence[_Figure]) -> _Figure:
    """The figure the report leads with: the newest update, else the first that is a number and no older figure."""
    updates = [f for f in figures if f.toll.update and f.toll.quantity.best is not None]
    if updates:
        return updates[0]
    ranks = [
        (f.toll.earlier, _vague(f), f.toll.by_name, f.toll.quantity.best == 1, _untold(f), f.toll.span.start)
        for f in figures
    ]
    lead = figures[ranks.index(min(ranks))]
    return next((f for f in figures if _sharper(f, lead)), lead)


def _sharper(figure: _Figure, lead: _Figure) -> bool:
    """Whether a figure gives the number that the leading one only rounds: "plus de 100" and "130"."""
    quantity, open_ended = figure.toll.quantity, lead.toll.quantity
    if not open_ended.beyond or open_ended.low is None or quantity.beyond or quantity.best is None:
        return False
    return open_ended.low <= quantity.best <= 2 * open_ended.low and not figure.toll.earlier


def _untold(figure: _Figure) -> int:
    """Among figures without a number the greater leads: "des dizaines" before "des civils"."""
    return 0 if figure.toll.quantity.best is not None else -(figure.toll.quantity.low or 0)


def _vague(figure: _Figure) -> int:
    quantity = figure.toll.quantity
    if quantity.state == "none":
        return 3
    return 0 if quantity.best is not None else 1 if quantity.low is not None else 2


def _merged(victims: Victims, figures: Sequence[_Figure], reading: Reading) -> list[SettledToll]:
    """The rows of one type: separate groups added up, the same figure told again merged, other figures as a range."""
    lead = _leading(figures)
    added = _added(lead, figures, reading)
    quantity = lead.toll.quantity
    low, best, high = quantity.low, quantity.best, quantity.high
    for more in added:
        low = (low or 0) + (more.toll.quantity.low or 0)
        best = best + more.toll.quantity.best if best is not None and more.toll.quantity.best is not None else None
        high = high + more.toll.quantity.high if high is not None and more.toll.quantity.high is not None else None
    others = [f for f in figures if f is not lead and f not in added and _rival_count(f, lead, reading)]
    low, high = _widened(low, best, high, others)
    row = SettledToll(
        lead.toll.outcome, victims, _state(low, best), low, best, high, lead.toll.hedged, False, lead.toll.span,
        _parts(lead, added, figures, reading), tuple(sorted({span for f in figures for span in f.evidence})),
    )  # fmt: skip
    return [row]


def _state(low: int | None, best: int | None) -> Literal["number", "some", "none"]:
    if best == 0:
        return "none"
    return "number" if best is not None else "some"


def _added(lead: _Figure, figures: Sequence[_Figure], reading: Reading) -> list[_Figure]:
    """Figures that come on top of the leading one: "et deux autres", told in the same breath.

    The text begins anew behind the title: "2 killed, 6 injured" and "two were killed and six others injured" are six.
    """
    quantity, home = lead.toll.quantity, reading.sentence_of(lead.toll.span)
    return [
        f for f in figures
        if f is not lead and f.toll.rest_of is not None and f.toll.quantity.best is not None and quantity.best is not None
        and 0 < f.toll.span.start - lead.toll.span.end < 150 and not f.toll.update
        and reading.sentence_of(f.toll.span).in_title == home.in_title
        and not (lead.toll.other and f.toll.quantity.best == quantity.best)
    ]  # fmt: skip


_COUNTS = re.compile(r"\b(?:bilan|toll|selon|according|sources?|porte-parole|spokes\w+)\b", re.IGNORECASE)
_SAYS = re.compile(
    r"\b(?:d'après|said|says|told|reported|put|affirm\w+|indiqu\w+|déclar\w+|évoqu\w+|avanc\w+|parl\w+|assur\w+|"
    r"fait état|faisait état|font état|revendiqu\w+|claim\w+)\b",
    re.IGNORECASE,
)  # fmt: skip


def _rival_count(figure: _Figure, lead: _Figure, reading: Reading) -> bool:
    """Whether a figure is another count of the same victims: an older one, or one that a sentence owes to a source.

    Figures below the leading one are mostly of some of its victims; a verb of saying makes only those above it rival.
    """
    sentence = reading.sentence_of(figure.toll.span)
    more = (figure.toll.quantity.best or 0) > (lead.toll.quantity.best or 0)
    cues = (_COUNTS, _SAYS) if more else (_COUNTS,)
    return figure.toll.earlier or any(cue.search(reading.canvas, sentence.start, sentence.end) for cue in cues)


# A second figure this many times the first is another thing told, not another count of the same dead: in the gold
# the widest range between two versions is 30 to 160.
_WIDEST = 6


def _widened(
    low: int | None, best: int | None, high: int | None, others: Sequence[_Figure]
) -> tuple[int | None, int | None]:
    """Low and high stretched over rival counts of the same victims; individuals and vague words stretch nothing."""
    counts = [
        f.toll.quantity for f in others
        if not (f.toll.by_name or f.toll.other) and f.toll.quantity.best is not None and f.toll.rest_of is None
        and f.toll.quantity.best > 1
    ]  # fmt: skip
    if best is None or best == 0:
        return low, high
    for quantity in counts:
        told = quantity.best or 0
        agrees = quantity.beyond and told <= best  # "plus de 100" is no other count than 130
        if low is not None and quantity.low is not None and best <= quantity.low * _WIDEST and not agrees:
            low = min(low, quantity.low)
        if best < told <= best * _WIDEST:
            high = max(high or 0, told)
    return low, high


def _parts(
    lead: _Figure, added: Sequence[_Figure], figures: Sequence[_Figure], reading: Reading
) -> tuple[tuple[str, int | None], ...]:
    """The named parts of a figure: its own, what was added to it, or those of the same number told again in parts."""
    again = next((f.parts for f in figures if f.parts and f.toll.quantity.best == lead.toll.quantity.best), ())
    parts = lead.parts or ((lead.toll, *(f.toll for f in added)) if added else again)
    return tuple((_name(part, reading), part.quantity.best) for part in parts)


def _name(part: TollMention, reading: Reading) -> str:
    """The part's people without their number."""
    span = part.victims_span or part.span
    words = reading.words(span)
    if span.start <= part.quantity.span.start and part.quantity.span.end < span.end:
        words = reading.words(Span(part.quantity.span.end, span.end))
    return words.strip(" ,")
