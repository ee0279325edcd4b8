"""Dates: the time expressions of a report, and the days that they mean.

A weekday means the latest such day up to the publication; a day without a year the latest such day; a report without
a date of publication speaks from the latest full day that it calls its own ("ce mardi 28 mai 2019"). Where neither is
there, the days stay unknown: no day is made up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from concordant.codebook import Codebook
from concordant.coding import calendar
from concordant.coding.calendar import MONTH_NUMBER, WEEKDAY_NUMBER, Now
from concordant.coding.dategrammar import NUMBERS, compiled
from concordant.coding.mentions import DateMention, DatePrecision
from concordant.reading import Reading, Span, flat

_OPEN_END = {
    "fr": ("depuis", "des", "a partir du", "a partir de", "a compter du"),
    "en": ("since", "starting", "as of"),
}
_OPEN_START = {
    "fr": ("jusqu'a", "jusqu'au", "jusqu'en", "jusque", "d'ici", "d'ici a", "d'ici au"),
    "en": ("until", "till", "by"),
}
_EVERY = {"fr": ("chaque", "tous les", "toutes les"), "en": ("every", "each")}
_THIRD = {"debut": "early", "mi": "mid", "mi-": "mid", "milieu": "mid", "fin": "late"}
_UNIT_DAYS = {
    "jour": (1, 1), "day": (1, 1), "semaine": (7, 7), "week": (7, 7), "mois": (28, 31), "month": (28, 31),
    "an": (365, 366), "annee": (365, 366), "year": (365, 366), "heure": (0, 1), "hour": (0, 1), "minute": (0, 0),
}  # fmt: skip
_PART = {
    "matin": "morning", "matinee": "morning", "soir": "evening", "soiree": "evening", "apres-midi": "afternoon",
    "midi": "noon", "nuit": "night", "morning": "morning", "evening": "evening", "night": "night",
    "afternoon": "afternoon", "dawn": "dawn",
}  # fmt: skip
_BEFORE = 14  # characters before an expression in which "depuis", "chaque", "jusqu'à" are looked for
_OWN_REACH = 4  # sentences from the top in which a report without publication date may give its own day

Groups = Mapping[str, str | None]


@lru_cache(maxsize=4)
def _rules(language: str) -> list[tuple[str, re.Pattern[str]]]:
    return compiled(language)


def find_dates(
    reading: Reading, *, published: date | None, codebook: Codebook, exact: bool = True
) -> tuple[DateMention, ...]:
    """The time expressions of a reading, in order, none overlapping.

    `exact` is False where `published` is only the last day of the month or year in which the report came out.
    """
    text = flat(reading.canvas)
    matches = _matches(text, reading.language)
    own = own_day(reading, matches)
    now = Now(published, exact) if published and (exact or own is None) else Now(own)
    years = _years(matches)
    found = []
    for name, match in matches:
        mention = _resolve(reading, name, match, now, years)
        if mention is not None:
            found.append(_modified(reading, text, mention))
    return tuple(found)


def _matches(text: str, language: str) -> list[tuple[str, re.Match[str]]]:
    """The longest matches that do not overlap, in order; earlier rules win among equals."""
    found = [
        (name, m) for name, rule in _rules(language) for m in rule.finditer(text) if _meant(name, m, text, language)
    ]
    order = {name: n for n, (name, _) in enumerate(_rules(language))}
    kept: list[tuple[str, re.Match[str]]] = []
    for name, match in sorted(found, key=lambda f: (f[1].start() - f[1].end(), order[f[0]])):
        if all(match.end() <= m.start() or m.end() <= match.start() for _, m in kept):
            kept.append((name, match))
    return sorted(kept, key=lambda f: f[1].start())


def _meant(name: str, match: re.Match[str], text: str, language: str) -> bool:
    """Whether a match can be a date at all: something in it says which day ("la nuit du … au …" alone says none)."""
    groups = match.groupdict()
    if name in ("night_span", "night_of"):
        return any(groups.get(k) for k in ("w1", "w2", "d1", "d2", "d1b"))
    if (
        name == "month"
        and groups.get("m") in ("may", "mar")
        and not match.group().startswith(("in ", "last ", "since "))
    ):
        return False
    if name == "days_and":
        return not text[match.end() : match.end() + 1].isdigit()
    return True


def own_day(reading: Reading, matches: list[tuple[str, re.Match[str]]]) -> date | None:
    """The day from which a report without publication date speaks: the latest full day told as its own at its top."""
    found = []
    for name, match in matches:
        if name not in ("full", "full_md", "night_span", "night_of", "numeric"):
            continue
        groups = match.groupdict()
        day = _full_day(name, groups, reading.language)
        top = reading.sentence_of(Span(match.start(), match.end())).index < _OWN_REACH
        if day is not None and (top or groups.get("ce") or groups.get("ce2")):
            found.append(day)
    return max(found, default=None)


def _full_day(name: str, groups: Groups, language: str) -> date | None:
    suffix = "2" if name == "night_span" else "1" if name == "night_of" else ""
    year, day = groups.get("y" + suffix), groups.get("d" + suffix)
    month = groups.get("m" + suffix)
    if not (year and day):
        return None
    number = int(groups["mm"] or 0) if groups.get("mm") else _month(month, language)
    return calendar.make_date(_year(year), number, _day(day)) if number else None


def _years(matches: list[tuple[str, re.Match[str]]]) -> list[tuple[int, int]]:
    """The years that full dates of the report give, with their offsets."""
    return [
        (m.start(), _year(y))
        for name, m in matches
        if (y := m.groupdict().get("y")) and name.startswith(("full", "numeric"))
    ]


def _year(text: str) -> int:
    number = int(text)
    return number if number > 99 else 1900 + number if number >= 50 else 2000 + number


def _day(text: str) -> int:
    return int(re.sub(r"\D", "", text) or 1)


def _month(text: str | None, language: str) -> int | None:
    return MONTH_NUMBER[language].get(text.rstrip(".")) if text else None


def _number(text: str | None, language: str) -> int | None:
    if not text:
        return None
    return int(text) if text.isdigit() else NUMBERS[language].get(text)


def _mention(span: Span, days: tuple[date, date] | None, precision: DatePrecision, **more: object) -> DateMention:
    start, end = days or (None, None)
    made = DateMention(span, start, end, precision, "publication")
    return replace(made, **more)  # type: ignore[arg-type]


def _resolve(
    reading: Reading, name: str, match: re.Match[str], now: Now, years: list[tuple[int, int]]
) -> DateMention | None:  # fmt: skip
    handler = _HANDLERS.get(name)
    span = Span(match.start(), match.start() + len(match.group().rstrip()))
    groups = match.groupdict()
    if handler is None:
        return None
    return handler(span, groups, now, reading.language)


def _dated(groups: Groups, now: Now, language: str, suffix: str = "") -> tuple[date | None, bool]:
    """The day that day, month, year and weekday of a match mean, and whether its year is said."""
    month, day = _month(groups.get("m" + suffix), language), groups.get("d" + suffix)
    if not (month and day):
        return None, False
    number, year = _day(day), groups.get("y" + suffix)
    weekday = WEEKDAY_NUMBER[language].get(groups.get("w" + suffix) or "")
    if year:
        return calendar.make_date(_year(year), month, number), True
    if now.day is None:
        return None, False
    found = calendar.make_date(calendar.latest_year(month, number, now.day), month, number)
    if weekday is not None and (found is None or found.weekday() != weekday):
        found = calendar.agreeing(weekday, number, now.day) or found
    return found, False


def _full(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    day, said = _dated(groups, now, language)
    future = bool(groups.get("next"))
    anchor = "absolute" if said else "publication"
    return _mention(
        span, (day, day) if day and not future else None, "day", anchor=anchor, future=future,
        weekday=WEEKDAY_NUMBER[language].get(groups.get("w") or ""), month=_month(groups.get("m"), language),
        day=_day(groups["d"] or "1"),
    )  # fmt: skip


def _numeric(span: Span, groups: Groups, now: Now, language: str) -> DateMention | None:
    day = calendar.make_date(_year(groups["y"] or "0"), int(groups["mm"] or 0), _day(groups["d"] or "0"))
    return _mention(span, (day, day), "day", anchor="absolute") if day else None


def _day_in_weekday(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    """ "mardi 16": the latest Tuesday that is a 16th."""
    weekday, number = WEEKDAY_NUMBER[language][groups["w"] or ""], _day(groups["d"] or "1")
    if now.today is not None:
        for back in range(120):
            day = now.today - timedelta(days=back)
            if day.weekday() == weekday and day.day == number:
                return _mention(span, (day, day), "day", weekday=weekday, day=number)
    return _mention(span, None, "day", weekday=weekday, day=number)


def _weekday_day(name: str | None, now: Now, language: str, *, last: bool = False) -> date | None:
    weekday = WEEKDAY_NUMBER[language].get(name or "")
    if weekday is None or now.today is None:
        return None
    return calendar.latest_weekday(weekday, now.today, strictly_before=last)


def _night_span(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    end, said = _dated({**groups, "m2": groups.get("m2")}, now, language, "2")
    if end is None:
        end = _weekday_day(groups.get("w2"), now, language)
    start = None
    if end is not None:
        start = end - timedelta(days=1)
    elif groups.get("w1"):
        start = _weekday_day(groups.get("w1"), now, language)
        end = start + timedelta(days=1) if start else None
    days = (start, end) if start and end else None
    return _mention(
        span, days, "night", anchor="absolute" if said else "publication", time_of_day="night",
        weekday=WEEKDAY_NUMBER[language].get(groups.get("w1") or groups.get("w2") or ""),
    )  # fmt: skip


def _night_of(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    d, m = groups.get("d1") or groups.get("d1b"), groups.get("m1") or groups.get("m1b")
    day, said = _dated({"d": d, "m": m, "y": groups.get("y1"), "w": groups.get("w1")}, now, language)
    if day is None and not m:
        day = _weekday_day(groups.get("w1"), now, language, last=True)
    days = (day, day + timedelta(days=1)) if day else None
    return _mention(
        span, days, "night", anchor="absolute" if said else "publication", time_of_day="night",
        weekday=WEEKDAY_NUMBER[language].get(groups.get("w1") or ""),
    )  # fmt: skip


def _range(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    m2 = groups.get("m2") or groups.get("m1")
    end, said = _dated({**groups, "m2": m2}, now, language, "2")
    start = None
    if end is not None:
        month = _month(groups.get("m1"), language) or end.month
        year = end.year if month <= end.month else end.year - 1
        start = calendar.make_date(year, month, _day(groups["d1"] or "1"))
    days = (start, end) if start and end and start <= end else None
    return _mention(span, days, "days", anchor="absolute" if said else "publication")


def _weekday_range(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    end = _weekday_day(groups.get("w2"), now, language)
    days = None
    if end is not None:
        back = (WEEKDAY_NUMBER[language][groups["w2"] or ""] - WEEKDAY_NUMBER[language][groups["w1"] or ""]) % 7
        days = (end - timedelta(days=back), end)
    return _mention(span, days, "days")


def _third_month(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    month, which = _month(groups.get("m"), language), groups["third"] or ""
    year = _month_year(groups, month, now)
    days = calendar.third_of_month(year, month, _THIRD.get(which, which)) if year and month else None
    return _mention(span, days, "days", month=month, anchor="absolute" if groups.get("y") else "publication")


def _third_year(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    which = groups["third"] or ""
    return _mention(
        span, calendar.third_of_year(int(groups["y"] or 0), _THIRD.get(which, which)), "season", anchor="absolute"
    )


def _month_year(groups: Groups, month: int | None, now: Now) -> int | None:
    if groups.get("y"):
        return int(groups["y"] or 0)
    return calendar.latest_year(month, 1, now.day) if month and now.day else None


def _whole_month(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    month = _month(groups.get("m"), language)
    year = _month_year(groups, month, now)
    days = calendar.month_span(year, month) if year and month else None
    return _mention(span, days, "month", month=month, anchor="absolute" if groups.get("y") else "publication")


def _whole_year(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    year = int(groups.get("y") or groups.get("y2") or 0)
    return _mention(span, (date(year, 1, 1), date(year, 12, 31)), "year", anchor="absolute")


def _weekday(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    last = bool(groups.get("last") or groups.get("last2"))
    day = _weekday_day(groups.get("w"), now, language, last=last)
    part = _PART.get((groups.get("part") or "").split(" ")[-1].split("'")[-1])
    future = bool(groups.get("next"))
    days = (day, day + timedelta(days=1 if part == "night" else 0)) if day and not future else None
    return _mention(
        span, days, "night" if part == "night" else "day", weekday=WEEKDAY_NUMBER[language][groups["w"] or ""],
        time_of_day=part, future=future,
    )  # fmt: skip


def _ago_days(back: tuple[int, int], precision: DatePrecision = "day", **more: object) -> Callable[..., DateMention]:
    """A handler for expressions that count days back from now: (farthest, nearest)."""

    def handle(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
        days = (now.today - timedelta(days=back[0]), now.today - timedelta(days=back[1])) if now.today else None
        return _mention(span, days, precision, **more)

    return handle


def _yesterday(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    back = 2 if groups.get("before") or span.end - span.start > 24 else 1
    return _ago_days((back, back))(span, groups, now, language)


def _ago(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    number, unit = _number(groups.get("n"), language), (groups["u"] or "").rstrip("s") or "mois"
    unit = "mois" if unit == "moi" else unit
    if number is None or now.today is None:
        return _mention(span, None, "month")
    if unit in ("an", "annee", "year"):
        year = now.today.year - number
        return _mention(span, (date(year, 1, 1), date(year, 12, 31)), "year")
    if unit in ("mois", "month"):
        months = now.today.year * 12 + now.today.month - 1 - number
        return _mention(span, calendar.month_span(months // 12, months % 12 + 1), "month")
    if unit in ("semaine", "week"):
        return _mention(span, calendar.week_span(now.today - timedelta(days=7 * number)), "week")
    back = number if unit in ("jour", "day") else 0
    return _ago_days((back, back))(span, groups, now, language)


def _later(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    """ "trois jours plus tôt": counted from another event of the report."""
    number, unit = _number(groups.get("n"), language), (groups["u"] or "").rstrip("s")
    unit = "mois" if unit == "moi" else unit
    low, high = _UNIT_DAYS[unit]
    earlier = (groups["dir"] or "") in ("plus tot", "auparavant", "avant", "earlier", "before", "previously")
    if number is None:
        low, high = (1, 7) if unit in ("jour", "day") else (low, high * 6)
        number = 1
    offset = (-high * number, -low * number) if earlier else (low * number, high * number)
    precision: DatePrecision = "day" if high <= 1 else "week" if high <= 7 else "month"
    return _mention(span, None, precision, anchor="narrative", offset_days=offset)


def _narrative(low: int, high: int, precision: DatePrecision = "day") -> Callable[..., DateMention]:
    def handle(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
        shift = 2 if groups.get("avant") or groups.get("sur") else 1
        return _mention(span, None, precision, anchor="narrative", offset_days=(low * shift, high * shift))

    return handle


def _week(back: int) -> Callable[..., DateMention]:
    def handle(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
        days = calendar.week_span(now.today - timedelta(days=7 * back)) if now.today else None
        return _mention(span, days, "week")

    return handle


def _weekend(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    if now.today is None:
        return _mention(span, None, "days")
    sunday = calendar.latest_weekday(6, now.today, strictly_before=now.today.weekday() < 5)
    if now.today.weekday() == 5 and not groups.get("last"):
        sunday = now.today + timedelta(days=1)
    return _mention(span, (sunday - timedelta(days=1), sunday), "days")


def _month_back(back: int) -> Callable[..., DateMention]:
    def handle(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
        if now.today is None:
            return _mention(span, None, "month")
        months = now.today.year * 12 + now.today.month - 1 - back
        return _mention(span, calendar.month_span(months // 12, months % 12 + 1), "month")

    return handle


def _year_back(back: int) -> Callable[..., DateMention]:
    def handle(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
        days = (date(now.today.year - back, 1, 1), date(now.today.year - back, 12, 31)) if now.today else None
        return _mention(span, days, "year")

    return handle


def _length(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    return _mention(span, None, "years", duration=True)


_HANDLERS: dict[str, Callable[..., DateMention | None]] = {
    "full": _full, "full_md": _full, "numeric": _numeric, "iso": _numeric, "day_in_weekday": _day_in_weekday,
    "night_span": _night_span, "night_of": _night_of, "range": _range, "range_md": _range, "days_and": _range,
    "weekday_range": _weekday_range, "third_month": _third_month, "third_year": _third_year,
    "month_year": _whole_month, "month": _whole_month, "month_last": _whole_month, "year": _whole_year,
    "year_last": _year_back(1), "this_year": _year_back(0), "weekday": _weekday, "yesterday": _yesterday,
    "today": _ago_days((0, 0)), "last_night": _ago_days((1, 0), "night", time_of_day="night"),
    "night_before_last": _ago_days((2, 1), "night", time_of_day="night"), "same_day": _narrative(0, 0),
    "eve": _narrative(-1, -1), "morrow": _narrative(1, 1), "ago": _ago, "later": _later, "past_week": _week(1),
    "this_week": _week(0), "weekend": _weekend, "past_month": _month_back(1), "this_month": _month_back(0),
    "recent": _length, "length": _length,
}  # fmt: skip


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
        open_end=mention.open_end or led_by(_OPEN_END[language]),
        open_start=mention.open_start or led_by(_OPEN_START[language]),
        recurrent=mention.recurrent or led_by(_EVERY[language]),
        future=mention.future or _future(reading, mention),
    )


def _future(reading: Reading, mention: DateMention) -> bool:
    """Whether a weekday or day hangs on a verb in the future ("se réunira lundi", "will meet on Monday")."""
    if mention.weekday is None or mention.anchor == "absolute":
        return False
    token = reading.tokens[reading.token_at(mention.span.start)]
    for _ in range(4):
        head = reading.tokens[token.head]
        if head.has("Tense=Fut") or any(
            reading.tokens[c].fold in ("will", "doit", "devrait") for c in reading.children(head.i)
        ):
            return True
        if head.i == token.i or head.pos == "VERB":
            break
        token = head
    return False
