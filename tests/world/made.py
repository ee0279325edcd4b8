"""Accounts made by hand, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from concordant.linking import Account


def toll(outcome: str, victims: str, best: int | None, **more: Any) -> dict[str, Any]:
    """A casualty row as the coder prints it."""
    made = {
        "outcome": outcome, "victims": victims, "state": "some" if best is None else "number", "low": best, "best": best,
        "high": best, "hedged": False, "rival": False, "quote": f"{best} {outcome}", "parts": [], "attributed_to": [], "evidence": [],
    }  # fmt: skip
    return made | more


def place(name: str, point: tuple[float, float] | None = None, **more: Any) -> dict[str, Any]:
    """A place as the coder prints it."""
    latitude, longitude = point or (None, None)
    made = {
        "name": name, "relation": "at", "latitude": latitude, "longitude": longitude, "radius_km": 3.0, "country": "ML",
        "admin1": None, "admin2": None, "gazetteer_id": f"made:{name}" if point else None, "in_gazetteer": point is not None,
        "candidates": [], "evidence": [],
    }  # fmt: skip
    return made | more


def party(role: str, kind: str, name: str, actor_id: str | None = None, **more: Any) -> dict[str, Any]:
    """A party as the coder prints it."""
    made = {
        "name": name,
        "actor_id": actor_id,
        "role": role,
        "type": kind,
        "presumed": False,
        "country": None,
        "evidence": [],
    }
    return made | more


def account(
    name: str, *, report: str | None = None, published: str | None = "2024-05-07", day: str | tuple[str, str] | None = "2024-05-06",
    where: dict[str, Any] | None = None, kind: str = "attack_on_civilians", role: str = "main", tolls: Sequence[dict[str, Any]] = (),
    parties: Sequence[dict[str, Any]] = (), words: Sequence[str] = (), origin: str | None = None, tells: int = 1,
    language: str = "fr", outlet: str | None = None, **more: Any,
) -> Account:  # fmt: skip
    """An account of one happening."""
    start, end = (day, day) if isinstance(day, str) or day is None else day
    event = {
        "account_id": name, "role": role, "kind": kind, "mood": "asserted", "hedged": False,
        "date": start and {"start": start, "end": end, "precision": "day" if start == end else "days", "evidence": []},
        "place": where, "parties": list(parties), "casualties": list(tolls), "means": [], "claimed_by": None,
        "attributed_to": [], "evidence": {"trigger": []},
    }  # fmt: skip
    report = report or f"report of {name}"
    return Account(
        name, report, published, outlet or f"outlet of {report}", origin or report, language, event | more, None,
        tuple(sorted(words)), tells,
    )  # fmt: skip
