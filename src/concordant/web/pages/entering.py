"""Signing in and out."""

from __future__ import annotations

from starlette.responses import Response

from concordant.web.guarding import address_of
from concordant.web.limiting import TooOftenError
from concordant.web.page import Ask, go, show
from concordant.web.people import COOKIE, People

_NAME = 200  # characters of a name that are looked at


def signin(ask: Ask) -> Response:
    """The form."""
    return show(ask, "signin.html", problem=None, to=_own(ask.given.get("to")))


def enter(ask: Ask) -> Response:
    """What the form says: a session, or the form again."""
    doors = ask.request.app.state.doors
    if not isinstance(doors, People):
        return go(ask.url("/"))
    to = _own(ask.text("to"))
    try:
        password = str(ask.form.get("password") or "")
        token = doors.sign_in(ask.text("name")[:_NAME], password, ask.text("code"), address_of(ask.request))
    except TooOftenError as error:
        seconds, headers = error.wait, {"Retry-After": str(error.wait)}
        wait = ask.words("signin.wait.minutes", n=-(-seconds // 60)) if seconds > 90 else ask.words("signin.wait.seconds", n=seconds)
        return show(ask, "signin.html", status=429, headers=headers, problem=f'{ask.words("signin.often")} {wait}', to=to)
    if token is None:
        doors.denied(ask.request, None, "wrong name, password or code")
        return show(ask, "signin.html", status=403, problem=ask.words("signin.wrong"), to=to)
    answer = go(ask.url(to))
    secure = ask.request.url.scheme == "https"
    answer.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=secure, path="/")
    return answer


def leave(ask: Ask) -> Response:
    """End the session."""
    doors = ask.request.app.state.doors
    if isinstance(doors, People):
        doors.sign_out(ask.request)
    answer = go(ask.url("/signin"))
    answer.delete_cookie(COOKIE)
    return answer


def _own(to: str | None) -> str:
    """An address of this site, and of no other."""
    return to if to and to.startswith("/") and not to.startswith(("//", "/\\")) else "/"
