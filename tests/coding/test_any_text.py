"""Whatever a report says, coding it gives a coded report whose evidence stands in the text, letter for letter."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import concordant
from concordant.coding.coder import code_report
from concordant.reports import Report, iter_reports

CODER = concordant.coder()
PIECES = st.sampled_from(
    "des hommes armés|gunmen|ont attaqué|attacked|le village de Tamboré|the town of Handessa|lundi|on Monday|tuant|killing|"
    "cinq|five|12 500|au moins quinze|civils|soldiers|, selon|said|l'armée|JNIM|blessés|wounded|dans la nuit de|entre|et|"
    "un mort|2024-05-13|13 mai|Lire aussi :|«|»|\"|(|)|…|.|. |\n|\n\n|,|-|’|œ|İ|ß|\u0301|\u200b|\u202e|\x00|\x1b|\ud7ff|🔥|%|#|"
    "d'|l’|de|à|a été|enlevé|aurait|n'a pas|http://x.y|1er|0|-1|1e9|½|Ⅷ|k²|ﷺ|中|\u00a0|\u2028".split("|")
)
TEXTS = st.lists(PIECES | st.text(max_size=6), max_size=60).map(" ".join) | st.text(max_size=300)
DAYS = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)) | st.just(date.min) | st.just(date.max)
RELAXED = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def evidence(value: Any) -> Iterator[dict[str, Any]]:
    """Every piece of evidence in a coded report."""
    if isinstance(value, dict):
        if {"in", "start", "end", "text"} <= set(value):
            yield value
        value = list(value.values())
    for part in value if isinstance(value, list) else ():
        yield from evidence(part)


@RELAXED
@given(TEXTS, st.none() | TEXTS, DAYS, st.sampled_from(["fr", "en"]))
def test_any_text_is_coded_and_its_evidence_stands_in_it(
    text: str, title: str | None, published: date | None, language: str
) -> None:
    coded = code_report(Report(id="a", text=text, title=title, published=published, language=language), CODER).to_dict()
    for words in evidence(coded):
        source = text if words["in"] == "text" else title or ""
        assert source[words["start"] : words["end"]] == words["text"] != ""
    assert coded["relevant"] == bool(coded["events"])
    assert json.loads(json.dumps(coded)) == coded


@RELAXED
@given(st.binary(max_size=400) | TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")), st.sampled_from("txt html pdf jsonl json csv".split()))
def test_any_bytes_are_a_report_or_a_reason(tmp_path_factory: Any, data: bytes, kind: str) -> None:
    file = tmp_path_factory.mktemp("any") / f"a.{kind}"
    file.write_bytes(data)
    for item in iter_reports([file]):
        assert isinstance(item, Report) or item.reason
