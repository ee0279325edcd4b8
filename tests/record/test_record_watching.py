"""Feeds are watched politely, what is new is taken once, what fails is told; alerts are sent once."""

from __future__ import annotations

import email
import json
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from loopback import Page, Site, serving
from made_reports import HERE, add, event, record, row

from concordant.fetching.polite import Polite
from concordant.record import Intake, Record, RecordError
from concordant.record.alerting import Alerts, Rule, read_alerts
from concordant.record.filters import Filters
from concordant.record.items import Task
from concordant.record.processing import Work
from concordant.record.reading import Read, read_item
from concordant.record.watching import Watch
from concordant.reports import FetchError
from concordant.reports.report import Refused

STORY = (
    "<html lang='en'><head><title>{0}</title></head><body><article><h1>{0}</h1><p>Gunmen killed five villagers in {0} on Monday, "
    "residents said, before they set fire to several houses and fled on motorbikes.</p><p>The army said that it had sent soldiers to "
    "{0} and that a search was under way in the hills around it, where fighters hide.</p></article></body></html>"
)


def read(task: Task) -> Read:
    try:
        report = read_item(task)
    except Refused as refused:
        return Read(None, None, (str(refused.code), refused.reason))
    coded: dict[str, Any] = {
        "id": report.id, "language": "en", "title": None, "published": None, "relevant": False, "events": [],
        "coder": {"name": "none", "version": "1"}, "codebook": "none", "not_coded": [],
    }  # fmt: skip
    return Read(report, coded)


PLAIN = Work(reader=read, initializer=HERE.initializer, apart=False)


def rss(site: Site, *names: str, base: str = "") -> bytes:
    items = "".join(
        f"<item><title>{n}</title><link>{base or site.url}/{n}</link><pubDate>Tue, 07 May 2024 08:00:00 +0100</pubDate>"
        f"<description>short</description></item>" for n in names
    )  # fmt: skip
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Paper</title>{items}</channel></rss>'.encode()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        found.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /private", "text/plain")
        for name in ("Tambore", "Kelwani", "Dourfe"):
            found.pages[f"/{name}"] = Page(STORY.format(name).encode())
        yield found


def polite(**more: Any) -> Polite:
    return Polite(allow_private=True, pause=0.0, sleep=lambda _: None, **more)


def watch(folder: Path, feeds: list[str], clock: list[float], **more: Any) -> Watch:
    return Watch(Record(folder / "made.db", work=PLAIN), feeds, polite(), every=100.0, clock=lambda: clock[0], **more)


def test_what_is_new_is_taken_once_and_an_unchanged_feed_is_not_sent_again(tmp_path: Path, site: Site) -> None:
    site.pages["/feed"] = Page(rss(site, "Tambore", "Kelwani"), "application/rss+xml", headers={"ETag": '"1"'})
    clock = [0.0]
    watching = watch(tmp_path, [f"{site.url}/feed"], clock)
    assert watching.round().new == 2
    assert watching.round().asked == 0  # not due
    clock[0] = 101.0
    again = watching.round()
    assert (again.asked, again.unchanged, again.new) == (1, 1, 0)
    site.pages["/feed"] = Page(rss(site, "Tambore", "Dourfe"), "application/rss+xml", headers={"ETag": '"2"'})
    clock[0] = 202.0
    assert watching.round().new == 1
    assert sorted(site.paths()) == ["/Dourfe", "/Kelwani", "/Tambore", "/feed", "/feed", "/feed"]
    reports = watching.record.reports()
    assert {r["published"] for r in reports} == {"2024-05-07"}
    assert "1 new entries" not in again.line()


def test_a_feed_that_fails_is_asked_less_and_less_often(tmp_path: Path, site: Site) -> None:
    clock = [0.0]
    watching = watch(tmp_path, [f"{site.url}/nothing"], clock)
    asked = []
    for clock[0] in range(0, 2000, 10):
        if watching.round().asked:
            asked.append(clock[0])
    assert asked == [0.0, 200.0, 600.0, 1400.0]


