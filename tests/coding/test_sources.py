"""Sources: whom a report names, what each vouches for, who claims responsibility. All names and places are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from concordant.codebook import Codebook, CodebookError
from concordant.coding.mentions import SourceMention
from concordant.coding.sources import claims_for, find_sources, sources_for
from concordant.reading import Reading, Span, read

BOOK = Codebook()


def found(text: str, language: str = "fr", outlet: str | None = None) -> tuple[Reading, tuple[SourceMention, ...]]:
    reading = read(None, text, language)
    return reading, find_sources(reading, outlet=outlet, codebook=BOOK)


def names(text: str, language: str = "fr", outlet: str | None = None) -> list[str]:
    reading, mentions = found(text, language, outlet)
    return list(sources_for(mentions, [Span(0, len(reading.canvas))]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Selon les autorités locales, l'attaque a fait douze morts.", ["autorités locales"]),
        ("L'attaque a fait douze morts, d'après une source sécuritaire.", ["une source sécuritaire"]),
        ("Douze personnes ont été tuées à Varou, a-t-on appris de sources de sécurité.", ["sources de sécurité"]),
        ("Le village a été pillé, a-t-on appris mardi auprès d'un élu local.", ["un élu local"]),
        ("Le poste a été attaqué, de source militaire.", ["source militaire"]),
        ("Les assaillants ont fui, a indiqué à l'AFP un responsable de la police.", ["un responsable de la police"]),
        ("Un civil est mort, a annoncé jeudi le gouverneur de Talma.", ["gouverneur de Talma"]),
        ("Les habitants, joints par téléphone, ont confirmé l'attaque.", ["habitants"]),
        ("La société civile de Talma qui alerte parle de dix morts.", ["société civile de Talma"]),
        ("Ce bilan a été confirmé par un médecin de l'hôpital.", ["un médecin de l'hôpital"]),
        (
            "D'après des indications données dimanche par des sources locales, le bilan est de dix morts.",
            ["sources locales"],
        ),
        ("Ont été tués dix hommes, ont indiqué un officier et un élu local.", ["un officier", "un élu local"]),
        ("Selon l'armée et des témoins, le pont a sauté.", ["armée", "témoins"]),
        ("À en croire le chef du village, trois enfants ont disparu.", ["chef du village"]),
        ("Les soldats ont repoussé l'attaque, fait savoir l'état-major.", ["état-major"]),
    ],
)
def test_french_sources(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Twelve people were killed in Varou, police said on Monday.", ["police"]),
        ("According to local residents, gunmen burned the market.", ["local residents"]),
        ("The army reported that three soldiers died.", ["army"]),
        ("The attack was confirmed by a hospital official.", ["a hospital official"]),
        ("military sources reported today that six rebels died in varou.", ["military sources"]),
        ("carlos varela said that six rebels died in varou.", ["carlos varela"]),
        ("No organization has claimed that it planted the bomb, and no group said so.", []),
        ("(begin recording) (vareck) we saw nothing. (end recording)", ["vareck"]),
    ],
)
def test_english_sources(text: str, expected: list[str]) -> None:
    assert names(text, "en") == expected


def test_a_person_is_named_with_a_short_function() -> None:
    assert names("Dix morts, a expliqué le maire de Talma, Odilon Vareck.") == ["maire de Talma, Odilon Vareck"]


def test_a_long_function_leaves_the_person() -> None:
    text = "Dix morts, a dit le porte-parole adjoint de la mission régionale de paix du Nord, Odilon Vareck."
    assert names(text) == ["Odilon Vareck"]


def test_pronouns_and_same_sources_are_listed_once_and_extend_the_scope() -> None:
    text = (
        "Selon une source sécuritaire, le camp a été attaqué. Elle précise que dix soldats sont morts. "
        "Selon la même source, un char a brûlé."
    )
    reading, mentions = found(text)
    assert {m.name for m in mentions} == {"une source sécuritaire"}
    assert len({m.scope for m in mentions}) == 3
    assert sources_for(mentions, [Span(text.index("un char"), text.index("brûlé"))]) == ("une source sécuritaire",)
    assert all(reading.words(m.span) == m.name for m in mentions)


def test_the_fullest_name_of_a_person_is_listed() -> None:
    text = (
        "Le maire a confirmé le bilan de dix morts. « Ils ont tout brûlé », a dit le maire, Odilon Vareck. "
        "M. Vareck a ajouté que tous ont fui."
    )
    assert names(text) == ["maire, Odilon Vareck"]


def test_different_people_with_one_last_name_are_two_sources() -> None:
    text = "« Ils ont tiré », témoigne Odilon Vareck. « Ils ont fui », confirme Basile Vareck."
    assert names(text) == ["Odilon Vareck", "Basile Vareck"]


def test_other_sources_are_new_ones() -> None:
    text = "Selon des sources locales, dix hommes sont morts. D'autres sources indépendantes avancent vingt morts."
    assert len(names(text)) == 2


def test_a_quotation_over_several_sentences_is_in_scope() -> None:
    text = "« Ils sont venus la nuit. Ils ont tué dix hommes », a raconté un habitant."
    _, mentions = found(text)
    assert sources_for(mentions, [Span(2, 10)]) == ("un habitant",)


def test_the_outlet_that_was_told_is_the_way_the_words_came() -> None:
    _, mentions = found("Le bétail a été volé, a affirmé à RFI un éleveur.")
    assert [(m.name, m.via) for m in mentions] == [("un éleveur", "RFI")]
    _, mentions = found("Selon un élu cité par l'AFP, le pont est détruit.")
    assert (mentions[0].name, mentions[0].via) == ("un élu", "AFP")


def test_the_outlet_itself_is_no_source() -> None:
    assert names("Dix morts, rapporte RFI.", outlet="RFI") == []
    assert names("Dix morts, rapporte RFI.", outlet="La Gazette de Talma") == ["RFI"]


@pytest.mark.parametrize(
    "text",
    [
        "Il dit que tout va bien.",
        "Selon le calendrier prévu, les travaux commencent.",
        "On dit que la route est fermée.",
        "L'annonce de la trêve a surpris.",
    ],
)
def test_words_that_name_no_source(text: str) -> None:
    assert names(text) == []


def test_kinds() -> None:
    kinds = {
        m.name: m.kind
        for m in found(
            "Selon RFI, dix morts. Selon un médecin, vingt morts. Selon l'armée, aucun mort. Selon une source, cinq. "
            "Pour Basile Vareck, la guerre continue."
        )[1]
    }
    assert kinds == {
        "RFI": "outlet",
        "un médecin": "medical",
        "armée": "military",
        "une source": "unnamed",
        "Basile Vareck": "person",
    }


@pytest.mark.parametrize(
    ("text", "language", "party"),
    [
        ("L'attaque a été revendiquée par le Front du Talma.", "fr", "Front du Talma"),
        ("Le Front du Talma a revendiqué l'attentat de mardi.", "fr", "Front du Talma"),
        ("The Talma Front claimed responsibility for the bombing.", "en", "Talma Front"),
        ("L'attaque n'a pas été revendiquée.", "fr", None),
        ("Aucun groupe n'a revendiqué l'attaque.", "fr", None),
        ("Les ouvriers revendiquent une hausse de salaire.", "fr", None),
        ("No group has claimed responsibility for the attack.", "en", None),
    ],
)
def test_claims_of_responsibility(text: str, language: str, party: str | None) -> None:
    reading, mentions = found(text, language)
    whole = [Span(0, len(reading.canvas))]
    assert claims_for(mentions, whole) == ((party,) if party else ())
    assert party is None or party not in sources_for(mentions, whole)


def test_every_name_stands_in_the_text() -> None:
    reading, mentions = found(
        "Selon l'agence Talma-Presse, le colonel Odilon Vareck, directeur de l'information et des relations publiques "
        "de l'armée, a confirmé l'attaque. « C'est faux », dément de son côté le chef du village."
    )
    assert mentions
    assert all(reading.words(m.span) == m.name for m in mentions)


def test_a_users_table_adds_a_verb(tmp_path: Path) -> None:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "source_verbs.tsv").write_text("verb\tstrength\ngazouiller\tstrong\n", encoding="utf-8")
    reading = read(None, "Dix morts, a gazouillé le préfet.", "fr")
    book = Codebook((tmp_path,))
    assert [m.name for m in find_sources(reading, outlet=None, codebook=book)] == ["préfet"]
    assert find_sources(reading, outlet=None, codebook=BOOK) == ()


def test_a_table_that_cannot_be_used_says_where(tmp_path: Path) -> None:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "source_verbs.tsv").write_text("verb\tstrength\nbruire\tloud\n", encoding="utf-8")
    with pytest.raises(CodebookError, match="strength 'loud'"):
        find_sources(read(None, "Rien.", "fr"), outlet=None, codebook=Codebook((tmp_path,)))
