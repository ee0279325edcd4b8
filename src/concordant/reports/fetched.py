"""What fetching an address gives: the form that intake knows, whoever does the fetching."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer to a request: its body as sent (decompressed), and the address it came from in the end.

    `status` is 304 for what has not changed since it was last asked for; `headers` are those that say when to ask
    again and what was changed (names in lower case).
    """

    url: str
    body: bytes
    content_type: str = ""
    charset: str | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class FetchError(Exception):
    """An address that was not fetched: `reason` says why in one line, `status` what a server answered.

    `code` is stable: forbidden (an address that is never asked), redirects, timeout, size, robots, http, failed.
    """

    def __init__(
        self, url: str, reason: str, *, code: str = "failed", status: int | None = None, wait: float | None = None
    ) -> None:
        self.url, self.reason, self.code, self.status, self.wait = url, reason, code, status, wait
        super().__init__(f"{url}: {reason}")


Fetch = Callable[[str], Fetched]
