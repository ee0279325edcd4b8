"""Parties: who did it, to whom, from the grammar of invented sentences; the same whichever side does it."""

from __future__ import annotations

from datetime import date

import pytest

import concordant
from concordant.codebook import Codebook
from concordant.coding.coder import code_report
from concordant.coding.parties import find_parties
from concordant.coding.ties import Carriers, Grammar
from concordant.coding.triggers import find_triggers
from concordant.reading import read
from concordant.reports import Report

CODEBOOK = Codebook()
CODER = concordant.coder()
TIES = {
    "active": ("fr", "Des hommes armés ont attaqué une position de l'armée.", {"hommes armés": "does", "position de l'armée": "suffers"}),
    "passive": ("fr", "Dix civils ont été exécutés par des miliciens.", {"civils": "suffers", "miliciens": "does"}),
    "losing": ("fr", "Trois soldats ont perdu la vie.", {"soldats": "suffers"}),
    "participle": ("fr", "Les élèves enlevés lundi sont rentrés.", {"élèves": "suffers"}),
    "carried": ("fr", "L'armée a mené une opération contre les rebelles.", {"armée": "light does", "rebelles": "against"}),
    "fell into": ("fr", "Un convoi militaire est tombé dans une embuscade.", {"convoi militaire": "light suffers"}),
    "between": ("fr", "Des combats ont opposé l'armée aux rebelles.", {"armée": "between", "rebelles": "between"}),
    "english": ("en", "Gunmen attacked an army position on Sunday.", {"Gunmen": "does", "army position": "suffers"}),
    "relative": ("en", "The soldiers who were killed came home.", {"soldiers": "suffers"}),
    "possessive": ("en", "The militants' attack on the village began at dawn.", {"militants": "of", "village": "on"}),
}  # fmt: skip


@pytest.mark.parametrize("name", TIES)
def test_grammar_ties_a_party_to_what_is_done(name: str) -> None:
    language, text, wanted = TIES[name]
    reading = read(None, text, language)
    triggers = find_triggers(reading, codebook=CODEBOOK)
    told = frozenset(i for t in triggers for i in range(t.first, t.last))
    grammar = Grammar(reading, Carriers.of(CODEBOOK, language), told)
    parties = find_parties(reading, codebook=CODEBOOK, country=None, published=None)
    found = {p.name: {tie for t in triggers for tie in grammar.ties(t, p)} for p in parties}
    for party, tie in wanted.items():
        assert tie in found[party]


def test_a_country_before_a_colon_and_an_adjective_are_no_parties() -> None:
    reading = read(None, 'Mali : la piste "terroriste" est étudiée dans la rue commerçante.', "fr")
    assert find_parties(reading, codebook=CODEBOOK, country=None, published=None) == ()


def sides(text: str) -> set[tuple[str, str]]:
    coded = code_report(Report(id="r", title=None, text=text, published=date(2024, 3, 6)), CODER)
    return {(party.name, party.role) for party in coded.events[0].parties}


@pytest.mark.parametrize(
    "text",
    [
        "{a} ont attaqué mardi à Mopti {b}, tuant douze personnes.",
        "Dix personnes ont été tuées mardi à Mopti par {a} dans une attaque contre {b}.",
    ],
)
def test_the_same_deed_is_cast_the_same_whoever_does_it(text: str) -> None:
    one = sides(text.format(a="des rebelles", b="des miliciens"))
    other = sides(text.format(a="des miliciens", b="des rebelles"))
    turned = {"rebelles": "miliciens", "miliciens": "rebelles"}
    assert ("rebelles", "perpetrator") in one
    assert {(turned.get(name, name), role) for name, role in one} == other
