"""What a happening is where its words alone do not say it: crowds, arrests, deaths in custody, single attackers."""

import pytest

import concordant
from concordant.codebook import Codebook
from concordant.coding.triggers import find_triggers
from concordant.reading import read

KINDS = {
    "clashes of a demonstration": (
        "La manifestation organisée samedi à Lormac a donné lieu à des affrontements entre la police et des manifestants.",
        "riot",
    ),
    "a demonstration that ends in arson": (
        "Des milliers de personnes ont manifesté samedi à Lormac. Des magasins ont été incendiés et saccagés par des casseurs.",
        "riot",
    ),
    "a quiet demonstration with arrests": (
        "Des milliers de manifestants ont défilé dimanche à Lormac. La police a procédé à l'arrestation de 40 manifestants.",
        "protest",
    ),
    "arrests without any demonstration": (
        "La police a arrêté lundi à Lormac six membres présumés d'un groupe jihadiste.",
        "arrest",
    ),
    "a death in custody": (
        "Amadou Varel, 24 ans, est mort le 4 mai 2024 à Lormac lors de son interpellation par la police.",
        "attack_on_civilians",
    ),
    "policemen stabbed by one man": (
        "Un homme a poignardé mardi deux policiers avec un couteau dans une rue de Lormac, tuant l'un d'eux.",
        "attack_on_civilians",
    ),
    "an attack on a barracks": (
        "Des hommes armés ont attaqué mardi la caserne de Lormac, tuant deux soldats.",
        "raid",
    ),
    "the attacker shot by the police": (
        "Un homme armé d'un couteau a attaqué des passants mardi à Lormac. L'assaillant a été abattu par la police. "
        "L'attaque a fait deux morts.",
        "attack_on_civilians",
    ),
    "bombs and shells": (
        "Les bombardements ont repris mercredi sur Lormac. Quatorze obus ont été tirés par les troupes du régime.",
        "shelling",
    ),
    "missiles from the ground": ("Un tir de missile a visé mercredi la ville de Lormac, faisant trois morts.", "shelling"),
}


@pytest.mark.parametrize("name", KINDS)
def test_the_kind_of_a_happening(name: str) -> None:
    text, kind = KINDS[name]
    found = concordant.code(text, published="2024-05-16").events
    assert [e.kind for e in found][:1] == [kind]


def test_the_topic_of_a_title_is_not_its_news() -> None:
    coded = concordant.code(
        "Deux hommes ont été arrêtés lundi à Vasselin dans le cadre de l'enquête. L'attentat de Lormac avait fait dix "
        "morts le 3 mars 2023.",
        title="Attentat de Lormac : deux arrestations",
        published="2024-05-16",
    )
    assert [(e.kind, e.date and e.date.start.isoformat()) for e in coded.events if e.kind == "arrest"] == [
        ("arrest", "2024-05-13")
    ]
    recalled = [e for e in coded.events if e.kind != "arrest"]
    assert [e.date.start.isoformat() for e in recalled if e.date] == ["2023-03-03"]


NONE = {
    "condemned to death": "Deux hommes ont été condamnés à mort lundi à Lormac par un tribunal de la région.",
    "went there": "Les deux ministres se sont rendus à Lormac lundi pour une visite aux habitants de la région.",
    "spray cans": "Une dizaine de jeunes munis de bombes de peinture ont décoré lundi le mur du stade de Lormac.",
    "freed the way": "Les pompiers ont libéré la route lundi à Lormac, où un arbre était tombé.",
    "executed orders": "Les agents n'ont fait qu'exécuter les ordres de la mairie de Lormac lundi.",
}


@pytest.mark.parametrize("name", NONE)
def test_words_that_only_look_like_it(name: str) -> None:
    assert concordant.code(NONE[name], published="2024-05-16").events == ()


def test_a_word_with_a_capital_inside_its_sentence_is_a_name() -> None:
    reading = read(None, "Les policiers du Raid sont venus lundi. Le raid a fait dix morts.", "fr")
    acts = [t.act for t in find_triggers(reading, codebook=Codebook())]
    assert acts.count("raid") == 1


def test_a_shooting_of_which_no_side_is_told_is_common_crime() -> None:
    text = "Une fusillade a eu lieu samedi dans un bar de Lormac. Trois personnes ont été tuées, le tireur est en fuite."
    assert concordant.code(text, published="2024-05-16").events == ()
    told = text + " La piste terroriste est privilégiée par les enquêteurs."
    assert [e.kind for e in concordant.code(told, published="2024-05-16").events] == ["attack_on_civilians"]
