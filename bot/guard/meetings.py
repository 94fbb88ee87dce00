"""Meetings behind the guard: whole for whoever sits there or works with the case, logged before it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.guard.hall import Hand
from bot.ports import Forbidden
from dialogs.access.decide import Allow, Deny, Resource
from dialogs.access.overview import overview_meeting
from dialogs.access.rules import Tie
from dialogs.cases.teamdays import Weekly
from dialogs.meetings.model import Meeting, Seat
from dialogs.meetings.weekly import is_weekly


class GuardedMeetings:
    """The Meetings port in one actor's hands.

    A conflict of interest holds here too: whoever a case is led around has no tie to a meeting about it, not by a seat
    that somebody gave them either.
    """

    def __init__(self, hand: Hand) -> None:
        self._hand, self._raw = hand, hand.raw.meetings
        self._read: dict[str, bool] = {}  # what was handed out in this transaction, and whether whole

    # --- reading ---

    def get(self, meeting_id: str) -> Meeting | None:
        """The meeting: whole where this channel may carry it, else in outline; None where it is not theirs."""
        found = self._raw.get(meeting_id)
        if found is None:
            self._hand.may("meeting.read", Resource("meeting", meeting_id))  # the same refusal as for another's
            return None
        thing, ties = _thing(found), self._ties(found)
        answer = self._hand.ask("meeting.read", thing, ties)
        whole = isinstance(answer, Allow)
        if isinstance(answer, Deny) and answer.reason in ("channel", "assurance", "service"):
            answer = self._hand.ask("meeting.overview", thing, ties)
        if not whole or not self._read.get(meeting_id):
            self._hand.note("meeting.read" if whole else "meeting.overview", thing, answer)
        if isinstance(answer, Deny):
            return None
        self._read[meeting_id] = whole
        return found if whole else overview_meeting(found)

    def by_slot(self, slot: str) -> Meeting | None:
        """Whether this week's meeting is there, in outline."""
        found = self._raw.by_slot(slot)
        return None if found is None else next(iter(self._outlines([found])), None)

    def of_person(self, person_id: str, since: datetime) -> Sequence[Meeting]:
        """One's own meetings, in outline."""
        ties: tuple[Tie, ...] = ("self",) if self._hand.is_me(person_id) else ()
        if not self._hand.may("meeting.list", Resource("meeting"), ties):
            return []
        return self._outlines(self._raw.of_person(person_id, since))

    def of_school(self, school_id: str, since: datetime) -> Sequence[Meeting]:
        """The meetings of a school that this actor has to do with, in outline."""
        if not self._hand.may("meeting.list", Resource("meeting", school_id=school_id)):
            return []
        return self._outlines(self._raw.of_school(school_id, since))

    def calendar(self, school_id: str) -> Sequence[Weekly]:
        """When a school's weekly meetings are: as little of a secret as the day that its team meets on."""
        if not self._hand.may("school.read", Resource("school", school_id)):
            return []
        return self._raw.calendar(school_id)

    def of_case(self, case_id: str) -> Sequence[Meeting]:
        """The meetings about a case, for whoever is on it, in outline."""
        return self._outlines(self._raw.of_case(case_id))

    def between(self, since: datetime, before: datetime) -> Sequence[Meeting]:
        """All meetings of a span in outline, for the worker."""
        self._hand.need("meeting.plan", Resource("meeting"))
        return self._outlines(self._raw.between(since, before))

    # --- writing ---

    def add(self, meeting: Meeting) -> None:
        """Store a new meeting: about a case that one works with, or of a team that one sits in."""
        thing = _thing(meeting)
        if self._hand.service:
            self._hand.must("meeting.plan", thing)
        else:
            self._hand.must("meeting.book", thing, self._case_ties(meeting), details=meeting.kind)
        self._raw.add(meeting)
        self._read[meeting.id] = True

    def save(self, meeting: Meeting, expected_revision: int) -> bool:
        """Compare and set: one's own answer for whoever sits there, all else for whoever leads it."""
        stored = self._raw.get(meeting.id)
        if stored is None or stored.revision != expected_revision:
            return False
        if self._hand.service:
            return self._plan(stored, meeting, expected_revision)
        thing, ties = _thing(stored), self._ties(stored)
        if self._is_own_answer(stored, meeting):
            self._hand.must("meeting.answer", thing, ties)
            return self._raw.save(_answered(stored, meeting), expected_revision)
        if not self._read.get(meeting.id):
            raise Forbidden("meeting.write")  # what was seen in outline would lose its words
        prepares = self._is_own_answer(stored, replace(meeting, notes=stored.notes)) or _same(stored, meeting)
        self._hand.must("meeting.prepare" if prepares else "meeting.write", thing, ties, details=meeting.status)
        return self._raw.save(meeting, expected_revision)

    def sweep(self, before: datetime) -> int:
        """Forget old meetings."""
        self._hand.need("meeting.sweep", Resource("meeting"))
        return self._raw.sweep(before)

    # --- who it is to whom ---

    def _plan(self, stored: Meeting, meeting: Meeting, expected_revision: int) -> bool:
        """The worker changes who is asked and what has been sent, not a word; a weekly meeting follows its school."""
        self._hand.need("meeting.plan", _thing(stored))
        asked, told = meeting.writers_asked, meeting.writers_told
        kept = replace(_with_reasons(stored, meeting), chair=meeting.chair, writers_asked=asked, writers_told=told)
        if is_weekly(stored) and meeting.sequence == stored.sequence + 1:
            kept = replace(
                kept,
                starts=meeting.starts,
                slot=meeting.slot,
                sequence=meeting.sequence,
                status=meeting.status,
                reason=meeting.reason,
            )
        kept = replace(kept, revision=meeting.revision)
        return self._raw.save(kept, expected_revision)

    def _is_own_answer(self, stored: Meeting, meeting: Meeting) -> bool:
        """Whether nothing differs but the seats that are this actor's, and the substitute in their place."""
        seat = stored.seat_of(self._hand.me)
        if seat is None:
            return False
        whole = bool(self._read.get(meeting.id))
        known = stored if whole else overview_meeting(stored)
        return replace(known, seats=(), revision=0) == replace(meeting, seats=(), revision=0) and (
            _others(stored, seat) == _others(meeting, seat)
        )

    def _ties(self, meeting: Meeting) -> set[Tie]:
        seat = meeting.seat_of(self._hand.me) if self._hand.me else None
        ties = self._case_ties(meeting)
        if seat is not None and not self._led_around(meeting):
            ties.add("chair" if seat.id == meeting.chair else "invited")
            ties.add("invited")
        return ties

    def _led_around(self, meeting: Meeting) -> bool:
        case = self._hand.raw.cases.get(meeting.case_id) if meeting.case_id is not None else None
        return case is not None and self._hand.me in case.excluded

    def _case_ties(self, meeting: Meeting) -> set[Tie]:
        if meeting.case_id is None or not self._hand.me:
            return set()
        return {*self._hand.hall.relations(meeting.case_id, self._hand.me)}

    def _outlines(self, meetings: Sequence[Meeting]) -> list[Meeting]:
        return [
            overview_meeting(one)
            for one in meetings
            if isinstance(self._hand.ask("meeting.overview", _thing(one), self._ties(one)), Allow)
        ]


