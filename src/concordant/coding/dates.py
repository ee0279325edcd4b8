"""Dates: the time expressions of a report, and the days that they mean.

A weekday means the latest such day up to the publication; a day without a year the latest such day, or the one that
follows a dated day told just before. A report without a date of publication speaks from the latest full day that it
calls its own ("ce mardi 28 mai 2019"). Where neither is there, the days stay unknown: no day is made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from concordant.codebook import Codebook
from concordant.coding import calendar
from concordant.coding.calendar import Now
from concordant.coding.dategrammar import compiled
from concordant.coding.dateparts import Groups, day_of, made, month_of, year_of
from concordant.coding.dateresolve import HANDLERS
from concordant.coding.mentions import DateAnchor, DateMention
from concordant.reading import Reading, Span, flat

_OPEN_END = {
    "fr": ("depuis", "des", "a partir du", "a partir de", "a compter du"),
    "en": ("since", "starting", "as of"),
}
_OPEN_START = {
    "fr": ("jusqu'a", "jusqu'au", "jusqu'en", "jusque", "jusque dans", "d'ici", "d'ici a", "d'ici au"),
    "en": ("until", "till", "by", "through"),
}
_EVERY = {"fr": ("chaque", "tous les", "toutes les"), "en": ("every", "each")}
_BEFORE = 14  # characters before an expression in which "depuis", "chaque", "jusqu'à" are looked for
_OWN_REACH = 4  # sentences from the top in which a report without publication date may give its own day
_CARRY = 2  # sentences over which a year that was told goes on to hold for days told without one
_OLD = timedelta(days=200)  # before the publication: from there on a year that is told is no longer the report's own
_YEARLESS = ("full", "full_md", "night_span", "night_of", "range", "range_md", "days_and", "third_month", "month")
_NOMINAL = ("NOUN", "PROPN", "ADJ")
_DAYS = ("day", "night")
_BESIDE = 40  # characters between "overnight" and the day whose night it is

Found = tuple[str, re.Match[str]]


@dataclass(frozen=True, slots=True)
class Clock:
    """From when a report speaks, and what its dates may not pass."""

    now: Now
    published: date | None  # only where the day is known


@lru_cache(maxsize=4)
def _rules(language: str) -> list[tuple[str, re.Pattern[str]]]:
    return compiled(language)


def find_dates(
    reading: Reading, *, published: date | None, codebook: Codebook, exact: bool = True, first: date | None = None
) -> tuple[DateMention, ...]:
    """The time expressions of a reading, in order, none overlapping.

    `exact` is False where `published` is only the last day of the month or year in which the report came out, whose
    first day is then `first`.
    """
    text = flat(reading.canvas)
    matches = _matches(text, reading.language)
    clock = _clock(reading, matches, published, exact=exact, first=first)
    years = [(m.start(), int(y)) for n, m in matches if (y := m.groupdict().get("y")) and len(y) == 4]
    named = _named_days(text, reading.language, clock.now, years, codebook)
    found: list[DateMention] = []
    for name, match in matches:
        span = Span(match.start(), match.start() + len(match.group().rstrip(" ,")))
        mention = HANDLERS[name](span, match.groupdict(), clock.now, reading.language)
        if mention is None or any(n.span.overlaps(span) for n in named):
            continue
        mention = _carried(reading, name, mention, match.groupdict(), found, clock.now)
        found.append(_modified(reading, text, mention))
    found = sorted([*found, *named], key=lambda m: m.span.start)
    found = _beside(text, _numbered(_of_known_year(text, found, clock.now)))
    return tuple(_clipped(m, clock.published) for m in found)


def _matches(text: str, language: str) -> list[Found]:
    """The longest matches that do not overlap, in order; earlier rules win among equals."""
    found = [
        (name, m) for name, rule in _rules(language) for m in rule.finditer(text) if _meant(name, m, text, language)
    ]
    order = {name: n for n, (name, _) in enumerate(_rules(language))}
    kept: list[Found] = []
    for name, match in sorted(found, key=lambda f: (f[1].start() - f[1].end(), order[f[0]])):
        if all(match.end() <= m.start() or m.end() <= match.start() for _, m in kept):
            kept.append((name, match))
    return sorted(kept, key=lambda f: f[1].start())


def _meant(name: str, match: re.Match[str], text: str, language: str) -> bool:
    """Whether a match can be a date at all: something in it says which day ("la nuit du … au …" alone says none)."""
    groups = match.groupdict()
    if name in ("night_span", "night_of"):
        return any(groups.get(k) for k in ("w1", "w2", "d1", "d2", "d1b"))
    if name == "month" and groups.get("m") in ("may", "mar"):
        return match.group().startswith(("in ", "last ", "since "))
    if name == "days_and":
        return not text[match.end() : match.end() + 1].isdigit()
    if name == "weekday_and":
        return HANDLERS[name](Span(0, 1), groups, Now(None), language) is not None
    return True


def _clock(
    reading: Reading, matches: list[Found], published: date | None, *, exact: bool, first: date | None
) -> Clock:  # fmt: skip
    own = own_day(reading, matches)
    if published is not None and exact:
        return Clock(Now(published), published)
    if published is not None and (own is None or (first is not None and not first <= own <= published)):
        return Clock(Now(published, exact=False, first=_raised(reading, matches, published, first)), None)
    return Clock(Now(own), None)


def _raised(reading: Reading, matches: list[Found], published: date, first: date | None) -> date | None:
    """The first day on which a weekday of such a report can lie: after the latest day that the report tells of.

    A week on from there, since the weekday is looked for backwards.
    """
    now = Now(published, exact=False)
    told = [HANDLERS[n](Span(0, 1), m.groupdict(), now, reading.language) for n, m in matches if n.startswith("full")]
    days = [m.start for m in told if m is not None and m.start is not None and first and first <= m.start <= published]
    return max(days) + timedelta(days=7) if days else first


def own_day(reading: Reading, matches: list[Found]) -> date | None:
    """The day from which a report without publication date speaks: the latest full day told as its own at its top."""
    found = []
    for name, match in matches:
        if name not in ("full", "full_md", "night_span", "night_of", "numeric", "iso"):
            continue
        groups = match.groupdict()
        day = _full_day(name, groups, reading.language)
        top = reading.sentence_of(Span(match.start(), match.end())).index < _OWN_REACH
        named = groups.get("ce") or groups.get("ce2")
        recalled = _of_something(reading, match) or _told_after_today(reading, match)
        if day is not None and (named or (top and not recalled)):
            found.append(day)
    return max(found, default=None)


_TODAY = re.compile(
    r"\b(?:today|tonight|yesterday|this (?:morning|afternoon|evening)|last night|aujourd'hui|hier|ce (?:matin|soir)|cette nuit)\b"
)


def _told_after_today(reading: Reading, match: re.Match[str]) -> bool:
    """Whether a day stands below words like "this morning", or in a relative clause: one that the report recalls."""
    sentence = reading.sentence_of(Span(match.start(), match.end()))
    text = flat(reading.canvas)
    if _TODAY.search(text[sentence.start : sentence.end]):
        return False
    if _TODAY.search(text[: sentence.start]):
        return True
    first, _ = reading.range_of(Span(match.start(), match.end()))
    head = reading.tokens[first]
    for _ in range(4):
        if head.dep in ("relcl", "acl:relcl"):
            return True
        if head.pos in ("VERB", "AUX") or head.head == head.i:
            return False
        head = reading.tokens[head.head]
    return False


def _of_something(reading: Reading, match: re.Match[str]) -> bool:
    """Whether a day belongs to a noun ("the 15 October 1979 coup", "les attentats du 13 novembre 2015"): an old one."""
    first, last = reading.range_of(Span(match.start(), match.end()))
    if reading.language == "en":
        return match.group().startswith("the ") and last < len(reading.tokens) and reading.tokens[last].pos in _NOMINAL
    bare = not match.groupdict().get("w") and match.group().startswith("du ")
    return bare and first > 0 and reading.tokens[first - 1].pos in _NOMINAL


def _full_day(name: str, groups: Groups, language: str) -> date | None:
    suffix = "2" if name == "night_span" else "1" if name == "night_of" else ""
    year, day = groups.get("y" + suffix), groups.get("d" + suffix)
    month = groups.get("m" + suffix)
    if not (year and day):
        return None
    number = int(groups["mm"] or 0) if groups.get("mm") else month_of(month, language)
    return calendar.make_date(year_of(year), number, day_of(day)) if number else None


@lru_cache(maxsize=8)
def _calendar_names(codebook: Codebook, language: str) -> tuple[tuple[re.Pattern[str], int, int, int | None, bool], ...]:
    rows = codebook.table(f"{language}/named_days")
    found = []
    for row in sorted(rows, key=lambda r: -len(r["phrase"])):
        offset = row.number("easter")
        pattern = re.compile(rf"(?<!\w){re.escape(row['phrase'])}(?: (?P<y>(?:19|20)\d\d))?(?!\w)")
        month, day = int(row.number("month") or 0), int(row.number("day") or 0)
        found.append((pattern, month, day, None if offset is None else int(offset), row["night"] == "1"))
    return tuple(found)


def _named_days(
    text: str, language: str, now: Now, years: Sequence[tuple[int, int]], codebook: Codebook
) -> list[DateMention]:  # fmt: skip
    """The days that have a name ("le jour du Nouvel An"), in the year told before them where nothing else gives one."""
    found: list[DateMention] = []
    for pattern, month, number, easter, night in _calendar_names(codebook, language):
        for match in pattern.finditer(text):
            span = Span(*match.span())
            if any(m.span.overlaps(span) for m in found):
                continue
            said = match["y"] or (None if now.day else next((str(y) for at, y in reversed(years) if at < span.start), None))
            day = _named_day(month, number, easter, said, now)
            days = (day - timedelta(days=night), day) if day else None
            anchor = "absolute" if match["y"] else "publication"
            found.append(made(span, days, "night" if night else "day", anchor=anchor))
    return found


def _named_day(month: int, number: int, easter: int | None, year: str | None, now: Now) -> date | None:
    def of(year: int) -> date:
        return calendar.easter(year) + timedelta(days=easter) if easter is not None else date(year, month, number)

    if year:
        return of(int(year))
    if now.day is None:
        return None
    return next((day for back in (0, 1) if (day := of(now.day.year - back)) <= now.day), None)


def _carried(
    reading: Reading, name: str, mention: DateMention, groups: Groups, before: Sequence[DateMention], now: Now
) -> DateMention:  # fmt: skip
    """A day or month told without its year, in the year after an old day told just before ("Le 19 avril 2010 … Le 22 juillet …")."""
    if mention.anchor != "publication" or name not in _YEARLESS or not any(groups.get(m) for m in ("m", "m1", "m2")):
        return mention
    told = None if groups.get("last") or groups.get("last2") else _year_before(reading, mention, before, now)
    if told is None:
        return mention
    then = HANDLERS[name](mention.span, groups, Now(told + timedelta(days=364), past=True), reading.language)
    if then is None or then.start is None or (now.day is not None and then.start > now.day):
        return mention
    return replace(then, anchor="absolute", vague_year=True)


def _year_before(
    reading: Reading, mention: DateMention, before: Sequence[DateMention], now: Now
) -> date | None:  # fmt: skip
    here = reading.sentence_of(mention.span)
    for other in reversed(before):
        if other.anchor != "absolute" or other.start is None:
            if other.start is not None and other.precision == "day":
                return None  # the report is back in its own time
            continue
        there = reading.sentence_of(other.span)
        wide = other.precision in ("season", "year", "years")
        reach = 0 if wide else _CARRY
        near = there.paragraph == here.paragraph and here.index - there.index <= reach
        old = now.day is None if wide else now.day is None or now.day - other.start > _OLD
        return other.start if near and old and other.precision != "years" else None
    return None


# What is called by its day alone: "les attentats du 13-Mars", "l'attaque du 13-Mars".
_CALLED = re.compile(r"(?:attentat|attaque)s?(?: \w+)? (?:du )?\Z")
_RECENT = timedelta(days=60)  # news that is no older is told without its year


def _of_known_year(text: str, found: list[DateMention], now: Now) -> list[DateMention]:
    """The mentions, days told without their year in the year in which the report tells them elsewhere.

    "Attentats du 13 mars : …", and further down "le 13 mars 2015". A day that is a name ("du 13-Mars") has no year
    where the report gives none; the latest such day would be a guess.
    """
    years = {(m.start.month, m.start.day): m.start for m in found if _one_day(m, "absolute") and not m.vague_year and m.start}
    kept: list[DateMention] = []
    for mention in found:
        day = mention.start
        if not _one_day(mention, "publication") or mention.weekday is not None or day is None or mention.month is None:
            kept.append(mention)
            continue
        recent = now.day is not None and now.day - day <= _RECENT
        said = years.get((day.month, day.day))
        named = "-" in text[mention.span.start : mention.span.end] and _CALLED.search(text[: mention.span.start][-40:])
        if said is not None and said != day and not recent:
            kept.append(replace(mention, start=said, end=said, anchor="absolute", vague_year=True))
        else:
            kept.append(replace(mention, start=None, end=None) if named and said is None and not recent else mention)
    return kept


def _one_day(mention: DateMention, anchor: DateAnchor) -> bool:
    return mention.anchor == anchor and mention.precision == "day" and mention.start == mention.end


def _numbered(found: list[DateMention]) -> list[DateMention]:
    """The mentions, days told by their number alone ("le 12") in the month of the day told before or after them."""
    kept: list[DateMention] = []
    for n, mention in enumerate(found):
        if mention.day is None or mention.month is not None or mention.weekday is not None:
            kept.append(mention)
            continue
        before = next((m.end for m in reversed(kept) if m.end is not None and m.precision in _DAYS), None)
        after = next((m.start for m in found[n + 1 :] if m.start is not None and m.precision in _DAYS), None)
        day = _beginning(mention.day, before) if before else _latest_number(mention.day, after)
        if day is not None:
            kept.append(replace(mention, start=day, end=day))
    return kept


def _beginning(number: int, since: date) -> date | None:
    days = (since + timedelta(days=n) for n in range(1, 45))
    return next((day for day in days if day.day == number), None)


def _latest_number(number: int, until: date | None) -> date | None:
    days = (until - timedelta(days=n) for n in range(1, 45)) if until else ()
    return next((day for day in days if day.day == number), None)


def _beside(text: str, found: list[DateMention]) -> list[DateMention]:
    """The mentions, "overnight" without a day of its own in the night of the day beside it."""
    kept = list(found)
    for n, mention in enumerate(found):
        if text[mention.span.start : mention.span.end] != "overnight":
            continue
        after = found[n + 1] if n + 1 < len(found) else None
        before = found[n - 1] if n else None
        if after and after.precision == "day" and after.span.start - mention.span.end <= _BESIDE and after.start:
            kept[n] = replace(mention, start=after.start, end=after.start + timedelta(days=1))
            kept[n + 1] = replace(after, start=after.start, end=kept[n].end, precision="night", time_of_day="night")
        elif before and before.precision == "day" and mention.span.start - before.span.end <= _BESIDE and before.start:
            kept[n] = replace(mention, start=before.start - timedelta(days=1), end=before.start)
    return kept


def _clipped(mention: DateMention, published: date | None) -> DateMention:
    """The mention without the days after the publication: what is told has happened."""
    if published is None or mention.start is None or mention.end is None or mention.open_start:
        return mention
    if mention.start <= published < mention.end:
        return replace(mention, end=published)
    return mention


def _modified(reading: Reading, text: str, mention: DateMention) -> DateMention:
    """The mention with what the words around it add: since, until, every, and a verb in the future."""
    before = text[max(0, mention.span.start - _BEFORE) : mention.span.start].rstrip()
    whole = text[mention.span.start : mention.span.end]
    language = reading.language

    def led_by(cues: tuple[str, ...]) -> bool:
        return any(
            re.search(rf"(?<!\w){cue}(?: le| la| l'| the)?$", before) or whole.startswith(cue + " ") for cue in cues
        )

    return replace(
        mention,
        open_end=mention.open_end or led_by(_OPEN_END[language]) or _since_something(text, mention, language),
        open_start=mention.open_start or led_by(_OPEN_START[language]),
        recurrent=mention.recurrent or led_by(_EVERY[language]),
        future=mention.future or _future(reading, mention),
    )


_SINCE = {"fr": r"(?<!\w)depuis (?:le |la |les |l')[^.,;:()]{3,60}$", "en": r"(?<!\w)since (?:the )[^.,;:()]{3,60}$"}


def _since_something(text: str, mention: DateMention, language: str) -> bool:
    """Whether a vague date belongs to what something has gone on since ("depuis le début de la rébellion en 2013")."""
    if mention.precision not in ("month", "season", "year", "years"):
        return False
    return re.search(_SINCE[language], text[max(0, mention.span.start - 75) : mention.span.start].rstrip()) is not None


# Forms of the French future that the small pipeline often takes for other words; "-ira" alone may be a past ("tira").
_WILL = re.compile(r"(?:dra|nira|[eidu]ront)$")
_WILL_REACH = 4  # tokens before a date in which its verb is looked for


def _future(reading: Reading, mention: DateMention) -> bool:
    """Whether a weekday or day hangs on a verb in the future ("se réunira lundi", "will meet on Monday")."""
    if mention.weekday is None or mention.anchor == "absolute":
        return False
    first = reading.token_at(mention.span.start)
    start = max(reading.sentences[reading.tokens[first].sentence].first, first - _WILL_REACH)
    near = reading.tokens[start:first]
    if any(t.fold == "will" or (t.pos != "PROPN" and _WILL.search(t.fold)) for t in near):
        return True
    return _governed_by_future(reading, first)


def _governed_by_future(reading: Reading, at: int) -> bool:
    token = reading.tokens[at]
    for _ in range(4):
        head = reading.tokens[token.head]
        below = [reading.tokens[c].fold for c in reading.children(head.i)]
        if head.has("Tense=Fut") or any(word in ("will", "doit", "devrait") for word in below):
            return True
        if head.i == token.i or head.pos == "VERB":
            break
        token = head
    return False
