"""Opening the record that a command is about, and telling the user in one line where that comes to nothing."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import typer

if TYPE_CHECKING:
    from concordant.record import Record

F = TypeVar("F", bound=Callable[..., Any])


def default_path() -> Path:
    """The record's place where none is named: $CONCORDANT_RECORD, else in the user's data folder."""
    from concordant.places.gazetteer import user_folder

    named = os.environ.get("CONCORDANT_RECORD")
    return Path(named) if named else user_folder().parent / "concordant.db"


def path_of(context: typer.Context) -> Path:
    """The record that the command was given."""
    named: Path | None = (context.find_root().obj or {}).get("record")
    return named or default_path()


@contextmanager
def opened(
    context: typer.Context, *, workers: int = 1, scope: str = "default", codebook: Sequence[Path] | None = None
) -> Iterator[Record]:
    """The record of a command, open."""
    from concordant.coding.coder import SCOPES
    from concordant.record import open_record

    if scope not in SCOPES:
        raise typer.BadParameter(f"{scope!r} is none of {', '.join(SCOPES)}", param_hint="--scope")
    folders = tuple(str(folder) for folder in codebook or ())
    with open_record(path_of(context), workers=workers, codebook=folders, scope=scope) as record:
        yield record


def guarded(command: F) -> F:
    """A command whose errors come as one line with their code, and that ends quietly when its reader does."""

    @functools.wraps(command)
    def run(*args: Any, **named: Any) -> Any:
        from concordant.archive import WorkerStartError
        from concordant.codebook import CodebookError
        from concordant.record import RecordError
        from concordant.review import RulingError

        try:
            return command(*args, **named)
        except RecordError as error:
            typer.echo(f"concordant: {error.code}: {error}", err=True)
        except WorkerStartError as error:
            typer.echo(f"concordant: E_START: nothing was read, what came in is kept: {error}", err=True)
        except (RulingError, CodebookError) as error:
            typer.echo(f"concordant: {error}", err=True)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        raise typer.Exit(2)

    return run  # type: ignore[return-value]


def as_day(value: str | None, name: str) -> str | None:
    """The value, if it is a day."""
    try:
        return date.fromisoformat(value).isoformat() if value else None
    except ValueError:
        raise typer.BadParameter(f"{value!r} is no day as YYYY-MM-DD", param_hint=name) from None
