"""Who may do what: the whole matrix of roles, ties and channels against what the rules of the house say."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import get_args

import pytest

from dialogs.access import DOOR, OPERATOR, SETUP, WORKER, Actor
from dialogs.access.decide import Allow, Context, Deny, Resource, decide, standing
from dialogs.access.rules import PEOPLE, SERVICES, Action, Tie
from dialogs.identity import Assurance
from dialogs.people import ROLES, Membership, Person, Role

ON_CASE: tuple[Tie, ...] = ("writer", "member", "informed", "glass")
SCHOOL = "laerkeskolen"
WEB = Actor("anne", "web", 2, "two")
# What is done to a case: who may, being what to it. Everybody else may not.
MATRIX: dict[Action, set[Tie]] = {
    "case.overview": {"writer", "member", "informed", "glass"},
    "case.read": {"writer", "member", "informed", "glass"},
    "case.write": {"writer", "member"},
    "audit.who": {"writer", "member"},
}
# What a role alone opens at one's own school, without being on any case.
BY_ROLE: dict[Action, set[Role]] = {
    "case.open": {
        "teacher", "pedagogue", "health_visitor", "leader", "psychologist", "social_worker", "superior", "colleague",
    },
    "case.list": {"leader", "psychologist", "social_worker", "superior"},
    "glass.open": {"leader"},
    "glass.judge": {"dpo"},
    "glass.read": {"dpo"},
    "audit.read": {"dpo"},
    "audit.report": {"leader", "dpo"},
    "person.write": {"admin"},
    "invite.make": {"admin"},
    "invite.list": {"admin"},
    "invite.withdraw": {"admin"},
    "access.end": {"admin"},
    "access.renew": {"admin"},
    "school.write": {"admin"},
}  # fmt: skip


def person(role: Role | None = "teacher", school: str = SCHOOL, *, deputy: bool = False, active: bool = True) -> Person:
    seats = (Membership(school, role, deputy),) if role is not None else ()
    return Person("anne", "Anne", seats, active=active)


def asked(action: Action, who: Person | None, *ties: Tie, actor: Actor = WEB, excluded: bool = False) -> Allow | Deny:
    return decide(actor, action, Resource("case", "sag", SCHOOL), Context(who, frozenset(ties), excluded))


def test_what_is_not_in_the_table_is_denied_to_everybody() -> None:
    for action, role in product(get_args(Action), ROLES):
        allowed = isinstance(asked(action, person(role)), Allow)
        lines = PEOPLE.get(action, {})
        assert not allowed or (lines.keys() & ({*standing(person(role), SCHOOL)} | {"anyone"})), (action, role)


@pytest.mark.parametrize("action", MATRIX)
def test_a_case_opens_to_whoever_is_on_it_and_to_no_role_alone(action: Action) -> None:
    for role in (None, *ROLES):
        assert isinstance(asked(action, person(role)), Deny), role
        for tie in ON_CASE:
            assert isinstance(asked(action, person(role), tie), Allow) == (tie in MATRIX[action]), (role, tie)


@pytest.mark.parametrize("action", BY_ROLE)
def test_a_role_opens_what_it_opens_and_at_its_own_school_only(action: Action) -> None:
    wide = {"dpo", "admin"}
    for role in ROLES:
        assert isinstance(asked(action, person(role)), Allow) == (role in BY_ROLE[action]), role
        elsewhere = isinstance(asked(action, person(role, "fjordskolen")), Allow)
        assert elsewhere == (role in BY_ROLE[action] and role in wide), role


def test_an_administrator_and_an_operator_see_no_content() -> None:
    for action in ("case.read", "case.overview", "case.write", "case.list", "draft.read", "audit.who", "glass.open"):
        assert isinstance(asked(action, person("admin")), Deny), action
    for action in ("case.read", "case.overview", "case.write", "case.list", "draft.read", "draft.write", "glass.open"):
        assert asked(action, None, actor=OPERATOR) == Deny("service"), action


@pytest.mark.parametrize("service", [DOOR, WORKER, OPERATOR, SETUP])
def test_a_service_may_do_what_it_is_for_and_never_reads_a_case(service: Actor) -> None:
    for action in get_args(Action):
        allowed = isinstance(asked(action, None, *get_args(Tie), actor=service), Allow)
        assert allowed == (action in SERVICES[service.service])
    assert not SERVICES[service.service] & {"case.read", "case.write", "glass.open", "glass.judge"}


@pytest.mark.parametrize("tie", ON_CASE)
def test_nobody_reads_a_case_who_has_left_or_is_kept_out_or_is_somebody_else(tie: Tie) -> None:
    assert asked("case.read", person(active=False), tie) == Deny("nobody")
    assert asked("case.read", None, tie) == Deny("nobody")
    assert asked("case.read", replace(person(), id="en-anden"), tie) == Deny("nobody")
    assert asked("case.read", person("leader"), tie, excluded=True) == Deny("closed_circle")


@pytest.mark.parametrize(
    ("actor", "answer"),
    [
        (Actor("anne", "web", 2, "none"), Deny("assurance")),
        (Actor("anne", "web", 2, "one"), Deny("assurance")),
        (Actor("anne", "web", 2, "two"), Allow("member", "case_work", 2)),
        (Actor("anne", "web", 2, "practice"), Allow("member", "case_work", 2)),
        (Actor("anne", "web", 1, "two"), Deny("channel")),
        (Actor("anne", "telegram", 1, "one"), Deny("channel")),
        (Actor("anne", "telegram", 2, "one"), Allow("member", "case_work", 2)),  # the municipality's own choice
    ],
)
def test_what_people_wrote_needs_a_channel_that_may_carry_it_and_two_factors(actor: Actor, answer: object) -> None:
    assert asked("case.read", person(), "member", actor=actor) == answer
    assert isinstance(asked("case.overview", person(), "member", actor=actor), Allow)


@pytest.mark.parametrize("assurance", ["none", "one"])
def test_looking_over_others_and_breaking_the_glass_need_two_factors_too(assurance: Assurance) -> None:
    weak = replace(WEB, assurance=assurance)
    for action, roles in BY_ROLE.items():
        if action not in ("case.open", "case.list"):
            for role in roles:
                assert asked(action, person(role), actor=weak) == Deny("assurance"), (action, role)


def test_an_emergency_reads_and_does_nothing_else() -> None:
    allowed = {action for action in get_args(Action) if isinstance(asked(action, person(None), "glass"), Allow)}
    without = {action for action in get_args(Action) if isinstance(asked(action, person(None)), Allow)}
    assert allowed - without == {"case.read", "case.overview"}


def test_the_purpose_is_that_of_the_strongest_tie() -> None:
    assert asked("case.read", person(), "writer", "member") == Allow("writer", "own_worry", 2)
    assert asked("case.read", person(), "glass", "informed") == Allow("informed", "information", 2)


def test_a_deputy_leader_is_a_leader_and_a_teacher_is_none() -> None:
    assert standing(person("leader", deputy=True), SCHOOL) == {"staff", "team", "leader"}
    assert standing(person("teacher"), SCHOOL) == {"staff"}
    assert standing(person("admin"), SCHOOL) == {"admin"}
    assert standing(person("dpo", "fjordskolen"), SCHOOL) == {"dpo"}
