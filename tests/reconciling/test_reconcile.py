"""Reconciling: which value leads, what stands beside it, and what made it."""

from dataclasses import replace

import pytest
from made import account, party, place, toll

from concordant.reconciling import reconcile
from concordant.review import claim_id
from concordant.review.rulings import make_ruling

TAMBORE = place("Tamboré", (14.0, -3.5), admin1="Mopti")


def killed(*accounts, **more):  # type: ignore[no-untyped-def]
    rows = reconcile(accounts, **more).values["casualties"]
    return [(r["victims"], r["low"], r["best"], r["high"]) for r in rows if r["outcome"] == "killed"]


def test_the_latest_toll_leads_and_the_earlier_is_kept() -> None:
    first = account("a", where=TAMBORE, tolls=[toll("killed", "civilians", 11)])
    later = account("b", where=TAMBORE, published="2024-05-10", tolls=[toll("killed", "civilians", 17)])
    assert killed(first, later) == [("civilians", 17, 17, 17)]
    why = reconcile([first, later]).why["casualties.killed"]
    assert why["rule"] == "latest_toll"
    assert [(r["best"], r["superseded"]) for r in why["rivals"]] == [(11, True)]
    assert why["from"] == [{"account_id": "b", "claim": claim_id("b", "casualties", later.event["casualties"][0])}]


def test_ten_copies_weigh_as_one_origin() -> None:
    copies = [
        account(f"c{i}", where=TAMBORE, origin="wire", tolls=[toll("killed", "civilians", 30)]) for i in range(10)
    ]
    others = [account(f"o{i}", where=TAMBORE, tolls=[toll("killed", "civilians", 12)]) for i in range(2)]
    assert killed(*copies, *others) == [("civilians", 12, 12, 30)]
    assert reconcile([*copies, *others]).values["confidence"]["origins"] == 3


def test_sides_are_taken_from_one_account_and_never_added_over_two() -> None:
    a = account("a", where=TAMBORE, tolls=[toll("killed", "civilians", 5)])
    b = account("b", where=TAMBORE, tolls=[toll("killed", "state_forces", 5)])
    c = account("c", where=TAMBORE, tolls=[toll("killed", "state_forces", 5), toll("killed", "rebel", 3)])
    assert sum(best for _, _, best, _ in killed(a, b)) == 5
    assert sorted((side, best) for side, _, best, _ in killed(b, c)) == [("rebel", 3), ("state_forces", 5)]


def test_rival_figures_stand_with_who_gives_them_and_that_partys_interest() -> None:
    army = toll("killed", "rebel", 20, attributed_to=["l'armée"])
    villagers = toll("killed", "civilians", 21, attributed_to=["des habitants"])
    found = reconcile([account("a", where=TAMBORE, tolls=[army]), account("b", where=TAMBORE, tolls=[villagers])])
    [row] = [r for r in found.values["casualties"] if r["outcome"] == "killed"]
    assert (row["victims"], row["best"]) == ("civilians", 21)
    [rival] = found.why["casualties.killed"]["rivals"]
    assert (rival["best"], rival["attributed_to"], rival["interest"]) == (20, ["l'armée"], "enemy_losses")


def test_exact_place_over_vague_and_days_in_common() -> None:
    region = place("Mopti", (14.3, -3.9), relation="within", radius_km=120.0, admin1="Mopti")
    week = account("a", where=region, day=("2024-05-01", "2024-05-07"))
    other = account("b", where=region, day=("2024-05-05", "2024-05-09"))
    exact = account("c", where=TAMBORE, day="2024-05-06")
    found = reconcile([week, other, exact])
    assert found.values["place"]["name"] == "Tamboré"
    assert (found.values["date"]["start"], found.values["date"]["end"]) == ("2024-05-06", "2024-05-06")
    assert (reconcile([week, other]).values["date"]["start"], reconcile([week, other]).values["date"]["end"]) == (
        "2024-05-05",
        "2024-05-07",
    )


