"""The `watch` command: rounds until it is told to stop."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from concordant.fetching.polite import Polite
from concordant.record import Record, RecordError
from concordant.record.alerting import read_alerts
from concordant.record.watching import Watch
from concordant.reports.feeds import is_feed, read_feed
from concordant.reports.report import Refused


@dataclass(frozen=True, slots=True)
class Asked:
    """What `concordant watch` was asked for."""

    feeds: tuple[str, ...]
    every: float
    alerts: Path | None
    rounds: int | None
    pause: float
    allow_private: bool


def run(record: Record, asked: Asked) -> int:
    """Watch until interrupted (SIGINT, SIGTERM) or for so many rounds; 1 where every feed failed in the last round."""
    rules = read_alerts(asked.alerts, allow_private=asked.allow_private) if asked.alerts else None
    fetch = Polite(allow_private=asked.allow_private, pause=asked.pause)
    if not asked.feeds and not record.subscriptions():
        raise RecordError("there is no feed to watch: name one, or subscribe to some (concordant feeds add ADDRESS)")
    feeds = tuple(addresses(asked.feeds)) if asked.feeds else None
    watch = Watch(record, feeds, fetch, every=asked.every, alerts=rules)
    _until_interrupted(watch)
    last = None
    for last in watch.run(asked.rounds):
        print(f"{time.strftime('%Y-%m-%d %H:%M:%S')}  {last.line()}", flush=True)
        for url, reason in last.failed:
            print(f"    failed: {url}: {reason}", flush=True)
    return 1 if last is not None and last.asked and len(last.failed) == last.asked else 0


def _until_interrupted(watch: Watch) -> None:
    def stop(number: int, frame: FrameType | None) -> None:
        watch.stop()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)


def addresses(named: tuple[str, ...]) -> Iterator[str]:
    """The addresses that were named, or stand in the files that were named: an OPML list, or an address a line."""
    for name in named:
        if name.startswith(("http://", "https://")):
            yield name
            continue
        try:
            data = Path(name).read_bytes()
            found = read_feed(data).feeds if is_feed(data[:4096]) else _listed(data)
        except (OSError, Refused) as error:
            raise RecordError(f"{name}: {getattr(error, 'reason', None) or getattr(error, 'strerror', None) or error}") from None
        if not found:
            raise RecordError(f"{name}: it lists no addresses")
        yield from found


def _listed(data: bytes) -> tuple[str, ...]:
    lines = (line.strip() for line in data.decode("utf-8", "replace").splitlines())
    return tuple(line for line in lines if line.startswith(("http://", "https://")))
