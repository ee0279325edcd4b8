"""Each claim carries a confidence whose named parts add up to it."""

from __future__ import annotations

import math
from typing import Any

import pytest

import concordant
from concordant.codebook import Codebook
from concordant.coding.confidence import CLAIMS, PARTS, weigh

FIRM = "Des hommes armés ont tué cinq villageois lundi 6 mai 2024 dans le village de Tamboré, selon le maire."
HEDGED = "Des hommes armés auraient tué cinq villageois lundi 6 mai 2024 dans le village de Tamboré, selon le maire."


def event(text: str) -> dict[str, Any]:
    [found] = concordant.code(text, published="2024-05-07").to_dict()["events"]
    return dict(found)


def claims(found: dict[str, Any]) -> list[dict[str, float]]:
    return [c["confidence"] for c in (found["date"], found["place"], *found["parties"], *found["casualties"])]


@pytest.mark.parametrize("text", [FIRM, HEDGED])
def test_every_claim_has_one_and_its_parts_add_up(text: str) -> None:
    found = event(text)
    assert len(claims(found)) >= 4
    for confidence in claims(found):
        parts = {name: added for name, added in confidence.items() if name != "value"}
        assert set(parts) <= set(PARTS)
        assert len(parts) >= 3
        assert confidence["value"] == pytest.approx(1 / (1 + math.exp(-sum(parts.values()))), abs=0.01)
    assert 0 < found["confidence"]["overall"] < 1
    assert 0 < found["confidence"]["kind"] < 1


def test_the_conditional_makes_a_toll_less_sure() -> None:
    firm, hedged = event(FIRM), event(HEDGED)
    assert hedged["casualties"][0]["confidence"]["mood"] < firm["casualties"][0]["confidence"].get("mood", 0.0)


def test_the_table_weighs_every_sort_of_claim_by_known_parts() -> None:
    rows = Codebook().table("confidence")
    assert {row["claim"] for row in rows} == set(CLAIMS)
    assert {row["part"] for row in rows} <= set(PARTS)
    assert all(row.number("weight") is not None for row in rows)


def test_features_that_the_table_does_not_know_add_nothing() -> None:
    assert weigh("date", {("grammar", "written in green"): 5.0}, codebook=Codebook()).value == 0.5
