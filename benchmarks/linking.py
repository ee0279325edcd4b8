"""How the cost of linking one more account grows with the number of accounts already linked.

usage: linking.py [COUNT] [--worlds N] [--seed N]

Accounts of many made worlds come in one by one, in the order of publication, into an index held in memory: each is
filed under its block keys, compared with those that it meets, and its neighbourhood is clustered again. Prints for
every step what an account cost there, how many it was compared with, and how large its neighbourhood was.
"""

from __future__ import annotations

import argparse
import sys
from bisect import insort
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import sha256
from heapq import merge
from pathlib import Path
from time import process_time

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / folder) for folder in ("src", "tests/world")]

import made_accounts  # noqa: E402 (the made world lies beside the tests)
from made_coverage import cover  # noqa: E402
from made_world import make_world  # noqa: E402

from concordant.linking import BLOCK_CAP, Account, Cluster, cluster  # noqa: E402
from concordant.linking.accounts import sight  # noqa: E402
from concordant.linking.keys import keys_of  # noqa: E402
from concordant.linking.pairing import Pairs  # noqa: E402
from concordant.linking.tables import Tables  # noqa: E402

DAYS = 90


@dataclass
class Index:
    """Accounts by block key, the pairs that touch, and the clusters made so far."""

    accounts: dict[str, Account] = field(default_factory=dict)
    scores: Pairs = field(default_factory=lambda: Pairs({}, Tables.of()))
    blocks: dict[str, list[str]] = field(default_factory=dict)
    beside: dict[str, set[str]] = field(default_factory=dict)
    clusters: dict[str, Cluster] = field(default_factory=dict)

    def add(self, account: Account) -> tuple[int, int]:
        """Link one account; returns how many it was compared with and how large its neighbourhood is."""
        name = account.account_id
        self.accounts[name], self.beside[name] = account, set()
        self.scores.sights[name] = sight(account)
        met = {other for key in keys_of(self.scores.sights[name]) for other in self._file(key, name)} - {name}
        for other in sorted(met):
            if self.scores.touch(name, other):
                self.beside[name].add(other)
                self.beside[other].add(name)
        near = self._reach(name)
        pairs = {(a, b) for a in near for b in self.beside[a] if a < b}
        for made in cluster([self.accounts[a] for a in near], pairs=pairs):
            self.clusters.update(dict.fromkeys(made.account_ids, made))
        self.scores = Pairs(self.scores.sights, self.scores.tables)
        return len(met), len(near)

    def _file(self, key: str, name: str) -> list[str]:
        """Those that an account meets under a key. What it pushes out of a full block is not looked at again here."""
        block = self.blocks.setdefault(key, [])
        insort(block, name)
        first = block[:BLOCK_CAP]
        return first if name <= first[-1] else []

    def _reach(self, name: str) -> set[str]:
        found, ahead = {name}, [name]
        while ahead:
            new = self.beside[ahead.pop()] - found
            found |= new
            ahead.extend(new)
        return found


def stream(seed: int, side_by_side: int) -> Iterator[Account]:
    """Accounts without end: every ninety days, so many new worlds side by side."""
    season = 0
    while True:
        worlds = [_world(seed + season * side_by_side + n, season) for n in range(side_by_side)]
        yield from merge(*worlds, key=lambda account: account.order)
        season += 1


def _world(seed: int, season: int) -> list[Account]:
    pieces = cover(make_world(seed), seed)
    return [_moved(account, f"{seed}", timedelta(season * DAYS)) for account in made_accounts.accounts(pieces, seed)]


def _moved(account: Account, world: str, later: timedelta) -> Account:
    """An account in another season, under names of its own."""
    event = dict(account.event)
    if event["date"]:
        event["date"] = event["date"] | {
            end: str(date.fromisoformat(event["date"][end]) + later) for end in ("start", "end")
        }
    day, clock = str(account.published).split("T")
    names = {name: f"{prefix(world)}{getattr(account, name)}" for name in ("account_id", "report_id", "origin")}
    return replace(account, **names, event=event, published=f"{date.fromisoformat(day) + later}T{clock}")


def prefix(world: str) -> str:
    """Ids are hashes in a record: a prefix that spreads worlds over the order of ids."""
    return sha256(world.encode()).hexdigest()[:8]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", nargs="?", type=int, default=20_000)
    parser.add_argument("--worlds", type=int, default=8, help="made worlds at one time, of 2.7 happenings a day each")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    index, spent, compared, near, started = Index(), 0.0, 0, 0, 0
    print(f"{'accounts':>10} {'ms each':>9} {'compared':>9} {'neighbours':>11} {'largest block':>14}")
    for number, account in enumerate(stream(args.seed, args.worlds), start=1):
        before = process_time()
        met, around = index.add(account)
        spent, compared, near = spent + process_time() - before, compared + met, near + around
        if number % max(1000, 10 ** (len(str(number)) - 1)) == 0 or number == args.count:
            done, largest = number - started, max(map(len, index.blocks.values()))
            each = (1000 * spent / done, compared / done, near / done)
            print(f"{number:>10,} {each[0]:>9.2f} {each[1]:>9.1f} {each[2]:>11.1f} {largest:>14,}", flush=True)
            spent, compared, near, started = 0.0, 0, 0, number
        if number >= args.count:
            break


if __name__ == "__main__":
    main()
