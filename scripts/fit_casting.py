"""Fit the weights of coding/data/casting.tsv on coded reports.

usage: fit_casting.py GOLD.jsonl… [--ridge R] [--folds K] [--rare N] [--cache FOLDER] [--write FILE]

Each happening that the coder finds is matched with the gold's events (evaluation's matching). Each type of party that
the report tells of is one case: perpetrator, target, or none; for participants either of the first two is right. Two
multinomial logistic regressions with a ridge penalty give the log-odds, the second one with what the first makes of
the other candidates, on reports that the first was not fitted on. The figures printed are for reports not fitted on.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from measure import Shelf, load

import concordant
from concordant.coding.castevidence import Candidate, candidates, survey
from concordant.coding.castodds import Odds, beside
from concordant.coding.coder import study
from concordant.coding.company import BAR, MUTUAL
from concordant.coding.rendering import render_event
from concordant.evaluation.matching import match
from concordant.reports import Report, iter_reports

CLASSES = ("none", "perpetrator", "target")


@dataclass(frozen=True)
class Case:
    """The candidates of one happening, and the roles that the gold gives to each of their types."""

    owner: int
    kind: str
    main: bool
    candidates: tuple[Candidate, ...]
    gold: tuple[tuple[str, str], ...]  # type and role of every party of the gold


def collect(paths: list[Path], cache: Path) -> list[Case]:
    coder, shelf, cases = concordant.coder(), Shelf.at(cache), []
    for path in paths:
        golds = {g["id"]: g for g in load(path)}
        for report in iter_reports([str(path)]):
            if not isinstance(report, Report) or not golds[report.id]["events"]:
                continue
            gold = golds[report.id]["events"]
            seen = study(report, shelf.read(report.title, report.text, golds[report.id]["language"]), coder)
            told = zip(seen.drafts, seen.chances, strict=True)
            events = [render_event(seen.reading, report, d, "main", o).to_dict() for d, o in told]
            scene = survey(seen.reading, seen.mentions, [d.happening for d in seen.drafts], codebook=coder.codebook)
            owner = int(hashlib.sha256(report.id.encode()).hexdigest(), 16)
            for n, m in match(events, gold):
                draft = seen.drafts[n]
                country = lies_in.country if (lies_in := draft.place or draft.home) else None
                found = candidates(scene, draft.happening, draft.kind, country)
                sides = tuple((p["type"], p["role"]) for p in gold[m]["parties"])
                cases.append(Case(owner, draft.kind, gold[m]["role"] == "main", found, sides))
    return cases


def fit(x: np.ndarray, right: np.ndarray, ridge: float, rounds: int = 300) -> np.ndarray:
    """Weights (features by classes, the first class 0) by gradient descent; `right` has a 1 for every right class."""
    weights = np.zeros((x.shape[1], len(CLASSES)))
    speed = np.zeros_like(weights)
    for _ in range(rounds):
        p = chances(x, weights)
        truth = p * right
        truth /= truth.sum(axis=1, keepdims=True) + 1e-12
        speed = 0.93 * speed - 0.5 * (x.T @ (p - truth) / len(x) + ridge * weights / len(x))
        weights += speed
    return weights - weights[:, :1]


def chances(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    scores = x @ weights
    scores -= scores.max(axis=1, keepdims=True)
    p = np.exp(scores)
    return np.asarray(p / p.sum(axis=1, keepdims=True))


def held_out(x: np.ndarray, right: np.ndarray, fold: np.ndarray, ridge: float) -> np.ndarray:
    """Chances for each case from weights fitted on the other folds."""
    found = np.zeros((len(x), len(CLASSES)))
    for k in range(fold.max() + 1):
        found[fold == k] = chances(x[fold == k], fit(x[fold != k], right[fold != k], ridge))
    return found


def matrix(rows: list[dict[str, float]], rare: int) -> tuple[list[str], np.ndarray]:
    counts = Counter(name for row in rows for name, value in row.items() if value)
    names = sorted(name for name in counts if counts[name] >= rare)
    return names, np.array([[row.get(name, 0.0) for name in names] for row in rows])


def second_rows(cases: list[Case], p: np.ndarray) -> list[dict[str, float]]:
    rows, at = [], 0
    for case in cases:
        first = [Odds(float(q[1]), float(q[2])) for q in p[at : at + len(case.candidates)]]
        rows += [c.evidence | beside(n, case.candidates, first) for n, c in enumerate(case.candidates)]
        at += len(case.candidates)
    return rows


def report(cases: list[Case], p: np.ndarray, name: str) -> None:
    """F1 of type and role over the main events, as `evaluate` counts it."""
    hits = told = wanted = at = 0
    for case in cases:
        mine = p[at : at + len(case.candidates)]
        at += len(case.candidates)
        if not case.main:
            continue
        sides = []
        for candidate, q in zip(case.candidates, mine, strict=True):
            if 1 - q[0] >= BAR:
                role = "perpetrator" if q[1] >= q[2] else "target"
                sides.append(
                    (candidate.type, "participant" if case.kind in MUTUAL and candidate.type != "civilians" else role)
                )
        if case.kind == "riot" and {"crowd", "state_forces"} <= {t for t, _ in sides}:
            sides = [(t, "participant" if t in ("crowd", "state_forces") else r) for t, r in sides]
        hits += len(set(sides) & set(case.gold))
        told, wanted = told + len(sides), wanted + len(case.gold)
    print(f"{name}: precision {hits / told:.3f} recall {hits / wanted:.3f} F1 {2 * hits / (told + wanted):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--ridge", type=float, default=3.0)
    parser.add_argument("--folds", type=int, default=8)
    parser.add_argument("--rare", type=int, default=5, help="leave out features seen fewer times than this")
    parser.add_argument("--cache", type=Path, default=Path(".cache/readings"))
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    cases = collect(args.gold, args.cache)
    everyone = [(case, c) for case in cases for c in case.candidates]
    right = np.array([_right(case, c) for case, c in everyone], dtype=float)
    fold = np.array([case.owner % args.folds for case, _ in everyone])
    names, x = matrix([c.evidence for _, c in everyone], args.rare)
    first = held_out(x, right, fold, args.ridge)
    report(cases, first, "first round")
    names2, x2 = matrix(second_rows(cases, first), args.rare)
    report(cases, held_out(x2, right, fold, args.ridge), "second round")
    weights, weights2 = fit(x, right, args.ridge), fit(x2, right, args.ridge)
    table = {n: [*weights[i, 1:], 0.0, 0.0] for i, n in enumerate(names)}
    for i, n in enumerate(names2):
        table.setdefault(n, [0.0] * 4)[2:] = [*weights2[i, 1:]]
    order = sorted(table, key=lambda n: (-max(map(abs, table[n])), n))
    if args.write:
        old = args.write.read_text(encoding="utf-8").splitlines() if args.write.exists() else []
        head = [line for line in old if line.startswith("#")]
        body = ["feature\tdoes\tsuffers\tdoes then\tsuffers then"]
        body += [n + "".join(f"\t{w:.2f}" for w in table[n]) for n in order]
        args.write.write_text("\n".join(head + body) + "\n", encoding="utf-8")


def _right(case: Case, candidate: Candidate) -> list[float]:
    roles = {role for kind, role in case.gold if kind == candidate.type}
    if not roles:
        return [1.0, 0.0, 0.0]
    return [0.0, float(bool(roles & {"perpetrator", "participant"})), float(bool(roles & {"target", "participant"}))]


if __name__ == "__main__":
    main()