def test_a_page_that_fails_is_tried_again_and_then_written_down(tmp_path: Path, site: Site) -> None:
    clock = [0.0]
    for number in range(3):
        site.pages["/feed"] = Page(rss(site, "gone"), "application/rss+xml", headers={"ETag": f'"{number}"'})
        watching = watch(tmp_path, [f"{site.url}/feed"], clock)
        watching.round()
        assert watching.record.counts().quarantined == (number == 2)
        clock[0] += 101.0
    found = next(iter(watching.record.skipped(what="quarantined")))
    assert (found.code, "HTTP 404" in found.reason) == ("fetch-http", True)
    site.pages["/gone"] = Page(STORY.format("Sabanga").encode())
    list(watching.record.add([f"{site.url}/gone"], Intake(fetch=polite())))
    counts = watching.record.counts()
    assert (counts.received, counts.quarantined, counts.irrelevant) == (2, 0, 2)  # it was got in the end


def test_a_list_of_feeds_is_watched_whole(tmp_path: Path, site: Site) -> None:
    site.pages["/list"] = Page(f'<opml><body><outline xmlUrl="{site.url}/feed"/></body></opml>'.encode(), "text/x-opml")
    site.pages["/feed"] = Page(rss(site, "Tambore"), "text/xml")
    watching = watch(tmp_path, [f"{site.url}/list"], [0.0])
    assert watching.round().new == 0
    assert watching.round().new == 1


def test_what_robots_txt_forbids_is_not_read(tmp_path: Path, site: Site) -> None:
    site.pages["/private/x"] = Page(STORY.format("Sabanga").encode())
    with pytest.raises(FetchError, match="robots") as told:
        polite().fetch(f"{site.url}/private/x")
    assert told.value.code == "robots"
    assert site.paths() == []
    assert polite(robots=False).fetch(f"{site.url}/private/x").status == 200


def test_a_redirect_into_what_is_forbidden_is_not_followed(site: Site) -> None:
    site.pages["/way"] = Page(status=302, headers={"Location": "/private/x"})
    with pytest.raises(FetchError, match="robots"):
        polite().fetch(f"{site.url}/way")
    site.pages["/round"] = Page(status=302, headers={"Location": "/round"})
    with pytest.raises(FetchError, match="redirects"):
        polite().fetch(f"{site.url}/round")


def test_a_passing_fault_is_tried_again_and_a_lasting_one_is_not(site: Site) -> None:
    site.pages["/Tambore"].faults = 2
    assert polite().fetch(f"{site.url}/Tambore").status == 200
    assert site.paths() == ["/Tambore"] * 3
    with pytest.raises(FetchError, match="404"):
        polite().fetch(f"{site.url}/nothing")
    assert site.paths().count("/nothing") == 1


def test_one_site_is_asked_with_a_pause_between(site: Site) -> None:
    site.pages["/robots.txt"] = Page(b"User-agent: *\nCrawl-delay: 7", "text/plain")
    now, waits = [0.0], []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds

    fetch = Polite(allow_private=True, pause=2.0, sleep=sleep, clock=lambda: now[0])
    for _ in range(3):
        fetch(f"{site.url}/Tambore")
    assert waits == [7.0, 7.0]


def test_a_feed_cannot_lead_into_the_users_own_network(tmp_path: Path, site: Site) -> None:
    with pytest.raises(FetchError) as told:
        Polite(pause=0.0).fetch(f"{site.url}/Tambore")
    assert told.value.code == "forbidden"
    assert site.asked == []


