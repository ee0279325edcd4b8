"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

AsOf = Annotated[str | None, typer.Option("--as-of", help="As it was known then: a day or a moment (UTC).")]
Codebook = Annotated[
    list[Path] | None,
    typer.Option("--codebook", exists=True, file_okay=False, help="A folder of your own tables, laid over the built-in."),
]
Language = Annotated[str | None, typer.Option("--language", help="fr or en, where the text must not decide.")]
Scope = Annotated[str, typer.Option("--scope", help="default (organised violence) or all-violence.")]
Why = Annotated[str, typer.Option("--why", help="The reason, for the log.")]
Workers = Annotated[int, typer.Option("--workers", min=1, help="Processes to code with.")]


def choice(value: str, known: tuple[str, ...], name: str) -> str:
    """The value, if it is one of those known; else the user is told which there are."""
    if value not in known:
        raise typer.BadParameter(f"{value!r} is none of {', '.join(known)}", param_hint=name)
    return value
