"""The register of actors: who a name means, where and when; which actors belong together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from concordant.actors.countries import Countries
from concordant.codebook import Codebook
from concordant.codebook.tables import Row
from concordant.reading.phrases import Phrases, pieces

_STATE = "state_forces"


@dataclass(frozen=True, slots=True)
class Actor:
    """A named party: its names by language, its type, its country ("" for none), and the actor it is a part of."""

    id: str
    name: str
    type: str  # a party type of mentions.PartyType
    country: str
    parent: str
    aliases: tuple[str, ...]
    acronyms: tuple[str, ...]
    valid_from: int | None = None  # years
    valid_to: int | None = None
    acled: str = ""
    ucdp: str = ""

    def active(self, on: date | None) -> bool:
        """Whether the name holds on a day; a year is left at its end, for reports that come after."""
        if on is None:
            return True
        return (self.valid_from or 0) <= on.year <= (self.valid_to or 9999)


@dataclass(frozen=True, slots=True)
class Alias:
    """One name of an actor; `acronym` names stand in capitals, `capital` ones have at least a capital initial."""

    actor: Actor
    acronym: bool
    capital: bool


@dataclass(frozen=True)
class Register:
    """The actors of a codebook, and for every country those that any state has (army, police, …; corps.tsv)."""

    actors: dict[str, Actor]
    aliases: Phrases[Alias]
    corps: Phrases[str]
    _countries: Countries
    _corps_rows: dict[str, Row]

    @classmethod
    def of(cls, codebook: Codebook) -> Register:
        return _register(codebook)

    def get(self, actor_id: str) -> Actor | None:
        """An actor by its id, also one that exists by rule ("xx-army")."""
        if actor_id in self.actors:
            return self.actors[actor_id]
        code, _, corps = actor_id.partition("-")
        return self._by_rule(code.upper(), corps) if len(code) == 2 and corps in self._corps_rows else None

    def state(self, country: str, corps: str) -> Actor | None:
        """A country's army, police, … (a corps of corps.tsv)."""
        return self.get(f"{country.lower()}-{corps}")

    def resolve(self, name: str, country: str | None = None, on: date | None = None) -> Actor | None:
        """Whom a name means in a country at a time; None for a name of nobody, or of several with nothing to choose.

        A description of a state's force ("soldats", "Malian army") is that force of the nationality it names, or
        else of `country`.
        """
        found = [alias.actor for alias in self.aliases.exactly(name)]
        if found:
            return choose(found, {country} if country else set(), on)
        return self._state_force(name, country)

    def parents(self, actor: Actor) -> tuple[Actor, ...]:
        """The actors of which one is a part, nearest first."""
        chain: list[Actor] = []
        above = self.get(actor.parent) if actor.parent else None
        while above is not None and above not in chain:
            chain.append(above)
            above = self.get(above.parent) if above.parent else None
        return tuple(chain)

    def same_side(self, one: Actor, other: Actor) -> bool:
        """Whether one is the other, or both are parts of the same whole (katibas of JNIM, an army and its police)."""
        family = {one.id, *(actor.id for actor in self.parents(one))}
        return bool(family & {other.id, *(actor.id for actor in self.parents(other))})

    def _state_force(self, name: str, country: str | None) -> Actor | None:
        words = pieces(name)
        for length in range(len(words), 0, -1):
            for start in range(len(words) - length + 1):
                corps = self.corps.exactly(" ".join(words[start : start + length]))
                if corps:
                    code = self._nation(words[:start] + words[start + length :]) or country
                    return self.state(code, corps[0]) if code else None
        return None

    def _nation(self, words: tuple[str, ...]) -> str | None:
        for length in range(len(words), 0, -1):
            for start in range(len(words) - length + 1):
                part = " ".join(words[start : start + length])
                codes = self._countries.nationalities.exactly(part) or self._countries.names.exactly(part)
                if codes:
                    return codes[0]
        return None

    def _by_rule(self, code: str, corps: str) -> Actor:
        row = self._corps_rows[corps]
        parent = f"{code.lower()}-{row['parent']}" if row["parent"] else ""
        acled = row["acled"].replace("{country}", code)
        return Actor(f"{code.lower()}-{corps}", f"{row['name']} ({code})", _STATE, code, parent, (), (), acled=acled)


def choose(actors: Iterable[Actor], countries: set[str], on: date | None) -> Actor | None:
    """The actor that a name shared by several means: one of the countries at hand, and active then, before others.

    None where several fit equally well, and where the only ones belong to other countries than those at hand and
    stand under an ambiguous name.
    """
    ranked: dict[tuple[bool, bool], list[Actor]] = {}
    for actor in dict.fromkeys(actors):
        rank = (not actor.country or actor.country in countries, actor.active(on))
        ranked.setdefault(rank, []).append(actor)
    best = ranked[max(ranked)]
    if len(best) == 1:
        return best[0]
    at_home = [actor for actor in best if actor.country in countries]
    return at_home[0] if len(at_home) == 1 else None


@lru_cache(maxsize=16)
def _register(codebook: Codebook) -> Register:
    actors, aliases, corps = {}, Phrases[Alias](), Phrases[str]()
    for row in codebook.table("actors"):
        actor = _actor(row)
        actors[actor.id] = actor
        for acronym in actor.acronyms:
            aliases.add(acronym, Alias(actor, acronym=True, capital=True))
        for name in actor.aliases:
            if name not in actor.acronyms:
                aliases.add(name, Alias(actor, acronym=False, capital=_capital(name)))
    rows = {row["corps"]: row for row in codebook.table("corps")}
    for row in rows.values():
        for word in (*row.listed("words_fr"), *row.listed("words_en")):
            corps.add(word, row["corps"])
    return Register(actors, aliases, corps, Countries.of(codebook), rows)


def _capital(name: str) -> bool:
    """Whether a name holds only with a capital: short ones may be plain words ("Action directe", "Sabre")."""
    return len(pieces(name)) < 3 and (name[0].isupper() or "-" in name[:4])


def _actor(row: Row) -> Actor:
    names = (row["name"], *row.listed("aliases_fr"), *row.listed("aliases_en"))
    return Actor(
        row["id"], row["name"], row["type"], row["country"], row["parent"],
        tuple(dict.fromkeys(names)), row.listed("acronyms"), _year(row, "valid_from"), _year(row, "valid_to"),
        row["acled"], row["ucdp"],
    )  # fmt: skip


def _year(row: Row, column: str) -> int | None:
    number = row.number(column)
    return None if number is None else int(number)
