"""Neighbours: which accounts a new one may touch, and the component of accounts that must be clustered again with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from concordant.linking.accounts import Account, Sight, sight
from concordant.linking.keys import BLOCK_CAP, keys_of
from concordant.linking.pairing import Pairs
from concordant.linking.tables import Tables

Touch = frozenset[str]


def touching(sights: Mapping[str, Sight], pairs: Pairs) -> set[Touch]:
    """The pairs that share a block key and may be of one happening."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for name in sorted(sights):
        for key in keys_of(sights[name]):
            if len(blocks[key]) < BLOCK_CAP:
                blocks[key].append(name)
    met = {(a, b) for block in blocks.values() for i, a in enumerate(block) for b in block[i + 1 :]}
    return {frozenset(pair) for pair in met if pairs.touch(*pair)}


def beside(touches: Iterable[Touch]) -> dict[str, set[str]]:
    """For each account that touches any, those that it touches."""
    found: dict[str, set[str]] = defaultdict(set)
    for touch in touches:
        a, b = touch
        found[a].add(b)
        found[b].add(a)
    return found


def components(names: Iterable[str], near: Mapping[str, Collection[str]]) -> Iterator[list[str]]:
    """The connected components, each in the order of ids."""
    seen: set[str] = set()
    for name in sorted(names):
        if name not in seen:
            found = _reach(name, lambda one: near.get(one, ()))
            seen |= found
            yield sorted(found)


def _reach(start: str, beside: Callable[[str], Iterable[str]]) -> set[str]:
    found, ahead = {start}, [start]
    while ahead:
        new = set(beside(ahead.pop())) - found
        found |= new
        ahead.extend(new)
    return found


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Accounts to cluster again, and the pairs of them that touch: what `cluster` asks for."""

    accounts: tuple[Account, ...]
    pairs: frozenset[tuple[str, str]]


def neighbourhood(
    start: Iterable[Account],
    filed: Callable[[str], Iterable[Account]],
    same: Callable[[str], Iterable[Account]] = lambda _: (),
    *,
    tables: Tables | None = None,
) -> Neighbourhood:
    """All accounts to cluster again when `start` are new or changed: clustering them gives what clustering all gives.

    `filed(key)` gives the accounts filed under a block key in the order of their ids (BLOCK_CAP + 1 of them are
    enough), the new ones among them; `same(account_id)` those that a standing SAME ruling names with it. Where a new
    account pushes another one out of a full block, that one is looked at again too. Accounts that were in one cluster
    with any of the result before, and are not in it now, are to be given as `start` in turn.
    """
    walk = _Walk(filed, Pairs({}, tables or Tables.of()), {account.account_id: account for account in start})
    ahead = [walk.new[name] for name in sorted(walk.new)]
    while ahead:
        account = ahead.pop()
        if account.account_id not in walk.accounts:
            walk.accounts[account.account_id] = account
            ahead += [*same(account.account_id), *walk.touched(account)]
    return Neighbourhood(tuple(walk.accounts[name] for name in sorted(walk.accounts)), frozenset(walk.pairs))


@dataclass(slots=True)
class _Walk:
    """A walk from account to account along the pairs that touch."""

    filed: Callable[[str], Iterable[Account]]
    scores: Pairs
    new: Mapping[str, Account]
    accounts: dict[str, Account] = field(default_factory=dict)
    pairs: set[tuple[str, str]] = field(default_factory=set)

    def touched(self, account: Account) -> Iterator[Account]:
        """The accounts that one touches, and those that it pushes out of a block."""
        name = account.account_id
        for key in self._keys(account):
            found = list(self.filed(key))[: BLOCK_CAP + 1]
            block = found[:BLOCK_CAP]
            if all(other.account_id != name for other in block):
                continue
            if name in self.new:
                yield from found[BLOCK_CAP:]
            yield from (other for other in block if other.account_id != name and self._touch(account, other))

    def _keys(self, account: Account) -> tuple[str, ...]:
        return keys_of(self._sight(account))

    def _touch(self, account: Account, other: Account) -> bool:
        self._sight(other)
        a, b = sorted((account.account_id, other.account_id))
        if self.scores.touch(a, b):
            self.pairs.add((a, b))
        return (a, b) in self.pairs

    def _sight(self, account: Account) -> Sight:
        name = account.account_id
        if name not in self.scores.sights:
            self.scores.sights[name] = sight(account)
        return self.scores.sights[name]
