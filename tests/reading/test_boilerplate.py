"""Boilerplate on a canvas. All names and places are invented."""

from __future__ import annotations

from itertools import pairwise

import pytest

from concordant.reading.boilerplate import find_boilerplate

TEXT = "Dix hommes ont été tués à Varou."


def marked(canvas: str, language: str = "fr") -> list[str]:
    return [canvas[a:b].strip() for a, b, _ in find_boilerplate(canvas, language)]


@pytest.mark.parametrize(
    "line",
    [
        "Lire aussi : Talma sous le choc", "A lire aussi", "→ A LIRE AUSSI : Talma : ce que l'on sait", "Partager",
        "Partager sur Facebook", "Abonnez-vous à notre newsletter", "#Talma #Varou", "Suivez-nous sur Twitter",
        "Par Odilon Vareck", "Avec AFP", "La rédaction", "© La Gazette de Talma", "Tous droits réservés",
        "Crédit photo : Basile Vareck", "Publié le 3 mai 2021 à 14h30", "Laisser un commentaire",
        "www.gazette-talma.example",
        "Ce site utilise des cookies pour vous offrir le meilleur service.", "Read more: Talma in shock", "Share this",
        "Follow us on Facebook.", "By Odilon Vareck", "Publicité",
    ],
)  # fmt: skip
def test_lines_of_the_site(line: str) -> None:
    assert marked(f"{TEXT}\n{line}\n{TEXT}") == [line]


@pytest.mark.parametrize(
    "line",
    [
        TEXT,
        "Par la suite, les rebelles ont attaqué le camp.",
        "Par Varou passent les convois.",
        "Les parents lisent aussi les journaux.",
        "Le village a partagé ses vivres avec les déplacés.",
        "Facebook a fermé les comptes du groupe.",
    ],
)
def test_lines_of_the_report(line: str) -> None:
    assert marked(f"{TEXT}\n{line}\n{TEXT}") == []


def test_the_title_is_never_boilerplate() -> None:
    assert marked(f"Partager\n\n{TEXT}") == []


def test_a_headline_without_full_stop_ends_where_a_sentence_begins() -> None:
    canvas = f"{TEXT} Lire aussi : Talma en deuil après la crue Au Varou, plus de dix camps sont pleins. {TEXT}"
    assert marked(canvas) == ["Lire aussi : Talma en deuil après la crue"]


def test_several_headlines_in_a_row() -> None:
    links = "Lire aussi: Talma pleure ses morts Varou : une crue sans pareille"
    canvas = f"{TEXT} {links} Le préfet a ordonné une enquête. {TEXT}"
    assert marked(canvas) == ["Lire aussi: Talma pleure ses morts Varou : une crue sans pareille"]


def test_a_link_without_headline_takes_nothing_of_the_report() -> None:
    assert marked(f"{TEXT} Lire aussi : Il a fui la ville mardi. {TEXT}") == ["Lire aussi :"]
    assert marked(f'{TEXT} A lire aussi sur la Gazette : "Nous avons fui", dit-il. {TEXT}') == [
        "A lire aussi sur la Gazette :"
    ]


def test_marks_of_the_wire() -> None:
    canvas = (
        "Varou, 3 may -- [text] ten men died. (begin recording) they came at night. [passage omitted] (end recording)"
    )
    assert marked(canvas, "en") == ["[text]", "(begin recording)", "[passage omitted]", "(end recording)"]


def test_stretches_are_in_order_and_apart() -> None:
    canvas = f"{TEXT}\nLire aussi : Talma www.gazette-talma.example\nPartager\n{TEXT}"
    found = find_boilerplate(canvas, "fr")
    assert all(a[1] <= b[0] for a, b in pairwise(found))
