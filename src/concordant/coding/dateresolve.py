"""What a time expression means: one handler for each rule of the date grammar; those of days here."""

from __future__ import annotations

from datetime import date, timedelta

from concordant.coding import calendar
from concordant.coding.calendar import WEEKDAY_NUMBER, Now
from concordant.coding.dateparts import (
    Groups,
    Handler,
    day_of,
    made,
    month_of,
    number_of,
    part_of,
    unit_of,
    weekday_of,
    year_of,
)
from concordant.coding.dateperiods import (
    ago,
    ago_days,
    decade,
    length,
    month_back,
    month_range,
    recent_units,
    third_month,
    third_range,
    third_year,
    week,
    weekend,
    whole_month,
    whole_year,
    year_back,
    year_range,
)  # fmt: skip
from concordant.coding.mentions import DateMention, DatePrecision
from concordant.reading import Span

_EARLIER = ("plus tot", "auparavant", "avant", "earlier", "before", "previously")


def _dated(groups: Groups, now: Now, language: str, suffix: str = "") -> tuple[tuple[date, date] | None, bool, bool]:
    """The days that day, month, year and weekday of a match mean, whether the year is said, and whether it is to come."""
    month, day = month_of(groups.get("m" + suffix), language), groups.get("d" + suffix)
    if not (month and day):
        return None, False, False
    number, year = day_of(day), groups.get("y" + suffix)
    weekday = weekday_of(groups.get("w" + suffix), language)
    if year:
        found = calendar.make_date(year_of(year), month, number)
        return (found, found) if found else None, True, False
    if now.day is None:
        return None, False, False
    found = calendar.make_date(calendar.latest_year(month, number, now.day), month, number)
    said_past = now.past or groups.get("last") or groups.get("last2")
    if found is not None and not said_past and calendar.ahead(found, now.day):
        return None, False, True
    if weekday is not None and (found is None or found.weekday() != weekday):
        agreed = calendar.agreeing(weekday, number, now.day)
        if agreed is None and found is not None and (now.day - found).days <= 31:
            return calendar.reconciled(weekday, found, now.day), False, False
        found = agreed or found
    return (found, found) if found else None, False, False


