"""HTML pages: the article's text, its title, author, outlet, date and language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from concordant.reports.boilerplate import clean
from concordant.reports.charset import decode
from concordant.reports.dates import (
    Dated,
    date_beside,
    date_in_text,
    date_in_url,
    first_dated,
    published_values,
    stated_date,
)
from concordant.reports.language import declared_language
from concordant.reports.report import Problem, Refused

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Names under which sites state when a page was published (never when it was changed), the surest first.
_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date.published",
    "article:published", "article.published", "published_time", "publication_date", "publish-date", "publishdate",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued",
    "dc.date.created", "dcterms.created", "dc.date", "dcterms.date", "dc:date", "pubdate", "date",
)  # fmt: skip
# A page with fewer letters of text than this is a menu, a notice or an error, and no report (measured: the shortest
# real report among 63 pages has 370 characters, the longest notice 90).
_SHORTEST = 100
_LD_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]+)", re.IGNORECASE)
# The parser compares every attribute of a tag with all before it: 30,000 of them take 7 s. What a page says is in none.
_HUGE_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)\s[^<>]{20000,}>")
_XML_CHARSET = re.compile(r"^\s*<\?xml[^>]*\?>")
_BY = re.compile(r"^(?:par|by|auteure?|author|propos recueillis par|recueilli par)\s*:?\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says: its article and what is known of its publication."""

    text: str
    title: str | None
    author: str | None
    outlet: str | None
    published: Dated | None
    language: str | None
    url: str | None
    charset: str
    notes: tuple[str, ...]


def read_page(data: bytes, *, url: str | None, charset: str | None, latest: date) -> Page:
    """The article in a page's bytes. `latest` is the day the page was had: no date after it can be its own.

    Raises Refused (code "no-article") for a page without one, and "binary" or "charset" for bytes that are no text.
    """
    decoded = decode(data, charset or _meta_charset(data))
    html = _HUGE_TAG.sub(r"<\1>", _XML_CHARSET.sub("", decoded.text.replace("\x00", "")))
    tree = _parse(html)
    address = url or _canonical(tree)
    found = _extract(html, address, latest)
    language = _language(tree)
    cleaned = clean(found["text"] or "", found["title"])
    if sum(map(str.isalpha, cleaned.text)) < _SHORTEST:
        raise Refused(Problem.NO_ARTICLE, "the page holds no article text")
    notes = (*decoded.notes, *(("the page gives only the beginning: the rest is for subscribers",) * cleaned.paywalled))
    return Page(
        text=cleaned.text, title=_title(found["title"], found["sitename"]), author=_author(found["author"]),
        outlet=_outlet(tree) or found["sitename"] or _host(address),
        published=first_dated(_dates(tree, html, address, day_first=language != "en"), latest),
        language=language, url=address, charset=decoded.charset, notes=notes,
    )  # fmt: skip


def _parse(html: str) -> HtmlElement:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    try:
        return document_fromstring(html, parser=HTMLParser(recover=True, no_network=True, remove_comments=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise Refused(Problem.NO_ARTICLE, "the page holds no HTML") from None


def _extract(html: str, url: str | None, latest: date) -> dict[str, Any]:
    """The article as trafilatura finds it; its own date is left aside, for it does not say where it found it."""
    from trafilatura import bare_extraction

    document = bare_extraction(
        html, url=url, with_metadata=True, include_comments=False, include_tables=True,
        date_extraction_params={"original_date": True, "extensive_search": False, "max_date": latest.isoformat()},
    )  # fmt: skip
    wanted = ("text", "title", "author", "sitename")
    return {name: getattr(document, name, None) or None for name in wanted}


def _meta_charset(data: bytes) -> str | None:
    match = _META_CHARSET.search(data[:8192])
    return match[1].decode("ascii") if match else None


def _canonical(tree: HtmlElement) -> str | None:
    found = tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    return next((str(url).strip() for url in found if str(url).strip().startswith(("http://", "https://"))), None)


def _language(tree: HtmlElement) -> str | None:
    found = tree.xpath("/html/@lang | /html/@xml:lang | //meta[@property='og:locale']/@content")
    return next((code for value in found if (code := declared_language(str(value)))), None)


def _title(title: str | None, outlet: str | None) -> str | None:
    """The title without the outlet's name, which many pages hang on to it."""
    if not title:
        return None
    head, mark, tail = title.rpartition(" | ") if " | " in title else title.rpartition(" - ")
    same = mark and outlet and tail.strip().casefold() == outlet.strip().casefold()
    return " ".join((head if same and head.strip() else title).split())


def _author(author: str | None) -> str | None:
    names = [_BY.sub("", name.strip()) for name in (author or "").split(";")]
    return "; ".join(name for name in names if name) or None


def _host(url: str | None) -> str | None:
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.") if host else None


def _outlet(tree: HtmlElement) -> str | None:
    found = tree.xpath("//meta[@property='og:site_name']/@content")
    return next((" ".join(str(name).split()) for name in found if str(name).strip()), None)


def _dates(tree: HtmlElement, html: str, url: str | None, *, day_first: bool) -> Iterator[tuple[str, date | None]]:
    """Where a page says when it was published, the surest place first."""
    for value in _json_ld(tree):
        yield "json-ld", stated_date(value, day_first=day_first)
    for value in _metas(tree):
        yield "meta", stated_date(value, day_first=day_first)
    for value in tree.xpath("//time[@pubdate or @itemprop='datePublished' or contains(@class, 'publi')]/@datetime"):
        yield "time", stated_date(str(value), day_first=day_first)
    for value in tree.xpath("//*[@itemprop='datePublished']/@content"):
        yield "meta", stated_date(str(value), day_first=day_first)
    if url:
        yield "url", date_in_url(url)
    lines = _visible(tree)
    headings = {" ".join(heading.text_content().split()) for heading in tree.iter("h1")}
    yield "text", date_beside(lines, headings, day_first=day_first)
    yield "text", date_in_text("\n".join(lines), day_first=day_first)


def _json_ld(tree: HtmlElement) -> list[str]:
    values: list[tuple[bool, str]] = []
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            values += published_values(json.loads(str(script), strict=False))
        except (ValueError, RecursionError):
            values += [(True, value) for value in _LD_DATE.findall(str(script))]
    return [value for _, value in sorted(values, key=lambda pair: not pair[0])]


def _metas(tree: HtmlElement) -> list[str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if content := (meta.get("content") or "").strip():
            found.setdefault(name.lower(), content)
    return [found[name] for name in _META if name in found]


def _visible(tree: HtmlElement) -> list[str]:
    parts = tree.xpath("//body//text()[not(ancestor::script or ancestor::style or ancestor::noscript)]")
    return [line for part in parts if (line := " ".join(str(part).split()))]
