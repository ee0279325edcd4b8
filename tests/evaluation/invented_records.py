"""Invented gold and predicted records: every field right, wrong, missing or spelled otherwise, by the throw of a die."""

from __future__ import annotations

import random
from typing import Any

KINDS = (
    "armed_clash ambush raid operation territory_change ied suicide_attack air_strike shelling attack_on_civilians "
    "sexual_violence abduction release arrest looting protest riot repression coup agreement"
).split()
TYPES = "state_forces rebel militia crowd civilians peacekeepers foreign_forces criminal unidentified".split()
PLACES = ["Tamboré", "Tambore", "Kossaye", "forêt de Kossaye", "Orlu", "Handessa"]
NAMES = ["soldats", "les soldats", "JNIM", "hommes armés", "villageois", "Armée"]
SOURCES = ["RFI", "sources concordantes", "un élu local", "armée"]
OUTCOMES = "killed wounded missing abducted arrested displaced".split()


def records(seed: int, reports: int = 40) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Gold reports and predictions for most of them."""
    die = random.Random(seed)
    golds, preds = [], []
    for number in range(reports):
        text = f"À Tamboré, {number} morts et {number + 1} blessés. " * 2
        events = [_event(die, number) for _ in range(die.choice((0, 1, 1, 1, 2, 3)))]
        gold = {"id": f"r{number}", "language": die.choice(("fr", "fr", "en")), "title": None, "text": text}
        golds.append(gold | {"published": "2024-05-15", "relevant": bool(events), "events": events})
        found = [_blurred(die, event, number) for event in events if die.random() < 0.85]
        found += [_event(die, number) for _ in range(die.choice((0, 0, 0, 1)))]
        if die.random() < 0.95:
            preds.append({"id": f"r{number}", "relevant": bool(found), "events": found})
    return golds, preds


def _event(die: random.Random, number: int) -> dict[str, Any]:
    day = f"2024-05-{die.randrange(1, 29):02}"
    end = day if die.random() < 0.8 else f"2024-06-{die.randrange(1, 29):02}"
    place = {
        "name": die.choice(PLACES), "relation": die.choice(("at", "near", "within")),
        "admin1": die.choice(("Mopti", "Kaduna", None)), "country": die.choice(("ML", "NG")),
    }  # fmt: skip
    return {
        "role": die.choice(("main", "main", "background")), "kind": die.choice(KINDS),
        "date": None if die.random() < 0.2 else {"start": day, "end": end}, "place": None if die.random() < 0.1 else place,
        "parties": [_party(die) for _ in range(die.randrange(4))],
        "casualties": [_toll(die, number) for _ in range(die.randrange(4))],
        "means": die.sample(["ied", "drone", "small_arms", "knife"], die.randrange(3)),
        "attributed_to": die.sample(SOURCES, die.randrange(3)), "claimed_by": die.choice((None, None, "JNIM")),
        "hedged": die.random() < 0.1,
    }  # fmt: skip


def _party(die: random.Random) -> dict[str, Any]:
    return {
        "name": die.choice(NAMES), "type": die.choice(TYPES), "presumed": False,
        "role": die.choice(("perpetrator", "target", "participant")),
    }  # fmt: skip


def _toll(die: random.Random, number: int) -> dict[str, Any]:
    best = die.choice((None, number, number + 1))
    return {
        "outcome": die.choice(OUTCOMES), "victims": die.choice(TYPES), "low": best if best is not None else 2, "best": best,
        "high": best if die.random() < 0.5 else None, "hedged": die.random() < 0.15, "rival": die.random() < 0.1,
        "quote": die.choice((f"{number} morts", f"{number + 1} blessés", f"{number} tués")),
    }  # fmt: skip


def _blurred(die: random.Random, event: dict[str, Any], number: int) -> dict[str, Any]:
    """The event as a coder might see it: most of it right."""
    other = _event(die, number)
    return {key: event[key] if die.random() < 0.8 else other[key] for key in event}
