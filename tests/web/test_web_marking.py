"""Words of a report made a claim: by a form that works without scripts, shown as evidence, undone, refused where they are not there."""

from __future__ import annotations

import re
from typing import Any

import pytest
from made_reports import event, record, row
from made_web import Client, client_of, only

from concordant.record import Record
from concordant.web.rights import Person

QUOTE = "three men shot"


def mark(client: Client, made: Record, quote: str = QUOTE, report: str = "c", **fields: Any) -> Any:
    account = made.report(report).accounts[0]["account_id"]
    told = {"quote": quote, "account": account, "version": str(made.moment()), "why": "the words", **fields}
    return client.send_form(f"/reports/{report}/mark", **told)


def values(made: Record, place: str = "Dourfé") -> Any:
    return made.event(only(made, place)).values


@pytest.mark.parametrize(
    ("fields", "name", "wanted"),
    [
        ({"field": "casualties", "outcome": "killed", "side": "state_forces", "low": "3", "best": "3", "high": "4"}, "casualties.killed.state_forces", (3, 3, 4)),
        ({"field": "date", "start": "2024-05-18", "end": ""}, "date", "2024-05-18"), ({"field": "kind", "kind": "ambush"}, "kind", "ambush"),
        ({"field": "place", "name": "", "relation": "at"}, "place", "three men shot"), ({"field": "claimed_by", "claimed_by": ""}, "claimed_by", "three men shot"),
        ({"field": "party", "party": "herders", "partyrole": "target", "type": "civilians"}, "parties.1", "herders"),
        ({"field": "means", "means": ["ied"]}, "means", ["ied"]),
    ],
)  # fmt: skip
def test_words_carry_each_kind_of_value(client: Client, made: Record, fields: dict[str, Any], name: str, wanted: Any) -> None:
    answer = mark(client, made, **fields)
    assert answer.status_code == 303
    found = values(made, wanted if name == "place" else "Dourfé")
    start = made.report("c").text.index(QUOTE)
    assert found["why"][name]["from"][0]["evidence"] == [{"in": "text", "start": start, "end": start + len(QUOTE), "text": QUOTE}]
    whole = name.partition(".")[0]
    said = {"date": lambda v: v["start"], "place": lambda v: v["name"], "parties": lambda v: v[1]["name"],
            "casualties": lambda v: next((r["low"], r["best"], r["high"]) for r in v if r["victims"] == "state_forces")}.get(whole, lambda v: v)  # fmt: skip
    assert said(found[whole]) == wanted
    page = client.get(answer.headers["location"]).text
    assert made.rulings()[0].id in page


def test_marked_words_are_highlighted_told_in_history_and_packet_and_undone(client: Client, made: Record) -> None:
    mark(client, made, field="date", start="2024-05-18")
    ruling, name = made.rulings()[0], only(made, "Dourfé")
    for path in (f"/events/{name}", "/reports/c"):
        page = client.get(path).text
        marked = re.findall(r'<mark class="f-date" data-claims="([^"]*)">(.*?)</mark>', page)
        assert any(ruling.id in claims and QUOTE in text for claims, text in marked), path
        assert "owner" in page
    for language, words in (("fr", "caractères"), ("en", "characters")):
        for path in (f"/events/{name}", f"/events/{name}/packet", "/rulings"):
            told = client.read(f"{path}?lang={language}")
            assert QUOTE in told, path
            assert words in told, path
    assert "words marked: Date" in client.read(f"/events/{name}?lang=en")
    page = client.get(f"/events/{name}").text
    assert f'data-claims="{ruling.id}" id="v-date"' in page  # the value leads to its words
    client.send_form(f"/rulings/{ruling.id}/undo")
    assert values(made)["date"]["start"] == "2024-05-20"
    assert 'class="f-date" data-claims="' + ruling.id not in client.get("/reports/c").text
    assert QUOTE in client.read("/rulings")  # the ruling that was taken back is still there


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"quote": "Three men shot"}, "letter for letter"), ({"quote": "  "}, "Quote the words"), ({"quote": "a"}, "times in the report"),
        ({"quote": "a", "which": "99"}, "times in the report"), ({"quote": QUOTE, "which": "x"}, "no number"), ({"quote": QUOTE, "field": "colour"}, "what the words carry"),
        ({"quote": QUOTE, "field": "means"}, "Give the value"), ({"quote": QUOTE, "field": "casualties", "outcome": "killed"}, "whole numbers"),
        ({"quote": QUOTE, "why": " "}, "Say why"), ({"quote": QUOTE, "field": "party", "partyrole": "victim"}, "ROLE"),
    ],
)  # fmt: skip
def test_what_cannot_be_marked_is_refused_clearly_and_nothing_is_changed(client: Client, made: Record, fields: dict[str, str], said: str) -> None:
    before = made.moment()
    account = made.report("c").accounts[0]["account_id"]
    told = {"field": "kind", "kind": "raid", "account": account, "version": str(before), "why": "x", **fields}
    answer = client.send_form("/reports/c/mark?lang=en", **told)
    assert answer.status_code == 400
    assert said in answer.text
    assert made.moment() == before


def test_the_account_must_be_of_the_report(client: Client, made: Record) -> None:
    other = made.report("a").accounts[0]["account_id"]
    assert mark(client, made, field="kind", kind="raid", account=other).status_code == 404


def test_words_that_stand_there_twice_are_told_apart_by_number_and_by_place(tmp_path: Any) -> None:
    text = "raid at noon, they said\nanother raid at noon was denied by all who had been asked about it"
    made = record(tmp_path, row("a", event(), text=text))
    client = client_of(made)
    mark(client, made, "raid at noon", "a", field="kind", kind="raid", which="2")
    mark(client, made, "raid at noon", "a", field="date", start="2024-05-05", part="text", at="2")
    mark(client, made, "said\r\nanother", "a", field="claimed_by", claimed_by="nobody")
    starts = [r.value["evidence"][0]["start"] for r in made.rulings()]
    assert starts == [text.rindex("raid"), 0, text.index("said\nanother")]


def test_a_second_person_who_marks_sees_both_versions(made: Record) -> None:
    amina, bo = (client_of(made, Person(name, "coder")) for name in ("amina", "bo"))
    seen = str(made.moment())
    assert mark(amina, made, field="date", start="2024-05-18", version=seen).status_code == 303
    answer = mark(bo, made, field="date", start="2024-05-19", version=seen)
    assert answer.status_code == 409
    assert f'value="{QUOTE}"' in answer.text
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.text.partition("<main")[2]))
    assert bo.send_form("/reports/c/mark", **again).status_code == 303
    assert values(made)["date"]["start"] == "2024-05-19"


def test_readers_and_the_past_are_offered_no_form(made: Record) -> None:
    name = only(made, "Dourfé")
    reader = client_of(made, Person("zoe", "reader"))
    for path in ("/reports/c", f"/events/{name}"):
        assert "data-mark" not in reader.get(path).text
        assert "data-mark" in client_of(made).get(path).text
        assert "data-mark" not in client_of(made).get(f"{path}?as_of=2199-01-01").text
    assert mark(reader, made, field="kind", kind="raid").status_code == 403
