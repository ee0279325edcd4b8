"""English events: acts told by a noun and its verb, lists told place by place, and words that are no acts. Invented reports."""

import pytest

import concordant
from concordant.codebook import Codebook
from concordant.coding.coder import study
from concordant.coding.dates import find_dates
from concordant.coding.triggers import find_triggers
from concordant.reading import read
from concordant.reports import Report


def acts(text):
    found = find_triggers(read(None, text, "en"), codebook=Codebook())
    return {trigger.act for trigger in found if trigger.strength >= 2}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Near Kessu, one strike destroyed a bunker.", "air_strike"),
        ("Three farmers were killed by strikes in Darmo.", "air_strike"),
        ("The troops launched a huge operation in Darmo.", "operation"),
        ("Rebels sabotaged the power lines in Darmo.", "loot"),
        ("guerrillas harassed troops of the second brigade.", "attack"),
        ("Gunmen hijacked a bus near Kessu.", "abduct"),
        ("There were disturbances in Darmo last night.", "riot"),
        ("Planes strafed the village of Kessu.", "air_strike"),
    ],
)
def test_what_tells_of_an_act(text, act):
    assert act in acts(text)


@pytest.mark.parametrize(
    "text",
    [
        "The nurses' strike on Tuesday closed the wards.",
        "The operation of the plant has begun.",
        "Riot police stood by in Darmo.",
        "A bomb threat closed the school.",
        "The ministry released a statement on Friday.",
        "The judge escaped a dynamite charge.",
        "The team demonstrated its skill.",
        "Attack helicopters flew over Darmo.",
    ],
)
def test_what_tells_of_none(text):
    assert not acts(text) - {"explosion"}


def test_strikes_told_place_by_place_are_events_of_their_own():
    text = (
        "Coalition forces conducted nine strikes in Syria on Monday. Near Kessu, one strike destroyed a bunker. "
        "Near Darmo, two strikes destroyed a bridge."
    )
    found = concordant.code(text, title=None, published="2024-05-16").events
    assert {"Kessu", "Darmo"} <= {e.place.name for e in found if e.place}


@pytest.mark.parametrize("opening", ["Another report said that", "Simultaneously,", "In a similar incident,", "Finally,"])
def test_words_that_open_a_further_happening(opening):
    text = (
        f"Rebels attacked an army post in Lomira on Friday, killing two soldiers. {opening} gunmen killed a teacher in "
        "his house in Kessu."
    )
    found = concordant.code(text, title=None, published="2024-05-16").events
    assert {"Lomira", "Kessu"} <= {e.place.name for e in found if e.place}


def test_days_without_a_year_part_happenings():
    text = (
        "Judges reported that a man was killed in Lomira on 8 November. Two women were killed on 9 November by "
        "gunmen. The gunmen fled."
    )
    report = Report(id="x", title=None, text=text, language="en")
    found = study(report, read(None, text, "en"), concordant.coder())
    assert [[f.sentence.index for f in d.happening.frames] for d in found.drafts][:2] == [[0], [1]]


def test_an_old_day_is_not_the_reports_own():
    text = "Two men were killed this morning in Kessu. On 7 December 1987 a teacher was shot dead there by rebels."
    found = find_dates(read(None, text, "en"), published=None, codebook=Codebook())
    assert [(m.start is None) for m in found] == [True, False]
    own = "Two men were killed in Kessu today, 7 December 1987. A teacher was shot dead yesterday."
    found = find_dates(read(None, own, "en"), published=None, codebook=Codebook())
    assert all(m.start is not None for m in found)


def test_a_mob_that_attacks_is_a_riot_and_an_attack_on_a_post_a_raid():
    riot = concordant.code("A mob attacked two families in Kessu on Monday, wounding a man.", title=None, published="2024-05-16")
    raid = concordant.code("The guard post in Kessu was attacked on Monday by rebels.", title=None, published="2024-05-16")
    assert [e.kind for e in riot.events] == ["riot"]
    assert [e.kind for e in raid.events] == ["raid"]
