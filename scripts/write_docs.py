"""Write the parts of the documentation that the program and its data give; with --check, only say whether they are current.

A part stands in a page between `<!-- made: NAME -->` and `<!-- end -->`.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import concordant
from concordant.cli.cards import Cards
from concordant.cli.labels import KINDS, TYPES
from concordant.codebook import Codebook
from concordant.coding.coder import Study, code_report, study
from concordant.coding.gate import set_aside
from concordant.reading import Span, read
from concordant.reports import Report, iter_reports

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "docs/codebook.md", "docs/how-a-report-is-read.md")
EXAMPLE = ROOT / "examples/reports/01-embuscade-fr.txt"
BOOK = Codebook()
_PART = re.compile(r"(<!-- made: (?P<name>[\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


@cache
def example() -> Report:
    [report] = iter_reports([EXAMPLE], today=date(2024, 8, 17))
    assert isinstance(report, Report)
    return report


@cache
def understood() -> Study:
    report = example()
    return study(report, read(report.title, report.text, report.language or "fr"), concordant.coder())


def fenced(text: str) -> str:
    return f"```text\n{text.strip(chr(10))}\n```\n"


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    lines = [list(head), *map(list, rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def the_report() -> str:
    return fenced(EXAMPLE.read_text(encoding="utf-8"))


def the_card() -> str:
    out = io.StringIO()
    report = example()
    Cards(out).show(Report(**{**_fields(report), "source": EXAMPLE.relative_to(ROOT).as_posix()}), code_report(report, concordant.coder()))
    return fenced("\n".join(line.rstrip() for line in out.getvalue().splitlines()))


def _fields(report: Report) -> dict[str, object]:
    return {name: getattr(report, name) for name in Report.__dataclass_fields__}


def the_gate() -> str:
    report = example()
    reason = set_aside(report.title, report.text, report.language or "fr", codebook=BOOK)
    return fenced(reason or "passes: it has words that tell of something done")


def the_words() -> str:
    reading = understood().reading
    sentence = next(s for s in reading.sentences if s.paragraph > 1)
    rows = ((t.text, t.lemma, t.pos, t.dep, reading.tokens[t.head].text) for t in reading.sentence_tokens(sentence)[:16])
    return table(("word", "lemma", "part of speech", "function", "of"), rows)


def the_mentions() -> str:
    seen = understood()
    found, words = seen.mentions, seen.reading.words

    def rows() -> Iterator[tuple[str, Span, object]]:
        yield from (("act", t.span, f"{t.act}, strength {t.strength}") for t in found.triggers)
        yield from (("date", d.span, f"{d.start} to {d.end}") for d in found.dates)
        yield from (("place", p.span, f"{p.relation}, {p.admin1 or '?'}, {p.country or '?'}") for p in found.places)
        yield from (("party", p.span, p.type + (", presumed" if p.presumed else "")) for p in found.parties)
        yield from (("toll", t.trigger, f"{t.outcome}") for t in found.tolls)
        yield from (("mood", m.span, m.mood) for m in found.moods)

    told = sorted(rows(), key=lambda row: (row[1], row[0]))
    return table(("what", "words", "read as"), ((sort, words(span)[:70], value) for sort, span, value in told))


def the_happenings() -> str:
    seen = understood()
    rows = []
    for number, (draft, odds) in enumerate(zip(seen.drafts, seen.chances, strict=True), start=1):
        told = "; ".join(seen.reading.words(frame.span)[:60] + "…" for frame in draft.happening.frames)
        rows.append((number, draft.kind, told, *(f"{odds[standing]:.2f}" for standing in ("main", "background", "none"))))
    return table(("", "kind", "sentences", "main", "background", "no event"), rows)


def the_kinds() -> str:
    acts: dict[str, list[str]] = {}
    for row in BOOK.table("acts"):
        acts.setdefault(row["kind"], []).append(row["act"])
    return table(
        ("kind", "français", "acts that make it where nothing else decides"),
        ((f"`{kind}`", KINDS["fr"].get(kind, ""), ", ".join(acts.get(kind, ()))) for kind in KINDS["en"]),
    )


def the_types() -> str:
    return table(("type", "in English", "en français"), ((f"`{t}`", TYPES["en"][t], TYPES["fr"][t]) for t in TYPES["en"]))


def the_quantities() -> str:
    rows = [(language, *(row[c] for c in ("rule", "pattern", "low", "best", "high", "state"))) for language in ("fr", "en") for row in BOOK.table(f"{language}/quantities")]
    return table(("", "rule", "words", "low", "best", "high", "state"), ((a, b, c.replace("|", ", "), *rest) for a, b, c, *rest in rows))


def the_tables() -> str:
    """Every table with the remarks at its head."""
    parts = []
    for room in ("coding", "actors", "places"):
        folder = ROOT / "src/concordant" / room / "data"
        for path in sorted(folder.rglob("*.tsv")):
            name = path.relative_to(folder).with_suffix("").as_posix()
            if name.startswith("en/") and (folder / "fr" / path.name).exists():
                continue  # its French sister says it all
            lines = path.read_text(encoding="utf-8").splitlines()
            remarks = " ".join(line.lstrip("# ") for line in lines[: next((n for n, x in enumerate(lines) if not x.startswith("#")), 0)])
            columns = next((line for line in lines if line.strip() and not line.startswith("#")), "").split("\t")
            label = name.replace("fr/", "fr/, en/")
            parts.append(f"### {label}\n\nColumns: {', '.join(f'`{c}`' for c in columns)}.\n\n{_quiet(remarks)}\n")
    return "\n".join(parts)


def _quiet(text: str) -> str:
    """Text in which no mark of Markdown acts."""
    return re.sub(r"([*_<>{}|])", r"\\\1", text)


MAKERS: dict[str, Callable[[], str]] = {
    "report": the_report, "card": the_card, "gate": the_gate, "words": the_words, "mentions": the_mentions,
    "happenings": the_happenings, "kinds": the_kinds, "types": the_types, "quantities": the_quantities,
    "tables": the_tables,
}  # fmt: skip


def written(page: str) -> str:
    """A page with its made parts made anew."""
    return _PART.sub(lambda part: part[1] + MAKERS[part["name"]]() + part[3], page)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale = []
    for name in PAGES:
        path = ROOT / name
        old = path.read_text(encoding="utf-8")
        new = written(old)
        if new != old:
            stale.append(name)
            if not check:
                path.write_text(new, encoding="utf-8")
    print(("out of date: " if check else "written: ") + (", ".join(stale) or "nothing"))
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
