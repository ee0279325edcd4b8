"""Subscriptions: the feeds that a record is kept up to date with, in its log, and what `watch` asks where none is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from loopback import Page, Site, serving
from made_reports import HERE
from typer.testing import CliRunner

from concordant.cli.app import app
from concordant.fetching.polite import Polite
from concordant.record import Record, RecordError, UnknownError
from concordant.record.subscriptions import state_of
from concordant.record.watching import Watch


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Record]:
    record = Record(tmp_path / "made.db", work=HERE)
    yield record
    record.close()


def rss(site: Site, *names: str) -> Page:
    items = "".join(f"<item><title>{name}</title><link>{site.url}/{name}</link></item>" for name in names)
    return Page(f"<rss><channel><title>The Paper</title>{items}</channel></rss>".encode(), "application/rss+xml")


def watch(made: Record, clock: list[float], feeds: list[str] | None = None, **more: Any) -> Watch:
    fetch = Polite(allow_private=True, pause=0.0, sleep=lambda _: None)
    return Watch(made, feeds, fetch, every=100.0, clock=lambda: clock[0], **more)


def test_a_subscription_is_an_entry_of_the_log_and_can_be_had_as_of_then(made: Record) -> None:
    before = made.moment()
    assert made.subscribe(" https://paper.example/feed#top ", by="amina") == "https://paper.example/feed"
    then = made.moment()
    made.subscribe("https://paper.example/feed", by="bo")
    assert made.moment() == then, "it was subscribed to already"
    assert [(s.address, s.by, s.taken, s.seen) for s in made.subscriptions()] == [("https://paper.example/feed", "amina", 0, None)]
    made.unsubscribe("https://paper.example/feed", by="bo")
    assert made.subscriptions() == []
    assert [made.subscriptions(as_of=seq) != [] for seq in (before, then, made.moment())] == [False, True, False]
    rows = made.database.rows("SELECT action, object, actor FROM entry ORDER BY seq")
    assert rows == [("subscribed", "https://paper.example/feed", "amina"), ("unsubscribed", "https://paper.example/feed", "bo")]
    assert made.verify().whole


@pytest.mark.parametrize("address", ["", "paper", "ftp://paper.example/feed", "https://", "https://me:secret@paper.example/", "https://a b.example/", "https://x.example/" + "y" * 2000])
def test_what_cannot_be_asked_is_not_subscribed_to(made: Record, address: str) -> None:
    with pytest.raises(RecordError) as told:
        made.subscribe(address)
    assert told.value.code == "E_ADDRESS"
    assert made.subscriptions() == []


def test_who_subscribes_to_nothing_of_the_kind_cannot_end_it(made: Record) -> None:
    with pytest.raises(UnknownError):
        made.unsubscribe("https://paper.example/feed")


def test_without_names_the_feeds_subscribed_to_are_watched_and_those_added_meanwhile_too(made: Record, site: Site) -> None:
    site.pages["/one"], site.pages["/two"] = rss(site, "a", "b"), rss(site, "c")
    made.subscribe(f"{site.url}/one")
    clock = [10.0]
    watching = watch(made, clock)
    assert watching.round().asked == 1
    made.subscribe(f"{site.url}/two")
    assert watching.round().asked == 1
    told = {s.address.rpartition("/")[2]: s for s in made.subscriptions()}
    assert (told["one"].title, told["one"].entries, told["one"].seen, told["one"].next) == ("The Paper", 2, 10.0, 110.0)
    made.unsubscribe(f"{site.url}/one")
    clock[0] = 500.0
    assert watching.round().asked == 1
    assert site.paths().count("/one") == 1


def test_what_fails_says_so_until_it_answers_again(made: Record, site: Site) -> None:
    made.subscribe(f"{site.url}/feed")
    clock = [0.0]
    watching = watch(made, clock)
    for clock[0] in (1.0, 5000.0):
        watching.round()
    told = made.subscriptions()[0]
    assert (told.failures, told.code, "404" in str(told.why), told.asked, told.seen) == (2, "http", True, 5000.0, None)
    site.pages["/feed"] = Page(b"<html><body>no feed</body></html>")
    watching.collect(at_once=True)
    assert (made.subscriptions()[0].failures, made.subscriptions()[0].code) == (3, "no-feed")
    site.pages["/feed"] = rss(site)
    watching.collect(at_once=True)
    told = made.subscriptions()[0]
    assert (told.failures, told.code, told.why, told.seen, told.entries) == (0, None, None, 5000.0, 0)


def test_a_subscription_made_or_ended_while_the_feed_is_asked_is_not_overwritten(made: Record, site: Site) -> None:
    site.pages["/feed"] = rss(site)
    url = f"{site.url}/feed"
    made.subscribe(url)

    class Meanwhile(Polite):
        def fetch(self, url: str, **told: Any) -> Any:
            made.unsubscribe(url)
            return super().fetch(url, **told)

    Watch(made, None, Meanwhile(allow_private=True, pause=0.0)).collect()
    assert made.subscriptions() == []
    assert state_of(made.database, url)["entries"] == 0


def test_the_feeds_of_a_list_are_watched_as_long_as_the_list_is(made: Record, site: Site) -> None:
    site.pages["/list"] = Page(f'<opml><body><outline xmlUrl="{site.url}/feed"/></body></opml>'.encode(), "text/x-opml")
    site.pages["/feed"] = rss(site)
    made.subscribe(f"{site.url}/list")
    watching = watch(made, [0.0])
    watching.round()
    assert watching.feeds == [f"{site.url}/list", f"{site.url}/feed"]
    assert made.subscriptions()[0].feeds == 1
    made.unsubscribe(f"{site.url}/list")
    assert watching.feeds == []


def test_what_came_by_a_feed_is_counted(made: Record, site: Site) -> None:
    site.pages["/feed"] = rss(site, "a")
    site.pages["/a"] = Page(b"<html><body><p>Five people were killed in the raid on the market.</p></body></html>")
    made.subscribe(f"{site.url}/feed")
    watching = watch(made, [0.0])
    assert watching.collect(at_once=True).new == 1
    site.pages["/feed"] = rss(site, "a", "b")
    site.pages["/b"] = Page(b"<html><body><p>Two people were wounded on the road to the market.</p></body></html>")
    assert watching.collect(at_once=True).new == 1
    assert (made.subscriptions()[0].taken, made.subscriptions()[0].entries) == (2, 2)


def test_feeds_are_kept_and_watched_on_the_command_line(tmp_path: Path, site: Site) -> None:
    record, run = ["--record", str(tmp_path / "r.db")], CliRunner()
    nothing = run.invoke(app, [*record, "watch", "--rounds", "1"])
    assert nothing.exit_code == 2
    assert "concordant feeds add" in nothing.output
    (tmp_path / "list.txt").write_text(f"{site.url}/two\n", encoding="utf-8")
    made = run.invoke(app, [*record, "feeds", "add", f"{site.url}/one", str(tmp_path / "list.txt")])
    assert made.output == f"subscribed: {site.url}/one\nsubscribed: {site.url}/two\n"
    site.pages["/one"] = rss(site)
    done = run.invoke(app, [*record, "watch", "--rounds", "1", "--pause", "0", "--allow-private-network"])
    assert done.exit_code == 0, done.output
    assert "2 feeds asked, 0 unchanged, 1 failed" in done.output
    listed = run.invoke(app, [*record, "feeds", "list"]).output.splitlines()
    assert f"{site.url}/one\tThe Paper\tanswered " in listed[0]
    assert "failed 1 times: HTTP 404" in listed[1]
    assert run.invoke(app, [*record, "feeds", "remove", f"{site.url}/one"]).exit_code == 0
    assert run.invoke(app, [*record, "feeds", "remove", f"{site.url}/one"]).exit_code == 2
    assert len(run.invoke(app, [*record, "feeds", "list"]).output.splitlines()) == 1
