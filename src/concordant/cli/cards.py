"""Cards: a coded report as an editor reads it, each event with the sentences and words that carry its values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO

from rich.console import Console
from rich.markup import escape
from rich.text import Text

from concordant.coding.coded import CodedEvent, CodedReport, CodedToll, Evidence
from concordant.reports import Report

LABELS = {
    "fr": {
        "when": "Quand", "where": "Où", "who": "Par qui", "whom": "Contre qui", "between": "Parties", "toll": "Bilan",
        "means": "Moyens", "claimed": "Revendiqué par", "sources": "Sources", "words": "Les mots", "undated": "non daté",
        "unplaced": "lieu inconnu", "left": "Non codé", "none": "Aucun événement", "sure": "confiance", "main": "principal",
        "background": "rappel", "hedged": "au conditionnel", "rival": "version rivale", "presumed": "présumé",
        "near": "près de", "within": "dans", "at": "à", "unread": "Non lu",
    },
    "en": {
        "when": "When", "where": "Where", "who": "By whom", "whom": "To whom", "between": "Parties", "toll": "Toll",
        "means": "Means", "claimed": "Claimed by", "sources": "Sources", "words": "The words", "undated": "undated",
        "unplaced": "place unknown", "left": "Not coded", "none": "No event", "sure": "confidence", "main": "main",
        "background": "background", "hedged": "hedged", "rival": "rival version", "presumed": "presumed",
        "near": "near", "within": "within", "at": "at", "unread": "Not read",
    },
}  # fmt: skip
OUTCOMES = {
    "fr": {"killed": "tués", "wounded": "blessés", "missing": "disparus", "abducted": "enlevés", "released": "libérés",
           "arrested": "arrêtés", "displaced": "déplacés", "captured": "capturés", "casualties": "victimes"},
    "en": {"killed": "killed", "wounded": "wounded", "missing": "missing", "abducted": "abducted", "released": "released",
           "arrested": "arrested", "displaced": "displaced", "captured": "captured", "casualties": "casualties"},
}  # fmt: skip
_COLOURS = {"date": "cyan", "place": "green", "party": "yellow", "toll": "red", "trigger": "bold"}
_SENTENCE_BREAKS = ".!?\n"
_WIDTH = 88
_LEFT = 5  # passages not coded that a card shows


class Cards:
    """Prints cards to a stream: in colour on a terminal, with [brackets]{field} where there is none."""

    def __init__(self, out: IO[str]) -> None:
        self._console = Console(
            file=out, width=None if out.isatty() else _WIDTH, highlight=False, soft_wrap=not out.isatty()
        )
        self._plain = not self._console.is_terminal

    def show(self, report: Report | None, coded: CodedReport) -> None:
        words = LABELS["fr" if coded.language == "fr" else "en"]
        head = coded.title or coded.id
        self._line(f"[bold]{escape(head)}[/bold]")
        self._line(escape(" · ".join(filter(None, (coded.published, report.outlet if report else None, coded.id)))))
        if coded.error or coded.gate_reason:
            self._line(
                f"  {words['unread'] if coded.error else words['none']}: {escape(coded.error or coded.gate_reason or '')}\n"
            )
            return
        if not coded.events:
            self._line(f"  {words['none']}")
        for number, event in enumerate(coded.events, start=1):
            self._event(number, event, report, coded.language or "en")
        self._left(coded, words)
        self._line("")

    def _line(self, text: str) -> None:
        self._console.print(text)

    def _event(self, number: int, event: CodedEvent, report: Report | None, language: str) -> None:
        words = LABELS["fr" if language == "fr" else "en"]
        flags = [words[event.role]] + ([words["hedged"]] if event.hedged else [])
        sure = event.confidence.get("overall")
        head = f"{number}. {event.kind} ({', '.join(flags)})"
        self._line(f"\n  [bold]{escape(head)}[/bold]" + (f"  {words['sure']} {sure:.2f}" if sure is not None else ""))
        for label, value in _rows(event, words, OUTCOMES["fr" if language == "fr" else "en"]):
            self._line(f"     {label:<16}{escape(value)}")
        if report is not None:
            for passage in passages(event, report):
                self._passage(passage)

    def _passage(self, pieces: Sequence[tuple[str, str | None]]) -> None:
        line = Text("     | ")
        for text, field in pieces:
            if field is None:
                line.append(text)
            elif self._plain:
                line.append(f"[{text}]{{{field}}}")
            else:
                line.append(text, style=_COLOURS[field])
        self._console.print(line)

    def _left(self, coded: CodedReport, words: dict[str, str]) -> None:
        if coded.not_coded:
            self._line(f"\n  {words['left']}:")
        for passage in coded.not_coded[:_LEFT]:
            short = passage.text if len(passage.text) < 90 else passage.text[:87] + "…"
            self._line(escape(f"     - {' '.join(short.split())}: {passage.why}"))


def _rows(event: CodedEvent, words: dict[str, str], outcomes: dict[str, str]) -> Iterable[tuple[str, str]]:
    yield words["when"], _when(event, words)
    yield words["where"], _where(event, words)
    for role, label in (("perpetrator", "who"), ("target", "whom"), ("participant", "between")):
        names = [
            f"{p.name} ({p.type}{', ' + words['presumed'] if p.presumed else ''})"
            for p in event.parties
            if p.role == role
        ]
        if names:
            yield words[label], "; ".join(names)
    for toll in event.casualties:
        yield words["toll"], _toll(toll, words, outcomes)
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
    return told + (f", {event.date.time_of_day}" if event.date.time_of_day else "")


def _where(event: CodedEvent, words: dict[str, str]) -> str:
    place = event.place
    if place is None:
        return words["unplaced"]
    chain = [part for part in (place.admin2, place.admin1, place.country) if part and part != place.name]
    point = (
        "" if place.latitude is None else f"  ({place.latitude:.2f}, {place.longitude:.2f} ± {place.radius_km:.0f} km)"
    )
    return f"{words[place.relation]} {place.name}" + (f", {', '.join(chain)}" if chain else "") + point


def _toll(toll: CodedToll, words: dict[str, str], outcomes: dict[str, str]) -> str:
    flags = [words["hedged"]] * toll.hedged + [words["rival"]] * toll.rival
    parts = " = " + " + ".join(f"{'?' if n is None else n} {name}" for name, n in toll.parts) if toll.parts else ""
    return f"{_figure(toll)} {outcomes[toll.outcome]}, {toll.victims}{parts}" + (
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
    found = []
    for part, text in (("title", report.title or ""), ("text", report.text)):
        found += _sentences(text, sorted(set(marks[part])))
    return found[:4]


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
