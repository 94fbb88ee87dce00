"""When something is due: meetings, the watchdog's steps, deadlines and promises, in a Danish week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import demo
from dialogs.cases.dates import deadline, promise, watch_times
from dialogs.cases.model import Entry
from dialogs.cases.teamdays import TeamDays, next_meeting
from dialogs.people import School
from dialogs.workdays import COPENHAGEN
from tests.core.case_kit import MONDAY, WORKDAYS, a_case, at, colour, entry

SCHOOL = demo.SCHOOLS[0]  # Wednesday 12:30
DAYS = TeamDays(SCHOOL, WORKDAYS)


def wall(moment) -> str:
    return moment.astimezone(COPENHAGEN).strftime("%a %d-%m %H:%M")


@pytest.mark.parametrize(
    ("now", "meeting"),
    [
        ("2026-11-23 10:00", "Wed 25-11 12:30"),
        ("2026-11-25 12:29", "Wed 25-11 12:30"),
        ("2026-11-25 12:30", "Wed 02-12 12:30"),
        ("2026-12-22 10:00", "Wed 23-12 12:30"),
    ],
)
def test_the_next_meeting_is_the_next_one_that_has_not_begun(now, meeting) -> None:
    assert wall(next_meeting(SCHOOL, WORKDAYS, at(now))) == meeting


def test_a_meeting_day_on_a_holiday_is_passed_over() -> None:
    friday = School("x", "Fredagsskolen", 4, "10:00")
    assert (
        wall(next_meeting(friday, WORKDAYS, at("2026-12-24 12:00"))) == "Fri 08-01 10:00"
    )  # 25/12 and 1/1 are holidays


def test_a_meeting_day_that_is_never_a_working_day_still_gives_a_day() -> None:
    sunday = School("x", "Søndagsskolen", 6, "10:00")
    assert WORKDAYS.is_open(next_meeting(sunday, WORKDAYS, MONDAY))


@pytest.mark.parametrize(
    ("light", "sent", "steps"),
    [
        ("red", "2026-11-23 10:00", ["Mon 23-11 11:00", "Mon 23-11 13:00", "Mon 23-11 15:00"]),
        ("red", "2026-11-27 16:30", ["Mon 30-11 07:30", "Mon 30-11 09:30", "Mon 30-11 11:30"]),
        ("red", "2026-11-28 22:00", ["Mon 30-11 08:00", "Mon 30-11 10:00", "Mon 30-11 12:00"]),
        ("yellow", "2026-11-23 10:00", ["Tue 24-11 10:00", "Wed 25-11 10:00", "Thu 26-11 10:00"]),
        ("yellow", "2026-11-27 10:00", ["Mon 30-11 10:00", "Tue 01-12 10:00", "Wed 02-12 10:00"]),
        ("none", "2026-11-23 10:00", ["Tue 24-11 10:00", "Wed 25-11 10:00", "Thu 26-11 10:00"]),
        ("green", "2026-11-23 10:00", ["Tue 24-11 07:00", "Thu 26-11 07:00", "Fri 27-11 07:00"]),
        ("green", "2026-11-24 10:00", ["Wed 25-11 07:00", "Thu 26-11 07:00", "Fri 27-11 07:00"]),
        ("green", "2026-11-25 11:00", ["Tue 01-12 07:00", "Thu 03-12 07:00", "Fri 04-12 07:00"]),
        ("green", "2026-11-25 14:00", ["Tue 01-12 07:00", "Thu 03-12 07:00", "Fri 04-12 07:00"]),
    ],
)
def test_red_is_pushed_by_the_hour_yellow_by_the_day_and_green_before_the_meeting(light, sent, steps) -> None:
    assert [wall(step) for step in watch_times(light, at(sent), SCHOOL, WORKDAYS)] == steps


@given(
    st.sampled_from(["green", "yellow", "red", "none"]),
    st.integers(0, 400 * 24 * 60).map(lambda minutes: MONDAY + timedelta(minutes=minutes)),
    st.integers(0, 6),
    st.sampled_from(["07:30", "12:30", "16:00"]),
)
def test_three_steps_come_in_order_and_never_when_people_are_off(light, sent, weekday, clock) -> None:
    steps = watch_times(light, sent, School("x", "X", weekday, clock), WORKDAYS)
    assert sent < steps[0] < steps[1] < steps[2]
    assert all(WORKDAYS.is_open(step) for step in steps)


@given(st.integers(0, 400 * 24 * 60).map(lambda minutes: MONDAY + timedelta(minutes=minutes)))
def test_green_is_pushed_before_a_meeting_at_which_it_can_be_taken(sent) -> None:
    first = watch_times("green", sent, SCHOOL, WORKDAYS)[0]
    assert first < next_meeting(SCHOOL, WORKDAYS, first) <= first + timedelta(days=7 * 4)


def late(kind: str, **data: object) -> tuple[Entry, ...]:
    return (replace(entry(kind, **data), at=at("2026-11-24 10:00")),)


@pytest.mark.parametrize(
    ("case", "entries", "day"),
    [
        (a_case(), (), date(2026, 11, 24)),
        (a_case(opened_at=MONDAY), (), date(2026, 11, 25)),
        (a_case(colour=colour("red")), (), date(2026, 11, 23)),
        (a_case(route="leader", opened_at=MONDAY), (), date(2026, 11, 23)),
        (a_case(state="waiting"), late("asked"), date(2026, 11, 26)),
        (a_case(state="planned", planned_for=date(2026, 12, 2)), (), date(2026, 12, 2)),
        (a_case(state="discussed"), late("discussed"), date(2026, 11, 25)),
        (a_case(state="no_action", follow_up=date(2027, 1, 4)), (), date(2027, 1, 4)),
        (a_case(state="follow_up"), late("followed_up"), date(2026, 12, 1)),
        (a_case(opened_at=MONDAY), late("reopened"), date(2026, 11, 25)),
        (a_case(state="closed"), (), None),
    ],
)
def test_every_open_state_has_a_day_by_which_the_team_moves(case, entries, day) -> None:
    assert deadline(case, entries, DAYS) == day


@pytest.mark.parametrize(
    ("case", "by"),
    [
        (a_case(), "Thu 26-11 10:00"),
        (a_case(colour=colour("red")), "Mon 23-11 15:00"),
        (a_case(opened_at=MONDAY), "Wed 25-11 12:30"),
        (a_case(opened_at=MONDAY, colour=colour("red")), "Mon 23-11 10:00"),
        (a_case(opened_at=MONDAY, state="waiting"), "Wed 25-11 12:30"),
        (a_case(opened_at=MONDAY, state="planned", planned_for=date(2026, 11, 25)), "Thu 26-11 12:30"),
        (a_case(opened_at=MONDAY, state="planned", planned_for=date(2026, 11, 27)), "Mon 30-11 12:30"),
        (a_case(opened_at=MONDAY, state="notified", follow_up=date(2027, 1, 4)), "Mon 04-01 09:00"),
    ],
)
def test_the_writer_is_promised_a_moment_in_every_state(case, by) -> None:
    found = promise(case, (), DAYS, MONDAY)
    assert found is not None and wall(found) == by


def test_a_closed_case_promises_nothing() -> None:
    assert promise(a_case(state="closed", opened_at=MONDAY), (), DAYS, MONDAY) is None


def test_the_clocks_going_back_do_not_move_the_meeting() -> None:
    meeting = next_meeting(SCHOOL, WORKDAYS, at("2026-10-24 12:00"))
    assert meeting.astimezone(COPENHAGEN).time() == time(12, 30)
