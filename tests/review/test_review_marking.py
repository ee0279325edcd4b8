"""Quoted words: found letter for letter where they stand, and refused where they do not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concordant.review import QuotationError, RulingError, mark, stands
from concordant.review.rulings import make_ruling

PARTS = {"title": "Raid à Tamboré", "text": "Cinq morts à Tamboré \U0001f1f2\U0001f1f1, dit-on. À Tamboré, on compte cinq morts."}


def test_words_are_found_with_their_offsets_in_code_points() -> None:
    found = mark(PARTS, "dit-on")
    assert found == {"in": "text", "start": 25, "end": 31, "text": "dit-on"}
    assert stands(PARTS, found)
    assert mark(PARTS, "Raid")["in"] == "title"


@pytest.mark.parametrize(
    ("quote", "reason", "times"), [("tamboré", "absent", 0), ("Tambore", "absent", 0), ("cinq  morts", "absent", 0), (" \n", "empty", 0), ("x" * 2001, "long", 0), ("Tamboré", "several", 3)]
)  # fmt: skip
def test_what_does_not_stand_there_is_refused(quote: str, reason: str, times: int) -> None:
    with pytest.raises(QuotationError) as refused:
        mark(PARTS, quote)
    assert (refused.value.reason, refused.value.times) == (reason, times)


def test_words_that_stand_there_several_times_are_told_apart() -> None:
    assert mark(PARTS, "Tamboré", which=3)["start"] == PARTS["text"].rindex("Tamboré")
    assert mark(PARTS, "Tamboré", near=("text", 11))["start"] == PARTS["text"].index("Tamboré")
    assert mark(PARTS, "Tamboré", near=("title", 40))["in"] == "title"
    with pytest.raises(QuotationError, match="3 times"):
        mark(PARTS, "Tamboré", which=4)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab é\n", max_size=30), st.text(alphabet="ab é\n", max_size=4), st.integers(0, 30))
def test_what_is_found_always_stands_there(text: str, quote: str, at: int) -> None:
    if quote in text and quote.strip():
        found = mark({"title": "", "text": text}, quote, near=("text", at))
        assert text[found["start"] : found["end"]] == quote
        starts = [i for i in range(len(text)) if text.startswith(quote, i)]
        assert abs(found["start"] - at) == min(abs(i - at) for i in starts)
    else:
        with pytest.raises(QuotationError, match="no words" if not quote.strip() else "letter for letter"):
            mark({"title": "", "text": text}, quote, near=("text", at))


@pytest.mark.parametrize(
    "evidence",
    ["words", [{"in": "text", "start": 0, "end": 3}], [{"in": "body", "start": 0, "end": 1, "text": "a"}], [{"in": "text", "start": 2, "end": 1, "text": ""}],
     [{"in": "text", "start": 0, "end": 3, "text": "ab"}], [{"in": "text", "start": -1, "end": 1, "text": "ab"}], [{"in": "text", "start": True, "end": 2, "text": "a"}]],
)  # fmt: skip
def test_evidence_of_another_form_is_refused(evidence: Any) -> None:
    with pytest.raises(RulingError, match="evidence"):
        make_ruling("value", ["a"], by="amina", at="2024", why="x", value={"field": "kind", "value": "ied", "evidence": evidence})


@pytest.mark.parametrize(
    ("field", "value"),
    [("parties.target", {"name": "guards"}), ("parties.victim.guards", None), ("parties.target.guards", {"name": "others", "role": "target", "type": "militia"}),
     ("parties.target", ["guards"]), ("parties.target", [{"name": "guards", "role": "perpetrator", "type": "militia"}]), ("casualties.killed", [{"best": 3}]),
     ("casualties.killed", [{"victims": "civilians", "low": 4, "best": 3}]), ("casualties.killed.civilians", [{"victims": "civilians", "best": 3}]), ("casualties.killed", ["3"]),
     ("parties.target.guards", {"name": "guards", "role": "perpetrator", "type": "militia"}), ("parties.target.guards", {"name": "guards", "role": "target"})],
)  # fmt: skip
def test_a_party_is_ruled_by_its_role_and_name(field: str, value: Any) -> None:
    with pytest.raises(RulingError):
        make_ruling("value", ["a"], by="amina", at="2024", why="x", value={"field": field, "value": value})
