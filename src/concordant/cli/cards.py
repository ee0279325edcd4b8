"""Cards: a coded report as an editor reads it, each event with the sentences and words that carry its values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import IO

from rich.console import Console
from rich.markup import escape
from rich.text import Text

from concordant.cli.labels import FIELDS, KINDS, LABELS, OUTCOMES, TYPES
from concordant.coding.coded import CodedEvent, CodedReport, CodedToll, Evidence
from concordant.reports import Report

_COLOURS = {"date": "cyan", "place": "green", "party": "yellow", "toll": "red", "trigger": "bold"}
# Marks that would steer the terminal or turn the direction of the line; the coded report keeps them, a card does not.
_STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_WIDTH = 88
_LEFT = 5  # passages not coded that a card shows
_PASSAGES = 4
_HEADLINE = 160  # characters


class Cards:
    """Prints cards to a stream: in colour on a terminal, with [brackets]{field} where there is none."""

    def __init__(self, out: IO[str]) -> None:
        self._console = Console(
            file=out, width=None if out.isatty() else _WIDTH, highlight=False, soft_wrap=not out.isatty()
        )
        self._plain = not self._console.is_terminal

    def show(self, report: Report | None, coded: CodedReport) -> None:
        language = "fr" if coded.language == "fr" else "en"
        words = LABELS[language]
        source = report.source if report and report.source else coded.id
        self._line(f"[bold]{escape(coded.title or _opening(report) or source)}[/bold]")
        about = (coded.published, report.outlet if report else None, source)
        self._line(escape(" · ".join(filter(None, about))))
        if coded.error or coded.gate_reason:
            label = words["unread" if coded.error else "none"]
            self._line(f"  {label}: {escape(coded.error or coded.gate_reason or '')}\n")
            return
        if not coded.events:
            self._line(f"  {words['none']}")
        for number, event in enumerate(coded.events, start=1):
            self._event(number, event, report, language)
        self._left(coded, words)
        self._line("")

    def _line(self, text: str) -> None:
        self._console.print(_STEERING.sub(" ", text))

    def _event(self, number: int, event: CodedEvent, report: Report | None, language: str) -> None:
        words = LABELS[language]
        flags = [words[event.role]] + ([words["hedged"]] if event.hedged else [])
        sure = event.confidence.get("overall")
        head = f"{number}. {KINDS[language].get(event.kind, event.kind)} ({', '.join(flags)})"
        self._line(f"\n  [bold]{escape(head)}[/bold]" + (f"  {words['sure']} {sure:.2f}" if sure is not None else ""))
        for label, value in _rows(event, language):
            self._line(f"     {label:<16}{escape(value)}")
        if report is None:
            return
        told = passages(event, report)
        for passage in told[:_PASSAGES]:
            self._passage(passage, FIELDS[language])
        if len(told) > _PASSAGES:
            self._line(f"     | … {words['more'].format(n=len(told) - _PASSAGES)}")

    def _passage(self, pieces: Sequence[tuple[str, str | None]], fields: dict[str, str]) -> None:
        line = Text("     | ")
        for piece, field in pieces:
            text = _STEERING.sub(" ", piece)
            if field is None:
                line.append(text)
            elif self._plain:
                line.append(f"[{text}]{{{fields[field]}}}")
            else:
                line.append(text, style=_COLOURS[field])
        self._console.print(line)

    def _left(self, coded: CodedReport, words: dict[str, str]) -> None:
        if coded.not_coded:
            self._line(f"\n  {words['left']}:")
        for passage in coded.not_coded[:_LEFT]:
            said = " ".join(passage.text.split())
            short = said if len(said) < 90 else said[:87] + "…"
            self._line(escape(f"     - {short}\n       {passage.why}"))
        if len(coded.not_coded) > _LEFT:
            self._line(f"     … {words['more'].format(n=len(coded.not_coded) - _LEFT)}")


def _opening(report: Report | None) -> str | None:
    """The first line of a report without a title, where it is as short as a title."""
    line = report.text.lstrip().split("\n", 1)[0].strip() if report else ""
    return line if 0 < len(line) <= _HEADLINE else None


def _rows(event: CodedEvent, language: str) -> Iterable[tuple[str, str]]:
    words, types = LABELS[language], TYPES[language]
    yield words["when"], _when(event, words)
    yield words["where"], _where(event, words)
    for role, label in (("perpetrator", "who"), ("target", "whom"), ("participant", "between")):
        names = [
            f"{p.name} ({types.get(p.type, p.type)}{', ' + words['presumed'] if p.presumed else ''})"
            for p in event.parties
            if p.role == role
        ]
        if names:
            yield words[label], "; ".join(names)
    for toll in event.casualties:
        yield words["toll"], _toll(toll, language)
    if event.means:
        yield words["means"], ", ".join(event.means)
    if event.claimed_by:
        yield words["claimed"], event.claimed_by
    if event.attributed_to:
        yield words["sources"], "; ".join(event.attributed_to)


def _when(event: CodedEvent, words: dict[str, str]) -> str:
    if event.date is None:
        return words["undated"]
    first, last = event.date.start.isoformat(), event.date.end.isoformat()
    told = first if first == last else f"{first} – {last}"
    told += f", {event.date.time_of_day}" if event.date.time_of_day else ""
    return told + (f" ({words['inherited']})" if event.date.note else "")


def _where(event: CodedEvent, words: dict[str, str]) -> str:
    place = event.place
    if place is None:
        return words["unplaced"]
    chain = [part for part in (place.admin2, place.admin1, place.country) if part and part != place.name]
    known = place.latitude is not None and place.longitude is not None
    point = f"  ({place.latitude:.2f}, {place.longitude:.2f} ± {place.radius_km or 0:.0f} km)" if known else ""
    point += "" if place.in_gazetteer else f"  ({words['unlocated']})"
    return f"{words[place.relation]} {place.name}" + (f", {', '.join(chain)}" if chain else "") + point


def _toll(toll: CodedToll, language: str) -> str:
    words = LABELS[language]
    flags = [words["hedged"]] * toll.hedged + [words["rival"]] * toll.rival
    parts = " = " + " + ".join(f"{'?' if n is None else n} {name}" for name, n in toll.parts) if toll.parts else ""
    whose = TYPES[language].get(toll.victims, toll.victims)
    return f"{_figure(toll)} {OUTCOMES[language].get(toll.outcome, toll.outcome)}, {whose}{parts}" + (
        f" ({', '.join(flags)})" if flags else ""
    )


def _figure(toll: CodedToll) -> str:
    if toll.low is None and toll.best is None:
        return "≤ " + str(toll.high) if toll.high is not None else "?"
    if toll.high is None:
        return f"≥ {toll.low if toll.low is not None else toll.best}"
    if toll.low == toll.best == toll.high:
        return str(toll.best)
    return f"{toll.best} ({toll.low}–{toll.high})"


def passages(event: CodedEvent, report: Report) -> list[list[tuple[str, str | None]]]:
    """The sentences that carry an event's values, cut into pieces with the field that each piece gives."""
    marks: dict[str, list[tuple[int, int, str]]] = {"title": [], "text": []}

    def mark(evidence: Iterable[Evidence], field: str) -> None:
        for words in evidence:
            marks[words.part].append((words.start, words.end, field))

    for toll in event.casualties:
        mark(toll.evidence, "toll")
    mark(event.date.evidence if event.date else (), "date")
    mark(event.place.evidence if event.place else (), "place")
    for party in event.parties:
        mark(party.evidence[:1], "party")
    if not (event.casualties or event.date):
        mark(event.trigger[:2], "trigger")
    found: list[list[tuple[str, str | None]]] = []
    for part, text in (("title", report.title or ""), ("text", report.text)):
        found += (told for told in _sentences(text, sorted(set(marks[part]))) if told not in found)
    return found


