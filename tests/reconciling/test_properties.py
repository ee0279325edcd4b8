"""Properties of reconciling: order-free, the same again, inventing nothing, counting copies once."""

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from made import account, party, place, toll

from concordant.linking import Account
from concordant.reconciling import reconcile

PLACES = [
    None, place("Tamboré", (14.0, -3.5), admin1="Mopti"), place("Tambore"), place("Kelba", (12.0, -8.0), admin1="Sikasso"),
    place("Mopti", (14.3, -3.9), relation="within", radius_km=120.0, admin1="Mopti"),
]  # fmt: skip
DAYS = [None, "2024-05-06", "2024-05-07", ("2024-05-06", "2024-05-07"), ("2024-05-01", "2024-05-31")]
SIDES = ["civilians", "state_forces", "rebel", "unknown", "mixed"]
PARTIES = [
    party("perpetrator", "rebel", "JNIM", "jnim"), party("perpetrator", "rebel", "jihadistes", presumed=True),
    party("perpetrator", "unidentified", "hommes armés"), party("target", "civilians", "villageois"),
    party("target", "state_forces", "armée", "ml-army"), party("perpetrator", "state_forces", "armée", "ml-army"),
]  # fmt: skip


@st.composite
def rows(draw: st.DrawFn) -> dict[str, Any]:
    best = draw(st.sampled_from([None, 0, 1, 3, 12, 40]))
    return toll(
        draw(st.sampled_from(["killed", "wounded"])), draw(st.sampled_from(SIDES)), best, rival=draw(st.booleans()),
        hedged=draw(st.booleans()), high=draw(st.sampled_from([None, best])), attributed_to=draw(st.sampled_from([[], ["l'armée"]])),
    )  # fmt: skip


@st.composite
def sets(draw: st.DrawFn) -> list[Account]:
    count = draw(st.integers(1, 7))
    return [
        account(
            f"a{i}", published=draw(st.sampled_from([None, "2024-05-07", "2024-05-08T10:00:00", "2024-05-12"])),
            day=draw(st.sampled_from(DAYS)), where=draw(st.sampled_from(PLACES)), kind=draw(st.sampled_from(["ambush", "raid", "ied"])),
            role=draw(st.sampled_from(["main", "background"])), tolls=draw(st.lists(rows(), max_size=3)),
            parties=draw(st.lists(st.sampled_from(PARTIES), max_size=3)), origin=draw(st.sampled_from([None, "wire"])),
            means=draw(st.lists(st.sampled_from(["ied", "drone"]), max_size=2, unique=True)), hedged=draw(st.booleans()),
        )
        for i in range(count)
    ]  # fmt: skip


def figures(values: Any) -> list[tuple[Any, ...]]:
    return sorted(
        (r["outcome"], r["victims"], str(r["low"]), str(r["best"]), str(r["high"])) for r in values["casualties"]
    )


@settings(max_examples=150, deadline=None)
@given(accounts=sets(), data=st.data())
def test_the_same_in_any_order(accounts: list[Account], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(accounts))
    assert reconcile(shuffled).to_dict() == reconcile(accounts).to_dict()


@settings(max_examples=150, deadline=None)
@given(accounts=sets())
def test_no_value_that_no_account_has(accounts: list[Account]) -> None:
    found, events = reconcile(accounts).values, [a.event for a in accounts]
    assert found["kind"] in {e["kind"] for e in events}
    assert (found["place"] or {}).get("name") in {(e["place"] or {}).get("name") for e in events}
    told = {(p["role"], p["name"]) for e in events for p in e["parties"]}
    assert {(p["role"], p["name"]) for p in found["parties"]} <= told
    assert set(found["means"]) <= {m for e in events for m in e["means"]}
    attackers = {p["type"] for e in events for p in e["parties"] if p["role"] == "perpetrator"}
    for outcome in ("killed", "wounded"):
        leading = {(r["victims"], r["best"]) for r in found["casualties"] if r["outcome"] == outcome}
        said = [
            {(r["victims"], r["best"]) for r in e["casualties"] if r["outcome"] == outcome and not r["rival"]}
            for e in events
        ]
        assert leading <= set().union(*said)
        # sides are those of one account, which tells them apart, or of two that tell of the losses of two camps
        sides, told_by = {side for side, _ in leading}, [{side for side, _ in one} for one in said]
        assert any(sides <= one for one in told_by) or _two_camps(sides, told_by, attackers)
    if found["date"]:
        assert any(e["date"] and e["date"]["start"] <= found["date"]["start"] <= e["date"]["end"] for e in events)


def _two_camps(sides: set[str], told_by: list[set[str]], attackers: set[str]) -> bool:
    pairs = [(sides & one, sides & other) for one in told_by for other in told_by]
    return any(
        one | other == sides and not one & other and not sides & {"unknown", "mixed"}
        and (one <= attackers or other <= attackers or sides == {"rebel", "state_forces"})
        for one, other in pairs
    )  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(accounts=sets())
def test_every_value_cites_claims_of_the_accounts(accounts: list[Account]) -> None:
    found = reconcile(accounts)
    ids = {a.account_id for a in accounts}
    for name in ("kind", "date", "place"):
        if found.values[name] is not None:
            assert found.why[name]["from"]
    for why in found.why.values():
        assert {c["account_id"] for c in why["from"]} <= ids
    for outcome in {r["outcome"] for r in found.values["casualties"]}:
        assert found.why[f"casualties.{outcome}"]["from"]


@settings(max_examples=100, deadline=None)
@given(accounts=sets(), times=st.integers(1, 6))
def test_copies_count_for_nothing(accounts: list[Account], times: int) -> None:
    accounts = [replace(a, origin=a.report_id) for a in accounts]
    copied = accounts[0]
    copies = [replace(copied, account_id=f"z{i}", report_id=f"copy {i}", origin=copied.origin) for i in range(times)]
    before, after = reconcile(accounts).values, reconcile([*accounts, *copies]).values
    for name in ("kind", "date", "place", "means", "claimed_by"):
        assert after[name] == before[name]
    assert figures(after) == figures(before)
    assert after["confidence"]["origins"] == before["confidence"]["origins"]
    assert after["confidence"]["overall"] == before["confidence"]["overall"]
