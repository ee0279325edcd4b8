"""Publishing in the browser: only a publisher may, only what is confirmed, only in its public form; everybody sees what is out."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from made_reports import add, event, row
from made_web import BROWSER, Client, client_of, only

from concordant.record import Record
from concordant.web.people import People
from concordant.web.rights import Person

HIDDEN = ("residents", "a.example", "five were killed", "gunmen")


@pytest.fixture
def ruth(made: Record) -> Client:
    return client_of(made, Person("ruth", "publisher"))


def confirm(made: Record, place: str = "Dourfé") -> str:
    name = only(made, place)
    reviewer = client_of(made, Person("amina", "reviewer"))
    assert reviewer.send_form(f"/events/{name}/confirm", why="checked", version=str(made.moment())).status_code == 303
    return name


def publish(client: Client, made: Record, name: str, **fields: str) -> Any:
    return client.send_form(f"/events/{name}/publish", **{"why": "for the site", "version": str(made.moment()), **fields})


@pytest.mark.parametrize("role", ["reader", "coder", "reviewer"])
def test_nobody_but_a_publisher_lets_out_or_takes_back(made: Record, ruth: Client, role: str) -> None:
    name = confirm(made)
    other = client_of(made, Person("bo", role))
    assert publish(other, made, name).status_code == 403
    assert other.get(f"/events/{name}/publish").status_code == 403
    assert publish(ruth, made, name).status_code == 303
    assert other.send_form(f"/events/{name}/withdraw", why="x").status_code == 403
    ruling = next(r.id for r in made.rulings() if r.kind == "publish")
    assert other.send_form(f"/rulings/{ruling}/undo").status_code == 403
    for path in ("/published", f"/events/{name}"):
        page = other.get(path).text
        assert "/publish\"" not in page
        assert "/withdraw" not in page
    assert "published" in other.read("/published?lang=en").lower()
    assert [p.state for p in made.public.all(on=datetime.now(UTC).date())] == ["out"]


def test_the_preview_shows_what_leaves_and_the_list_what_left(made: Record, ruth: Client) -> None:
    name = confirm(made, "Tamboré")
    assert f"/events/{name}/publish" in ruth.get(f"/events/{name}").text
    page = ruth.read(f"/events/{name}/publish?lang=en")
    for said in ("What leaves", "What stays in the record", "usual details", "Unidentified", "13.525"):
        assert said in page, said
    assert "13.5 " not in page.partition("What stays")[0]
    assert f"/events/{name}/publish" in ruth.get("/published").text
    answer = publish(ruth, made, name)
    assert answer.headers["location"].startswith("/published?done=")
    page = ruth.read("/published?lang=en")
    for said in ("1 event out", "Attack on civilians in Tamboré", "Published by ruth", "No confirmed event waits"):
        assert said in page, said
    for said in HIDDEN:
        assert said not in page, said
    reader = client_of(made, Person("zoe", "reader"))
    assert "published" in reader.read(f"/events/{name}?lang=en")
    table = reader.get("/events?published=1&lang=en").text.partition("<tbody>")[2]
    assert "Tamboré" in table
    assert "Dourfé" not in table


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_not_confirmed_is_not_let_out(made: Record, ruth: Client, language: str) -> None:
    name, said = only(made, "Dourfé"), {"fr": "Seul un événement", "en": "Only an event"}[language]
    page = ruth.get(f"/events/{name}/publish?lang={language}").text
    assert said in page
    assert 'method="post" action="/events' not in page
    assert publish(ruth, made, name).status_code == 400
    confirm(made)
    made.rule_event(name, "value", why="names", by="bo", value={"field": "casualties.killed", "value": {"best": 8}})
    assert publish(ruth, made, name).status_code == 400
    assert made.public.all(on=datetime.now(UTC).date()) == []


def test_a_publisher_who_saw_another_version_sees_both(made: Record, ruth: Client) -> None:
    name, seen = confirm(made), str(made.moment())
    made.rule_event(name, "value", why="names", by="bo", value={"field": "casualties.killed", "value": {"best": 8}})
    answer = publish(ruth, made, name, version=seen)
    assert answer.status_code == 409
    assert "for the site" in answer.text
    assert publish(ruth, made, name, why=" ").status_code == 400


def test_it_is_withdrawn_and_published_anew(made: Record, ruth: Client) -> None:
    name = confirm(made)
    publish(ruth, made, name)
    assert ruth.send_form(f"/events/{name}/withdraw", why="").status_code == 400
    answer = ruth.send_form(f"/events/{name}/withdraw?lang=en", why="a relative asked")
    assert "not given out any more" in ruth.read(answer.headers["location"])
    assert ruth.get("/published.csv").text.count("\n") == 1
    publish(ruth, made, name)
    ruling = next(r.id for r in made.rulings() if r.kind == "publish")
    assert ruth.send_form(f"/rulings/{ruling}/undo").status_code == 303
    assert made.rulings(all=True)[-1].by == "ruth"
    assert "Nothing is published" in ruth.read("/published?lang=en")
    assert "publication" in ruth.read("/rulings?lang=en")


def test_exports_hold_the_public_form_alone(made: Record, ruth: Client) -> None:
    for place in ("Tamboré", "Dourfé"):
        publish(ruth, made, confirm(made, place))
    rows = list(csv.DictReader(ruth.get("/published.csv").text.splitlines()))
    lines = [json.loads(line) for line in ruth.get("/published.jsonl").text.splitlines()]
    features = ruth.get("/published.geojson").json()["features"]
    assert len(rows) == len(lines) == len(features) == 2
    assert {r["place"] for r in rows} == {"Tamboré", "Dourfé"}
    assert {tuple(f["geometry"]["coordinates"]) for f in features} == {(-2.075, 13.525), (0.425, 15.225)}
    for path in ("/published.csv", "/published.jsonl", "/published.geojson", "/api/v1/published"):
        told = ruth.get(path).text
        for said in (*HIDDEN, "13.5,", "raid", "amina", "ruth"):
            assert said not in told, (path, said)
    assert ruth.get("/published.xlsx").status_code == 404


def test_the_data_interface_gives_all_page_by_page(made: Record, ruth: Client) -> None:
    for place in ("Tamboré", "Dourfé", "Nulle-Part"):
        publish(ruth, made, confirm(made, place))
    found, path = [], "/api/v1/published?size=1"
    while path:
        body = ruth.get(path).json()
        assert (body["total"], body["count"]) == (3, 1)
        found += body["events"]
        path = body["next"]
    assert [e["id"] for e in found] == sorted(only(made, p) for p in ("Tamboré", "Dourfé", "Nulle-Part"))
    assert {e["published"] for e in found} == {datetime.now(UTC).date().isoformat()}
    unknown = next(e for e in found if e["kind"] == "protest")
    assert unknown["place"]["name"] == "Haute-Tamba", "a name that no gazetteer knows may be anybody's house"


def test_what_is_recent_is_held_back_and_said_to_be(made: Record, ruth: Client, tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    add(made, tmp_path, row("f", event("Sabanga", today.isoformat(), 2), published=today.isoformat()))
    name = confirm(made, "Sabanga")
    assert "held back until" in ruth.read(f"/events/{name}/publish?lang=en")
    publish(ruth, made, name)
    assert f"held back until {(today + timedelta(days=3)).day} " in ruth.read("/published?lang=en")
    assert "0 events out" in ruth.read("/published?lang=en")
    assert ruth.get("/api/v1/published").json()["total"] == 0


def test_of_an_earlier_day_what_was_out_then_is_shown_and_nothing_can_be_let_out(made: Record, ruth: Client) -> None:
    name = confirm(made)
    publish(ruth, made, name)
    then = made.database.value("SELECT at FROM entry ORDER BY seq DESC LIMIT 1")
    ruth.send_form(f"/events/{name}/withdraw", why="x")
    assert "Rien n'est publié" in ruth.read("/published?lang=fr")
    page = ruth.get("/published", params={"as_of": then}).text
    assert "Dourfé" in page
    assert "1 événement diffusé" in page
    assert 'method="post" action="/events' not in page
    assert ruth.get(f"/events/{name}/publish", params={"as_of": then}).status_code == 400


def test_a_token_that_reads_what_is_published_reads_nothing_else(made: Record, ruth: Client, tmp_path: Path) -> None:
    publish(ruth, made, confirm(made))
    people = People(tmp_path / "r.people")
    people.add("zoe", "reader", "correct horse battery")
    client = client_of(made, people=people)
    client.headers.update({"authorization": f"Bearer {people.tokens.add('zoe', 'the site', ['published:read'])[1]}"})
    assert client.get("/api/v1/published").json()["total"] == 1
    assert client.get("/published.geojson").status_code == 200
    for path in ("/api/v1/events", "/events.csv", f"/api/v1/events/{only(made, 'Dourfé')}", "/api/v1/reports", "/published"):
        assert client.get(path, headers=BROWSER).status_code == 403, path
