"""The commands of the web app: `serve` and `people`."""

from __future__ import annotations

from typing import Annotated

import typer

from concordant.cli.opening import guarded, opened, path_of
from concordant.cli.options import Codebook, Scope

web = typer.Typer()
people_app = typer.Typer(help="Accounts of the web app, for a team.", no_args_is_help=True)
token_app = typer.Typer(help="Tokens of an account's programs.", no_args_is_help=True)
web.add_typer(people_app, name="people")
people_app.add_typer(token_app, name="token")


@web.command()
@guarded
def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address to listen at; others than this computer's need accounts.")] = "127.0.0.1",
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port; else 8765 or the next free one.")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a browser.")] = False,
    behind_proxy: Annotated[bool, typer.Option("--behind-proxy", help="A proxy in front encrypts.")] = False,
    tiles: Annotated[
        str | None, typer.Option("--tiles", help="Your own tiles under the map: FILE.pmtiles, or https://…/{z}/{x}/{y}.png.")
    ] = None,
    scope: Scope = "default",
    codebook: Codebook = None,
    allow_private: Annotated[bool, typer.Option("--allow-private-network", hidden=True, help="Fetch from private addresses too: for tests.")] = False,
) -> None:
    """Open the record in a browser: look, read, decide, bring in."""
    from concordant.web.serving import Place, serve

    with opened(context, scope=scope, codebook=codebook) as record:
        serve(record, Place(host, port, behind_proxy, not no_browser, allow_private, tiles))


@people_app.command("add")
@guarded
def people_add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The name that decisions are written down under.")],
    role: Annotated[str, typer.Option(help="reader, coder, reviewer, publisher or admin.")] = "reader",
    totp: Annotated[bool, typer.Option("--totp", help="Ask for a six-digit code too; prints the secret for it.")] = False,
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for.")] = "",
) -> None:
    """Make an account, or change its role and password; its sessions and tokens end."""
    from concordant.web.people import People

    secret = People.beside(path_of(context)).add(name, role, password, totp=totp)
    typer.echo(f"{name}: {role}" + (f"; secret for the codes: {secret}" if secret else ""))


@people_app.command("list")
@guarded
def people_list(context: typer.Context) -> None:
    """The accounts."""
    from concordant.web.people import People

    for name, role, code in People.beside(path_of(context)).all():
        typer.echo(f"{name}\t{role}" + ("\tcode" if code else ""))


@people_app.command("remove")
@guarded
def people_remove(context: typer.Context, name: Annotated[str, typer.Argument(help="Whose account.")]) -> None:
    """Take an account away; its sessions and tokens end at once."""
    from concordant.web.people import People

    People.beside(path_of(context)).remove(name)
    typer.echo(f"{name}: removed")


@token_app.command("add")
@guarded
def token_add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Whose token; it never does more than their role.")],
    label: Annotated[str, typer.Option(help="What it is for.")],
    scope: Annotated[list[str], typer.Option(help="events:read, reports:read or reports:add; may be given again.")],
    days: Annotated[int, typer.Option(help="So many days it holds, 366 at most.")] = 90,
) -> None:
    """Make a token for a program; its secret is printed this once and kept nowhere."""
    from concordant.web.people import People

    token, secret = People.beside(path_of(context)).tokens.add(name, label, scope, days)
    typer.echo(f"token {token.id} of {name}, until {_day(token.until)}: {secret}")


@token_app.command("list")
@guarded
def token_list(
    context: typer.Context, name: Annotated[str | None, typer.Argument(help="Only theirs.")] = None
) -> None:
    """The tokens, the newest first: id, owner, scopes, end, last use, label."""
    from concordant.web.people import People

    tokens = People.beside(path_of(context)).tokens
    for token in tokens.all(name):
        end = f"{'ended' if tokens.ended(token) else 'until'} {_day(token.until)}"
        used = f"used {_day(token.seen)}" if token.seen else "never used"
        typer.echo("\t".join((token.id, token.owner, " ".join(sorted(token.scopes)), end, used, token.label)))


@token_app.command("remove")
@guarded
def token_remove(context: typer.Context, token: Annotated[str, typer.Argument(help="Its id, from `list`.")]) -> None:
    """Revoke a token: it opens nothing from the next request on."""
    from concordant.web.people import People

    People.beside(path_of(context)).tokens.remove(token)
    typer.echo(f"{token}: removed")


def _day(seconds: float) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(seconds, UTC).date().isoformat()
