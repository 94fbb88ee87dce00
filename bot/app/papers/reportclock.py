"""The note that one has sent a report, and its receipt: kept for the person who wrote it, with one reminder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.app.cases.filing import Room
from dialogs.cases.words import day_words, moment_words
from dialogs.notices import Wish, parts_of
from dialogs.papers import reportclock
from dialogs.papers.reportclock import Receive, Sent
from dialogs.types import Problem
from dialogs.workdays import Workdays, danish


@dataclass(frozen=True)
class ReportRow:
    """One report of this person's in words; `open` while its receipt is awaited."""

    id: str
    sent: str
    assessed: str
    receipt: str
    open: bool
    late: bool


def office(workdays: Workdays, year: int) -> Workdays:
    """The authority's working days: public holidays count, the school's own closed days don't."""
    return danish(workdays.zone, range(year, year + 2), christmas_eve=False, new_years_eve_from_noon=False)


def mine(room: Room) -> tuple[Sent, ...]:
    """What this person says to have sent about the case, the latest first."""
    filed = room.uow.filings.of_case(room.case_id, "report")
    found = [reportclock.load(one) for one in filed if one.owner == room.person.id]
    return tuple(sorted(found, key=lambda one: one.sent_at, reverse=True))


def rows(room: Room) -> tuple[ReportRow, ...]:
    """The clocks of this person's reports."""
    return tuple(_row(room, one) for one in mine(room))


def _row(room: Room, one: Sent) -> ReportRow:
    words, zone = room.world.content.papers, room.world.workdays.zone
    times = reportclock.clock(one.sent_at, office(room.world.workdays, one.sent_at.year))
    late = one.state == "sent" and room.world.handbook.today(room.now) > times.receipt_by
    received = one.received_on
    receipt = (
        words("clock.received", day=day_words(received))
        if received
        else words("clock.late" if late else "clock.wait", day=day_words(times.receipt_by))
    )
    return ReportRow(
        one.id,
        words("clock.sent", when=moment_words(one.sent_at, zone)),
        words("clock.assessed", when=moment_words(times.assessed_by, zone)),
        receipt,
        one.state == "sent",
        late,
    )


def register(room: Room, at: datetime) -> tuple[Problem, ...]:
    """Note that the report was sent, and book the reminder about its receipt."""
    new = reportclock.sent(room.world.ids.new(), room.case_id, room.person.id, at, room.now)
    if isinstance(new, Problem):
        return (new,)
    room.keep(reportclock.dump(new), None)
    times = reportclock.clock(at, office(room.world.workdays, at.year))
    wish = Wish(
        f"{room.case_id}:receipt:{new.id}",
        room.person.id,
        "receipt_due",
        max(times.remind_at, room.now),
        {"code": room.scene.case.code, "date": times.receipt_by.isoformat()},
        case_id=room.case_id,
        still="receipt_open",
    )
    room.uow.outbox.add(wish)
    return ()


def report_of(wish: Wish) -> str:
    """The id of the report whose receipt this reminder asks for."""
    return parts_of(wish)[-1]


def receive(room: Room, report_id: str, day: date) -> tuple[Problem, ...]:
    """Note that the receipt came; the reminder stops itself."""
    filing = room.filed("report", report_id)
    if filing is None or filing.owner != room.person.id:
        return (Problem("not_found"),)
    today = room.world.handbook.today(room.now)
    after = reportclock.move(reportclock.load(filing), Receive(day), today, room.world.workdays.zone)
    if isinstance(after, Problem):
        return (after,)
    room.keep(reportclock.dump(after), filing)
    return ()
