"""Boilerplate: words of a page that are no part of its report ("Lire aussi …", bylines, "Partager", hashtags)."""

from __future__ import annotations

import re

from concordant.reading.words import flat

_RELATED = re.compile(
    r"(?:→ ?)?(?<!\w)(?:a lire(?: aussi| egalement)?(?: sur [\w ]{2,20})?|lire (?:aussi|egalement)|a lire aussi|voir aussi|(?:lire|voir) notre [\w ]+|"
    r"read (?:also|more)(?: about[^:.\n]*)?|also read|related (?:stories|articles))\s?[:?]\s?"
)
_LINES = re.compile(
    r"^(?:partager.*|tweeter|imprimer|share(?: this.*)?|#\w+.*|suivez[- ]nous.*|abonnez[- ]vous.*|newsletter.*|copyright.*|©.*|"
    r"tous droits reserves.*|publie le .{4,40}|mis a jour le .{4,40}|photo ?:.*|credits? ?:.*|\[?(?:text|report)\]?|"
    r"(?:par|by) [a-z' .-]{4,40}|read more about .*|watch:.*)$",
    re.MULTILINE,
)
_NEW_SENTENCE = re.compile(r"(?<=[a-zà-ÿ0-9\"')?!]) (?=(?:L'|Le |La |Les |Un |Une |Des |Au |Aux |Du |Dans |Selon |C'est |Ce |Cette |Ces |Il |Elle |Ils |On |En |Pour |\"))")
_LINK_LENGTH = 130  # a headline is hardly longer: the link ends here at the latest


def find_boilerplate(canvas: str, language: str) -> tuple[tuple[int, int, str], ...]:
    """The (start, end, why) of each stretch of a canvas that is boilerplate, in order."""
    text = flat(canvas)
    found = [(m.start(), m.end(), "page furniture") for m in _LINES.finditer(text)]
    found += [(m.start(), _link_end(canvas, m.end()), "a link to another report") for m in _RELATED.finditer(text)]
    return tuple(sorted(found))


def _link_end(canvas: str, at: int) -> int:
    """Where the headline behind "Lire aussi :" ends: its line, its full stop, or where a new sentence begins unmarked."""
    line = canvas.find("\n", at)
    line = len(canvas) if line < 0 else line
    stops = [m.end() for m in re.compile(r"[.?!](?=\s|$)").finditer(canvas, at + 15, min(line, at + _LINK_LENGTH))]
    begins = [m.start() for m in _NEW_SENTENCE.finditer(canvas, at + 15, min(line, at + _LINK_LENGTH))]
    return min([line, *stops[:1], *begins[:1]]) if stops or begins or line - at <= _LINK_LENGTH else at
