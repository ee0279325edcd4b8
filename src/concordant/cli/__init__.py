"""Thin commands over the Python API."""


def main() -> None:
    """The `concordant` program."""
    raise SystemExit("not yet")
