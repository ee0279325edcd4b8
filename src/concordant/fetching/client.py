"""One request after another: connect, ask, follow, and read no more than was agreed."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import urljoin

from concordant.fetching.addresses import Target, resolve, target
from concordant.reports.fetched import Fetch, Fetched, FetchError

_REDIRECTS = (301, 302, 303, 307, 308)
_CHUNK = 64 * 1024
_ACCEPT = "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.8,*/*;q=0.1"
# What intake has a reader for; a page is often sent with no type at all.
_READABLE = (
    "text/html", "application/xhtml+xml", "application/pdf", "text/plain", "text/csv", "application/json",
    "application/x-ndjson", "application/jsonl", "application/octet-stream", "",
)  # fmt: skip
_FEEDS = (
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml", "text/x-opml",
    "application/x-opml+xml",
)  # fmt: skip
_TOLD = ("etag", "last-modified", "retry-after")
Check = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a fetch may go: bytes (as sent, and unpacked), redirects, seconds for a step and for the whole."""

    max_bytes: int = 50 * 2**20
    redirects: int = 5
    timeout: float = 15.0
    total: float = 60.0


def fetcher(*, allow_private: bool = False, limits: Limits | None = None, user_agent: str | None = None) -> Fetch:
    """A function that fetches an address, for `concordant.reports.iter_reports`."""
    return lambda url: fetch(url, allow_private=allow_private, limits=limits, user_agent=user_agent)


def fetch(
    url: str, *, allow_private: bool = False, limits: Limits | None = None, user_agent: str | None = None,
    headers: Mapping[str, str] | None = None, check: Check | None = None,
) -> Fetched:  # fmt: skip
    """The answer at an http(s) address, after redirects. Raises FetchError with the reason in one line.

    Hosts in private networks are refused at every step unless `allow_private`; so is all that goes beyond `limits`,
    and every type of content that no report is made of. `headers` (If-None-Match …) go with the first request, so that
    the answer may be a 304; `check` sees each address before it is asked, and may raise FetchError.
    """
    bounds = limits or Limits()
    deadline = time.monotonic() + bounds.total
    goal = target(url)
    asked = {"User-Agent": user_agent or user_agent_name(), **(headers or {})}
    for _ in range(bounds.redirects + 1):
        if check is not None:
            check(goal.url)
        answer = _ask(goal, allow_private, bounds, deadline, asked)
        if isinstance(answer, Fetched):
            return answer
        goal = target(urljoin(goal.url, answer.strip().replace(" ", "%20")))
    raise FetchError(url, f"more than {bounds.redirects} redirects", code="redirects")


def _ask(
    goal: Target, allow_private: bool, limits: Limits, deadline: float, told: Mapping[str, str]
) -> Fetched | str:
    """The answer of one request, or the address it sends us to."""
    connection = connect(goal, allow_private, limits)
    try:
        with hurried(connection, deadline):
            headers = {"Host": goal.netloc, "Accept": _ACCEPT, "Accept-Encoding": "gzip", **told}
            connection.request("GET", goal.path, headers=headers)
            response = connection.getresponse()
            if response.status in _REDIRECTS and (location := response.getheader("Location")):
                return _as_utf8(location)
            answer = _answer(goal, response, limits)
        # An answer of no stated length ends where the line does, also where we hung up.
        if time.monotonic() >= deadline:
            raise TimeoutError
        return answer
    except (OSError, http.client.HTTPException, zlib.error, FetchError) as error:
        if time.monotonic() >= deadline:
            raise FetchError(goal.url, f"not all there after {limits.total:g} s", code="timeout") from None
        raise _failed(goal, error, limits) from None
    finally:
        connection.close()


