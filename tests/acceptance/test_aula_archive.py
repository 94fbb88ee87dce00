"""The Aula-archive test: no role opens everything, and running the system gives no right to read.

Private messages moved to an archive became readable for anyone with an "archive administrator" role, which an
administrator could give away with one click. Left to a later issue: opening a case to one more person, logged, for a
time, and shown to its writer; and field encryption, so that not even the database's keeper can read.
"""

from __future__ import annotations

import inspect
from dataclasses import replace
from typing import get_args

import pytest

from bot import demo
from bot.app.cases import team
from bot.app.entry import admission
from bot.cli import admin
from dialogs.access import DOOR
from dialogs.people import TRIO, Membership, Person, Role
from tests.app.kit import YELLOW, Chat, House, Press

ROLES: tuple[Role, ...] = get_args(Role)


def with_a_case() -> tuple[House, str]:
    house = House()
    chat = Chat(house)
    chat.stands_at("q08_hvortit", {**YELLOW, "q19_farve": "enig"})
    chat.fills("dagligt")
    chat.presses("Send")
    (case,) = house.cases()
    return house, case.id


def newcomer(house: House, role: Role, school: str, *, deputy: bool = False) -> Person:
    person = Person("ny-kollega", "Nina Ny", (Membership(school, role, deputy),))
    house.joins(person)
    return person


@pytest.mark.parametrize("role", ROLES)
def test_no_role_at_another_school_opens_a_case(role: Role) -> None:
    house, case_id = with_a_case()
    newcomer(house, role, demo.FJORD)
    assert house.team_opens("ny-kollega", case_id) is None


@pytest.mark.parametrize("role", [role for role in ROLES if role not in TRIO])
def test_no_role_outside_the_team_opens_a_case_of_its_own_school(role: Role) -> None:
    house, case_id = with_a_case()
    newcomer(house, role, demo.LAERKE)
    assert house.team_opens("ny-kollega", case_id) is None


@pytest.mark.parametrize("role", TRIO)
def test_a_deputy_has_no_key_while_the_one_they_stand_in_for_is_there(role: Role) -> None:
    house, case_id = with_a_case()
    newcomer(house, role, demo.LAERKE, deputy=True)
    assert house.team_opens("ny-kollega", case_id) is None


def test_the_deputy_gets_in_when_nobody_has_opened_it_in_time_and_the_writer_can_see_it() -> None:
    house, case_id = with_a_case()
    assert house.team_opens("laerke-souschef", case_id) is None
    house.wait(days=3)
    assert house.team_opens("laerke-souschef", case_id) is not None
    chat = Chat(house)
    chat.presses_old(Press("?", f"go:case:{case_id}"))
    assert "Åbnet" in chat.text, "who came in is shown to the owner of the words"


def test_all_roles_at_once_open_nothing_where_one_is_excluded() -> None:
    house, case_id = with_a_case()
    case = next(one for one in house.cases() if one.id == case_id)
    everything = Person("ny-kollega", "Nina Ny", tuple(Membership(demo.LAERKE, role) for role in ROLES))
    house.run(
        lambda uow: uow.cases.save(replace(case, excluded=("ny-kollega",), revision=case.revision + 1), case.revision)
    )
    house.joins(everything)
    assert house.team_opens("ny-kollega", case_id) is None
    assert house.team_opens("laerke-leder", case_id) is not None


@pytest.mark.parametrize("school", [demo.LAERKE, demo.FJORD])
def test_an_administrator_has_no_inbox_no_case_and_no_notice(school: str) -> None:
    house, case_id = with_a_case()
    admin_person = newcomer(house, "admin", school)
    handbook, now = house.app.world.handbook, house.clock.now()
    assert house.acting(admin_person.id, lambda uow: team.inbox(handbook, uow, admin_person, school, now)) is None
    assert house.acting(admin_person.id, lambda uow: team.my_cases(handbook, uow, admin_person, now)) == ()
    house.wait(days=30)
    assert house.team_opens("ny-kollega", case_id) is None, "not even when nobody else has opened it"
    assert "ny-kollega" not in {wish.recipient for wish in house.wishes()}


def test_the_operators_commands_read_no_case() -> None:
    source = inspect.getsource(admin)
    assert "case_page" not in source and ".answers" not in source and "entries(" not in source


def test_an_invitation_gives_a_role_once_and_opens_no_case_of_others() -> None:
    house, case_id = with_a_case()
    ids, now = house.app.world.ids, house.clock.now()
    code = house.app.store.run(DOOR, lambda uow: admission.invite(uow, ids, "teacher", demo.LAERKE, now))
    person = house.app.store.run(DOOR, lambda uow: admission.accept(uow, ids, code, now))
    assert person is not None and house.team_opens(person.id, case_id) is None
    assert house.app.store.run(DOOR, lambda uow: admission.accept(uow, ids, code, now)) is None


def test_every_use_case_of_a_case_works_in_the_hands_of_whoever_asks() -> None:
    """There is no back door: the team's module reaches cases only through a unit of work that belongs to an actor."""
    public = [f for name, f in vars(team).items() if inspect.isfunction(f) and f.__module__ == team.__name__]
    touching = [f for f in public if not f.__name__.startswith("_")]
    assert len(touching) >= 4
    for function in touching:
        assert "uow" in inspect.signature(function).parameters, function.__name__
    assert "store" not in vars(team), "a store would hand out other hands than the asker's"
