"""Matching: which predicted event is which gold event of the same report (gold README; `score.py` beside the gold)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

Event = Mapping[str, Any]

_FAMILIES = {
    "battle": ("armed_clash", "ambush", "raid", "operation", "territory_change"),
    "remote": ("ied", "suicide_attack", "air_strike", "shelling"),
    "civilians": ("attack_on_civilians", "sexual_violence"),
    "custody": ("abduction", "release", "arrest"),
    "property": ("looting",),
    "unrest": ("protest", "riot", "repression"),
    "politics": ("coup", "agreement"),
}
_FAMILY_OF = {kind: family for family, kinds in _FAMILIES.items() for kind in kinds}
_VIOLENT = {"battle", "remote", "civilians"}
_COUNTED = ("killed", "wounded", "abducted", "arrested")
THRESHOLD = 3.0  # affinity from which on a pair is taken for one event


def family(kind: str | None) -> str | None:
    """The family of a kind, None for no known kind."""
    return _FAMILY_OF.get(kind or "")


@lru_cache(maxsize=65536)
def plain(text: str | None) -> str:
    """Lower case without accents; everything but letters, digits and Arabic letters as single spaces."""
    spread = unicodedata.normalize("NFKD", text or "")
    kept = "".join(c for c in spread if not unicodedata.combining(c)).lower()
    return re.sub(r"[^a-z0-9\u0600-\u06ff]+", " ", kept).strip()


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names are the same, or the shorter stands in the longer as whole words (five words more at most)."""
    a, b = plain(one), plain(other)
    if not a or not b:
        return False
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if short == long:
        return True
    if len(long.split()) > len(short.split()) + 5:
        return False
    return len(short) >= 3 and re.search(rf"\b{re.escape(short)}\b", long) is not None


def days(event: Event) -> tuple[str, str] | None:
    """First and last day of an event, None where it has no date."""
    date = event.get("date") or {}
    start = date.get("start")
    end = date.get("end") or start
    return (start[:10], end[:10]) if start and end else None


def firm(event: Event) -> list[Mapping[str, Any]]:
    """The casualty rows that count: neither hedged nor rival."""
    return [row for row in event.get("casualties") or () if not (row.get("hedged") or row.get("rival"))]


def total(event: Event, outcome: str) -> tuple[int | None, int | None] | None:
    """(low, best) over the victims' groups of an outcome; a "mixed" row stands for all; None where nothing is said."""
    rows = [row for row in firm(event) if row.get("outcome") == outcome]
    if not rows:
        return None
    rows = [row for row in rows if row.get("victims") == "mixed"] or rows
    bests = [row.get("best") for row in rows]
    lows = [row["low"] if row.get("low") is not None else row.get("best") for row in rows]
    known = [low for low in lows if low is not None]
    return (sum(known) if known else None), (None if None in bests else sum(b for b in bests if b is not None))


def place_name(event: Event) -> str | None:
    name = (event.get("place") or {}).get("name")
    return name if name is None else str(name)


def affinity(pred: Event, gold: Event) -> float:
    """How much two events look like one: kind, days, place and totals."""
    score = _kind_affinity(pred.get("kind"), gold.get("kind")) + _day_affinity(days(pred), days(gold))
    if same_name(place_name(pred), place_name(gold)):
        score += 3
    for outcome in _COUNTED:
        a, b = total(pred, outcome), total(gold, outcome)
        if a and b and a == b:
            score += 1
    return score


def _kind_affinity(pred: str | None, gold: str | None) -> float:
    if pred == gold:
        return 3
    if family(pred) == family(gold):
        return 2
    return 1 if {family(pred), family(gold)} <= _VIOLENT else 0


def _day_affinity(pred: tuple[str, str] | None, gold: tuple[str, str] | None) -> float:
    if not pred or not gold:
        return 0
    if pred == gold:
        return 2
    return 1 if pred[0] <= gold[1] and gold[0] <= pred[1] else -1


def match(preds: Sequence[Event], golds: Sequence[Event]) -> list[tuple[int, int]]:
    """One-to-one pairs (predicted, gold), best affinity first."""
    scored = [(affinity(p, g), i, j) for i, p in enumerate(preds) for j, g in enumerate(golds)]
    pairs: list[tuple[int, int]] = []
    for score, i, j in sorted(scored, key=lambda t: (-t[0], t[1], t[2])):
        if score >= THRESHOLD and all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return pairs
