"""What can happen to a meeting, and what is refused with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import product
from typing import get_args

import pytest

from dialogs.meetings.model import Answer, Meeting, Point, Seat, Status, Wall, quorum
from dialogs.meetings.moves import MOVES, Act, Cancel, CloseIt, ClosePoint, Hold, Invite, Move, Reply, Unhold, move

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LEADER, PSYCHOLOGIST = Seat("s1", "leader", "p1", needed=True), Seat("s2", "psychologist", "p2", needed=True)
STAND_IN = Seat("s3", "psychologist", "p3")
MEETING = Meeting("m1", "trio", "skovby", Wall(date(2026, 11, 25), time(12, 30)), 60, (LEADER, PSYCHOLOGIST), "s1")
LATER = Wall(date(2026, 11, 26), time(9))
ACTS: tuple[Act, ...] = (
    Reply("s1", "yes"), Invite(STAND_IN), Move(LATER, 45, "PPR"), Cancel("sygdom"), Hold(), Unhold(), CloseIt(),
)  # fmt: skip


@pytest.mark.parametrize(("status", "act"), list(product(get_args(Status), ACTS)))
def test_what_the_table_has_is_done_and_all_else_is_refused(status: Status, act: Act) -> None:
    before = replace(MEETING, status=status)
    step = move(before, act, NOW)
    if (status, type(act)) in MOVES:
        assert not step.problems
        assert step.meeting.revision == before.revision + 1
    else:
        assert step.problems
        assert step.meeting is before


def code(act: Act, meeting: Meeting = MEETING, *, must_substitute: bool = False) -> str:
    step = move(meeting, act, NOW, must_substitute=must_substitute)
    assert step.meeting is meeting
    return step.problems[0].code


def test_a_beginning_by_a_slip_is_taken_back_until_a_case_has_been_dealt_with() -> None:
    begun = move(MEETING, Hold((Point("c1", 10), Point("c2", 10))), NOW).meeting
    back = move(begun, Unhold(), NOW).meeting
    assert (back.status, back.points) == ("planned", ())
    dealt = move(begun, ClosePoint("c1", "p1"), NOW).meeting
    assert code(Unhold(), dealt) == "meeting_held"


def test_a_no_gives_its_reason_and_in_some_forums_a_name() -> None:
    assert code(Reply("s2", "no")) == "reason_missing"
    assert code(Reply("s2", "no", "kursus"), must_substitute=True) == "substitute_please"
    assert move(MEETING, Reply("s2", "no", "kursus"), NOW).meeting.seats[1].reason == "kursus"


def test_a_substitute_is_named_gets_a_seat_and_fills_the_one_they_were_sent_for() -> None:
    assert code(Reply("s2", "substitute")) == "substitute_missing"
    step = move(MEETING, Reply("s2", "substitute", substitute=STAND_IN), NOW, must_substitute=True)
    here = move(step.meeting, Reply("s3", "yes"), NOW).meeting
    assert here.seat("s3") == replace(STAND_IN, stands_for="s2", answer="yes")
    assert quorum(here).filled == 1
    assert quorum(here).reached


def test_whoever_comes_after_all_takes_the_substitute_back() -> None:
    sent = move(MEETING, Reply("s2", "substitute", substitute=STAND_IN), NOW).meeting
    assert [seat.id for seat in move(sent, Reply("s2", "yes"), NOW).meeting.seats] == ["s1", "s2"]


def test_a_moved_meeting_is_a_new_question_to_everybody() -> None:
    yes = move(MEETING, Reply("s1", "yes"), NOW).meeting
    step = move(yes, Move(LATER, 45, "PPR"), NOW)
    assert step.audience == "all"
    assert step.meeting.sequence == 1
    assert {seat.answer for seat in step.meeting.seats} == {"open"}


def test_a_meeting_is_not_moved_into_the_past_or_to_no_length() -> None:
    assert code(Move(Wall(date(2026, 11, 20), time(9)), 45, "")) == "time_past"
    assert code(Move(LATER, 0, "")) == "length_wrong"
    assert code(Move(LATER, 241, "")) == "length_wrong"


def test_nobody_sits_twice_and_a_stranger_has_no_answer() -> None:
    assert code(Invite(replace(STAND_IN, person_id="p1"))) == "seat_taken"
    assert code(Reply("s9", "yes")) == "not_invited"
    assert code(Reply("s2", "substitute", substitute=LEADER)) == "seat_taken"


def test_a_cancelled_meeting_says_why_and_counts_as_a_change() -> None:
    assert code(Cancel(" ")) == "reason_missing"
    step = move(MEETING, Cancel("sygdom"), NOW)
    assert (step.meeting.status, step.meeting.sequence, step.audience) == ("cancelled", 1, "all")


@pytest.mark.parametrize("answer", get_args(Answer))
def test_the_chair_hears_every_answer(answer: Answer) -> None:
    seat = STAND_IN if answer == "substitute" else None
    assert move(MEETING, Reply("s2", answer, "kursus", seat), NOW).audience == "chair"
