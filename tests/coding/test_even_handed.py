"""The same event is coded alike whoever does it to whom, and wherever: names change, nothing else does."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import concordant
from concordant.coding.coder import code_report
from concordant.reports import Report

CODER = concordant.coder()
PUBLISHED = date(2024, 5, 15)  # a Wednesday
# Sides that stand in the same grammar: the French ones are masculine plurals.
FORCES = {
    "fr": ["soldats maliens", "soldats rwandais", "soldats français", "soldats ukrainiens", "soldats russes", "soldats israéliens"],
    "en": ["Malian soldiers", "Rwandan soldiers", "French soldiers", "Ukrainian soldiers", "Russian soldiers", "Israeli soldiers"],
}
PEOPLES = {
    "fr": ["Peuls", "Dogons", "Touaregs", "Haoussas", "Hutus", "Tutsis"],
    "en": ["Fulani", "Dogon", "Tuareg", "Hausa", "Hutu", "Tutsi"],
}
TOWNS = ["Tamboré", "Handessa", "Kossaye", "Orlu", "Belvaux", "Zarnikov"]
NAMES = ["Awa Diop", "John Carter", "Ivan Petrov", "Fatima Haddad", "Marie Dupont", "Yael Cohen"]
GROUPS = {
    "fr": ["combattants du JNIM", "combattants du M23", "combattants des Chebab", "combattants du PKK", "combattants des FARC"],
    "en": ["JNIM fighters", "M23 fighters", "Al-Shabaab fighters", "PKK fighters", "FARC fighters"],
}
TEMPLATES = {
    "fr": [
        "Des {force} ont tué lundi sept villageois à {town}, selon {name}, une habitante.",
        "Des {group} ont attaqué mardi un marché à {town}, tuant neuf civils et en blessant douze.",
        "Lundi, des {force} ont enlevé trois commerçants à {town}.",
        "Six {people} ont été tués lundi à {town} par des hommes armés.",
        "Une embuscade tendue mardi par des {group} près de {town} a fait quatre morts parmi les {force}.",
    ],
    "en": [
        "Seven villagers were killed by {force} in {town} on Monday, {name}, a resident, said.",
        "On Tuesday {group} attacked a market in {town}, killing nine civilians and wounding twelve.",
        "Three traders were abducted by {force} in {town} on Monday.",
        "Gunmen killed six {people} herders in {town} on Monday.",
        "Four {force} were killed when {group} ambushed their convoy near {town} on Tuesday.",
    ],
}
RELAXED = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])


def coded(text: str, language: str) -> list[dict[str, Any]]:
    """What is coded but for the names: kinds, roles, days, figures, sides."""
    report = code_report(Report(id="a", text=text, published=PUBLISHED, language=language), CODER).to_dict()
    return [shape(event) for event in report["events"]]


def shape(event: dict[str, Any]) -> dict[str, Any]:
    place = event["place"] or {}
    state = {"state_forces": "forces", "foreign_forces": "forces"}  # whose soldiers they are depends on the country
    sides = sorted((p["role"], state.get(p["type"], p["type"]), p["presumed"]) for p in event["parties"])
    tolls = sorted(
        (t["outcome"], state.get(t["victims"], t["victims"]), t["state"], t["low"], t["best"], t["high"], t["hedged"], t["rival"])
        for t in event["casualties"]
    )  # fmt: skip
    return {
        "role": event["role"], "kind": event["kind"], "mood": event["mood"], "sides": sides, "tolls": tolls,
        "date": event["date"] and (event["date"]["start"], event["date"]["end"]),
        "placed": bool(place), "relation": place.get("relation"), "means": event["means"], "claimed": event["claimed_by"],
        "sources": len(event["attributed_to"]),
    }  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("number", range(5))
def test_each_template_tells_of_one_event(language: str, number: int) -> None:
    text = TEMPLATES[language][number].format(
        force=FORCES[language][0], group=GROUPS[language][0], people=PEOPLES[language][0], town=TOWNS[0], name=NAMES[0]
    )
    [event] = coded(text, language)
    assert event["tolls"]
    assert event["placed"]


@RELAXED
@given(
    st.sampled_from(["fr", "en"]), st.integers(0, 4), st.integers(0, 5), st.integers(0, 4), st.integers(0, 5),
    st.sampled_from(TOWNS), st.sampled_from(NAMES),
)  # fmt: skip
def test_names_towns_and_nationalities_change_nothing_else(
    language: str, number: int, force: int, group: int, people: int, town: str, name: str
) -> None:
    template = TEMPLATES[language][number]
    forces, groups, peoples = FORCES[language], GROUPS[language], PEOPLES[language]
    first = template.format(force=forces[0], group=groups[0], people=peoples[0], town=TOWNS[0], name=NAMES[0])
    other = template.format(force=forces[force], group=groups[group], people=peoples[people], town=town, name=name)
    assert coded(other, language) == coded(first, language)


@pytest.mark.parametrize(
    ("template", "language"),
    [
        ("Des {0} ont tué lundi cinq {1} à Tamboré.", "fr"),
        ("Cinq {1} ont été tués lundi à Tamboré par des {0}.", "fr"),
        ("{0} killed five {1} in Tamboré on Monday.", "en"),
        ("Five {1} were killed by {0} in Tamboré on Monday.", "en"),
    ],
)
def test_sides_that_change_places_change_roles_and_nothing_else(template: str, language: str) -> None:
    sides = {
        "fr": ["soldats", "rebelles", "miliciens"],
        "en": ["soldiers", "rebels", "militiamen"],
    }[language]
    # armed sides: of soldiers and protesters the codebook makes another kind of event, whoever is killed
    for one, two in permutations(sides, 2):
        text = template.format(one.capitalize() if template.startswith("{0}") else one, two)
        [event], [mirrored] = coded(text, language), coded(template.format(two.capitalize() if template.startswith("{0}") else two, one), language)
        for key in ("role", "mood", "date", "placed", "relation", "means", "claimed", "sources"):
            assert event[key] == mirrored[key], (text, key)
        assert [toll[3:] for toll in event["tolls"]] == [toll[3:] for toll in mirrored["tolls"]], text
        types = {side[1]: side[0] for side in event["sides"]}
        back = {side[1]: side[0] for side in mirrored["sides"]}
        swap = {"perpetrator": "target", "target": "perpetrator", "participant": "participant"}
        assert {kind: swap[role] for kind, role in types.items()} == back, text
