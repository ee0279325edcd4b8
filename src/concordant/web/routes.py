"""Every address of the app: what answers for it, and the right that it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import Response

from concordant.web.page import Ask
from concordant.web.pages import (
    adding,
    api,
    coverage,
    deciding,
    entering,
    feeding,
    listing,
    mapping,
    marking,
    overview,
    publishing,
    queue,
    reading,
    seconding,
    sending,
    tiling,
    tokens,
)
from concordant.web.rights import Right, Scope


@dataclass(frozen=True, slots=True)
class Served:
    """One address, its methods, the function that answers, the right that it takes, and the scope of tokens that open it."""

    path: str
    answer: Callable[[Ask], Response]
    needs: Right
    methods: tuple[str, ...] = ("GET",)
    scope: Scope | None = None


POST = ("POST",)
ROUTES: tuple[Served, ...] = (
    Served("/", overview.overview, Right.READ),
    Served("/events", listing.events, Right.READ),
    Served("/events.{form:str}", listing.export, Right.READ, scope=Scope.EVENTS),
    Served("/events/{event}", reading.event, Right.READ),
    Served("/events/{event}/packet", reading.packet, Right.READ),
    Served("/map", mapping.world, Right.READ),
    Served("/tiles.pmtiles", tiling.archive, Right.READ),
    Served("/map/points", mapping.points, Right.READ),
    Served("/reports", reading.reports, Right.READ),
    Served("/reports/{report}", reading.report, Right.READ),
    Served("/raw/{digest}", reading.raw, Right.READ, scope=Scope.REPORTS),
    Served("/left", reading.left, Right.READ),
    Served("/rulings", reading.rulings, Right.READ),
    Served("/queue", queue.queue, Right.READ),
    Served("/queue/next", queue.following, Right.READ),
    Served("/queue/pair", deciding.pair, Right.DECIDE, POST),
    Served("/events/{event}/value", deciding.value, Right.CORRECT, POST),
    Served("/events/{event}/claim", deciding.claim, Right.CORRECT, POST),
    Served("/events/{event}/confirm", deciding.confirm, Right.DECIDE, POST),
    Served("/events/{event}/not-event", deciding.not_event, Right.DECIDE, POST),
    Served("/events/{event}/merge", deciding.merge, Right.DECIDE, POST),
    Served("/events/{event}/split", deciding.split, Right.DECIDE, POST),
    Served("/reports/{report}/irrelevant", deciding.irrelevant, Right.DECIDE, POST),
    Served("/reports/{report}/mark", marking.mark, Right.CORRECT, POST),
    Served("/second", seconding.index, Right.READ),
    Served("/second/assign", seconding.assign, Right.DECIDE, POST),
    Served("/second/{assignment}", seconding.form, Right.CORRECT),
    Served("/second/{assignment}", seconding.submit, Right.CORRECT, POST),
    Served("/second/{assignment}/withdraw", seconding.withdraw, Right.DECIDE, POST),
    Served("/second/{assignment}/compare", seconding.compare, Right.READ),
    Served("/second/{assignment}/settle", seconding.settle, Right.DECIDE, POST),
    Served("/agreement", seconding.agreement, Right.READ),
    Served("/agreement/{what}.csv", seconding.export, Right.READ),
    Served("/published", publishing.published, Right.READ),
    Served("/published.{form:str}", publishing.export, Right.READ, scope=Scope.PUBLISHED),
    Served("/events/{event}/publish", publishing.preview, Right.PUBLISH),
    Served("/events/{event}/publish", publishing.publish, Right.PUBLISH, POST),
    Served("/events/{event}/withdraw", publishing.withdraw, Right.PUBLISH, POST),
    Served("/rulings/{ruling}/undo", deciding.undo, Right.CORRECT, POST),
    Served("/keys", reading.keys, Right.OPEN),
    Served("/coverage", coverage.coverage, Right.READ),
    Served("/add", adding.add, Right.ADD),
    Served("/add", adding.take, Right.ADD, POST),
    Served("/add/address", adding.address, Right.ADD, POST),
    Served("/intake", adding.intake, Right.READ),
    Served("/feeds", feeding.feeds, Right.READ),
    Served("/feeds/add", feeding.add, Right.ADD, POST),
    Served("/feeds/remove", feeding.remove, Right.ADD, POST),
    Served("/feeds/check", feeding.check, Right.ADD, POST),
    Served("/left/retry", adding.retry, Right.ADD, POST),
    Served("/api", api.about, Right.READ),
    Served("/api/v1/openapi.json", api.openapi, Right.OPEN),
    Served("/api/v1/events", api.events, Right.READ, scope=Scope.EVENTS),
    Served("/api/v1/events.geojson", api.geojson, Right.READ, scope=Scope.EVENTS),
    Served("/api/v1/events/{event}", api.event, Right.READ, scope=Scope.EVENTS),
    Served("/api/v1/reports", api.reports, Right.READ, scope=Scope.REPORTS),
    Served("/api/v1/reports", sending.send, Right.ADD, POST, Scope.ADD),
    Served("/api/v1/receipts/{item}", sending.receipt, Right.ADD, scope=Scope.ADD),
    Served("/api/v1/published", publishing.api, Right.READ, scope=Scope.PUBLISHED),
    Served("/api/v1/left", api.left, Right.READ, scope=Scope.REPORTS),
    Served("/api/v1/reports/{report}", api.report, Right.READ, scope=Scope.REPORTS),
    Served("/tokens", tokens.tokens, Right.ACCOUNT),
    Served("/tokens", tokens.make, Right.ACCOUNT, POST),
    Served("/tokens/{token}/revoke", tokens.revoke, Right.ACCOUNT, POST),
    Served("/signin", entering.signin, Right.OPEN),
    Served("/signin", entering.enter, Right.OPEN, POST),
    Served("/signout", entering.leave, Right.OPEN, POST),
    Served("/health", reading.health, Right.OPEN),
)
