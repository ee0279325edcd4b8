"""Lines broken to fit a page or a screen, made whole again without moving a character."""

from __future__ import annotations

import itertools
import re

_ENDS = re.compile(r"[.!?:;…][\"'»”)\]]*$")
_ITEM = re.compile(r"\s*(?:[-–—•*]|\d{1,2}[.)])\s")
# Mail and agencies break at 60 to 80 characters, narrow columns of a PDF at 35 or so; a paragraph is longer than 130.
_NARROWEST, _WIDEST = 30, 130
# In a proportional typeface full lines differ by some 15 in 100 in their number of characters.
_SLACK = 0.85


def unwrap(text: str) -> str:
    """The text with a space for each line break that only stands where the line was full; offsets stay.

    A text whose lines are its paragraphs comes back as it is.
    """
    lines = text.split("\n")
    width = max((len(line.rstrip()) for line in lines), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return text
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if a.strip() and b.strip()]
    full = [a for a, b in pairs if _full(a, b, width)]
    open_ended = [a for a in full if not _ENDS.search(a.rstrip())]
    if len(full) < 3 or len(full) < 0.5 * len(pairs) or len(open_ended) < 0.5 * len(full):
        return text
    return _joined(lines, width)


def _full(line: str, following: str, width: int) -> bool:
    """Whether the first word of the next line had no room on this one."""
    return len(line.rstrip()) + 1 + len(following.split(maxsplit=1)[0]) > _SLACK * width


def _joined(lines: list[str], width: int) -> str:
    parts = [lines[0]]
    for line, following in itertools.pairwise(lines):
        whole = line.strip() and following.strip() and not _ITEM.match(following) and _full(line, following, width)
        parts += [" " if whole else "\n", following]
    return "".join(parts)
