"""A site on this machine for tests: pages, feeds and faults by path, and a memory of what was asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(slots=True)
class Page:
    body: bytes = b""
    type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    faults: int = 0  # so many times 503 first


class Site:
    """A server whose pages are set by the test."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, str]] = []
        self.posted: list[tuple[str, dict[str, str], bytes]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                since = self.headers.get("If-Modified-Since", "")
                site.asked.append((self.path, self.headers.get("If-None-Match", since)))
                page = site.pages.get(self.path, Page(status=404))
                if page.faults:
                    page.faults -= 1
                    page = Page(status=503, headers={"Retry-After": "0"})
                etag = page.headers.get("ETag")
                modified = page.headers.get("Last-Modified")
                if (etag and self.headers.get("If-None-Match") == etag) or (modified and since == modified):
                    page = Page(status=304, headers=page.headers)
                self.answer(page)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                site.posted.append((self.path, dict(self.headers), body))
                self.answer(site.pages.get(self.path, Page(status=404)))

            def answer(self, page: Page) -> None:
                self.send_response(page.status)
                if page.status == 200:
                    self.send_header("Content-Type", page.type)
                for name, value in page.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(page.body)))
                self.end_headers()
                self.wfile.write(page.body)

            def log_message(self, *words: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def paths(self, beside: str = "/robots.txt") -> list[str]:
        return [path for path, _ in self.asked if path != beside]


@contextmanager
def serving() -> Iterator[Site]:
    site = Site()
    thread = threading.Thread(target=site.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.server.shutdown()
        site.server.server_close()
