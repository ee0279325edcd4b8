"""Fit the weights of coding/data/dating.tsv on coded reports.

usage: fit_dating.py GOLD.jsonl… [--ridge R] [--folds K] [--write FILE]

Each happening that the coder finds and that matches one of the gold's events (evaluation's matching) is a choice among
its date candidates and "no date"; those with the gold's days are right. A conditional logit with a ridge penalty gives
the weights. Cross-validated by report: the figure printed is for reports not fitted on, beside that of the weights in
force.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import measure
import numpy as np

import concordant
from concordant.coding.coder import Coder, study
from concordant.coding.datechoosing import happening_candidates
from concordant.coding.dating import dating_weights
from concordant.coding.rendering import render_event
from concordant.evaluation.matching import days, match
from concordant.reports import Report, iter_reports

NONE = {"no date": 1.0}


@dataclass(frozen=True)
class Choice:
    """The candidates of one happening, which of them are right, and the report it is from."""

    features: list[dict[str, float]]
    right: list[bool]
    owner: int


def collect(paths: list[str], shelf: measure.Shelf) -> list[Choice]:
    """The choices in all reports; happenings none of whose candidates is right teach nothing and are left out."""
    coder = concordant.coder()
    found = []
    for path in paths:
        golds = {g["id"]: g for g in map(json.loads, Path(path).read_text(encoding="utf-8").splitlines())}
        for report in iter_reports([path]):
            if isinstance(report, Report):
                found += choices(report, golds[report.id], coder, shelf)
    return found


def choices(report: Report, gold: dict, coder: Coder, shelf: measure.Shelf) -> list[Choice]:  # type: ignore[type-arg]
    seen = study(report, shelf.read(report.title, report.text, gold["language"]), coder)
    rendered = [
        render_event(seen.reading, report, d, "main", o).to_dict() for d, o in zip(seen.drafts, seen.chances, strict=True)
    ]
    owner = int(hashlib.sha256(report.id.encode()).hexdigest(), 16)
    found = []
    for at, to in match(rendered, gold["events"]):
        wanted = days(gold["events"][to])
        pool = happening_candidates(seen.drafts[at].happening.frames, seen.days, seen.frames)
        told = [(c.days[0].isoformat(), c.days[1].isoformat()) if c.days else None for c in pool]
        right = [*(t == wanted for t in told), wanted is None]
        if any(right):
            found.append(Choice([*(dict(c.features) for c in pool), NONE], right, owner))
    return found


def fit(data: list[tuple[np.ndarray, np.ndarray]], prior: np.ndarray, ridge: float, rounds: int = 500) -> np.ndarray:
    """Weights by gradient ascent with momentum on the chance of a right candidate, drawn towards those in force."""
    weights, speed = prior.copy(), np.zeros(len(prior))
    for _ in range(rounds):
        slope = np.zeros(len(prior))
        for x, right in data:
            scores = x @ weights
            p = np.exp(scores - scores.max())
            p /= p.sum()
            q = p * right
            slope += x.T @ (q / max(q.sum(), 1e-12) - p)
        slope = slope / len(data) - ridge * (weights - prior) / len(data)
        speed = 0.9 * speed + 0.2 * slope
        weights += speed
    return weights


def hits(data: list[tuple[np.ndarray, np.ndarray]], weights: np.ndarray) -> int:
    return sum(bool(right[int((x @ weights).argmax())]) for x, right in data)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--ridge", type=float, default=1.0)
    parser.add_argument("--folds", type=int, default=8)
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    made = collect(args.gold, measure.Shelf.at(measure.ROOT / ".cache/readings"))
    names = sorted({name for choice in made for row in choice.features for name in row})
    data = [
        (np.array([[row.get(name, 0.0) for name in names] for row in c.features]), np.array(c.right, float)) for c in made
    ]
    fold = [c.owner % args.folds for c in made]
    table = dating_weights(concordant.coder().codebook)
    prior = np.array([table.get(name, 0.0) for name in names])
    force = hits(data, prior)
    right = 0
    for k in range(args.folds):
        weights = fit([d for d, f in zip(data, fold, strict=True) if f != k], prior, args.ridge)
        right += hits([d for d, f in zip(data, fold, strict=True) if f == k], weights)
    print(f"{len(data)} choices; right: {force} with the weights in force, {right} by cross-validation")
    if args.write:
        write(args.write, names, fit(data, prior, args.ridge), f"{right} of {len(data)}")


def write(file: Path, names: list[str], weights: np.ndarray, figure: str) -> None:
    lines = [
        "# What speaks for and against a time expression as the date of a happening, in log-odds; the best candidate wins,",
        '# "no date" being one. Fitted by scripts/fit_dating.py; right on reports not fitted on: ' + figure + " choices.",
        "feature\tweight",
    ]
    lines += [f"{name}\t{weight:.2f}" for name, weight in sorted(zip(names, weights, strict=True), key=lambda w: -w[1])]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
