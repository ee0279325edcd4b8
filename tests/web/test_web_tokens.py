"""Tokens: made once and shown once, with scopes and an end, never beyond their owner's role; and what programs send with them."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from made_web import BROWSER, Client, client_of, only, words
from typer.testing import CliRunner

from concordant.cli.app import app
from concordant.record import Record, RecordError
from concordant.web.people import People

DAY = 24 * 3600
PASSWORD = "correct horse battery"


class Clock:
    now = 1_900_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def people(tmp_path: Path) -> People:
    made = People(tmp_path / "r.people", Clock())
    made.add("amina", "coder", PASSWORD)
    made.add("zoe", "reader", PASSWORD)
    return made


def show(secret: str) -> dict[str, str]:
    return {"authorization": f"Bearer {secret}"}


def signed_in(made: Record, people: People, name: str = "amina") -> Client:
    client = client_of(made, people=people)
    assert client.send_form("/signin", name=name, password=PASSWORD).status_code == 303
    return client


def test_a_token_is_kept_as_a_hash(people: People) -> None:
    token, secret = people.tokens.add("amina", "desk", ["events:read"])
    assert secret.startswith("concordant_")
    assert len(secret) > 50
    assert secret.encode() not in people.path.read_bytes()
    assert secret.removeprefix("concordant_").encode() not in people.path.read_bytes()
    assert [(t.id, t.label, t.seen) for t in people.tokens.all("amina")] == [(token.id, "desk", None)]


def test_a_token_stands_for_its_owner_until_its_last_day(made: Record, people: People) -> None:
    client, (_, secret) = client_of(made, people=people), people.tokens.add("zoe", "map", ["events:read"], 30)
    clock: Any = people._clock
    assert client.get("/api/v1/events", headers=show(secret)).json()["total"] == 3
    assert people.tokens.all("zoe")[0].seen == clock.now
    clock.now += 30 * DAY - 1
    assert client.get("/api/v1/events", headers=show(secret)).status_code == 200
    clock.now += 1
    answer = client.get("/api/v1/events", headers=show(secret))
    assert (answer.status_code, answer.json()["error"]) == (401, "E_TOKEN")
    assert answer.headers["www-authenticate"] == 'Bearer error="invalid_token"'


@pytest.mark.parametrize("header", ["Bearer concordant_nothing", "Bearer ", "bearer x", "Bearer \u00e9"])
def test_an_unknown_token_opens_nothing_and_is_noted(made: Record, people: People, header: str) -> None:
    client = signed_in(made, people)
    answer = client.get("/api/v1/events", headers={"authorization": header.encode()})
    assert answer.status_code == 401, "a session does not stand in for a wrong token"
    assert people._rows("SELECT reason, name FROM denied") == [("unknown or ended token", None)]
    assert client.get("/api/v1/events").status_code == 200
    plain = client_of(made, people=people).get("/api/v1/events", headers={"authorization": "Basic YTpi"})
    assert (plain.status_code, plain.headers["www-authenticate"]) == (401, "Bearer")


def test_what_a_token_may_not_is_noted_with_its_id(made: Record, people: People) -> None:
    token, secret = people.tokens.add("amina", "desk", ["events:read"])
    client = client_of(made, people=people)
    for path in ("/api/v1/reports", "/events", "/add", "/tokens"):
        answer = client.get(path, headers=show(secret), follow_redirects=False)
        assert (answer.status_code, answer.json()["error"]) == (403, "E_FORBIDDEN"), path
    noted = people._rows("SELECT what, name, reason FROM denied ORDER BY rowid")
    assert noted[0] == ("GET /api/v1/reports", "amina", f"needs reports:read (token {token.id})")
    assert len(noted) == 4


def test_a_token_follows_its_owners_role_down(made: Record, people: People) -> None:
    _, secret = people.tokens.add("amina", "desk", ["reports:add", "events:read"])
    client = client_of(made, people=people)
    people._rows("UPDATE account SET role = 'reader' WHERE name = 'amina'")
    answer = client.post("/api/v1/reports", content="Five killed.", headers={**show(secret), "content-type": "text/plain"})
    assert (answer.status_code, answer.json()["needs"]) == (403, "add")
    assert client.get("/api/v1/events", headers=show(secret)).status_code == 200


@pytest.mark.parametrize(("owner", "label", "scopes", "days", "why"), [
    ("zoe", "x", ["reports:add"], 30, "reader"), ("zoe", "x", ["events:read", "reports:add"], 30, "reports:add"), ("nobody", "x", ["events:read"], 30, "account"),
    ("zoe", "x", [], 30, "scope"), ("zoe", "x", ["everything"], 30, "everything"), ("zoe", " ", ["events:read"], 30, "label"),
    ("zoe", "x", ["events:read"], 0, "366"), ("zoe", "x", ["events:read"], 367, "366"),
])  # fmt: skip
def test_a_token_that_cannot_be_is_not_made(people: People, owner: str, label: str, scopes: list[str], days: int, why: str) -> None:
    with pytest.raises(RecordError, match=why):
        people.tokens.add(owner, label, scopes, days)
    assert people.tokens.all() == []


def test_a_new_password_and_a_removed_account_end_its_tokens(made: Record, people: People) -> None:
    client = client_of(made, people=people)
    for end in (lambda: people.add("zoe", "reader", PASSWORD), lambda: people.remove("zoe")):
        _, secret = people.tokens.add("zoe", "x", ["events:read"])
        assert client.get("/api/v1/events", headers=show(secret)).status_code == 200
        end()
        assert client.get("/api/v1/events", headers=show(secret)).status_code == 401
    people.add("zoe", "reader", PASSWORD)
    assert people.tokens.all("zoe") == []


def test_a_file_of_accounts_from_before_tokens_takes_them(tmp_path: Path) -> None:
    old = sqlite3.connect(tmp_path / "old.people")
    old.execute("CREATE TABLE account (name TEXT PRIMARY KEY, role TEXT NOT NULL, password TEXT NOT NULL, totp TEXT)")
    old.execute("INSERT INTO account VALUES ('bo', 'reader', '-', NULL)")
    old.commit()
    old.close()
    assert People(tmp_path / "old.people").tokens.add("bo", "x", ["events:read"])[1]


# On the page


@pytest.mark.parametrize(("language", "once", "gone"), [("fr", "ne sera plus jamais montré", "Jeton révoqué"), ("en", "never shown again", "Token revoked")])
def test_a_person_makes_and_revokes_their_own(made: Record, people: People, language: str, once: str, gone: str) -> None:
    client = signed_in(made, people)
    answer = client.send_form(f"/tokens?lang={language}", label="desk <b>", scope=["events:read", "reports:add"], days="30")
    found = re.search(r'id="secret">(concordant_[\w-]+)<', answer.text)
    assert found
    assert once in words(answer.text)
    assert "desk &lt;b&gt;" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert client_of(made, people=people).get("/api/v1/events", headers=show(found[1])).status_code == 200
    page = client.get(f"/tokens?lang={language}").text
    assert found[1] not in page
    token = people.tokens.all("amina")[0]
    answer = client.send_form(f"/tokens/{token.id}/revoke?lang={language}")
    assert gone in client.read(answer.headers["location"])
    assert client_of(made, people=people).get("/api/v1/events", headers=show(found[1])).status_code == 401


def test_nobody_sees_or_revokes_anothers(made: Record, people: People) -> None:
    token, _ = people.tokens.add("amina", "the desk of amina", ["events:read"])
    zoe = signed_in(made, people, "zoe")
    assert token.label not in zoe.read("/tokens")
    assert zoe.send_form(f"/tokens/{token.id}/revoke").status_code == 404
    assert [t.id for t in people.tokens.all()] == [token.id]
    assert "reports:add" not in zoe.get("/tokens").text


@pytest.mark.parametrize("fields", [{"scope": []}, {"scope": ["reports:add"]}, {"scope": ["all"]}, {"label": " "}, {"days": "4000"}, {"days": "x"}])
def test_a_form_that_asks_for_what_cannot_be_is_refused(made: Record, people: People, fields: dict[str, Any]) -> None:
    answer = signed_in(made, people, "zoe").send_form("/tokens", **{"label": "x", "scope": ["events:read"], "days": "30", **fields})
    assert answer.status_code == 400
    assert people.tokens.all() == []


def test_without_accounts_the_page_says_that_no_token_is_needed(client: Client) -> None:
    assert "get in without a token" in client.read("/tokens?lang=en")
    assert client.send_form("/tokens", label="x", scope=["events:read"], days="30").status_code == 303


# On the command line


def test_tokens_are_made_listed_and_removed_on_the_command_line(tmp_path: Path, people: People) -> None:
    record, run = str(tmp_path / "r"), CliRunner()
    made = run.invoke(app, ["--record", record, "people", "token", "add", "amina", "--label", "desk", "--scope", "reports:add", "--scope", "events:read"])
    assert made.exit_code == 0, made.output
    name, secret = re.findall(r"token (\w{8}) of amina, until \d{4}-\d\d-\d\d: (concordant_\S+)", made.output)[0]
    assert People(tmp_path / "r.people").tokens.person(secret) is not None
    listed = run.invoke(app, ["--record", record, "people", "token", "list"]).output
    assert listed.startswith(f"{name}\tamina\tevents:read reports:add\tuntil ")
    assert listed.endswith("\tdesk\n")
    assert secret not in listed
    assert run.invoke(app, ["--record", record, "people", "token", "list", "zoe"]).output == ""
    assert run.invoke(app, ["--record", record, "people", "token", "remove", name]).exit_code == 0
    assert run.invoke(app, ["--record", record, "people", "token", "remove", name]).exit_code == 2
    refused = run.invoke(app, ["--record", record, "people", "token", "add", "zoe", "--label", "x", "--scope", "reports:add"])
    assert refused.exit_code == 2
    assert "reader" in refused.output


# What programs send


@pytest.fixture
def sender(made: Record, people: People) -> Client:
    client = client_of(made, people=people)
    client.headers.update(show(people.tokens.add("amina", "desk", ["reports:add", "reports:read"])[1]))
    return client


def wait(client: Client) -> None:
    assert client.app.state.worker.wait(60)  # type: ignore[attr-defined]


def test_a_report_in_json_comes_back_with_a_receipt_and_is_read(sender: Client, made: Record) -> None:
    row = {"id": "sent", "text": "raid at dusk: " + "soldiers searched the market of the town " * 4, "title": "T", "published": "2024-05-06", "made": [], "language": "en"}
    answer = sender.post("/api/v1/reports?outlet=The+Desk", json=row)
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert (told["new"], told["report_id"] in (None, "sent"), len(told["sha256"])) == (True, True, 64)
    wait(sender)
    after = sender.get(answer.headers["location"]).json()
    assert (after["state"], after["report_id"], after["accounts"]) == ("irrelevant", "sent", 0)
    found = sender.get("/api/v1/reports/sent").json()
    assert (found["outlet"], found["published"], found["seen"][0]["source"].startswith("sent by amina with token ")) == ("The Desk", "2024-05-06", True)
    again = sender.post("/api/v1/reports?outlet=The+Desk", json=row)
    assert (again.status_code, again.json()["new"], again.json()["report_id"]) == (200, False, "sent")
    assert made.raw(told["sha256"]) == again.request.content


def test_a_report_in_plain_text_takes_what_is_said_of_it_from_the_address(sender: Client, made: Record) -> None:
    text = "Deux marchands ont été tués par des hommes armés sur la route, ont dit des habitants du village. " * 3
    said = {"title": "Deux tués", "published": "2024-05-07", "language": "fr", "url": "https://desk.example/1", "outlet": "Desk"}
    answer = sender.post("/api/v1/reports", params=said, content=text.encode(), headers={"content-type": "text/plain; charset=utf-8"})
    assert answer.status_code == 201
    kept = json.loads(made.raw(answer.json()["sha256"]))
    assert kept == {"title": "Deux tués", "published": "2024-05-07", "language": "fr", "url": "https://desk.example/1", "outlet": "Desk", "text": text}


@pytest.mark.parametrize(("kind", "body"), [("text/html", b"<html><p>Five were killed.</p></html>"), ("application/pdf", b"%PDF-1.7 no document")])
def test_pages_and_pdf_are_kept_as_they_are(sender: Client, made: Record, kind: str, body: bytes) -> None:
    answer = sender.post("/api/v1/reports", content=body, headers={"content-type": kind})
    assert answer.status_code == 201
    assert made.raw(answer.json()["sha256"]) == body
    wait(sender)
    told = sender.get(answer.headers["location"]).json()
    assert (told["state"], bool(told["code"])) == ("quarantined", True)


@pytest.mark.parametrize(("kind", "body", "query", "status", "why"), [
    ("application/json", b"[]", "", 400, "object"), ("application/json", b"{", "", 400, "invalid JSON"), ("application/json", b"[" * 100_000, "", 400, "invalid JSON"),
    ("application/json", b'{"title": "x"}', "", 400, "text"), ("application/json", b'{"text": 5}', "", 400, "text"), ("application/json", b'{"text": "  "}', "", 400, "text"),
    ("application/json", b'{"text": "x", "published": "soon"}', "", 400, "soon"), ("application/json", b"\xff", "", 400, "UTF-8"),
    ("text/plain", b"  ", "", 400, "nothing was sent"), ("text/plain", b"caf\xe9", "", 400, "UTF-8"), ("text/plain", b"x", "published=2024-13-01", 400, "2024-13-01"),
    ("text/plain", b"x", "language=de", 400, "language"), ("text/plain", b"x", "title=" + "x" * 2001, 400, "title"), ("text/plain", b"x", "as_of=2024-01-01", 400, ""),
    ("image/png", b"x", "", 415, "image/png"), ("", b"x", "", 415, "nothing"),
])  # fmt: skip
def test_what_is_no_report_is_refused_at_once_and_not_kept(sender: Client, made: Record, kind: str, body: bytes, query: str, status: int, why: str) -> None:
    before = made.moment()
    answer = sender.post(f"/api/v1/reports?{query}", content=body, headers={"content-type": kind})
    assert answer.status_code == status
    assert why in answer.json()["message"]
    assert made.moment() == before


@pytest.mark.parametrize(("item", "status"), [("999999", 404), ("x", 400), ("1" * 30, 400), ("\u0663", 400)])
def test_a_receipt_that_is_none(sender: Client, item: str, status: int) -> None:
    answer = sender.get(f"/api/v1/receipts/{item}")
    assert (answer.status_code, set(answer.json())) == (status, {"error", "message"})


def test_a_token_needs_no_cookie_and_a_session_does_not_do_for_another_site(made: Record, people: People, sender: Client) -> None:
    elsewhere = {"sec-fetch-site": "cross-site", "origin": "https://elsewhere.example", "content-type": "text/plain"}
    assert sender.post("/api/v1/reports", content="Five killed.", headers=elsewhere).status_code == 201
    client, before = signed_in(made, people), made.moment()
    assert client.post("/api/v1/reports", content="Six killed.", headers=elsewhere).status_code == 403
    assert client.post("/api/v1/reports", content="Six killed.", headers={"content-type": "text/plain"}).status_code == 403
    assert made.moment() == before
    assert client.post("/api/v1/reports", content="Six killed.", headers={**BROWSER, "content-type": "text/plain"}).status_code == 201


def test_a_token_decides_nothing(made: Record, people: People) -> None:
    people.add("ruth", "admin", PASSWORD)
    _, secret = people.tokens.add("ruth", "x", ["events:read", "reports:read", "reports:add"])
    client, before = client_of(made, people=people), made.moment()
    answer = client.post(f"/events/{only(made, 'Dourfé')}/confirm", data={"why": "x", "version": str(before)}, headers=show(secret))
    assert (answer.status_code, answer.json()["message"]) == (403, "no token opens this address")
    assert made.moment() == before
