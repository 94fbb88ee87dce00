"""The weekly meeting: which days it is on, who sits there, and what happens when people change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

import pytest

from dialogs.meetings.model import Meeting, Seat, Wall
from dialogs.meetings.weekly import members, occurrences, seated, slot_of
from dialogs.people import Membership, Person, Role, School
from dialogs.workdays import COPENHAGEN, danish

SCHOOL = School("skov", "Skovskolen", 2, "12:30")
WORKDAYS = danish(COPENHAGEN, range(2026, 2028))


def person(person_id: str, role: Role, *, deputy: bool = False, school: str = "skov") -> Person:
    return Person(person_id, person_id.title(), (Membership(school, role, deputy),))


LEADER, PSYCHOLOGIST = person("lars", "leader"), person("pia", "psychologist")
SOCIAL, STAND_IN = person("sara", "social_worker"), person("per", "psychologist", deputy=True)
TEACHER = person("lise", "teacher")


def days(now: datetime, workdays: object = WORKDAYS, ahead: int = 15) -> list[str]:
    found = occurrences(SCHOOL, workdays, now, timedelta(days=ahead))  # type: ignore[arg-type]
    return [wall.day.isoformat() for wall in found]


def test_it_is_every_week_on_its_day_also_today_until_it_begins() -> None:
    assert days(datetime(2026, 11, 25, 11, tzinfo=UTC)) == ["2026-11-25", "2026-12-02", "2026-12-09"]
    assert days(datetime(2026, 11, 25, 12, tzinfo=UTC)) == ["2026-12-02", "2026-12-09"]


def test_no_meeting_on_holidays_and_in_weeks_without_school() -> None:
    assert days(datetime(2026, 12, 20, tzinfo=UTC)) == ["2026-12-23", "2026-12-30"]
    eve = replace(SCHOOL, trio_weekday=3)  # Thursdays: 24 December is closed, 31 December closes at noon
    assert occurrences(eve, WORKDAYS, datetime(2026, 12, 20, tzinfo=UTC)) == ()
    autumn = frozenset(date(2026, 10, 12) + timedelta(days=n) for n in range(5))
    free = replace(WORKDAYS, no_school=autumn)
    assert days(datetime(2026, 10, 8, tzinfo=UTC), free) == ["2026-10-21"]
    assert days(datetime(2026, 10, 8, tzinfo=UTC)) == ["2026-10-14", "2026-10-21"]


def test_a_week_without_school_closes_nothing_but_the_schools_own_meetings() -> None:
    free = replace(WORKDAYS, no_school=frozenset({date(2026, 10, 14)}))
    noon = datetime(2026, 10, 14, 10, tzinfo=UTC)
    assert free.is_open(noon)  # red is read that week, too
    assert not free.school().is_open(noon)


@pytest.mark.parametrize("now", [datetime(2026, 10, 20, tzinfo=UTC), datetime(2027, 3, 22, tzinfo=UTC)])
def test_the_clock_on_the_wall_stays_when_the_clocks_change(now: datetime) -> None:
    walls = occurrences(SCHOOL, WORKDAYS, now)
    assert {wall.utc.astimezone(COPENHAGEN).time() for wall in walls} == {time(12, 30)}
    assert len({wall.utc.time() for wall in walls}) == 2


def test_a_role_that_nobody_has_is_filled_by_its_deputy() -> None:
    assert members(SCHOOL, (LEADER, PSYCHOLOGIST, SOCIAL, STAND_IN, TEACHER)) == (LEADER, PSYCHOLOGIST, SOCIAL)
    assert members(SCHOOL, (LEADER, SOCIAL, STAND_IN)) == (LEADER, STAND_IN, SOCIAL)


def meeting(people: tuple[Person, ...], school: School = SCHOOL) -> Meeting:
    wall = Wall(date(2026, 11, 25), time(12, 30))
    empty = Meeting("m", "trio", "skov", wall, 60, (), "", slot=slot_of(school, wall))
    numbers = count(1)
    return seated(empty, school, people, lambda: f"s{next(numbers)}")


def test_the_chair_is_the_role_that_the_school_chose_else_the_leader() -> None:
    team = (LEADER, PSYCHOLOGIST, SOCIAL)
    assert meeting(team).chair == "s1"
    assert meeting(team, replace(SCHOOL, trio_chair="psychologist")).chair == "s2"
    assert meeting((LEADER, SOCIAL), replace(SCHOOL, trio_chair="psychologist")).chair == "s1"


def test_who_leaves_goes_with_whom_they_sent_and_who_comes_gets_a_seat() -> None:
    before = meeting((LEADER, PSYCHOLOGIST, SOCIAL))
    sent = replace(before, seats=(*before.seats, Seat("s9", "psychologist", "per", stands_for="s2")))
    assert seated(sent, SCHOOL, (LEADER, PSYCHOLOGIST, SOCIAL, STAND_IN), lambda: "x") is sent
    after = seated(sent, SCHOOL, (LEADER, SOCIAL, STAND_IN), lambda: "x")
    assert [(seat.id, seat.person_id) for seat in after.seats] == [("s1", "lars"), ("s3", "sara"), ("x", "per")]


def test_an_answer_stands_when_others_change_and_a_new_chair_takes_over() -> None:
    before = meeting((LEADER, PSYCHOLOGIST, SOCIAL))
    said = replace(before, seats=(before.seats[0], replace(before.seats[1], answer="yes"), before.seats[2]))
    new = person("lone", "leader")
    after = seated(said, SCHOOL, (new, PSYCHOLOGIST, SOCIAL), lambda: "x")
    assert (after.chair, after.seats[0].answer) == ("x", "yes")