def _sentences(text: str, marks: list[tuple[int, int, str]]) -> list[list[tuple[str, str | None]]]:
    groups: list[list[tuple[str, str | None]]] = []
    end = -1
    for start, stop, field in marks:
        if start < end and groups:
            continue
        if groups and start < _sentence_end(text, end):
            groups[-1][-1:] = [(text[end:start], None), (text[start:stop], field)]
        else:
            groups.append([(text[_sentence_start(text, start) : start], None), (text[start:stop], field)])
        end = stop
        groups[-1].append((text[stop : _sentence_end(text, stop)], None))
    return [[(" ".join(t.split()) if len(g) == 1 else t.replace("\n", " "), f) for t, f in g if t] for g in groups]


def _sentence_start(text: str, at: int) -> int:
    for i in range(at - 1, max(-1, at - 400), -1):
        if text[i] == "\n" or (text[i] in ".!?" and i + 1 < len(text) and text[i + 1].isspace()):
            return i + 1 + (text[i + 1 : i + 2] == " ")
    return max(0, at - 400)


def _sentence_end(text: str, at: int) -> int:
    for i in range(at, min(len(text), at + 400)):
        if text[i] == "\n" or (text[i] in ".!?" and (i + 1 == len(text) or text[i + 1].isspace())):
            return i + (text[i] != "\n")
    return min(len(text), at + 400)
