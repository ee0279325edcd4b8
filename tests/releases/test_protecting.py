"""The public form of an event: what stands in no row of the tables does not leave, places lose their exactness, names of persons go."""

from __future__ import annotations

import json
import math
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concordant.codebook import CodebookError
from concordant.releases import Policy

POLICY = Policy.of()


def event(**more: Any) -> dict[str, Any]:
    """An event as the record has it, with somebody's name, number and words wherever a report could leave them."""
    toll = {
        "outcome": "killed", "victims": "civilians", "state": "number", "low": 2, "best": 3, "high": 3, "hedged": False, "rival": False,
        "quote": "Ousmane Kéïbalo, 41 ans", "parts": [{"name": "Ousmane Kéïbalo", "best": 1}], "attributed_to": ["Fanta Doré, infirmière"],
    }  # fmt: skip
    return {
        "id": "ab12", "role": "main", "kind": "ambush", "mood": "asserted", "hedged": False, "state": "event", "standing": "event",
        "date": {"start": "2024-05-06", "end": "2024-05-07", "precision": "span", "note": "le jour du marché d'Ousmane Kéïbalo"},
        "place": {
            "name": "Tamboré", "relation": "near", "latitude": 13.5123, "longitude": -2.1049, "radius_km": 2.0, "country": "ML", "admin1": "Mopti",
            "admin2": "Bankass", "gazetteer_id": "made:1", "in_gazetteer": True, "candidates": [{"name": "chez Ousmane Kéïbalo"}],
        },
        "parties": [
            {"name": "les hommes d'Ousmane Kéïbalo", "actor_id": "jnim", "role": "perpetrator", "type": "rebel", "presumed": True, "country": None},
            {"name": "Ousmane Kéïbalo", "actor_id": None, "role": "target", "type": "civilians", "presumed": False, "country": None},
            {"name": "sa fille Awa Kéïbalo", "actor_id": None, "role": "target", "type": "civilians", "presumed": False, "country": None},
        ],
        "casualties": [toll], "means": ["motorcycle"], "claimed_by": "Ousmane Kéïbalo", "attributed_to": ["Fanta Doré, infirmière, +223 70 00 00 00"],
        "confidence": {"reports": 2, "origins": 1, "independent": 1, "overall": 0.9}, "rules": "x", "review": "confirmed", "links": [], "rulings": ["r"],
        "why": {"kind": {"rivals": ["Fanta Doré"]}}, "accounts": [{"report_id": "r", "outlet": "L'Écho", "url": "https://echo.example/ousmane-keibalo"}], **more,
    }  # fmt: skip


def leaves(**more: Any) -> dict[str, Any]:
    return dict(POLICY.protect(event(**more)).values)


def test_no_name_source_word_or_address_leaves() -> None:
    told = json.dumps(leaves(), ensure_ascii=False)
    for word in ("Ousmane", "Kéïbalo", "Awa", "Fanta", "infirmière", "+223", "Écho", "echo.example", "marché", "41"):
        assert word not in told, word


def test_groups_leave_by_the_registers_name_and_everybody_else_by_their_side_once() -> None:
    told = leaves()["parties"]
    assert [(p["role"], p["actor_id"], p["type"], p["presumed"]) for p in told] == [
        ("perpetrator", "jnim", "rebel", True), ("target", None, "civilians", False),
    ]  # fmt: skip
    assert "JNIM" in told[0]["name"]
    assert told[1]["name"] == "civilians"


@pytest.mark.parametrize(("claimed", "leaves_"), [
    ("les hommes d'Ousmane Kéïbalo", "JNIM"), ({"name": "les hommes d'Ousmane Kéïbalo", "actor_id": "jnim"}, "JNIM"), ("Ousmane Kéïbalo", None), (None, None),
    ("sa fille Awa Kéïbalo", None),
])  # fmt: skip
def test_a_claim_of_responsibility_leaves_for_a_group_only(claimed: Any, leaves_: str | None) -> None:
    told = leaves(claimed_by=claimed)["claimed_by"]
    assert told is None if leaves_ is None else leaves_ in told


def test_figures_days_and_counts_leave_without_their_words() -> None:
    told = leaves()
    assert told["casualties"] == [{"outcome": "killed", "victims": "civilians", "state": "number", "low": 2, "best": 3, "high": 3, "hedged": False, "rival": False}]
    assert told["date"] == {"start": "2024-05-06", "end": "2024-05-07", "precision": "span"}
    assert told["confidence"] == {"overall": 0.9, "reports": 2, "origins": 1}


def test_a_field_without_a_verdict_does_not_leave() -> None:
    assert "phone" not in leaves(phone="70 00 00 00")
    assert set(leaves()) == {"id", "kind", "date", "hedged", "place", "parties", "casualties", "means", "claimed_by", "confidence", "level"}


