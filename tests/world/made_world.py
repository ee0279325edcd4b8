"""A made world: invented places, parties and happenings, whose truth is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

START = date(2024, 1, 8)

_ONSETS = "b d f g k l m n s t z br dr gn kr ng tr ty".split()
_VOWELS = "a e i o u é ou ia".split()
_ENDS = "ra la ga na go ré dou kou ma bé so ya né ka sso lga".split()
_FIRST = "Awa Moussa Issa Fanta Adama Salif Mariam Oumou Boukary Hawa Seydou Aly Rokia Yacouba".split()

COUNTRIES = {
    "ML": ("Mali", "Mali", 14.0, -3.5),
    "BF": ("Burkina Faso", "Burkina Faso", 13.0, -0.5),
    "NE": ("Niger", "Niger", 14.2, 1.5),
}

# actor id, type, what a French and an English report call it
ARMED = [
    ("jnim", "rebel", "le JNIM", "JNIM"), ("is-sahel", "rebel", "l'État islamique au Sahel", "the Islamic State in the Sahel"),
    (None, "rebel", "des jihadistes", "jihadists"), (None, "unidentified", "des hommes armés", "gunmen"),
]  # fmt: skip
# kind, who is hit, and what it is called: (French noun, English noun)
KINDS = {
    "attack_on_civilians": ("civilians", "une attaque", "an attack"), "ambush": ("state_forces", "une embuscade", "an ambush"),
    "raid": ("state_forces", "une attaque", "a raid"), "ied": ("state_forces", "l'explosion d'une mine", "a mine blast"),
    "abduction": ("civilians", "un enlèvement", "an abduction"), "air_strike": ("civilians", "une frappe de drone", "a drone strike"),
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A village or town, its division and country, and where it lies."""

    name: str
    country: str
    admin1: str
    latitude: float
    longitude: float
    known: bool  # whether the gazetteer has it


@dataclass(frozen=True)
class Happening:
    """One happening as it was: `tolls` are the numbers of the killed known on day 0, 1, 2, … after it."""

    id: int
    kind: str
    day: date
    night: bool
    place: Place
    actor: tuple[str | None, str, str, str]
    victims: str
    tolls: tuple[int, ...]
    wounded: int
    abducted: int
    attackers_killed: int
    rival: int | None  # the army's count of the enemy's dead, where villagers tell of civilians
    people: tuple[str, ...]
    details: Mapping[str, tuple[str, ...]] = field(hash=False)
    twin: int | None = None

    @property
    def killed(self) -> int:
        """The number killed that was known in the end, on the side that was hit."""
        return self.tolls[-1]


@dataclass(frozen=True)
class World:
    """Places and happenings."""

    places: tuple[Place, ...]
    happenings: tuple[Happening, ...]


def make_world(seed: int = 7, count: int = 240, days: int = 90) -> World:
    """A world of `count` happenings over some days; one in six has a look-alike."""
    drawn = Random(seed)
    places = tuple(_places(drawn, 40 + count // 4))
    found: list[Happening] = []
    while len(found) < count:
        one = _happening(drawn, len(found), drawn.choice(places), START + timedelta(drawn.randrange(days)))
        if not _clashes(one, found):
            found.append(one)
            if drawn.random() < 0.2:
                found += _look_alike(drawn, one, places, found)
    return World(places, tuple(found[:count]))


def _clashes(one: Happening, others: list[Happening]) -> bool:
    """Two things at one place within a day of each other could not be told apart by anybody."""
    return any(o.place == one.place and abs((o.day - one.day).days) < 2 for o in others)


def _look_alike(
    drawn: Random, one: Happening, places: tuple[Place, ...], others: list[Happening]
) -> Iterator[Happening]:
    """The same town two days later, or the next town on the same day: much the same in all else."""
    if drawn.random() < 0.5:
        other = _happening(drawn, one.id + 1, one.place, one.day + timedelta(drawn.choice((2, 2, 3, 4))), one.kind)
    else:
        near = min((p for p in places if p != one.place), key=lambda p: _far(p, one.place))
        other = _happening(drawn, one.id + 1, near, one.day, one.kind)
    like = Happening(**{**_fields(other), "actor": one.actor, "twin": one.id})
    if not _clashes(like, others):
        yield like


def _fields(one: Happening) -> dict[str, object]:
    return {name: getattr(one, name) for name in one.__dataclass_fields__}


def _far(a: Place, b: Place) -> float:
    return (a.latitude - b.latitude) ** 2 + (a.longitude - b.longitude) ** 2


def invented_name(drawn: Random) -> str:
    """A name of a village."""
    parts = [drawn.choice(_ONSETS) + drawn.choice(_VOWELS) for _ in range(drawn.choice((1, 1, 2)))]
    return ("".join(parts) + drawn.choice(_ENDS)).capitalize()


def _places(drawn: Random, count: int) -> Iterator[Place]:
    areas = [
        (c, invented_name(drawn), drawn.uniform(-1.5, 1.5), drawn.uniform(-1.5, 1.5))
        for c in COUNTRIES
        for _ in range(5)
    ]
    names: set[str] = set()
    while len(names) < count:
        country, admin1, north, east = drawn.choice(areas)
        name = invented_name(drawn)
        if name not in names and len(name) >= 4:
            names.add(name)
            _, _, latitude, longitude = COUNTRIES[country]
            yield Place(
                name, country, admin1, round(latitude + north + drawn.uniform(-0.8, 0.8), 4),
                round(longitude + east + drawn.uniform(-0.8, 0.8), 4), drawn.random() < 0.7,
            )  # fmt: skip


def _happening(drawn: Random, number: int, place: Place, day: date, kind: str | None = None) -> Happening:
    kind = kind or drawn.choice(list(KINDS))
    first = 0 if kind == "abduction" else min(60, max(1, round(drawn.lognormvariate(1.7, 0.9))))
    tolls = [first]
    while first and len(tolls) < 4 and drawn.random() < 0.35:
        tolls.append(tolls[-1] + max(1, round(tolls[-1] * drawn.uniform(0.1, 0.6))))
    actor = (
        ARMED[drawn.randrange(len(ARMED))]
        if kind != "air_strike"
        else ("ml-army", "state_forces", "l'armée", "the army")
    )
    victims = KINDS[kind][0]
    return Happening(
        number, kind, day, drawn.random() < 0.2, place, actor, victims, tuple(tolls),
        wounded=drawn.choice((0, 0, 2, 3, 5, 8, 14)) if kind != "abduction" else 0,
        abducted=drawn.randrange(2, 20) if kind == "abduction" else 0,
        attackers_killed=drawn.choice((0, 0, 3, 7)) if kind == "raid" else 0,
        rival=drawn.randrange(8, 40) if kind == "air_strike" and drawn.random() < 0.5 else None,
        people=tuple(f"{drawn.choice(_FIRST)} {invented_name(drawn)}" for _ in range(3)),
        details={lang: tuple(invented_name(drawn).lower() for _ in range(4)) for lang in ("fr", "en")},
    )  # fmt: skip
