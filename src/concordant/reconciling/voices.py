"""Voices: the accounts of an event as far as they count, each with its weight; copies speak with one voice."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from concordant.linking.accounts import Account, ordinal
from concordant.reconciling.rules import Rules
from concordant.review import Ruling, RulingKind, claim_id

Value = TypeVar("Value", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Voice:
    """An account with what people rejected in it taken out; `weight` is by its role and mood alone."""

    account: Account
    rejected: frozenset[str]
    weight: float

    @property
    def id(self) -> str:
        return self.account.account_id

    @property
    def day(self) -> int | None:
        return ordinal(self.account.published)

    def one(self, field: str) -> Any:
        """The value of a field of which an account has one; None where it has none or it was rejected."""
        value = self.account.event.get(field)
        return None if value is None or self.claim(field, value) in self.rejected else value

    def many(self, field: str) -> list[Any]:
        """The values of a field of which an account can have several, less those that were rejected."""
        return [
            v
            for v in self.account.event.get(field) or ()
            if not self.rejected or self.claim(field, v) not in self.rejected
        ]

    def claim(self, field: str, value: Any) -> str:
        """The name of the claim that gives a value."""
        return claim_id(self.id, field, value)

    def cites(self, field: str, value: Any) -> dict[str, str]:
        """How a value names the claim that it comes from."""
        return {"account_id": self.id, "claim": self.claim(field, value)}


def voices_of(accounts: Iterable[Account], rulings: Sequence[Ruling], rules: Rules) -> list[Voice]:
    """The accounts that count, in the order of publication: those of reports ruled irrelevant do not."""
    silent = {r.subject[0] for r in rulings if r.kind is RulingKind.IRRELEVANT}
    rejected: dict[str, set[str]] = {}
    for ruling in rulings:
        if ruling.kind is RulingKind.CLAIM and ruling.value:
            rejected.setdefault(ruling.subject[0], set()).add(str(ruling.value["claim"]))
    heard = {a.account_id: a for a in accounts if a.report_id not in silent}
    return [
        Voice(account, frozenset(rejected.get(account.account_id, ())), _weight(account.event, rules))
        for account in sorted(heard.values(), key=lambda a: a.order)
    ]


def _weight(event: Mapping[str, Any], rules: Rules) -> float:
    role = rules.weight["background" if event.get("role") == "background" else "main"]
    return role * (rules.weight["hedged"] if event.get("hedged") else 1.0)


def by_origin(voices: Iterable[Voice]) -> dict[str, list[Voice]]:
    """Voices by the dispatch that they come from."""
    found: dict[str, list[Voice]] = {}
    for voice in voices:
        found.setdefault(voice.account.origin, []).append(voice)
    return found


@dataclass(frozen=True, slots=True)
class Said:
    """One value with all voices that say it, and what they weigh together: each origin once, by its weightiest voice."""

    value: Any
    voices: tuple[Voice, ...]
    weight: float


def poll(
    voices: Sequence[Voice], value_of: Callable[[Voice], Value | None], weigh: Callable[[Voice], float] | None = None
) -> list[Said]:
    """What is said, the weightiest first; of two that weigh the same, the one said first."""
    by_value: dict[Value, list[Voice]] = {}
    for voice in voices:
        value = value_of(voice)
        if value is not None:
            by_value.setdefault(value, []).append(voice)
    weight = weigh or (lambda voice: voice.weight)
    said = [Said(value, tuple(found), weight_together(found, weight)) for value, found in by_value.items()]
    return sorted(said, key=lambda s: (-s.weight, s.voices[0].account.order))


def weight_together(voices: Iterable[Voice], weight: Callable[[Voice], float]) -> float:
    """What voices weigh together: copies of one dispatch weigh as the weightiest of them."""
    return round(sum(max(weight(v) for v in group) for group in by_origin(voices).values()), 6)
