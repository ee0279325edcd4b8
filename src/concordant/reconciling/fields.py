"""The fields of which an event has one value: kind, days, place, who claims it, whether it is sure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from concordant.linking.accounts import Spot, ordinal, spot_of
from concordant.linking.comparing import spelt_alike
from concordant.linking.tables import Tables
from concordant.reconciling.rules import Rules
from concordant.reconciling.voices import Said, Voice, poll, weight_together


@dataclass(frozen=True, slots=True)
class Chosen:
    """A value, the claims that made it, the rule that chose it, and the values that it was chosen before."""

    value: Any
    sources: tuple[Mapping[str, str], ...]
    rule: str
    rivals: tuple[Mapping[str, Any], ...] = field(default=())

    def because(self) -> dict[str, Any]:
        return {"from": [dict(s) for s in self.sources], "rule": self.rule, "rivals": [dict(r) for r in self.rivals]}


NOTHING = Chosen(None, (), "only")


def plainly(said: Sequence[Said], rule: str) -> str:
    """The rule to name: the field's own one only where there was something to choose."""
    if len(said) > 1:
        return rule
    return "only" if len(said[0].voices) == 1 else "agreed"


def kind(voices: Sequence[Voice], rules: Rules) -> Chosen:
    """The kind that most origins tell, each vote the weightier the more the kind says."""
    said = poll(voices, lambda v: v.one("kind"), lambda v: v.weight * rules.specificity.get(v.one("kind"), 1.0))
    return _first(said, "kind", "kind_vote")


def claimed_by(voices: Sequence[Voice]) -> Chosen:
    """Who claims it, as most origins have it."""
    return _first(poll(voices, lambda v: v.one("claimed_by")), "claimed_by", "most_named")


def _first(said: Sequence[Said], name: str, rule: str) -> Chosen:
    if not said:
        return NOTHING
    rivals = tuple({"value": s.value, "from": [v.cites(name, s.value) for v in s.voices]} for s in said[1:])
    return Chosen(
        said[0].value, tuple(v.cites(name, said[0].value) for v in said[0].voices), plainly(said, rule), rivals
    )


Days = tuple[int, int]


def days(voices: Sequence[Voice], rules: Rules) -> Chosen:
    """The days in common to the accounts around the day that weighs most; of two days, the earlier."""
    told = [(v, d) for v in voices if (d := _days(v)) is not None]
    if not told:
        return NOTHING
    peak = _peak(told, rules)
    agreeing = [(v, d) for v, d in told if d[0] <= peak <= d[1]]
    start, end = max(d[0] for _, d in agreeing), min(d[1] for _, d in agreeing)
    return Chosen(
        _days_value(start, end, agreeing), tuple(v.cites("date", v.one("date")) for v, _ in agreeing),
        "only" if len(told) == 1 else "agreed" if len({d for _, d in told}) == 1 else "days_in_common",
        tuple({"value": _bare(v.one("date")), "from": [v.cites("date", v.one("date"))]} for v, d in told if not d[0] <= peak <= d[1]),
    )  # fmt: skip


def _days(voice: Voice) -> Days | None:
    told = voice.one("date")
    start, end = (ordinal(told.get("start")), ordinal(told.get("end"))) if told else (None, None)
    return (start, end) if start is not None and end is not None and start <= end else None


def _peak(told: Sequence[tuple[Voice, Days]], rules: Rules) -> int:
    """The day that weighs most. Only the first days of spans need be tried: no other is in more of them."""
    spans = {v.id: d for v, d in told}

    def weigh(voice: Voice) -> float:
        length = spans[voice.id][1] - spans[voice.id][0]
        return voice.weight * (
            1.0 if length <= 1 else rules.weight["span"] if length <= 31 else rules.weight["span"] / 3
        )

    def weight_of(day: int) -> float:
        return weight_together([v for v, d in told if d[0] <= day <= d[1]], weigh)

    return min({d[0] for _, d in told}, key=lambda day: (-weight_of(day), day))


