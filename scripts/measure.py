"""Figures on coded reports, fast: readings are kept between runs, so that only the coding is done again.

usage: measure.py GOLD.jsonl… [--errors FIELD] [--report ID] [--role main|all] [--limit N] [--cache FOLDER]

Prints the figures of `concordant evaluate` side by side for every file. With --errors it lists where a field is wrong
("date", "place", "killed", "casualties", "party type+role", "attributed to", "kind", "country", "missed", "false",
"role", "relevance"); with --report it shows one report's gold and coded events. Readings are pickled under --cache
(default .cache/readings), by a hash of the text and of the code that reads it: a change in src/concordant/reading
reads anew.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import concordant
from concordant.coding import coder as coding
from concordant.evaluation.matching import days, family, firm, match, same_name, total
from concordant.evaluation.score import evaluate
from concordant.reading import Reading, read
from concordant.reports import Report, iter_reports

Event = dict[str, Any]
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Shelf:
    """Readings kept in a folder."""

    folder: Path
    code: str

    @classmethod
    def at(cls, folder: Path) -> Shelf:
        folder.mkdir(parents=True, exist_ok=True)
        files = sorted((ROOT / "src/concordant/reading").rglob("*.*"))
        made = hashlib.sha256(b"".join(f.read_bytes() for f in files if f.suffix in (".py", ".tsv")))
        return cls(folder, made.hexdigest())

    def read(self, title: str | None, text: str, language: str) -> Reading:
        key = hashlib.sha256(f"{self.code}|{language}|{title}|{text}".encode()).hexdigest()
        file = self.folder / key
        if file.exists():
            found: Reading = pickle.loads(file.read_bytes())
            return found
        reading = read(title, text, language)
        draft = file.with_suffix(f".{hash(file) & 0xFFFF}")
        draft.write_bytes(pickle.dumps(reading))
        draft.rename(file)
        return reading


def load(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def predict(path: Path, shelf: Shelf) -> list[dict[str, Any]]:
    """Code a file of reports with kept readings."""
    worker = concordant.coder()
    setattr(coding, "read", shelf.read)  # noqa: B010 (the reader is swapped for the shelf in this script alone)
    return [
        coding.code_report(report, worker).to_dict() for report in iter_reports([str(path)]) if isinstance(report, Report)
    ]


def wrong(field: str, pred: Event | None, gold: Event | None) -> bool:
    """Whether a pair of events is wrong in a field."""
    if field in ("missed", "false"):
        return (pred is None) if field == "missed" else (gold is None)
    if pred is None or gold is None:
        return False
    if field == "date":
        return (days(gold) is not None or days(pred) is not None) and days(gold) != days(pred)
    if field == "place":
        return not same_name((pred.get("place") or {}).get("name"), (gold.get("place") or {}).get("name"))
    if field in ("country", "admin1"):
        theirs = (gold.get("place") or {}).get(field)
        return bool(theirs) and theirs != (pred.get("place") or {}).get(field)
    if field in ("killed", "wounded", "missing", "abducted", "arrested", "displaced"):
        return total(pred, field) != total(gold, field)
    if field == "casualties":
        return _rows(pred) != _rows(gold)
    if field == "party type+role":
        return _sides(pred) != _sides(gold)
    if field == "kind":
        return family(pred["kind"]) != family(gold["kind"])
    if field == "role":
        return bool(pred["role"] != gold["role"])
    return sorted(pred.get(field.replace(" ", "_")) or []) != sorted(gold.get(field.replace(" ", "_")) or [])


def _rows(event: Event) -> list[tuple[Any, ...]]:
    return sorted((c["outcome"], c["victims"], str(c["low"]), str(c["best"])) for c in firm(event))


def _sides(event: Event) -> list[tuple[str, str]]:
    return sorted({(p["type"], p["role"]) for p in event["parties"]})


def pairs(preds: Sequence[Event], golds: Sequence[Event]) -> Iterator[tuple[Event | None, Event | None]]:
    """Matched events, then those without a match on either side."""
    paired = match(preds, golds)
    yield from ((preds[i], golds[j]) for i, j in paired)
    yield from ((p, None) for i, p in enumerate(preds) if i not in {a for a, _ in paired})
    yield from ((None, g) for j, g in enumerate(golds) if j not in {b for _, b in paired})


def short(event: Event | None) -> str:
    """An event in one line."""
    if event is None:
        return "-"
    place, when = event.get("place") or {}, event.get("date") or {}
    tolls = "; ".join(
        f"{c['outcome']} {c['victims']} {c['low']}/{c['best']}/{c['high']}{' H' * c['hedged']}{' R' * bool(c.get('rival'))}"
        f" «{(c.get('quote') or '')[:70]}»"
        for c in event["casualties"]
    )
    sides = "; ".join(f"{p['role'][:4]}:{p['type']}:{p['name']}{'?' * bool(p.get('presumed'))}" for p in event["parties"])
    return (
        f"{event['role']} {event['kind']} [{when.get('start')}..{when.get('end')}] @{place.get('relation')} {place.get('name')}"
        f" ({place.get('admin1')}, {place.get('country')}) | {sides} | {tolls} | by {event.get('attributed_to')}"
    )


def list_errors(golds: list[dict[str, Any]], preds: list[dict[str, Any]], field: str, role: str, limit: int) -> None:
    shown = 0
    for gold, pred in zip(golds, preds, strict=True):
        for p, g in pairs(pred["events"], gold["events"]):
            if role == "main" and (g or p or {}).get("role") != "main":
                continue
            if wrong(field, p, g) and shown < limit:
                shown += 1
                print(f"{gold['id']} ({gold['language']}, published {gold['published']})\n  gold {short(g)}\n  got  {short(p)}")
    print(f"{shown} shown")


def show(gold: dict[str, Any], pred: dict[str, Any]) -> None:
    print(f"{gold['id']} published {gold['published']} outlet {gold.get('outlet')}\n{gold.get('title')}\n\n{gold['text']}\n")
    for p, g in pairs(pred["events"], gold["events"]):
        print(f"  gold {short(g)}\n  got  {short(p)}\n")
    for passage in pred["not_coded"]:
        print(f"  not coded: {passage['why']}: {passage['text'][:160]}")


def table(columns: dict[str, dict[str, float]]) -> None:
    names = list(dict.fromkeys(name for column in columns.values() for name in column))
    print(f"{'':22}" + "".join(f"{name:>14}" for name in columns))
    for name in names:
        cells = (column.get(name) for column in columns.values())
        print(f"{name:22}" + "".join(f"{'' if c is None else f'{c:.3f}':>14}" for c in cells))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--errors")
    parser.add_argument("--report")
    parser.add_argument("--role", choices=("main", "all"), default="main")
    parser.add_argument("--limit", type=int, default=1000)
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache/readings")
    args = parser.parse_args()
    shelf = Shelf.at(args.cache)
    columns: dict[str, dict[str, float]] = {}
    for path in args.gold:
        golds, preds = load(path), predict(path, shelf)
        if args.report:
            for gold, pred in zip(golds, preds, strict=True):
                if gold["id"] == args.report:
                    show(gold, pred)
            continue
        if args.errors == "relevance":
            for gold, pred in zip(golds, preds, strict=True):
                if gold["relevant"] != pred["relevant"]:
                    print(gold["id"], "gold", gold["relevant"], "|", gold.get("title"), "|", *map(short, pred["events"] or gold["events"]), pred.get("set_aside"))
        elif args.errors:
            list_errors(golds, preds, args.errors, args.role, args.limit)
        for language in sorted({g["language"] for g in golds}):
            mine = [(g, p) for g, p in zip(golds, preds, strict=True) if g["language"] == language]
            columns[f"{path.stem} {language}"] = evaluate([g for g, _ in mine], {p["id"]: p for _, p in mine}).to_dict()
        columns[path.stem] = evaluate(golds, {p["id"]: p for p in preds}).to_dict()
    table(columns)


if __name__ == "__main__":
    sys.exit(main())
