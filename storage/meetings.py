"""Meetings: the row, who sits there, and compare and set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from dialogs.cases.teamdays import Weekly
from dialogs.meetings.model import Meeting
from dialogs.meetings.weekly import calendar_line
from storage.mapping import Values, in_time, meeting_from, meeting_values
from storage.revisions import must_move
from storage.tables import MeetingPeople, Meetings
from storage.vault import Field, Vault

_T, _P = Meetings.__table__, MeetingPeople.__table__
_BODY = Field(_T.c.body)
_AT = _T.c.starts_at
_SINCE, _BEFORE = bindparam("since", type_=_AT.type), bindparam("before", type_=_AT.type)
_GET = select(_T).where(_T.c.id == bindparam("key"))
_BY_SLOT = select(_T).where(_T.c.slot == bindparam("taken"))
_SAVE = update(_T).where(_T.c.id == bindparam("key"), _T.c.revision == bindparam("expected"))
_OF_CASE = select(_T).where(_T.c.case_id == bindparam("case"))
_OF_PERSON = select(_T).where(
    _AT >= _SINCE, _T.c.id.in_(select(_P.c.meeting_id).where(_P.c.person_id == bindparam("person")))
)
_OF_SCHOOL = select(_T).where(_T.c.school_id == bindparam("school"), _AT >= _SINCE)
_CALENDAR = select(_T.c.slot, _AT, _T.c.status).where(
    _T.c.school_id == bindparam("school"), _T.c.kind == "trio", _T.c.slot.is_not(None)
)
_BETWEEN = select(_T).where(_AT >= _SINCE, _AT < _BEFORE)
_FORGET_PEOPLE = delete(_P).where(_P.c.meeting_id == bindparam("of"))
_OLD = select(_T.c.id).where(_AT < _BEFORE, _T.c.case_id.is_(None))
_DELETE = delete(_T).where(_T.c.id == bindparam("key"))


class SqlMeetings:
    """Meetings in one open transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._db, self._vault = connection, vault

    def add(self, meeting: Meeting) -> None:
        """Store a new meeting; a slot that is taken is refused, or the work runs again and finds who took it."""
        self._db.execute(insert(_T), self._values(meeting))
        self._seat(meeting)

    def get(self, meeting_id: str) -> Meeting | None:
        """The meeting with this id, or None."""
        return next(iter(self._all(_GET, key=meeting_id)), None)

    def by_slot(self, slot: str) -> Meeting | None:
        """The meeting that took this slot, or None."""
        return next(iter(self._all(_BY_SLOT, taken=slot)), None)

    def save(self, meeting: Meeting, expected_revision: int) -> bool:
        """Compare and set: False, and nothing written, when the stored revision is another."""
        must_move(meeting.revision, expected_revision)
        values = self._values(meeting) | {"key": meeting.id, "expected": expected_revision}
        if self._db.execute(_SAVE, values).rowcount != 1:
            return False
        self._db.execute(_FORGET_PEOPLE, {"of": meeting.id})
        self._seat(meeting)
        return True

    def of_person(self, person_id: str, since: datetime) -> Sequence[Meeting]:
        """Where this person has a seat, from those that begin at this moment on, the first to begin first."""
        return self._all(_OF_PERSON, person=person_id, since=since)

    def of_school(self, school_id: str, since: datetime) -> Sequence[Meeting]:
        """All meetings of a school from this moment on."""
        return self._all(_OF_SCHOOL, school=school_id, since=since)

    def calendar(self, school_id: str) -> Sequence[Weekly]:
        """When a school's weekly meetings are, the moved and the cancelled too; no meeting is opened for it."""
        rows = self._db.execute(_CALENDAR, {"school": school_id}).all()
        return sorted((calendar_line(row.slot, row.starts_at, row.status) for row in rows), key=lambda one: one.day)

    def of_case(self, case_id: str) -> Sequence[Meeting]:
        """All meetings about one case, whenever they are."""
        return self._all(_OF_CASE, case=case_id)

    def between(self, since: datetime, before: datetime) -> Sequence[Meeting]:
        """All meetings that begin in this span."""
        return self._all(_BETWEEN, since=since, before=before)

    def sweep(self, before: datetime) -> int:
        """Delete meetings without a case that began before this moment, and their keys; how many."""
        return forget_meetings(self._db, self._vault, self._db.execute(_OLD, {"before": before}).scalars().all())

    def _all(self, statement: Any, **params: Any) -> list[Meeting]:
        rows = self._db.execute(statement, params).all()
        self._vault.warm(_BODY.kind, [row.id for row in rows])
        return sorted((meeting_from(_BODY.open(self._vault, row.id, row.body)) for row in rows), key=in_time)

    def _values(self, meeting: Meeting) -> Values:
        values = meeting_values(meeting)
        return values | {"body": _BODY.seal(self._vault, meeting.id, meeting.id, values["body"])}

    def _seat(self, meeting: Meeting) -> None:
        people = dict.fromkeys(seat.person_id for seat in meeting.seats if seat.person_id is not None)
        if people:
            self._db.execute(insert(_P), [{"meeting_id": meeting.id, "person_id": person} for person in people])


def forget_meetings(connection: Connection, vault: Vault, meeting_ids: Iterable[str]) -> int:
    """Delete these meetings for good and destroy their keys; how many."""
    gone = 0
    for meeting_id in meeting_ids:
        connection.execute(_FORGET_PEOPLE, {"of": meeting_id})
        gone += connection.execute(_DELETE, {"key": meeting_id}).rowcount
        vault.shred(_BODY.kind, meeting_id)
    return gone


def meetings_of(connection: Connection, case_id: str) -> Sequence[str]:
    """Ids of all meetings about a case."""
    return [row.id for row in connection.execute(_OF_CASE, {"case": case_id})]
