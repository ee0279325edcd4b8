"""Two reviewers in the browser: blind means blind on every page, differences are settled by rulings, agreement is told in figures."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest
from made_reports import event, record, row
from made_web import BROWSER, Client, client_of, only

from concordant.record import Record
from concordant.web.people import Doors, People
from concordant.web.rights import Person
from concordant.web.routes import ROUTES

FORM = {
    "kind": "ambush", "start": "2024-05-19", "name": "Dourfé", "country": "ML", "name.0": "villagers", "role.0": "target", "type.0": "civilians",
    "outcome.0": "killed", "side.0": "civilians", "best.0": "4", "low.0": "4", "high.0": "4",
}  # fmt: skip


class Team(Doors):
    """Doors of a team of which one person is here."""

    signs_in = True

    def all(self) -> list[tuple[str, str, bool]]:
        return [("amina", "reviewer", False), ("bo", "coder", False), ("zoe", "reader", False)]


def client(made: Record, name: str, role: str) -> Client:
    found = client_of(made, Person(name, role))
    found.app.state.doors = Team(Person(name, role))  # type: ignore[attr-defined]
    return found


@pytest.fixture
def amina(made: Record) -> Client:
    return client(made, "amina", "reviewer")


@pytest.fixture
def bo(made: Record) -> Client:
    return client(made, "bo", "coder")


def give(amina: Client, made: Record, place: str = "Dourfé", coder: str = "bo") -> str:
    answer = amina.send_form("/second/assign", how="hand", coder=coder, events=only(made, place), why="a hard one")
    assert answer.status_code == 303, answer.text
    return made.seconds.all(coder=coder)[-1].name


def test_a_sample_is_given_by_a_rule_that_the_page_shows(amina: Client, bo: Client, made: Record) -> None:
    page = amina.read("/second?lang=en&kind=attack_on_civilians")
    assert "Of the 2 events" in page
    answer = amina.send_form("/second/assign", how="sample", coder="bo", count="1", seed="s7", kind="attack_on_civilians")
    assert answer.status_code == 303
    chosen, _ = made.seconds.sample(made_filters(), 1, "s7", "cy")
    assert [made.seconds.event(a) for a in made.seconds.all(coder="bo")] == chosen
    for reader in (amina, bo):
        told = reader.read("/second?lang=en")
        assert "1 of 2, the smallest hashes with the seed “s7”" in told
        assert "Kind = attack_on_civilians" in told
    assert "Code this event" in bo.read("/second?lang=en")


def made_filters() -> Any:
    from concordant.record import Filters

    return Filters(kind="attack_on_civilians")


@pytest.mark.parametrize(
    "fields",
    [{"coder": "zoe"}, {"coder": ""}, {"count": "0"}, {"count": "x"}, {"count": "5000"}, {"how": "hand", "events": "", "why": "x"},
     {"how": "hand", "events": "zzz", "why": "x"}, {"how": "hand", "events": "zzz"}, {"kind": "no-kind"}],
)  # fmt: skip
def test_what_cannot_be_given_is_refused_and_nothing_is_written(amina: Client, made: Record, fields: dict[str, str]) -> None:
    before = made.moment()
    assert amina.send_form("/second/assign", **{"how": "sample", "coder": "bo", "count": "1", "seed": "1", **fields}).status_code in (400, 404)
    assert made.moment() == before


def test_blind_is_blind_on_every_page(amina: Client, bo: Client, made: Record) -> None:
    """Whoever is to code an event finds its values nowhere on the site, as of now or earlier; everybody else does."""
    early = made.moment()
    made.rule_event(only(made, "Dourfé"), "value", why="because-of-it", by="amina", value={"field": "claimed_by", "value": "Zogbe"})
    name, task = only(made, "Dourfé"), give(amina, made)
    paths = [
        "/", "/events", "/events?q=market", "/map", "/map/points", "/queue", "/queue?what=misfits", "/coverage", "/rulings", "/second", "/agreement",
        "/events.csv", "/events.jsonl", "/events.geojson", "/api/v1/events", "/api/v1/events.geojson", f"/events/{only(made, 'Nulle-Part')}",
    ]  # fmt: skip
    secret = re.compile(r"Zogbe|because-of-it|D(?:ou|\\u006fu)rf", re.I)
    shown = 0
    for path in paths:
        assert not secret.search(bo.get(path).text.replace("\\u00e9", "é")), path
        shown += bool(secret.search(amina.get(path).text))
    assert shown > 8
    for path in (f"/events/{name}", f"/events/{name[:6]}", f"/events/{name}/packet", f"/api/v1/events/{name}", "/reports/c", "/api/v1/reports/c",
                 f"/events/{name}?as_of=2199-01-01"):  # fmt: skip
        answer = bo.get(path)
        assert (answer.status_code, bool(secret.search(answer.text))) == (403, False), path
        assert amina.get(path).status_code == 200
    for route in ROUTES:
        if route.methods == ("POST",) and ("{event}" in route.path or "{report}" in route.path):
            path = route.path.replace("{event}", name).replace("{report}", "c")
            answer = bo.post(path, data={"why": "x", "version": str(early)}, headers=BROWSER, follow_redirects=False)
            assert answer.status_code == 403, path
            assert not secret.search(answer.text), path
    form = bo.get(f"/second/{task}").text
    assert made.report("c").text in form
    assert "Zogbe" not in form
    assert "<mark" not in form
    bo.send_form(f"/second/{task}", **FORM)
    assert bo.get(f"/events/{name}").status_code == 200
    assert "Zogbe" in bo.get(f"/events/{name}").text


def test_a_page_of_a_list_that_is_held_back_whole_still_leads_on(amina: Client, bo: Client, made: Record) -> None:
    newest = next(iter(made.events()))
    give(amina, made, newest.values["place"]["name"])
    first = bo.get("/api/v1/events?size=1").json()
    assert first["events"] == []
    second = bo.get(first["next"]).json()
    assert len(second["events"]) == 1
    assert bo.get("/events?size=1").status_code == 200


def test_only_its_coder_has_the_form_and_sends_it_once(amina: Client, bo: Client, made: Record) -> None:
    task = give(amina, made)
    assert amina.get(f"/second/{task}").status_code == 404
    assert amina.send_form(f"/second/{task}", **FORM).status_code == 404
    for wrong in ({"kind": ""}, {"best.0": ""} | {"low.0": "", "high.0": ""}, {"outcome.0": ""}, {"low.0": "9"}, {"start": "someday"}):
        assert bo.send_form(f"/second/{task}", **{**FORM, **wrong}).status_code == 400, wrong
    assert amina.get(f"/second/{task}/compare").status_code == 404
    answer = bo.send_form(f"/second/{task}", **FORM)
    assert answer.headers["location"].startswith(f"/second/{task}/compare")
    assert bo.send_form(f"/second/{task}", **FORM).status_code == 400
    assert bo.get(f"/second/{task}", follow_redirects=False).status_code == 303
    kept = made.seconds.one(task).values
    assert kept is not None
    assert (kept["kind"], kept["casualties"][0]["best"], kept["parties"][0]["type"]) == ("ambush", 4, "civilians")


def test_one_that_is_taken_back_is_no_longer_to_be_coded(amina: Client, bo: Client, made: Record) -> None:
    task = give(amina, made)
    assert amina.send_form(f"/second/{task}/withdraw").status_code == 303
    assert bo.get(f"/second/{task}").status_code == 404
    assert bo.get(f"/events/{only(made, 'Dourfé')}").status_code == 200


def test_differences_stand_side_by_side_and_are_settled_by_rulings(amina: Client, bo: Client, made: Record) -> None:
    task = give(amina, made)
    bo.send_form(f"/second/{task}", **FORM)
    page = amina.read(f"/second/{task}/compare?lang=en")
    for told in ("Machine", "bo", "Ambush", "Attack on civilians", "4 killed", "3 killed", "19 May 2024", "20 May 2024", "different"):
        assert told in page, told
    before = int(re.search(r"(\d+) to settle", amina.read("/second?lang=en"))[1])  # type: ignore[index]
    fields = {"why": "read again", "which": "1", "version": str(made.moment())}
    assert bo.send_form(f"/second/{task}/settle", field="killed", **fields).status_code == 403
    for field in ("killed", "target", "kind"):
        answer = amina.send_form(f"/second/{task}/settle", **{**fields, "field": field, "version": str(made.moment())})
        assert answer.status_code == 303, answer.text
    values = made.event(str(made.seconds.event(made.seconds.one(task)))).values
    assert (values["kind"], [r["best"] for r in values["casualties"]]) == ("ambush", [4])
    assert sorted((p["role"], p["name"]) for p in values["parties"]) == [("perpetrator", "jnim"), ("target", "villagers")]
    assert "settled by amina" in amina.read(f"/second/{task}/compare?lang=en")
    assert f"{before - 3} to settle" in amina.read("/second?lang=en")
    assert amina.get(f"/events/{made.seconds.event(made.seconds.one(task))}").status_code == 200
    for wrong in ({"field": "colour"}, {"which": "7"}, {"which": "x"}, {"why": ""}):
        assert amina.send_form(f"/second/{task}/settle", **{**fields, "field": "date", **wrong}).status_code == 400
    undone = next(r for r in made.rulings() if (r.value or {}).get("field") == "kind")
    amina.send_form(f"/rulings/{undone.id}/undo")
    assert f"{before - 2} to settle" in amina.read("/second?lang=en")


def test_settling_on_what_has_changed_meanwhile_shows_both_versions(amina: Client, bo: Client, made: Record) -> None:
    task = give(amina, made)
    bo.send_form(f"/second/{task}", **FORM)
    seen = str(made.moment())
    made.rule_event(only(made, "Dourfé"), "value", why="x", by="cy", value={"field": "kind", "value": "ied"})
    answer = amina.send_form(f"/second/{task}/settle", field="kind", which="1", why="x", version=seen)
    assert answer.status_code == 409
    assert made.event(only(made, "Dourfé")).values["kind"] == "ied"


def test_who_still_has_to_code_an_event_sees_no_coding_of_it(amina: Client, bo: Client, made: Record) -> None:
    task = give(amina, made)
    other = give(amina, made, coder="amina")
    bo.send_form(f"/second/{task}", **FORM)
    assert amina.get(f"/second/{task}/compare").status_code == 403
    assert "villagers" not in amina.get("/second").text
    event_id = str(made.seconds.event(made.seconds.one(task)))
    assert event_id not in amina.get("/agreement/values.csv").text
    assert event_id in bo.get("/agreement/values.csv").text
    amina.send_form(f"/second/{other}", **{**FORM, "kind": "raid"})
    assert amina.get(f"/second/{task}/compare").status_code == 200


def test_agreement_is_told_in_figures_with_what_they_mean(tmp_path: Path) -> None:
    """Two people code four events apart; the alphas are worked out by hand."""
    days = ("2024-05-03", "2024-05-10", "2024-05-17", "2024-05-24")
    made = record(tmp_path, *(row(d, event(day=d, killed=5), published=d, text=f"raid of that day {d} in which {d} many died") for d in days))
    clients = {name: client(made, name, "reviewer") for name in ("amina", "bo")}
    kinds = {"amina": ["ambush", "ambush", "ied", "ied"], "bo": ["ambush", "ied", "ied", "ied"]}
    for name, told in kinds.items():
        for place, kind in zip(sorted(made.events(), key=lambda e: e.values["date"]["start"]), told, strict=True):
            task = made.seconds.assign([place.id], name, {"how": "hand", "why": "x"}, by="amina")[0]
            day = place.values["date"]["start"]
            answer = clients[name].send_form(f"/second/{task}", kind=kind, start=day, **{"outcome.0": "killed", "best.0": "2" if name == "bo" and day == days[0] else "4"})
            assert answer.status_code == 303
    lines = list(csv.DictReader(clients["amina"].get("/agreement/figures.csv").text.splitlines()))
    people = {line["field"]: line for line in lines if line["coders"] == "people"}
    # kind: o(a,i) = 2 of n = 8, with n(a) = 3 and n(i) = 5: alpha = 1 - 7 * 2 / (2 * 15)
    assert float(people["kind"]["alpha"]) == pytest.approx(1 - 7 * 2 / 30, abs=1e-4)
    assert (people["kind"]["units"], people["kind"]["values"], people["kind"]["share_same"]) == ("4", "8", "0.75")
    assert float(people["date"]["alpha"]) == 1
    # killed: one pair of 2 and 4, all others 4; the distance is (2 / 6) squared, of 1 value in 8
    assert float(people["killed"]["alpha"]) == pytest.approx(0)
    assert people["country"]["alpha"] == ""  # nobody said one: there is one value only
    machine = {line["field"]: line for line in lines if line["coders"] == "people and machine"}
    assert machine["kind"]["values"] == "12"
    rows = list(csv.reader(clients["bo"].get("/agreement/values.csv").text.splitlines()))
    assert rows[0] == ["event", "coder", "field", "value"]
    assert {line[1] for line in rows[1:]} == {"amina", "bo", "machine"}
    for language, words in (("fr", ("Krippendorff", "échelle nominale", "0,533", "une seule valeur")), ("en", ("Krippendorff", "nominal scale", "0.533", "one value only"))):
        page = clients["bo"].read(f"/agreement?lang={language}")
        for told_words in words:
            assert told_words in page, told_words
    assert clients["bo"].get("/agreement/colours.csv").status_code == 404


def test_real_accounts_are_offered_by_what_they_may_do(made: Record, tmp_path: Path) -> None:
    people = People(tmp_path / "r.people")
    for name, role in (("amina", "reviewer"), ("bo", "coder"), ("zoe", "reader")):
        people.add(name, role, "correct horse battery")
    here = client_of(made, people=people)
    here.send_form("/signin", name="amina", password="correct horse battery")
    page = here.get("/second").text
    assert "<option>bo</option>" in page
    assert "<option>zoe</option>" not in page