def _days_value(start: int, end: int, agreeing: Sequence[tuple[Voice, Days]]) -> dict[str, Any]:
    """The span in common, in the words of the account that gives it, where one gives just that."""
    for voice, span in agreeing:
        if span == (start, end):
            return _bare(voice.one("date"))
    first, last = date.fromordinal(start), date.fromordinal(end)
    return {
        "start": first.isoformat(),
        "end": last.isoformat(),
        "precision": "day" if start == end else "days",
        "time_of_day": None,
    }


def _bare(value: Mapping[str, Any]) -> dict[str, Any]:
    """A value without what belongs to one report alone."""
    return {k: v for k, v in value.items() if k not in ("evidence", "candidates", "note")}


def place(voices: Sequence[Voice], rules: Rules, tables: Tables) -> Chosen:
    """The exact place that most origins tell, as the account tells it that says most of where it is."""
    told = [(v, s) for v in voices if (s := spot_of(v.one("place"))) is not None]
    if not told:
        return NOTHING
    groups = _one_place(told, tables)
    weighed = sorted(groups, key=lambda g: (-_place_weight(g, rules), g[0][0].account.order))
    chosen = weighed[0]
    voice = min(chosen, key=lambda vs: _telling(vs, chosen))[0]
    return Chosen(
        _fill(_bare(voice.one("place")), chosen), tuple(v.cites("place", v.one("place")) for v, _ in chosen),
        "only" if len(told) == 1 else "agreed" if len(groups) == 1 else "exact_place",
        tuple({"value": _bare(g[0][0].one("place")), "from": [v.cites("place", v.one("place")) for v, _ in g]} for g in weighed[1:]),
    )  # fmt: skip


Told = list[tuple[Voice, Spot]]


def _one_place(told: Told, tables: Tables) -> list[Told]:
    """Accounts by the place that they tell, spellings of one name together; the most told name takes in the others."""
    often = Counter(spot.key for _, spot in told)
    groups: list[Told] = []
    for voice, spot in sorted(told, key=lambda vs: (-often[vs[1].key], vs[0].account.order)):
        home = next((g for g in groups if g[0][1].area == spot.area and spelt_alike(g[0][1], spot, tables)), None)
        if home is None:
            groups.append([(voice, spot)])
        else:
            home.append((voice, spot))
    return groups


def _place_weight(group: Told, rules: Rules) -> float:
    spots = {voice.id: spot for voice, spot in group}

    def weigh(voice: Voice) -> float:
        spot = spots[voice.id]
        return voice.weight * (rules.weight["area"] if spot.area else 1.0 if spot.point else rules.weight["unplaced"])

    return weight_together([voice for voice, _ in group], weigh)


def _telling(told: tuple[Voice, Spot], group: Told) -> tuple[Any, ...]:
    """What makes one account's words for a place the best: on the map, its spelling the usual one, its division known."""
    voice, spot = told
    often = Counter(s.key for _, s in group)[spot.key]
    there = Counter((s.country, s.gazetteer_id) for _, s in group)[spot.country, spot.gazetteer_id]
    return (spot.point is None, -there, -often, spot.admin1 is None, voice.account.order)


def _fill(value: dict[str, Any], group: Told) -> dict[str, Any]:
    """The divisions that the account with the best words leaves out and another gives."""
    for name in ("country", "admin1", "admin2"):
        if value.get(name) is None:
            given = Counter(v.one("place").get(name) for v, _ in group if v.one("place").get(name) is not None)
            value[name] = max(given, key=lambda n: (given[n], n)) if given else None
    return value


def hedged(voices: Sequence[Voice]) -> Chosen:
    """Whether every account gives the event as unsure."""
    unsure = all(v.account.event.get("hedged") for v in voices)
    return Chosen(
        unsure, tuple({"account_id": v.id} for v in voices) if unsure else (), "hedged_by_all" if unsure else "agreed"
    )
