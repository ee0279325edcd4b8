"""The application: every route with the right it needs, checked here and nowhere else, and what goes wrong as a page."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from concordant.fetching.polite import Polite
from concordant.record import Record, RecordError, UnknownError
from concordant.record.errors import BusyError
from concordant.review import RulingError
from concordant.web.asking import UnclearError
from concordant.web.blindness import blind, held_back
from concordant.web.guarding import Headers, address_of, from_elsewhere, host_of, is_loopback
from concordant.web.limiting import Pace, TooOftenError
from concordant.web.memory import Memory
from concordant.web.page import STATIC, Ask, as_of_in, go, language_of, message
from concordant.web.people import Doors
from concordant.web.rights import Right, may
from concordant.web.routes import ROUTES, Served
from concordant.web.tiles import Tiles
from concordant.web.tokens import bearer
from concordant.web.words import Words
from concordant.web.working import Worker

_ASSETS = Path(__file__).parent / "assets"
_log = logging.getLogger("concordant.web")
_FORM = {"max_files": 200, "max_fields": 400, "max_part_size": 4 * 2**20}


@dataclass(frozen=True, slots=True)
class Settings:
    """How the app is served: to this computer alone, or to others, who then need accounts."""

    loopback: bool = True
    largest_mb: int = 64
    per_minute: int = 600  # requests of one token
    strangers_per_minute: int = 60  # requests with a token that is none, from one address
    clock: Callable[[], float] = time.monotonic
    allow_private: bool = False  # whether addresses inside this computer's own network are asked: for tests
    tiles: Tiles | None = None  # the operator's own, under the map


class _Files(StaticFiles):
    """Files that may be kept by the browser for a while: they change only with the program."""

    def file_response(self, *args: object, **named: object) -> Response:
        response = super().file_response(*args, **named)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = "max-age=3600"
        return response


def make_app(
    record: Record, doors: Doors | None = None, settings: Settings | None = None, fetch: Polite | None = None
) -> Starlette:
    """The app over an open record. Without `doors` whoever reaches it is the owner of this computer; `fetch` asks addresses."""
    chosen, pages = settings or Settings(), CapacityLimiter(_AT_ONCE)
    made = Starlette(
        routes=[
            *(Route(r.path, _endpoint(r, pages), methods=list(r.methods)) for r in ROUTES),
            Mount("/assets", GZipMiddleware(_Files(directory=_ASSETS))),
            Mount("/static", GZipMiddleware(_Files(directory=STATIC, check_dir=False))),
        ],
        middleware=[Middleware(Headers)],
        exception_handlers={404: _not_found, 405: _not_allowed, Exception: _fault},
    )
    made.state.record, made.state.settings = record, chosen
    made.state.doors = doors or Doors.of_owner()
    made.state.pace = Pace(chosen.per_minute, chosen.clock)
    made.state.strangers = Pace(chosen.strangers_per_minute, chosen.clock)
    made.state.fetch = fetch or Polite(allow_private=chosen.allow_private)
    made.state.worker, made.state.memory = Worker(record, made.state.fetch), Memory()
    return made


# Pages are made by Python's one interpreter: eight at once all take eight times as long, two at a time are done in turn.
_AT_ONCE = 2


def _endpoint(route: Served, pages: CapacityLimiter) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        refused = _refused(request)
        if refused is not None:
            return refused
        form, body = FormData(), b""
        if request.method == "POST" and route.path.startswith("/api"):
            body = await request.body()
        elif request.method == "POST":
            form = await request.form(**_FORM)
        try:
            # What is sent in may wait for a site or a disk, and keeps no page waiting.
            limiter = None if request.method == "POST" else pages
            return await to_thread.run_sync(_answer, route, request, form, body, limiter=limiter)
        finally:
            await form.close()

    return answer


def _refused(request: Request) -> Response | None:
    """Whether a request is turned away before anything is read of it."""
    settings: Settings = request.app.state.settings
    if settings.loopback and not is_loopback(host_of(request.headers)):
        return PlainTextResponse("This server answers only to this computer's own name.", 421)
    size = request.headers.get("content-length", "0")
    if not size.isdigit() or int(size) > settings.largest_mb * 2**20:
        return PlainTextResponse(f"Too large: {settings.largest_mb} MB at most.", 413)
    if request.method == "POST" and "content-length" not in request.headers:
        return PlainTextResponse("The length of what is sent must be said.", 411)
    return None


def _answer(route: Served, request: Request, form: FormData, body: bytes) -> Response:
    words = Words(language_of(request))
    record: Record = request.app.state.record
    doors: Doors = request.app.state.doors
    person = doors.person(request)
    ask = Ask(request, record, words, person, None, 0, form, body)
    try:
        if person and person.token:
            request.app.state.pace.go(person.token)
        # Another site's page can make a browser send what it holds by itself, a session; a token it cannot.
        if not (person and person.token) and from_elsewhere(request):
            doors.denied(request, person, "from another site")
            return message(ask, 403, "error.crosssite", "error.crosssite.lead")
        if not may(person, route.needs, route.scope):
            return _no_right(route, ask, doors)
        as_of = as_of_in(request)
        ask = Ask(request, record, words, person, as_of, record.moment(as_of), form, body)
        if ask.past and route.needs not in (Right.OPEN, Right.READ):
            raise RecordError(words("asof.past"))
        held = held_back(ask)
        if held is not None:
            return blind(ask, held)
        return route.answer(ask)
    except TooOftenError as error:
        return JSONResponse({"error": error.code, "message": str(error)}, 429, headers={"Retry-After": str(error.wait)})
    except (RecordError, RulingError, UnclearError) as error:
        return _problem(route, ask, error)


def _no_right(route: Served, ask: Ask, doors: Doors) -> Response:
    shown = bearer(ask.request) is not None
    unknown = shown and ask.person is None
    if unknown:
        ask.request.app.state.strangers.go(address_of(ask.request))
    doors.denied(ask.request, ask.person, "unknown or ended token" if unknown else f"needs {route.scope or route.needs}")
    if shown or route.path.startswith("/api/"):
        return _no_right_for_programs(route, ask, unknown=unknown)
    if ask.person is None and ask.request.method == "GET":
        return go(ask.url("/signin", to=str(ask.request.url.path)))
    return message(ask, 403, "error.forbidden", "error.forbidden.lead")


def _no_right_for_programs(route: Served, ask: Ask, *, unknown: bool) -> Response:
    """What a program is told: that it must say who it is (RFC 6750 says how), or what it lacks."""
    told = {"error": "E_TOKEN" if unknown else "E_FORBIDDEN", "needs": str(route.needs), "scope": route.scope}
    if unknown:
        told["message"] = "the token is unknown, revoked, or has ended"
    elif ask.person and ask.person.token and route.scope is None:
        told["message"] = "no token opens this address"
    status = 401 if ask.person is None else 403
    challenge = 'Bearer error="invalid_token"' if unknown else "Bearer"
    return JSONResponse(told, status, headers={"WWW-Authenticate": challenge} if status == 401 else None)


def _problem(route: Served, ask: Ask, error: Exception) -> Response:
    status = 404 if isinstance(error, UnknownError) else 503 if isinstance(error, BusyError) else 400
    if route.path.startswith("/api/"):
        return JSONResponse({"error": getattr(error, "code", "E_REQUEST"), "message": str(error)}, status)
    if status == 404:
        return message(ask, 404, "error.notfound", "error.notfound.lead", str(error))
    if status == 503:
        return message(ask, 503, "error.busy", "error.busy.lead")
    key = "filter.wrong" if isinstance(error, UnclearError) else "decide.refused"
    return message(ask, 400, "error.bad", "", ask.words(key, reason=str(error)))


def _plain(request: Request) -> Ask:
    state = request.app.state
    return Ask(request, state.record, Words(language_of(request)), state.doors.person(request), None, 0)


async def _not_found(request: Request, error: Exception) -> Response:
    if request.url.path.startswith("/api"):
        return JSONResponse({"error": "E_UNKNOWN", "message": "there is nothing at this address"}, 404)
    return await run_in_threadpool(lambda: message(_plain(request), 404, "error.notfound", "error.notfound.lead"))


async def _not_allowed(request: Request, error: Exception) -> Response:
    return PlainTextResponse("This address does not take that method.", 405)


async def _fault(request: Request, error: Exception) -> Response:
    _log.error("failed at %s %s", request.method, request.url.path, exc_info=error)
    return await run_in_threadpool(lambda: message(_plain(request), 500, "error.fault", "error.fault.lead"))
