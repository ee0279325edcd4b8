"""Neighbours: which accounts a new one may touch, and the component of accounts that must be clustered again with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from concordant.linking.accounts import Account, Sight, sight
from concordant.linking.keys import BLOCK_CAP, block_keys, keys_of
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


def neighbourhood(
    start: Iterable[Account], filed: Callable[[str], Iterable[Account]], same: Callable[[str], Iterable[Account]] = lambda _: (),
    *, tables: Tables | None = None,
) -> tuple[Account, ...]:  # fmt: skip
    """All accounts to cluster again when `start` are new or changed: clustering these gives what clustering all gives.

    `filed(key)` gives the accounts filed under a block key in the order of their ids (as many as BLOCK_CAP + 1 are enough), the new
    ones among them; `same(account_id)` those that a standing SAME ruling names with it. Where a new account pushes another one out of
    a full block, that one is looked at again too.
    """
    known = tables or Tables.of()
    sights: dict[str, Sight] = {}
    accounts: dict[str, Account] = {}
    pairs = Pairs(sights, known)
    ahead = sorted(start, key=lambda a: a.account_id)
    new = {account.account_id for account in ahead}
    while ahead:
        account = ahead.pop()
        if account.account_id in accounts:
            continue
        accounts[account.account_id] = account
        sights.setdefault(account.account_id, sight(account))
        ahead += [*same(account.account_id), *_touched(account, new, filed, sights, pairs)]
    return tuple(accounts[name] for name in sorted(accounts))


def _touched(
    account: Account,
    new: Collection[str],
    filed: Callable[[str], Iterable[Account]],
    sights: dict[str, Sight],
    pairs: Pairs,
) -> Iterator[Account]:
    for key in block_keys(account):
        found = list(filed(key))[: BLOCK_CAP + 1]
        block = found[:BLOCK_CAP]
        if account.account_id not in {other.account_id for other in block}:
            continue
        if account.account_id in new:
            yield from found[BLOCK_CAP:]
        for other in block:
            if other.account_id != account.account_id:
                sights.setdefault(other.account_id, sight(other))
                if pairs.touch(account.account_id, other.account_id):
                    yield other
