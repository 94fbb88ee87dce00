"""What happens after a report was sent: the authority's 24 hours, the receipt within six working days, a reminder.

The note that one has reported belongs to the person who wrote it: the duty is personal, and so is the clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Literal, get_args

from dialogs.papers.filings import Filing
from dialogs.types import Problem
from dialogs.workdays import Workdays

State = Literal["sent", "received"]
ASSESS: Final = timedelta(hours=24)  # hours of the clock, weekends too: a child does not wait for Monday
RECEIPT_DAYS: Final = 6  # working days; the reminder comes on the day after (barnets lov § 138)
REMIND_AT: Final = time(9)


@dataclass(frozen=True)
class Sent:
    """One report that somebody says they have sent, and whether its receipt came."""

    id: str
    case_id: str
    owner: str
    sent_at: datetime
    state: State = "sent"
    received_on: date | None = None
    revision: int = 0


@dataclass(frozen=True)
class Receive:
    """The receipt came on this day."""

    day: date


@dataclass(frozen=True)
class Clock:
    """The moments of one report: assessed by, receipt by, reminder at."""

    assessed_by: datetime
    receipt_by: date
    remind_at: datetime


MOVES: Final[Mapping[State, State]] = {"sent": "received"}


def clock(sent_at: datetime, office: Workdays) -> Clock:
    """When what is due. `office` is the authority's calendar: its working days, not the school's."""
    # A day counts as a whole: what is sent in the evening is due on the same day as what is sent at noon.
    last = office.plus_days(sent_at, RECEIPT_DAYS, REMIND_AT).astimezone(office.zone).date()
    return Clock(sent_at + ASSESS, last, office.plus_days(sent_at, RECEIPT_DAYS + 1, REMIND_AT))


def sent(new_id: str, case_id: str, owner: str, at: datetime, now: datetime) -> Sent | Problem:
    """A report that has been sent; not one that will be."""
    if at > now:
        return Problem("report_future")
    return Sent(new_id, case_id, owner, at)


def move(report: Sent, act: Receive, today: date, zone: Any) -> Sent | Problem:
    """Write down that the receipt came; that stops the reminder."""
    target = MOVES.get(report.state)
    if target is None:
        return Problem("report_received")
    if not report.sent_at.astimezone(zone).date() <= act.day <= today:
        return Problem("report_day")
    return replace(report, state=target, received_on=act.day, revision=report.revision + 1)


def dump(report: Sent) -> Filing:
    """The note as it is filed, for its owner only."""
    body = {"sent_at": report.sent_at.isoformat(), "received_on": report.received_on and report.received_on.isoformat()}
    return Filing(report.id, report.case_id, "report", report.state, body, owner=report.owner, revision=report.revision)


def load(filing: Filing) -> Sent:
    """The note that `dump` wrote."""
    state: State = next(one for one in get_args(State) if one == filing.state)
    received = filing.body["received_on"]
    return Sent(
        filing.id,
        filing.case_id,
        filing.owner,
        datetime.fromisoformat(filing.body["sent_at"]),
        state,
        date.fromisoformat(received) if received else None,
        filing.revision,
    )