@pytest.mark.parametrize(("more", "level", "days", "name", "there"), [
    ({}, "usual", 3, "Tamboré", True), ({"kind": "abduction"}, "sensitive", 14, "Bankass", True), ({"kind": "sexual_violence"}, "severe", 30, "Mopti", False),
    ({"casualties": [{"outcome": "displaced", "victims": "civilians", "state": "some"}]}, "sensitive", 14, "Bankass", True),
    ({"casualties": [{"outcome": "abducted", "victims": "civilians", "state": "none"}]}, "usual", 3, "Tamboré", True),
])  # fmt: skip
def test_the_level_says_how_exact_the_place_is_and_from_when(more: dict[str, Any], level: str, days: int, name: str, there: bool) -> None:
    form = POLICY.protect(event(**more))
    assert (form.level, form.values["level"], form.values["place"]["name"]) == (level, level, name)
    assert form.begins == (date(2024, 5, 7) + timedelta(days=days)).isoformat()
    assert (form.values["place"]["latitude"] is not None) is there
    assert POLICY.protect(event(date=None)).begins is None


@pytest.mark.parametrize("name", ["Hôpital de Tamboré", "ÉCOLE B", "centre de santé communautaire", "Refugee camp", "the Old Mosque"])
def test_a_place_whose_name_tells_of_people_in_need_is_sensitive(name: str) -> None:
    place = event()["place"] | {"name": name}
    told = leaves(place=place)
    assert (told["level"], told["place"]["name"]) == ("sensitive", "Bankass")
    assert leaves(place=event()["place"] | {"name": "Campamento"})["level"] == "usual"


@pytest.mark.parametrize(("place", "name", "relation"), [
    ({"gazetteer_id": None, "name": "la maison d'Ousmane"}, "Bankass", "within"), ({"gazetteer_id": None, "admin2": None}, "Mopti", "within"),
    ({"gazetteer_id": None, "admin2": None, "admin1": None}, "ML", "within"), ({}, "Tamboré", "near"),
])  # fmt: skip
def test_a_name_that_no_gazetteer_knows_does_not_leave(place: dict[str, Any], name: str, relation: str) -> None:
    told = leaves(place=event()["place"] | place)["place"]
    assert (told["name"], told["relation"]) == (name, relation)
    assert (told["gazetteer_id"] is None) is (name != "Tamboré")
    assert leaves(place=None)["place"] is None


POINTS = st.tuples(st.floats(-89.9, 89.9), st.floats(-179.9, 179.9))


@settings(max_examples=300, deadline=None)
@given(POINTS, st.sampled_from(["ambush", "abduction", "sexual_violence"]))
def test_a_public_form_protected_again_is_itself_and_every_point_of_a_square_leaves_alike(point: tuple[float, float], kind: str) -> None:
    place = event()["place"] | {"latitude": point[0], "longitude": point[1]}
    once = POLICY.protect(event(kind=kind, place=place)).values
    assert POLICY.protect(once).values == once
    if once["place"]["latitude"] is None:
        return
    grid = 0.05 if kind == "ambush" else 0.5
    assert abs(once["place"]["latitude"] - point[0]) <= grid / 2 + 1e-4
    inside = event()["place"] | {
        name: round(once["place"][name] + grid * 0.49 * math.copysign(1, place[name] - once["place"][name]), 6) for name in ("latitude", "longitude")
    }
    again = POLICY.protect(event(kind=kind, place=inside)).values["place"]
    assert (again["latitude"], again["longitude"]) == (once["place"]["latitude"], once["place"]["longitude"])
    assert once["place"]["radius_km"] >= grid * 111.32 / math.sqrt(2) - 0.1


def test_a_level_that_was_given_is_never_lowered() -> None:
    told = leaves(level="severe")
    assert (told["level"], told["place"]["latitude"]) == ("severe", None)


# The tables


def write(folder: Path, name: str, text: str) -> tuple[Path, ...]:
    (folder / f"{name}.tsv").write_text(text, encoding="utf-8")
    return (folder,)


def test_a_project_lays_its_own_rules_over_these(tmp_path: Path) -> None:
    own = Policy.of(write(tmp_path, "public-sensitive", "value\twhat\tlevel\nambush\tkind\tsevere\n"))
    assert own.protect(event()).level == "severe"
    assert own.protect(event(kind="abduction")).level == "sensitive"
    (tmp_path / "other").mkdir()
    fields = Policy.of(write(tmp_path / "other", "public-fields", "field\tverdict\nmeans\tdrop\n"))
    assert "means" not in fields.protect(event()).values


@pytest.mark.parametrize(("name", "text", "why"), [
    ("public-fields", "field\tverdict\nmeans\tkept\n", r"public-fields.tsv:2: verdict"), ("public-levels", "level\tgrid\tplace\tdays\nusual\tx\tname\t3\n", "grid"),
    ("public-levels", "level\tgrid\tplace\tdays\nusual\t0\tname\t3\n", "grid"), ("public-levels", "level\tgrid\tplace\tdays\nusual\t0.1\tstreet\t3\n", "place"),
    ("public-levels", "level\tgrid\tplace\tdays\nusual\t0.1\tname\tsoon\n", "days"), ("public-levels", "level\tgrid\tplace\tdays\nusual\t0.1\tname\t1.5\n", "days"),
    ("public-sensitive", "value\twhat\tlevel\nx\tcolour\tsevere\n", "what"), ("public-sensitive", "value\twhat\tlevel\nx\tkind\tgrave\n", "level"),
])  # fmt: skip
def test_a_table_that_cannot_be_used_is_refused_with_its_line(tmp_path: Path, name: str, text: str, why: str) -> None:
    with pytest.raises(CodebookError, match=why):
        Policy.of(write(tmp_path, name, text))
