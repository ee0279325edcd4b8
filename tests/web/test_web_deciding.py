"""Deciding in the browser: it is written down with who and why, can be undone, and no second person's work is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from made_web import Client, client_of, only

from concordant.record import Record
from concordant.web.queueing import waiting
from concordant.web.rights import Person


def decide(client: Client, made: Record, what: str, place: str = "Dourfé", **fields: Any) -> Any:
    return client.send_form(f"/events/{only(made, place)}/{what}", **{"why": "seen on the list", "version": str(made.moment()), **fields})


def values(made: Record, place: str = "Dourfé") -> Any:
    return made.event(only(made, place)).values


@pytest.mark.parametrize(
    ("fields", "name", "wanted"),
    [
        ({"field": "kind", "kind": "ambush"}, "kind", "ambush"),
        ({"field": "date", "start": "2024-05-19", "end": ""}, "date", {"start": "2024-05-19", "end": "2024-05-19", "precision": "day"}),
        ({"field": "claimed_by", "claimed_by": "JNIM"}, "claimed_by", "JNIM"), ({"field": "claimed_by", "claimed_by": ""}, "claimed_by", None),
        ({"field": "means", "means": ["ied", "drone"]}, "means", ["ied", "drone"]),
        ({"field": "attributed_to", "attributed_to": "the mayor\r\n two drivers \r\n"}, "attributed_to", ["the mayor", "two drivers"]),
    ],
)  # fmt: skip
def test_a_value_is_corrected(client: Client, made: Record, fields: dict[str, Any], name: str, wanted: Any) -> None:
    answer = decide(client, made, "value", **fields)
    assert answer.status_code == 303
    assert values(made)[name] == wanted
    ruling = made.rulings()[-1]
    assert (ruling.by, ruling.why) == ("owner", "seen on the list")
    assert values(made)["review"] == "corrected"


def test_figures_of_one_side_are_corrected_and_a_row_is_added(client: Client, made: Record) -> None:
    decide(client, made, "value", field="casualties.killed.civilians", low="4", best="6", high="8")
    decide(client, made, "value", field="casualties", outcome="wounded", side="rebel", low="", best="2", high="")
    told = {(r["outcome"], r["victims"]): (r["low"], r["best"], r["high"]) for r in values(made)["casualties"]}
    assert told == {("killed", "civilians"): (4, 6, 8), ("wounded", "rebel"): (None, 2, None)}


def test_a_place_and_the_parties_are_corrected(client: Client, made: Record) -> None:
    decide(client, made, "value", field="place", name="Dourfé", relation="near", country="ml", admin1="Gao", latitude="15,25", longitude="-0.5")
    place = values(made)["place"]
    assert (place["latitude"], place["longitude"], place["country"], place["relation"]) == (15.25, -0.5, "ML", "near")
    parties = {"name.0": "JNIM", "role.0": "perpetrator", "type.0": "rebel", "presumed.0": "1", "name.1": "", "name.2": "guards",
               "role.2": "target", "type.2": "state_forces"}  # fmt: skip
    decide(client, made, "value", field="parties", **parties)
    assert [(p["name"], p["role"], p["presumed"]) for p in values(made)["parties"]] == [("JNIM", "perpetrator", True), ("guards", "target", False)]


@pytest.mark.parametrize(
    "fields",
    [
        {"field": "casualties.killed", "low": "9", "best": "3"}, {"field": "casualties.killed", "best": "many"}, {"field": "casualties.killed"},
        {"field": "date", "start": "2024-13-40"}, {"field": "date", "start": "2024-05-09", "end": "2024-05-01"}, {"field": "colour"},
        {"field": "place", "name": "X", "latitude": "91", "longitude": "0"}, {"field": "place", "name": "X", "latitude": "9"},
        {"field": "kind", "kind": "ambush", "why": "  "}, {"field": "kind", "kind": "ambush", "version": "x"},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_changed(client: Client, made: Record, fields: dict[str, str]) -> None:
    before = made.moment()
    assert decide(client, made, "value", **fields).status_code == 400
    assert made.moment() == before


def test_confirming_holds_until_the_values_change(client: Client, made: Record) -> None:
    decide(client, made, "confirm")
    assert values(made)["review"] == "confirmed"
    assert only(made, "Dourfé") not in {item.event.id for item in waiting(made, made.moment())}
    decide(client, made, "value", field="kind", kind="ied")
    assert values(made)["review"] == "changed"
    assert waiting(made, made.moment())[0].event.id == only(made, "Dourfé")


def test_a_claim_is_rejected_and_taken_back(client: Client, made: Record) -> None:
    claims = made.dossier(only(made, "Dourfé"))["accounts"][0]["claims"]
    claim = next(c["id"] for c in claims if c["field"] == "casualties")
    decide(client, made, "claim", claim=claim)
    assert values(made)["casualties"] == []
    assert client.send_form(f"/rulings/{made.rulings()[0].id}/undo").status_code == 303
    assert values(made)["casualties"][0]["best"] == 3
    assert len(made.rulings(all=True)) == 2


def test_not_an_event_goes_from_the_list_and_comes_back(client: Client, made: Record) -> None:
    name = only(made, "Dourfé")
    answer = decide(client, made, "not-event")
    assert "Dourfé" not in client.get("/events").text.partition("<tbody>")[2]
    assert "Dourfé" in client.get("/events?standing=not_event").text
    assert client.get(answer.headers["location"]).status_code == 200
    client.send_form(f"/rulings/{made.rulings()[0].id}/undo")
    assert made.event(name).values["standing"] == "event"


def test_two_events_are_merged_and_an_account_is_split_off(client: Client, made: Record) -> None:
    decide(client, made, "merge", other_id=only(made, "Nulle-Part"))
    assert made.count() == 2
    joined = next(e for e in made.events() if {a["report_id"] for a in e.values["accounts"]} == {"c", "d"})
    account = next(a["account_id"] for a in joined.values["accounts"] if a["report_id"] == "d")
    answer = client.send_form(f"/events/{joined.id}/split", account=account, why="two towns", version=str(made.moment()))
    assert answer.status_code == 303
    assert made.count() == 3


def test_a_report_is_ruled_off_topic_and_taken_back(client: Client, made: Record) -> None:
    assert client.send_form("/reports/c/irrelevant", why="a novel").status_code == 303
    assert made.count() == 2
    client.send_form(f"/rulings/{made.rulings()[0].id}/undo")
    assert made.count() == 3


def test_the_second_person_sees_both_versions_and_nothing_is_lost(made: Record) -> None:
    amina, bo = (client_of(made, Person(name, "reviewer")) for name in ("amina", "bo"))
    seen, name = str(made.moment()), only(made, "Dourfé")
    fields = {"field": "casualties.killed.civilians", "best": "7", "why": "the hospital", "version": seen}
    assert amina.send_form(f"/events/{name}/value", **fields).status_code == 303
    answer = bo.send_form(f"/events/{name}/value", **{**fields, "best": "12", "why": "the mayor"})
    assert answer.status_code == 409
    for said in ("amina", ">3<", "7", "the mayor", 'value="12"'):
        assert said in answer.text, said
    assert values(made)["casualties"][0]["best"] == 7
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.text.partition("<main")[2]))
    assert bo.send_form(f"/events/{name}/value", **again).status_code == 303
    assert values(made)["casualties"][0]["best"] == 12
    assert [r.by for r in made.rulings(all=True)] == ["amina", "bo"]


def test_a_form_from_another_site_changes_nothing(client: Client, made: Record) -> None:
    before, name = made.moment(), only(made, "Dourfé")
    fields = {"why": "x", "version": str(before)}
    for headers in ({"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://elsewhere.example"}, {"origin": "null"}):
        assert client.post(f"/events/{name}/confirm", data=fields, headers=headers).status_code == 403
    assert made.moment() == before


def test_the_queue_puts_first_what_is_most_worth_a_minute(client: Client, made: Record) -> None:
    order = [(item.event.values["place"]["name"], [r for r, _ in item.reasons]) for item in waiting(made, made.moment())]
    assert order[0] == ("Tamboré", ["disputed"])
    assert order[1][0] == "Dourfé"
    assert "single" in order[1][1]
    assert "unplaced" in order[2][1]
    first = client.get("/queue/next", follow_redirects=False).headers["location"]
    assert only(made, "Tamboré") in first
    second = client.get(f"/queue/next?after={only(made, 'Tamboré')}", follow_redirects=False).headers["location"]
    assert only(made, "Dourfé") in second


def test_pairs_that_may_be_one_are_shown_until_they_are_ruled_on(client: Client, made: Record) -> None:
    assert made.near_pairs() == []
    names = sorted((only(made, "Dourfé"), only(made, "Nulle-Part")))
    numbers = sorted(int(n) for n, in made.database.rows("SELECT number FROM account_now a JOIN member_now m ON m.account_id = a.account_id "
                                                         "WHERE m.event_id IN (?, ?)", names))  # fmt: skip
    made.database.rows("INSERT INTO edge VALUES (?, ?)", numbers)  # as where they are alike, and linking kept them apart all the same
    assert made.near_pairs() == [tuple(names)]
    page = client.get("/queue?what=merges").text
    assert "Dourfé" in page
    assert "Nulle-Part" in page
    assert client.send_form("/queue/pair", one=names[0], other=names[1], same="0").status_code == 303
    assert made.near_pairs() == []
    assert [(r.kind, r.judgement) for r in made.rulings()] == [("pair", "not_same")]
    assert made.count() == 3


def test_a_pair_is_ruled_to_be_one(client: Client, made: Record) -> None:
    answer = client.send_form("/queue/pair", one=only(made, "Dourfé"), other=only(made, "Nulle-Part"), same="1")
    assert answer.status_code == 303
    assert made.count() == 2
