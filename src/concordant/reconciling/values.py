"""Reconciling: an event's values from all its accounts and rulings, each with the claims and the rule that made it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from concordant.linking.accounts import Account
from concordant.linking.tables import Tables
from concordant.reconciling import fields
from concordant.reconciling.fields import Chosen
from concordant.reconciling.figures import casualties
from concordant.reconciling.parties import parties
from concordant.reconciling.ruled import apply_rulings
from concordant.reconciling.rules import Rules
from concordant.reconciling.voices import Voice, by_origin, voices_of, weight_together
from concordant.review import Ruling, RulingKind, standing


@dataclass(frozen=True, slots=True)
class EventValues:
    """The values of an event under the field names of a coded event; `why` says for each what made it.

    `why` is by field ("kind", "date", "place", "casualties.killed", "parties.0", …): {"from": claims, "rule": …,
    "rivals": other values and who gives them}. `state` is "event", or "not_event" where a person ruled so.
    """

    values: Mapping[str, Any]
    why: Mapping[str, Mapping[str, Any]]
    state: str
    rules: str

    def to_dict(self) -> dict[str, Any]:
        return {**self.values, "state": self.state, "why": dict(self.why), "rules": self.rules}


def reconcile(
    accounts: Iterable[Account], rulings: Iterable[Ruling] = (), *, rules: Rules | None = None
) -> EventValues:
    """The values of the event that `accounts` tell of. Raises ValueError where there is no account to go by."""
    known = rules or Rules.of()
    told = list(accounts)
    decided = _about(standing(rulings), told)
    voices = voices_of(told, decided, known)
    if not voices:
        raise ValueError("no account is left to go by")
    values, why = _choose(voices, known)
    apply_rulings(values, why, decided)
    refused = any(r.kind is RulingKind.NOT_EVENT for r in decided)
    return EventValues(values, why, "not_event" if refused else "event", known.version)


def _about(rulings: Sequence[Ruling], accounts: Sequence[Account]) -> list[Ruling]:
    """The rulings on these accounts and their reports."""
    ids = {a.account_id for a in accounts} | {a.report_id for a in accounts}
    return [r for r in rulings if r.kind is not RulingKind.PAIR and r.subject[0] in ids]


def _choose(voices: Sequence[Voice], rules: Rules) -> tuple[dict[str, Any], dict[str, Mapping[str, Any]]]:
    chosen = {
        "kind": fields.kind(voices, rules), "hedged": fields.hedged(voices), "date": fields.days(voices, rules),
        "place": fields.place(voices, rules, Tables.of()), "claimed_by": fields.claimed_by(voices),
    }  # fmt: skip
    why: dict[str, Mapping[str, Any]] = {name: c.because() for name, c in chosen.items() if c.sources}
    who, rows = parties(voices, rules), casualties(voices, rules)
    means, named = _listed(voices, "means", rules), _listed(voices, "attributed_to", rules, share=0.0)
    why |= {f"parties.{i}": c.because() for i, c in enumerate(who)}
    why |= {name: toll_why for name, (_, toll_why) in rows.items()}
    why |= {"means": means.because()} if means.value else {}
    values = {
        "role": "main" if any(v.account.event.get("role") == "main" for v in voices) else "background",
        "kind": chosen["kind"].value, "mood": "hedged" if chosen["hedged"].value else "asserted",
        "hedged": chosen["hedged"].value, "date": chosen["date"].value, "place": chosen["place"].value,
        "parties": [c.value for c in who], "casualties": [row for found, _ in rows.values() for row in found],
        "means": means.value, "claimed_by": chosen["claimed_by"].value, "attributed_to": named.value,
        "confidence": _confidence(voices, rules),
    }  # fmt: skip
    return values, why


def _listed(voices: Sequence[Voice], name: str, rules: Rules, share: float | None = None) -> Chosen:
    """The elements of a field that enough of the accounts give, in the order in which they were first told."""
    by_value: dict[str, list[Voice]] = {}
    for voice in voices:
        for value in voice.many(name):
            by_value.setdefault(value, []).append(voice)
    bar = (rules.weight["share"] if share is None else share) * weight_together(voices, lambda v: v.weight)
    kept = {value: found for value, found in by_value.items() if weight_together(found, lambda v: v.weight) >= bar}
    sources = tuple(v.cites(name, value) for value, found in kept.items() for v in found)
    return Chosen(list(kept), sources, "most_named")


def _confidence(voices: Sequence[Voice], rules: Rules) -> dict[str, Any]:
    """How many reports and independent origins tell of it, and how sure that makes it."""
    independent = len(independent_origins(voices))
    read = max(float((v.account.event.get("confidence") or {}).get("overall", 1.0)) for v in voices)
    sure = rules.sure(independent)
    return {
        "reports": len({v.account.report_id for v in voices}), "origins": len(by_origin(voices)),
        "independent": independent, "overall": round(1 - (1 - sure) * (1 - 0.5 * read), 3),
    }  # fmt: skip


def independent_origins(voices: Sequence[Voice]) -> set[str]:
    """Origins that do not all lean on one other: reports that name the same single source count once."""
    found = set()
    for origin, group in by_origin(voices).items():
        named = [tuple(sorted(map(str.casefold, v.many("attributed_to")))) for v in group]
        found.add(f"says {named[0][0]}" if all(len(n) == 1 and n == named[0] for n in named) else f"origin {origin}")
    return found
