"""Publishing: a ruling lets a confirmed event out; what left stays what it was, and later days show what they should."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from made_reports import add, event, record, row

from concordant.record import Filters, Record, RecordError, UnknownError
from concordant.record.publishing import HELD, LAPSED, OUT, PUBLIC_COLUMNS, Publication, public_row
from concordant.record.reviewed import looked_at
from concordant.releases import Policy
from concordant.review import RulingError

TODAY, LATER = date(2024, 5, 8), date(2024, 6, 30)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Record]:
    told = record(tmp_path, row("a", event(killed=5)), row("b", event("Dourfé", "2024-05-20", 3), published="2024-05-21"))
    yield told
    told.close()


def named(made: Record, place: str = "Tamboré") -> str:
    return next(e.id for e in made.events() if e.values["place"]["name"] == place)


def confirm(made: Record, name: str) -> None:
    made.rule_event(name, "confirm", why="checked", by="amina", value=looked_at(made.event(name).values))


def let_out(made: Record, place: str = "Tamboré", on: date = LATER) -> str:
    name = named(made, place)
    confirm(made, name)
    return made.public.publish(name, why="for the site", by="ruth", on=on)


def only(made: Record, on: date = LATER, seq: int | None = None) -> Publication:
    found = made.public.all(on=on, as_of=seq)
    assert len(found) == 1
    return found[0]


def test_only_what_was_confirmed_as_it_is_is_let_out(made: Record) -> None:
    name = named(made)
    with pytest.raises(RecordError, match="confirmed"):
        made.public.publish(name, why="x", by="ruth", on=LATER)
    made.rule_event(name, "confirm", why="checked", by="amina", value={"kind": "ambush"})
    with pytest.raises(RecordError, match="confirmed"):
        made.public.publish(name, why="x", by="ruth", on=LATER)
    made.rule_event(name, "not_event", why="a drill", by="amina")
    with pytest.raises(RecordError, match="confirmed"):
        made.public.publish(name, why="x", by="ruth", on=LATER)
    assert made.public.all(on=LATER) == []
    with pytest.raises(UnknownError):
        made.public.publish("ffff", why="x", by="ruth", on=LATER)


def test_what_left_is_kept_with_the_ruling_and_stands_in_the_log(made: Record) -> None:
    ruling = let_out(made)
    out = only(made)
    assert (out.ruling.id, out.ruling.by, out.ruling.why, out.state, out.changed) == (ruling, "ruth", "for the site", OUT, False)
    assert out.values["id"] == named(made)
    assert "residents" not in str(out.values)
    assert made.event(named(made)).values["review"] == "confirmed"
    assert made.event(named(made)).values["published"] == {"at": out.ruling.at, "changed": False}
    assert [e.id for e in made.events(Filters(published=True))] == [named(made)]
    assert made.count(Filters(published=True)) == 1
    assert made.verify().whole


def test_an_event_is_held_back_until_its_day(made: Record) -> None:
    let_out(made, on=TODAY)
    assert (only(made, TODAY).state, only(made, TODAY).begins) == (HELD, "2024-05-09")
    assert only(made, date(2024, 5, 9)).state == OUT


def test_an_event_without_a_date_is_held_back_from_the_day_it_was_let_out(made: Record) -> None:
    made.rule_event(named(made), "value", why="nobody knows", by="amina", value={"field": "date", "value": None})
    let_out(made, on=date.today())
    assert only(made, date.today()).state == HELD
    assert only(made, date(2999, 1, 1)).state == OUT


def test_a_later_report_changes_nothing_of_what_left_and_says_that_it_would(made: Record, tmp_path: Path) -> None:
    let_out(made)
    before = only(made).values
    add(made, tmp_path, row("c", event(killed=9), published="2024-05-09"))
    assert made.event(named(made)).values["casualties"] != before["casualties"]
    out = only(made)
    assert (out.values, out.state, out.changed) == (before, OUT, True)
    assert made.event(named(made)).values["published"]["changed"] is True
    with pytest.raises(RecordError, match="confirmed"):
        made.public.publish(named(made), why="again", by="ruth", on=LATER)
    confirm(made, named(made))
    made.public.publish(named(made), why="again", by="ruth", on=LATER)
    assert (only(made).changed, only(made).values["casualties"] != before["casualties"]) == (False, True)


def test_an_event_that_counts_no_longer_leaves_no_longer(made: Record) -> None:
    let_out(made)
    made.rule_event(named(made), "not_event", why="a drill", by="amina")
    assert only(made).state == LAPSED


def test_two_events_that_turn_out_to_be_one_leave_once_and_are_withdrawn_together(made: Record) -> None:
    let_out(made)
    let_out(made, "Dourfé")
    one, other = named(made), named(made, "Dourfé")
    made.link(one, other, why="one raid", by="amina")
    assert only(made).changed is True
    assert len(made.public.withdraw(made.event(one).id, why="unsure", by="ruth")) == 2
    assert made.public.all(on=LATER) == []


def test_what_is_withdrawn_was_still_out_then(made: Record) -> None:
    let_out(made)
    then = made.moment()
    made.public.withdraw(named(made), why="a relative asked", by="ruth")
    assert made.public.all(on=LATER) == []
    assert "published" not in made.event(named(made)).values
    assert only(made, seq=then).state == OUT
    with pytest.raises(UnknownError):
        made.public.withdraw(named(made), why="x", by="ruth")


def test_stricter_rules_hold_for_what_was_let_out_before(made: Record, tmp_path: Path) -> None:
    from concordant.record.publishing import publications

    let_out(made)
    (tmp_path / "public-sensitive.tsv").write_text("value\twhat\tlevel\nattack_on_civilians\tkind\tsevere\n", encoding="utf-8")
    found = publications(made.database, Policy.of((tmp_path,)), made.moment(), date(2024, 5, 20))
    assert (found[0].values["level"], found[0].values["place"]["latitude"], found[0].state) == ("severe", None, HELD)


def test_every_field_of_an_event_has_a_verdict(made: Record) -> None:
    let_out(made)
    for found in made.events(Filters(standing="all")):
        assert set(found.values) <= set(Policy.of().fields), "a new field of events leaves only once a row of public-fields says how"


def test_a_row_has_no_column_of_sources(made: Record) -> None:
    let_out(made)
    row_ = public_row(only(made).values)
    assert tuple(row_) == PUBLIC_COLUMNS
    assert not {"attributed_to", "outlets", "role", "standing"} & set(row_)
    assert (row_["reports"], row_["killed_best"], row_["place"], row_["level"]) == (1, 5, "Tamboré", "usual")


def test_a_publish_ruling_has_the_form_that_leaves(made: Record) -> None:
    with pytest.raises(RulingError, match="public form"):
        made.rule_event(named(made), "publish", why="x", by="ruth")
