"""Evidence cut into segments: together they are the text, each knows its claims, and what the text does not have is left out."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from concordant.record.tallies import Tally
from concordant.web.drawing import frame_of, timeline
from concordant.web.highlighting import Span, segments, spans_of

SPANS = st.lists(st.builds(Span, st.integers(-3, 60), st.integers(-3, 60), st.sampled_from("abcd"), st.sampled_from(["kind", "place"])), max_size=8)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=50), SPANS)
def test_segments_are_the_text_and_know_what_covers_them(text: str, spans: list[Span]) -> None:
    cut = segments(text, spans)
    assert "".join(segment.text for segment in cut) == text
    at = 0
    for segment in cut:
        inside = {s for s in spans if 0 <= s.start <= at and at + len(segment.text) <= s.end <= len(text) and s.start < s.end}
        assert set(segment.spans) == inside
        at += len(segment.text)
    opened = [s for segment in cut for s in segment.opens]
    assert len(opened) == len(set(opened)) == len({s for s in spans if 0 <= s.start < s.end <= len(text)})


def test_offsets_are_code_points_and_words_that_do_not_stand_there_are_left_out() -> None:
    text = "Raid \U0001f1f2\U0001f1f1 à Tamboré"
    right = {"id": "a", "field": "place", "evidence": [{"in": "text", "start": 10, "end": 17, "text": "Tamboré"}]}
    wrong = {"id": "b", "field": "place", "evidence": [{"in": "text", "start": 9, "end": 16, "text": "Tamboré"}]}
    assert [span.claim for span in spans_of([right, wrong], "text", text)] == ["a"]
    assert spans_of([right], "title", text) == []


def test_bars_cover_every_period_and_lead_to_its_days() -> None:
    told = timeline([Tally("2023-12", 4, 9, 2), Tally("2024-02", 1, 0, 0)], "month", 3)
    assert [(b.since, b.until) for b in told.bars] == [("2023-12-01", "2023-12-31"), ("2024-02-01", "2024-02-29")]
    assert told.bars[0].height > told.bars[1].height
    assert told.bars[1].x > told.bars[0].x + told.bars[0].width * 1.9  # January has its place though nothing happened in it
    assert (told.undated, told.highest) == (3, 4)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-85, 85)), max_size=6))
def test_every_point_is_on_the_sheet(points: list[tuple[float, float]]) -> None:
    frame = frame_of(points)
    for longitude, latitude in points:
        x, y = frame.point(longitude, latitude)
        assert -1 <= x <= 961
        assert -1 <= y <= 521
