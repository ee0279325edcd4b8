"""A client that sends what a browser of the same site sends, and reads pages as a person would."""

from __future__ import annotations

import html
import re
from typing import Any

from starlette.testclient import TestClient

from concordant.fetching.polite import Polite
from concordant.record import Record
from concordant.web.app import Settings, make_app
from concordant.web.people import Doors, People
from concordant.web.rights import Person
from concordant.web.working import Worker

WORKERS: list[Worker] = []
BROWSER = {"sec-fetch-site": "same-origin"}


class Client(TestClient):
    """A browser of the owner's, at the app's own address."""

    def send_form(self, path: str, **fields: Any) -> Any:
        return self.post(path, data=fields, headers=BROWSER, follow_redirects=False)

    def read(self, path: str, **more: Any) -> str:
        """A page's text, without its marks; it must be there."""
        answer = self.get(path, **more)
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:300])
        return words(answer.text)


def words(page: str) -> str:
    """What of a page a person reads."""
    inside = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", inside)).split())


def client_of(
    record: Record, person: Person | None = None, *, people: People | None = None, host: str = "localhost", fetch: Polite | None = None,
    settings: Settings | None = None, address: str = "testclient",
) -> Client:  # fmt: skip
    """A client of the app: of the owner, of somebody with a role, or of whoever signs in."""
    doors = people or (Doors(person) if person else Doors(Person("owner", "admin", local=True)))
    app = make_app(record, doors, settings or Settings(), fetch)
    WORKERS.append(app.state.worker)
    return Client(app, base_url=f"http://{host}", raise_server_exceptions=True, client=(address, 50000))


def rest() -> None:
    """Wait for what the clients' apps are reading: after that the record may be closed."""
    while WORKERS:
        assert WORKERS.pop().stop(60)


def only(record: Record, place: str) -> str:
    """The id of the one event of a place."""
    found = [e.id for e in record.events() if (e.values.get("place") or {}).get("name") == place]
    assert len(found) == 1
    return found[0]
