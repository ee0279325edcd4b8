"""Invented reports with their coding beside them, and a reader that takes it from there: no text is read in these tests."""

from __future__ import annotations

import hashlib
import json
import os
import time
from datetime import date
from pathlib import Path
from typing import Any

from concordant.record.items import Task
from concordant.record.processing import Work
from concordant.record.reading import Read, read_item
from concordant.record.record import Record
from concordant.reports.language import detect_language
from concordant.reports.report import Refused, Report

TOWNS = {
    "Tamboré": (13.50, -2.10), "Kelwani": (13.55, -2.05), "Dourfé": (15.20, 0.40), "Sabanga": (12.10, 1.90),
    "Ouré-Bilo": (11.40, -4.70),
}  # fmt: skip


def event(
    town: str = "Tamboré", day: str = "2024-05-06", killed: int | None = 5, *, kind: str = "attack_on_civilians",
    role: str = "main", actor: str | None = None, words: str = "raid",
) -> dict[str, Any]:  # fmt: skip
    """A coded event of one report, but for its account's id."""
    latitude, longitude = TOWNS[town]
    evidence = [{"in": "text", "start": 0, "end": len(words), "text": words}]
    toll = {
        "outcome": "killed", "victims": "civilians", "state": "number", "low": killed, "best": killed, "high": killed,
        "hedged": False, "rival": False, "quote": f"{killed} dead", "parts": [], "attributed_to": [], "evidence": evidence,
    }  # fmt: skip
    party = {
        "name": actor or "gunmen", "actor_id": actor, "role": "perpetrator", "type": "rebel" if actor else "unidentified",
        "presumed": False, "country": None, "evidence": evidence,
    }  # fmt: skip
    return {
        "role": role, "kind": kind, "mood": "asserted", "hedged": False,
        "date": {"start": day, "end": day, "precision": "day", "time_of_day": None, "evidence": evidence},
        "place": {
            "name": town, "relation": "at", "latitude": latitude, "longitude": longitude, "radius_km": 3.0,
            "country": "XA", "admin1": "Haute-Tamba", "admin2": None, "gazetteer_id": f"made:{town}",
            "in_gazetteer": True, "candidates": [], "evidence": evidence,
        },
        "parties": [party], "casualties": [] if killed is None else [toll], "means": ["small_arms"], "claimed_by": None,
        "attributed_to": ["residents"], "confidence": {"overall": 0.8},
        "evidence": {"trigger": evidence, "means": [], "attributed_to": []},
    }  # fmt: skip


def row(
    name: str, *events: dict[str, Any], published: str = "2024-05-07", outlet: str | None = None, text: str = "", **more: Any
) -> dict[str, Any]:
    """One line of a JSON Lines file of invented reports."""
    told = text or f"{name} " + " ".join(hashlib.sha256(f"{name}{i}".encode()).hexdigest()[:7] for i in range(40))
    return {
        "id": name, "text": told, "published": published, "outlet": outlet or f"{name}.example", "language": "en",
        "title": f"Report {name}", "made": list(events), **more,
    }  # fmt: skip


def write(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    return path


def coded_as(report: Report, events: list[dict[str, Any]], version: str = "1") -> dict[str, Any]:
    """The coding of an invented report."""
    named = []
    for made in events:
        words = [(e["in"], e["start"], e["end"]) for e in made["evidence"]["trigger"]]
        key = json.dumps([report.id, made["role"], made["kind"], words, made["place"]["name"], made["date"]["start"]])
        named.append({"account_id": hashlib.sha256(key.encode()).hexdigest()[:16], **made})
    left = [{"text": report.text[:20], "why": "made so", "evidence": []}]
    return {
        "id": report.id, "language": report.language, "title": report.title,
        "published": report.published.isoformat() if isinstance(report.published, date) else None,
        "relevant": bool(events), "coder": {"name": "made", "version": version}, "codebook": "made",
        "events": named, "not_coded": left,
    }  # fmt: skip


def reader(task: Task) -> Read:
    """Read an invented report; its line decides how the reading goes wrong."""
    try:
        fields = json.loads(task.body)
        _trouble(fields.get("trouble"))
        report = read_item(task)
    except Refused as refused:
        return Read(None, None, (str(refused.code), refused.reason))
    except (json.JSONDecodeError, AttributeError):
        return Read(None, None, ("invalid-json", "made so"))
    return Read(report, coded_as(report, fields["made"]))


def _trouble(what: str | None) -> None:
    if what == "crash":
        os._exit(9)
    if what == "hang":
        time.sleep(60)
    if what == "memory":
        raise MemoryError
    if what == "error":
        raise ValueError("no such thing")


def cured(task: Task) -> Read:
    """Read an invented report as if nothing were wrong with it."""
    fields = json.loads(task.body)
    return Read(report := read_item(task), coded_as(report, fields["made"]))


def start(codebook: tuple[str, ...], scope: str) -> None:
    """Load what reading needs: only the language model."""
    detect_language("What is said here is of no importance, it is only long enough to be read.")


HERE = Work(reader=reader, initializer=start, apart=False)
APART = Work(reader=reader, initializer=start, time_limit=4.0)


def record(folder: Path, *rows: dict[str, Any], work: Work = HERE, name: str = "made.db") -> Record:
    """A record in a folder with some reports in it."""
    made = Record(folder / name, work=work)
    if rows:
        add(made, folder, *rows)
    return made


def add(made: Record, folder: Path, *rows: dict[str, Any]) -> list[Any]:
    """Add reports to a record, by way of a file."""
    digest = hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:12]
    return list(made.add([write(folder / f"{digest}.jsonl", *rows)]))


def told(made: Record, **more: Any) -> list[dict[str, Any]]:
    return [e.to_dict() for e in made.events(**more)]
