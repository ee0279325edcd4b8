"""Reading the codebook's tables: tab-separated files, with a user's own rows laid over the built-in ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
# Each room keeps its own data; a table's name is its path below one of these, without the suffix.
_ROOTS = tuple(_PACKAGE / room / "data" for room in ("codebook", "coding", "actors", "places"))
# The tables that bring accounts together and choose an event's values. They code nothing, so that a change of theirs
# leaves the version of the codebook as it is; `rules_version` is theirs.
_RULE_ROOTS = tuple(_PACKAGE / room / "data" for room in ("linking", "reconciling"))
# What leaves for everybody to see: neither codes nor decides anything.
_OUT_ROOTS = (_PACKAGE / "releases" / "data",)


class CodebookError(ValueError):
    """A codebook file that cannot be used: says which file, which line, and what is wrong with it."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        self.path, self.line = path, line
        super().__init__(f"{path}:{line}: {message}")


@dataclass(frozen=True, slots=True)
class Row(Mapping[str, str]):
    """One line of a table: its cells by column name (missing cells are ""), and where it stands."""

    cells: Mapping[str, str]
    path: Path
    line: int

    def __getitem__(self, column: str) -> str:
        try:
            return self.cells[column]
        except KeyError:
            raise CodebookError(self.path, 1, f"no column {column!r}") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)

    def listed(self, column: str) -> tuple[str, ...]:
        """The cell's values, which a table separates by "|"."""
        return tuple(part.strip() for part in self.cells.get(column, "").split("|") if part.strip())

    def number(self, column: str) -> float | None:
        """The cell as a number, None where it is empty; CodebookError where it is neither."""
        cell = self[column]
        if not cell:
            return None
        try:
            return float(cell)
        except ValueError:
            raise self.error(f"{column} is not a number: {cell!r}") from None

    def error(self, message: str) -> CodebookError:
        return CodebookError(self.path, self.line, message)


def read_table(path: Path) -> tuple[Row, ...]:
    """The rows of one tab-separated file: a header line first; empty lines and lines that start with # are left out.

    Raises CodebookError, with file and line, for text that is not UTF-8, a missing header, or a row with more
    cells than the header.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise CodebookError(path, 1, f"not UTF-8 text: {error.reason} at byte {error.start}") from None
    header: list[str] | None = None
    rows = []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header is None:
            header = cells
            continue
        if len(cells) > len(header):
            raise CodebookError(path, number, f"{len(cells)} cells, but the header has {len(header)} columns")
        cells += [""] * (len(header) - len(cells))
        rows.append(Row(dict(zip(header, cells, strict=True)), path, number))
    if header is None:
        raise CodebookError(path, 1, "the file has no header line")
    return tuple(rows)


@lru_cache(maxsize=256)
def _builtin(name: str) -> tuple[Row, ...]:
    for root in (*_ROOTS, *_RULE_ROOTS, *_OUT_ROOTS):
        path = root / f"{name}.tsv"
        if path.exists():
            return read_table(path)
    raise LookupError(f"no built-in table {name!r}")


@dataclass(frozen=True)
class Codebook:
    """The tables a coder works with: the built-in ones, with the tables of `overlays` (folders) laid over them.

    A row of an overlay replaces the built-in rows with the same first cell; a row whose first cell is "-NAME"
    takes the built-in row NAME away; any other row is added.
    """

    overlays: tuple[Path, ...] = field(default=())

    def table(self, name: str) -> tuple[Row, ...]:
        """The rows of table `name` ("actors", "fr/triggers", …). Raises LookupError for an unknown table."""
        return _layered(name, self.overlays)

    @property
    def version(self) -> str:
        """A short hash of every row in force: two codebooks with the same version code alike."""
        return _version((*_ROOTS, *self.overlays))

    @property
    def rules_version(self) -> str:
        """A short hash of every row that linking and reconciling go by."""
        return _version((*_RULE_ROOTS, *self.overlays))


@lru_cache(maxsize=1024)
def _layered(name: str, overlays: tuple[Path, ...]) -> tuple[Row, ...]:
    rows = list(_builtin(name))
    for overlay in overlays:
        path = overlay / f"{name}.tsv"
        if path.exists():
            rows = _lay(rows, read_table(path))
    return tuple(rows)


def _lay(rows: list[Row], over: tuple[Row, ...]) -> list[Row]:
    if not rows or not over:
        return [*rows, *over]
    key = next(iter(rows[0]))
    if key not in over[0]:
        raise CodebookError(over[0].path, 1, f"the first column must be {key!r}")
    unknown = set(over[0]) - set(rows[0])
    if unknown:
        raise CodebookError(over[0].path, 1, f"unknown columns: {', '.join(sorted(unknown))}")
    blank = dict.fromkeys(rows[0], "")
    over = tuple(Row({**blank, **row.cells}, row.path, row.line) for row in over)
    gone = {row[key].removeprefix("-") for row in over}
    return [row for row in rows if row[key] not in gone] + [row for row in over if not row[key].startswith("-")]


@lru_cache(maxsize=64)
def _version(roots: tuple[Path, ...]) -> str:
    digest = hashlib.sha256()
    for root in roots:
        for path in sorted(root.rglob("*.tsv")):
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
