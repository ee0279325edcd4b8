"""Which words a source vouches for: its sentence, with the quotations that begin or end there."""

from __future__ import annotations

from concordant.reading import Reading, Sentence, Span


class Quotations:
    """The quotations of a reading, paired within each paragraph."""

    def __init__(self, reading: Reading) -> None:
        self.spans = tuple(span for line in _lines(reading.canvas) for span in _pairs(reading.canvas, *line))

    def scope(self, sentence: Sentence) -> Span:
        """A sentence with the whole of each quotation that reaches into it."""
        start, end = sentence.start, sentence.end
        for quotation in self.spans:
            if quotation.start < sentence.end and sentence.start < quotation.end:
                start, end = min(start, quotation.start), max(end, quotation.end)
        return Span(start, end)


def _lines(canvas: str) -> list[tuple[int, int]]:
    found, at = [], 0
    for line in canvas.split("\n"):
        found.append((at, at + len(line)))
        at += len(line) + 1
    return found


def _pairs(canvas: str, start: int, end: int) -> list[Span]:
    """Quotation marks taken two by two; an odd one is paired with the end of its paragraph.

    Texts that use "«" and "»" inside other marks are paired wrongly, but what they quote is one speech all the same.
    """
    marks = [i for i in range(start, end) if canvas[i] == '"']
    if len(marks) % 2:
        marks.append(end - 1)
    return [Span(a, b + 1) for a, b in zip(marks[::2], marks[1::2], strict=True)]
