"""Fit the weights of coding/data/confidence.tsv on coded reports, and print how reliable they are on reports not fitted on.

usage: calibrate_confidence.py GOLD.jsonl… [--ridge R] [--folds K] [--write FILE] [--page FILE]

A claim of a coded event is right where the gold event that it is matched with says the same: the same kind, days, place (by
name), party (type and role) or toll (outcome, victims, low and best); claims of events without a match are wrong. One
logistic regression for each sort of claim, with a ridge penalty, cross-validated by report. --page writes the reliability
table into a page, between the marks of scripts/write_docs.py.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from measure import ROOT, Shelf

import concordant
from concordant.coding import confidence as sure
from concordant.coding.coder import Coder, _left_out, study
from concordant.coding.rendering import render_event
from concordant.evaluation.matching import days, match, place_name, same_name
from concordant.reports import Report, iter_reports

BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0001)


class Claim(NamedTuple):
    """A claim of a coded event: its sort, its features, whether it is right, and its report."""

    sort: str
    features: sure.Features
    right: bool
    owner: int


def claims(path: str, coder: Coder, shelf: Shelf) -> Iterator[Claim]:
    golds = {g["id"]: g["events"] for g in map(json.loads, Path(path).read_text(encoding="utf-8").splitlines())}
    for report in iter_reports([path]):
        if not isinstance(report, Report):
            continue
        seen = study(report, shelf.read(report.title, report.text, report.language or "en"), coder)
        kept = [(d, o) for d, o in zip(seen.drafts, seen.chances, strict=True) if _left_out(d, o, seen, coder) is None]
        events = [render_event(seen.reading, report, d, "main", o, codebook=coder.codebook).to_dict() for d, o in kept]
        paired = dict(match(events, golds[report.id]))
        owner = int(hashlib.sha256(report.id.encode()).hexdigest()[:8], 16)
        for n, (draft, odds) in enumerate(kept):
            gold = golds[report.id][paired[n]] if n in paired else None
            for sort, features, right in _of_event(draft, odds, events[n], gold):
                yield Claim(sort, features, right, owner)


def _of_event(draft: Any, odds: Any, event: Any, gold: Any) -> Iterator[tuple[str, sure.Features, bool]]:
    yield "event", sure.of_event(draft, odds), gold is not None
    yield "kind", sure.of_kind(draft, odds), gold is not None and gold["kind"] == event["kind"]
    if draft.date is not None:
        yield "date", sure.of_date(draft, odds), gold is not None and days(gold) == days(event)
    if draft.place is not None:
        yield "place", sure.of_place(draft, odds), gold is not None and same_name(place_name(gold), place_name(event))
    sides = {(p["type"], p["role"]) for p in gold["parties"]} if gold else set()
    for party in draft.parties:
        yield "party", sure.of_party(draft, party, odds), (party.mention.type, party.role) in sides
    rows = {(c["outcome"], c["victims"], c["low"], c["best"]) for c in gold["casualties"]} if gold else set()
    for toll in draft.tolls:
        yield "toll", sure.of_toll(draft, toll, odds), (toll.outcome, toll.victims, toll.low, toll.best) in rows


def fit(x: np.ndarray, y: np.ndarray, ridge: float, rounds: int = 1500) -> np.ndarray:
    """Weights by gradient descent with momentum."""
    weights, speed = np.zeros(x.shape[1]), np.zeros(x.shape[1])
    for _ in range(rounds):
        slope = (x.T @ (1 / (1 + np.exp(-x @ weights)) - y) + ridge * weights) / len(y)
        speed = 0.9 * speed - 0.3 * slope
        weights += speed
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--ridge", type=float, default=4.0)
    parser.add_argument("--folds", type=int, default=8)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--page", type=Path)
    args = parser.parse_args()
    coder, shelf = concordant.coder(), Shelf.at(ROOT / ".cache/readings")
    found = [claim for path in args.gold for claim in claims(path, coder, shelf)]
    rows, lines = [], []
    for sort in sure.CLAIMS:
        mine = [claim for claim in found if claim.sort == sort]
        names = sorted({name for claim in mine for name in claim.features})
        x = np.array([[claim.features.get(name, 0.0) for name in names] for claim in mine])
        y, fold = np.array([claim.right for claim in mine], float), np.array([claim.owner % args.folds for claim in mine])
        chance = np.zeros(len(mine))
        for k in range(args.folds):
            chance[fold == k] = 1 / (1 + np.exp(-x[fold == k] @ fit(x[fold != k], y[fold != k], args.ridge)))
        rows.append(_reliability(sort, chance, y))
        lines += [f"{sort}\t{part}\t{name}\t{w:.3f}" for (part, name), w in zip(names, fit(x, y, args.ridge), strict=True)]
    table = "\n".join(rows)
    print(table)
    if args.write:
        head = [line for line in args.write.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
        args.write.write_text("\n".join([*head, "claim\tpart\tfeature\tweight", *lines]) + "\n", encoding="utf-8")
    if args.page:
        page = args.page.read_text(encoding="utf-8")
        args.page.write_text(re.sub(r"(<!-- reliability -->\n).*?(<!-- end -->)", lambda m: m[1] + _HEAD + table + "\n" + m[2], page, flags=re.DOTALL), encoding="utf-8")


_HEAD = (
    "| claim | claims | right | off by | "
    + " | ".join(f"{a:.1f} to {min(1.0, b):.1f}" for a, b in itertools.pairwise(BINS))
    + " |\n" + "| --- " * (len(BINS) + 3) + "|\n"
)  # fmt: skip


def _reliability(sort: str, chance: np.ndarray, right: np.ndarray) -> str:
    """A row of the table: for each band of confidence the share that is right and the number of claims."""
    cells, off = [], 0.0
    for low, high in itertools.pairwise(BINS):
        inside = (chance >= low) & (chance < high)
        if inside.any():
            off += abs(right[inside].mean() - chance[inside].mean()) * inside.mean()
        cells.append(f"{right[inside].mean():.2f} ({inside.sum()})" if inside.any() else "")
    return f"| {sort} | {len(right)} | {right.mean():.2f} | {off:.3f} | " + " | ".join(cells) + " |"


if __name__ == "__main__":
    main()
