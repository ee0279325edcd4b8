"""From addresses to the bytes of pages: a page of its own, or the pages of a feed's entries."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from concordant.archive.local import map_reports
from concordant.record.forms import RawItem
from concordant.reports.documents import sniff
from concordant.reports.feeds import Entry, Feed, is_feed, read_feed
from concordant.reports.fetched import Fetch, Fetched, FetchError
from concordant.reports.intake import TYPES
from concordant.reports.report import Problem, Refused

HEAD = 4096
_FEED_S = 20.0
_TEXT = 200  # characters of an entry's own words from which they can be read in place of its page


@dataclass(frozen=True, slots=True)
class Intake:
    """What the caller says of the sources, and who fetches addresses."""

    published: str | None = None
    language: str | None = None
    outlet: str | None = None
    fetch: Fetch | None = None

    def given(self, **more: str | None) -> dict[str, str]:
        """What is said of one item, with what is known of it besides."""
        told = {"published": self.published, "language": self.language, "outlet": self.outlet, **more}
        return {name: value for name, value in told.items() if value}


def from_address(url: str, intake: Intake, *, listed: bool = False) -> Iterator[RawItem]:
    """What is at an address: a page; of a feed, the pages of its entries; of a list of feeds, those of them all."""
    try:
        got = _got(url, intake)
    except FetchError as error:
        yield not_fetched(url, error)
        return
    if not is_feed(got.body[:HEAD]):
        yield page_item(url, got, intake)
        return
    feed = next(iter(read_feeds([(got.body, got.url)])))
    if isinstance(feed, Refused):
        yield RawItem("text", None, url, problem=(str(feed.code), feed.reason))
        return
    if not feed.entries and (listed or not feed.feeds):
        yield RawItem("text", None, url, problem=(str(Problem.NO_FEED), "the feed has no entries"))
    for entry in feed.entries:
        yield entry_item(entry, feed, intake)
    for other in () if listed else feed.feeds:
        yield from from_address(other, intake, listed=True)


def _got(url: str, intake: Intake) -> Fetched:
    if intake.fetch is None:
        raise FetchError(url, "addresses are read only with a fetcher")
    return intake.fetch(url)


def not_fetched(url: str, error: FetchError) -> RawItem:
    """What stands for a page that could not be got."""
    code = str(Problem.NOT_FETCHED) if error.code == "failed" else f"fetch-{error.code}"
    return RawItem("text", None, url, problem=(code, f"not fetched: {error.reason}"))


def read_feeds(bodies: Iterable[tuple[bytes, str]]) -> Iterator[Feed | Refused]:
    """Feeds, read where it can be killed: a hostile one costs some seconds and no more."""
    for result in map_reports(_read_feed, bodies, 1, time_limit=_FEED_S, apart=True):
        if isinstance(result.value, Feed):
            yield result.value
        elif result.value is not None:
            yield Refused(*result.value)
        else:
            yield Refused(Problem.NO_FEED, result.failure.reason if result.failure else "nothing came of reading it")


def _read_feed(item: tuple[bytes, str]) -> Feed | tuple[str, str]:
    try:
        return read_feed(*item)
    except Refused as refused:
        return str(refused.code), refused.reason


def entry_item(entry: Entry, feed: Feed, intake: Intake) -> RawItem:
    """The page of a feed's entry; where it cannot be got, what the feed itself says, if that is a text at all."""
    told = {"published": entry.published, "title": entry.title, "outlet": intake.outlet or feed.title}
    known = {name: value for name, value in told.items() if value}
    try:
        got = _got(entry.url, intake)
    except FetchError as error:
        words = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", entry.content)).split())
        if error.code == "forbidden" or len(words) < _TEXT:
            return not_fetched(entry.url, error)
        row = as_row({"text": words, "url": entry.url, **known})
        return RawItem("row", row, entry.url, None, intake.given(), {"from": "feed", "page": error.reason})
    item = page_item(entry.url, got, intake)
    return replace(item, given={**known, **item.given})


def page_item(url: str, got: Fetched, intake: Intake) -> RawItem:
    """The item of a page that was fetched."""
    kind = sniff(got.body[:HEAD], TYPES.get(got.content_type.split(";")[0].strip().lower(), ""))
    told = {"url": url, "final_url": got.url, "content_type": got.content_type, "charset": got.charset, **got.headers}
    given = intake.given(url=got.url, charset=got.charset)
    return RawItem(kind if kind in ("html", "pdf") else "text", got.body, url, given=given, fetched=told)


def as_row(fields: Mapping[str, object]) -> bytes:
    """A row as the JSON object that is kept of it."""
    return json.dumps(dict(fields), ensure_ascii=False).encode("utf-8", "surrogatepass")
