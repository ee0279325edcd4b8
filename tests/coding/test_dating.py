"""Which of a report's dates are a happening's own, in invented reports."""

from __future__ import annotations

from datetime import date

import pytest

from concordant.coding.assembling import Draft
from concordant.coding.coder import Coder, code_report, study
from concordant.coding.datehanging import governors, hanging, told_tokens
from concordant.coding.dates import find_dates
from concordant.coding.triggers import find_triggers
from concordant.reading import read
from concordant.reports import Report

FRIDAY = date(2021, 6, 18)
CODER = Coder()


def drafts(text: str, language: str, published: date | None = FRIDAY) -> tuple[Draft, ...]:
    report = Report(id="r", text=text, published=published, language=language)
    return study(report, read(None, text, language), CODER).drafts


def first_days(text: str, language: str, published: date | None = FRIDAY) -> str | None:
    """The days of the first happening of a text: "2021-06-14" or "2021-06-14/2021-06-15"."""
    found = drafts(text, language, published)[0].date
    if found is None:
        return None
    return found.start.isoformat() if found.start == found.end else f"{found.start}/{found.end}"


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Douze soldats ont été tués dans une embuscade, a annoncé jeudi l'armée.", "fr", None),
        ("Douze soldats ont été tués lundi dans une embuscade, a annoncé jeudi l'armée.", "fr", "2021-06-14"),
        ("L'armée a annoncé jeudi que douze soldats avaient été tués lundi dans une embuscade.", "fr", "2021-06-14"),
        ("Selon un communiqué publié mercredi, douze soldats ont été tués dans une embuscade.", "fr", None),
        ("Jeudi, le ministre a déclaré que douze soldats avaient été tués dans une embuscade.", "fr", None),
        ("Lundi, des hommes armés ont tué douze soldats dans une embuscade.", "fr", "2021-06-14"),
        ("L'attaque de mardi a fait douze morts, rapporte vendredi le Journal de Talo.", "fr", "2021-06-15"),
        ("Une attaque perpétrée dans la nuit de lundi à mardi a fait douze morts.", "fr", "2021-06-14/2021-06-15"),
        ("L'armée a annoncé jeudi la libération de douze otages.", "fr", "2021-06-17"),
        ("Twelve soldiers were killed in an ambush, the army said on Thursday.", "en", None),
        ("Twelve soldiers were killed in an ambush on Monday, the army said on Thursday.", "en", "2021-06-14"),
        ("The army said on Thursday that twelve soldiers were killed in an ambush on Monday.", "en", "2021-06-14"),
        ("On Monday, gunmen killed twelve soldiers in an ambush.", "en", "2021-06-14"),
        ("Tuesday's attack on the village left twelve dead, officials told a news conference on Friday.", "en", "2021-06-15"),
    ],
)
def test_the_day_of_a_statement_is_not_the_day_of_what_it_tells(text: str, language: str, expected: str | None) -> None:
    assert first_days(text, language) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Douze civils ont été tués à Talo. Les corps ont été inhumés jeudi.",
        "Douze civils ont été tués à Talo. Le ministre s'est rendu mercredi sur place.",
        "Douze civils ont été tués à Talo. Un deuil national a été décrété du 19 au 21 juin.",
    ],
)
def test_a_burial_a_visit_or_a_mourning_dates_nothing(text: str) -> None:
    assert first_days(text, "fr") is None


def test_the_day_told_in_the_next_sentence() -> None:
    text = "Douze civils ont été tués à Talo, a indiqué vendredi le maire. Les faits se sont produits mardi soir."
    assert first_days(text, "fr") == "2021-06-15"


def test_the_day_told_before_anything_is_told() -> None:
    text = "La nuit de lundi à mardi a été agitée à Talo. Des hommes armés ont tué deux policiers."
    assert first_days(text, "fr") == "2021-06-14/2021-06-15"


def test_a_day_named_without_anything_to_count_from_is_withheld() -> None:
    assert first_days("Douze soldats ont été tués lundi dans une embuscade à Talo.", "fr", None) is None


def test_a_year_since_which_something_goes_on_is_no_date() -> None:
    text = "Douze soldats ont été tués dans ce pays en guerre depuis le début de la rébellion en 2013."
    found = first_days(text, "fr")
    assert found is None


def test_what_goes_on_since_a_day_reaches_to_the_publication() -> None:
    found = drafts("Des combats opposent l'armée aux rebelles à Talo depuis lundi.", "fr")[0].date
    assert found is not None
    assert (found.start, found.end, found.note) == (
        date(2021, 6, 14), FRIDAY, "going on when the report came out",
    )  # fmt: skip


def test_until_draws_a_day_out() -> None:
    text = "Des affrontements ont éclaté lundi à Talo et ont duré jusqu'à mercredi."
    assert first_days(text, "fr") == "2021-06-14/2021-06-16"


