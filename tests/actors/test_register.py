"""The register of actors: well formed, and large enough where reports come from."""

from __future__ import annotations

from concordant.actors.register import Register
from concordant.codebook import Codebook

CODEBOOK = Codebook()
REGISTER = Register.of(CODEBOOK)
TYPES = {"state_forces", "rebel", "militia", "crowd", "civilians", "peacekeepers", "foreign_forces", "criminal"}
AFRICA = set("ML BF NE NG TD CM CF CD SN MR CI GH TG BJ GN GW SL LR GM GA CG GQ SD SS RW BI UG DZ LY".split())


def test_every_actor_has_a_type_a_name_and_a_known_country() -> None:
    for actor in REGISTER.actors.values():
        assert actor.type in TYPES, actor.id
        assert actor.name, actor.id
        assert actor.name in actor.aliases, actor.id
        assert actor.country == "" or (len(actor.country) == 2 and actor.country.isupper()), actor.id


def test_parents_are_in_the_register_and_no_chain_turns_on_itself() -> None:
    for actor in REGISTER.actors.values():
        if actor.parent:
            assert REGISTER.get(actor.parent) is not None, actor.id
            assert actor.id not in {above.id for above in REGISTER.parents(actor)}, actor.id


def test_names_hold_from_an_earlier_to_a_later_year() -> None:
    for actor in REGISTER.actors.values():
        assert (actor.valid_from or 0) <= (actor.valid_to or 9999), actor.id


def test_there_are_at_least_150_actors_of_west_and_central_africa() -> None:
    assert sum(actor.country in AFRICA for actor in REGISTER.actors.values()) >= 150


def test_ids_stand_once() -> None:
    ids = [row["id"] for row in CODEBOOK.table("actors")]
    assert len(ids) == len(set(ids))
