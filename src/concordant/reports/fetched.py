"""What fetching an address gives: the form that intake knows, whoever does the fetching."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer to a request: its body as sent (decompressed), and the address it came from in the end."""

    url: str
    body: bytes
    content_type: str = ""
    charset: str | None = None


class FetchError(Exception):
    """An address that was not fetched: `reason` says why in one line."""

    def __init__(self, url: str, reason: str) -> None:
        self.url, self.reason = url, reason
        super().__init__(f"{url}: {reason}")


Fetch = Callable[[str], Fetched]
