"""Who a worry goes to, and the way around a person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.demo import FJORD, LAERKE, PEOPLE
from dialogs.cases.team import Routing, can_own, hat, holders, route_for, seats
from dialogs.people import Membership, Person

WRITER = "laerke-laerer"
HERE = tuple(person for person in PEOPLE if person.roles_at(LAERKE))


def ids(people) -> list[str]:
    return [person.id for person in people]


def without(*gone: str) -> tuple[Person, ...]:
    return tuple(replace(person, active=person.id not in gone) for person in HERE)


def routing(route="trio", excluded=(), writer=WRITER, red=False) -> Routing:
    return Routing(LAERKE, writer, route, tuple(excluded), red)


def test_a_calm_worry_goes_to_the_three() -> None:
    found = seats(routing(), HERE)
    assert ids(found.members) == ["laerke-leder", "laerke-psykolog", "laerke-raadgiver"]
    assert found.informed == ()
    assert ids(found.deputies) == ["laerke-souschef", "laerke-raadgiver-2"]
    assert ids(found.climb) == ["laerke-leder"]


def test_red_goes_to_leader_and_social_worker_and_only_informs_the_psychologist() -> None:
    found = seats(routing(red=True), HERE)
    assert ids(found.members) == ["laerke-leder", "laerke-raadgiver"]
    assert ids(found.informed) == ["laerke-psykolog"]
    assert ids(found.climb) == ["solbaek-chef"]


@pytest.mark.parametrize("flow", ["violence", "sexual", "suicide", "control", "danger"])
@pytest.mark.parametrize("suspect", ["unknown", "home", "adult", "child", None])
def test_what_can_not_wait_goes_to_the_leader_alone(flow, suspect) -> None:
    route = route_for(flow, suspect, LAERKE, WRITER, (), HERE)
    found = seats(routing(route), HERE)
    assert (route, ids(found.members), found.informed) == ("leader", ["laerke-leder"], ())
    assert ids(found.deputies) == ["laerke-souschef"]


@pytest.mark.parametrize("flow", ["violence", "sexual", None])
@pytest.mark.parametrize("suspect", ["staff", "leader"])
def test_when_somebody_at_the_school_is_suspected_it_goes_to_the_leaders_superior(flow, suspect) -> None:
    route = route_for(flow, suspect, LAERKE, WRITER, (), HERE)
    found = seats(routing(route, ("laerke-leder",)), HERE)
    assert (route, ids(found.members), found.deputies) == ("superior", ["solbaek-chef"], ())


def test_an_excluded_leader_is_passed_by_and_a_deputy_is_no_way_round_in_a_flow() -> None:
    assert route_for("violence", "home", LAERKE, WRITER, ("laerke-leder",), HERE) == "superior"
    assert route_for(None, None, LAERKE, WRITER, ("laerke-leder",), HERE) == "trio"


def test_a_leader_who_writes_does_not_get_her_own_worry() -> None:
    assert route_for("violence", "home", LAERKE, "laerke-leder", (), HERE) == "superior"
    assert "laerke-leder" not in ids(seats(routing(writer="laerke-leder"), HERE).members)


@pytest.mark.parametrize(
    ("excluded", "members"),
    [
        ("laerke-leder", ["laerke-souschef", "laerke-psykolog", "laerke-raadgiver"]),
        ("laerke-raadgiver", ["laerke-leder", "laerke-psykolog", "laerke-raadgiver-2"]),
        ("laerke-psykolog", ["laerke-leder", "laerke-raadgiver"]),
    ],
)
def test_an_excluded_persons_seat_goes_to_the_deputy_of_that_role(excluded, members) -> None:
    found = seats(routing(excluded=[excluded]), HERE)
    assert ids(found.members) == members
    assert excluded not in ids((*found.informed, *found.deputies, *found.climb))


def test_without_leader_and_deputy_the_superior_takes_the_leaders_seat() -> None:
    found = seats(routing(excluded=["laerke-leder", "laerke-souschef"]), HERE)
    assert ids(found.members) == ["solbaek-chef", "laerke-psykolog", "laerke-raadgiver"]


def test_nobody_left_is_an_empty_table() -> None:
    team = [person.id for person in HERE if hat(person, LAERKE)]
    for route in ("trio", "leader", "superior"):
        assert seats(routing(route, team), HERE).members == ()


def test_a_superior_who_is_away_is_stood_in_for() -> None:
    chief = Person("solbaek-vicechef", "Ida Rask", (Membership(LAERKE, "superior", deputy=True),))
    assert ids(seats(routing("superior"), (*without("solbaek-chef"), chief)).members) == ["solbaek-vicechef"]
    assert ids(seats(routing("superior"), (*HERE, chief)).deputies) == ["solbaek-vicechef"]


def test_people_who_have_left_get_nothing() -> None:
    assert ids(seats(routing(), without("laerke-leder", "laerke-psykolog")).members) == [
        "laerke-souschef",
        "laerke-raadgiver",
    ]


def test_the_other_schools_people_sit_at_no_table_here() -> None:
    everyone = {person.id for route in ("trio", "leader") for person in seats(routing(route), PEOPLE).members}
    assert not any(person_id.startswith("fjord") for person_id in everyone)
    assert holders(PEOPLE, FJORD, "leader")[0].id == "fjord-leder"


def test_who_may_be_responsible_is_the_team_its_deputies_and_the_writer() -> None:
    assert ids(can_own(routing(), HERE)) == [
        "laerke-leder",
        "laerke-psykolog",
        "laerke-raadgiver",
        "laerke-souschef",
        "laerke-raadgiver-2",
        "laerke-laerer",
    ]


def test_a_closed_circle_stays_closed_when_someone_is_made_responsible() -> None:
    assert ids(can_own(routing("leader"), HERE)) == ["laerke-leder", "laerke-souschef", "laerke-laerer"]
    assert "laerke-psykolog" in ids(can_own(routing(red=True), HERE))  # whom red only informs may be given the work


def test_the_hat_is_the_own_role_before_the_one_stood_in_for() -> None:
    both = (Membership(LAERKE, "leader", deputy=True), Membership(LAERKE, "psychologist"))
    assert hat(Person("x", "X", both), LAERKE) == "psychologist"
    assert hat(Person("x", "X", both[:1]), LAERKE) == "leader"
    assert hat(Person("x", "X", (Membership(LAERKE, "teacher"),)), LAERKE) is None
