"""Reminders of a meeting: by the wall clock, earlier rather than late, and never on a day when nobody is there."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.meetings.model import Meeting, Quorum, Seat, Wall, quorum
from dialogs.meetings.reminders import APART, OFFSETS, Policy, due_times, plan
from dialogs.workdays import COPENHAGEN, danish

WORKDAYS = danish(COPENHAGEN, range(2026, 2029), extra_closed=[date(2026, 10, day) for day in range(12, 17)])
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
TEAM = (Seat("s1", "leader", "p1", needed=True), Seat("s2", "psychologist", "p2", needed=True))


def meeting(day: date, clock: time = time(12, 30), seats: tuple[Seat, ...] = TEAM, sequence: int = 0) -> Meeting:
    return Meeting("m1", "trio", "skovby", Wall(day, clock), 60, seats, chair="s1", sequence=sequence)


def walls(one: Meeting) -> dict[str, str]:
    moments = due_times(one, OFFSETS, WORKDAYS)
    return {offset: f"{due.astimezone(COPENHAGEN):%a %d %H:%M}" for offset, due in moments}


@pytest.mark.parametrize(
    ("day", "clock", "expected"),
    [
        (
            date(2026, 11, 25),
            time(12, 30),
            "week Wed 18 12:30, two_days Mon 23 12:30, day Tue 24 12:30, hour Wed 25 11:30",
        ),
        # A Monday: the weekend's two come on Friday as one.
        (date(2026, 11, 23), time(9), "week Mon 16 09:00, day Fri 20 16:00, hour Mon 23 08:00"),
        # The autumn holiday and the clock change lie between: everything comes before it, at the same wall time.
        (date(2026, 10, 26), time(14), "week Mon 19 14:00, day Fri 23 16:00, hour Mon 26 13:00"),
        # Easter Thursday to Monday is closed.
        (date(2027, 3, 30), time(8, 30), "week Tue 23 08:30, day Wed 24 16:00, hour Tue 30 07:30"),
        # An early meeting: an hour before it nobody is there yet.
        (
            date(2026, 11, 25),
            time(7, 30),
            "week Wed 18 07:30, two_days Mon 23 07:30, day Tue 24 07:30, hour Tue 24 16:00",
        ),
    ],
)
def test_each_reminder_has_its_moment(day: date, clock: time, expected: str) -> None:
    assert ", ".join(f"{offset} {at}" for offset, at in walls(meeting(day, clock)).items()) == expected


@given(
    st.dates(date(2026, 1, 2), date(2028, 12, 20)).filter(lambda day: day.weekday() < 5),
    st.times(time(7), time(16)),
    st.sets(st.sampled_from(OFFSETS), min_size=1),
)
def test_no_reminder_is_late_on_a_closed_day_or_beside_another(day: date, clock: time, offsets: set[str]) -> None:
    one = meeting(day, clock.replace(second=0, microsecond=0))
    due = [at for _, at in due_times(one, OFFSETS, WORKDAYS)]
    assert all(at < one.starts.utc and WORKDAYS.is_open(at) for at in due)
    assert all(later - earlier >= APART for earlier, later in pairwise(due))
    assert due, "the nearest reminder always stays"


@pytest.mark.parametrize("day", [date(2026, 3, 30), date(2026, 10, 26)])
def test_the_same_wall_time_on_both_sides_of_a_clock_change(day: date) -> None:
    one = meeting(day, time(14))
    week = dict(due_times(one, ("week",), danish(COPENHAGEN, [2026])))["week"]
    assert week.astimezone(COPENHAGEN).time() == time(14)
    assert one.starts.utc - week != timedelta(days=7)


def test_those_who_stay_away_and_the_family_get_none() -> None:
    seats = (
        Seat("s1", "leader", "p1"), Seat("s2", "psychologist", "p2", answer="no"), Seat("s3", "parent", "p3"),
        Seat("s4", "social_worker", "p4", answer="substitute"), Seat("s5", "social_worker", "p5", stands_for="s4"),
        Seat("s6", "club"),
    )  # fmt: skip
    found = plan(meeting(date(2026, 11, 25), seats=seats), Policy(), WORKDAYS, LONG_AGO)
    assert {one.person_id for one in found} == {"p1", "p5"}


def test_what_is_past_is_not_planned_again() -> None:
    one = meeting(date(2026, 11, 25))
    tuesday = datetime(2026, 11, 24, 15, tzinfo=COPENHAGEN)
    assert [found.offset for found in plan(one, Policy(), WORKDAYS, tuesday)] == ["hour", "hour"]


def test_a_moved_meeting_has_reminders_of_its_own() -> None:
    before = plan(meeting(date(2026, 11, 25)), Policy(), WORKDAYS, LONG_AGO)
    moved = meeting(date(2026, 11, 26), sequence=1)
    after = plan(moved, Policy(), WORKDAYS, LONG_AGO)
    keys = {one.key(meeting(date(2026, 11, 25))) for one in before}
    assert keys.isdisjoint(one.key(moved) for one in after)


@pytest.mark.parametrize("status", ["held", "cancelled", "closed"])
def test_only_a_planned_meeting_reminds(status: str) -> None:
    one = Meeting("m1", "trio", "skovby", Wall(date(2026, 11, 25), time(9)), 60, TEAM, "s1", status=status)  # pyright: ignore
    assert plan(one, Policy(), WORKDAYS, LONG_AGO) == ()


def test_a_substitute_fills_the_seat_of_the_one_who_sent_them() -> None:
    seats = (
        Seat("s1", "leader", "p1", needed=True, answer="yes"),
        Seat("s2", "psychologist", "p2", needed=True, answer="substitute"),
    )
    stands_in = Seat("s3", "psychologist", "p3", answer="yes", stands_for="s2")
    day = date(2026, 11, 25)
    assert quorum(meeting(day, seats=(*seats, stands_in))) == Quorum(2, 0, ())
    assert quorum(meeting(day, seats=seats)) == Quorum(1, 0, ("psychologist",))
    assert not quorum(meeting(day, seats=seats)).reached
