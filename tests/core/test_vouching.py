"""Who is locked out until somebody else has said that it is them, and who may say it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.access import Actor
from dialogs.access.decide import Allow, Context, Deny, Resource, decide
from dialogs.access.rules import PEOPLE, Tie
from dialogs.access.vouching import OPENING, let_in, locked, may_vouch, vouched
from dialogs.people import ROLES, Membership, Person, Role

TEACHER = Person("ada", "Ada", (Membership("s1", "teacher"),))
LEADER = Person("bo", "Bo", (Membership("s1", "leader"),))


@pytest.mark.parametrize("role", ROLES)
def test_somebody_new_is_locked_where_the_function_opens_cases_and_nowhere_else(role: Role) -> None:
    person = let_in(replace(TEACHER, memberships=(Membership("s1", role),)), "admin", again=False)
    assert locked(person) is (role in OPENING)
    assert locked(let_in(person, "admin", again=True)), "who has been in before is locked in every function"
    assert not locked(vouched(let_in(person, "admin", again=True)))


def test_everybody_who_made_a_way_in_is_remembered_once() -> None:
    person = let_in(let_in(let_in(TEACHER, "a", again=True), "b", again=False), "a", again=False)
    assert (person.let_in_by, person.came_back) == (("a", "b"), True)


def test_nobody_vouches_for_themselves_for_their_own_code_or_while_they_wait() -> None:
    person = let_in(TEACHER, "bo", again=True)
    assert not may_vouch(LEADER, person) and not may_vouch(person, person)
    assert may_vouch(replace(LEADER, id="eva"), person)
    assert not may_vouch(let_in(replace(LEADER, id="eva"), "x", again=False), person)
    assert not may_vouch(replace(LEADER, id="eva"), replace(person, active=False))


def test_no_line_of_the_table_opens_what_is_secret_for_somebody_who_waits() -> None:
    waits = let_in(LEADER, "admin", again=True)
    actor = Actor("bo", "web", 3, "two")
    for action, lines in PEOPLE.items():
        secret = {tie for tie, terms in lines.items() if terms.sure or terms.data_class >= 2}
        for tie in secret:
            ties: frozenset[Tie] = frozenset({tie})
            answer = decide(actor, action, Resource("case", "c1", "s1"), Context(waits, ties))
            open_ones = {one for one in lines if one not in secret}
            assert answer == Deny("unvouched") or open_ones, (action, tie)
            if isinstance(answer, Allow):
                assert answer.data_class < 2 and answer.tie in open_ones, (action, tie)
