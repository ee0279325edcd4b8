"""A user's own places: a codebook folder's localities.tsv as one more layer of the gazetteer."""

from __future__ import annotations

import hashlib
from pathlib import Path

from concordant.places.gazetteer import Gazetteer, user_files, user_folder
from concordant.places.importer import add_dump
from concordant.places.schema import BUILT

LOCALITIES = "localities.tsv"


def gazetteer_with(overlays: tuple[Path, ...]) -> Gazetteer:
    """The gazetteer in force, the places of the overlays' localities.tsv laid over it.

    Raises DumpError, with file and line, for a table that cannot be used.
    """
    own = [layer(folder / LOCALITIES) for folder in overlays if (folder / LOCALITIES).exists()]
    return Gazetteer((BUILT, *user_files(), *own)) if own else Gazetteer()


def layer(table: Path) -> Path:
    """The gazetteer file made from a table; it is made once for each content and kept beside the user's own."""
    digest = hashlib.sha256(str(table).encode() + b"\0" + table.read_bytes()).hexdigest()[:16]
    made = user_folder().parent / "codebooks" / f"{digest}.sqlite"
    if not made.exists():
        made.parent.mkdir(parents=True, exist_ok=True)
        add_dump(table, made)
    return made
