"""The benchmark's checks: what passes, what fails, and by which cause."""

from __future__ import annotations

from typing import Any

import pytest

from concordant.evaluation.checks import amount, causes_of, lead

RAID: dict[str, Any] = {
    "role": "main", "kind": "raid", "hedged": False, "claimed_by": "JNIM",
    "date": {"start": "2023-05-08", "end": "2023-05-08"},
    "place": {"name": "Samperi", "relation": "near", "country": "BF", "admin1": "Sahel"},
    "parties": [
        {"role": "perpetrator", "type": "rebel", "name": "JNIM", "presumed": True},
        {"role": "target", "type": "state_forces", "name": "neuf gendarmes", "presumed": False},
    ],
    "casualties": [
        {"outcome": "killed", "victims": "state_forces", "low": 9, "best": 9, "high": None, "hedged": False, "rival": False},
        {"outcome": "killed", "victims": "rebel", "low": 4, "best": 4, "high": 4, "hedged": True, "rival": False},
    ],
    "attributed_to": ["une source sécuritaire", "AFP"],
}  # fmt: skip
RECALLED: dict[str, Any] = {"role": "background", "kind": "ied", "date": None, "place": None, "parties": [], "casualties": []}


@pytest.mark.parametrize(
    "expect",
    [
        {"kind": "raid"},
        {"hedged": False},
        {"date": "2023-05-08"},
        {"place": ["Dori", "Samperi"], "relation": "near", "country": "BF", "admin1": "Sahel"},
        {"tolls": ["killed rebel 4 hedged", "killed state_forces 9/9/-"]},
        {"quantities": ["killed 9/9/-", "killed 4"]},
        {"parties": ["target state_forces gendarmes", "perpetrator rebel"], "presumed": True},
        {"sources": ["AFP", "source sécuritaire"]},
        {"sources": [["source sécuritaire citée par l'AFP"], ["source sécuritaire", "AFP"]]},
        {"claimed_by": "JNIM", "killed": "9"},
        {"killed": ["7/8/8", "9"]},
        {"relevant": True, "main": 1},
        {"events": [{"role": "background", "kind": "ied", "date": "none"}, {"role": "main", "place": "Samperi"}]},
    ],
)
def test_what_is_right_passes(expect: dict[str, Any]) -> None:
    assert causes_of([RECALLED, RAID], expect) == []


@pytest.mark.parametrize(
    ("expect", "cause"),
    [
        ({"kind": "ambush"}, "ambush taken for raid"),
        ({"hedged": True}, "hedge not seen"),
        ({"date": "2023-05-07..2023-05-08"}, "other days"),
        ({"date": "none"}, "day made up"),
        ({"place": "Dori"}, "other place"),
        ({"relation": "at"}, "other relation"),
        ({"country": "NE"}, "other country"),
        ({"tolls": ["killed state_forces 9/9/-"]}, "toll row too many"),
        ({"tolls": ["killed civilians 9/9/-", "killed rebel 4 hedged"]}, "other victims"),
        ({"tolls": ["killed state_forces 9/9/-", "killed rebel 4"]}, "hedge or rival mark"),
        ({"quantities": ["killed 9/9/-", "killed 5"]}, "other number"),
        ({"quantities": ["killed 9/9/-", "killed 4", "wounded 2/-/-"]}, "toll row missing"),
        ({"parties": ["perpetrator rebel"]}, "party too many"),
        ({"parties": ["participant rebel", "target state_forces"]}, "other role"),
        ({"parties": ["perpetrator militia", "target state_forces"]}, "other type"),
        ({"parties": ["perpetrator rebel ADF", "target state_forces"]}, "other name"),
        ({"presumed": False}, "presumed or not"),
        ({"sources": ["AFP"]}, "source too many"),
        ({"sources": ["RFI", "AFP"]}, "source missing"),
        ({"claimed_by": "none"}, "claim made up"),
        ({"killed": "8"}, "other number of killed"),
        ({"wounded": "2"}, "no wounded"),
        ({"relevant": False}, "event out of scope"),
        ({"main": 2}, "main event missing"),
        ({"events": []}, "event made up"),
        ({"events": [{"role": "main"}]}, "event too many"),
        ({"events": [{"role": "main"}, {"role": "main"}]}, "main and background mixed up"),
    ],
)
def test_what_is_wrong_is_named(expect: dict[str, Any], cause: str) -> None:
    assert causes_of([RECALLED, RAID], expect) == [cause]


def test_no_event_is_one_cause_whatever_was_wanted() -> None:
    assert causes_of([], {"place": "Samperi", "country": "BF"}) == ["no event found"]
    assert causes_of([], {"events": []}) == []


def test_the_lead_is_the_first_main_event_or_else_the_first() -> None:
    assert lead([RECALLED, RAID]) is RAID
    assert lead([RECALLED]) is RECALLED
    assert lead([]) is None


def test_amounts() -> None:
    assert amount("15") == (15, 15, 15)
    assert amount("2/-/-") == (2, None, None)
    with pytest.raises(ValueError, match="no number"):
        amount("1/2")
