"""Web archives: the pages in a WARC file (.warc, .warc.gz), one after another, none larger than was agreed."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from concordant.reports.intake import peekable
from concordant.reports.report import Problem, Refused

MAX_PAGE = 50 * 2**20
# What an archive may expand to beyond what was read of it: text packs to a tenth, a bomb to a thousandth.
_RATIO, _FREE = 200, 64 * 2**20
_LINE, _HEADERS = 64 * 1024, 200
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Page:
    """The answer that an archive holds for an address."""

    url: str
    captured: str
    status: int
    content_type: str
    charset: str | None
    body: bytes


def responses(stream: BinaryIO) -> Iterator[Page | Refused]:
    """The pages of an archive, those that cannot be had as Refused in their place. What is no page is passed over.

    Raises Refused where the archive as a whole cannot be read any further.
    """
    counted = _Counted(stream)
    head = counted.peek(2)
    source = gzip.GzipFile(fileobj=counted) if head == b"\x1f\x8b" else counted
    reader = _Reader(source, counted)
    while (headers := reader.headers()) is not None:
        page = _page(headers, reader)
        if page is not None:
            yield page


class _Counted(io.RawIOBase):
    """A stream that knows how much has been read of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = peekable(stream)
        self.count = 0

    def peek(self, size: int) -> bytes:
        return bytes(self._stream.peek(size)[:size])

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.count += len(data)
        return data

    def readline(self, size: int | None = -1) -> bytes:
        data = self._stream.readline(size or -1)
        self.count += len(data)
        return data


class _Reader:
    """The archive's content, unpacked, with an eye on how far it unpacks."""

    def __init__(self, source: gzip.GzipFile | _Counted, counted: _Counted) -> None:
        self._source, self._counted, self._given = source, counted, 0

    def _noted(self, data: bytes) -> bytes:
        self._given += len(data)
        if self._given > _FREE + _RATIO * self._counted.count:
            raise Refused(Problem.TOO_LARGE, f"the archive unpacks to more than {_RATIO} times its size")
        return data

    def line(self) -> bytes:
        return self._noted(self._source.readline(_LINE))

    def headers(self) -> dict[str, str] | None:
        """The header of the next record, None at the end."""
        first = self.line()
        while first in (b"\r\n", b"\n"):
            first = self.line()
        if not first:
            return None
        if not first.startswith(b"WARC/"):
            raise Refused(Problem.IO_ERROR, "no WARC record where one should begin: the archive is damaged from here")
        return _fields(self.line)

    def skip(self, size: int) -> None:
        while size > 0 and (data := self._noted(self._source.read(min(size, _CHUNK)))):
            size -= len(data)
        if size > 0:
            raise Refused(Problem.IO_ERROR, "the archive is cut short")

    def take(self, size: int) -> bytes:
        parts = []
        while size > 0 and (data := self._noted(self._source.read(min(size, _CHUNK)))):
            parts.append(data)
            size -= len(data)
        if size > 0:
            raise Refused(Problem.IO_ERROR, "the archive is cut short")
        return b"".join(parts)


def _fields(line: Callable[[], bytes]) -> dict[str, str]:
    """The fields of a header, up to the empty line; names in lower case."""
    found: dict[str, str] = {}
    for _ in range(_HEADERS):
        text = line().decode("utf-8", "replace").rstrip("\r\n")
        if not text:
            break
        name, _, value = text.partition(":")
        found[name.strip().lower()] = value.strip()
    return found


def _page(headers: Mapping[str, str], reader: _Reader) -> Page | Refused | None:
    length = headers.get("content-length", "")
    if not length.isdigit():
        raise Refused(Problem.IO_ERROR, "a WARC record does not say how long it is: the archive is damaged from here")
    size, kind = int(length), headers.get("warc-type")
    url = headers.get("warc-target-uri", "").strip("<>")
    if kind not in ("response", "resource") or not url.startswith(("http://", "https://")):
        reader.skip(size)
        return None
    if size > MAX_PAGE:
        reader.skip(size)
        return Refused(Problem.TOO_LARGE, f"{url}: over {MAX_PAGE // 2**20} MB")
    data = reader.take(size)
    captured = headers.get("warc-date", "")
    if kind == "resource":
        return Page(url, captured, 200, *_content_type(headers.get("content-type", "")), data)
    try:
        return _answer(url, captured, data)
    except (zlib.error, ValueError) as error:
        return Refused(Problem.IO_ERROR, f"{url}: the answer cannot be unpacked: {error}")


def _answer(url: str, captured: str, data: bytes) -> Page | Refused | None:
    stream = io.BytesIO(data)
    status = stream.readline(_LINE).split(b" ")
    code = int(status[1]) if len(status) > 1 and status[1].isdigit() else 0
    if not 200 <= code < 300:
        return None
    fields = _fields(lambda: stream.readline(_LINE))
    body = stream.read()
    if "chunked" in fields.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    for coding in reversed([c.strip() for c in fields.get("content-encoding", "").lower().split(",") if c.strip()]):
        if coding not in ("gzip", "x-gzip", "deflate", "identity"):
            return Refused(Problem.IO_ERROR, f"{url}: unknown compression {coding[:40]}")
        unpacked = body if coding == "identity" else _inflated(body)
        if unpacked is None:
            return Refused(Problem.TOO_LARGE, f"{url}: unpacks to over {MAX_PAGE // 2**20} MB")
        body = unpacked
    return Page(url, captured, code, *_content_type(fields.get("content-type", "")), body)


def _content_type(told: str) -> tuple[str, str | None]:
    kind, _, rest = told.partition(";")
    charset = rest.partition("charset=")[2].strip().strip("\"'") or None
    return kind.strip().lower(), charset


def _unchunked(body: bytes) -> bytes:
    """The body without the marks of its chunks; as it is where it has none (many archives take them out)."""
    parts: list[bytes] = []
    at = 0
    while at < len(body):
        end = body.find(b"\r\n", at)
        size = body[at:end].split(b";")[0].strip() if end >= 0 else b""
        try:
            length = int(size, 16)
        except ValueError:
            return body if not parts else b"".join(parts)
        if length == 0:
            break
        parts.append(body[end + 2 : end + 2 + length])
        at = end + 2 + length + 2
    return b"".join(parts)


def _inflated(body: bytes) -> bytes | None:
    """The body unpacked, None where it goes beyond the limit."""
    unpack = zlib.decompressobj(wbits=47)
    data = unpack.decompress(body, MAX_PAGE + 1)
    return None if len(data) > MAX_PAGE else data
