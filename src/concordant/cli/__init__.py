"""The `concordant` program: thin commands over the Python API."""

from __future__ import annotations


def main() -> None:
    """Run the program; exit codes are 0 (done), 1 (done, but some inputs could not be read), 2 (wrong use)."""
    from concordant.cli.app import app

    app()
