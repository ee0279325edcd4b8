"""The calendar behind the date grammar: names of months and days, and the days that partial dates mean."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {
    "fr": ("janvier|janv", "fevrier|fev|fevr", "mars", "avril|avr", "mai", "juin", "juillet|juil", "aout", "septembre|sept",
           "octobre|oct", "novembre|nov", "decembre|dec"),
    "en": ("january|jan", "february|feb", "march|mar", "april|apr", "may", "june|jun", "july|jul", "august|aug",
           "september|sept|sep", "october|oct", "november|nov", "december|dec"),
}  # fmt: skip
WEEKDAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
}
MONTH_NUMBER = {
    language: {form: n for n, forms in enumerate(months, start=1) for form in forms.split("|")}
    for language, months in MONTHS.items()
}
WEEKDAY_NUMBER = {language: {day: n for n, day in enumerate(days)} for language, days in WEEKDAYS.items()}


@dataclass(frozen=True, slots=True)
class Now:
    """From when a report speaks: its publication, or the day that its own words give as its own, or neither.

    `exact` is False where only the month or year of publication is known; `day` is then its last day.
    """

    day: date | None
    exact: bool = True

    @property
    def today(self) -> date | None:
        return self.day if self.exact else None


def month_span(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def third_of_month(year: int, month: int, which: str) -> tuple[date, date]:
    """The first, middle or last third of a month ("début", "mi", "fin"): days 1 to 10, 11 to 20, 21 to the end."""
    first, last = month_span(year, month)
    return {
        "early": (first, first.replace(day=10)),
        "mid": (first.replace(day=11), first.replace(day=20)),
        "late": (first.replace(day=21), last),
    }[which]


def third_of_year(year: int, which: str) -> tuple[date, date]:
    return {
        "early": (date(year, 1, 1), date(year, 4, 30)),
        "mid": (date(year, 5, 1), date(year, 8, 31)),
        "late": (date(year, 9, 1), date(year, 12, 31)),
    }[which]


def week_span(day: date) -> tuple[date, date]:
    """Monday to Sunday of a day's week."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def make_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def latest_weekday(weekday: int, now: date, *, strictly_before: bool) -> date:
    """The latest such weekday up to a day, the day itself included unless it must lie before."""
    back = (now.weekday() - weekday) % 7
    return now - timedelta(days=7 if back == 0 and strictly_before else back)


def latest_year(month: int, day: int, now: date) -> int:
    """The year of the latest such day that does not lie after a day (one day of grace for early editions)."""
    this = make_date(now.year, month, min(day, monthrange(now.year, month)[1]))
    return now.year if this is not None and this <= now + timedelta(days=1) else now.year - 1


def agreeing(weekday: int, day: int, now: date) -> date | None:
    """A day of this number and weekday in the ten days before a day: what a report with the wrong month means."""
    for back in range(11):
        candidate = now - timedelta(days=back)
        if candidate.day == day and candidate.weekday() == weekday:
            return candidate
    return None