def test_watching_stops_between_reports_and_leaves_a_whole_record(tmp_path: Path, site: Site) -> None:
    site.pages["/feed"] = Page(rss(site, "Tambore", "Kelwani", "Dourfe"), "text/xml")
    watching = watch(tmp_path, [f"{site.url}/feed"], [0.0])
    thread = threading.Thread(target=lambda: list(watching.run()))
    thread.start()
    watching.stop()
    thread.join(timeout=30)
    assert not thread.is_alive()
    assert watching.record.verify().whole


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel><title>&b;</title></channel></rss>', "xml-unsafe"),
        (b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel>&x;</channel></rss>', "xml-unsafe"),
        (b'<?xml version="1.0"?><rss>' + b"<!-- x -->" * 600_000 + b"</rss>", "too-large"),
        (b'<?xml version="1.0"?><rss' + b"\x00\xff" * 50, "no-feed"),
    ],
)  # fmt: skip
def test_a_hostile_feed_costs_nothing_and_goes_to_the_quarantine(tmp_path: Path, site: Site, body: bytes, code: str) -> None:
    site.pages["/feed"] = Page(body, "application/xml")
    made = Record(tmp_path / "made.db", work=PLAIN)
    list(made.add([f"{site.url}/feed"], Intake(fetch=polite())))
    assert [s.code for s in made.skipped(what="quarantined")] == [code]


def test_a_feed_is_added_by_its_address_with_the_pages_of_its_entries(tmp_path: Path, site: Site) -> None:
    told = "<p>" + "Gunmen killed two drivers on the road to Kelwani, a union said. " * 5 + "</p>"
    items = f"<item><link>{site.url}/Tambore</link></item><item><link>{site.url}/gone</link><description><![CDATA[{told}]]></description></item>"
    site.pages["/feed"] = Page(f"<rss><channel><title>The Paper</title>{items}</channel></rss>".encode(), "application/rss+xml")
    site.pages["/list"] = Page(f'<opml><body><outline xmlUrl="{site.url}/feed"/></body></opml>'.encode(), "text/x-opml")
    made = Record(tmp_path / "made.db", work=PLAIN)
    list(made.add([f"{site.url}/list"], Intake(fetch=polite())))
    assert made.counts().received == 2
    texts = {r["url"]: made.report(r["report_id"]).text for r in made.reports()}
    assert "five villagers" in texts[f"{site.url}/Tambore"]
    assert texts[f"{site.url}/gone"].startswith("Gunmen killed two drivers")  # its page is gone, the feed has its words


RULES = """
[[alert]]
name = "many dead"
killed = 10
webhook = "{url}/hook"
feed = "alerts.xml"

[[alert]]
name = "Tamboré"
place = "Tamboré"
mail = "desk@paper.example"

[mail]
host = "127.0.0.1"
port = {port}
sender = "record@paper.example"
tls = "none"
"""


class _Mail(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        lines: list[bytes] = []
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                while (text := self.rfile.readline()) != b".\r\n":
                    lines.append(text)
                self.server.letters.append(b"".join(lines))  # type: ignore[attr-defined]
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
            if word == b"QUIT":
                return


@pytest.fixture
def letters() -> Iterator[tuple[int, list[bytes]]]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Mail) as server:
        server.letters = []  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1], server.letters  # type: ignore[attr-defined]
        server.shutdown()


def rules(folder: Path, site: Site, port: int) -> Alerts:
    (folder / "alerts.toml").write_text(RULES.format(url=site.url, port=port), encoding="utf-8")
    return read_alerts(folder / "alerts.toml", allow_private=True)


def test_an_event_is_told_once_by_each_rule_that_holds(tmp_path: Path, site: Site, letters: tuple[int, list[bytes]]) -> None:
    site.pages["/hook"] = Page(b"", "text/plain")
    alerts = rules(tmp_path, site, letters[0])
    made = record(tmp_path, row("a", event(killed=12)), row("b", event("Dourfé", killed=3)))
    assert alerts.send(made) == (2, 0)
    assert [json.loads(body)["event"]["killed_best"] for _, _, body in site.posted] == [12]
    letter = email.message_from_bytes(letters[1][0])
    assert (letter["To"], "12 killed" in letter["Subject"] or "killed" in str(letter.get_payload())) == ("desk@paper.example", True)
    add(made, tmp_path, row("c", event(killed=14), published="2024-05-09"), row("a0", event(killed=12), published="2024-05-06"))
    assert alerts.send(made) == (0, 0)  # more is known of it, under another name: it is no other happening
    add(made, tmp_path, row("d", event("Sabanga", "2024-06-01", 40), published="2024-06-02"))
    assert alerts.send(made) == (1, 0)
    assert len(site.posted) == 2
    entries = ElementTree.parse(tmp_path / "alerts.xml").getroot().findall("{http://www.w3.org/2005/Atom}entry")
    assert len(entries) == 2


