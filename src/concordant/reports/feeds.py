"""Feeds: the entries of RSS and Atom, the addresses of an OPML list; read so that a hostile one costs nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from lxml import etree

from concordant.reports.report import Problem, Refused

MAX_BYTES = 5 * 2**20
MAX_ENTRIES = 2000
_FIELD = 200_000  # characters of one field that are looked at
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_DC_DATE = "{http://purl.org/dc/elements/1.1/}date"
# Entities can unfold to gigabytes and fetch what they like; no feed that is worth reading declares any.
_ENTITY = re.compile(rb"<!ENTITY", re.I)
_PROLOG = re.compile(rb"\s*<(?:\?xml|!DOCTYPE|!--|rss|feed|rdf:RDF|opml)\b", re.I)
_FIRST = re.compile(rb"<(rss|feed|rdf:RDF|opml|html)\b", re.I)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed: the address of its page, and what the feed itself says of it (`content` is HTML or text)."""

    url: str
    title: str | None
    published: str | None
    content: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it was sent: its title, its entries (or, of a list, the addresses of its feeds), and what was odd."""

    title: str | None
    entries: tuple[Entry, ...]
    feeds: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def is_feed(head: bytes) -> bool:
    """Whether bytes that begin so are a feed or a list of feeds."""
    bare = head.removeprefix(b"\xef\xbb\xbf")
    first = _FIRST.search(bare) if _PROLOG.match(bare) else None
    return first is not None and first.group(1).lower() != b"html"


def read_feed(data: bytes, url: str = "") -> Feed:
    """The feed in some bytes. Raises Refused for what is none, too large, or declares entities."""
    if len(data) > MAX_BYTES:
        raise Refused(Problem.TOO_LARGE, f"the feed is over {MAX_BYTES // 2**20} MB")
    if _ENTITY.search(data):
        raise Refused(Problem.XML_UNSAFE, "the feed declares entities of its own, which are never unfolded")
    root = _parsed(data)
    kind = etree.QName(root).localname.lower()
    if kind == "opml":
        return Feed(_text(root, "head/title"), (), tuple(dict.fromkeys(_outlines(root))))
    if kind not in ("rss", "feed", "rdf"):
        raise Refused(Problem.NO_FEED, f"no feed: its first element is {kind[:40]}")
    found = list(_entries(root, url))
    notes = (f"only the first {MAX_ENTRIES} entries were read",) if len(found) > MAX_ENTRIES else ()
    return Feed(_title(root), tuple(found[:MAX_ENTRIES]), (), notes)


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused(Problem.NO_FEED, f"no feed: {str(error)[:100]}") from None
    if root is None:
        raise Refused(Problem.NO_FEED, "no feed: nothing in it can be read")
    return root


def _outlines(root: etree._Element) -> Iterator[str]:
    for outline in root.iter("outline"):
        address = outline.get("xmlUrl") or outline.get("xmlurl")
        if address and address.startswith(("http://", "https://")):
            yield address


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


def _title(root: etree._Element) -> str | None:
    for element in root.iter():
        if _local(element) == "title":
            return _clean("".join(element.itertext()))
    return None


def _entries(root: etree._Element, url: str) -> Iterator[Entry]:
    for element in root.iter():
        if _local(element) in ("item", "entry"):
            entry = _entry(element, url)
            if entry is not None:
                yield entry


def _entry(element: etree._Element, url: str) -> Entry | None:
    fields = {_local(child): child for child in reversed(list(element)) if _local(child)}
    address = _address(element, fields, url)
    if address is None:
        return None
    content = element.find(_CONTENT)
    told = content if content is not None else next((fields[n] for n in ("content", "description", "summary") if n in fields), None)
    dated = next((fields[n] for n in ("pubdate", "published", "date", "updated") if n in fields), element.find(_DC_DATE))
    title = fields.get("title")
    return Entry(
        address, _clean("".join(title.itertext())) if title is not None else None,
        _day("".join(dated.itertext())) if dated is not None else None,
        "".join(told.itertext())[:_FIELD] if told is not None else "",
    )  # fmt: skip


def _address(element: etree._Element, fields: dict[str, etree._Element], url: str) -> str | None:
    links = [child for child in element if _local(child) == "link"]
    found = [c.get("href") or "".join(c.itertext()) for c in links if c.get("rel") in (None, "alternate")]
    guid = fields.get("guid")
    if guid is not None and guid.get("isPermaLink", "true").lower() != "false":
        found.append("".join(guid.itertext()))
    for link in found:
        address = urljoin(url, link.strip()) if link and link.strip() else ""
        if address.startswith(("http://", "https://")):
            return address
    return None


def _day(told: str) -> str | None:
    """The day that a feed gives, in the time zone in which it gives it; None for what is no date."""
    text = told.strip()[:64]
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00")).date().isoformat()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text).replace(tzinfo=UTC).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _clean(text: str) -> str | None:
    return " ".join(text[:1000].split()) or None


def _text(root: etree._Element, path: str) -> str | None:
    found = root.findtext(path)
    return _clean(found) if found else None
