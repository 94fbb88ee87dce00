"""When the team really meets: what was moved or called off counts, and beyond the calendar the ordinary time does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot import demo
from dialogs.cases.dates import deadline, promise
from dialogs.cases.teamdays import TeamDays, Weekly
from dialogs.workdays import COPENHAGEN
from tests.core.case_kit import MONDAY, WORKDAYS, a_case, at

SCHOOL = demo.SCHOOLS[0]  # Wednesday 12:30
FIRST, SECOND = date(2026, 11, 25), date(2026, 12, 2)


def days(*calendar: Weekly, workdays=WORKDAYS) -> TeamDays:
    return TeamDays(SCHOOL, workdays, calendar)


def line(day: date, when: str, *, stands: bool = True) -> Weekly:
    return Weekly(day, at(when), stands)


def wall(moment: datetime | None) -> str:
    assert moment is not None
    return moment.astimezone(COPENHAGEN).strftime("%a %d-%m %H:%M")


MOVED = days(line(FIRST, "2026-11-26 09:00"))
CALLED_OFF = days(line(FIRST, "2026-11-25 12:30", stands=False))


@pytest.mark.parametrize(
    ("known", "after", "meeting"),
    [
        (days(), "2026-11-23 10:00", "Wed 25-11 12:30"),
        (days(line(FIRST, "2026-11-25 12:30")), "2026-11-23 10:00", "Wed 25-11 12:30"),
        (MOVED, "2026-11-23 10:00", "Thu 26-11 09:00"),
        (MOVED, "2026-11-25 13:00", "Thu 26-11 09:00"),
        (MOVED, "2026-11-26 09:00", "Wed 02-12 12:30"),
        (CALLED_OFF, "2026-11-23 10:00", "Wed 02-12 12:30"),
        # Moved forward and over: the ordinary day is taken, so nobody is promised it.
        (days(line(FIRST, "2026-11-24 08:15")), "2026-11-24 12:00", "Wed 02-12 12:30"),
        (
            days(line(FIRST, "2026-11-25 12:30"), line(SECOND, "2026-11-24 08:00")),
            "2026-11-23 10:00",
            "Tue 24-11 08:00",
        ),
    ],
)
def test_the_next_meeting_is_the_next_one_that_somebody_comes_to(known, after, meeting) -> None:
    assert wall(known.next(at(after))) == meeting


def test_a_day_without_school_has_no_meeting_though_others_are_at_work() -> None:
    closed = replace(WORKDAYS, no_school=frozenset({FIRST}))
    assert wall(days(workdays=closed).next(MONDAY)) == "Wed 02-12 12:30"


@pytest.mark.parametrize(
    ("known", "day", "meeting"),
    [
        (days(), FIRST, "Wed 25-11 12:30"),
        (MOVED, FIRST, "Thu 26-11 09:00"),
        (MOVED, date(2026, 11, 26), "Thu 26-11 09:00"),
        (CALLED_OFF, FIRST, "Wed 02-12 12:30"),
        (days(line(FIRST, "2026-11-26 09:00", stands=False)), date(2026, 11, 26), "Wed 02-12 12:30"),
        (days(), date(2026, 11, 27), "Fri 27-11 12:30"),
        # One moved onto the day of another that is called off: the day has a meeting.
        (
            days(line(FIRST, "2026-12-02 09:00"), line(SECOND, "2026-12-02 12:30", stands=False)),
            SECOND,
            "Wed 02-12 09:00",
        ),
    ],
)
def test_a_case_that_was_put_on_for_a_day_follows_its_meeting(known, day, meeting) -> None:
    assert wall(known.on(day)) == meeting


@pytest.mark.parametrize(
    ("case", "by"),
    [
        (a_case(opened_at=MONDAY), "Thu 26-11 09:00"),
        (a_case(opened_at=MONDAY, state="waiting"), "Thu 26-11 09:00"),
        (a_case(opened_at=MONDAY, state="planned", planned_for=FIRST), "Fri 27-11 09:00"),
    ],
)
def test_the_writer_is_promised_the_meeting_that_is_held(case, by) -> None:
    assert wall(promise(case, (), MOVED, MONDAY)) == by


def test_the_deadline_follows_the_meeting_too() -> None:
    assert deadline(a_case(opened_at=MONDAY), (), MOVED) == date(2026, 11, 26)
    assert deadline(a_case(opened_at=MONDAY), (), CALLED_OFF) == SECOND
    assert deadline(a_case(opened_at=MONDAY, state="planned", planned_for=FIRST), (), CALLED_OFF) == SECOND