def _full(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    days, said, ahead = _dated(groups, now, language)
    future = bool(groups.get("next")) or ahead
    part = part_of(groups)
    night = part == "night" and days is not None
    if night and days is not None and groups.get("part"):
        days = (days[0], days[1] + timedelta(days=1))
    return made(
        span, None if future else days, "night" if night else "day", anchor="absolute" if said else "publication",
        future=future, weekday=weekday_of(groups.get("w"), language), month=month_of(groups.get("m"), language),
        day=day_of(groups["d"] or "1"), time_of_day=part,
    )  # fmt: skip


def _numeric(span: Span, groups: Groups, now: Now, language: str) -> DateMention | None:
    year, first, second = year_of(groups["y"] or "0"), day_of(groups["d"] or "0"), int(groups["mm"] or 0)
    if language == "en" and first <= 12 and second <= 12 and first != second and len(groups["d"] or "") < 4:
        return made(span, None, "day")  # 04/05/2021: the day and the month cannot be told apart
    day = calendar.make_date(year, second, first) or calendar.make_date(year, first, second)
    return made(span, (day, day), "day", anchor="absolute") if day else None


def _iso(span: Span, groups: Groups, now: Now, language: str) -> DateMention | None:
    day = calendar.make_date(int(groups["y"] or 0), int(groups["mm"] or 0), int(groups["d"] or 0))
    return made(span, (day, day), "day", anchor="absolute") if day else None


def _day_in_weekday(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    """ "mardi 16": the latest Tuesday that is a 16th."""
    weekday, number = WEEKDAY_NUMBER[language][groups["w"] or ""], day_of(groups["d"] or "1")
    day = calendar.latest_numbered(weekday, number, now.today) if now.today is not None else None
    return made(span, (day, day) if day else None, "day", weekday=weekday, day=number)


def _bare_day(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    return made(span, None, "day", day=day_of(groups.get("d") or groups.get("d2") or "1"))


def _weekday_days(name: str | None, now: Now, language: str, *, last: bool = False) -> tuple[date, date] | None:
    """The latest such day; where only the month of publication is known, from the first that can be meant to the last."""
    weekday = weekday_of(name, language)
    if weekday is None or now.day is None:
        return None
    end = calendar.latest_weekday(weekday, now.day, strictly_before=last)
    if now.exact:
        return end, end
    if now.first is None or (now.day - now.first).days > 366:
        return None
    start = calendar.latest_weekday(weekday, now.first, strictly_before=False)
    return (start, end) if start < end else None


def _night_span(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    days, said, _ = _dated(groups, now, language, "2")
    if days is not None:
        days = (days[1] - timedelta(days=1), days[1])
    elif groups.get("w2") or groups.get("w1"):
        second = _weekday_days(groups.get("w2"), now, language)
        first = _weekday_days(groups.get("w1"), now, language, last=not groups.get("w2"))
        if second is not None and second[0] == second[1]:
            days = (second[0] - timedelta(days=1), second[1])
        elif first is not None and second is None:
            days = (first[0], first[1] + timedelta(days=1))
    return made(
        span, days, "night", anchor="absolute" if said else "publication", time_of_day="night",
        weekday=weekday_of(groups.get("w1") or groups.get("w2"), language),
    )  # fmt: skip


def _night_of(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    d, m = groups.get("d1") or groups.get("d1b"), groups.get("m1") or groups.get("m1b")
    days, said, _ = _dated({"d": d, "m": m, "y": groups.get("y1"), "w": groups.get("w1")}, now, language)
    if days is None and not m and d and groups.get("w1") and now.today is not None:
        day = calendar.latest_numbered(WEEKDAY_NUMBER[language][groups["w1"] or ""], day_of(d), now.today)
        days = (day, day) if day else None
    elif days is None and not m:
        days = _weekday_days(groups.get("w1"), now, language, last=True)
    return made(
        span, (days[0], days[1] + timedelta(days=1)) if days else None, "night",
        anchor="absolute" if said else "publication", time_of_day="night",
        weekday=weekday_of(groups.get("w1"), language),
    )  # fmt: skip


def _range(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    """ "du 9 au 16 août": the first day decides the year, for the last one may lie ahead."""
    m2 = groups.get("m2") or groups.get("m1")
    m1, y2 = groups.get("m1") or m2, groups.get("y2")
    first, said, _ = _dated({"d": groups["d1"], "m": m1, "y": groups.get("y1") or y2}, now, language)
    month, number = month_of(m2, language), day_of(groups["d2"] or "1")
    days = None
    if first is not None and month is not None:
        start = first[0]
        year = start.year + (month < start.month) if not y2 else year_of(y2)
        if groups.get("y1") is None and y2 and month < start.month:
            start = start.replace(year=start.year - 1)
        end = calendar.make_date(year, month, number)
        days = (start, end) if end is not None and start <= end else None
    return made(span, days, "days", anchor="absolute" if said else "publication")


def _weekday_range(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    end = _weekday_days(groups.get("w2"), now, language)
    days = None
    if end is not None and end[0] == end[1]:
        days = (end[1] - timedelta(days=_between_weekdays(groups, language)), end[1])
    return made(span, days, "days", weekday=weekday_of(groups["w1"], language))


def _between_weekdays(groups: Groups, language: str) -> int:
    return (WEEKDAY_NUMBER[language][groups["w2"] or ""] - WEEKDAY_NUMBER[language][groups["w1"] or ""]) % 7


def _weekday_and(span: Span, groups: Groups, now: Now, language: str) -> DateMention | None:
    """ "mercredi et jeudi": both days where they follow each other; else the rule does not hold."""
    return _weekday_range(span, groups, now, language) if _between_weekdays(groups, language) == 1 else None


def _weekday(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    last = bool(groups.get("last") or groups.get("last2"))
    days = _weekday_days(groups.get("w"), now, language, last=last)
    part = part_of(groups)
    future = bool(groups.get("next"))
    if part == "night" and days is not None:
        days = (days[0], days[1] + timedelta(days=1))
    return made(
        span, None if future else days, "night" if part == "night" else "day",
        weekday=WEEKDAY_NUMBER[language][groups["w"] or ""], time_of_day=part, future=future,
    )  # fmt: skip


def _yesterday(span: Span, groups: Groups, now: Now, language: str) -> DateMention | None:
    back = 2 if groups.get("before") else 1
    return ago_days((back, back))(span, groups, now, language)


def _later(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    """ "trois jours plus tôt": counted from another event of the report."""
    number, unit = number_of(groups.get("n"), language), unit_of(groups["u"])
    sign = -1 if (groups["dir"] or "") in _EARLIER else 1
    if unit in ("month", "year") and number is not None:
        count = sign * number * (12 if unit == "year" else 1)
        return made(span, None, "month" if unit == "month" else "year", anchor="narrative", offset_months=count)
    low, high = {"day": (1, 1), "week": (7, 7), "month": (28, 31), "year": (365, 366)}.get(unit, (0, 0))
    if number is None:
        low, high, number = (1, 7, 1) if unit == "day" else (low, high * 6, 1)
    offset = (-high * number, -low * number) if sign < 0 else (low * number, high * number)
    precision: DatePrecision = "day" if high <= 1 else "week" if high <= 7 else "month"
    return made(span, None, precision, anchor="narrative", offset_days=offset)


def _narrative(low: int, high: int, precision: DatePrecision = "day") -> Handler:
    def handle(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
        shift = 2 if groups.get("avant") or groups.get("sur") else 1
        return made(span, None, precision, anchor="narrative", offset_days=(low * shift, high * shift))

    return handle


def _clock(span: Span, groups: Groups, now: Now, language: str) -> DateMention | None:
    hour = number_of(groups.get("h") or groups.get("n"), language)
    if hour is None or hour > 24:
        return None
    half = (groups.get("half") or "").strip()
    if hour < 12 and (half.startswith("p") or "soir" in half or "apres" in half):
        hour += 12
    if hour == 12 and half.startswith("a"):
        hour = 0
    return _at(span, f"{hour % 24:02d}:{int(groups.get('mi') or 0):02d}")


def _midnight(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    late = (groups.get("dir") or "") in ("avant", "before")
    return _at(span, "midnight" if groups.get("at") else "23:59" if late else "00:01")


def _by_night(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    return _at(span, "night")


def _at(span: Span, time_of_day: str) -> DateMention:
    return made(span, None, "day", anchor="clock", time_of_day=time_of_day)


HANDLERS: dict[str, Handler] = {
    "full": _full, "full_md": _full, "numeric": _numeric, "iso": _iso, "day_in_weekday": _day_in_weekday,
    "bare_day": _bare_day, "night_span": _night_span, "night_of": _night_of, "range": _range, "range_md": _range,
    "days_and": _range, "month_range": month_range, "year_range": year_range, "decade": decade,
    "weekday_range": _weekday_range, "weekday_and": _weekday_and, "third_month": third_month, "third_range": third_range,
    "third_year": third_year, "month_year": whole_month, "month": whole_month, "month_last": whole_month,
    "year": whole_year, "year_last": year_back(1), "this_year": year_back(0), "weekday": _weekday,
    "yesterday": _yesterday, "today": ago_days((0, 0)),
    "last_night": ago_days((1, 0), "night", time_of_day="night"),
    "night_before_last": ago_days((2, 1), "night", time_of_day="night"), "same_day": _narrative(0, 0),
    "same_period": _narrative(0, 0, "month"), "eve": _narrative(-1, -1), "morrow": _narrative(1, 1), "ago": ago,
    "later": _later, "past_week": week(1), "this_week": week(0), "weekend": weekend, "past_month": month_back(1),
    "this_month": month_back(0), "recent_units": recent_units, "recent": length, "length": length,
    "clock": _clock, "clock_four": _clock, "clock_words": _clock, "midnight": _midnight, "by_night": _by_night,
}  # fmt: skip
