"""Notices about meetings, and whether each is still of use when it is sent.

A reminder carries the day and the clock that it was planned for: one of a meeting that has been moved finds another
time there, and is dropped. The moved meeting has had its own reminders since the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.ports import UnitOfWork
from dialogs.meetings import agreements
from dialogs.meetings.agreements import Agreement
from dialogs.meetings.model import FAMILY, Meeting, Seat
from dialogs.meetings.reminders import Policy, plan
from dialogs.notices import IN_CALENDAR, OWN_CALENDAR, OWN_CANCELLED, DeliveryClass, Still, Wish, parts_of
from dialogs.types import Draft
from dialogs.workdays import Workdays

ON: Final = "meeting_on"  # it is planned, at that time, and this person has not said no
UNANSWERED: Final = "meeting_unanswered"
UNPREPARED: Final = "meeting_unprepared"
AGREED: Final = "agreement_open"  # it is still to be done, on that day
LEFT: Final = "agreement_left"  # the notice that whoever had it has left; it stands until somebody else has it
HELP: Final = "agreement_help"  # the notice to who is asked for help; it stands as long as the asking does
UNSENT: Final = "meeting_drafts"  # the meeting is on, and the draft is not sent
_TOLD: Final[Mapping[str, DeliveryClass]] = {"meeting_answer": "reminder", "meeting_after": "reminder"}
FRESH: Final = timedelta(days=3)  # how long people remember how a meeting was


def params_of(meeting: Meeting) -> dict[str, str | int]:
    """What a notice may say of a meeting: its own code, its day and its clock."""
    starts = meeting.starts
    return {"code": meeting.code, "date": starts.day.isoformat(), "time": f"{starts.clock:%H:%M}"}


def tell(meeting: Meeting, template: str, people: Iterable[str | None], now: datetime) -> Iterator[Wish]:
    """One notice to each of these now, once for each change of the meeting."""
    for person_id in dict.fromkeys(people):
        if person_id is None:
            continue
        wish = Wish(
            dedupe_key=f"meeting:{meeting.id}:{meeting.sequence}:{template}:{person_id}:{_round(meeting, template)}",
            recipient=person_id,
            template=template,
            due_at=now,
            params=params_of(meeting),
            delivery=_TOLD.get(template, "alert"),
            until=_until(meeting, template, now),
            meeting_id=meeting.id,
            still=UNANSWERED if template in ("meeting_invited", "meeting_moved") else None,
        )
        yield wish
        if template in IN_CALENDAR:
            # A mail for the calendar of whoever is told on Telegram; an answer there does not make it superfluous.
            still = ON if wish.still else None
            yield replace(wish, dedupe_key=f"{wish.dedupe_key}:calendar", channel="calendar", still=still)


def for_own_calendar(wish: Wish) -> Wish:
    """The same for the calendar of whoever has just booked, moved or cancelled: a mail that asks for no answer."""
    template = OWN_CANCELLED if wish.template == "meeting_cancelled" else OWN_CALENDAR
    return replace(wish, dedupe_key=f"{wish.dedupe_key}:own", template=template)


def _until(meeting: Meeting, template: str, now: datetime) -> datetime | None:
    if template == "meeting_after":
        return now + FRESH
    return None if template == "meeting_cancelled" else meeting.starts.utc


def _round(meeting: Meeting, template: str) -> int:
    return meeting.revision if template == "meeting_answer" else 0  # every answer is news of its own


def invited(meeting: Meeting, seats: Iterable[Seat], now: datetime) -> Iterator[Wish]:
    """An invitation to each of these seats; families get a letter, from people."""
    return tell(meeting, "meeting_invited", (s.person_id for s in seats if s.role not in FAMILY), now)


def reminders(meeting: Meeting, policy: Policy, workdays: Workdays, now: datetime) -> Iterator[Wish]:
    """Every reminder of a meeting that is still to come, each with the state that must hold when it is sent."""
    for one in plan(meeting, policy, workdays, now):
        yield Wish(
            dedupe_key=one.key(meeting),
            recipient=one.person_id,
            template="meeting_prepare" if one.prepare else "meeting_soon",
            due_at=one.due_at,
            params=params_of(meeting),
            until=one.until,
            meeting_id=meeting.id,
            still=UNPREPARED if one.prepare else ON,
        )


def unsent(meeting: Meeting, person_id: str, draft: Draft, now: datetime) -> Wish:
    """The reminder of a worry that is not sent before its team meets; the code is the draft's own."""
    return Wish(
        dedupe_key=f"meeting:{meeting.id}:{meeting.starts.name}:drafts:{person_id}",
        recipient=person_id,
        template="meeting_drafts",
        due_at=now,
        params={**params_of(meeting), "code": draft.code},
        until=meeting.starts.utc,
        draft_id=draft.id,
        meeting_id=meeting.id,
        still=UNSENT,
    )


