"""Corridors on the map: what is told "between A and B" is drawn as a buffered line, in every form, and never as a pin."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from made_browser import DESKTOP, watched
from made_reports import event, record, row
from made_web import Client, client_of, only
from playwright.sync_api import Browser
from typer.testing import CliRunner

from concordant.cli.app import app as commands
from concordant.places.geometry import distance_km
from concordant.record import Record

ENDS = [{"name": "Tamboré", "latitude": 13.5, "longitude": -2.1}, {"name": "Dourfé", "latitude": 15.2, "longitude": 0.4}]


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Record]:
    """One event on the road between two towns, one in a town."""
    road = event("Tamboré", killed=4, kind="ambush")
    road["place"] |= {"relation": "near", "latitude": 14.35, "longitude": -0.86, "radius_km": 170.0, "ends": ENDS, "corridor_km": 10.0}
    found = record(tmp_path, row("a", road), row("b", event("Sabanga", "2024-06-11", 2), published="2024-06-12"))
    yield found
    found.close()


@pytest.fixture
def client(made: Record) -> Client:
    return client_of(made)


def test_the_record_and_geojson_carry_both_ends(client: Client, made: Record) -> None:
    assert made.event(only(made, "Tamboré")).values["place"]["ends"] == ENDS
    printed = CliRunner().invoke(commands, ["--record", str(made.path), "events", "--format", "geojson"])
    for features in (client.get("/events.geojson").json()["features"], client.get("/api/v1/events.geojson").json()["features"], json.loads(printed.output)["features"]):
        by_place = {f["properties"]["place"]: f for f in features}
        assert by_place["Tamboré"]["geometry"] == {"type": "LineString", "coordinates": [[-2.1, 13.5], [0.4, 15.2]]}
        assert (by_place["Tamboré"]["properties"]["corridor_km"], by_place["Tamboré"]["properties"]["ends"]) == (10.0, ["Tamboré", "Dourfé"])
        assert by_place["Sabanga"]["geometry"]["type"] == "Point"
        assert "ends" not in by_place["Sabanga"]["properties"]


def test_the_moving_map_gets_the_outline_and_the_line(client: Client) -> None:
    features = {f["properties"]["place"]: f["properties"] for f in client.get("/map/points").json()["features"]}
    assert features["Tamboré"]["line"] == [[-2.1, 13.5], [0.4, 15.2]]
    ring = features["Tamboré"]["corridor"]
    assert ring[0] == ring[-1]
    far = max(distance_km(13.5, -2.1, y, x) for x, y in ring)
    assert far == pytest.approx(distance_km(13.5, -2.1, 15.2, 0.4) + 10, rel=0.01)
    assert "corridor" not in features["Sabanga"]


def test_the_drawn_map_has_a_corridor_and_no_circle_for_it(client: Client, made: Record) -> None:
    page = client.get("/map").text
    sheet = page[page.index('<svg class="sheet"') :]
    shapes = dict(re.findall(r'<a href="/events/(\w+)"[^>]*>.*?<(path class="corridor|circle)', sheet, re.S))
    assert shapes == {only(made, "Tamboré"): 'path class="corridor', only(made, "Sabanga"): "circle"}
    path = re.search(r'class="corridor" d="M([^"]+)Z"', sheet)
    assert path
    points = [tuple(map(float, p.split())) for p in path[1].split("L")]
    assert max(p[0] for p in points) - min(p[0] for p in points) > 100


def test_it_is_said_in_both_languages(client: Client, made: Record) -> None:
    page = f"/events/{only(made, 'Tamboré')}"
    assert "entre Tamboré et Dourfé (Haute-Tamba" in client.read(f"{page}?lang=fr")
    assert "Corridor de 10 km" in client.read(f"{page}?lang=fr")
    told = client.read(f"{page}?lang=en")
    assert "between Tamboré and Dourfé" in told
    assert "Corridor of 10 km to either side of the line Tamboré – Dourfé" in told


@pytest.mark.xdist_group("browser")
def test_the_browser_draws_it_as_an_area_and_not_as_a_pin(browser: Browser, made: Record, serve: Any) -> None:
    address = serve(made)
    seen = watched(browser, address, DESKTOP, "en")
    page = seen.go("/map")
    page.wait_for_selector("#map-holder[data-ready]", timeout=60000)
    page.wait_for_function("document.getElementById('map-holder').map?.queryRenderedFeatures({layers: ['corridor', 'corridor-line']}).length > 0", timeout=60000)
    drawn = page.evaluate(
        "Object.fromEntries(['corridor', 'corridor-line', 'disc', 'point'].map((layer) => "
        "[layer, document.getElementById('map-holder').map.queryRenderedFeatures({layers: [layer]}).map((f) => f.properties.place)]))"
    )
    assert set(drawn["corridor"]) == set(drawn["corridor-line"]) == {"Tamboré"}
    assert set(drawn["disc"]) == {"Sabanga"}
    assert "Tamboré" not in drawn["point"]
    assert seen.wrong == []
    page.close()
