"""Accounts of a made world made directly, as a coder that errs would code them: fast, for large worlds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from made import account, party, place, toll
from made_coverage import Mention, Piece
from made_world import KINDS, Happening, invented_name

from concordant.linking import Account, telling_words


@dataclass(frozen=True)
class Noise:
    """How often a coder leaves out or mistakes what a report says (shares of accounts), as measured on real reports."""

    no_place: float = 0.06
    area_only: float = 0.05
    misspelt: float = 0.1
    no_date: float = 0.1
    day_off: float = 0.05
    other_kind: float = 0.15
    no_toll: float = 0.06
    other_side: float = 0.1
    wrong_toll: float = 0.04
    own_day: float = 0.0  # the day of publication for that of the happening

    def scaled(self, by: float) -> Noise:
        return Noise(**{name: by * getattr(self, name) for name in self.__dataclass_fields__})


_MISTAKEN = {
    "ambush": ("raid", "armed_clash", "attack_on_civilians"), "raid": ("armed_clash", "attack_on_civilians"), "ied": ("ambush", "attack_on_civilians"),
    "attack_on_civilians": ("raid", "abduction"), "air_strike": ("attack_on_civilians", "shelling"), "abduction": ("attack_on_civilians",),
}  # fmt: skip


def accounts(pieces: Sequence[Piece], seed: int = 3, noise: Noise | None = None) -> Iterator[Account]:
    """The accounts of all reports; "PIECE/0" is the id of the first account of a piece."""
    known = noise or Noise()
    coded: dict[str, list[Account]] = {}
    for piece in pieces:
        drawn = Random(f"{seed} {piece.copy_of or piece.id}")  # what a coder makes of a dispatch it makes of its copies
        coded[piece.id] = [_round_up(piece)] if piece.summed else [
            _account(drawn, piece, number, mention, known) for number, mention in enumerate(piece.mentions)
        ]  # fmt: skip
        yield from coded[piece.id]


def _account(drawn: Random, piece: Piece, number: int, mention: Mention, noise: Noise) -> Account:
    told = mention.happening
    made = account(
        f"{piece.id}/{number}", report=piece.id, published=piece.time, day=_days(drawn, mention, noise, piece.published),
        where=_place(drawn, told, noise), kind=_kind(drawn, told, noise), role="main" if mention.main else "background",
        tolls=_tolls(drawn, mention, noise), parties=_parties(told), words=_words(drawn, piece, mention),
        origin=piece.copy_of, language=piece.language, outlet=piece.outlet,
        attributed_to=[piece.agency] if piece.agency else [drawn.choice(told.people)],
    )  # fmt: skip
    return replace(made, revises=piece.update and mention.main and drawn.random() < 0.7)


def _days(drawn: Random, mention: Mention, noise: Noise, published: date) -> str | tuple[str, str] | None:
    day = mention.happening.day
    if mention.month_only:
        first = day.replace(day=1)
        last = (first + timedelta(32)).replace(day=1) - timedelta(1)
        return first.isoformat(), last.isoformat()
    if noise.own_day and drawn.random() < noise.own_day:
        return published.isoformat()
    if drawn.random() < noise.no_date:
        return None
    if drawn.random() < noise.day_off:
        day += timedelta(drawn.choice((-1, 1, 1)))
    if mention.happening.night and drawn.random() < 0.7:
        return day.isoformat(), (day + timedelta(1)).isoformat()
    return day.isoformat()


def _place(drawn: Random, told: Happening, noise: Noise) -> dict[str, Any] | None:
    where = told.place
    if drawn.random() < noise.no_place:
        return None
    if drawn.random() < noise.area_only:
        return place(where.admin1, (where.latitude + 0.4, where.longitude - 0.3), country=where.country, admin1=where.admin1,
                     relation="within", radius_km=120.0)  # fmt: skip
    name = where.name
    if drawn.random() < noise.misspelt:
        name = misspell(drawn, name)
    found = where.known and name == where.name
    return place(name, (where.latitude, where.longitude) if found else None, country=where.country,
                 admin1=where.admin1 if drawn.random() < 0.7 else None)  # fmt: skip


def misspell(drawn: Random, name: str) -> str:
    """Another spelling of a name: a doubled consonant, an h, another vowel."""
    at = drawn.randrange(1, len(name))
    swap = {
        "a": "e",
        "e": "a",
        "é": "e",
        "o": "ou",
        "u": "ou",
        "i": "y",
        "k": "c",
        "s": "ss",
        "g": "gh",
        "n": "nn",
        "l": "ll",
        "d": "dh",
    }
    return name[:at] + swap.get(name[at], name[at]) + name[at + 1 :]


def _kind(drawn: Random, told: Happening, noise: Noise) -> str:
    return drawn.choice(_MISTAKEN[told.kind]) if drawn.random() < noise.other_kind else told.kind


def _tolls(drawn: Random, mention: Mention, noise: Noise) -> list[dict[str, Any]]:
    told, rows = mention.happening, []
    side = told.victims if drawn.random() > noise.other_side else drawn.choice(("unknown", "civilians", "state_forces"))
    if mention.army_view:
        return [toll("killed", "rebel", told.rival, attributed_to=["l'armée"])]
    if mention.killed and drawn.random() > noise.no_toll:
        said = (
            mention.killed
            if drawn.random() > noise.wrong_toll
            else max(1, mention.killed + drawn.choice((-3, 2, 10, 100)))
        )
        rows.append(toll("killed", side, said, high=None if mention.at_least else said))
    if told.attackers_killed and drawn.random() < 0.5:
        rows.append(toll("killed", "rebel", told.attackers_killed))
    if told.wounded and mention.main and drawn.random() < 0.8:
        rows.append(toll("wounded", side, told.wounded))
    if told.abducted:
        rows.append(toll("abducted", side, told.abducted))
    return rows


def _parties(told: Happening) -> list[dict[str, Any]]:
    actor, kind, name, _ = told.actor
    target = {"civilians": "villageois", "state_forces": "soldats"}[told.victims]
    return [party("perpetrator", kind, name, actor), party("target", told.victims, target)]


def _words(drawn: Random, piece: Piece, mention: Mention) -> list[str]:
    """The words of the passage: the names and details of the happening that a report happens to carry."""
    told = mention.happening
    carried = [p for p in told.people if drawn.random() < 0.4] if mention.main else []
    details = [d for d in told.details[piece.language] if drawn.random() < (0.5 if mention.main else 0.2)]
    filler = [invented_name(drawn).lower() for _ in range(drawn.randrange(2, 7))]
    passage = f"à {told.place.name}, " + ", ".join([*carried, *details, *filler]) + "."
    return list(telling_words(None, passage, {"role": "main"}))


def _round_up(piece: Piece) -> Account:
    days = [h.day for h in piece.summed]
    first = date.fromordinal(min(days).toordinal() // 7 * 7)
    where = piece.area
    assert where is not None
    return account(
        f"{piece.id}/0", report=piece.id, published=piece.time, day=(first.isoformat(), (first + timedelta(6)).isoformat()),
        where=place(where.admin1, (where.latitude, where.longitude), country=where.country, admin1=where.admin1, relation="within", radius_km=120.0),
        tolls=[toll("killed", "mixed", sum(h.killed for h in piece.summed))], tells=len(piece.summed), language=piece.language,
        kind="attack_on_civilians", outlet=piece.outlet,
    )  # fmt: skip


assert set(_MISTAKEN) == set(KINDS)
