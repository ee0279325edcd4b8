"""Evidence in a text: overlapping spans cut into segments, each of which knows the claims that it carries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a text that carry a claim: code points [start, end)."""

    start: int
    end: int
    claim: str
    field: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a text; `spans` are those that cover it, the shortest first. `opens` are those that begin with it."""

    text: str
    spans: tuple[Span, ...] = ()
    opens: tuple[Span, ...] = ()

    @property
    def claims(self) -> str:
        return " ".join(dict.fromkeys(span.claim for span in self.spans))


def segments(text: str, spans: Iterable[Span]) -> list[Segment]:
    """The text cut at every bound of a span. Joined together, the segments are the text."""
    inside = sorted({s for s in spans if 0 <= s.start < s.end <= len(text)}, key=lambda s: (s.end - s.start, s.start, s.claim))
    cuts = sorted({0, len(text), *(s.start for s in inside), *(s.end for s in inside)})
    return [
        Segment(
            text[a:b], tuple(s for s in inside if s.start <= a and b <= s.end), tuple(s for s in inside if s.start == a)
        )
        for a, b in pairwise(cuts)
    ]


def spans_of(claims: Iterable[Mapping[str, Any]], part: str, text: str) -> list[Span]:
    """Where claims stand in one part of a report. Evidence that is not, letter for letter, what the text has is left out."""
    return [
        Span(e["start"], e["end"], str(claim["id"]), str(claim["field"]))
        for claim in claims
        for e in claim["evidence"]
        if e["in"] == part and text[e["start"] : e["end"]] == e["text"]
    ]


def quotes(claim: Mapping[str, Any]) -> Sequence[str]:
    """The words that carry a claim, each once."""
    return list(dict.fromkeys(" ".join(str(e["text"]).split()) for e in claim["evidence"]))
