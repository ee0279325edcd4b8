"""The web app over a record of a million events: how long its pages, its map data and its interface take at eight connections.

    python benchmarks/web_fill.py million.db --events 1000000
    python benchmarks/web.py million.db [--requests 400] [--connections 8] [--browser]

The app is served by a process of its own, as `concordant serve` does; requests come from this one, over so many connections
that each send the next when the last is answered. `cold` is the first request of a page after a write, of which nothing is
kept; `warm` the ones after it. With --browser Chromium loads the map's page, with its scripts, fonts and base map. With --cpu
nothing is served: each page is made in this process and its CPU time told, which hangs little on what else the machine does.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

COUNTRY, KIND, REGION = "XC", "ambush", "XB division 1"
ORDERS = ("killed", "confidence", "outlets", "place", "kind")


def paths(event: str, report: str) -> dict[str, str]:
    listed = {f"events by {order}": f"/events?sort={order}" for order in ORDERS}
    return {
        "overview": "/", "events": "/events", **listed, "events of a country": f"/events?country={COUNTRY}", "events of a kind and year": f"/events?kind={KIND}&since=2020-01-01&until=2020-12-31",
        "events of a region, killed": f"/events?country=XB&admin1={REGION.replace(' ', '+')}&killed=10", "events of an actor": "/events?actor=group-7", "map": "/map",
        "map of a country": f"/map?country={COUNTRY}", "map data": "/map/points?zoom=3", "map data, closer": "/map/points?zoom=6", "map data of a country": f"/map/points?country={COUNTRY}&zoom=5",
        "event": f"/events/{event}", "report": f"/reports/{report}", "reports": "/reports", "queue": "/queue", "coverage": "/coverage", "rulings": "/rulings",
        "API events": "/api/v1/events", "API events of a country": f"/api/v1/events?country={COUNTRY}", "API GeoJSON": "/api/v1/events.geojson?size=200", "API event": f"/api/v1/events/{event}",
    }  # fmt: skip


class Server:
    """The app in a process of its own."""

    def __init__(self, record: Path) -> None:
        command = [sys.executable, "-c", "from concordant.cli import main; main()", "--record", str(record), "serve", "--no-browser", "--port", "0"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)})
        assert self.process.stdout
        found = re.search(r"http://([\d.]+):(\d+)/", self.process.stdout.readline())
        assert found, "the server did not start"
        self.host, self.port = found[1], int(found[2])

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)


def ask(connection: http.client.HTTPConnection, path: str) -> tuple[float, int]:
    began = time.perf_counter()
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200, (path, answer.status, body[:200])
    return (time.perf_counter() - began) * 1000, len(body)


def cold(server: Server, wanted: dict[str, str], touch: Any) -> dict[str, float]:
    """Each page right after a write: nothing that was counted before holds any more."""
    found = {}
    for name, path in wanted.items():
        touch()
        connection = http.client.HTTPConnection(server.host, server.port, timeout=120)
        found[name] = ask(connection, path)[0]
        connection.close()
    return found


def warm(server: Server, wanted: dict[str, str], requests: int, connections: int) -> tuple[dict[str, list[float]], dict[str, int], float]:
    """Pages in turn over some connections, until each connection has had its share of the requests."""
    times: dict[str, list[float]] = {name: [] for name in wanted}
    sizes: dict[str, int] = {}
    guard, names = threading.Lock(), list(wanted)
    share = -(-requests // connections)

    def run(number: int) -> None:
        connection = http.client.HTTPConnection(server.host, server.port, timeout=120)
        for turn in range(share):
            name = names[(number * 7 + turn) % len(names)]
            taken, size = ask(connection, wanted[name])
            with guard:
                times[name].append(taken)
                sizes[name] = size
        connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(connections)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, sizes, time.perf_counter() - began


def p95(times: list[float]) -> float:
    return sorted(times)[max(0, -(-len(times) * 95 // 100) - 1)]


def cpu(record: Any, wanted: dict[str, str], touch: Any) -> None:
    """The CPU time of each page, after a write and again, with nothing else going on in this process."""
    from starlette.testclient import TestClient

    from concordant.web.app import make_app

    client = TestClient(make_app(record), base_url="http://localhost")
    for path in wanted.values():  # what is made once for a process, and the pages of the file that are in memory then
        assert client.get(path).status_code == 200, path

    def taken(path: str) -> float:
        began = time.process_time()
        client.get(path)
        return (time.process_time() - began) * 1000

    for name, path in wanted.items():
        touch()
        first = taken(path)
        again = min(taken(path) for _ in range(5))
        print(json.dumps({"page": name, "cold, CPU ms": round(first), "warm, CPU ms": round(again), "path": path}), flush=True)


def first_load(server: Server) -> dict[str, float]:
    """The map's page in a browser that has never seen it: until events are drawn, and how much came over the wire."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    flags = ["--no-sandbox", "--disable-gpu", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
    with sync_playwright() as made:
        browser = made.chromium.launch(executable_path=chromium, headless=True, args=flags)
        page = browser.new_page(viewport={"width": 1280, "height": 820})
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        came: list[float] = []
        session.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
        began = time.perf_counter()
        page.goto(f"http://{server.host}:{server.port}/map", wait_until="load")
        loaded = time.perf_counter() - began
        page.wait_for_selector("#map-holder[data-ready]", timeout=120_000)
        drawn = time.perf_counter() - began
        browser.close()
    return {"page, ms": round(loaded * 1000), "map drawn, ms": round(drawn * 1000), "KB": round(sum(came) / 1024)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", type=Path)
    parser.add_argument("--requests", type=int, default=800)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--browser", action="store_true")
    parser.add_argument("--cpu", action="store_true")
    asked = parser.parse_args()
    from concordant.record import open_record

    record = open_record(asked.record)
    event = next(iter(record.events(limit=1)))
    account = str(event.values["accounts"][0]["account_id"])
    wanted = paths(event.id, str(event.values["accounts"][0]["report_id"]))

    def touch() -> None:
        record.decide("value", [account], why="benchmark", by="benchmark", value={"field": "claimed_by", "value": f"group-{time.time_ns() % 1000}"})

    began = time.perf_counter()
    touch()
    print(json.dumps({"events": record.count(), "load": os.getloadavg()[0], "a ruling, ms": round((time.perf_counter() - began) * 1000)}))
    if asked.cpu:
        cpu(record, wanted, touch)
        return
    server = Server(asked.record)
    try:
        first = cold(server, wanted, touch)
        times, sizes, took = warm(server, wanted, asked.requests, asked.connections)
        for name, path in wanted.items():
            told = {"page": name, "cold, ms": round(first[name]), "warm median, ms": round(statistics.median(times[name])), "warm p95, ms": round(p95(times[name])), "KB": round(sizes[name] / 1024, 1)}
            print(json.dumps({**told, "path": path}), flush=True)
        every = [taken for each in times.values() for taken in each]
        print(json.dumps({"all pages": len(every), "median, ms": round(statistics.median(every)), "p95, ms": round(p95(every)), "a second": round(len(every) / took, 1), "load": os.getloadavg()[0]}))
        if asked.browser:
            print(json.dumps({"first load of the map": first_load(server)}))
    finally:
        server.stop()


if __name__ == "__main__":
    main()
