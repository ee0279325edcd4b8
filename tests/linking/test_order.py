"""Order: accounts one by one in any order give what all at once give, full blocks and rulings included."""

from collections.abc import Iterable
from random import Random

import made_accounts
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_coverage import cover
from made_world import make_world

from concordant.linking import Account, Cluster, block_keys, cluster, neighbourhood, neighbours, score
from concordant.review import Ruling
from concordant.review.rulings import make_ruling

ALL = list(made_accounts.accounts(cover(make_world(seed=5, count=30, days=20))))


class Index:
    """What a record keeps: accounts by block key, and the clusters made so far."""

    def __init__(self, rulings: Iterable[Ruling]) -> None:
        self.accounts: dict[str, Account] = {}
        self.blocks: dict[str, list[str]] = {}
        self.clusters: dict[str, Cluster] = {}
        self.rulings = list(rulings)

    def filed(self, key: str) -> list[Account]:
        return [self.accounts[name] for name in sorted(self.blocks.get(key, ()))]

    def same(self, name: str) -> list[Account]:
        named = [r.subject for r in self.rulings if name in r.subject]
        return [self.accounts[n] for pair in named for n in pair if n != name and n in self.accounts]

    def add(self, account: Account) -> None:
        self.accounts[account.account_id] = account
        for key in block_keys(account):
            self.blocks.setdefault(key, []).append(account.account_id)
        start = [account]
        while True:
            near = neighbourhood(start, self.filed, self.same)
            again = {a.account_id for a in near.accounts}
            mates = {n for name in again if name in self.clusters for n in self.clusters[name].account_ids}
            if mates <= again:
                break
            start = [*near.accounts, *(self.accounts[n] for n in sorted(mates - again))]
        for made in cluster(near.accounts, self.rulings, pairs=near.pairs):
            self.clusters.update(dict.fromkeys(made.account_ids, made))


def shape(clusters: Iterable[Cluster]) -> set[tuple[str, ...]]:
    return {c.account_ids for c in clusters}


def rulings_on(drawn: Random, accounts: list[Account]) -> list[Ruling]:
    made = []
    for number in range(4):
        a, b = drawn.sample(accounts, 2)
        made.append(
            make_ruling("pair", (a.account_id, b.account_id), by="Awa", at=f"2024-09-0{number + 1}T00:00:00Z", why="read both",
                        judgement=drawn.choice(("same", "not_same")))
        )  # fmt: skip
    return made


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000), cap=st.sampled_from((2, 5, 60)), ruled=st.booleans())
def test_one_by_one_in_any_order_is_all_at_once(seed: int, cap: int, ruled: bool) -> None:
    drawn = Random(seed)
    some = drawn.sample(ALL, 45)
    rulings = rulings_on(drawn, some) if ruled else []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(neighbours, "BLOCK_CAP", cap)
        index = Index(rulings)
        for account in some:
            index.add(account)
        assert shape(index.clusters.values()) == shape(cluster(some, rulings))


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_apart_is_never_brought_together_and_every_account_is_in_one_cluster(seed: int) -> None:
    drawn = Random(seed)
    some = drawn.sample(ALL, 50)
    rulings = rulings_on(drawn, some)
    made = cluster(drawn.sample(some, 50), rulings)
    assert sorted(name for c in made for name in c.account_ids) == sorted(a.account_id for a in some)
    for ruling in rulings:
        if ruling.judgement == "not_same":
            assert not any(set(ruling.subject) <= set(c.account_ids) for c in made)
    assert len({c.id for c in made}) == len(made)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_no_two_accounts_of_a_cluster_contradict_each_other(seed: int) -> None:
    some = Random(seed).sample(ALL, 60)
    by_id = {a.account_id: a for a in some}
    for made in cluster(some):
        names = made.account_ids
        assert all(score(by_id[a], by_id[b]).veto is None for i, a in enumerate(names) for b in names[i + 1 :])
        assert len(made.edges) == len(names) - 1
