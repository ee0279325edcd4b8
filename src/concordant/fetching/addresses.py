"""Which addresses may be asked: public hosts over http and https, unless the caller allows its own network."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from concordant.reports.fetched import FetchError

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart: what to connect to and what to ask for there."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def netloc(self) -> str:
        """The host as the request names it: with its port where that is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def target(url: str) -> Target:
    """The parts of an http(s) address; FetchError for any other, and for one that carries a password."""
    if any(ord(char) <= 32 or ord(char) == 127 for char in url.strip()):
        raise FetchError(url, "not an address: it has spaces or control characters")
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
        host = host and (host if ":" in host else host.encode("idna").decode("ascii"))
    except ValueError:
        raise FetchError(url, "not an address") from None
    if parts.scheme not in _PORTS:
        raise FetchError(url, f"only http and https are fetched, not {parts.scheme or 'this'}", code="forbidden")
    if not host or parts.username or parts.password:
        raise FetchError(url, "the address names no host" if not host else "the address carries a user name")
    return Target(_plain(parts), parts.scheme, host, port or _PORTS[parts.scheme], _path(parts))


def _path(parts: SplitResult) -> str:
    query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    return (quote(parts.path, safe=_SAFE) or "/") + query


_SAFE = "/%:=&?~#+!$,;'@()*[]"


def _plain(parts: SplitResult) -> str:
    return urlunsplit((parts.scheme, parts.netloc, parts.path, parts.query, ""))


def resolve(goal: Target, *, allow_private: bool) -> list[tuple[socket.AddressFamily, str]]:
    """The host's network addresses. FetchError where there are none, or where one is not public.

    The connection is made to one of these and not to the name, so that a name cannot lead elsewhere the second time.
    """
    try:
        found = socket.getaddrinfo(goal.host, goal.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise FetchError(goal.url, f"no such host: {goal.host}") from None
    ends: list[tuple[socket.AddressFamily, str]] = [
        (family, str(end[0])) for family, _, _, _, end in found if family in (socket.AF_INET, socket.AF_INET6)
    ]
    if not allow_private and not all(is_public(address) for _, address in ends):
        raise FetchError(goal.url, f"{goal.host} is in a private network, which is not asked", code="forbidden")
    if not ends:
        raise FetchError(goal.url, f"no such host: {goal.host}")
    return ends


def is_public(address: str) -> bool:
    """Whether a network address is a public one; addresses that wrap another (IPv4 in IPv6) count as that one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None) or _nat64(ip)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def _nat64(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in ipaddress.ip_network("64:ff9b::/96") else None
