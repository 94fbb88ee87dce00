"""Who has looked, told as people mean it: one sitting is one look, two people are two, and the log keeps every line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dialogs.access.oversight import ONE_SITTING, Look, alarms, endings, looks, sample
from dialogs.access.roster import Member
from dialogs.audit import Line

NINE = datetime(2026, 11, 23, 8, 43, tzinfo=UTC)


def read(minutes: float = 0, actor: str = "ada", case_id: str = "c1", **more: Any) -> Line:
    fields = {"role": "leader", "action": "case.read", "object": case_id, "purpose": "case_work", **more}
    return Line(NINE + timedelta(minutes=minutes), actor, case_id=case_id, **fields)


def test_fourteen_pages_in_three_minutes_are_one_look() -> None:
    lines = [read(minute / 4) for minute in range(14)]
    assert looks(lines) == (Look(NINE, "leader", "case_work", lines[-1].at, 14),)


@pytest.mark.parametrize(("gap", "found"), [(ONE_SITTING, 1), (ONE_SITTING + timedelta(seconds=1), 2)])
def test_a_quarter_of_an_hour_ends_a_sitting(gap: timedelta, found: int) -> None:
    assert len(looks([read(), read(gap / timedelta(minutes=1))])) == found


def test_a_sitting_goes_on_from_its_last_page_also_when_another_looks_between() -> None:
    lines = [read(0), read(10), read(12, "bo"), read(20), read(30)]
    assert [(look.times, look.number) for look in looks(lines)] == [(1, 2), (4, 1)]


@pytest.mark.parametrize("other", [{"case_id": "c2"}, {"purpose": "emergency"}, {"role": "superior"}])
def test_another_case_purpose_or_function_is_another_look(other: dict[str, str]) -> None:
    assert len(looks([read(), read(1, **other)])) == 2


def test_two_people_in_one_function_have_numbers_and_an_only_one_has_none() -> None:
    lines = [read(0), read(1, "bo"), read(2, "eva", role="psychologist"), read(60)]
    assert [(look.role, look.number) for look in looks(lines)] == [
        ("leader", 1),
        ("psychologist", 0),
        ("leader", 2),
        ("leader", 1),
    ]


def test_a_refused_try_and_an_act_are_no_look() -> None:
    assert looks([read(outcome="deny"), read(1, action="case.write")]) == ()


def test_the_sample_asks_once_a_day_about_one_persons_readings_of_a_case() -> None:
    lines = [read(minute) for minute in range(60)] + [read(90, "bo"), read(24 * 60)]
    assert [(line.actor, line.at) for line in sample(lines, [0.5])] == [
        ("ada", NINE),
        ("bo", NINE + timedelta(minutes=90)),
        ("ada", NINE + timedelta(days=1)),
    ]


def test_a_row_that_was_taken_back_before_it_began_is_no_membership_that_ended() -> None:
    hour = timedelta(hours=1)
    planned = Member("c1", "bo", "member", "leader", NINE + hour, NINE)
    was, goes_on = (
        Member("c1", "bo", "member", "leader", NINE - hour, NINE),
        Member("c1", "bo", "writer", "teacher", NINE),
    )
    assert endings([planned, was, goes_on]) == (NINE,)


@pytest.mark.parametrize(
    ("purpose", "outcome", "kinds"),
    [("", "deny", ["left"]), ("case_work", "allow", ["left"]), ("emergency", "allow", [])],
)
def test_who_reads_right_after_leaving_stands_out_but_not_by_the_emergency_that_is_told_anyway(
    purpose: str, outcome: Any, kinds: list[str]
) -> None:
    found = alarms([read(5, purpose=purpose, outcome=outcome)], {"ada": [NINE]}, ZoneInfo("Europe/Copenhagen"))
    assert [alarm.kind for alarm in found] == kinds
