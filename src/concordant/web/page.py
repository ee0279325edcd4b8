"""A request as the pages see it, and how an answer is made of it: the record, the reader's words, the time asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from concordant.record import Counts, Event, Filters, Record
from concordant.record.tallies import Cell, Tally
from concordant.web import sentences
from concordant.web.asking import UnclearError, query_string
from concordant.web.memory import Memory
from concordant.web.rights import Person, Right, may
from concordant.web.words import LANGUAGES, Words

_TEMPLATES = Path(__file__).parent / "templates"
_SENTENCES = ("sentence", "days", "figure", "toll_of", "said", "named", "log_field", "log_name", "link_words", "quoted")
STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: who asks for what, in which language, as of when. `seq` is the entry up to which all of it is read."""

    request: Request
    record: Record
    words: Words
    person: Person | None
    as_of: str | None
    seq: int
    form: FormData = field(default_factory=FormData)
    body: bytes = b""

    @property
    def given(self) -> Mapping[str, str]:
        return self.request.query_params

    @property
    def past(self) -> bool:
        return self.as_of is not None

    def may(self, right: str) -> bool:
        """Whether this person can do that here and now: nothing can be changed in the past."""
        wanted = Right(right)
        return may(self.person, wanted) and (wanted in (Right.OPEN, Right.READ) or not self.past)

    @property
    def held(self) -> tuple[frozenset[str], frozenset[str]]:
        """The events and reports that this person must not see, for they are to code them blind."""
        if self.person is None:
            return frozenset(), frozenset()
        name, now = self.person.name, self.record.moment()
        return self.memory.of(("held", name, self.seq, now), lambda: self.record.seconds.held_back(name, self.seq))

    def shown(self, events: Iterable[Event]) -> Iterator[Event]:
        """Events, but for those that this person is still to code blind."""
        held, _ = self.held
        return (event for event in events if event.id not in held) if held else iter(events)

    def count(self, filters: Filters) -> int:
        """How many events there are, kept for as long as nothing new is written; those counted by month are counted already."""
        months = self.memory.known(("tally", "month", filters, self.seq))
        if months is not None:
            return sum(tally.events for tally in months)
        return self.memory.of(("count", filters, self.seq), lambda: self.record.count(filters, as_of=self.seq))

    def tally(self, by: str, filters: Filters | None = None) -> list[Tally]:
        """Events counted by month, kind, country, …, kept likewise."""
        asked = filters or Filters()
        return self.memory.of(("tally", by, asked, self.seq), lambda: self.record.tally(by, asked, as_of=self.seq))

    def cells(self, degrees: float, filters: Filters) -> list[Cell]:
        """Events brought together by squares of the map, kept likewise."""
        key = ("cells", degrees, filters, self.seq)
        return self.memory.of(key, lambda: self.record.cells(degrees, filters, as_of=self.seq))

    def counts(self) -> Counts:
        """What came in and what became of it, kept likewise."""
        return self.memory.of(("counts", self.seq), lambda: self.record.counts(as_of=self.seq))

    @property
    def memory(self) -> Memory:
        """What was worked out for this or earlier requests."""
        memory: Memory = self.request.app.state.memory
        return memory

    def text(self, name: str) -> str:
        """What a form says under a name."""
        value = self.form.get(name)
        return value.strip() if isinstance(value, str) else ""

    def url(self, path: str, **parts: Any) -> str:
        """An address of this site that keeps the language and the time."""
        kept = {"lang": self.given.get("lang"), "as_of": self.as_of}
        return f"{quote(path)}{query_string({**parts, **{k: v for k, v in kept.items() if v and k not in parts}})}"

    def here(self, path: str | None = None, **changes: Any) -> str:
        """This page's address (or that of another page with the same filters) with changes; None takes a part out."""
        return f"{quote(path or self.request.url.path)}{query_string({**self.given, 'done': None, **changes})}"


@lru_cache(maxsize=1)
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    made.globals |= {name: getattr(sentences, name) for name in _SENTENCES}
    return made


def show(ask: Ask, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any) -> Response:
    """A page."""
    html = _templates().get_template(template).render(ask=ask, w=ask.words, url=ask.url, **values)
    return HTMLResponse(html, status, headers=dict(headers or {}) | {"Vary": "Accept-Language, Cookie"})


def message(ask: Ask, status: int, title: str, lead: str, detail: str = "") -> Response:
    """A page that says what is the matter; `title` and `lead` are keys of the catalogue."""
    return show(ask, "message.html", status=status, title=ask.words(title), lead=ask.words(lead) if lead else "", detail=detail)


def go(address: str) -> Response:
    """Send the browser on after something was changed, so that a reload changes nothing again."""
    return RedirectResponse(address, 303)


def language_of(request: Request) -> str:
    """The language asked for in the address, else the one that the browser prefers, else French."""
    told = request.query_params.get("lang")
    if told in LANGUAGES:
        return str(told)
    for part in _by_weight(request.headers.get("accept-language", "")):
        if part in LANGUAGES:
            return part
    return LANGUAGES[0]


def _by_weight(header: str) -> list[str]:
    """The languages of an Accept-Language header, the most wanted first."""
    found: list[tuple[float, int, str]] = []
    for at, part in enumerate(header.split(",")[:20]):
        name, _, weight = part.strip().partition(";q=")
        try:
            found.append((-float(weight or 1), at, name.split("-")[0].lower()))
        except ValueError:
            continue
    return [name for _, _, name in sorted(found)]


def as_of_in(request: Request) -> str | None:
    """The day or moment that the whole site is turned back to. Raises UnclearError."""
    told = (request.query_params.get("as_of") or "").strip()
    if len(told) > 40:
        raise UnclearError("as_of")
    return told or None
