"""Rulings: what can be ruled, which ruling counts, and that a claim keeps its name when only its reading changes."""

import pytest

from concordant.review.claims import claim_id, claims_of
from concordant.review.rulings import Judgement, Ruling, RulingError, make_ruling, standing

WHEN = "2024-05-07T10:00:00.000000Z"
LATER = "2024-05-08T10:00:00.000000Z"


def ruled(kind: str, *subject: str, at: str = WHEN, **more: object) -> Ruling:
    return make_ruling(kind, subject, by="amina", at=at, why="both name the bridge", **more)  # type: ignore[arg-type]


def test_a_pair_is_the_same_question_either_way_round() -> None:
    one, other = ruled("pair", "b", "a"), ruled("pair", "a", "b")
    assert one.subject == ("a", "b")
    assert one.question == other.question


def test_the_later_ruling_on_a_question_counts() -> None:
    first = ruled("pair", "a", "b")
    second = ruled("pair", "b", "a", at=LATER, judgement="not_same", supersedes=first.id)
    assert standing([second, first]) == (second,)


def test_a_ruling_taken_back_leaves_none() -> None:
    first = ruled("not_event", "a")
    assert standing([first, ruled("not_event", "a", at=LATER, judgement=Judgement.NONE)]) == ()


def test_rulings_on_different_fields_both_count() -> None:
    place = ruled("value", "a", value={"field": "place", "value": {"name": "Tamboré"}})
    kind = ruled("value", "a", value={"field": "kind", "value": "ambush"})
    assert set(standing([place, kind])) == {place, kind}


def test_a_ruling_survives_being_written_down() -> None:
    made = ruled("value", "a", value={"field": "casualties.killed", "value": {"low": 3, "best": 4, "high": 4}})
    assert Ruling.from_dict(made.to_dict()) == made


@pytest.mark.parametrize(
    "value",
    [
        None,
        {"field": "colour", "value": "red"},
        {"field": "kind", "value": 7},
        {"field": "date", "value": {"start": "2024-05-07", "end": "2024-05-01"}},
        {"field": "date", "value": {"start": "yesterday", "end": "2024-05-01"}},
        {"field": "casualties.killed", "value": {"best": -1}},
        {"field": "casualties.killed", "value": {"low": 9, "best": 3}},
        {"field": "casualties.killed", "value": {}},
        {"field": "place", "value": {"latitude": 3}},
    ],
)
def test_a_value_that_cannot_be_is_refused(value: dict[str, object] | None) -> None:
    with pytest.raises(RulingError):
        ruled("value", "a", value=value)


@pytest.mark.parametrize("subject", [(), ("a",), ("a", "a"), ("a", "b", "c"), ("a", "")])
def test_a_pair_is_two_accounts(subject: tuple[str, ...]) -> None:
    with pytest.raises(RulingError):
        ruled("pair", *subject)


def test_a_claim_keeps_its_name_when_only_its_reading_changes() -> None:
    toll = {"outcome": "killed", "victims": "civilians", "best": 4, "evidence": [{"start": 3}]}
    assert claim_id("a", "casualties", toll) == claim_id("a", "casualties", toll | {"evidence": [], "candidates": []})
    assert claim_id("a", "casualties", toll) != claim_id("a", "casualties", toll | {"best": 5})
    assert claim_id("a", "casualties", toll) != claim_id("b", "casualties", toll)


def test_the_claims_of_an_account_carry_their_words() -> None:
    words = [{"in": "text", "start": 0, "end": 4, "text": "raid"}]
    event = {
        "kind": "attack", "date": None, "means": ["drone"], "evidence": {"trigger": words, "means": words},
        "casualties": [{"outcome": "killed", "best": 2, "evidence": words}], "parties": [], "attributed_to": [],
    }  # fmt: skip
    found = claims_of("a", event)
    assert [claim.field for claim in found] == ["kind", "casualties", "means"]
    assert all(claim.evidence == tuple(words) for claim in found)
