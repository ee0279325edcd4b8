"""Tiles of one's own: served here in stretches, or from one named host for which alone the policy opens; what is none is refused."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from made_browser import DESKTOP, watched
from made_tiles import archive, png, vector
from made_web import Client
from playwright.sync_api import Browser
from typer.testing import CliRunner

from concordant.cli.app import app as commands
from concordant.record import Record, RecordError
from concordant.web.app import Settings, make_app
from concordant.web.guarding import POLICY
from concordant.web.tiles import tiles_of

WATER = {"vector_layers": [{"id": "water", "fields": {}}], "attribution": "<a href='x'>Our own &amp; others</a>"}


@pytest.fixture
def water(tmp_path: Path) -> Path:
    return archive(tmp_path / "water.pmtiles", vector("water"), 1, WATER)


def client(made: Record, tiles: str) -> Client:
    return Client(make_app(made, None, Settings(tiles=tiles_of(tiles))), base_url="http://localhost")


def test_an_archive_is_read_for_what_it_is(water: Path, tmp_path: Path) -> None:
    found = tiles_of(str(water))
    assert (found.kind, found.layers, found.attribution, found.origin, found.highest) == ("vector", ("water",), "Our own & others", None, 0)
    images = tiles_of(str(archive(tmp_path / "i.pmtiles", png(), 2, {}, highest=6)))
    assert (images.kind, images.highest, images.layers) == ("raster", 6, ())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda b: b"<html>no tiles</html>" * 9, "no PMTiles archive"), (lambda b: b[:90], "no PMTiles archive"), (lambda b: b"", "no PMTiles archive"),
        (lambda b: b[:7] + bytes([2]) + b[8:], "version 2"), (lambda b: b[:-3], "cut off: its tile data"), (lambda b: b[:97] + bytes([4]) + b[98:], "packed"),
        (lambda b: b[:98] + bytes([3]) + b[99:], "packed"), (lambda b: b[:99] + bytes([0]) + b[100:], "type 0"), (lambda b: b[:160] + b"zzz" + b[163:], "metadata cannot be read"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_archive_is_refused_with_the_reason(water: Path, change: Any, said: str) -> None:
    water.write_bytes(change(water.read_bytes()))
    with pytest.raises(RecordError, match=said) as refused:
        tiles_of(str(water))
    assert "water.pmtiles" in str(refused.value)


def test_vector_tiles_without_layers_and_files_that_are_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="vector_layers"):
        tiles_of(str(archive(tmp_path / "v.pmtiles", vector("water"), 1, {})))
    with pytest.raises(RecordError, match="cannot be read"):
        tiles_of(str(tmp_path / "none.pmtiles"))
    run = CliRunner().invoke(commands, ["--record", str(tmp_path / "r.db"), "serve", "--no-browser", "--tiles", str(tmp_path / "none.pmtiles")])
    assert run.exit_code != 0
    assert "the tiles cannot be read" in run.output


@pytest.mark.parametrize(
    "address",
    [
        "https://tiles.example.org/{z}/{x}.png", "http://tiles.example.org/{z}/{x}/{y}.png", "ftp://tiles.example.org/{z}/{x}/{y}.png",
        "https:///{z}/{x}/{y}.png", "https://{s}.example.org/{z}/{x}/{y}.png", "https://a.example.org/{z}/{x}/{y}.png; script-src *",
        "https://user:pass@tiles.example.org/{z}/{x}/{y}.png", "https://tiles.example.org:99999/{z}/{x}/{y}.png", "https://a.example.org/{z}/{x}/{y}/{r}.png",
    ],
)  # fmt: skip
def test_an_address_that_is_none_of_tiles_is_refused(address: str) -> None:
    with pytest.raises(RecordError):
        tiles_of(address)


def test_the_archive_is_served_in_stretches_to_those_who_may_read(made: Record, water: Path) -> None:
    here = client(made, str(water))
    whole = water.read_bytes()
    part = here.get("/tiles.pmtiles", headers={"range": "bytes=0-126"})
    assert (part.status_code, part.content, part.headers["content-range"]) == (206, whole[:127], f"bytes 0-126/{len(whole)}")
    assert here.get("/tiles.pmtiles", headers={"range": f"bytes={len(whole) + 5}-"}).status_code == 416
    assert here.get("/tiles.pmtiles").content == whole
    assert here.get("/map").headers["content-security-policy"] == POLICY
    assert "Our own &amp; others" in here.get("/map").text
    plain = Client(make_app(made), base_url="http://localhost")
    assert plain.get("/tiles.pmtiles").status_code == 404
    assert "pmtiles" not in plain.get("/map").text


def test_the_policy_opens_for_the_named_host_on_the_maps_page_only(made: Record) -> None:
    here = client(made, "https://tiles.example.org:8443/{z}/{x}/{y}.png?key=1")
    policy = here.get("/map").headers["content-security-policy"]
    assert "connect-src 'self' https://tiles.example.org:8443;" in policy
    assert policy.replace(" https://tiles.example.org:8443", "") == POLICY
    for path in ("/", "/events", "/map/points", "/assets/map.mjs"):
        assert here.get(path).headers["content-security-policy"] == POLICY


# In the browser


class Images(BaseHTTPRequestHandler):
    """A server of tiles elsewhere: one image for every address."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        self.wfile.write(png())

    def log_message(self, *told: Any) -> None:
        pass


@pytest.fixture
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Images,), {"asked": asked}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def drawn(page: Any) -> None:
    page.wait_for_selector("#map-holder[data-ready]", timeout=60000)
    page.wait_for_function("document.getElementById('map-holder').map.isSourceLoaded('tiles')", timeout=60000)


@pytest.mark.xdist_group("browser")
def test_the_browser_draws_an_archive_under_the_events_and_asks_nobody_else(browser: Browser, made: Record, serve: Any, water: Path) -> None:
    seen = watched(browser, serve(made, Settings(tiles=tiles_of(str(water)))), DESKTOP, "en")
    stretches: list[int] = []
    seen.page.on("response", lambda answer: stretches.append(answer.status) if "tiles.pmtiles" in answer.url else None)
    page = seen.go("/map")
    drawn(page)
    page.wait_for_function("document.getElementById('map-holder').map.queryRenderedFeatures({layers: ['tiles-water-fill']}).length > 0", timeout=60000)
    order = page.evaluate("document.getElementById('map-holder').map.getStyle().layers.map((layer) => layer.id)")
    assert order.index("land") < order.index("tiles-water-fill") < order.index("disc")
    assert set(stretches) == {206}
    assert seen.wrong == []
    page.close()


@pytest.mark.xdist_group("browser")
def test_the_browser_asks_the_named_host_for_images_and_nobody_else(browser: Browser, made: Record, serve: Any, elsewhere: tuple[str, list[str]]) -> None:
    origin, asked = elsewhere
    seen = watched(browser, serve(made, Settings(tiles=tiles_of(origin + "/{z}/{x}/{y}.png"))), DESKTOP, "en")
    page = seen.go("/map")
    drawn(page)
    assert asked
    assert all(path.count("/") == 3 and path.endswith(".png") for path in asked)
    assert [wrong for wrong in seen.wrong if not wrong.startswith(f"elsewhere: {origin}/")] == []
    page.close()
