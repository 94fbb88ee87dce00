"""A person's own choice of reminders: what may be gathered or left to the page, and when the one message of a day goes.

Only what somebody planned beforehand as a help to remember is touched by a choice. An alert, red, an answer, a question
and every legal clock come as they always do, whatever is chosen.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from dialogs.notices import OutboxRow, Wish, parts_of
from dialogs.people import Reminding
from dialogs.workdays import MAX_CLOSED_DAYS, NeverOpenError, Workdays

TEMPLATE: Final = "reminders_gathered"
GATHERED: Final = "gathered"
FEWEST: Final = 2  # one reminder goes as itself: a message about one message helps nobody
HOURS: Final = (7, 8, 9, 10, 12)
BEFORE_CLOSING: Final = timedelta(hours=1)  # on a day that ends before the chosen hour

# Only one's own memory hangs on these: nobody else waits for what they ask for.
OWN_MEMORY: Final = frozenset({"draft_waiting", "draft_rest", "meeting_soon", "meeting_prepare", "meeting_drafts"})
SILENCED: Final = OWN_MEMORY | {"meeting_after"}
MAY_GATHER: Final = SILENCED | {"followup_due", "plan_followup", "plan_effort", "keeper_needed", "agreement_due"}


def is_silenced(wish: Wish, reminding: Reminding) -> bool:
    """Whether this person wants to find this notice on the page only."""
    return reminding.gathering == "important" and wish.template in SILENCED and not wish.red


def may_gather(row: OutboxRow, before: datetime) -> bool:
    """Whether a waiting notice belongs in the one message of the day, which tells of all that is due `before` the next.

    One that has been tried already is in trouble and keeps its own way.
    """
    due = row.due_at or row.wish.due_at
    fresh = row.state == "pending" and not row.attempts and not row.tried
    return fresh and row.wish.template in MAY_GATHER and not row.wish.red and due < before


def next_moment(reminding: Reminding, workdays: Workdays, after: datetime) -> datetime:
    """The next time for the one message of a day: later than `after`, on a day with school, while people are there."""
    school = workdays.school()
    day = after.astimezone(school.zone).date()
    for ahead in range(MAX_CLOSED_DAYS + 1):
        found = _on(day + timedelta(days=ahead), reminding.hour, school)
        if found is not None and found > after:
            return found
    raise NeverOpenError(f"no open day after {day}")


def hours_of(workdays: Workdays) -> tuple[int, ...]:
    """The hours that may be chosen: those of an ordinary day's morning when people are at work."""
    return tuple(hour for hour in HOURS if workdays.opens <= time(hour) < workdays.closes)


def wish_for(person_id: str, reminding: Reminding, workdays: Workdays, after: datetime) -> Wish:
    """The next one message of this person. A late one tells of all that has waited, so it is of use at any time."""
    due = next_moment(reminding, workdays, after)
    day = due.astimezone(workdays.zone).date().isoformat()
    return Wish(
        dedupe_key=f"{GATHERED}:{person_id}:{day}:{reminding.hour}",
        recipient=person_id,
        template=TEMPLATE,
        due_at=due,
        params={"date": day},
    )


def stands(wish: Wish, reminding: Reminding) -> bool:
    """Whether a one message is still wanted at its hour."""
    return reminding.gathering == "daily" and _hour_in(wish) == reminding.hour


def _hour_in(wish: Wish) -> int:
    """The hour of a one message: what `wish_for` put into the key."""
    return int(parts_of(wish)[-1])


def taken_by(wish: Wish) -> str:
    """The reason on a notice that this one message tells of, the same for its numbered repetitions."""
    return f"{GATHERED}:{wish.params.get('date', '')}"


def _on(day: date, hour: int, workdays: Workdays) -> datetime | None:
    """The hour on this day, or as near to it as people are at work; None when nobody is."""
    wanted = datetime.combine(day, time(hour), workdays.zone)
    for found in (workdays.next_open(wanted), workdays.last_open(wanted, BEFORE_CLOSING)):
        if found.astimezone(workdays.zone).date() == day:
            return found
    return None
