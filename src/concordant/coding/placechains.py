"""Joining the names of one phrase: which larger place each is said to lie in, and the two ends of "entre A et B"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from concordant.coding.placecontext import CountryWords
from concordant.coding.placegrammar import links_up, second_end
from concordant.coding.placespotting import Spotted
from concordant.coding.placewords import PlaceWords
from concordant.places.gazetteer import Gazetteer
from concordant.places.keys import place_key
from concordant.reading.words import Reading

_OWNS = re.compile(r"'s (?:\w+ern )?")
_RANKS = {"country": 5, "admin1": 4, "admin2": 3, "admin3": 2, "area": 2, "settlement": 1}
_LONGEST_LINK = 90  # characters between a name and the one that holds it


def join_chains(
    reading: Reading, found: Sequence[Spotted], words: PlaceWords, names: CountryWords, gazetteer: Gazetteer
) -> list[Spotted]:
    """The names with the larger places that their phrases put them in, and with their other ends."""
    chains = _Chains(reading, found, words, names, gazetteer)
    return [chains.joined(number) for number in range(len(found))]


@dataclass(frozen=True, slots=True)
class _Chains:
    reading: Reading
    found: Sequence[Spotted]
    words: PlaceWords
    names: CountryWords
    gazetteer: Gazetteer

    def joined(self, number: int) -> Spotted:
        one = self._with_other_end(number)
        inside = self._around(number)
        if number and not inside and _OWNS.fullmatch(self._between(number - 1)):
            inside = (number - 1,)  # "Zamfara's Zurmi district"
            locative = one.setting.locative or self.found[number - 1].setting.locative
            one = replace(one, setting=replace(one.setting, locative=locative))
        return replace(one, inside=inside)

    def _between(self, number: int) -> str:
        """The words between a name and the next one."""
        return self.reading.canvas[self.found[number].span.end : self.found[number + 1].span.start]

    def _with_other_end(self, number: int) -> Spotted:
        one = self.found[number]
        if number and self._pairs(number - 1):
            first = self.found[number - 1]
            told = replace(one.setting, relation="between", locative=True, start=first.setting.start)
            role = one.role if first.role == "event" else first.role
            return replace(one, setting=told, other_end=first.name, role=role)
        return replace(one, other_end=self.found[number + 1].name) if self._pairs(number) else one

    def _pairs(self, number: int) -> bool:
        """Whether a name and the next one are the ends of one "entre A et B"."""
        if number + 1 >= len(self.found) or self.found[number].setting.relation != "between":
            return False
        return second_end(self._between(number))

    def _around(self, number: int) -> tuple[int, ...]:
        """Indices of the names to the right, each of which is said to hold the one before it."""
        inside, at = [], number
        rank = self._rank(self.found[number])
        while at + 1 < len(self.found) and self.found[at + 1].sentence == self.found[number].sentence:
            between, outer = self._between(at), self._rank(self.found[at + 1])
            if len(between) > _LONGEST_LINK or not links_up(between, self.words) or outer <= rank:
                break
            rank, at = outer, at + 1
            inside.append(at)
        return tuple(inside)

    def _rank(self, one: Spotted) -> int:
        """How large a place is: a country, a division of a level, or anything smaller."""
        if one.setting.level:
            return _RANKS.get(one.setting.level, 0)
        key = place_key(one.name)
        if key in self.names.names:
            return _RANKS["country"]
        kinds = {entry.kind for entry in self.gazetteer.lookup(key, fuzzy=False)}
        if one.setting.locative and one.setting.prep in ("à", "a") and "settlement" in kinds:
            return _RANKS["settlement"]
        return max((_RANKS.get(kind, 1) for kind in kinds), default=0)
