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

    `exact` is False where only the month or year of publication is known; `first` and `day` are then its first and
    last day.
    """

    day: date | None
    exact: bool = True
    first: date | None = None
    past: bool = False  # days nearly a year back are meant as such, none lies ahead

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


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, the last of the month where that month is shorter."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def make_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def latest_weekday(weekday: int, now: date, *, strictly_before: bool) -> date:
    """The latest such weekday up to a day, the day itself included unless it must lie before."""
    back = (now.weekday() - weekday) % 7
    return now - timedelta(days=7 if back == 0 and strictly_before else back)


_AHEAD = 92  # a day this near ahead is meant rather than the one nearly a year ago ("l'élection du 31 octobre")


def latest_year(month: int, day: int, now: date) -> int:
    """The year of the latest such day that does not lie after a day (one day of grace for early editions)."""
    this = make_date(now.year, month, min(day, monthrange(now.year, month)[1]))
    return now.year if this is not None and this <= now + timedelta(days=1) else now.year - 1


def ahead(day: date, now: date) -> bool:
    """Whether a day of last year, told without its year, is rather the day of the year to come."""
    coming = make_date(day.year + 1, day.month, day.day)
    return coming is not None and timedelta(days=1) < coming - now <= timedelta(days=_AHEAD)


def latest_numbered(weekday: int, number: int, now: date) -> date | None:
    """The latest day of this weekday and number in the four months up to a day ("mardi 16")."""
    days = (now - timedelta(days=back) for back in range(120))
    return next((day for day in days if day.weekday() == weekday and day.day == number), None)


def agreeing(weekday: int, day: int, now: date) -> date | None:
    """A day of this number and weekday in the ten days before a day: what a report with the wrong month means."""
    found = latest_numbered(weekday, day, now)
    return found if found is not None and (now - found).days <= 10 else None


def reconciled(weekday: int, day: date, now: date) -> tuple[date, date]:
    """The days that a weekday and a date mean which do not fit each other.

    Writers know the weekday better than the number: it is the nearest such weekday, and both days where they touch.
    """
    near = [day + timedelta(days=off) for off in (-1, 1, -2, 2, -3, 3)]
    meant = next((d for d in near if d.weekday() == weekday and d <= now), day)
    return (min(day, meant), max(day, meant)) if abs((day - meant).days) == 1 else (meant, meant)


def easter(year: int) -> date:
    """Easter Sunday of a year in the Gregorian calendar."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)
