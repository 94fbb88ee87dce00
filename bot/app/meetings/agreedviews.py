"""What was agreed at a meeting, as its page shows it: whose it is, how it goes, and what may be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.app.meetings import agreed
from bot.app.meetings.deeds import Gathering
from bot.app.meetings.heads import Head, head, who
from dialogs.cases.words import day_said
from dialogs.meetings import agreements
from dialogs.meetings.agreements import Agreement


@dataclass(frozen=True)
class AgreementRow:
    """One agreement: in words how it goes, and whether this person may say so."""

    one: Agreement
    who: str
    how: str
    late: bool
    mine: bool
    may: bool
    takers: tuple[tuple[str, str], ...]  # who else can have it: seats in words
    gone: bool  # whoever had it has left


@dataclass(frozen=True)
class AgreedPage:
    """All that was agreed at one meeting, one's own first."""

    head: Head
    rows: tuple[AgreementRow, ...]
    today: date
    case_id: str  # "" where this person is not on the case


def page(room: Gathering) -> AgreedPage:
    """The page of a meeting's agreements."""
    meeting, today = room.meeting, room.world.handbook.today(room.now)
    on_case = meeting.case_id if meeting.case_id and room.uow.relation(meeting.case_id) is not None else None
    return AgreedPage(head(room), tuple(sorted(rows(room), key=lambda row: not row.mine)), today, on_case or "")


def rows(room: Gathering) -> tuple[AgreementRow, ...]:
    """All that was agreed at one meeting, in the order of the board."""
    today = room.world.handbook.today(room.now)
    return tuple(_row(room, one, today) for one in agreements.of(room.meeting))


def _row(room: Gathering, one: Agreement, today: date) -> AgreementRow:
    seat = room.meeting.seat(one.seat)
    return AgreementRow(
        one,
        who(room.world, room, seat) if seat is not None else one.who,
        _how(room, one, today),
        late=one.state != "done" and one.by < today,
        mine=seat is not None and seat.person_id == room.person.id,
        may=agreed.may(room, one),
        takers=tuple((other.id, who(room.world, room, other)) for other in agreed.takers(room) if other.id != one.seat),
        gone=seat is not None and one.state != "done" and agreed.left(room, seat),
    )


def _how(room: Gathering, one: Agreement, today: date) -> str:
    words = room.world.content.network
    if one.state == "done" and one.since is not None:
        return words("agreed.done_on", day=day_said(one.since, today))
    key = "agreed.help_on" if one.state == "help" else "agreed.late_on" if one.by < today else "agreed.open_on"
    return words(key, day=day_said(one.by, today))
