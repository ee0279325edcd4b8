"""Account ids: two reports with one text give two accounts, the same report twice the same one."""

import concordant

TEXT = "Gunmen killed five villagers in Tamboré on Monday, residents said."


def ids(name: str) -> list[str]:
    return [event.account_id for event in concordant.code(TEXT, published="2024-05-07", id=name).events]


def test_an_account_is_named_by_its_report() -> None:
    assert ids("a") == ids("a") != ids("b")
    assert len(ids("a")) == 1
