"""Cutting a canvas into paragraphs and sentences, before any grammar is known."""

from __future__ import annotations

import re

# A full stop after these ends no sentence (titles, ranks, "art.", "env."): they stand before what they qualify.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'])(?:m|mm|mme|mmes|mlle|mgr|dr|drs|pr|prof|me|st|ste|gén|gen|gal|col|cdt|cne|lt|lt-col|adj|sgt|cpl|"
    r"cap|capt|maj|art|av|bd|env|etc|cf|no|n°|vol|p|pp|al|ex|mr|mrs|ms|jr|sr|sen|gov|rep|rev|hon|brig|vs|approx|"
    r"jan|feb|aug|sept|oct|nov|dec|janv|févr|juil|déc|[a-z])$",
    re.IGNORECASE,
)
_STOP = re.compile(r"([.!?…]+)([\"')\]]*)(\s+|$)")
_PARAGRAPH = re.compile(r"[^\n]*(?:\n|$)")


def paragraphs(canvas: str) -> list[tuple[int, int]]:
    """The (start, end) of each line that holds text, without the spaces around it."""
    found = []
    for match in _PARAGRAPH.finditer(canvas):
        line = match.group()
        text = line.strip()
        if text:
            start = match.start() + line.index(text)
            found.append((start, start + len(text)))
    return found


def split_sentences(canvas: str, start: int, end: int, *, lower_cased: bool) -> list[tuple[int, int]]:
    """The (start, end) of each sentence in canvas[start:end], one paragraph."""
    found, at = [], start
    for match in _STOP.finditer(canvas, start, end):
        if not _ends_sentence(canvas, at, match, end, lower_cased=lower_cased):
            continue
        cut = match.end(2)
        found.append((at, cut))
        at = match.end()
    if at < end:
        found.append((at, end))
    return [(a, b) for a, b in found if canvas[a:b].strip()]


def _ends_sentence(canvas: str, at: int, match: re.Match[str], end: int, *, lower_cased: bool) -> bool:
    following = canvas[match.end() : match.end() + 2].lstrip("\"'(-[ ")
    if match.end() >= end or not following:
        return True
    if match.group(1) == "." and _ABBREVIATION.search(canvas[max(at, match.start() - 12) : match.start()]):
        return False
    if "…" in match.group(1) or match.group(1).startswith(".."):
        return following[0].isupper()
    return lower_cased or following[0].isupper() or following[0].isdigit() or canvas[match.end()] in '"-('
