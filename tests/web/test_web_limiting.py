"""How often: wrong passwords are followed by longer and longer waits, tokens have a pace; each refusal says when to come again."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_web import Client, client_of, words

from concordant.record import Record
from concordant.web.app import Settings
from concordant.web.limiting import Pace, TooOftenError
from concordant.web.people import People

PASSWORD = "correct horse battery"


class Clock:
    now = 1_900_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords compared without their hash, which is slow by design: here they are only counted."""
    monkeypatch.setattr("concordant.web.people._fits", lambda kept, password: password == PASSWORD)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def people(tmp_path: Path, clock: Clock) -> People:
    made = People(tmp_path / "r.people", clock)
    for name in ("amina", "bo"):
        made.add(name, "reader", PASSWORD)
    return made


def enter(client: Client, name: str = "amina", password: str = "wrong password") -> tuple[int, int | None]:
    answer = client.send_form("/signin", name=name, password=password)
    after = answer.headers.get("retry-after")
    return answer.status_code, int(after) if after else None


# Signing in


def test_each_failure_doubles_the_wait_after_it(made: Record, people: People, clock: Clock) -> None:
    client = client_of(made, people=people)
    assert [enter(client) for _ in range(5)] == [(403, None)] * 5
    waits = []
    for _ in range(8):
        status, wait = enter(client)
        assert (status, wait is not None) == (429, True)
        assert wait
        waits.append(wait)
        clock.now += wait - 1
        assert enter(client) == (429, 1)
        clock.now += 1
        assert enter(client) == (403, None)
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]
    assert enter(client, password=PASSWORD) == (429, 900), "the right password does not help either"
    clock.now += 900
    assert enter(client, password=PASSWORD) == (303, None)
    client.send_form("/signout")
    assert [enter(client) for _ in range(5)] == [(403, None)] * 5, "who got in begins anew"


def test_one_account_that_waits_keeps_no_other_out(made: Record, people: People) -> None:
    client = client_of(made, people=people)
    for _ in range(6):
        enter(client)
    assert enter(client, "bo", PASSWORD) == (303, None)


def test_a_name_without_an_account_waits_like_one_with(made: Record, people: People) -> None:
    client = client_of(made, people=people)
    assert [enter(client, "amina") for _ in range(7)] == [enter(client, "nobody") for _ in range(7)]


def test_an_address_that_tries_many_names_waits_and_others_do_not(made: Record, people: People, clock: Clock) -> None:
    client = client_of(made, people=people, address="203.0.113.5")
    assert {enter(client, f"name{number}")[0] for number in range(20)} == {403}
    assert enter(client, "amina", PASSWORD) == (429, 30)
    assert enter(client_of(made, people=people, address="203.0.113.6"), "amina", PASSWORD) == (303, None)
    clock.now += 30
    assert enter(client, "amina", PASSWORD) == (303, None)
    assert enter(client, "name20") == (403, None)
    assert enter(client, "amina", PASSWORD) == (429, 60), "an account of one's own does not clear the address"
    clock.now += 900
    assert enter(client, "amina", PASSWORD) == (303, None)


def test_failures_outlast_a_restart_and_a_day_ends_them(made: Record, people: People, clock: Clock) -> None:
    for _ in range(5):
        enter(client_of(made, people=people))
    again = client_of(made, people=People(people.path, clock))
    assert enter(again) == (429, 30)
    clock.now += 24 * 3600
    assert [enter(again) for _ in range(5)] == [(403, None)] * 5


def test_many_tries_at_once_are_no_more_than_one_after_the_other(people: People) -> None:
    begin, answers = threading.Barrier(12), []

    def one() -> None:
        begin.wait(60)
        try:
            answers.append(people.sign_in("amina", "wrong password", "", "203.0.113.5"))
        except TooOftenError:
            answers.append("too often")

    threads = [threading.Thread(target=one) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert sorted(map(str, answers)) == ["None"] * 5 + ["too often"] * 7


@pytest.mark.parametrize(("language", "first", "later"), [("fr", "Trop d'essais. Réessayez dans 30 secondes.", "dans 2 minutes"), ("en", "Too many attempts. Try again in 30 seconds.", "in 2 minutes")])
def test_the_page_says_how_long(made: Record, people: People, clock: Clock, language: str, first: str, later: str) -> None:
    client = client_of(made, people=people)

    def told() -> str:
        return words(client.send_form(f"/signin?lang={language}", name="amina", password="x").text)

    for _ in range(5):
        told()
    assert first in told()
    for wait in (30, 60):
        clock.now += wait
        told()
    assert later in told()


# Programs


def token(people: People, name: str = "amina") -> dict[str, str]:
    return {"authorization": f"Bearer {people.tokens.add(name, 'x', ['events:read', 'reports:read'])[1]}"}


def test_a_token_has_so_many_requests_a_minute_and_is_told_when_to_come_again(made: Record, people: People, clock: Clock) -> None:
    client = client_of(made, people=people, settings=Settings(per_minute=3, clock=clock))
    mine, other = token(people), token(people)
    assert [client.get(path, headers=mine).status_code for path in ("/api/v1/events", "/api/v1/reports", "/events.csv")] == [200, 200, 200]
    answer = client.get("/api/v1/events", headers=mine)
    assert (answer.status_code, answer.headers["retry-after"], answer.json()["error"]) == (429, "20", "E_TOO_OFTEN")
    assert client.get("/api/v1/events", headers=other).status_code == 200
    clock.now += 19
    assert client.get("/api/v1/events", headers=mine).headers["retry-after"] == "1"
    clock.now += 1
    assert client.get("/api/v1/events", headers=mine).status_code == 200
    assert client.get("/api/v1/events", headers=mine).status_code == 429


def test_what_a_token_may_not_do_counts_too(made: Record, people: People, clock: Clock) -> None:
    client = client_of(made, people=people, settings=Settings(per_minute=2, clock=clock))
    mine = token(people)
    assert [client.get("/add", headers=mine).status_code for _ in range(4)] == [403, 403, 429, 429]


def test_unknown_tokens_are_counted_by_address_and_do_not_fill_the_file(made: Record, people: People, clock: Clock) -> None:
    client = client_of(made, people=people, settings=Settings(strangers_per_minute=5, clock=clock), address="203.0.113.5")
    statuses = [client.get("/api/v1/events", headers={"authorization": f"Bearer concordant_{n}"}).status_code for n in range(9)]
    assert statuses == [401] * 5 + [429] * 4
    assert people._rows("SELECT count(*) FROM denied") == [(5,)]
    assert client.get("/api/v1/events", headers=token(people)).status_code == 200


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 50), st.lists(st.tuples(st.floats(0, 30), st.sampled_from("ab")), max_size=120))
def test_no_minute_has_more_than_twice_its_share_and_who_waits_gets_in(most: int, steps: list[tuple[float, str]]) -> None:
    clock = Clock()
    pace = Pace(most, clock)
    let: list[tuple[float, str]] = []
    for after, key in steps:
        clock.now += after
        try:
            pace.go(key)
            let.append((clock.now, key))
        except TooOftenError as error:
            clock.now += error.wait
            pace.go(key)
            let.append((clock.now, key))
    for begun, key in let:
        assert sum(1 for at, who in let if who == key and begun <= at < begun + 60) <= 2 * most
