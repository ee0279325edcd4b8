"""The `concordant` program: thin commands over the Python API."""

from __future__ import annotations

import os


def main() -> None:
    """Run the program; exit codes are 0 (done), 1 (done, but some inputs could not be read), 2 (wrong use)."""
    # One thread a process: a report's matrices are too small to share out, and two workers would fight for the cores.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from concordant.cli.app import app

    app()