def test_kind_by_vote_and_the_more_telling_of_two() -> None:
    vague, telling = account("a", where=TAMBORE), account("b", where=TAMBORE, kind="ambush")
    assert reconcile([vague, telling]).values["kind"] == "ambush"
    assert reconcile([vague, account("c", where=TAMBORE), telling]).values["kind"] == "attack_on_civilians"


def test_parties_are_brought_together_by_actor_and_sort() -> None:
    a = account("a", parties=[party("perpetrator", "rebel", "jihadistes"), party("target", "civilians", "villageois")])
    b = account("b", parties=[party("perpetrator", "rebel", "JNIM", "jnim", presumed=True)])
    c = account("c", parties=[party("perpetrator", "unidentified", "hommes armés")])
    found = reconcile([a, b, c]).values["parties"]
    assert [(p["role"], p["name"]) for p in found] == [("perpetrator", "JNIM"), ("target", "villageois")]


def test_rulings_stand_before_what_accounts_say() -> None:
    a = account("a", where=TAMBORE, tolls=[toll("killed", "civilians", 11)])
    b = account("b", where=TAMBORE, tolls=[toll("killed", "civilians", 12)])
    at = {"by": "Awa", "at": "2024-06-01T00:00:00Z", "why": "rang the hospital"}
    figure = make_ruling(
        "value",
        ("a",),
        value={"field": "casualties.killed.civilians", "value": {"low": 13, "best": 13, "high": 13}},
        **at,
    )
    assert killed(a, b, rulings=[figure]) == [("civilians", 13, 13, 13)]
    wrong = make_ruling("claim", ("b",), value={"claim": claim_id("b", "casualties", b.event["casualties"][0])}, **at)
    assert killed(a, b, rulings=[wrong]) == [("civilians", 11, 11, 11)]
    none = make_ruling("not_event", ("a",), **at)
    assert reconcile([a, b], [none]).state == "not_event"
    irrelevant = make_ruling("irrelevant", (b.report_id,), **at)
    assert killed(a, b, rulings=[irrelevant]) == [("civilians", 11, 11, 11)]
    with pytest.raises(ValueError, match="no account"):
        reconcile([b], [irrelevant])


def test_wounded_who_die_move_and_are_not_added() -> None:
    first = account("a", where=TAMBORE, tolls=[toll("killed", "civilians", 2), toll("wounded", "civilians", 5)])
    died = account("b", where=TAMBORE, published="2024-05-09", day="2024-05-09",
                   tolls=[toll("killed", "civilians", 1, quote="un des blessés a succombé à ses blessures")])  # fmt: skip
    again = account("c", where=TAMBORE, published="2024-05-10", language="en",
                    tolls=[toll("killed", "civilians", 1, quote="a third victim died of his wounds")])  # fmt: skip
    for accounts in ([first, died], [first, died, again], [first, again]):
        found = reconcile(accounts)
        totals = {r["outcome"]: r["best"] for r in found.values["casualties"]}
        assert totals == {"killed": 3, "wounded": 4}
        assert found.why["casualties.killed"]["rule"] == "died_of_wounds"
        cited = {c["account_id"] for c in found.why["casualties.wounded"]["from"]}
        assert "a" in cited
        assert len(cited) == 2


def test_a_later_death_already_in_the_toll_changes_nothing() -> None:
    first = account("a", where=TAMBORE, tolls=[toll("killed", "civilians", 2)])
    later = account("b", where=TAMBORE, published="2024-05-09",
                    tolls=[toll("killed", "civilians", 4, quote="quatre morts, un blessé ayant succombé")])  # fmt: skip
    assert killed(first, later) == [("civilians", 4, 4, 4)]


def test_one_report_of_a_new_toll_stands_before_many_of_the_day_before() -> None:
    first = [account(f"f{i}", where=TAMBORE, tolls=[toll("killed", "civilians", 2)]) for i in range(9)]
    later = account("n", where=TAMBORE, published="2024-05-08", tolls=[toll("killed", "civilians", 3)])
    assert killed(*first, replace(later, revises=True)) == [("civilians", 3, 3, 3)]
    assert killed(*first, later) == [("civilians", 2, 2, 3)]


