"""The commands of subscriptions: `feeds add`, `list`, `remove`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from concordant.cli.opening import guarded, opened

if TYPE_CHECKING:
    from concordant.record.subscriptions import Subscription

feeds_app = typer.Typer(help="The feeds that the record is kept up to date with, by `watch` or the web app.", no_args_is_help=True)


@feeds_app.command("add")
@guarded
def feeds_add(
    context: typer.Context, addresses: Annotated[list[str], typer.Argument(help="Addresses of feeds or OPML lists; or files that list them.")]
) -> None:
    """Subscribe to feeds; the next `watch` asks them."""
    from concordant.cli.watching import addresses as listed

    with opened(context) as record:
        for url in listed(tuple(addresses)):
            typer.echo(f"subscribed: {record.subscribe(url)}")


@feeds_app.command("list")
@guarded
def feeds_list(context: typer.Context) -> None:
    """The feeds with when they last answered, what came of them and why one fails."""
    with opened(context) as record:
        for feed in record.subscriptions():
            typer.echo("\t".join((feed.address, feed.title or "-", _state(feed), f"{feed.taken} taken", f"by {feed.by} since {feed.since[:10]}")))


@feeds_app.command("remove")
@guarded
def feeds_remove(context: typer.Context, address: Annotated[str, typer.Argument(help="Its address, from `list`.")]) -> None:
    """Ask a feed no longer; what came of it stays."""
    with opened(context) as record:
        record.unsubscribe(address)
        typer.echo(f"removed: {address}")


def _state(feed: Subscription) -> str:
    if feed.failures:
        return f"failed {feed.failures} times: {feed.why}"
    return f"answered {datetime.fromtimestamp(feed.seen, UTC):%Y-%m-%d %H:%M}" if feed.seen else "not asked yet"
