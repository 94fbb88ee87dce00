"""When something is due: the next meeting, the watchdog's steps, the team's deadline, the promise to the writer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from dialogs.cases.light import locked
from dialogs.cases.model import Case, Entry, Light, last_of
from dialogs.people import School
from dialogs.workdays import Workdays

ANSWER_DAYS = 2  # working days that a writer has before an open question counts as late
OUTCOME_DAYS = 1  # working days from a meeting to the writer's answer (features row 65)
SETTLE_DAYS = 5  # working days to close or to agree on a new date after a follow-up
_MAX_WEEKS = 20  # a summer closes six weeks; longer means that the meeting day is never a working day

Times = tuple[datetime, datetime, datetime]


def next_meeting(school: School, workdays: Workdays, after: datetime) -> datetime:
    """The team's next weekly meeting after this moment, passing over days when the school is closed."""
    clock = time.fromisoformat(school.trio_time)
    local = after.astimezone(workdays.zone)
    day = local.date() + timedelta(days=(school.trio_weekday - local.weekday()) % 7)
    for week in range(_MAX_WEEKS):
        at = datetime.combine(day + timedelta(weeks=week), clock, workdays.zone)
        if at > after and workdays.is_open(at):
            return at
    return workdays.plus_days(after, 5, clock)  # a date that somebody works beats no date at all


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


def deadline(case: Case, entries: Sequence[Entry], school: School, workdays: Workdays) -> date | None:
    """The day by which the team should take the next step; None when the case is closed."""

    def after(kind_at: datetime, days: int) -> date:
        return workdays.plus_days(kind_at, days).astimezone(workdays.zone).date()

    if cannot_wait(case):
        return _first_step(case, entries, school, workdays)
    match case.state:
        case "closed":
            return None
        case "planned":
            return case.planned_for
        case "waiting":
            asked = last_of(entries, "asked")
            return after(asked.at if asked else case.sent_at, ANSWER_DAYS)
        case "discussed":
            talked = last_of(entries, "discussed")
            return after(talked.at if talked else case.sent_at, OUTCOME_DAYS)
        case "sent":
            return _first_step(case, entries, school, workdays)
        case _:
            followed = last_of(entries, "followed_up")
            return case.follow_up or after(followed.at if followed else case.sent_at, SETTLE_DAYS)


def _first_step(case: Case, entries: Sequence[Entry], school: School, workdays: Workdays) -> date:
    reopened = last_of(entries, "reopened")
    start = reopened.at if reopened else case.sent_at
    if case.colour.now == "red" or case.route != "trio":
        return workdays.next_open(start).astimezone(workdays.zone).date()
    if case.opened_at is None:
        return watch_times(case.colour.now, start, school, workdays)[0].astimezone(workdays.zone).date()
    return next_meeting(school, workdays, start).date()


def promise(case: Case, entries: Sequence[Entry], school: School, workdays: Workdays, now: datetime) -> datetime | None:
    """The moment that the writer's status names: by then something has happened, or she hears that it has not."""
    match case.state:
        case "closed":
            return None
        case "sent" | "waiting" if case.opened_at is None:
            return watch_times(case.colour.now, case.sent_at, school, workdays)[2]
        case "sent" if case.colour.now == "red" or case.route != "trio":
            again = last_of(entries, "reopened", "replied")  # her answer begins the day anew
            return workdays.next_open(again.at if again else case.opened_at or now)  # the same day, not a meeting
        case "sent" | "waiting":
            return next_meeting(school, workdays, now)
        case "planned" if case.planned_for is not None:
            meeting = datetime.combine(case.planned_for, time.fromisoformat(school.trio_time), workdays.zone)
            return workdays.plus_days(meeting, OUTCOME_DAYS)
        case _:
            day = deadline(case, entries, school, workdays)
            return datetime.combine(day, time(9), workdays.zone) if day else None


def _meeting_with_a_morning(school: School, workdays: Workdays, sent_at: datetime) -> datetime:
    # A worry sent an hour before the meeting can't be pushed before it: then the week after counts.
    meeting = next_meeting(school, workdays, sent_at)
    if workdays.plus_days(sent_at, 1, workdays.opens) >= meeting:
        return next_meeting(school, workdays, meeting)
    return meeting
