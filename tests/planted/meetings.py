"""Mistakes around meetings and their reminders that the tests must catch."""

from __future__ import annotations

from tests.planted.fault import Fault

WEEKLY, RUNNING = "tests/app/test_weekly.py", "tests/app/test_running.py"
STORED, APP = "tests/contracts/test_storage_meetings.py", "tests/app/test_meetings.py"

MEETINGS = (
    Fault(
        "a meeting about a case outlives the case",
        "storage/retention.py",
        'counts["rows"] += forget_meetings(self._db, self._vault, meetings)',
        'counts["rows"] += 0',
        STORED,
    ),
    Fault(
        "a reminder of a moved meeting names the old time",
        "bot/app/meetings/wishes.py",
        "if _time_of(params_of(meeting)) != _time_of(wish.params):",
        "if meeting.id != wish.meeting_id:",
        APP,
    ),
    Fault(
        "whoever said no is reminded all the same",
        "bot/app/meetings/wishes.py",
        "return None if seat is not None and seat in meeting.coming()",
        "return None if seat is not None",
        APP,
    ),
    Fault(
        "anybody who is invited may cancel",
        "bot/app/meetings/deeds.py",
        'return None if room.leads else Problem("not_yours")',
        "return None",
        APP,
    ),
    Fault(
        "an answer given in outline throws away what others wrote",
        "bot/guard/meetings.py",
        "replace(seat, reason=words[seat.id]) if seat.reason and hidden.get(seat.id) == seat.reason else seat",
        "seat",
        APP,
    ),
    Fault(
        "the school's team reads a meeting about a case that it is not on",
        "bot/guard/meetings.py",
        '"" if meeting.case_id else meeting.school_id',
        "meeting.school_id",
        APP,
    ),
    Fault(
        "a meeting that was cancelled once is made again",
        "bot/app/meetings/weekly.py",
        "if uow.meetings.by_slot(slot_of(school, wall)) is None:",
        'if getattr(uow.meetings.by_slot(slot_of(school, wall)), "status", "") != "planned":',
        WEEKLY,
    ),
    Fault(
        "another room at the same time reminds everybody twice",
        "dialogs/meetings/reminders.py",
        'return f"meeting:{meeting.id}:{meeting.starts.name}:{self.offset}:{self.person_id}"',
        'return f"meeting:{meeting.id}:{meeting.sequence}:{self.offset}:{self.person_id}"',
        APP,
    ),
    Fault(
        "anybody turns off what another one relies on",
        "bot/app/meetings/comingup.py",
        "if row.wish.template not in MAY_TURN_OFF:",
        "if row.wish.template in MAY_TURN_OFF - {row.wish.template}:",
        "tests/app/test_comingup.py",
    ),
    Fault(
        "a reminder is put off past its meeting",
        "bot/app/meetings/comingup.py",
        "return then if row.wish.until is None or then < row.wish.until else None",
        "return then",
        "tests/app/test_comingup.py",
    ),
    Fault(
        "two senders have a pace each",
        "bot/worker.py",
        "turn, road = parcel.turn, self._out.roads.get(parcel.channel)",
        "turn, road = None, self._out.roads.get(parcel.channel)",
        "tests/simulate/test_short.py",
    ),
    Fault(
        "an answer to a person stands behind ten thousand reminders",
        "storage/outbox.py",
        ".order_by(_T.c.lane, _T.c.due_at, _T.c.id)",
        ".order_by(_T.c.due_at, _T.c.id)",
        "tests/contracts/test_storage_outbox.py",
    ),
    Fault(
        "the day's one message tells of what is settled",
        "bot/app/meetings/gathering.py",
        "of_use = [one for one in rows if not_wanted(uow, one.wish, now) is None]",
        "of_use = list(rows)",
        "tests/simulate/test_gathered.py",
    ),
    Fault(
        "there is one message for the first day only",
        "bot/app/meetings/gathering.py",
        "uow.outbox.add(wish_for(to.id, to.told, self.workdays, now))",
        "wish_for(to.id, to.told, self.workdays, now)",
        "tests/simulate/test_gathered.py",
    ),
    Fault(
        "whoever wants only what matters is not told what others wait for",
        "dialogs/gathering.py",
        "wish.template in SILENCED and not wish.red",
        "not wish.red",
        "tests/core/test_gathering.py",
    ),
    Fault(
        "a colleague chooses how another is reminded",
        "bot/guard/people.py",
        'self._hand.must("notice.settle", Resource("notice"), ties)',
        "assert ties is not None",
        "tests/contracts/test_guard.py",
    ),
    Fault(
        "an alert stands behind ten thousand reminders",
        "dialogs/notices.py",
        'return BULK if wish.template in PLANNED and wish.delivery != "alert" else TOLD',
        "return TOLD",
        "tests/contracts/test_storage_outbox.py",
    ),
    Fault(
        "a reminder in a closed hour comes later instead of earlier",
        "dialogs/meetings/reminders.py",
        "return workdays.last_open(wanted, BEFORE_CLOSING)",
        "return workdays.next_open(wanted)",
        "tests/simulate/test_short.py",
    ),
    Fault(
        "the team meets in a week without school",
        "dialogs/meetings/weekly.py",
        "clock, open_days = time.fromisoformat(school.trio_time), workdays.school()",
        "clock, open_days = time.fromisoformat(school.trio_time), workdays",
        "tests/core/test_meetings_weekly.py",
    ),
    Fault(
        "red is put before the whole team",
        "dialogs/meetings/agenda.py",
        'if case.route != "trio" or (case.colour.now == "red" and case.planned_for is None):',
        'if case.route != "trio":',
        RUNNING,
    ),
    Fault(
        "the meeting's decision leaves the point open",
        "bot/app/meetings/agenda.py",
        "return done.problems or meetings.act(room, ClosePoint(case_id, room.person.id))",
        "return done.problems",
        RUNNING,
    ),
    Fault(
        "a refused decision puts the case on the agenda all the same",
        "bot/app/cases/team.py",
        "if scene.case.state in UNDECIDED and (problems :=",
        'if scene.case.state == "closed" and (problems :=',
        RUNNING,
    ),
    Fault(
        "what the writer heard before the meeting counts as its outcome",
        "dialogs/meetings/outcome.py",
        "if entry.kind in TOLD_BY and entry.at >= since",
        "if entry.kind in TOLD_BY",
        "tests/core/test_meetings_outcome.py",
    ),
)
