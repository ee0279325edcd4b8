"""Who the victims are, seen from the event, and which figures are rival. All reports are invented."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from concordant.codebook import Codebook
from concordant.codebook.tables import CodebookError
from concordant.coding.coded import CodedEvent
from concordant.coding.coder import Coder, code_report
from concordant.coding.mentions import Quantity, TollMention
from concordant.coding.victims import Sides, default_victims, fits
from concordant.reading import Span
from concordant.reports import Report

BOOK = Codebook()
Row = tuple[str, str, int | None, int | None]


@lru_cache(maxsize=1)
def coder() -> Coder:
    return Coder()


def event(text: str, language: str, title: str | None = None) -> CodedEvent:
    report = Report(id="x", title=title, text=text, language=language, published=date(2023, 5, 10))
    events = code_report(report, coder()).events
    assert events, text
    return events[0]


def rows(text: str, language: str, title: str | None = None) -> set[Row]:
    casualties = event(text, language, title).casualties
    return {(t.outcome, t.victims, t.low, t.best) for t in casualties if not (t.hedged or t.rival)}


def toll(outcome: str, *, persons: bool = False, by_name: bool = False) -> TollMention:
    quantity = Quantity(Span(0, 2), "number", 10, 10, 10)
    return TollMention(
        Span(0, 9), outcome, quantity, "unknown", Span(0, 9) if persons else None, Span(3, 9), False, None, None,  # type: ignore[arg-type]
        False, False, False, by_name=by_name,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "outcome", "persons", "doers", "hit", "expected"),
    [
        ("ambush", "killed", False, ("rebel",), ("state_forces",), "state_forces"),
        ("ambush", "killed", True, ("rebel",), ("state_forces",), "unknown"),
        ("ambush", "killed", True, ("rebel",), ("state_forces", "civilians"), "civilians"),
        ("attack_on_civilians", "killed", True, ("rebel",), (), "civilians"),
        ("attack_on_civilians", "arrested", True, ("rebel",), ("civilians",), "rebel"),
        ("attack_on_civilians", "arrested", True, (), ("civilians",), "unidentified"),
        ("armed_clash", "killed", False, (), (), "unknown"),
        ("riot", "arrested", True, (), (), "crowd"),
        ("armed_clash", "displaced", False, (), ("rebel",), "civilians"),
        ("abduction", "abducted", False, ("criminal",), ("state_forces", "civilians"), "civilians"),
        ("operation", "killed", False, ("state_forces",), (), "rebel"),
    ],
)
def test_victims_whom_no_word_names(
    kind: str, outcome: str, persons: bool, doers: tuple[str, ...], hit: tuple[str, ...], expected: str
) -> None:
    sides = Sides(kind, "ML", doers, hit)  # type: ignore[arg-type]
    assert default_victims(toll(outcome, persons=persons), sides, codebook=BOOK) == expected


@pytest.mark.parametrize(
    ("kind", "outcome", "by_name", "expected"),
    [
        ("release", "abducted", False, False),
        ("abduction", "released", False, False),
        ("release", "released", True, True),
        ("attack_on_civilians", "arrested", True, True),
        ("abduction", "arrested", True, False),
        ("attack_on_civilians", "killed", True, True),
    ],
)
def test_outcomes_that_fit_a_kind(kind: str, outcome: str, by_name: bool, expected: bool) -> None:
    sides = Sides(kind, "ML", (), ())
    assert fits(toll(outcome, by_name=by_name), sides, codebook=BOOK) is expected


def test_soldiers_abroad_are_foreign_and_at_home_of_the_state() -> None:
    abroad = "Deux soldats français ont été tués mardi dans une embuscade près de Gao, au Mali."
    home = "Deux soldats maliens ont été tués mardi dans une embuscade près de Gao, au Mali."
    assert rows(abroad, "fr") == {("killed", "foreign_forces", 2, 2)}
    assert rows(home, "fr") == {("killed", "state_forces", 2, 2)}


def test_an_attacker_is_of_the_attackers_side() -> None:
    text = "Des jihadistes ont attaqué lundi le camp de Gao, au Mali, tuant trois soldats. Deux assaillants ont été abattus."
    assert rows(text, "fr") == {("killed", "state_forces", 3, 3), ("killed", "rebel", 2, 2)}


def test_a_total_beyond_named_types_is_mixed() -> None:
    text = "Au moins cinq personnes, dont trois gendarmes, ont été tuées lundi par des miliciens à Gao, au Mali."
    assert rows(text, "fr") == {("killed", "mixed", 5, 5), ("killed", "state_forces", 3, 3)}


def test_a_total_that_its_types_add_up_to_is_left_out() -> None:
    text = (
        "L'attaque menée lundi par des jihadistes contre un hôtel de Gao, au Mali, a fait 14 morts, dont les cinq "
        "assaillants. Neuf civils ont été tués."
    )
    assert rows(text, "fr") == {("killed", "civilians", 9, 9), ("killed", "rebel", 5, 5)}


def test_persons_beside_soldiers_in_one_list_are_civilians() -> None:
    text = "Three people and a police officer were killed on Monday when rebels attacked the town of Gao in Mali."
    assert rows(text, "en") == {("killed", "civilians", 3, 3), ("killed", "state_forces", 1, 1)}


def test_the_wounded_who_die_move() -> None:
    text = (
        "L'attaque de lundi contre une patrouille de police à Gao, au Mali, a fait un mort et quatre blessés. "
        "L'un des policiers blessés a succombé à l'hôpital."
    )
    assert rows(text, "fr") == {("killed", "state_forces", 2, 2), ("wounded", "state_forces", 3, 3)}


def test_the_other_sides_figure_is_rival() -> None:
    text = (
        "L'armée malienne affirme avoir tué 20 terroristes lundi dans une frappe aérienne à Gao. "
        "Des habitants parlent de 16 civils tués."
    )
    marks = {(t.victims, t.best): t.rival for t in event(text, "fr").casualties}
    assert marks == {("rebel", 20): False, ("civilians", 16): True}


def test_a_higher_count_of_another_source_is_the_high() -> None:
    text = "Bandits killed 35 villagers on Monday in Kaduna, Nigeria, police said. Residents said 43 villagers were killed."
    killed = [t for t in event(text, "en").casualties if t.outcome == "killed"]
    assert [(t.low, t.best, t.high) for t in killed] == [(35, 35, 43)]


def test_a_default_of_an_unknown_type_is_refused(tmp_path: Path) -> None:
    (tmp_path / "victim_defaults.tsv").write_text("kind\toutcome\tbare\tpersons\n*\t*\tnobody\tunknown\n", encoding="utf-8")
    with pytest.raises(CodebookError, match="nobody"):
        default_victims(toll("killed"), Sides("riot", "ML", (), ()), codebook=Codebook((tmp_path,)))