def test_a_later_toll_of_one_side_keeps_the_other_side_that_was_told_beside_it() -> None:
    first = account("a", where=TAMBORE, tolls=[toll("killed", "state_forces", 3), toll("killed", "rebel", 7)])
    later = account("b", where=TAMBORE, published="2024-05-09", tolls=[toll("killed", "state_forces", 5)])
    assert sorted(killed(first, later)) == [("rebel", 7, 7, 7), ("state_forces", 5, 5, 5)]
    why = reconcile([first, later]).why["casualties.killed"]
    assert why["rule"] == "sides_told_apart"
    assert {c["account_id"] for c in why["from"]} == {"a", "b"}


ATTACKERS = party("perpetrator", "rebel", "assaillants")
PASSERS_BY = party("target", "civilians", "passants")


def test_the_dead_among_the_attackers_stand_beside_those_whom_they_killed() -> None:
    parties = [ATTACKERS, PASSERS_BY]
    news = account("a", where=TAMBORE, parties=parties, tolls=[toll("killed", "civilians", 7)])
    shot = account("b", where=TAMBORE, parties=parties, published="2024-05-10", tolls=[toll("killed", "rebel", 3)])
    assert sorted(killed(news, shot)) == [("civilians", 7, 7, 7), ("rebel", 3, 3, 3)]
    why = reconcile([news, shot]).why["casualties.killed"]
    assert why["rule"] == "sides_told_apart"
    assert {c["account_id"] for c in why["from"]} == {"a", "b"}
    assert why["rivals"] == []


def test_losses_of_soldiers_and_of_their_enemies_are_of_two_camps() -> None:
    fight = [party("participant", "state_forces", "armée"), party("participant", "rebel", "rebelles")]
    a = account("a", where=TAMBORE, kind="armed_clash", parties=fight, tolls=[toll("killed", "state_forces", 4)])
    b = account("b", where=TAMBORE, kind="armed_clash", parties=fight, tolls=[toll("killed", "rebel", 11)])
    assert sorted(killed(a, b)) == [("rebel", 11, 11, 11), ("state_forces", 4, 4, 4)]


def test_one_number_under_the_attackers_name_is_not_added() -> None:
    parties = [ATTACKERS, PASSERS_BY]
    right = [account(f"a{i}", where=TAMBORE, parties=parties, tolls=[toll("killed", "civilians", 7)]) for i in range(2)]
    slip = account("b", where=TAMBORE, parties=parties, tolls=[toll("killed", "rebel", 7)])
    assert killed(*right, slip) == [("civilians", 7, 7, 7)]


def test_one_report_of_a_year_later_does_not_outweigh_all_of_the_days_after() -> None:
    then = [
        account(f"a{i}", where=TAMBORE, published=f"2024-05-{7 + i:02}", tolls=[toll("killed", "civilians", 160)])
        for i in range(4)
    ]
    misread = account("b", where=TAMBORE, published="2025-05-06", tolls=[toll("killed", "civilians", 20)])
    [(_, low, best, _)] = killed(*then, misread)
    assert (low, best) == (20, 160)


def test_what_an_army_says_of_its_enemies_weighs_once_however_many_print_it() -> None:
    army = toll("killed", "rebel", 17, attributed_to=["l'armée"])
    printed = [account(f"a{i}", where=TAMBORE, kind="air_strike", tolls=[army]) for i in range(5)]
    told = [
        account(f"v{i}", where=TAMBORE, kind="air_strike",
                tolls=[toll("killed", "civilians", 6, attributed_to=["des habitants"])])
        for i in range(2)
    ]  # fmt: skip
    assert killed(*printed, *told) == [("civilians", 6, 6, 6)]


def test_dead_of_whom_it_is_not_told_whose_they_are_are_added_to_nothing() -> None:
    parties = [ATTACKERS, PASSERS_BY]
    shot = account("a", where=TAMBORE, parties=parties, tolls=[toll("killed", "rebel", 1)])
    vague = account("b", where=TAMBORE, parties=parties,
                    tolls=[toll("killed", "civilians", 0), toll("killed", "unknown", None)])  # fmt: skip
    assert len(killed(shot, vague)) == 1
