"""Periods: what weeks, months, seasons, years and "ago" mean."""

from __future__ import annotations

from datetime import date, timedelta

from concordant.coding import calendar
from concordant.coding.calendar import Now
from concordant.coding.dateparts import Groups, Handler, made, month_of, number_of, unit_of
from concordant.coding.mentions import DateMention, DatePrecision
from concordant.reading import Span

_THIRD = {
    "debut": "early", "mi": "mid", "mi-": "mid", "milieu": "mid", "fin": "late", "beginning of": "early",
    "middle of": "mid", "end of": "late",
}  # fmt: skip
_MONTH_SLACK = 7  # days on either side of "il y a un mois"


def third_month(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    month, which = month_of(groups.get("m"), language), groups["third"] or ""
    year = _month_year(groups, month, now)
    days = calendar.third_of_month(year, month, _THIRD.get(which, which)) if year and month else None
    return made(span, days, "days", month=month, anchor="absolute" if groups.get("y") else "publication")


def third_range(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    """ "entre la mi-juillet et la mi-août": from the start of the one to the end of the other."""
    ends = []
    for n in ("1", "2"):
        part = {"m": groups["m" + n], "third": groups["t" + n], "y": groups.get("y" + n) or groups.get("y2")}
        ends.append(third_month(span, part, now, language))
    start, end = ends[0].start, ends[1].end
    if start is not None and end is not None and start > end:
        start = calendar.months_before(start, 12)
    days = (start, end) if start is not None and end is not None else None
    return made(span, days, "season", anchor="absolute" if groups.get("y2") else "publication")


def third_year(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    which = groups["third"] or ""
    days = calendar.third_of_year(int(groups["y"] or 0), _THIRD.get(which, which))
    return made(span, days, "season", anchor="absolute")


def _month_year(groups: Groups, month: int | None, now: Now) -> int | None:
    if groups.get("y"):
        return int(groups["y"] or 0)
    return calendar.latest_year(month, 1, now.day) if month and now.day else None


def whole_month(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    month = month_of(groups.get("m"), language)
    year = _month_year(groups, month, now)
    days = calendar.month_span(year, month) if year and month else None
    return made(span, days, "month", month=month, anchor="absolute" if groups.get("y") else "publication")


def whole_year(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    year = int(groups.get("y") or groups.get("y2") or 0)
    return made(span, (date(year, 1, 1), date(year, 12, 31)), "year", anchor="absolute")


def month_range(span: Span, groups: Groups, now: Now, language: str) -> DateMention | None:
    end_year = int(groups["y2"] or 0)
    m1, m2 = month_of(groups["m1"], language), month_of(groups["m2"], language)
    if not (m1 and m2):
        return None
    start_year = int(groups["y1"]) if groups.get("y1") else end_year - (m1 > m2)  # type: ignore[arg-type]
    days = (calendar.month_span(start_year, m1)[0], calendar.month_span(end_year, m2)[1])
    return made(span, days, "season", anchor="absolute") if days[0] <= days[1] else None


def year_range(span: Span, groups: Groups, now: Now, language: str) -> DateMention | None:
    first, last = int(groups["y1"] or 0), int(groups["y2"] or 0)
    return made(span, (date(first, 1, 1), date(last, 12, 31)), "years", anchor="absolute") if first < last else None


def decade(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    year = int(groups["y"] or 0)
    return made(span, (date(year, 1, 1), date(year + 9, 12, 31)), "years", anchor="absolute")


def ago_days(back: tuple[int, int], precision: DatePrecision = "day", **more: object) -> Handler:
    """A handler for expressions that count days back from now: (farthest, nearest)."""

    def handle(span: Span, groups: Groups, now: Now, language: str) -> DateMention | None:
        days = (now.today - timedelta(days=back[0]), now.today - timedelta(days=back[1])) if now.today else None
        return made(span, days, precision, **more)

    return handle


def ago(span: Span, groups: Groups, now: Now, language: str) -> DateMention | None:
    number, unit = number_of(groups.get("n"), language), unit_of(groups["u"])
    if number is None or now.today is None:
        return made(span, None, "day" if unit == "day" else "month")
    if unit == "year" and groups.get("exact"):
        day = calendar.months_before(now.today, 12 * number)
        return made(span, (day, day), "day")
    if unit == "year":
        year = now.today.year - number
        return made(span, (date(year, 1, 1), date(year, 12, 31)), "year") if year > 0 else made(span, None, "years")
    if unit == "month":
        return made(span, _months_ago(now.today, number), "month")
    if unit == "week":
        return made(span, calendar.week_span(now.today - timedelta(days=7 * number)), "week")
    back = number if unit == "day" else 0
    return ago_days((back, back))(span, groups, now, language)


def _months_ago(today: date, number: int) -> tuple[date, date]:
    """ "il y a un mois" is a week about that day, "il y a six mois" that month."""
    day = calendar.months_before(today, number)
    if number > 1:
        return calendar.month_span(day.year, day.month)
    return day - timedelta(days=_MONTH_SLACK), day + timedelta(days=_MONTH_SLACK)


def week(back: int) -> Handler:
    def handle(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
        days = calendar.week_span(now.today - timedelta(days=7 * back)) if now.today else None
        return made(span, days, "week")

    return handle


def weekend(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    if now.today is None:
        return made(span, None, "days")
    sunday = calendar.latest_weekday(6, now.today, strictly_before=now.today.weekday() < 5)
    if now.today.weekday() == 5 and not groups.get("last"):
        sunday = now.today + timedelta(days=1)
    return made(span, (sunday - timedelta(days=1), sunday), "days")


def month_back(back: int) -> Handler:
    def handle(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
        if now.today is None:
            return made(span, None, "month")
        day = calendar.months_before(now.today, back)
        return made(span, calendar.month_span(day.year, day.month), "month")

    return handle


def year_back(back: int) -> Handler:
    def handle(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
        days = (date(now.today.year - back, 1, 1), date(now.today.year - back, 12, 31)) if now.today else None
        return made(span, days, "year")

    return handle


def recent_units(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    """ "ces trois derniers jours": the days up to now; months and years so counted date no single happening."""
    number, unit = number_of(groups.get("n") or groups.get("n2"), language), unit_of(groups.get("u") or groups.get("u2"))
    days = {"day": 1, "week": 7, "hour": 1 / 24}.get(unit)
    if number is None or days is None or now.today is None:
        return length(span, groups, now, language)
    start = now.today - timedelta(days=max(1, round(number * days)))
    return made(span, (start, now.today), "week" if number * days > 3 else "days")


def length(span: Span, groups: Groups, now: Now, language: str) -> DateMention:
    return made(span, None, "years", duration=True)