def test_an_alert_that_is_not_taken_is_tried_again_and_not_told_twice(tmp_path: Path, site: Site, letters: tuple[int, list[bytes]]) -> None:
    alerts = rules(tmp_path, site, letters[0])
    made = record(tmp_path, row("b", event("Dourfé", killed=30)))
    assert alerts.send(made) == (0, 1)
    site.pages["/hook"] = Page(b"", "text/plain")
    assert alerts.send(made) == (1, 0)
    assert alerts.send(made) == (0, 0)
    assert len({headers["X-Concordant-Alert"] for _, headers, _ in site.posted}) == 1


def test_an_event_that_grows_into_a_rule_is_told_then(tmp_path: Path, site: Site) -> None:
    site.pages["/hook"] = Page(b"", "text/plain")
    alerts = Alerts((Rule("many", Filters(killed=10), webhook=f"{site.url}/hook"),), allow_private=True)
    made = record(tmp_path, row("a", event(killed=4)))
    assert alerts.send(made) == (0, 0)
    made.rule_event(
        next(iter(made.events())).id, "value", why="names", by="amina",
        value={"field": "casualties.killed", "value": {"low": 11, "best": 11, "high": 11}},
    )  # fmt: skip
    assert alerts.send(made) == (1, 0)


def test_a_webhook_in_the_users_own_network_is_refused(tmp_path: Path, site: Site) -> None:
    alerts = Alerts((Rule("all", Filters(), webhook=f"{site.url}/hook"),))
    made = record(tmp_path, row("a", event()))
    assert alerts.send(made) == (0, 1)
    assert site.posted == []


@pytest.mark.parametrize("text", ["", "[[alert]]\nname='x'", "[[alert]]\nname='x'\nfeed='y'\ncolour='red'", "[[alert", "[mail]\nhost='x'"])
def test_rules_that_cannot_be_used_are_refused_with_the_file_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "alerts.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RecordError, match=r"alerts\.toml"):
        read_alerts(tmp_path / "alerts.toml")




@pytest.mark.parametrize("header", ["ETag", "Last-Modified"])
def test_a_page_that_is_added_again_is_sent_only_where_it_has_changed(tmp_path: Path, site: Site, header: str) -> None:
    made, address = Record(tmp_path / "made.db", work=PLAIN), f"{site.url}/Tambore"
    first, second = '"one"', '"two"'
    site.pages["/Tambore"] = Page(STORY.format("Tambore").encode(), headers={header: first})
    added = [list(made.add([address], Intake(fetch=polite()))) for _ in range(2)]
    assert [told for path, told in site.asked if path == "/Tambore"] == ["", first]
    assert [answers[0].new for answers in added] == [True, False]  # type: ignore[union-attr]
    counts = made.counts()
    assert (counts.received, counts.quarantined) == (1, 0)
    site.pages["/Tambore"] = Page(STORY.format("Kelwani").encode(), headers={header: second})
    [changed, *_] = made.add([address], Intake(fetch=polite()))
    assert changed.new  # type: ignore[union-attr]
    assert made.counts().received == 2
    list(made.add([address], Intake(fetch=polite())))
    assert [told for path, told in site.asked if path == "/Tambore"] == ["", first, first, second]
    assert made.counts().received == 2
    assert made.verify().whole
