"""The commands of the web app: `serve` and `people`."""

from __future__ import annotations

from typing import Annotated

import typer

from concordant.cli.opening import guarded, opened, path_of

web = typer.Typer()
people_app = typer.Typer(help="Accounts of the web app, for a team.", no_args_is_help=True)
web.add_typer(people_app, name="people")


@web.command()
@guarded
def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address to listen at; others than this computer's need accounts.")] = "127.0.0.1",
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port; else 8765 or the next free one.")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a browser.")] = False,
    behind_proxy: Annotated[bool, typer.Option("--behind-proxy", help="A proxy in front encrypts.")] = False,
) -> None:
    """Open the record in a browser: look, read, decide, bring in."""
    from concordant.web.serving import Place, serve

    with opened(context) as record:
        serve(record, Place(host, port, behind_proxy, not no_browser))


@people_app.command("add")
@guarded
def people_add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The name that decisions are written down under.")],
    role: Annotated[str, typer.Option(help="reader, coder, reviewer, publisher or admin.")] = "reader",
    totp: Annotated[bool, typer.Option("--totp", help="Ask for a six-digit code too; prints the secret for it.")] = False,
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for.")] = "",
) -> None:
    """Make an account, or change its role and password."""
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
    """Take an account away; its sessions end at once."""
    from concordant.web.people import People

    People.beside(path_of(context)).remove(name)
    typer.echo(f"{name}: removed")
