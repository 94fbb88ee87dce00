"""The calendar: opening hours, Danish holidays, both clock changes, and properties over random moments."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.workdays import NeverOpenError, Workdays, danish, public_holidays

CPH = ZoneInfo("Europe/Copenhagen")
DAYS = danish(CPH, range(2025, 2029), [date(2026, 10, 12)])


def at(text: str) -> datetime:
    """A moment given as Danish wall time."""
    return datetime.fromisoformat(text).replace(tzinfo=CPH)


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        ("2026-11-23T06:59:59", False),
        ("2026-11-23T07:00", True),
        ("2026-11-23T16:59:59", True),
        ("2026-11-23T17:00", False),
        ("2026-11-21T10:00", False),  # Saturday
        ("2026-11-22T10:00", False),  # Sunday
        ("2026-04-02T10:00", False),  # Skærtorsdag
        ("2026-04-03T10:00", False),  # Langfredag
        ("2026-04-06T10:00", False),  # 2. påskedag
        ("2026-05-14T10:00", False),  # Kristi himmelfartsdag
        ("2026-05-25T10:00", False),  # 2. pinsedag
        ("2026-12-24T10:00", False),  # juleaften, by setting
        ("2026-12-25T10:00", False),
        ("2026-12-31T11:59", True),  # nytårsaftensdag: the morning is open
        ("2026-12-31T12:00", False),
        ("2026-06-05T10:00", True),  # grundlovsdag, a Friday, is open unless the municipality says otherwise
        ("2026-10-12T10:00", False),  # the school's own closed day
    ],
)
def test_open_hours_weekends_holidays_and_school_days(moment: str, open_: bool) -> None:
    assert DAYS.is_open(at(moment)) is open_
    assert DAYS.quiet(at(moment)) is not open_


@pytest.mark.parametrize("day", ["2024-04-26", "2025-05-16", "2026-05-01", "2027-04-23"])
def test_store_bededag_is_a_working_day_since_2024(day: str) -> None:
    assert danish(CPH, range(2024, 2028)).is_open(at(f"{day}T10:00"))


def test_the_three_days_that_agreements_differ_on_are_settings() -> None:
    other = danish(CPH, [2026], christmas_eve=False, constitution_day=True, new_years_eve_from_noon=False)
    assert other.is_open(at("2026-12-24T10:00"))
    assert not other.is_open(at("2026-06-05T10:00"))
    assert other.is_open(at("2026-12-31T16:00"))


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-23T09:30", "2026-11-23T09:30"),
        ("2026-11-23T05:00", "2026-11-23T07:00"),
        ("2026-11-23T17:00", "2026-11-24T07:00"),
        ("2026-11-20T20:00", "2026-11-23T07:00"),
        ("2026-04-01T18:00", "2026-04-07T07:00"),  # over Easter
        ("2026-12-31T12:00", "2027-01-04T07:00"),
    ],
)
def test_what_comes_at_a_quiet_hour_waits_for_the_next_opening(moment: str, expected: str) -> None:
    assert DAYS.next_open(at(moment)) == at(expected)


@pytest.mark.parametrize(
    ("moment", "hours", "expected"),
    [
        ("2026-11-23T09:00", 1, "2026-11-23T10:00"),
        ("2026-11-23T16:30", 1, "2026-11-24T07:30"),
        ("2026-11-20T16:30", 1, "2026-11-23T07:30"),
        ("2026-11-22T12:00", 1, "2026-11-23T08:00"),
        ("2026-11-23T07:00", 10, "2026-11-24T07:00"),  # a full day ends where the next one begins
        ("2026-11-23T09:00", 0, "2026-11-23T09:00"),
        ("2026-12-31T11:30", 1, "2027-01-04T07:30"),
        ("2026-03-27T16:00", 2, "2026-03-30T08:00"),  # clocks go forward on the Sunday between
        ("2026-10-23T16:00", 2, "2026-10-26T08:00"),  # and back
    ],
)
def test_working_hours_pass_only_while_open(moment: str, hours: float, expected: str) -> None:
    assert DAYS.plus_hours(at(moment), hours) == at(expected)


@pytest.mark.parametrize(
    ("moment", "days", "clock", "expected"),
    [
        ("2026-11-23T09:00", 1, time(14), "2026-11-24T14:00"),
        ("2026-11-20T09:00", 1, time(14), "2026-11-23T14:00"),
        ("2026-11-21T09:00", 1, None, "2026-11-23T09:00"),
        ("2026-11-23T09:00", 0, time(14), "2026-11-23T14:00"),
        ("2026-11-21T09:00", 0, time(14), "2026-11-23T07:00"),
        ("2026-11-23T09:00", 1, time(20), "2026-11-25T07:00"),
        ("2026-12-23T09:00", 1, time(9), "2026-12-28T09:00"),
        ("2026-12-30T15:00", 1, None, "2027-01-04T07:00"),  # 31 December closes at noon
        ("2026-03-27T09:00", 1, time(9), "2026-03-30T09:00"),
        ("2026-10-23T09:00", 1, time(9), "2026-10-26T09:00"),
    ],
)
def test_working_days_keep_the_wall_time(moment: str, days: int, clock: time | None, expected: str) -> None:
    assert DAYS.plus_days(at(moment), days, clock) == at(expected)


def test_an_opening_time_that_the_clock_change_skips_comes_one_hour_later() -> None:
    night = Workdays(CPH, time(2, 30), time(6), weekend=frozenset())
    assert night.next_open(at("2026-03-29T00:00")) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)  # 03:30 summer time
    assert night.plus_hours(at("2026-03-29T00:00"), 2.5) == at("2026-03-30T02:30")


def test_the_hour_that_comes_twice_is_two_hours_of_work() -> None:
    night = Workdays(CPH, time(1), time(5), weekend=frozenset())
    assert night.plus_hours(at("2026-10-25T01:00"), 4) == datetime(2026, 10, 25, 3, 0, tzinfo=UTC)  # 04:00 winter time
    assert night.is_open(datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    assert night.is_open(datetime(2026, 10, 25, 1, 30, tzinfo=UTC))


def test_a_calendar_without_an_open_day_says_so_instead_of_searching_for_ever() -> None:
    never = Workdays(weekend=frozenset(range(7)))
    for ask in (lambda: never.next_open(at("2026-11-23T09:00")), lambda: never.plus_hours(at("2026-11-23T09:00"), 1)):
        with pytest.raises(NeverOpenError):
            ask()


def test_hours_that_can_never_pass_are_told_of() -> None:
    last = date(2026, 11, 23)
    over = Workdays(closed=frozenset(last + timedelta(days=days) for days in range(1, 500)))
    assert over.plus_hours(at("2026-11-23T09:00"), 2) == at("2026-11-23T11:00")
    with pytest.raises(NeverOpenError):
        over.plus_hours(at("2026-11-23T09:00"), 20)


def test_a_day_that_closes_before_it_opens_is_refused() -> None:
    with pytest.raises(ValueError, match="opens"):
        Workdays(opens=time(17), closes=time(7))


def test_a_half_day_that_ends_before_opening_is_closed() -> None:
    late = Workdays(opens=time(13), closes=time(20), half=frozenset({date(2026, 12, 31)}))
    assert late.next_open(at("2026-12-31T08:00")) == at("2027-01-01T13:00")


# hypothesis wants naive bounds and gives them the zone itself
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001
hours = st.floats(0, 60, allow_nan=False)
calendars = st.builds(
    lambda opens, length, closed, half: Workdays(
        CPH, time(opens), time(min(opens + length, 23)), frozenset(closed), frozenset(half)
    ),
    st.integers(0, 12),
    st.integers(1, 12),
    st.sets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=20),
    st.sets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=5),
)


@given(calendars, moments, hours)
def test_no_deadline_ever_lands_on_a_closed_hour(days: Workdays, moment: datetime, much: float) -> None:
    for result in (days.next_open(moment), days.plus_hours(moment, much), days.plus_days(moment, int(much) % 7)):
        assert days.is_open(result)
        assert result.utcoffset() == timedelta()


@given(calendars, moments, hours, st.floats(0, 20), st.timedeltas(timedelta(), timedelta(days=9)))
def test_a_later_start_or_more_hours_never_end_earlier(
    days: Workdays, moment: datetime, much: float, more: float, later: timedelta
) -> None:
    result = days.plus_hours(moment, much)
    assert result >= moment + timedelta(hours=much) - timedelta(microseconds=1)
    assert days.plus_hours(moment, much + more) >= result
    assert days.plus_hours(moment + later, much) >= result


@given(calendars, moments, hours, hours)
def test_waiting_twice_is_waiting_once_for_the_sum(days: Workdays, moment: datetime, one: float, two: float) -> None:
    apart = days.plus_hours(days.plus_hours(moment, one), two)
    together = days.plus_hours(moment, one + two)
    assert days.next_open(min(apart, together) + timedelta(microseconds=2)) >= max(apart, together)


def test_our_ten_public_holidays_are_those_of_the_holidays_package() -> None:
    for year in range(2024, 2101):
        assert public_holidays(year) == frozenset(holidays.country_holidays("DK", years=year)), year


@pytest.mark.parametrize(
    ("day", "today", "near"),
    [
        (date(2026, 12, 5), date(2026, 11, 23), (date(2026, 12, 4), date(2026, 12, 7))),  # a Saturday
        (date(2026, 12, 25), date(2026, 11, 23), (date(2026, 12, 23), date(2026, 12, 28))),
        (date(2026, 11, 28), date(2026, 11, 27), (date(2026, 11, 30),)),  # today itself is no day to come
        (date(2026, 11, 21), date(2026, 11, 23), (date(2026, 11, 24),)),  # what is past is not suggested
    ],
)
def test_a_closed_day_has_the_nearest_open_ones_around_it(day: date, today: date, near: tuple[date, ...]) -> None:
    assert danish(ZoneInfo("Europe/Copenhagen"), range(2026, 2028)).open_around(day, today) == near
