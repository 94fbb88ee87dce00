"""Meetings in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from dialogs.cases.teamdays import Weekly
from dialogs.meetings.model import Meeting
from dialogs.meetings.weekly import calendar_line, is_weekly
from storage.faults import Refused
from storage.mapping import in_time
from storage.memory.state import State, insert, need, plain
from storage.revisions import must_move


class MemoryMeetings:
    """The same as `SqlMeetings`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, meeting: Meeting) -> None:
        self._check(meeting)
        insert(self._state.meetings, meeting.id, _stored(meeting))

    def get(self, meeting_id: str) -> Meeting | None:
        return self._state.meetings.get(meeting_id)

    def by_slot(self, slot: str) -> Meeting | None:
        return next(iter(self._where(lambda one: one.slot == slot)), None)

    def save(self, meeting: Meeting, expected_revision: int) -> bool:
        must_move(meeting.revision, expected_revision)
        stored = self._state.meetings.get(meeting.id)
        if stored is None or stored.revision != expected_revision:
            return False
        self._check(meeting)
        self._state.meetings[meeting.id] = _stored(meeting)
        return True

    def of_person(self, person_id: str, since: datetime) -> Sequence[Meeting]:
        return self._where(lambda one: one.starts.utc >= since and one.seat_of(person_id) is not None)

    def of_school(self, school_id: str, since: datetime) -> Sequence[Meeting]:
        return self._where(lambda one: one.starts.utc >= since and one.school_id == school_id)

    def calendar(self, school_id: str) -> Sequence[Weekly]:
        weekly = self._where(lambda one: one.school_id == school_id and is_weekly(one))
        lines = (calendar_line(one.slot, one.starts.utc, one.status) for one in weekly if one.slot is not None)
        return sorted(lines, key=lambda one: one.day)

    def of_case(self, case_id: str) -> Sequence[Meeting]:
        return self._where(lambda one: one.case_id == case_id)

    def between(self, since: datetime, before: datetime) -> Sequence[Meeting]:
        return self._where(lambda one: since <= one.starts.utc < before)

    def sweep(self, before: datetime) -> int:
        old = self._where(lambda one: one.starts.utc < before and one.case_id is None)
        for one in old:
            del self._state.meetings[one.id]
        return len(old)

    def _where(self, true: Callable[[Meeting], bool]) -> list[Meeting]:
        return sorted(filter(true, self._state.meetings.values()), key=in_time)

    def _check(self, meeting: Meeting) -> None:
        need(self._state.schools, meeting.school_id)
        if meeting.case_id is not None:
            need(self._state.cases, meeting.case_id)
        for seat in meeting.seats:
            if seat.person_id is not None:
                need(self._state.people, seat.person_id)
        for other in self._state.meetings.values():
            if other.id != meeting.id and meeting.slot is not None and other.slot == meeting.slot:
                raise Refused("constraint")


def _stored(meeting: Meeting) -> Meeting:
    return replace(meeting, notes=plain(dict(meeting.notes)))
