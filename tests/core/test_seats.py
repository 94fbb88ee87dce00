"""What an administrator may change of who works where."""

from __future__ import annotations

import pytest

from dialogs.access.seats import MOST_SEATS, Give, Take, may_leave, new_seats, reseated
from dialogs.people import Membership, Person
from dialogs.types import Problem

ADMIN = Person("a", "Rasmus", (Membership("lund", "admin"),))
SECOND = Person("b", "Ulla", (Membership("lund", "admin"),))
GONE = Person("c", "Per", (Membership("lund", "admin"),), active=False)
TEACHER = Person("t", "Maja", (Membership("lund", "teacher"),))
WATCHER = Person("d", "Ida", (Membership("lund", "dpo"),))
LEADER = Membership("lund", "leader")


def code(found: object) -> str:
    return found.code if isinstance(found, Problem) else ""


def test_a_function_is_given_and_taken() -> None:
    given = reseated("a", TEACHER, Give(LEADER), (ADMIN, TEACHER))
    assert given == (*TEACHER.memberships, LEADER)
    assert reseated("a", TEACHER, Take(TEACHER.memberships[0]), (ADMIN, TEACHER)) == ()


@pytest.mark.parametrize("change", [Give(LEADER), Take(ADMIN.memberships[0])])
def test_nobody_changes_their_own_functions(change: Give | Take) -> None:
    assert code(reseated("a", ADMIN, change, (ADMIN, SECOND))) == "own_function"


@pytest.mark.parametrize(
    ("person", "seat", "why"),
    [
        (TEACHER, Membership("lund", "teacher"), "function_there"),
        (TEACHER, Membership("lund", "teacher", deputy=True), "function_there"),
        (TEACHER, Membership("eng", "pedagogue", deputy=True), "no_deputy_there"),
        (TEACHER, Membership("lund", "dpo"), "watcher_apart"),
        (WATCHER, Membership("lund", "leader"), "watcher_apart"),
        (SECOND, Membership("lund", "dpo"), "watcher_apart"),
        (GONE, LEADER, "person_left"),
        (Person("x", "", tuple(Membership(f"s{n}", "psychologist") for n in range(MOST_SEATS))), LEADER,
         "functions_full"),
    ],
)  # fmt: skip
def test_a_function_that_does_not_fit_is_refused(person: Person, seat: Membership, why: str) -> None:
    assert code(reseated("a", person, Give(seat), (ADMIN, person))) == why


def test_whoever_watches_over_privacy_may_do_so_at_many_schools() -> None:
    more = Membership("eng", "dpo")
    assert reseated("a", WATCHER, Give(more), (ADMIN, WATCHER)) == (*WATCHER.memberships, more)


def test_a_function_that_is_not_there_can_not_be_taken() -> None:
    assert code(reseated("a", TEACHER, Take(LEADER), (ADMIN, TEACHER))) == "function_gone"


def test_the_last_administrator_stays() -> None:
    everyone = (SECOND, GONE, TEACHER)
    assert code(reseated("t", SECOND, Take(SECOND.memberships[0]), everyone)) == "last_administrator"
    assert code(may_leave("t", SECOND, everyone)) == "last_administrator", "one who has left keeps nothing"
    assert may_leave("a", SECOND, (ADMIN, *everyone)) is None
    two = Person("b", "Ulla", (Membership("lund", "admin"), Membership("eng", "admin")))
    assert reseated("t", two, Take(two.memberships[0]), (two,)) == two.memberships[1:], "still one somewhere"


def test_nobody_ends_their_own_access_and_others_may_leave() -> None:
    assert code(may_leave("a", ADMIN, (ADMIN, SECOND))) == "own_access"
    assert may_leave("a", TEACHER, (ADMIN, TEACHER)) is None


def test_somebody_new_gets_one_function_that_fits() -> None:
    assert new_seats(LEADER) == (LEADER,)
    assert code(new_seats(Membership("lund", "teacher", deputy=True))) == "no_deputy_there"
