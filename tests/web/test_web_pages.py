"""The pages: each is there, says what the record says, in both languages, and can be turned back in time."""

from __future__ import annotations

import re

import pytest
from made_web import Client, only

from concordant.record import Record

PAGES = ("/", "/events", "/map", "/queue", "/queue?what=merges", "/queue?what=misfits", "/reports", "/left", "/rulings", "/coverage",
         "/add", "/intake", "/api", "/keys", "/tokens", "/feeds", "/published")  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_is_there_in_both_languages(client: Client, path: str, language: str) -> None:
    answer = client.get(path, params={**dict(p.split("=") for p in path.partition("?")[2].split("&") if p), "lang": language})
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert "{{" not in answer.text
    assert "{%" not in answer.text


def test_the_language_is_the_browsers_unless_the_address_says_otherwise(client: Client) -> None:
    assert "Événements" in client.read("/events", headers={"accept-language": "fr-CA,fr;q=0.9,en;q=0.5"})
    assert "Events" in client.read("/events", headers={"accept-language": "de,en-GB;q=0.7,fr;q=0.3"})
    assert "Événements" in client.read("/events?lang=fr", headers={"accept-language": "en"})
    assert 'href="/map?lang=fr"' in client.get("/events?lang=fr").text


def test_the_list_has_every_event_and_its_toll(client: Client, made: Record) -> None:
    page = client.read("/events?lang=en")
    assert "3 events" in page
    for said in ("Tamboré", "Dourfé", "Nulle-Part", "6 May 2024", "20 May 2024", "Protest"):
        assert said in page


@pytest.mark.parametrize(
    ("asked", "there", "gone"),
    [
        ("kind=protest", "Nulle-Part", "Tamboré"), ("since=2024-05-10&until=2024-05-31", "Dourfé", "Tamboré"),
        ("actor=jnim", "Dourfé", "Nulle-Part"), ("killed=4", "Tamboré", "Dourfé"), ("outlet=c.example", "Dourfé", "Tamboré"),
        ("q=morning", "Tamboré", "Nulle-Part"), ("disputed=1", "Tamboré", "Dourfé"), ("place=dourfe", "Dourfé", "Tamboré"),
    ],
)  # fmt: skip
def test_filters_live_in_the_address(client: Client, asked: str, there: str, gone: str) -> None:
    table = client.get(f"/events?lang=en&{asked}").text.partition("<tbody>")[2]
    assert there in table
    assert gone not in table


def test_filters_by_review(client: Client, made: Record) -> None:
    made.rule_event(only(made, "Dourfé"), "confirm", why="checked", by="amina")
    assert "Dourfé" in client.get("/events?review=confirmed").text
    assert "Dourfé" not in client.get("/events?review=open").text.partition("<tbody>")[2]


@pytest.mark.parametrize("asked", ["killed=many", "since=yesterday", "sort=colour", "review=perhaps", "size=0", "as_of=soon", "box=1,2"])
def test_an_address_that_cannot_be_read_says_so(client: Client, asked: str) -> None:
    answer = client.get(f"/events?lang=en&{asked}")
    assert answer.status_code == 400
    assert "not understood" in answer.text


def test_lists_are_sorted_both_ways_and_paged_without_loss(client: Client, made: Record) -> None:
    for order in ("day", "killed", "confidence", "kind", "place", "outlets"):
        for rising in ("", "1"):
            seen, path = [], f"/events?size=1&sort={order}&rising={rising}"
            while path:
                page = client.get(path).text
                seen += re.findall(r'class="what" href="/events/(\w+)', page)
                following = re.search(r'rel="next" href="([^"]+)"', page)
                path = following[1].replace("&amp;", "&") if following else ""
            assert sorted(seen) == sorted(e.id for e in made.events()), (order, rising)
    first = client.get("/events?sort=killed").text
    assert first.index("Tamboré") < first.index("Dourfé") < first.index("Nulle-Part")


def test_the_site_can_be_turned_back_to_before_a_ruling(client: Client, made: Record) -> None:
    name = only(made, "Dourfé")
    before = made.moment()
    made.rule_event(name, "value", why="a list of names", by="amina", value={"field": "casualties.killed", "value": {"best": 44}})
    moment = made.database.value("SELECT at FROM entry WHERE seq = ?", (before,))
    assert "44" in client.read(f"/events/{name}")
    then = client.get(f"/events/{name}", params={"as_of": moment, "lang": "en"})
    assert "44 killed" not in then.text
    assert "Nothing can be changed there" in then.text
    assert '<form method="post"' not in then.text
    refused = client.send_form(f"/events/{name}/confirm?as_of={moment}", why="late", version=str(before))
    assert refused.status_code == 400


def test_a_dossier_has_words_sides_sources_and_rivals(client: Client, made: Record) -> None:
    page = client.read(f"/events/{only(made, 'Tamboré')}?lang=en")
    for said in ("Attack on civilians, Tamboré", "6 May 2024", "residents", "a.example", "b.example", "Contradictions", "2 reports"):
        assert said in page, said
    assert re.search(r"5 killed, civilians.*still standing|superseded", page)


def test_evidence_is_marked_and_linked_both_ways(client: Client, made: Record) -> None:
    page = client.get(f"/events/{only(made, 'Tamboré')}").text
    claims = set(re.findall(r'<mark class="f-\w+" data-claims="([^"]+)"', page))
    assert claims
    for claim in {c for held in claims for c in held.split()}:
        assert f'id="v-{claim}"' in page, "the words lead to no value"
    for claim in re.findall(r'data-claim="(\w+)"', page):
        assert any(claim in held.split() for held in claims), "the value leads to no words"


def test_an_old_id_leads_to_the_event_that_took_it_in(client: Client, made: Record) -> None:
    one, other = only(made, "Dourfé"), only(made, "Nulle-Part")
    made.link(one, other, why="one column", by="amina")
    gone = other if made.account_event(made.report("c").accounts[0]["account_id"]) == one else one
    answer = client.get(f"/events/{gone}", follow_redirects=False)
    assert answer.status_code == 303


def test_what_is_not_there_is_said_to_be_not_there(client: Client) -> None:
    for path in ("/events/ffffffffffff", "/reports/none", "/raw/none", "/nowhere", "/events.xlsx"):
        assert client.get(path).status_code == 404, path
    assert client.get("/api/v1/events/ffff").json()["error"] == "E_UNKNOWN"


def test_a_document_is_given_as_it_came_and_never_shown(client: Client, made: Record) -> None:
    digest = made.report("a").sha256
    answer = client.get(f"/raw/{digest}")
    assert answer.content == made.raw(str(digest))
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert "sandbox" in answer.headers["content-security-policy"]


def test_exports_give_every_event(client: Client, made: Record) -> None:
    assert len(client.get("/events.csv").text.splitlines()) == 1 + made.count()
    assert len(client.get("/events.jsonl").text.splitlines()) == made.count()
    assert len(client.get("/events.geojson").json()["features"]) == made.count()
    assert len(client.get("/events.csv?kind=protest").text.splitlines()) == 2


def test_events_without_a_place_stand_beside_the_map(client: Client) -> None:
    page = client.read("/map?lang=en")
    assert "1 event without coordinates" in page
    assert "Nulle-Part" in page
    drawn = client.get("/map/points").json()["features"]
    assert len(drawn) == 2
    assert all(f["properties"]["radius"] > 0 for f in drawn)


def test_a_list_that_nobody_filtered_has_no_filter_in_its_addresses(client: Client) -> None:
    page = client.get("/events?lang=en").text
    assert "active filter" not in page
    assert "unplaced" not in page
    assert "False" not in page
