"""Which passages tell of one happening, which of another, and which happening is the news: invented reports."""

import pytest

import concordant


def events(text, title=None, published="2024-05-16", role=None):
    coded = concordant.code(text, title=title, published=published)
    return [e for e in coded.events if role is None or e.role == role]


def places(found):
    return [e.place.name if e.place else None for e in found]


ONE = {
    "title and lead": (
        "Mali : sept soldats tués à Tambéga",
        "Sept soldats ont été tués mardi dans une embuscade à Tambéga. L'attaque a été attribuée à des jihadistes.",
    ),
    "the toll comes later": (
        None,
        "Des hommes armés ont attaqué lundi le village de Korsimé. Le bilan est de douze morts et de cinq blessés, "
        "selon un élu local.",
    ),
    "other sources, another toll": (
        None,
        "Des rebelles ont attaqué dimanche le village de Bassiré, tuant six habitants. D'autres sources avancent un "
        "bilan de huit morts.",
    ),
    "bodies seen at the same place": (
        None,
        "Des combattants ont fait irruption lundi dans la cité de Loumbé. Pour le moment, quatre corps ont été "
        "retrouvés à Loumbé, affirme la société civile.",
    ),
    "a named hostage freed": (
        "Niger : l'otage Anselme Tarvo a été libéré",
        "Il était retenu depuis des mois. L'ingénieur Anselme Tarvo a été libéré mardi près de Tessaka, a annoncé la "
        "présidence.",
    ),
    "english": (
        "Gunmen kill nine in Darmo",
        "Gunmen killed nine villagers in Darmo on Tuesday. Residents said the attackers came on motorbikes. The dead "
        "were buried on Wednesday.",
    ),
    "english, what the attackers did": (
        None,
        "Rebels attacked an army post at Kessu on Monday. The assault killed four soldiers, a spokesman said. The "
        "attackers burned two vehicles.",
    ),
}


@pytest.mark.parametrize("name", ONE)
def test_passages_of_one_happening_are_one_event(name):
    title, text = ONE[name]
    found = events(text, title, role="main")
    assert len(found) == 1, [(e.kind, e.place and e.place.name) for e in found]


SEVERAL = {
    "dans une autre attaque": (
        "Dix villageois ont été tués lundi à Tambéga par des hommes armés. Dans une autre attaque, mardi à Sollé, "
        "trois gendarmes ont été tués.",
        ["Tambéga", "Sollé"],
    ),
    "le lendemain": (
        "Une mine a tué deux soldats dimanche à Bassiré. Le lendemain, à Wouro-Pellé, quatre commerçants ont été "
        "enlevés par des inconnus armés.",
        ["Bassiré", "Wouro-Pellé"],
    ),
    "in a separate attack": (
        "Gunmen killed nine people in Darmo on Sunday. In a separate attack in Kessu on Monday, a bomb wounded four "
        "soldiers.",
        ["Darmo", "Kessu"],
    ),
    "meanwhile": (
        "Rebels attacked a police post in Lomira on Friday, killing two officers. Meanwhile, in Santaro, three "
        "farmers were abducted by armed men.",
        ["Lomira", "Santaro"],
    ),
}


@pytest.mark.parametrize("name", SEVERAL)
def test_happenings_told_apart_are_events_of_their_own(name):
    text, where = SEVERAL[name]
    assert places(events(text, role="main")) == where


RECALLED = {
    "il y a un an": (
        "Quatre soldats ont été tués lundi dans une embuscade près de Tambéga. Il y a un an, vingt villageois avaient "
        "été massacrés à Sollé par des hommes armés.",
        "Sollé",
    ),
    "en mars 2021": (
        "Des hommes armés ont tué six personnes mardi à Bassiré. En mars 2021, une attaque contre le village de Loumbé "
        "avait fait trente morts.",
        "Loumbé",
    ),
    "last year": (
        "A roadside bomb killed three soldiers near Kessu on Monday. Last year, gunmen killed 40 worshippers at a "
        "mosque in Darmo.",
        "Darmo",
    ),
}


@pytest.mark.parametrize("name", RECALLED)
def test_what_is_recalled_is_background(name):
    text, where = RECALLED[name]
    found = events(text)
    assert [(e.role, e.place.name) for e in found if e.place and e.place.name == where] == [("background", where)]
    assert sum(e.role == "main" for e in found) == 1


NOTHING = {
    "general phrases": "Les attaques meurtrières se multiplient et les civils, souvent pris au piège, fuient.",
    "sport": "Les Lions ont attaqué d'entrée et fusillé le gardien : une victoire écrasante, trois buts à zéro.",
    "planned": "Les syndicats appellent à manifester samedi prochain à Korsimé.",
    "feared": "Les habitants de Loumbé craignent une attaque des rebelles dans les prochains jours.",
    "figure of speech": "The minister came under fire in parliament on Monday; his budget was killed by his own party.",
    "accident": "Three people were killed on Monday when a bus plunged into a ravine near Kessu.",
}


@pytest.mark.parametrize("name", NOTHING)
def test_what_is_no_event_makes_none(name):
    assert not events(NOTHING[name])


def test_hostages_taken_and_freed_in_one_sentence_are_two_happenings():
    found = events("Les cinq enseignants enlevés lundi près de Tambéga ont été libérés mercredi à Sollé.")
    assert sorted(e.kind for e in found) == ["abduction", "release"]


def test_a_town_that_opens_its_sentence_is_where_another_demonstration_was():
    found = events(
        "Des manifestations ont eu lieu samedi au Togo contre la vie chère. A Sokodé, au moins 2.500 personnes ont "
        "défilé dans le calme. A Kara, plusieurs milliers de personnes ont manifesté devant la préfecture.",
    )
    assert {"Sokodé", "Kara"} <= set(places(found))


SHOOTING = (
    "Two people were killed and six others injured when shots were fired inside a nightclub in Tamford, Ohio, early Sunday, "
    "police said. The two were pronounced dead at the scene. No arrests have been made."
)


def test_common_crime_is_news_only_where_all_violence_is_asked_for():
    title = "2 killed, 6 injured in shooting at a nightclub"
    assert concordant.code(SHOOTING, title=title, published="2024-05-19").events == ()
    asked = concordant.coder(scope="all-violence")
    [event] = concordant.code(SHOOTING, title=title, published="2024-05-19", using=asked).events
    assert (event.role, event.date.start.isoformat()) == ("main", "2024-05-19")
    assert sorted((c.outcome, c.best) for c in event.casualties) == [("killed", 2), ("wounded", 6)]