@pytest.mark.parametrize(
    ("hour", "expected"),
    [("vers 2 heures du matin", "2021-06-15"), ("vers 23 heures", "2021-06-14")],
)
def test_an_hour_narrows_a_night(hour: str, expected: str) -> None:
    text = f"Douze soldats ont été tués {hour} dans la nuit de lundi à mardi à Talo."
    assert first_days(text, "fr") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Douze soldats ont été tués lors d'une attaque de nuit, a annoncé vendredi l'armée.", "2021-06-17/2021-06-18"),
        ("Douze soldats ont été tués vers 23h40 à Talo, a annoncé vendredi l'armée.", "2021-06-17"),
        ("Douze soldats ont été tués vers 6h50 à Talo, a annoncé vendredi l'armée.", "2021-06-18"),
    ],
)
def test_what_follows_from_the_hour_and_the_day_of_the_news(text: str, expected: str) -> None:
    found = drafts(text, "fr")[0].date
    assert found is not None
    assert first_days(text, "fr") == expected
    assert found.note == "follows from the day on which it was known and the time of day"


def test_the_event_a_date_counts_from() -> None:
    text = "Le colonel s'est présenté mercredi à la télévision, au lendemain du coup d'État à Talo."
    assert first_days(text, "fr") == "2021-06-15"


def test_the_day_before_the_date_in_the_same_sentence() -> None:
    text = "8 janvier 2011 : deux hommes, enlevés la veille à Talo par des rebelles, sont retrouvés."
    assert first_days(text, "fr") == "2011-01-07"


def test_a_month_before_another_month() -> None:
    text = "En février 2019, une attaque a fait vingt morts à Talo. Un mois plus tôt, les rebelles avaient attaqué Mori."
    days = [d.date for d in drafts(text, "fr")]
    assert days[1] is not None
    assert (days[1].start, days[1].end) == (date(2019, 1, 1), date(2019, 1, 31))


def test_a_dateline_is_the_day_of_the_report_and_not_of_the_event() -> None:
    text = "June 18 - Gunmen killed twelve people in the village of Talo late on Tuesday, residents said."
    assert first_days(text, "en") == "2021-06-15"


def test_the_line_that_says_from_when_a_story_is_dates_nothing() -> None:
    text = "This story is from June 18, 2021 talo: a mob killed two people in mori town on tuesday."
    assert first_days(text, "en", None) == "2021-06-15"


def test_the_day_of_an_old_event_at_the_top_is_not_the_reports_own() -> None:
    text = "The country entered a crisis with the 15 October 1979 military coup. Rebels killed ten men in Talo yesterday."
    assert [d.date.start if d.date else None for d in drafts(text, "en", None)][-1] is None


def test_here_and_now_in_a_quotation_gives_way_to_a_day_of_the_report() -> None:
    text = 'Deux otages ont été libérés mercredi à Talo. "Ils ont été libérés cet après-midi", a dit le maire.'
    assert first_days(text, "fr") == "2021-06-16"


def test_the_first_day_hangs_on_speech_and_the_second_on_the_event() -> None:
    text = "Selon un rapport publié mardi, entre le 9 et le 11 juin, des rebelles ont tué vingt civils à Talo."
    assert first_days(text, "fr") == "2021-06-09/2021-06-11"


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("Dix soldats ont été tués lundi.", "fr", "told"),
        ("L'attaque a eu lieu lundi.", "fr", "light"),
        ("Le ministre a déclaré lundi que le calme régnait.", "fr", "speech"),
        ("Les victimes ont été enterrées lundi.", "fr", "aside"),
        ("Lundi, des rebelles ont attaqué Talo.", "fr", "told"),
        ("Ten soldiers were killed on Monday.", "en", "told"),
        ("The attack took place on Monday.", "en", "light"),
        ("The minister said on Monday that calm had returned.", "en", "speech"),
        ("The victims were buried on Monday.", "en", "aside"),
    ],
)
def test_what_a_date_hangs_on(text: str, language: str, kind: str) -> None:
    reading = read(None, text, language)
    (mention,) = find_dates(reading, published=FRIDAY, codebook=CODER.codebook)
    spans = [t.span for t in find_triggers(reading, codebook=CODER.codebook) if t.strength >= 2]
    found = hanging(
        reading, mention, told_tokens(reading, spans), governors(reading, codebook=CODER.codebook), frozenset()
    )
    assert found.kind == kind


def test_news_without_any_time_of_its_own_is_dated_like_the_news_before_it_and_says_so() -> None:
    text = (
        "Des hommes armés ont tué dix villageois mardi à Talo, dans le nord du Mali. "
        "Dans une autre attaque, à Mori, cinq soldats maliens ont été tués."
    )
    report = Report(id="r", text=text, published=FRIDAY, language="fr")
    dates = [e.date for e in code_report(report, CODER).events]
    assert [d.start if d else None for d in dates] == [date(2021, 6, 15), date(2021, 6, 15)]
    assert [d.note for d in dates if d] == [None, "in the time of what is told before"]


def test_the_publication_is_never_taken_for_the_event() -> None:
    assert first_days("Douze soldats ont été tués dans une embuscade à Talo.", "fr") is None


def test_evidence_and_precision_of_a_coded_date() -> None:
    text = "Douze soldats maliens ont été tués lundi soir dans une embuscade près de Gao, au Mali."
    report = Report(id="r", text=text, published=FRIDAY, language="fr")
    (event,) = code_report(report, CODER).events
    assert event.date is not None
    assert {k: v for k, v in event.date.to_dict().items() if k != "confidence"} == {
        "start": "2021-06-14", "end": "2021-06-14", "precision": "day", "time_of_day": "evening",
        "evidence": [{"in": "text", "start": 35, "end": 45, "text": "lundi soir"}],
    }  # fmt: skip