def _thing(meeting: Meeting) -> Resource:
    # A meeting about a case is the case's: sitting in the school's team is no way into it.
    return Resource("meeting", meeting.id, "" if meeting.case_id else meeting.school_id)


def _same(stored: Meeting, meeting: Meeting) -> bool:
    """Whether nothing differs but what the meeting's tools keep."""
    return replace(stored, notes={}, revision=0) == replace(meeting, notes={}, revision=0)


def _others(meeting: Meeting, mine: Seat) -> list[Seat]:
    """The seats of others, without their words."""
    seats = overview_meeting(meeting).seats
    return [seat for seat in seats if mine.id not in (seat.id, seat.stands_for)]


def _answered(stored: Meeting, meeting: Meeting) -> Meeting:
    """The stored meeting with the seats of the new one: an outline has lost the others' words, so those are kept."""
    return replace(_with_reasons(stored, meeting), revision=meeting.revision)


def _with_reasons(stored: Meeting, meeting: Meeting) -> Meeting:
    hidden = {seat.id: seat.reason for seat in overview_meeting(stored).seats}
    words = {seat.id: seat.reason for seat in stored.seats}
    seats = tuple(
        replace(seat, reason=words[seat.id]) if seat.reason and hidden.get(seat.id) == seat.reason else seat
        for seat in meeting.seats
    )
    return replace(stored, seats=seats)
