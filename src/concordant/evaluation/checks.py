"""Checks: whether an answer has what a benchmark case expects, and if not, by which kind of error it misses it.

Each check takes what was answered and what is wanted, and returns None where they agree, else the cause in a few words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import permutations
from typing import Any

from concordant.evaluation.matching import Event, days, place_name, same_name, total

Amount = tuple[int | None, int | None, int | None]
EventCheck = Callable[[Event, Any], str | None]
NO_EVENT = "no event found"


def lead(events: Sequence[Event]) -> Event | None:
    """The event a single-event case is judged by: the first main one, the first of all where none is main."""
    return next((event for event in events if event.get("role") == "main"), events[0] if events else None)


def amount(words: str) -> Amount:
    """Low, best and high of "15", "15/15/-" (no upper bound) or "2/-/-"."""
    parts = words.split("/")
    numbers = [None if part == "-" else int(part) for part in (parts * 3 if len(parts) == 1 else parts)]
    if len(numbers) != 3:
        raise ValueError(f"{words!r} is no number and no low/best/high")
    return numbers[0], numbers[1], numbers[2]


def row_amount(row: Mapping[str, Any]) -> Amount:
    return row.get("low"), row.get("best"), row.get("high")


# ---- one event -------------------------------------------------------------------------------------------------------


def _role(event: Event, wanted: str) -> str | None:
    return None if event.get("role") == wanted else "main and background mixed up"


def _kind(event: Event, wanted: str) -> str | None:
    return None if event.get("kind") == wanted else f"{wanted} taken for {event.get('kind')}"


def _hedged(event: Event, wanted: bool) -> str | None:
    return None if bool(event.get("hedged")) == wanted else "hedge not seen" if wanted else "hedged for nothing"


def _date(event: Event, wanted: str) -> str | None:
    told = days(event)
    if wanted == "none":
        return None if told is None else "day made up"
    start, _, end = wanted.partition("..")
    if told is None:
        return "no date"
    return None if told == (start, end or start) else "other days"


def _place(event: Event, wanted: str | list[str]) -> str | None:
    name = place_name(event)
    if not name:
        return "no place"
    names = [wanted] if isinstance(wanted, str) else wanted
    return None if any(same_name(name, one) for one in names) else "other place"


def _in_place(key: str) -> EventCheck:
    def check(event: Event, wanted: str) -> str | None:
        got = (event.get("place") or {}).get(key)
        right = same_name(got, wanted) if key == "admin1" else got == wanted
        return None if right else f"no {key}" if got is None else f"other {key}"

    return check


def _total(outcome: str) -> EventCheck:
    def check(event: Event, wanted: str | list[str]) -> str | None:
        got = total(event, outcome)
        right = [amount(words)[:2] for words in ([wanted] if isinstance(wanted, str) else wanted)]
        if got is None:
            return f"no {outcome}"
        return None if got in right else f"other number of {outcome}"

    return check


def _tolls(event: Event, wanted: Sequence[str]) -> str | None:
    rows = Counter(
        (r.get("outcome"), r.get("victims") or "unknown", row_amount(r), _flag(r)) for r in event.get("casualties") or ()
    )
    return _difference(rows, Counter(_toll(words) for words in wanted))


def _flag(row: Mapping[str, Any]) -> str:
    return "rival" if row.get("rival") else "hedged" if row.get("hedged") else ""


def _toll(words: str) -> tuple[str, str, Amount, str]:
    outcome, victims, number, *flag = words.split()
    return outcome, victims, amount(number), flag[0] if flag else ""


def _quantities(event: Event, wanted: Sequence[str]) -> str | None:
    rows = Counter((r.get("outcome"), row_amount(r)) for r in event.get("casualties") or ())
    pairs = (words.split() for words in wanted)
    return _difference(rows, Counter((outcome, amount(number)) for outcome, number in pairs))


def _difference(got: Counter[Any], wanted: Counter[Any]) -> str | None:
    """What kind of difference there is between toll rows: their number, or the first part in which they differ."""
    missing, false = sorted((wanted - got).elements(), key=str), sorted((got - wanted).elements(), key=str)
    if not missing and not false:
        return None
    if len(missing) != len(false):
        return "toll row missing" if len(missing) > len(false) else "toll row too many"
    names = ("other outcome", "other number") if len(missing[0]) == 2 else _TOLL_PARTS
    return next(name for name, a, b in zip(names, missing[0], false[0], strict=True) if a != b)


_TOLL_PARTS = ("other outcome", "other victims", "other number", "hedge or rival mark")


def _parties(event: Event, wanted: Sequence[str]) -> str | None:
    got = [(p.get("role"), p.get("type"), p.get("name")) for p in event.get("parties") or ()]
    rows = [words.split(maxsplit=2) for words in wanted]
    missing = {(role, kind) for role, kind, *_ in rows} - {(role, kind) for role, kind, _ in got}
    false = {(role, kind) for role, kind, _ in got} - {(role, kind) for role, kind, *_ in rows}
    if missing or false:
        return _party_cause(missing, false)
    for role, kind, *name in rows:
        if name and not any((r, k) == (role, kind) and same_name(n, name[0]) for r, k, n in got):
            return "other name"
    return None


def _party_cause(missing: set[tuple[Any, Any]], false: set[tuple[Any, Any]]) -> str:
    if not false:
        return "party missing"
    if not missing:
        return "party too many"
    if {kind for _, kind in missing} == {kind for _, kind in false}:
        return "other role"
    return "other type" if {role for role, _ in missing} == {role for role, _ in false} else "party missing"


def _presumed(event: Event, wanted: bool) -> str | None:
    doers = [party for party in event.get("parties") or () if party.get("role") == "perpetrator"]
    if not doers:
        return "party missing"
    return None if any(party.get("presumed") for party in doers) == wanted else "presumed or not"


def _sources(event: Event, wanted: Sequence[str] | Sequence[Sequence[str]]) -> str | None:
    """The sources one to one; a list of lists gives the ways in which a chain may be written down."""
    ways = [wanted] if not wanted or isinstance(wanted[0], str) else wanted
    causes = [_source_list(event, [str(name) for name in way]) for way in ways]
    return None if None in causes else causes[0]


def _source_list(event: Event, wanted: Sequence[str]) -> str | None:
    left = list(event.get("attributed_to") or ())
    for name in wanted:
        hit = next((source for source in left if same_name(source, name)), None)
        if hit is None:
            return "source missing"
        left.remove(hit)
    return "source too many" if left else None


def _claimed(event: Event, wanted: str) -> str | None:
    got = event.get("claimed_by")
    if wanted == "none":
        return None if not got else "claim made up"
    return None if same_name(got, wanted) else "claim not seen"


EVENT_CHECKS: Mapping[str, EventCheck] = {
    "role": _role, "kind": _kind, "hedged": _hedged, "date": _date, "place": _place, "relation": _in_place("relation"),
    "country": _in_place("country"), "admin1": _in_place("admin1"), "killed": _total("killed"),
    "wounded": _total("wounded"), "tolls": _tolls, "quantities": _quantities, "parties": _parties,
    "presumed": _presumed, "sources": _sources, "claimed_by": _claimed,
}  # fmt: skip


# ---- the whole answer ------------------------------------------------------------------------------------------------


def _relevant(events: Sequence[Event], wanted: bool) -> str | None:
    return None if bool(events) == wanted else NO_EVENT if wanted else "event out of scope"


def _main(events: Sequence[Event], wanted: int) -> str | None:
    found = sum(event.get("role") == "main" for event in events)
    return None if found == wanted else "main event missing" if found < wanted else "main event too many"


def _events(events: Sequence[Event], wanted: Sequence[Mapping[str, Any]]) -> str | None:
    if not wanted:
        return "event made up" if events else None
    if len(events) != len(wanted):
        return NO_EVENT if not events else "event missing" if len(events) < len(wanted) else "event too many"
    best = min((_pairing(order, wanted) for order in permutations(events)), key=len)
    return None if not best else best[0] if len(best) == 1 else "several values wrong"


def _pairing(events: Sequence[Event], wanted: Sequence[Mapping[str, Any]]) -> list[str]:
    """The causes by which events in this order miss those wanted."""
    return [cause for event, want in zip(events, wanted, strict=True) for cause in event_causes(event, want)]


def event_causes(event: Event, wanted: Mapping[str, Any]) -> list[str]:
    """The causes by which one event misses what is wanted of it."""
    causes = (EVENT_CHECKS[key](event, value) for key, value in wanted.items())
    return [cause for cause in causes if cause is not None]


REPORT_CHECKS: Mapping[str, Callable[[Sequence[Event], Any], str | None]] = {
    "relevant": _relevant, "main": _main, "events": _events,
}  # fmt: skip


def causes_of(events: Sequence[Event], expect: Mapping[str, Any]) -> list[str]:
    """The causes by which an answer misses a case, none where it is right."""
    causes = [REPORT_CHECKS[key](events, value) for key, value in expect.items() if key in REPORT_CHECKS]
    wanted = {key: value for key, value in expect.items() if key not in REPORT_CHECKS}
    event = lead(events)
    if wanted:
        causes += [NO_EVENT] if event is None else event_causes(event, wanted)
    return list(dict.fromkeys(cause for cause in causes if cause is not None))
