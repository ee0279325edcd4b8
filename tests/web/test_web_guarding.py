"""Keeping outsiders out: rights by route and role, accounts and sessions, hosts, headers, and text that is only text."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from made_reports import event, record, row
from made_web import BROWSER, Client, client_of, only

from concordant.record import Record, RecordError
from concordant.web.guarding import HEADERS, is_loopback
from concordant.web.people import COOKIE, People, totp
from concordant.web.rights import ROLES, Person, Right, Scope
from concordant.web.routes import ROUTES, Served
from concordant.web.serving import Place, serve

# What each role may do, written out here a second time, so that a slip in the one place is seen in the other.
MAY = {
    "reader": {"open", "read", "account"}, "coder": {"open", "read", "account", "add", "correct"},
    "reviewer": {"open", "read", "account", "add", "correct", "decide"}, "publisher": {"open", "read", "account", "add", "correct", "decide", "publish"},
    "admin": {"open", "read", "account", "add", "correct", "decide", "publish"}, None: {"open"},
}  # fmt: skip
# The right that every address takes; a new address has no verdict until it is written here.
NEEDS = {
    ("GET", "/signin"): "open", ("POST", "/signin"): "open", ("POST", "/signout"): "open", ("GET", "/health"): "open", ("GET", "/keys"): "open",
    ("GET", "/api/v1/openapi.json"): "open", ("GET", "/add"): "add", ("POST", "/add"): "add", ("POST", "/left/retry"): "add",
    ("POST", "/events/{event}/value"): "correct", ("POST", "/events/{event}/claim"): "correct", ("POST", "/rulings/{ruling}/undo"): "correct",
    ("POST", "/events/{event}/confirm"): "decide", ("POST", "/events/{event}/not-event"): "decide", ("POST", "/events/{event}/merge"): "decide",
    ("GET", "/events/{event}/publish"): "publish", ("POST", "/events/{event}/publish"): "publish", ("POST", "/events/{event}/withdraw"): "publish",
    ("POST", "/add/address"): "add", ("POST", "/feeds/add"): "add", ("POST", "/feeds/remove"): "add", ("POST", "/feeds/check"): "add", ("POST", "/api/v1/reports"): "add", ("GET", "/api/v1/receipts/{item}"): "add", ("GET", "/tokens"): "account", ("POST", "/tokens"): "account",
    ("POST", "/tokens/{token}/revoke"): "account", ("POST", "/events/{event}/split"): "decide", ("POST", "/reports/{report}/irrelevant"): "decide", ("POST", "/queue/pair"): "decide",
    ("POST", "/reports/{report}/mark"): "correct", ("POST", "/second/assign"): "decide", ("GET", "/second/{assignment}"): "correct",
    ("POST", "/second/{assignment}"): "correct", ("POST", "/second/{assignment}/withdraw"): "decide", ("POST", "/second/{assignment}/settle"): "decide",
}  # fmt: skip
READ = {
    "/tiles.pmtiles",
    "/second", "/second/{assignment}/compare", "/agreement", "/agreement/{what}.csv",
    "/", "/events", "/events.{form:str}", "/events/{event}", "/events/{event}/packet", "/map", "/map/points", "/reports", "/reports/{report}",
    "/raw/{digest}", "/left", "/rulings", "/queue", "/queue/next", "/coverage", "/intake", "/feeds", "/published", "/published.{form:str}", "/api/v1/published", "/api", "/api/v1/events", "/api/v1/events.geojson",
    "/api/v1/events/{event}", "/api/v1/reports", "/api/v1/reports/{report}", "/api/v1/left",
}  # fmt: skip


# The scope that a token needs besides; it opens no other address but the open ones.
SCOPES = {
    ("GET", "/events.{form:str}"): "events:read", ("GET", "/api/v1/events"): "events:read", ("GET", "/api/v1/events.geojson"): "events:read",
    ("GET", "/api/v1/events/{event}"): "events:read", ("GET", "/api/v1/reports"): "reports:read", ("GET", "/raw/{digest}"): "reports:read",
    ("GET", "/api/v1/reports/{report}"): "reports:read", ("GET", "/api/v1/left"): "reports:read", ("POST", "/api/v1/reports"): "reports:add",
    ("GET", "/api/v1/receipts/{item}"): "reports:add", ("GET", "/api/v1/published"): "published:read", ("GET", "/published.{form:str}"): "published:read",
}  # fmt: skip


def wanted(route: Served) -> str:
    method = route.methods[0]
    return "read" if method == "GET" and route.path in READ else NEEDS[method, route.path]


def filled(path: str) -> str:
    return re.sub(r"\{\w+(:str)?\}", "nothing", path)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return record(tmp_path_factory.mktemp("rights"), row("a", event(), text="raid " * 9))


@pytest.mark.parametrize("role", [*ROLES, None])
@pytest.mark.parametrize("route", ROUTES, ids=lambda r: f"{r.methods[0]} {r.path}")
def test_every_route_and_role_has_its_verdict(small: Record, route: Served, role: str | None) -> None:
    person = Person("amina", role) if role else None
    client = client_of(small, person)
    if person is None:
        client.app.state.doors._owner = None  # type: ignore[attr-defined]
    before = small.moment()
    answer = client.request(route.methods[0], filled(route.path), headers=BROWSER, follow_redirects=False)
    refused = answer.status_code in (401, 403) or (answer.status_code == 303 and answer.headers["location"].startswith("/signin?"))
    allowed = wanted(route) in MAY[role]
    assert refused is not allowed or route.path == "/signin", answer.status_code
    if not allowed:
        assert small.moment() == before
        assert "amina" not in answer.text.partition("<main")[2]


@pytest.fixture(scope="module")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> tuple[People, dict[tuple[str, frozenset[str]], str]]:
    """An account of each role, with a token of each scope alone and one of all: also those that the role could not give."""
    people = People(tmp_path_factory.mktemp("accounts") / "r.people")
    found = {}
    for role in ROLES:
        for scopes in (*({scope} for scope in Scope), set(Scope)):
            name = f"{role}-{len(found)}"
            people.add(name, "admin", "correct horse battery")
            found[role, frozenset(map(str, scopes))] = people.tokens.add(name, "made", scopes)[1]
            people._rows("UPDATE account SET role = ? WHERE name = ?", role, name)
    return people, found


@pytest.mark.parametrize("route", ROUTES, ids=lambda r: f"{r.methods[0]} {r.path}")
def test_a_token_opens_what_both_its_scopes_and_its_owners_role_open(
    small: Record, accounts: tuple[People, dict[tuple[str, frozenset[str]], str]], route: Served
) -> None:
    people, tokens = accounts
    client, before = client_of(small, people=people), small.moment()
    for (role, scopes), secret in tokens.items():
        answer = client.request(route.methods[0], filled(route.path), headers={"authorization": f"Bearer {secret}"}, follow_redirects=False)
        needs, scope = wanted(route), SCOPES.get((route.methods[0], route.path))
        allowed = needs == "open" or (needs in MAY[role] and scope in scopes)
        refused = answer.status_code == 403 and (answer.headers["content-type"] != "application/json" or answer.json()["error"] == "E_FORBIDDEN")
        assert refused is not allowed or route.path == "/signin", (role, scopes, answer.status_code)
    assert small.moment() == before


def test_the_two_tables_of_rights_agree() -> None:
    assert {role: {str(r) for r in rights} for role, rights in ROLES.items()} == {r: m for r, m in MAY.items() if r}
    assert {str(r) for r in Right} == MAY["admin"]


def test_a_coder_takes_back_only_their_own_rulings(made: Record) -> None:
    coder, name = client_of(made, Person("bo", "coder")), only(made, "Dourfé")
    made.rule_event(name, "value", why="x", by="amina", value={"field": "kind", "value": "ied"})
    theirs = made.rulings()[0].id
    assert coder.send_form(f"/rulings/{theirs}/undo").status_code == 403
    coder.send_form(f"/events/{name}/value", field="claimed_by", claimed_by="JNIM", why="x", version=str(made.moment()))
    own = next(r.id for r in made.rulings() if r.by == "bo")
    assert coder.send_form(f"/rulings/{own}/undo").status_code == 303
    assert [r.by for r in made.rulings()] == ["amina"]


def test_a_reader_is_shown_no_form_that_decides(made: Record) -> None:
    page = client_of(made, Person("zoe", "reader")).get(f"/events/{only(made, 'Tamboré')}").text
    assert 'method="post" action="/events' not in page
    assert 'href="/add"' not in page


# Accounts


class Clock:
    now = 1_900_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def people(tmp_path: Path) -> People:
    made = People(tmp_path / "r.people", Clock())
    made.add("amina", "reviewer", "correct horse battery")
    return made


def sign_in(client: Client, name: str = "amina", password: str = "correct horse battery", **more: Any) -> Any:
    return client.send_form("/signin", name=name, password=password, **more)


def test_who_signs_in_decides_under_their_name_until_they_sign_out(made: Record, people: People) -> None:
    client, name = client_of(made, people=people), only(made, "Dourfé")
    assert client.get("/events", follow_redirects=False).headers["location"].startswith("/signin")
    assert client.get("/api/v1/events").status_code == 401
    answer = sign_in(client, to="/events")
    assert answer.headers["location"] == "/events"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    client.send_form(f"/events/{name}/confirm", why="ok", version=str(made.moment()))
    assert made.rulings()[0].by == "amina"
    client.send_form("/signout")
    assert client.get("/api/v1/events").status_code == 401


@pytest.mark.parametrize("to", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", ""])
def test_signing_in_leads_nowhere_else(made: Record, people: People, to: str) -> None:
    assert sign_in(client_of(made, people=people), to=to).headers["location"] == "/"


def test_a_changed_role_and_a_removed_account_count_at_once(made: Record, people: People) -> None:
    client = client_of(made, people=people)
    sign_in(client)
    token = client.cookies[COOKIE]
    people._rows("UPDATE account SET role = 'reader'")
    assert client.get("/add").status_code == 403
    people.remove("amina")
    assert client.get("/api/v1/events").status_code == 401
    people.add("amina", "admin", "correct horse battery")
    client.cookies.set(COOKIE, token)
    assert client.get("/api/v1/events").status_code == 401


def test_sessions_end_when_idle_and_after_half_a_day(made: Record, people: People) -> None:
    clock: Any = people._clock
    client = client_of(made, people=people)
    sign_in(client)
    for _ in range(25):
        clock.now += 1700
        assert client.get("/api/v1/events").status_code == 200
    clock.now += 1700
    assert client.get("/api/v1/events").status_code == 401
    sign_in(client)
    clock.now += 1801
    assert client.get("/api/v1/events").status_code == 401


def test_wrong_tries_are_counted_and_say_nothing(made: Record, people: People) -> None:
    client = client_of(made, people=people)
    answers = [sign_in(client, name, "wrong password") for name in ("amina", "nobody")]
    assert [a.status_code for a in answers] == [403, 403]
    assert answers[0].text.replace("amina", "") == answers[1].text.replace("nobody", "")
    for _ in range(4):
        sign_in(client, password="wrong password")
    assert sign_in(client).status_code == 429
    people._clock.now += 901  # type: ignore[attr-defined]
    assert sign_in(client).status_code == 303
    assert people._rows("SELECT count(*) FROM denied")[0][0] >= 5  # type: ignore[operator]


def test_codes_are_asked_for_where_the_account_says_so(made: Record, people: People) -> None:
    secret = people.add("bo", "reader", "another long password", totp=True)
    assert secret
    client = client_of(made, people=people)
    assert sign_in(client, "bo", "another long password").status_code == 403
    assert sign_in(client, "bo", "another long password", code="000000").status_code == 403
    assert sign_in(client, "bo", "another long password", code=totp(secret, people._clock())).status_code == 303


def test_codes_are_those_of_the_standard() -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238, appendix B
    assert [totp(secret, t) for t in (59, 1111111109, 2000000000)] == ["287082", "081804", "279037"]


def test_passwords_and_tokens_are_not_in_the_file(people: People) -> None:
    token = people.sign_in("amina", "correct horse battery", "")
    kept = people.path.read_bytes()
    assert token
    assert token.encode() not in kept
    assert b"correct horse" not in kept
    assert b"$argon2id$" in kept
    assert people.path.stat().st_mode & 0o077 == 0


def test_serving_others_takes_a_proxy_and_an_account(tmp_path: Path, small: Record) -> None:
    with pytest.raises(RecordError, match="behind-proxy"):
        serve(small, Place("0.0.0.0", 0))
    with pytest.raises(RecordError, match="account"):
        serve(small, Place("0.0.0.0", 0, behind_proxy=True))
    with pytest.raises(RecordError, match="password"):
        People(tmp_path / "p").add("zoe", "reader", "short")


# Hosts and headers


@pytest.mark.parametrize(("host", "ours"), [("localhost", True), ("127.0.0.1", True), ("127.8.8.8", True), ("[::1]", True), ("a.localhost", True),
                                            ("elsewhere.example", False), ("10.0.0.1", False), ("0.0.0.0", False), ("", False)])  # fmt: skip
def test_only_this_computers_own_names_are_answered(made: Record, host: str, ours: bool) -> None:
    assert is_loopback(host) is ours
    answer = client_of(made).get("/", headers={"host": f"{host}:8765"})
    assert (answer.status_code == 200) is ours


@pytest.mark.parametrize("path", ["/", "/events", "/nowhere", "/assets/app.css", "/api/v1/events", "/map/points", "/events?killed=x"])
def test_every_answer_is_guarded(client: Client, path: str) -> None:
    answer = client.get(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "server" not in answer.headers


def test_no_page_holds_script_style_or_an_address_elsewhere(client: Client, made: Record) -> None:
    for path in ("/", "/events", "/map", "/queue", f"/events/{only(made, 'Tamboré')}", "/reports/a", "/add", "/signin"):
        page = client.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=|javascript:", page), path
        assert not re.findall(r'(?:src|href|action)="(?!/|#)[^"]*"', page), path


def test_what_is_too_large_is_not_read(client: Client) -> None:
    assert client.post("/add", headers={**BROWSER, "content-length": str(200 * 2**20)}, content=b"x").status_code == 413


# Text is text

TAGS = ("script", "img src=x onerror", "svg onload", "iframe srcdoc", "a href", "body onload", "input onfocus autofocus", "style", "math", "template")
SHAPES = (
    "<{0}>alert(1)</{0}>", "<{0}=alert(1)>", "\"><{0}=alert(1)>", "'><{0}=alert(1) ", "</textarea><{0}=alert(1)>", "</title><{0}=alert(1)>",
    "<!--<{0}=alert(1)>-->", "{{{{7*7}}}}<{0}=alert(1)>", "<{0}/=alert(1)//", "]]><{0}=alert(1)>", "%3C{0}%3E<{0} =alert(1)>", "<<{0}=alert(1)>>",
    "javascript:alert(1)<{0}=alert(1)>", "</script><{0}=alert(1)>", "<{0} x=\"`\">", "<{0}\n=alert(1)>", "<{0}\t=alert(1)>", "&lt;{0}&gt;<{0}=alert(1)>",
    "\x01<{0}=alert(1)>", "</mark></a><{0}=alert(1)>",
)  # fmt: skip
PAYLOADS = [shape.format(tag) for tag in TAGS for shape in SHAPES]


def test_there_are_two_hundred_payloads() -> None:
    assert len(set(PAYLOADS)) == 200


def poisoned(payloads: list[str]) -> list[dict[str, Any]]:
    """Reports that carry a payload in every field that a report or its coding can carry text in."""
    rows = []
    for at, bad in enumerate(payloads):
        told = event("Tamboré", (date(2020, 1, 1) + timedelta(days=9 * at)).isoformat(), 3 + at, actor=bad)
        told["place"] |= {"name": bad, "admin1": bad, "candidates": [{"gazetteer_id": bad, "name": bad, "kind": bad, "country": "ML", "admin1": bad,
                                                                       "latitude": 1.0, "longitude": 1.0, "score": 0.5}]}  # fmt: skip
        told["kind"] = bad
        told |= {"claimed_by": bad, "attributed_to": [bad], "means": [bad]}
        told["casualties"][0] |= {"quote": bad, "parts": [{"name": bad, "best": 1}], "attributed_to": [bad], "victims": bad}
        told["date"]["note"] = bad
        rows.append(row(f"p{at}", told, outlet=f"{bad} {at}", text=f"raid {bad} {at} {bad}", title=f"{bad} {at}", url=f"https://x.example/{at}?{bad}"))
    return rows


def own_tags() -> set[str]:
    """The tags that the templates themselves write."""
    import concordant.web

    folder = Path(concordant.web.__file__).parent / "templates"
    return {tag for path in folder.glob("*.html") for tag in re.findall(r"<([a-z][a-z0-9]*)", path.read_text(encoding="utf-8"))}


def test_no_payload_in_reports_or_rulings_becomes_a_tag(tmp_path: Path) -> None:
    made = record(tmp_path, *poisoned(PAYLOADS))
    client = client_of(made)
    names = [e.id for e in made.events(limit=250)]
    assert len(names) >= 190
    for at, name in enumerate(names[:40]):
        why = PAYLOADS[at * 5]
        client.send_form(f"/events/{name}/value", field="claimed_by", claimed_by=why, why=why, version=str(made.moment()))
    pages = ["/", "/events?size=200", "/map", "/queue", "/reports?size=200", "/left?what=passage", "/rulings", "/coverage", "/left?what=irrelevant"]
    pages += [f"/events/{name}" for name in names[::3]] + [f"/events/{name}/packet" for name in names[::17]]
    pages += [f"/reports/p{at}" for at in range(0, 200, 7)]
    pages += [f"/events?{urlencode({'q': PAYLOADS[at], 'outlet': PAYLOADS[at]})}" for at in range(0, 200, 9)]
    known = own_tags()
    for path in pages:
        page = client.get(path).text
        body = page.partition("<body")[2]
        assert not {tag.lower() for tag in re.findall(r"<([a-zA-Z][a-zA-Z0-9]*)", body)} - known, path
        assert not re.search(r"<(script|style|iframe|math|template|textarea [^>]*on|img|object|embed|base)\b(?![^>]*\bsrc=\"/)", body), path
        for tag in re.findall(r"<[a-z][^<>]*>", body):
            assert not re.search(r"""\son[a-z]+\s*=(?=(?:[^"]*"[^"]*")*[^"]*$)""", tag), (path, tag)
        assert not re.search(r'(?:href|action|src)="\s*javascript:', html.unescape(body)), path
    assert "&lt;script&gt;" in client.get("/events?size=200").text
