"""The `evaluate` command: figures, confusion by field, and pages to look at the misses."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from concordant.evaluation.matching import days, place_name, total
from concordant.evaluation.score import Figures, Miss, evaluate


def run(gold: Path, predictions: Path | None, errors: int, *, as_json: bool, html: Path | None) -> int:
    """Score, print, and write what was asked for; exit code 2 for a file that is no JSON Lines."""
    try:
        golds = _lines(gold)
        coded = {row["id"]: row for row in (_lines(predictions) if predictions else _coded(gold))}
    except (ValueError, KeyError) as error:
        print(f"concordant: {error}", file=sys.stderr)
        return 2
    figures = evaluate(golds, coded)
    if as_json:
        print(json.dumps(figures.to_dict(), ensure_ascii=False))
    else:
        _print(figures)
    for miss in figures.misses[:errors]:
        print(
            f"miss {miss.report} ({', '.join(miss.spoiled)})\n   gold {_brief(miss.gold)}\n   got  {_brief(miss.got)}"
        )
    if html is not None:
        html.write_text(_page(figures, {row["id"]: row for row in golds}), encoding="utf-8")
    return 0


def _lines(path: Path) -> list[dict[str, Any]]:
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                row = json.loads(line)
            except ValueError as error:
                raise ValueError(f"{path}:{number}: no JSON: {error}") from None
            if "id" not in row:
                raise ValueError(f"{path}:{number}: the line has no id")
            rows.append(row)
    return rows


def _coded(gold: Path) -> Iterable[dict[str, Any]]:
    import concordant
    from concordant.reports import Report, iter_reports

    reports = (item for item in iter_reports([gold]) if isinstance(item, Report))
    return [coded.to_dict() for coded in concordant.code_reports(reports)]


def _print(figures: Figures) -> None:
    for name, value in figures.to_dict().items():
        seen = f"  (n={figures.seen[name]})" if figures.seen[name] else ""
        print(f"{name:24} {value}{seen}")
    wrong_in = Counter(name for miss in figures.misses for name in miss.spoiled)
    print("\nwrong in main events: " + ", ".join(f"{name} {n}" for name, n in wrong_in.most_common()))
    alone = Counter(miss.spoiled[0] for miss in figures.misses if len(miss.spoiled) == 1)
    print("not exact for one thing alone: " + ", ".join(f"{name} {n}" for name, n in alone.most_common()))
    wrong = [(pair, n) for pair, n in figures.kinds.most_common() if pair[0] != pair[1]]
    print("kinds taken for others: " + ", ".join(f"{a} as {b} {n}" for (a, b), n in wrong[:12]))


def _brief(event: Mapping[str, Any] | None) -> str:
    if event is None:
        return "nothing"
    when = days(event)
    date = "undated" if when is None else when[0] if when[0] == when[1] else f"{when[0]} to {when[1]}"
    return f"{event.get('role')} {event.get('kind')}, {date}, {place_name(event) or 'no place'}, {_dead(event)}"


def _dead(event: Mapping[str, Any]) -> str:
    """How many were killed, as a reader says it."""
    told = total(event, "killed")
    if told is None:
        return "no dead told"
    low, best = told
    return f"{low} or more killed" if best is None else f"{best} killed"


_STYLE = "body{font:16px/1.5 Georgia,serif;max-width:60rem;margin:2rem auto;padding:0 1rem}dt{font-weight:bold}pre{white-space:pre-wrap}"


def _page(figures: Figures, golds: Mapping[str, Mapping[str, Any]]) -> str:
    parts = [
        f"<!doctype html><meta charset=utf-8><title>Misses</title><style>{_STYLE}</style><h1>Main events that are not exact</h1>"
    ]
    parts += [_entry(miss, golds[miss.report]) for miss in figures.misses]
    return "\n".join(parts) + "\n"


def _entry(miss: Miss, report: Mapping[str, Any]) -> str:
    head = f"<h2>{escape(miss.report)}: {escape(', '.join(miss.spoiled))}</h2>"
    both = f"<dl><dt>gold<dd>{escape(_brief(miss.gold))}<dt>got<dd>{escape(_brief(miss.got))}</dl>"
    text = f"{report.get('title') or ''}\n\n{report.get('text', '')}"
    return f"{head}{both}<details><summary>the report</summary><pre>{escape(text)}</pre></details>"