def about_agreement(
    meeting: Meeting,
    one: Agreement,
    template: str,
    number: int | str,
    to: str,
    at: datetime,
    *,
    until: datetime | None = None,
    delivery: DeliveryClass = "reminder",
) -> Wish:
    """One content-free notice about an agreement, as it is agreed on now."""
    return Wish(
        dedupe_key=f"agreed:{meeting.id}:{one.id}:{one.turn}:{template}:{number}:{to}",
        recipient=to,
        template=template,
        due_at=at,
        params={"code": meeting.code, "date": one.by.isoformat()},
        delivery=delivery,
        until=until,
        case_id=meeting.case_id,
        meeting_id=meeting.id,
        still=AGREED,
    )


def agreed_in(wish: Wish) -> tuple[str, int]:
    """The agreement of such a notice and its turn then: what `about_agreement` put into the key."""
    _, _, agreement_id, turn, *_ = parts_of(wish)
    return agreement_id, int(turn)


def meeting_reason(uow: UnitOfWork, wish: Wish) -> str | None:
    """Why a notice about a meeting is of no use any more; None while it is."""
    meeting = uow.meetings.get(wish.meeting_id or "")
    if meeting is None:
        return "meeting_gone"
    if wish.still is None:
        return None
    if wish.still == AGREED:
        return agreement_reason(meeting, wish) or _holder_back(uow, meeting, wish)
    if meeting.status != "planned":
        return f"meeting_{meeting.status}"
    if _time_of(params_of(meeting)) != _time_of(wish.params):
        return "meeting_moved"
    return MEETING_STATES[wish.still](uow, meeting, wish) if wish.still in MEETING_STATES else None


def agreement_reason(meeting: Meeting, wish: Wish) -> str | None:
    """Why a reminder of an agreement is of no use any more; None while it is. An outline of the meeting is enough."""
    if meeting.status == "cancelled":
        return "meeting_cancelled"
    agreement_id, turn = agreed_in(wish)
    one = agreements.find(meeting, agreement_id)
    if one is None:
        return "agreement_gone"
    if one.state == "done":
        return "agreement_done"
    if one.turn != turn:
        return "agreement_moved"
    return "agreement_asked" if one.state == "help" and wish.template not in (HELP, LEFT) else None


def _holder_back(uow: UnitOfWork, meeting: Meeting, wish: Wish) -> str | None:
    """Whether the one who had left is there again, so that nobody needs to be told."""
    one = agreements.find(meeting, agreed_in(wish)[0]) if wish.template == LEFT else None
    seat = meeting.seat(one.seat) if one is not None else None
    holder = uow.people.get(seat.person_id) if seat is not None and seat.person_id is not None else None
    return "holder_back" if holder is not None and holder.active else None


def still_stands(meeting: Meeting, wish: Wish) -> bool:
    """Whether a reminder of this meeting would go out as things are: it is on, at that time, and nobody said no."""
    if wish.still == AGREED:
        return agreement_reason(meeting, wish) is None
    seat = meeting.seat_of(wish.recipient)
    at_that_time = meeting.status == "planned" and _time_of(params_of(meeting)) == _time_of(wish.params)
    unprepared = wish.still != UNPREPARED or (seat is not None and not seat.prepared)
    return at_that_time and seat is not None and seat in meeting.coming() and unprepared


def _time_of(params: Mapping[str, str | int]) -> tuple[str | int | None, ...]:
    return params.get("date"), params.get("time")


def _on(uow: UnitOfWork, meeting: Meeting, wish: Wish) -> str | None:
    seat = meeting.seat_of(wish.recipient)
    return None if seat is not None and seat in meeting.coming() else "not_coming"


def _unanswered(uow: UnitOfWork, meeting: Meeting, wish: Wish) -> str | None:
    seat = meeting.seat_of(wish.recipient)
    return "not_invited" if seat is None else None if seat.answer == "open" else "meeting_answered"


def _unprepared(uow: UnitOfWork, meeting: Meeting, wish: Wish) -> str | None:
    seat = meeting.seat_of(wish.recipient)
    return _on(uow, meeting, wish) or ("meeting_prepared" if seat is not None and seat.prepared else None)


def _unsent(uow: UnitOfWork, meeting: Meeting, wish: Wish) -> str | None:
    draft = uow.drafts.get(wish.draft_id) if wish.draft_id else None
    return None if draft is not None and draft.status == "open" else "nothing_unsent"


MEETING_STATES: Final[Mapping[Still | None, Callable[[UnitOfWork, Meeting, Wish], str | None]]] = {
    ON: _on,
    UNANSWERED: _unanswered,
    UNPREPARED: _unprepared,
    UNSENT: _unsent,
}
