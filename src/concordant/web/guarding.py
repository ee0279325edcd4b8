"""Keeping outsiders out: the headers of every answer, names the server answers to, and requests from other sites."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Nothing is loaded but from here, no script or style stands in a page, nothing frames one. Images as data: are those
# that the map's program makes for itself.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "font-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


def opened_to(origin: str) -> str:
    """The policy of the one page that may ask another host, and that for data only: where tiles come from."""
    return POLICY.replace("connect-src 'self';", f"connect-src 'self' {origin};")


HEADERS = {
    "Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()", "X-Frame-Options": "DENY",
}  # fmt: skip
_SAFE = ("GET", "HEAD", "OPTIONS")


class Headers:
    """Puts the guarding headers on every answer; one that says its own policy keeps it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


def is_loopback(host: str) -> bool:
    """Whether a name or address is this computer and no other."""
    name = host.strip("[]").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def host_of(headers: Mapping[str, str]) -> str:
    """The name in a Host header, without its port."""
    host = headers.get("host", "")
    return host[: host.index("]") + 1] if host.startswith("[") and "]" in host else host.rsplit(":", 1)[0]


def address_of(request: Request) -> str:
    """The network address that a request comes from; behind a proxy on this computer the one that it tells."""
    return request.client.host if request.client else ""


def from_elsewhere(request: Request) -> bool:
    """Whether a request that changes something was sent by another site's page.

    Browsers say where a request comes from in Sec-Fetch-Site, older ones in Origin. A program that is no browser says
    neither, and carries nobody's session either.
    """
    if request.method in _SAFE:
        return False
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin")
    if origin is None:
        return bool(request.cookies)
    return origin.split("://", 1)[-1] != request.headers.get("host", "")
