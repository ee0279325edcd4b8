"""Fit the weights of coding/data/standing.tsv on coded reports and on the open half of the benchmark.

usage: fit_standing.py GOLD.jsonl… [--also FILE.jsonl… --also-share W] [--cases FOLDER] [--share W] [--ridge R] [--folds K] [--write FILE]

Each happening that the coder finds is matched with the gold's events (evaluation's matching); its standing is that of
its match, or none. A benchmark case says how many events there are and which; its happenings count W each, since a
case is one sentence long and there are many; so do those of further reports, coded by one reading, with --also. A multinomial logistic regression with a ridge penalty gives the
log-odds. Cross-validated by report, so that the figures printed are for reports not fitted on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from measure import ROOT, Shelf

import concordant
from concordant.coding.coder import Coder, Study, evidence_on, study
from concordant.coding.rendering import render_event
from concordant.evaluation.cases import load_cases
from concordant.evaluation.matching import match, same_name
from concordant.reports import Report, iter_reports

CLASSES = ("none", "main", "background")


@dataclass(frozen=True)
class Row:
    """One happening that the coder found: its features, its standing in the gold, its report and its weight."""

    found: dict[str, float]
    label: int
    owner: int
    weight: float


def owner(name: str) -> int:
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16)


def _study(report: Report, coder: Coder, shelf: Shelf) -> Study:
    return study(report, shelf.read(report.title, report.text, report.language or "en"), coder)


def from_gold(path: str, coder: Coder, shelf: Shelf, weight: float = 1.0) -> Iterator[Row]:
    """The happenings of coded reports."""
    golds = {g["id"]: g for g in map(json.loads, Path(path).read_text(encoding="utf-8").splitlines())}
    for report in iter_reports([path]):
        if not isinstance(report, Report):
            continue
        gold = golds[report.id]["events"]
        seen = _study(report, coder, shelf)
        pairs = zip(seen.drafts, seen.chances, strict=True)
        events = [render_event(seen.reading, report, d, "main", odds).to_dict() for d, odds in pairs]
        paired = dict(match(events, gold))
        for n, draft in enumerate(seen.drafts):
            label = CLASSES.index(gold[paired[n]]["role"]) if n in paired else 0
            yield Row(evidence_on(draft, seen.context), label, owner(report.id), weight)


def from_cases(folder: Path, coder: Coder, shelf: Shelf, weight: float) -> Iterator[Row]:
    """The happenings of benchmark cases whose standing the case tells."""
    for case in load_cases(folder):
        if case.half != "open":
            continue
        report = Report(id=case.id, text=case.text, title=case.title, published=case.published, language=case.language)
        seen = _study(report, coder, shelf)
        for n, label in _told(case.expect, seen):
            yield Row(evidence_on(seen.drafts[n], seen.context), label, owner(case.id), weight)


def _told(expect: Mapping[str, Any], seen: Study) -> Iterator[tuple[int, int]]:
    """Which happenings of a case are known to stand as what."""
    if expect.get("relevant") is False or expect.get("events") == []:
        yield from ((n, 0) for n in range(len(seen.drafts)))
    elif "events" in expect:
        yield from _paired(expect["events"], seen)
    elif len(seen.drafts) == 1 and expect.get("main", 1) == 1:
        yield 0, CLASSES.index("main")


def _paired(events: Sequence[Mapping[str, Any]], seen: Study) -> Iterator[tuple[int, int]]:
    left = list(events)
    for n, draft in enumerate(seen.drafts):
        fits = [e for e in left if draft.place is not None and same_name(str(e.get("place")), draft.place.name)]
        fits += [e for e in left if e.get("kind") == draft.kind]
        if fits:
            left.remove(fits[0])
            yield n, CLASSES.index(fits[0].get("role", "main"))
        elif len(seen.drafts) > len(events) and n >= len(events):
            yield n, 0


def fit(x: np.ndarray, y: np.ndarray, w: np.ndarray, ridge: float, rounds: int = 800) -> np.ndarray:
    """Weights (features by classes, the first class 0) by gradient descent with momentum."""
    weights = np.zeros((x.shape[1], len(CLASSES)))
    speed = np.zeros_like(weights)
    truth = np.eye(len(CLASSES))[y]
    for _ in range(rounds):
        scores = x @ weights
        scores -= scores.max(axis=1, keepdims=True)
        p = np.exp(scores)
        p /= p.sum(axis=1, keepdims=True)
        slope = x.T @ ((p - truth) * w[:, None]) / w.sum() + ridge * weights / w.sum()
        speed = 0.9 * speed - 0.3 * slope
        weights += speed
    return weights - weights[:, :1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--also", nargs="*", default=())
    parser.add_argument("--also-share", type=float, default=0.5)
    parser.add_argument("--cases", type=Path)
    parser.add_argument("--share", type=float, default=0.5)
    parser.add_argument("--ridge", type=float, default=5.0)
    parser.add_argument("--folds", type=int, default=8)
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    coder, shelf = concordant.coder(), Shelf.at(ROOT / ".cache/readings")
    rows = [row for path in args.gold for row in from_gold(path, coder, shelf)]
    gold = len(rows)
    rows += [row for path in args.also for row in from_gold(path, coder, shelf, args.also_share)]
    reports = len(rows)
    if args.cases:
        rows += from_cases(args.cases, coder, shelf, args.share)
    names = sorted({name for row in rows for name in row.found})
    x = np.array([[row.found.get(name, 0.0) for name in names] for row in rows])
    y, w = np.array([row.label for row in rows]), np.array([row.weight for row in rows])
    at, fold = np.arange(len(rows)), np.array([row.owner % args.folds for row in rows])
    right = np.zeros(len(rows), dtype=bool)
    for k in range(args.folds):
        weights = fit(x[fold != k], y[fold != k], w[fold != k], args.ridge)
        right[fold == k] = (x[fold == k] @ weights).argmax(axis=1) == y[fold == k]
    sorts = (("of the gold", at < gold), ("of further reports", (at >= gold) & (at < reports)), ("of cases", at >= reports))
    for sort, among in sorts:
        if among.any():
            print(f"{among.sum()} happenings {sort}: {np.bincount(y[among])}; right where not fitted on: {right[among].mean():.3f}")
    weights = fit(x, y, w, args.ridge)
    order = sorted(range(len(names)), key=lambda i: -abs(weights[i]).max())
    if args.write:
        old = args.write.read_text(encoding="utf-8").splitlines()
        head = [line for line in old if line.startswith("#")]
        body = ["feature\tmain\tbackground"] + [f"{names[i]}\t{weights[i, 1]:.3f}\t{weights[i, 2]:.3f}" for i in order]
        args.write.write_text("\n".join(head + body) + "\n", encoding="utf-8")
    for i in order:
        print(f"{names[i]:28} main {weights[i, 1]:+.2f}  background {weights[i, 2]:+.2f}")


if __name__ == "__main__":
    main()