@contextmanager
def hurried(connection: http.client.HTTPConnection, deadline: float) -> Iterator[None]:
    """Hang up at the deadline: a server that sends a byte now and then keeps every single wait short."""
    line: socket.socket = connection.sock
    timer = threading.Timer(max(0.0, deadline - time.monotonic()), _hang_up, (line,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):
        socket.socket.shutdown(line, socket.SHUT_RDWR)


def _failed(goal: Target, error: Exception, limits: Limits) -> FetchError:
    if isinstance(error, FetchError):
        return error
    if isinstance(error, TimeoutError):
        return FetchError(goal.url, f"no answer within {limits.timeout:g} s", code="timeout")
    if isinstance(error, zlib.error):
        return FetchError(goal.url, "the answer's compression is broken")
    return FetchError(goal.url, f"the connection failed: {_said(error)}")


def connect(goal: Target, allow_private: bool, limits: Limits) -> http.client.HTTPConnection:
    """A connection to one of the addresses that were looked at, and to no other."""
    error: OSError | None = None
    for family, address in resolve(goal, allow_private=allow_private):
        try:
            plain = _connected(family, address, goal.port, limits.timeout)
            connection = http.client.HTTPConnection(goal.host, goal.port, timeout=limits.timeout)
            connection.sock = _secured(plain, goal, limits) if goal.scheme == "https" else plain
            return connection
        except TimeoutError:
            error = OSError(f"no answer within {limits.timeout:g} s")
        except OSError as failed:
            error = failed
    raise FetchError(goal.url, f"no connection: {_said(error) if error else 'no address'}")


def _connected(family: socket.AddressFamily, address: str, port: int, timeout: float) -> socket.socket:
    plain = socket.socket(family, socket.SOCK_STREAM)
    try:
        plain.settimeout(timeout)
        plain.connect((address, port))
    except OSError:
        plain.close()
        raise
    return plain


def _secured(plain: socket.socket, goal: Target, limits: Limits) -> ssl.SSLSocket:
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=goal.host)
    except (OSError, ValueError):
        plain.close()
        raise


def _answer(goal: Target, response: http.client.HTTPResponse, limits: Limits) -> Fetched:
    headers = {name: value for name in _TOLD if (value := response.getheader(name))}
    if response.status == 304:
        return Fetched(goal.url, b"", status=304, headers=headers)
    if response.status != 200:
        reason = f"HTTP {response.status} {response.reason}".strip()
        raise FetchError(goal.url, reason, code="http", status=response.status, wait=_wait(headers.get("retry-after")))
    kind = response.headers.get_content_type() if response.getheader("Content-Type") else ""
    if kind not in _READABLE and kind not in _FEEDS:
        raise FetchError(goal.url, f"no report is made of {kind}")
    body = b"".join(_unpacked(_body(goal, response, limits), goal, response, limits))
    return Fetched(goal.url, body, kind, response.headers.get_content_charset(), headers=headers)


def _wait(told: str | None) -> float | None:
    """The seconds that a server asks us to wait, None where it gives none (or a date, which few do)."""
    return float(told) if told is not None and told.strip().isdigit() else None


def _body(goal: Target, response: http.client.HTTPResponse, limits: Limits) -> Iterator[bytes]:
    """The body as it comes, no further than the limit."""
    size = 0
    while chunk := response.read1(_CHUNK):
        size += len(chunk)
        _within(goal, size, limits)
        yield chunk
    if response.length:
        raise FetchError(goal.url, "the answer was cut short")


def _unpacked(
    chunks: Iterator[bytes], goal: Target, response: http.client.HTTPResponse, limits: Limits
) -> Iterator[bytes]:
    """The body without its compression, a bounded piece at a time: a small answer can unpack to gigabytes."""
    coding = (response.getheader("Content-Encoding") or "identity").strip().lower()
    if coding in ("identity", ""):
        yield from chunks
        return
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise FetchError(goal.url, f"unknown compression {coding[:40]}")
    unpack = zlib.decompressobj(wbits=47)
    size = 0
    for chunk in chunks:
        packed = chunk
        while packed:
            piece = unpack.decompress(packed, _CHUNK)
            size += len(piece)
            _within(goal, size, limits)
            yield piece
            packed = unpack.unconsumed_tail
    if not unpack.eof:
        raise FetchError(goal.url, "the answer was cut short")


def _within(goal: Target, size: int, limits: Limits) -> None:
    if size > limits.max_bytes:
        raise FetchError(goal.url, f"over {limits.max_bytes / 2**20:g} MB", code="size")


def _as_utf8(location: str) -> str:
    """A redirect's address: http.client reads headers as Latin-1, many servers write UTF-8."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location


def _said(error: BaseException) -> str:
    words = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(words).split())[:120]


def user_agent_name() -> str:
    """The name that we give ourselves."""
    try:
        return f"concordant/{version('concordant')} (reads single news pages for research)"
    except PackageNotFoundError:
        return "concordant (reads single news pages for research)"
