"""Clusters: the same in any order, obeying rulings, never chaining accounts that contradict each other."""

import random

from made import account, place, toll

from concordant.linking import Account, Standing, cluster
from concordant.review.rulings import make_ruling

TAMBORE = place("Tamboré", (14.0, -3.5), admin1="Mopti")
KELBA = place("Kelba", (12.0, -8.0), admin1="Sikasso")


def groups(accounts: list[Account], *rulings: object) -> list[list[str]]:
    return sorted(sorted(c.account_ids) for c in cluster(accounts, rulings))  # type: ignore[arg-type]


def ruled(a: str, b: str, judgement: str, at: str = "2024-06-01T00:00:00Z") -> object:
    return make_ruling("pair", (a, b), by="Awa", at=at, why="read both", judgement=judgement)


def told(name: str, **more: object) -> Account:
    return account(name, where=TAMBORE, tolls=[toll("killed", "civilians", 12)], **more)  # type: ignore[arg-type]


def test_accounts_of_one_happening_come_together_in_any_order() -> None:
    accounts = [told("a"), told("b", published="2024-05-08"), told("c", language="en"), account("d", where=KELBA)]
    expected = cluster(accounts)
    assert [c.account_ids for c in expected] == [("a", "c", "b"), ("d",)]
    for seed in range(5):
        shuffled = random.Random(seed).sample(accounts, len(accounts))
        assert cluster(shuffled) == expected


def test_a_cluster_that_only_grows_keeps_its_name() -> None:
    accounts = [told("a"), told("b", published="2024-05-08")]
    [before] = cluster(accounts)
    [after] = cluster([*accounts, told("c", published="2024-05-09")])
    assert before.id == after.id
    assert len(after.edges) == len(after.account_ids) - 1


def test_two_accounts_that_contradict_each_other_are_not_chained_through_a_third() -> None:
    vague = account("v", where=None, words=["Kelba", "Tambore"], tolls=[toll("killed", "civilians", 12)])
    there = account("t", where=TAMBORE, tolls=[toll("killed", "civilians", 12)])
    elsewhere = account("k", where=KELBA, tolls=[toll("killed", "civilians", 12)])
    found = groups([vague, there, elsewhere])
    assert all(not {"t", "k"} <= set(group) for group in found)
    assert len(found) == 2


def test_rulings_are_obeyed_beyond_the_pair() -> None:
    accounts = [told("a"), told("b"), account("c", where=KELBA), account("d", where=KELBA)]
    assert groups(accounts) == [["a", "b"], ["c", "d"]]
    joined = groups(accounts, ruled("a", "c", "same"))
    assert any({"a", "c"} <= set(group) for group in joined)
    split = groups(accounts, ruled("a", "b", "not_same"))
    assert all(not {"a", "b"} <= set(group) for group in split)


def test_a_ruling_taken_back_counts_no_more() -> None:
    accounts = [told("a"), told("b")]
    back = ruled("a", "b", "none", at="2024-06-02T00:00:00Z")
    assert groups(accounts, ruled("a", "b", "not_same"), back) == [["a", "b"]]


def test_apart_is_kept_through_a_chain_of_sames() -> None:
    accounts = [told("a"), told("b"), told("c")]
    found = groups(
        accounts,
        ruled("a", "c", "not_same"),
        ruled("a", "b", "same"),
        ruled("b", "c", "same", at="2024-06-03T00:00:00Z"),
    )
    assert found == [["a"], ["b", "c"]]


def test_a_passing_mention_joins_what_it_recalls_and_is_vague_alone() -> None:
    mention = account("m", role="background", day=("2024-05-01", "2024-05-31"), published="2024-09-01", where=TAMBORE,
                      tolls=[toll("killed", "civilians", 12)])  # fmt: skip
    assert groups([told("a"), mention]) == [["a", "m"]]
    bare = account("n", role="background", day=None, where=None, tolls=[toll("killed", "civilians", 12)])
    assert [c.standing for c in cluster([bare])] == [Standing.VAGUE]
    assert [c.standing for c in cluster([mention])] == [Standing.EVENT]


def test_a_sum_over_several_happenings_stays_apart_from_its_parts() -> None:
    total = account("s", day=("2024-05-01", "2024-05-07"), where=place("Mopti", relation="within", radius_km=120.0), tells=4,
                    tolls=[toll("killed", "civilians", 40)])  # fmt: skip
    found = cluster([told("a"), told("b"), total])
    assert sorted((c.standing, len(c.account_ids)) for c in found) == [(Standing.EVENT, 2), (Standing.SUM, 1)]


def test_one_account_that_contradicts_many_is_set_apart_and_does_not_split_them() -> None:
    names = ["Awa Kelindo", "Moussa Daribe"]
    placed = [told(f"p{i}") for i in range(4)]
    unplaced = [
        account(f"u{i}", where=None, words=[*names, "Tambore"], tolls=[toll("killed", "civilians", 12)])
        for i in range(4)
    ]
    wrong = account("w", where=KELBA, words=names, tolls=[toll("killed", "civilians", 12)])
    found = groups([*placed, *unplaced, wrong])
    assert ["w"] in found
    assert len(found) == 2


def test_a_happening_that_one_report_tells_twice_is_not_two_for_the_others() -> None:
    """The coder makes two accounts of one happening, each of which others join: the fewer are set apart."""
    early = [told(f"e{i}", words=["Awa Kelindo", "Moussa Daribe"]) for i in range(4)]
    late = [
        told(f"l{i}", day=None, published="2024-05-09", words=["Sali Borema", "Issa Tondiba"]) for i in range(4)
    ]
    twice = [
        told("e9", report="both", words=["Awa Kelindo", "Moussa Daribe"]),
        told("l9", report="both", day=None, words=["Sali Borema", "Issa Tondiba"]),
    ]
    found = groups([*early, *late, *twice])
    assert {len(group) for group in found} == {9, 1}


def test_as_many_as_would_come_in_are_not_set_apart() -> None:
    good = [told(f"g{i}") for i in range(4)]
    both = [told("a", report="both"), account("b", report="both", day=None, where=TAMBORE, kind="raid")]
    found = groups([*good, *both])
    assert sorted(map(len, found)) == [1, 5]
    assert ["b"] in found
