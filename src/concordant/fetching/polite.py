"""Fetching as a good guest: what robots.txt allows, one request at a time to a host with a pause, and again after a fault."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from concordant.fetching.client import Limits, fetch, user_agent_name
from concordant.reports.fetched import Fetched, FetchError

_AGAIN = (429, 500, 502, 503, 504)
_ROBOTS_S = 24 * 3600.0
_ROBOTS_LIMITS = Limits(max_bytes=512 * 1024, timeout=10.0, total=20.0)
_LONGEST_WAIT = 60.0


@dataclass(slots=True)
class _Host:
    """What we know of a host: when it may be asked next, and what it allows."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    free: float = 0.0
    robots: RobotFileParser | None = None
    robots_until: float = 0.0


class Polite:
    """A fetcher for `concordant add` and `watch`; it may be used from several threads.

    Between two requests to a host lie `pause` seconds, or what its robots.txt asks for. A fault of the server or of the
    line is tried again `retries` times, after a wait that doubles (or the one that the server asks for).
    """

    def __init__(
        self, *, allow_private: bool = False, pause: float = 1.0, retries: int = 2, limits: Limits | None = None,
        robots: bool = True, sleep: Callable[[float], None] = time.sleep, clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._allow_private, self._pause, self._retries, self._limits = allow_private, pause, retries, limits
        self._heed, self._sleep, self._clock = robots, sleep, clock
        self._hosts: dict[str, _Host] = {}
        self._guard = threading.Lock()

    def __call__(self, url: str) -> Fetched:
        """What is at an address. Raises FetchError."""
        return self.fetch(url)

    def fetch(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """What is at an address; status 304 where it is what `etag` or `modified` stand for. Raises FetchError."""
        headers = {"If-None-Match": etag, "If-Modified-Since": modified}
        asked = {name: value for name, value in headers.items() if value}
        for number in range(self._retries + 1):
            try:
                return fetch(url, allow_private=self._allow_private, limits=self._limits, headers=asked, check=self._before)
            except FetchError as error:
                if number == self._retries or not _passing(error):
                    raise
                self._sleep(min(_LONGEST_WAIT, error.wait if error.wait is not None else self._pause * 2.0**number))
        raise AssertionError("unreachable")

    def _before(self, url: str) -> None:
        """Wait for a host's turn, and refuse what it does not want to have read."""
        host = self._host(url)
        with host.lock:
            pause = self._pause
            if self._heed:
                robots = self._robots(host, url)
                if not robots.can_fetch(user_agent_name(), url):
                    raise FetchError(url, "the site's robots.txt asks not to read it", code="robots")
                pause = max(pause, min(_LONGEST_WAIT, float(robots.crawl_delay(user_agent_name()) or 0.0)))
            self._take_turn(host, pause)

    def _take_turn(self, host: _Host, pause: float) -> None:
        now = self._clock()
        if host.free > now:
            self._sleep(host.free - now)
        host.free = max(now, host.free) + pause

    def _host(self, url: str) -> _Host:
        with self._guard:
            return self._hosts.setdefault(urlsplit(url).netloc.lower(), _Host())

    def _robots(self, host: _Host, url: str) -> RobotFileParser:
        if host.robots is None or self._clock() >= host.robots_until:
            host.robots = self._read_robots(url)
            host.robots_until = self._clock() + _ROBOTS_S
        return host.robots

    def _read_robots(self, url: str) -> RobotFileParser:
        """What a host allows: all where it has no robots.txt, nothing where the server cannot say."""
        parts = urlsplit(url)
        address = f"{parts.scheme}://{parts.netloc}/robots.txt"
        rules = RobotFileParser(address)
        try:
            got = fetch(address, allow_private=self._allow_private, limits=_ROBOTS_LIMITS)
            rules.parse(got.body.decode("utf-8", "replace").splitlines())
        except FetchError as error:
            if error.code == "forbidden":
                raise
            if error.status is not None and error.status >= 500:
                rules.parse(["User-agent: *", "Disallow: /"])
            else:
                rules.parse([])
        return rules


def _passing(error: FetchError) -> bool:
    """Whether a fault may be over in a moment."""
    return error.code in ("timeout", "failed") or (error.code == "http" and error.status in _AGAIN)


def validators(got: Fetched) -> Mapping[str, str]:
    """What to send along the next time, so that only what is new is sent back."""
    return {k: got.headers[n] for k, n in (("etag", "etag"), ("modified", "last-modified")) if n in got.headers}
