"""The data interface: the same filters, the total with every page, nothing left out between pages, described as OpenAPI."""

from __future__ import annotations

import json
import re

from made_web import Client, only

from concordant.record import Record
from concordant.web.openapi import description
from concordant.web.routes import ROUTES


def pages(client: Client, path: str, part: str) -> list[dict[str, object]]:
    found = []
    while path:
        answer = client.get(path)
        assert answer.status_code == 200
        body = answer.json()
        assert body["count"] == len(body[part])
        assert ('rel="next"' in answer.headers.get("link", "")) == bool(body["next"])
        found += body[part]
        path = body["next"]
    assert body["total"] == len(found)
    return found


def test_pages_follow_each_other_until_all_is_told(client: Client, made: Record) -> None:
    assert [e["id"] for e in pages(client, "/api/v1/events?size=1", "events")] == [e.id for e in made.events()]
    assert len(pages(client, "/api/v1/events.geojson?size=2", "features")) == 3
    assert [r["report_id"] for r in pages(client, "/api/v1/reports?size=2", "reports")] == ["a", "b", "c", "d", "e"]
    assert [r["report_id"] for r in pages(client, "/api/v1/reports?state=irrelevant", "reports")] == ["e"]
    assert len(pages(client, "/api/v1/left?what=passage&size=2", "left")) == 5


def test_what_changes_between_two_pages_is_not_in_the_second(client: Client, made: Record) -> None:
    first = client.get("/api/v1/events?size=1&sort=killed").json()
    made.rule_event(only(made, "Nulle-Part"), "value", why="x", by="amina", value={"field": "casualties.killed", "value": {"best": 400}})
    rest = pages_after(client, first["next"])
    assert len({e["id"] for e in (*first["events"], *rest)}) == 3


def pages_after(client: Client, path: str) -> list[dict[str, object]]:
    found = []
    while path:
        body = client.get(path).json()
        found += body["events"]
        path = body["next"]
    return found


def test_the_same_filters_as_the_pages(client: Client) -> None:
    assert client.get("/api/v1/events?kind=protest").json()["total"] == 1
    assert client.get("/api/v1/events?killed=4").json()["events"][0]["place"]["name"] == "Tamboré"
    assert client.get("/api/v1/events?killed=many").json()["error"] == "E_REQUEST"
    assert client.get("/api/v1/events?box=0,15,1,16").json()["total"] == 1


def test_one_event_and_one_report(client: Client, made: Record) -> None:
    found = client.get(f"/api/v1/events/{only(made, 'Tamboré')}").json()
    assert found["event"]["place"]["name"] == "Tamboré"
    assert found["accounts"][0]["claims"]
    assert client.get("/api/v1/reports/a").json()["text"].startswith("raid on")


def test_every_address_is_described(client: Client) -> None:
    told = client.get("/api/v1/openapi.json").json()
    described = {(method, path.replace("{id}", "")): o for path, methods in told["paths"].items() for method, o in methods.items()}
    served = {(r.methods[0].lower(), r.path.partition("{")[0]): r for r in ROUTES if r.path.startswith("/api/v1/") and "openapi" not in r.path}
    assert set(described) == set(served)
    assert told["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    for key, operation in described.items():
        assert operation["security"] == [{"token": [served[key].scope]}, {"session": []}], key
        assert {"401", "403"} <= set(operation["responses"]), key
    refs = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(told)))
    assert refs <= set(told["components"]["schemas"])
    given = {p["name"] for p in description()["paths"]["/api/v1/events"]["get"]["parameters"]}
    assert {"since", "kind", "killed", "q", "review", "outlet", "sort", "size", "after", "as_of", "box"} <= given


def test_health(client: Client, made: Record) -> None:
    assert client.get("/health").json() == {"status": "ok", "entries": made.moment()}
