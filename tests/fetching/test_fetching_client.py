"""Fetching from a loopback server that answers well, badly, slowly and without end."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from concordant.fetching import fetch
from concordant.fetching.addresses import is_public
from concordant.fetching.client import Limits
from concordant.reports import FetchError

PAGE = "<html><body><p>Une embuscade à Tessakane.</p></body></html>"
_BOMB = gzip.compress(b"\0" * 5_000_000)


class _Site(BaseHTTPRequestHandler):
    seen: dict[str, str] = {}  # noqa: RUF012

    def do_GET(self) -> None:
        type(self).seen = dict(self.headers)
        handler = getattr(self, "get_" + self.path.strip("/").split("?")[0], None)
        handler() if handler else self._send(404, b"")

    def _send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def get_page(self) -> None:
        self._send(200, PAGE.encode("cp1252"), Content_Type="text/html; charset=windows-1252")

    def get_packed(self) -> None:
        self._send(200, gzip.compress(PAGE.encode()), Content_Type="text/html", Content_Encoding="gzip")

    def get_bomb(self) -> None:
        self._send(200, _BOMB, Content_Type="text/html", Content_Encoding="gzip")

    def get_cutpack(self) -> None:
        self._send(200, gzip.compress(PAGE.encode())[:-20], Content_Type="text/html", Content_Encoding="gzip")

    def get_noise(self) -> None:
        self._send(200, b"no gzip at all", Content_Type="text/html", Content_Encoding="gzip")

    def get_strange(self) -> None:
        self._send(200, b"...", Content_Type="text/html", Content_Encoding="br")

    def get_big(self) -> None:
        self._send(200, b"a" * 200_000, Content_Type="text/plain")

    def get_short(self) -> None:
        self._send(200, b"abc", Content_Type="text/plain", Content_Length="100")

    def get_picture(self) -> None:
        self._send(200, b"...", Content_Type="image/png")

    def get_moved(self) -> None:
        self._send(302, b"", Location="/page?from=moved")

    def get_loop(self) -> None:
        self._send(301, b"", Location="/loop")

    def get_file(self) -> None:
        self._send(302, b"", Location="file:///etc/hosts")

    def get_silent(self) -> None:
        time.sleep(1.5)

    def get_drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        for _ in range(40):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.1)

    def log_message(self, *args: object) -> None:
        pass

    def handle(self) -> None:
        with suppress(OSError):
            super().handle()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_page_comes_with_its_type_and_charset(site: str) -> None:
    got = fetch(f"{site}/page", allow_private=True)
    assert (got.url, got.content_type, got.charset) == (f"{site}/page", "text/html", "windows-1252")
    assert got.body.decode("cp1252") == PAGE
    assert _Site.seen["User-Agent"].startswith("concordant")


def test_a_compressed_page_comes_unpacked(site: str) -> None:
    assert fetch(f"{site}/packed", allow_private=True).body.decode() == PAGE


def test_a_redirect_is_followed_and_its_address_kept(site: str) -> None:
    assert fetch(f"{site}/moved", allow_private=True).url == f"{site}/page?from=moved"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("gone", "HTTP 404 Not Found"),
        ("loop", "more than 5 redirects"),
        ("file", "only http and https are fetched, not file"),
        ("picture", "no report is made of image/png"),
        ("big", "over 0.0953674 MB"),
        ("bomb", "over 0.0953674 MB"),
        ("short", "the answer was cut short"),
        ("cutpack", "the answer was cut short"),
        ("noise", "the answer's compression is broken"),
        ("strange", "unknown compression br"),
        ("silent", "no answer within 0.5 s"),
        ("drip", "not all there after 1 s"),
    ],
)
def test_what_goes_wrong_is_told_in_one_line(site: str, path: str, reason: str) -> None:
    limits = Limits(max_bytes=100_000, timeout=0.5, total=1.0)
    with pytest.raises(FetchError) as caught:
        fetch(f"{site}/{path}", allow_private=True, limits=limits)
    assert caught.value.reason == reason


def test_the_users_own_network_is_not_asked(site: str) -> None:
    with pytest.raises(FetchError, match="private network"):
        fetch(f"{site}/page")


@pytest.mark.parametrize(
    "url",
    ["http://localhost/", "http://2130706433/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/"],
)
def test_no_spelling_of_a_private_address_gets_through(url: str) -> None:
    with pytest.raises(FetchError, match=r"private network|no such host"):
        fetch(url)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2001:4860:4860::8888", True), ("10.1.2.3", False), ("192.168.0.1", False),
        ("169.254.169.254", False), ("100.64.0.1", False), ("fe80::1%eth0", False), ("fd00::1", False),
        ("::ffff:10.0.0.1", False), ("2002:0a00:0001::", False), ("64:ff9b::7f00:1", False), ("224.0.0.1", False),
    ],
)  # fmt: skip
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.org/a", "only http and https are fetched, not ftp"),
        ("http:///a", "the address names no host"),
        ("http://user:secret@example.org/", "the address carries a user name"),
        ("http://example.org/a b", "not an address: it has spaces or control characters"),
        ("http://example.org:99999/", "not an address"),
        ("http://[::1/", "not an address"),
    ],
)
def test_what_is_no_address(url: str, reason: str) -> None:
    with pytest.raises(FetchError) as caught:
        fetch(url)
    assert caught.value.reason == reason


def test_nobody_there() -> None:
    with pytest.raises(FetchError, match="no connection: Connection refused"):
        fetch("http://127.0.0.1:9/", allow_private=True)
