"""When something is due: the watchdog's steps, the team's deadline, the promise to the writer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from dialogs.cases.light import locked
from dialogs.cases.model import Case, Entry, Light, last_of
from dialogs.cases.teamdays import TeamDays, next_meeting
from dialogs.people import School
from dialogs.workdays import Workdays

ANSWER_DAYS = 2  # working days that a writer has before an open question counts as late
OUTCOME_DAYS = 1  # working days from a meeting to the writer's answer
SETTLE_DAYS = 5  # working days to close or to agree on a new date after a follow-up

Times = tuple[datetime, datetime, datetime]


def watch_times(light: Light, sent_at: datetime, school: School, workdays: Workdays) -> Times:
    """When an unopened worry is pushed: to the same people, to a deputy, to the next level and the writer."""
    match light:
        case "red":
            first, second, third = (workdays.plus_hours(sent_at, hours) for hours in workdays.patience.red_hours)
            return first, second, third
        case "green":
            meeting = _meeting_with_a_morning(school, workdays, sent_at)
            first = workdays.plus_days(sent_at, 1, workdays.opens)
            while workdays.plus_days(first, 2, workdays.opens) <= meeting:
                first = workdays.plus_days(first, 1, workdays.opens)
            return first, workdays.plus_days(meeting, 1, workdays.opens), workdays.plus_days(meeting, 2, workdays.opens)
        case "yellow" | "none":  # what nobody could colour is never treated as green
            first, second, third = (workdays.plus_days(sent_at, days) for days in workdays.patience.calm_days)
            return first, second, third


def cannot_wait(case: Case) -> bool:
    """Whether somebody must decide today: red or out of the ordinary way, and no meeting has it yet."""
    undecided = case.state in ("sent", "waiting", "discussed") or (case.state == "planned" and locked(case.colour))
    return undecided and (case.colour.now == "red" or case.route != "trio")


def deadline(case: Case, entries: Sequence[Entry], days: TeamDays) -> date | None:
    """The day by which the team should take the next step; None when the case is closed."""

    workdays = days.workdays

    def after(kind_at: datetime, wait: int) -> date:
        return workdays.plus_days(kind_at, wait).astimezone(workdays.zone).date()

    if cannot_wait(case):
        return _first_step(case, entries, days)
    match case.state:
        case "closed":
            return None
        case "planned":
            return days.on(case.planned_for).astimezone(workdays.zone).date() if case.planned_for else None
        case "waiting":
            asked = last_of(entries, "asked")
            return after(asked.at if asked else case.sent_at, ANSWER_DAYS)
        case "discussed":
            talked = last_of(entries, "discussed")
            return after(talked.at if talked else case.sent_at, OUTCOME_DAYS)
        case "sent":
            return _first_step(case, entries, days)
        case _:
            followed = last_of(entries, "followed_up")
            return case.follow_up or after(followed.at if followed else case.sent_at, SETTLE_DAYS)


def _first_step(case: Case, entries: Sequence[Entry], days: TeamDays) -> date:
    reopened, workdays = last_of(entries, "reopened"), days.workdays
    start = reopened.at if reopened else case.sent_at
    if case.colour.now == "red" or case.route != "trio":
        return workdays.next_open(start).astimezone(workdays.zone).date()
    if case.opened_at is None:
        return watch_times(case.colour.now, start, days.school, workdays)[0].astimezone(workdays.zone).date()
    return days.next(start).astimezone(workdays.zone).date()


def promise(case: Case, entries: Sequence[Entry], days: TeamDays, now: datetime) -> datetime | None:
    """The moment that the writer's status names: by then something has happened, or she hears that it has not."""
    workdays = days.workdays
    match case.state:
        case "closed":
            return None
        case "sent" | "waiting" if case.opened_at is None:
            return watch_times(case.colour.now, case.sent_at, days.school, workdays)[2]
        case "sent" if case.colour.now == "red" or case.route != "trio":
            again = last_of(entries, "reopened", "replied")  # her answer begins the day anew
            return workdays.next_open(again.at if again else case.opened_at or now)  # the same day, not a meeting
        case "sent" | "waiting":
            return days.next(now)
        case "planned" if case.planned_for is not None:
            return workdays.plus_days(days.on(case.planned_for), OUTCOME_DAYS)
        case _:
            day = deadline(case, entries, days)
            return datetime.combine(day, time(9), workdays.zone) if day else None


def counts_on(case: Case, days: TeamDays, now: datetime) -> datetime | None:
    """The team's meeting that the writer has been told to expect; None where they wait for something else.

    Put on the agenda it is that meeting; before that the next one, which the receipt named.
    """
    if case.route != "trio":
        return None
    match case.state:
        case "planned":
            return days.on(case.planned_for) if case.planned_for is not None else None
        case "sent" | "waiting" if case.colour.now != "red":
            return days.on(case.planned_for) if case.planned_for is not None else days.next(now)
        case _:
            return None


def _meeting_with_a_morning(school: School, workdays: Workdays, sent_at: datetime) -> datetime:
    # A worry sent an hour before the meeting can't be pushed before it: then the week after counts.
    meeting = next_meeting(school, workdays, sent_at)
    if workdays.plus_days(sent_at, 1, workdays.opens) >= meeting:
        return next_meeting(school, workdays, meeting)
    return meeting
