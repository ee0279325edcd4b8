"""Time expressions and the days that they mean, in invented sentences."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concordant.codebook import Codebook
from concordant.coding import calendar
from concordant.coding.dates import find_dates
from concordant.coding.mentions import DateMention
from concordant.reading import read

FRIDAY = date(2021, 6, 18)


def dates(text: str, language: str, published: date | None = FRIDAY) -> tuple[DateMention, ...]:
    return find_dates(read(None, text, language), published=published, codebook=Codebook())


def days(mention: DateMention) -> str | None:
    """The days as "2021-06-04" or "2021-06-04/05" (the end cut to what differs)."""
    if mention.start is None or mention.end is None:
        return None
    start, end = mention.start.isoformat(), mention.end.isoformat()
    if start == end:
        return start
    return f"{start}/{end[8:] if start[:7] == end[:7] else end}"


FRENCH = [
    ("Deux soldats ont été tués lundi à Talo.", "2021-06-14"),
    ("Deux soldats ont été tués ce vendredi à Talo.", "2021-06-18"),
    ("Deux soldats ont été tués vendredi dernier à Talo.", "2021-06-11"),
    ("Le raid a eu lieu lundi 14 juin à Talo.", "2021-06-14"),
    ("Le raid a eu lieu le lundi 14 juin 2021 à Talo.", "2021-06-14"),
    ("L'assaut du 12juin a surpris tout le monde.", "2021-06-12"),
    ("Le raid du 1er mai a fait dix morts.", "2021-05-01"),
    ("Le raid du 20 décembre a fait dix morts.", "2020-12-20"),
    ("Le camp a été pris dans la nuit de lundi à mardi.", "2021-06-14/15"),
    ("Le camp a été pris dans la nuit du lundi 14 au mardi 15 juin.", "2021-06-14/15"),
    ("Le camp a été pris dans la nuit du 14 au 15 juin 2021.", "2021-06-14/15"),
    ("Le camp a été pris dans la nuit du 31 mai au 1er juin.", "2021-05-31/2021-06-01"),
    ("Le camp a été pris dans la nuit du 4-5 juin.", "2021-06-04/05"),
    ("Le camp a été pris dans la nuit de mardi.", "2021-06-15/16"),
    ("Le camp a été pris dans la nuit du 14 juin.", "2021-06-14/15"),
    ("Le camp a été pris la nuit dernière.", "2021-06-17/18"),
    ("Le camp a été pris hier.", "2021-06-17"),
    ("Le camp a été pris avant-hier.", "2021-06-16"),
    ("Le camp a été pris aujourd'hui.", "2021-06-18"),
    ("Le camp a été pris il y a trois jours.", "2021-06-15"),
    ("Le camp a été pris il y a deux semaines.", "2021-05-31/2021-06-06"),
    ("Le camp a été pris il y a un mois.", "2021-05-11/25"),
    ("Le camp a été pris il y a six mois.", "2020-12-01/31"),
    ("Le camp a été pris il y a cinq ans.", "2016-01-01/2016-12-31"),
    ("Le camp a été pris il y a cinq ans, jour pour jour.", "2016-06-18"),
    ("Le camp a été pris la semaine dernière.", "2021-06-07/13"),
    ("Le camp a été pris cette semaine.", "2021-06-14/18"),
    ("Le camp a été pris le week-end dernier.", "2021-06-12/13"),
    ("Le camp a été pris le mois dernier.", "2021-05-01/31"),
    ("Le camp a été pris l'an dernier.", "2020-01-01/2020-12-31"),
    ("Le camp a été pris début juin.", "2021-06-01/10"),
    ("Le camp a été pris à la mi-mai.", "2021-05-11/20"),
    ("Le camp a été pris fin février.", "2021-02-21/28"),
    ("Le camp a été pris fin 2019.", "2019-09-01/2019-12-31"),
    ("Le camp a été pris en mars 2020.", "2020-03-01/31"),
    ("Le camp a été pris en novembre.", "2020-11-01/30"),
    ("Le camp a été pris courant mai.", "2021-05-01/31"),
    ("Le camp a été pris en 2014.", "2014-01-01/2014-12-31"),
    ("Dix villages ont brûlé du 9 au 12 juin.", "2021-06-09/12"),
    ("Dix villages ont brûlé entre le 28 mai et le 3 juin.", "2021-05-28/2021-06-03"),
    ("Dix villages ont brûlé du 29 décembre au 3 janvier.", "2020-12-29/2021-01-03"),
    ("Dix villages ont brûlé les 2 et 3 juin.", "2021-06-02/03"),
    ("Dix villages ont brûlé mardi et mercredi.", "2021-06-15/16"),
    ("Dix villages ont brûlé de lundi à mercredi.", "2021-06-14/16"),
    ("Dix villages ont brûlé entre mi-avril et début juin.", "2021-04-11/2021-06-10"),
    ("Dix villages ont brûlé entre fin novembre et mi-janvier 2020.", "2019-11-21/2020-01-20"),
    ("Dix villages ont brûlé ces trois derniers jours.", "2021-06-15/18"),
    ("Le 14/06/2021, dix villages ont brûlé.", "2021-06-14"),
    ("La foule a été visée le jour de Noël.", "2020-12-25"),
    ("La foule a été visée durant la nuit du Nouvel An.", "2020-12-31/2021-01-01"),
    ("La foule a été visée le lundi de Pâques.", "2021-04-05"),
]
ENGLISH = [
    ("Two soldiers were killed on Monday in Talo.", "2021-06-14"),
    ("Two soldiers were killed last Friday in Talo.", "2021-06-11"),
    ("Two soldiers were killed on June 14 in Talo.", "2021-06-14"),
    ("Two soldiers were killed on Monday, June 14, 2021 in Talo.", "2021-06-14"),
    ("Two soldiers were killed on 14 June in Talo.", "2021-06-14"),
    ("The camp was overrun late on Tuesday.", "2021-06-15"),
    ("The camp was overrun on Tuesday night.", "2021-06-15/16"),
    ("The camp was overrun on the night of June 14.", "2021-06-14/15"),
    ("The camp was overrun on the night of June 14-15.", "2021-06-14/15"),
    ("The camp was overrun overnight from Monday to Tuesday.", "2021-06-14/15"),
    ("The camp was overrun last night.", "2021-06-17/18"),
    ("The camp was overrun yesterday.", "2021-06-17"),
    ("The camp was overrun the day before yesterday.", "2021-06-16"),
    ("The camp was overrun three days ago.", "2021-06-15"),
    ("The camp was overrun last week.", "2021-06-07/13"),
    ("The camp was overrun earlier this week.", "2021-06-14/18"),
    ("The camp was overrun over the weekend.", "2021-06-12/13"),
    ("The camp was overrun last month.", "2021-05-01/31"),
    ("The camp was overrun in early June.", "2021-06-01/10"),
    ("The camp was overrun in mid-May.", "2021-05-11/20"),
    ("The camp was overrun in late 2019.", "2019-09-01/2019-12-31"),
    ("The camp was overrun in March 2020.", "2020-03-01/31"),
    ("Ten villages burned from June 9 to 12.", "2021-06-09/12"),
    ("Ten villages burned between 28 May and 3 June.", "2021-05-28/2021-06-03"),
    ("Ten villages burned on Tuesday and Wednesday.", "2021-06-15/16"),
    ("Ten villages burned between mid-April and early June.", "2021-04-11/2021-06-10"),
    ("Ten villages burned in the past three days.", "2021-06-15/18"),
    ("The crowd was hit on Christmas Day.", "2020-12-25"),
    ("The crowd was hit on Easter Sunday.", "2021-04-04"),
]


@pytest.mark.parametrize(("text", "expected"), FRENCH)
def test_french_expression_means_these_days(text: str, expected: str) -> None:
    assert [days(m) for m in dates(text, "fr") if m.start] == [expected]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english_expression_means_these_days(text: str, expected: str) -> None:
    assert [days(m) for m in dates(text, "en") if m.start] == [expected]


@pytest.mark.parametrize("text", ["Le camp a été pris lundi.", "Le camp a été pris le 3 mars.", "Le camp a été pris hier."])
def test_without_publication_no_day_is_made_up(text: str) -> None:
    assert [m.start for m in dates(text, "fr", None)] == [None]


def test_a_report_without_publication_speaks_from_the_day_it_calls_its_own() -> None:
    found = dates("Ce mardi 15 juin 2021, le calme est revenu à Talo. Le camp avait été pris lundi.", "fr", None)
    assert [days(m) for m in found] == ["2021-06-15", "2021-06-14"]


def test_a_weekday_in_a_report_of_which_only_the_month_is_known_is_one_of_several_days() -> None:
    reading = read(None, "Le camp a été pris lundi.", "fr")
    found = find_dates(
        reading, published=date(2021, 6, 30), exact=False, first=date(2021, 6, 1), codebook=Codebook()
    )
    assert days(found[0]) == "2021-05-31/2021-06-28"


def test_such_a_weekday_lies_after_what_the_report_already_tells() -> None:
    reading = read(None, "Le camp a été pris lundi. Le 16 juin, un convoi avait sauté sur une mine.", "fr")
    found = find_dates(
        reading, published=date(2021, 6, 30), exact=False, first=date(2021, 6, 1), codebook=Codebook()
    )
    assert days(found[0]) == "2021-06-21/28"


def test_weekday_and_number_that_disagree_by_a_day_give_both() -> None:
    assert [days(m) for m in dates("Le raid de samedi 13 juin a fait dix morts.", "fr")] == ["2021-06-12/13"]


def test_weekday_and_number_that_disagree_give_the_weekday() -> None:
    assert [days(m) for m in dates("Le raid de samedi 14 juin a fait dix morts.", "fr")] == ["2021-06-12"]


def test_a_day_with_a_wrong_month_is_the_latest_that_its_weekday_fits() -> None:
    assert [days(m) for m in dates("Le raid du mardi 15 mai a fait dix morts.", "fr")] == ["2021-06-15"]


def test_days_of_a_chronicle_follow_the_year_told_before() -> None:
    found = dates("Le 3 mars 2015, dix morts à Talo. Le 12 avril, un autre raid. Le 2 janvier, le chef est tué.", "fr")
    assert [days(m) for m in found] == ["2015-03-03", "2015-04-12", "2016-01-02"]


def test_a_day_of_this_year_is_not_drawn_into_a_recalled_one() -> None:
    found = dates("Le raid du 3 mars 2015 a marqué Talo. La ville fut calme. Nul ne dormait. Le 12 avril, dix morts.", "fr")
    assert days(found[-1]) == "2021-04-12"


def test_a_day_without_its_year_is_in_the_year_that_the_report_tells_elsewhere() -> None:
    found = dates("Attentats du 13 janvier : deux arrestations. Le 13 janvier 2015, dix morts à Talo.", "fr")
    assert [days(m) for m in found] == ["2015-01-13", "2015-01-13"]


def test_a_day_that_is_a_name_has_no_year_of_its_own() -> None:
    assert [days(m) for m in dates("Les attentats du 13-Janvier ont endeuillé Talo.", "fr")] == [None]
    assert [days(m) for m in dates("L'attaque du 11 juin a endeuillé Talo.", "fr")] == ["2021-06-11"]


def test_a_day_told_by_its_number_takes_the_month_of_the_day_before_it() -> None:
    found = dates("Dans la nuit du 4 au 5 juin, dix morts à Talo. Le 12, la foule défile, puis le 14 à Mori.", "fr")
    assert [days(m) for m in found] == ["2021-06-04/05", "2021-06-12", "2021-06-14"]


def test_a_day_told_by_its_number_without_any_month_is_no_date() -> None:
    assert dates("Le 12, la foule a défilé à Talo.", "fr") == ()


def test_a_day_soon_to_come_is_not_taken_for_last_years() -> None:
    (mention,) = dates("La violence monte avant l'élection du 31 juillet.", "fr")
    assert mention.future
    assert mention.start is None


def test_what_is_told_does_not_reach_beyond_the_publication() -> None:
    assert [days(m) for m in dates("Dix villages ont brûlé en juin.", "fr")] == ["2021-06-01/18"]


def test_overnight_is_the_night_of_the_day_beside_it() -> None:
    found = dates("An overnight attack on June 14 killed ten people.", "en")
    assert {days(m) for m in found} == {"2021-06-14/15"}
    found = dates("A curfew was imposed on Saturday after overnight clashes.", "en")
    assert [days(m) for m in found] == ["2021-06-12", "2021-06-11/12"]


@pytest.mark.parametrize(
    ("text", "language", "offset"),
    [
        ("La veille, le camp avait été pris.", "fr", (-1, -1)),
        ("L'avant-veille, le camp avait été pris.", "fr", (-2, -2)),
        ("Le lendemain, le camp a été pris.", "fr", (1, 1)),
        ("Le surlendemain, le camp a été pris.", "fr", (2, 2)),
        ("Le même jour, le camp a été pris.", "fr", (0, 0)),
        ("Trois jours plus tôt, le camp avait été pris.", "fr", (-3, -3)),
        ("Deux semaines plus tard, le camp a été pris.", "fr", (14, 14)),
        ("The day before, the camp was overrun.", "en", (-1, -1)),
        ("The following day, the camp was overrun.", "en", (1, 1)),
        ("Three days earlier, the camp was overrun.", "en", (-3, -3)),
    ],
)
def test_dates_counted_from_another_happening(text: str, language: str, offset: tuple[int, int]) -> None:
    (mention,) = dates(text, language)
    assert (mention.anchor, mention.offset_days, mention.start) == ("narrative", offset, None)


def test_months_are_counted_as_months() -> None:
    assert [m.offset_months for m in dates("Un mois plus tôt, deux ans après, le camp brûlait.", "fr")] == [-1, 24]


@pytest.mark.parametrize(
    ("text", "language", "time"),
    [
        ("L'assaut a commencé vers 5h du matin.", "fr", "05:00"),
        ("L'assaut a commencé à 23h40.", "fr", "23:40"),
        ("L'assaut a commencé vers trois heures du matin.", "fr", "03:00"),
        ("L'assaut a commencé peu après minuit.", "fr", "00:01"),
        ("Une attaque de nuit a visé le camp.", "fr", "night"),
        ("The assault began at around 5 a.m.", "en", "05:00"),
        ("The assault began at 11:40 pm.", "en", "23:40"),
        ("The assault began at about 0430 GMT.", "en", "04:30"),
        ("The assault began shortly before midnight.", "en", "23:59"),
    ],
)
def test_times_of_day_without_a_day(text: str, language: str, time: str) -> None:
    assert [(m.anchor, m.time_of_day) for m in dates(text, language)] == [("clock", time)]


@pytest.mark.parametrize(
    "text", ["Un deuil de 72 heures a été décrété.", "Talo est à 20 heures de route.", "Le chargement pesait 5 kg."]
)
def test_lengths_of_time_are_no_times_of_day(text: str) -> None:
    assert [m for m in dates(text, "fr") if m.anchor == "clock"] == []


@pytest.mark.parametrize(
    ("text", "language", "part"),
    [
        ("Le camp a été pris lundi matin.", "fr", "morning"),
        ("Le camp a été pris lundi en fin d'après-midi.", "fr", "afternoon"),
        ("Le camp a été pris dans la soirée de lundi.", "fr", "evening"),
        ("Le camp a été pris lundi à l'aube.", "fr", "dawn"),
        ("The camp was overrun on Monday evening.", "en", "evening"),
    ],
)
def test_parts_of_a_day(text: str, language: str, part: str) -> None:
    (mention,) = dates(text, language)
    assert (days(mention), mention.time_of_day) == ("2021-06-14", part)


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("Les combats durent depuis lundi.", "open_end"),
        ("L'insurrection dure depuis 2012.", "open_end"),
        ("Mille personnes sont mortes depuis le début de la rébellion en 2013.", "open_end"),
        ("Les combats ont duré jusqu'à lundi.", "open_start"),
        ("La foule défile chaque vendredi.", "recurrent"),
        ("Le conseil tiendra séance lundi.", "future"),
        ("Les combats ont duré pendant trois jours.", "duration"),
    ],
)
def test_what_the_words_around_a_date_add(text: str, flag: str) -> None:
    (mention,) = dates(text, "fr")
    assert getattr(mention, flag)


def test_a_date_at_the_end_of_a_sentence_leaves_its_full_stop() -> None:
    text = "Le camp a été pris le 14 juin."
    (mention,) = dates(text, "fr")
    assert text[mention.span.start : mention.span.end] == "le 14 juin"


def test_ambiguous_numbers_in_english_are_no_day() -> None:
    assert [days(m) for m in dates("The camp fell on 04/05/2021 and again on 25/05/2021.", "en")] == [None, "2021-05-25"]


def test_easter() -> None:
    assert [calendar.easter(y) for y in (2000, 2019, 2024)] == [date(2000, 4, 23), date(2019, 4, 21), date(2024, 3, 31)]


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2040, 12, 31)), st.integers(0, 6))
def test_a_weekday_is_within_the_week_up_to_the_publication(published: date, weekday: int) -> None:
    name = list(calendar.WEEKDAY_NUMBER["fr"])[weekday]
    found = dates(f"Le camp a été pris {name}.", "fr", published)[0].start
    assert found is not None
    assert found.weekday() == weekday
    assert timedelta(0) <= published - found < timedelta(days=7)
