"""Addresses and feeds in the browser: asked by the server with its guards, and what came of it said in both languages."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

import pytest
from loopback import Page, Site, serving
from made_web import Client, client_of, words

from concordant.fetching.client import Limits
from concordant.fetching.polite import Polite
from concordant.record import Record
from concordant.web.rights import Person

STORY = b"<html lang='en'><head><title>Raid</title></head><body><article><h1>Raid</h1><p>Gunmen killed five villagers on Monday.</p></article></body></html>"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        found.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /closed", "text/plain")
        found.pages["/story"] = Page(STORY)
        found.pages["/large"] = Page(b"x" * 5000, "text/plain")
        found.pages["/picture"] = Page(b"x", "image/png")
        found.pages["/round"] = Page(status=302, headers={"Location": "/round"})
        yield found


def fetching(**more: Any) -> Polite:
    return Polite(allow_private=True, pause=0.0, sleep=lambda _: None, retries=0, limits=Limits(max_bytes=4000, timeout=20.0), **more)


@pytest.fixture
def client(made: Record) -> Client:
    return client_of(made, fetch=fetching())


def rss(site: Site, *names: str, title: str = "The Paper") -> Page:
    items = "".join(f"<item><link>{site.url}/{name}</link></item>" for name in names)
    return Page(f"<rss><channel><title>{html.escape(title)}</title>{items}</channel></rss>".encode(), "application/rss+xml")


def wait(client: Client) -> None:
    assert client.app.state.worker.wait(60)  # type: ignore[attr-defined]


def ask(client: Client, address: str, **more: str) -> Any:
    answer = client.send_form("/add/address", address=address, **more)
    wait(client)
    return answer


def test_an_address_is_asked_by_the_server_and_kept_with_what_is_said_of_it(client: Client, made: Record, site: Site) -> None:
    before = made.counts().received
    answer = ask(client, f"{site.url}/story", outlet="The Paper", published="2024-05-07")
    assert answer.headers["location"].startswith("/intake?asked=1")
    assert site.paths() == ["/story"]
    assert made.counts().received == before + 1
    given = made.database.value("SELECT given FROM sighting WHERE source = ?", (f"{site.url}/story",))
    assert '"outlet": "The Paper"' in given
    assert '"published": "2024-05-07"' in given
    page = client.read("/intake?lang=en")
    assert f"{site.url}/story 1 document received" in page
    ask(client, f"{site.url}/story", outlet="The Paper", published="2024-05-07")
    assert f"{site.url}/story 0 document" in client.read("/intake?lang=fr")
    assert "1 déjà connu" in client.read("/intake?lang=fr")


def test_the_address_of_a_feed_brings_its_pages(client: Client, made: Record, site: Site) -> None:
    site.pages["/feed"] = rss(site, "story", "gone")
    ask(client, f"{site.url}/feed")
    page = client.read("/intake?lang=en")
    assert "1 document received" in page
    assert "1 page not fetched The site answered with an error." in page
    assert "HTTP 404" in page
    assert made.subscriptions() == []


@pytest.mark.parametrize(("path", "fr", "en", "code"), [
    ("/closed", "robots.txt, de ne pas lire", "robots.txt, not to have", "fetch-robots"), ("/nothing", "répondu par une erreur", "answered with an error", "fetch-http"),
    ("/large", "trop grande", "too large", "fetch-size"), ("/round", "sans fin", "without end", "fetch-redirects"),
    ("/picture", "rien qui se lise", "nothing that can be read", "not-fetched"),
])  # fmt: skip
def test_what_cannot_be_got_says_why_in_both_languages(client: Client, made: Record, site: Site, path: str, fr: str, en: str, code: str) -> None:
    ask(client, site.url + path)
    assert fr in client.read("/intake?lang=fr")
    assert en in client.read("/intake?lang=en")
    assert code in [s.code for s in made.skipped(what="quarantined")]
    if path == "/closed":
        assert "/closed" not in site.paths()


@pytest.mark.parametrize("to", ["{site}/story", "http://localhost:9/", "http://[::1]:9/", "http://169.254.169.254/latest/meta-data", "http://10.0.0.1/"])
def test_the_servers_own_network_is_not_asked(made: Record, site: Site, to: str) -> None:
    client = client_of(made)
    ask(client, to.format(site=site.url))
    assert "réseau privé" in client.read("/intake?lang=fr")
    assert "private network" in client.read("/intake?lang=en")
    assert site.asked == []
    assert [s.code for s in made.skipped(what="quarantined")] == ["fetch-forbidden"]


@pytest.mark.parametrize("address", ["", "paper", "file:///etc/passwd", "ftp://paper.example/", "javascript:alert(1)", "https://me:secret@paper.example/"])
@pytest.mark.parametrize("path", ["/add/address", "/feeds/add"])
@pytest.mark.parametrize(("language", "said"), [("fr", "il faut http:// ou https://"), ("en", "it takes http:// or https://")])
def test_what_is_no_address_is_refused_at_once(client: Client, made: Record, address: str, path: str, language: str, said: str) -> None:
    before = made.moment()
    answer = client.send_form(f"{path}?lang={language}", address=address)
    assert answer.status_code == 400
    assert said in words(answer.text)
    assert made.moment() == before


def test_a_feed_is_followed_asked_at_once_and_followed_no_longer(client: Client, made: Record, site: Site) -> None:
    site.pages["/feed"] = rss(site, "story", title="The <b>Paper</b>")
    url = f"{site.url}/feed"
    assert client.send_form("/feeds/add?lang=en", address=url).headers["location"] == "/feeds?done=added&lang=en"
    wait(client)
    page = client.read("/feeds?lang=en&done=added")
    for said in ("Feed added", "The <b>Paper</b>", url, "answers", "1 entry in the feed", "1 report came in by it", "Followed by owner"):
        assert said in page, said
    assert "<b>Paper" not in client.get("/feeds").text
    assert [s.by for s in made.subscriptions()] == ["owner"]
    assert client.send_form("/feeds/remove?lang=fr", address=url).status_code == 303
    assert "Aucun fil" in client.read("/feeds?lang=fr")
    assert client.send_form("/feeds/remove", address=url).status_code == 404
    assert client.send_form("/feeds/check", address=url).status_code == 404


def test_asking_now_does_not_wait_until_a_feed_is_due(client: Client, made: Record, site: Site) -> None:
    for name in ("one", "two"):
        site.pages[f"/{name}"] = rss(site)
        made.subscribe(f"{site.url}/{name}")
    for _ in range(2):
        client.send_form("/feeds/check")
        wait(client)
    assert sorted(site.paths()) == ["/one", "/one", "/two", "/two"]
    client.send_form("/feeds/check", address=f"{site.url}/two")
    wait(client)
    assert site.paths().count("/two") == 3


@pytest.mark.parametrize(("language", "said"), [("fr", ("1 échec", "n'est pas un fil", "Dernier essai")), ("en", ("1 failure", "It is no feed", "Last tried"))])
def test_a_feed_that_fails_says_why(client: Client, made: Record, site: Site, language: str, said: tuple[str, ...]) -> None:
    client.send_form("/feeds/add", address=f"{site.url}/story")
    wait(client)
    page = client.read(f"/feeds?lang={language}")
    for words_ in said:
        assert words_ in page


def test_the_feeds_of_a_list_are_asked_with_it(client: Client, made: Record, site: Site) -> None:
    site.pages["/list"] = Page(f'<opml><body><outline xmlUrl="{site.url}/feed"/></body></opml>'.encode(), "text/x-opml")
    site.pages["/feed"] = rss(site, "story")
    client.send_form("/feeds/add", address=f"{site.url}/list")
    wait(client)
    assert site.paths() == ["/list", "/feed", "/story"]
    assert "list of 1 feed" in client.read("/feeds?lang=en")


def test_a_page_says_what_is_being_asked_and_shows_itself_again(client: Client, made: Record, site: Site) -> None:
    worker = client.app.state.worker  # type: ignore[attr-defined]
    seen: list[tuple[str, str | None]] = []

    def slowly(address: str, intake: object) -> None:
        answer = client.get("/intake?lang=en")
        seen.append((words(answer.text), answer.headers.get("refresh")))

    worker._take = slowly
    ask(client, f"{site.url}/story")
    assert f"{site.url}/story being asked" in seen[0][0]
    assert seen[0][1] == "3"
    assert "refresh" not in client.get("/intake").headers


def test_a_reader_sees_the_feeds_and_changes_nothing(made: Record, site: Site) -> None:
    made.subscribe(f"{site.url}/feed")
    page = client_of(made, Person("zoe", "reader")).get("/feeds").text
    assert f"{site.url}/feed" in page
    assert 'method="post" action="/feeds' not in page


def test_of_an_earlier_day_the_feeds_of_then_are_shown(client: Client, made: Record) -> None:
    made.subscribe("https://paper.example/feed")
    then = made.database.value("SELECT at FROM entry ORDER BY seq DESC LIMIT 1")
    made.unsubscribe("https://paper.example/feed")
    assert "paper.example" not in client.read("/feeds")
    page = client.get("/feeds", params={"as_of": then}).text
    assert "paper.example" in page
    assert 'method="post" action="/feeds' not in page


def test_no_page_leads_the_browser_to_a_feeds_site(client: Client, made: Record, site: Site) -> None:
    made.subscribe(f"{site.url}/feed")
    ask(client, f"{site.url}/nothing")
    for path in ("/feeds", "/intake", "/add"):
        assert f'href="{site.url}' not in client.get(path).text
