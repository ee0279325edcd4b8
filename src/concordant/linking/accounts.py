"""Accounts: what one report tells of one happening, and what linking looks at in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from concordant.linking.deaths import later_death
from concordant.linking.names import name_key, skeleton
from concordant.linking.tolls import Figures, figures_of

EXACT_DAYS = 1  # a night is two days; anything longer is a span in which the day is not known


@dataclass(frozen=True, slots=True)
class Account:
    """The claims of one report on one happening; `event` is the coded event as `concordant code` prints it.

    `origin` is the group of reports that carry the same dispatch (a report's own id where it is no copy), `words`
    the rare names and words of the passage that tells of it (`telling_words`), `tells` how many happenings it sums up
    (`happenings_told`), `revises` whether its toll takes the place of an earlier one (`revises_toll`). `published` is
    an ISO date or time.
    """

    account_id: str
    report_id: str
    published: str | None
    outlet: str | None
    origin: str
    language: str | None
    event: Mapping[str, Any] = field(hash=False, compare=False)
    url: str | None = None
    words: tuple[str, ...] = ()
    tells: int = 1
    revises: bool = False

    @property
    def order(self) -> tuple[bool, str, str]:
        """Accounts in the order of publication, those of unknown date last."""
        return (self.published is None, self.published or "", self.account_id)


@dataclass(frozen=True, slots=True)
class Days:
    """Days as ordinals, first to last."""

    start: int
    end: int

    @property
    def exact(self) -> bool:
        return self.end - self.start <= EXACT_DAYS

    def gap(self, other: Days) -> int:
        """Days that lie between two spans, 0 where they overlap."""
        return max(0, self.start - other.end, other.start - self.end)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an account says it was; `area` tells a division or country from a settlement or a site."""

    name: str
    key: str
    skeleton: str
    point: tuple[float, float] | None
    radius_km: float
    area: bool
    country: str | None
    admin1: str | None
    gazetteer_id: str | None


@dataclass(frozen=True, slots=True)
class Sight:
    """What linking sees of an account, worked out once."""

    account: Account
    days: Days | None
    published: int | None
    spot: Spot | None
    kind: str
    actors: frozenset[tuple[str, str]]  # role, actor id
    sides: Mapping[str, frozenset[str]]  # party types by role, the unidentified left out
    figures: Mapping[str, Figures]
    words: frozenset[str]  # rare words but for its own place's name
    counts: tuple[int, int, int]  # of these: full names, names of one word, others
    names: frozenset[str]  # names among its words, as name keys

    @property
    def id(self) -> str:
        return self.account.account_id

    @property
    def own_day(self) -> bool:
        """Whether the day told is the one on which the report came out: the least sure of all, since a coder that finds
        no day for a follow-up, or the wrong one ("said the prosecutor on Wednesday"), gives the day of the report.
        """
        return self.days is not None and self.days.start == self.days.end == self.published

    @property
    def recalled(self) -> bool:
        """Whether the account is background."""
        return self.account.event.get("role") == "background"

    @property
    def sure_days(self) -> Days | None:
        """The days told, by which alone an account can be passed over: what is recalled did not happen on the day of the report."""
        return None if self.own_day and self.recalled else self.days


def sight(account: Account) -> Sight:
    """What linking looks at in an account."""
    event = account.event
    parties = event.get("parties") or ()
    # the day that a report of a later death gives is as a rule the day of that death
    days = None if later_death(event) else days_of(event.get("date"))
    spot = spot_of(event.get("place"))
    words = frozenset(w for w in account.words if spot is None or name_key(w) != spot.key)
    return Sight(
        account=account, days=days, published=ordinal(account.published),
        spot=spot, kind=str(event.get("kind") or ""),
        actors=frozenset((p["role"], p["actor_id"]) for p in parties if p.get("actor_id")),
        sides=_sides(parties), figures=figures_of(event.get("casualties") or ()), words=words, counts=counts_of(words),
        names=frozenset(name_key(w) for w in account.words if w[0].isupper()),
    )  # fmt: skip


def _sides(parties: Iterable[Mapping[str, Any]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for party in parties:
        if party.get("type") not in (None, "unidentified"):
            found.setdefault(str(party["role"]), set()).add(str(party["type"]))
    return {role: frozenset(types) for role, types in found.items()}


def counts_of(words: Iterable[str]) -> tuple[int, int, int]:
    full = sum(" " in w for w in words)
    capital = sum(" " not in w and w[0].isupper() for w in words)
    return full, capital, sum(not w[0].isupper() for w in words)


def ordinal(day: str | None) -> int | None:
    """An ISO date or time as a day number; None for what is none."""
    try:
        return date.fromisoformat(day[:10]).toordinal() if day else None
    except ValueError:
        return None


def days_of(told: Mapping[str, Any] | None) -> Days | None:
    """The days of a coded date."""
    if not told:
        return None
    start, end = ordinal(told.get("start")), ordinal(told.get("end"))
    return Days(start, end) if start is not None and end is not None and start <= end else None


def spot_of(told: Mapping[str, Any] | None) -> Spot | None:
    """The place of a coded event as linking sees it."""
    if not told or not told.get("name"):
        return None
    latitude, longitude = told.get("latitude"), told.get("longitude")
    name = str(told["name"])
    return Spot(
        name=name, key=name_key(name), skeleton=skeleton(name),
        point=None if latitude is None or longitude is None else (float(latitude), float(longitude)),
        radius_km=float(told.get("radius_km") or 3.0), area=told.get("relation") == "within",
        country=told.get("country"), admin1=name_key(told["admin1"]) if told.get("admin1") else None,
        gazetteer_id=told.get("gazetteer_id"),
    )  # fmt: skip
