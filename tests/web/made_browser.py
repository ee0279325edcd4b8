"""The app in a real browser, for the tests: served on a port of its own, with a page that notes what goes wrong on it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, Playwright, Request, sync_playwright

from concordant.record import Record, open_record
from concordant.web.app import Settings, make_app
from concordant.web.serving import Place, _listen

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ("--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update "
         "--disable-sync --use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader").split()  # fmt: skip
DESKTOP, PHONE = {"width": 1280, "height": 820}, {"width": 390, "height": 844}


@dataclass
class Served:
    """The app on a port of its own, with the example reports in its record."""

    address: str
    record: Record
    app: Any

    def event(self, place: str) -> str:
        found = [e.id for e in self.record.events() if (e.values.get("place") or {}).get("name") == place]
        assert found, place
        return found[0]


def paths(served: Served) -> dict[str, str]:
    """An address of every page, by a name for it."""
    event = served.event("Koro-Bani")
    report = served.record.dossier(event)["accounts"][0]["report_id"]
    return {
        "overview": "/", "events": "/events?since=2021-01-01", "map": "/map", "event": f"/events/{event}", "packet": f"/events/{event}/packet",
        "queue": "/queue", "reports": "/reports", "report": f"/reports/{report}", "left": "/left?what=passage", "rulings": "/rulings",
        "coverage": "/coverage", "add": "/add", "intake": "/intake", "second": "/second", "agreement": "/agreement", "api": "/api", "tokens": "/tokens", "feeds": "/feeds", "published": "/published", "publish": f"/events/{event}/publish",
    }  # fmt: skip


@contextmanager
def listening(app: Any) -> Iterator[str]:
    """Serve an app on a port of its own; its address."""
    socket = _listen(Place(port=0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = open_record(tmp_path_factory.mktemp("browser") / "examples.db")
    list(made.add([ROOT / "examples/reports"]))
    app = make_app(made)
    with listening(app) as address:
        yield Served(address, made, app)
    assert app.state.worker.stop(60)
    made.close()


@pytest.fixture
def serve() -> Iterator[Callable[..., Served]]:
    """Serves a test's own record for as long as the test runs."""
    running = []

    def start(record: Record, settings: Settings | None = None) -> Served:
        app = make_app(record, None, settings)
        listening = _listen(Place(port=0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        running.append((server, thread))
        return Served(f"http://127.0.0.1:{listening.getsockname()[1]}", record, app)

    yield start
    for server, thread in running:
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as made:
        yield made


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    assert CHROMIUM, "the browser's tests need Chromium: apt-get install chromium"
    made = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
    yield made
    made.close()


@dataclass
class Watched:
    """A page with all that went wrong on it: requests to elsewhere, refusals of the policy, faults of scripts."""

    page: Page
    address: str
    wrong: list[str] = field(default_factory=list)

    def see(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.wrong.append(f"elsewhere: {request.url}")

    def hear(self, kind: str, text: str) -> None:
        if kind == "error" or "Content Security Policy" in text:
            self.wrong.append(text)

    def go(self, path: str) -> Page:
        self.page.goto(self.address + path, wait_until="load")
        return self.page


def watched(browser: Browser, served: Served, size: dict[str, int], language: str = "fr", scheme: Any = "light", **more: Any) -> Watched:
    page = browser.new_page(viewport=size, locale=language, color_scheme=scheme, **more)  # type: ignore[arg-type]
    made = Watched(page, served.address)
    page.on("request", made.see)
    page.on("console", lambda message: made.hear(message.type, message.text))
    page.on("pageerror", lambda error: made.wrong.append(str(error)))
    return made


@pytest.fixture
def desk(browser: Browser, served: Served) -> Iterator[Watched]:
    made = watched(browser, served, DESKTOP, "en")
    yield made
    assert made.wrong == []
    made.page.close()
