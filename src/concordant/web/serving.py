"""Serving the app: to this computer alone unless there are accounts, and telling where it is."""

from __future__ import annotations

import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass

from concordant.record import Record, RecordError
from concordant.web.app import Settings, make_app
from concordant.web.guarding import is_loopback
from concordant.web.people import Doors, People
from concordant.web.tiles import tiles_of

PORT = 8765
_ENDING_S = 15.0
_TRIED = 20  # ports after the usual one, where that is taken


@dataclass(frozen=True, slots=True)
class Place:
    """Where the app is served."""

    host: str = "127.0.0.1"
    port: int | None = None
    behind_proxy: bool = False
    browser: bool = True
    allow_private: bool = False
    tiles: str | None = None  # an archive or a template address, under the map


def serve(record: Record, place: Place, say: Callable[[str], None] = print) -> None:
    """Serve until stopped. Raises RecordError where it would be unsafe or the port is taken."""
    import uvicorn

    doors = _doors(record, place)
    tiles = tiles_of(place.tiles) if place.tiles else None
    listening = _listen(place)
    port = listening.getsockname()[1]
    name = f"[{place.host}]" if ":" in place.host else place.host
    address = f"http://{name}:{port}/"
    loopback = is_loopback(place.host) and not place.behind_proxy
    app = make_app(record, doors, Settings(loopback, allow_private=place.allow_private, tiles=tiles))
    app.state.worker.wake()
    say(f"Concordant is at {address} (Ctrl+C stops it)")
    sys.stdout.flush()
    if place.browser:
        threading.Timer(1.0, webbrowser.open, [address]).start()
    config = uvicorn.Config(
        app, log_level="warning", server_header=False, proxy_headers=place.behind_proxy, timeout_graceful_shutdown=5, access_log=False
    )
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        app.state.worker.stop(_ENDING_S)


def _doors(record: Record, place: Place) -> Doors:
    """The owner's doors on this computer's own address; anywhere else accounts, and a proxy that encrypts."""
    people = People.beside(record.path)
    if is_loopback(place.host) and not place.behind_proxy:
        return people if people.any() else Doors.of_owner()
    if not place.behind_proxy:
        raise RecordError(
            f"{place.host} can be reached by others: passwords and reports would travel unencrypted; put an encrypting proxy "
            "in front and say --behind-proxy"
        )
    if not people.any("admin"):
        raise RecordError("nobody may sign in yet: make an account first (concordant people add NAME --role admin)")
    return people


def _listen(place: Place) -> socket.socket:
    """A socket on the port asked for, or on the first free one from the usual one on."""
    ports = [place.port] if place.port is not None else range(PORT, PORT + _TRIED)
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    for port in ports:
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((place.host, port))
            listening.listen(128)  # whoever follows the printed address at once waits, and is not refused
        except OSError as error:
            listening.close()
            problem = error
            continue
        return listening
    raise RecordError(f"nothing can listen at {place.host}:{ports[0]}: {problem.strerror or problem}")
