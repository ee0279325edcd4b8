"""Scoring coded reports against gold ones: the figures of the gold's own `score.py`, to the digit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from concordant.evaluation.matching import Event, days, family, firm, match, place_name, same_name, total

_ORDER = (
    "exact", "relevance", "kind", "kind family", "date", "date withheld", "place", "place relation", "admin1",
    "country", "casualties", "party type+role", "party name", "means", "attributed to", "claimed by", "grounding",
)  # fmt: skip
_TOTALS = ("killed", "wounded", "missing", "abducted", "arrested", "displaced")


@dataclass(frozen=True, slots=True)
class Miss:
    """A gold main event that is not exact, with what was predicted for it, and the fields that spoiled it."""

    report: str
    language: str
    gold: Event
    got: Event | None
    spoiled: tuple[str, ...]


@dataclass(slots=True)
class Figures:
    """Counts of what is right, by figure; `shares` gives the figures."""

    reports: int = 0
    main_tp: int = 0
    main_fp: int = 0
    main_fn: int = 0
    any_tp: int = 0
    any_seen: int = 0
    right: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    by_language: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)

    def add(self, name: str, ok: bool) -> None:
        self.seen[name] += 1
        self.right[name] += bool(ok)

    def add_list(self, name: str, pred: list[Any], gold: list[Any], same: Callable[[Any, Any], bool]) -> None:
        """Count the one-to-one matches of two lists: the figure is F1."""
        left = list(pred)
        for wanted in gold:
            hit = next((p for p in left if same(p, wanted)), None)
            if hit is not None:
                left.remove(hit)
                self.right[name] += 2
        self.seen[name] += len(pred) + len(gold)

    def to_dict(self) -> dict[str, float | int]:
        """The figures by name, rounded to three places, in the order of `score.py`."""
        found = self.main_tp + self.main_fp
        wanted = self.main_tp + self.main_fn
        precision = self.main_tp / found if found else 0.0
        recall = self.main_tp / wanted if wanted else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        figures: dict[str, float | int] = {
            "reports": self.reports, "main events": wanted, "precision": round(precision, 3),
            "recall": round(recall, 3), "f1": round(f1, 3),
            "f1 any role": round(2 * self.any_tp / self.any_seen, 3) if self.any_seen else 0.0,
        }  # fmt: skip
        for name in (*_ORDER, *sorted(n for n in self.seen if n not in _ORDER)):
            if self.seen[name]:
                figures[name] = round(self.right[name] / self.seen[name], 3)
        for language, count in sorted(self.by_language.items()):
            figures[f"exact ({language})"] = round(count["exact"] / count["all"], 3)
        return figures


def evaluate(golds: Sequence[Mapping[str, Any]], predictions: Mapping[str, Mapping[str, Any]]) -> Figures:
    """Score predicted reports (by id) against gold ones; a report without a prediction counts as one without events."""
    figures = Figures()
    for gold in golds:
        _score_report(gold, list(predictions.get(gold["id"], {}).get("events") or ()), figures)
    return figures


def _is_main(event: Event) -> bool:
    return bool(event.get("role", "main") == "main")


def _score_report(gold: Mapping[str, Any], preds: list[Event], figures: Figures) -> None:
    events = list(gold.get("events") or ())
    figures.reports += 1
    figures.add("relevance", bool(preds) == bool(gold.get("relevant", bool(events))))
    paired = {j: i for i, j in match(preds, events)}
    figures.any_tp += len(paired)
    figures.any_seen += len(preds) + len(events)
    language, hits = str(gold.get("language", "?")), 0
    for j, event in enumerate(events):
        if _is_main(event):
            got = preds[paired[j]] if j in paired else None
            hits += _score_event(gold["id"], language, event, got, figures)
    mains = sum(map(_is_main, events))
    figures.main_tp += hits
    figures.main_fn += mains - hits
    figures.main_fp += sum(map(_is_main, preds)) - hits
    text = f"{gold.get('title') or ''}\n{gold.get('text', '')}"
    for row in (row for event in preds for row in event.get("casualties") or () if row.get("quote")):
        figures.add("grounding", row["quote"] in text)


def _score_event(report: str, language: str, gold: Event, got: Event | None, figures: Figures) -> bool:
    spoiled = _compare(got, gold, figures) if got is not None else ("missed",)
    hit = got is not None and _is_main(got)
    if got is not None and not hit:
        spoiled = (*spoiled, "role")
    figures.kinds[str(gold.get("kind")), str(got.get("kind")) if got else "-"] += 1
    figures.add("exact", not spoiled)
    figures.by_language[language]["all"] += 1
    figures.by_language[language]["exact"] += not spoiled
    if spoiled:
        figures.misses.append(Miss(report, language, gold, got, spoiled))
    return hit


def _compare(pred: Event, gold: Event, figures: Figures) -> tuple[str, ...]:
    """Count every field of a matched pair; returns which of those that make `exact` are wrong."""
    right = {
        "kind family": family(pred.get("kind")) == family(gold.get("kind")),
        "date": days(pred) == days(gold) or not days(gold),
        "place": same_name(place_name(pred), place_name(gold)) or not place_name(gold),
        "killed": total(pred, "killed") == total(gold, "killed"),
    }
    figures.add("kind", pred.get("kind") == gold.get("kind"))
    figures.add("kind family", right["kind family"])
    _compare_days(pred, gold, figures)
    _compare_places(pred, gold, figures)
    for outcome in _TOTALS:
        a, b = total(pred, outcome), total(gold, outcome)
        if a or b:
            figures.add(f"{outcome} total", a == b)
    _compare_lists(pred, gold, figures)
    if gold.get("claimed_by"):
        figures.add("claimed by", same_name(pred.get("claimed_by"), gold["claimed_by"]))
    return tuple(name for name, ok in right.items() if not ok)


def _compare_days(pred: Event, gold: Event, figures: Figures) -> None:
    told, wanted = days(pred), days(gold)
    if wanted:
        figures.add("date", told == wanted)
    else:
        figures.add("date withheld", told is None or told[0] != told[1])


def _compare_places(pred: Event, gold: Event, figures: Figures) -> None:
    theirs, mine = gold.get("place") or {}, pred.get("place") or {}
    if theirs.get("name"):
        figures.add("place", same_name(mine.get("name"), theirs["name"]))
        figures.add("place relation", mine.get("relation") == theirs.get("relation"))
    if theirs.get("country"):
        figures.add("country", mine.get("country") == theirs["country"])
    if theirs.get("admin1"):
        figures.add("admin1", same_name(mine.get("admin1"), theirs["admin1"]))


def _row(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row.get("outcome"), row.get("victims") or "unknown", row.get("low"), row.get("best")


def _compare_lists(pred: Event, gold: Event, figures: Figures) -> None:
    def equal(a: Any, b: Any) -> bool:
        return bool(a == b)

    figures.add_list("casualties", [_row(r) for r in firm(pred)], [_row(r) for r in firm(gold)], equal)
    mine, theirs = (
        [(q.get("type"), q.get("role"), q.get("name")) for q in e.get("parties") or ()] for e in (pred, gold)
    )
    figures.add_list("party type+role", mine, theirs, lambda a, b: bool(a[:2] == b[:2]))
    figures.add_list("party name", mine, theirs, lambda a, b: same_name(a[2], b[2]))
    figures.add_list("means", list(pred.get("means") or ()), list(gold.get("means") or ()), equal)
    figures.add_list(
        "attributed to", list(pred.get("attributed_to") or ()), list(gold.get("attributed_to") or ()), same_name
    )
