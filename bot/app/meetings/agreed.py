"""What was agreed at a meeting, afterwards: who is reminded and when; done, moved, handed on, asked for help with.

Whoever has the agreement hears of it on its day and the working day after. A week later somebody else does: who keeps
the threads, else who leads the meeting, else the leader. For the family nobody but a person ever reminds them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final

from bot.app.cases.scene import look
from bot.app.meetings.deeds import Gathering, words_problem
from bot.app.meetings.wishes import HELP, about_agreement
from dialogs.meetings import agreements
from dialogs.meetings.agreements import Act, Agreement, AskHelp, HandTo, MoveTo
from dialogs.meetings.model import Meeting, Seat
from dialogs.meetings.reminders import BEFORE_CLOSING
from dialogs.notices import Wish
from dialogs.plans.filed import load_bare
from dialogs.types import Problem

AT: Final = time(9)
MISSED_AFTER: Final = 7  # days
ASKED_AGAIN: Final = 2  # working days until somebody who is asked for help hears it once more
DUE, LATE, MISSED, GIVEN = "agreement_due", "agreement_late", "agreement_missed", "agreement_given"  # templates
Problems = tuple[Problem, ...]


def holds(room: Gathering) -> bool:
    """Whether this person writes for all at the meeting: who leads it, or who writes there."""
    seat = room.seat
    return room.leads or (seat is not None and seat.id == room.meeting.scribe)


def may(room: Gathering, one: Agreement) -> bool:
    """Whether this person may say how an agreement goes: whose it is, who writes for all, and the case's writer."""
    seat = room.meeting.seat(one.seat)
    mine = seat is not None and seat.person_id == room.person.id
    return mine or holds(room) or _relation(room) == "writer"


def agree(room: Gathering, new: Agreement, changed: Meeting | None = None) -> Problems:
    """Keep one more agreement, with its reminders; `changed` is the meeting with what else the same press changed."""
    if not holds(room):
        return (Problem("not_yours"),)
    after = agreements.agree(changed or room.meeting, new, room.world.handbook.today(room.now))
    if isinstance(after, Problem):
        return (after,)
    if (problem := words_problem(room.world, new.what, new.who)) is not None:
        return (problem,)
    kept = room.keep(replace(after, revision=room.meeting.revision + 1))
    kept.send(reminders(kept, agreements.of(after)[-1]))
    return ()


def act(room: Gathering, agreement_id: str, what: Act) -> Problems:
    """Do one act on one agreement, with the reminders that follow; what was asked for before stops itself."""
    one = agreements.find(room.meeting, agreement_id)
    if one is None or not may(room, one):
        return (Problem("agreement_gone" if one is None else "not_yours"),)
    after = agreements.move(room.meeting, agreement_id, what, room.world.handbook.today(room.now))
    if isinstance(after, Problem):
        return (after,)
    if isinstance(what, AskHelp):
        if (problem := words_problem(room.world, what.words)) is not None:
            return (problem,)
        if not _others(room, one):
            return (Problem("agreement_nobody"),)
    if isinstance(what, HandTo) and (problem := _not_theirs(room, what)) is not None:
        return (problem,)
    kept = room.keep(after)
    found = agreements.find(after, agreement_id)
    if found is not None and isinstance(what, MoveTo | HandTo):
        kept.send(reminders(kept, found))
    if found is not None and isinstance(what, HandTo):
        kept.send(_given(kept, found))
    if found is not None and isinstance(what, AskHelp):
        kept.send(_help(kept, found))
    return ()


def _not_theirs(room: Gathering, what: HandTo) -> Problem | None:
    """Why nobody can be given it: a seat that is left, or words that may not be kept."""
    if all(seat.id != what.seat for seat in takers(room)):
        return Problem("agreement_taker")
    return words_problem(room.world, what.why)


def takers(room: Gathering) -> tuple[Seat, ...]:
    """The seats that can have an agreement: who comes, the family too; not whoever has left since."""
    return tuple(seat for seat in room.meeting.coming() if not left(room, seat))


def left(room: Gathering, seat: Seat) -> bool:
    """Whether whoever sat there is deactivated: nobody who can be reminded."""
    person = room.uow.people.get(seat.person_id) if seat.person_id is not None else None
    return person is not None and not person.active


def _given(room: Gathering, one: Agreement) -> Iterator[Wish]:
    """To whoever has it now; what the one before was to be reminded of has stopped with its turn."""
    holder = holder_of(room.meeting, one)
    if holder is not None:
        yield about_agreement(room.meeting, one, GIVEN, 1, holder, room.now, delivery="alert")


def reminders(room: Gathering, one: Agreement) -> Iterator[Wish]:
    """The reminders of one agreement as its day is now."""
    workdays, holder = room.world.workdays.school(), holder_of(room.meeting, one)
    due = workdays.last_open(datetime.combine(one.by, AT, workdays.zone), BEFORE_CLOSING)
    late = workdays.next_open(datetime.combine(one.by + timedelta(days=1), AT, workdays.zone))
    minder = next(iter(_minders(room, one)), None)
    if holder is not None and due > room.now:
        # From `late` on it is late, and that is said instead.
        yield about_agreement(room.meeting, one, DUE, 1, holder, due, until=late)
    if holder is not None:
        yield about_agreement(room.meeting, one, LATE, 1, holder, late)
    elif minder is not None:
        yield about_agreement(room.meeting, one, MISSED, 1, minder, late)
    if minder is not None:
        yield about_agreement(room.meeting, one, MISSED, 2, minder, workdays.on_date(late, MISSED_AFTER))


def _help(room: Gathering, one: Agreement) -> Iterator[Wish]:
    """To whoever can help: now, and once more while nothing has been done."""
    helper, again = _others(room, one)[0], room.world.workdays.school().plus_days(room.now, ASKED_AGAIN)
    yield about_agreement(room.meeting, one, HELP, 1, helper, room.now, delivery="alert")
    yield about_agreement(room.meeting, one, HELP, 2, helper, again)


def holder_of(meeting: Meeting, one: Agreement) -> str | None:
    """The person who has an agreement; None for the family and for who is not in the system."""
    seat = meeting.seat(one.seat)
    return seat.person_id if seat is not None else None


def _others(room: Gathering, one: Agreement) -> list[str]:
    return [person for person in _minders(room, one) if person != room.person.id]


def _minders(room: Gathering, one: Agreement) -> list[str]:
    """Who sees to it that an agreement is not forgotten, the nearest first; never the one who has it."""
    chair = room.meeting.seat(room.meeting.chair)
    found = [*_keeper(room), chair.person_id if chair is not None else None, *_leaders(room)]
    holder = holder_of(room.meeting, one)
    return [person for person in dict.fromkeys(found) if person is not None and person != holder]


def _keeper(room: Gathering) -> list[str | None]:
    """Who keeps the threads of the case, as far as this person may know."""
    filed = room.uow.filings.of_case(room.meeting.case_id, "plan") if _on_case(room) and room.meeting.case_id else ()
    plans = [load_bare(filing) for filing in filed]
    return [plan.keeper for plan in plans if plan.open]


def _leaders(room: Gathering) -> tuple[str, ...]:
    case = room.uow.cases.get(room.meeting.case_id) if _on_case(room) and room.meeting.case_id else None
    return look(room.uow, case, room.world.handbook).leaders() if case is not None else ()


def _relation(room: Gathering) -> str | None:
    return room.uow.relation(room.meeting.case_id) if room.meeting.case_id is not None else None


def _on_case(room: Gathering) -> bool:
    return _relation(room) in ("writer", "member")
