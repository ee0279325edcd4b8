"""Fit the weights of coding/data/standing.tsv on coded reports.

usage: fit_standing.py GOLD.jsonl… [--ridge R] [--folds K] [--write]

Each happening that the coder finds is matched with the gold's events (evaluation's matching); its standing is that of
its match, or none. A multinomial logistic regression with a ridge penalty gives the log-odds. Cross-validated by
report, so that the figure printed is for reports not fitted on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
from measure import ROOT, Shelf

import concordant
from concordant.coding.coder import evidence_on, study
from concordant.coding.rendering import render_event
from concordant.evaluation.matching import match
from concordant.reports import Report, iter_reports

CLASSES = ("none", "main", "background")


def collect(paths: list[str]) -> tuple[list[dict[str, float]], list[int], list[int]]:
    """Features, class and report number of every happening found."""
    coder, shelf = concordant.coder(), Shelf.at(ROOT / ".cache/readings")
    rows, labels, owners = [], [], []
    for path in paths:
        golds = {g["id"]: g for g in map(json.loads, Path(path).read_text(encoding="utf-8").splitlines())}
        for report in iter_reports([path]):
            if not isinstance(report, Report):
                continue
            gold = golds[report.id]["events"]
            seen = study(report, shelf.read(report.title, report.text, report.language or "en"), coder)
            pairs = zip(seen.drafts, seen.chances, strict=True)
            events = [render_event(seen.reading, report, d, "main", odds).to_dict() for d, odds in pairs]
            paired = dict(match(events, gold))
            for n, draft in enumerate(seen.drafts):
                rows.append(evidence_on(draft, seen.context))
                labels.append(CLASSES.index(gold[paired[n]]["role"]) if n in paired else 0)
                owners.append(int(hashlib.sha256(report.id.encode()).hexdigest(), 16))
    return rows, labels, owners


def fit(x: np.ndarray, y: np.ndarray, ridge: float, rounds: int = 800) -> np.ndarray:
    """Weights (features by classes, the first class 0) by gradient descent with momentum."""
    weights = np.zeros((x.shape[1], len(CLASSES)))
    speed = np.zeros_like(weights)
    truth = np.eye(len(CLASSES))[y]
    for _ in range(rounds):
        scores = x @ weights
        scores -= scores.max(axis=1, keepdims=True)
        p = np.exp(scores)
        p /= p.sum(axis=1, keepdims=True)
        slope = x.T @ (p - truth) / len(y) + ridge * weights / len(y)
        speed = 0.9 * speed - 0.3 * slope
        weights += speed
    return weights - weights[:, :1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--ridge", type=float, default=3.0)
    parser.add_argument("--folds", type=int, default=8)
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    rows, labels, owners = collect(args.gold)
    names = sorted({name for row in rows for name in row})
    x = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    y, fold = np.array(labels), np.array([owner % args.folds for owner in owners])
    right = 0
    for k in range(args.folds):
        weights = fit(x[fold != k], y[fold != k], args.ridge)
        right += int(((x[fold == k] @ weights).argmax(axis=1) == y[fold == k]).sum())
    print(f"{len(y)} happenings: {np.bincount(y)}; right on reports not fitted on: {right / len(y):.3f}")
    weights = fit(x, y, args.ridge)
    order = sorted(range(len(names)), key=lambda i: -abs(weights[i]).max())
    for i in order:
        print(f"{names[i]:28} main {weights[i, 1]:+.2f}  background {weights[i, 2]:+.2f}")
    if args.write:
        old = args.write.read_text(encoding="utf-8").splitlines()
        head = [line for line in old if line.startswith("#")]
        body = ["feature\tmain\tbackground"] + [f"{names[i]}\t{weights[i, 1]:.3f}\t{weights[i, 2]:.3f}" for i in order]
        args.write.write_text("\n".join(head + body) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
