"""Nobody is left waiting in silence: pushes for what nobody has opened, and for follow-ups that nobody has done.

Each push is planned when the case is sent and stops itself when the state is resolved (`still`), so a dead process
forgets none of them. Who may read follows the same plan (dialogs/access/roster.py): a deputy gets in when their push
is due.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from bot.app.turns.handbook import Handbook
from dialogs.cases.model import Case
from dialogs.cases.team import Seats, hat
from dialogs.cases.watch import Push
from dialogs.notices import DeliveryClass, Still, Wish
from dialogs.workdays import Workdays

FOLLOW_UP_AT = time(9)
MISSED_AFTER = 7  # days
QUESTION_AGAIN = 2  # working days until the writer is reminded of an open question, once


def unopened_wishes(case: Case, pushes: Sequence[Push]) -> Iterator[Wish]:
    """A wish for every push, and for the writer: red at the first step, since only she is sure to be awake."""
    for step, push in enumerate(pushes, 1):
        days = (push.at.date() - case.sent_at.date()).days
        params: dict[str, str | int] = {"code": case.code, "colour": case.colour.now, "days": days}
        for person in push.to:
            yield _wish(case, f"{push.template}:{step}", push.template, person.id, push.at, params, "case_unopened")
        if step == len(pushes) or (step == 1 and case.colour.now == "red"):
            key, at = f"writer_unopened:{step}", push.at
            yield _wish(case, key, "writer_unopened", case.writer_id, at, {"code": case.code}, "case_unopened")


def question_wish(case: Case, number: int, now: datetime, handbook: Handbook) -> Wish:
    """The one reminder of a question that the writer has not answered."""
    at = handbook.workdays.plus_days(now, QUESTION_AGAIN)
    params: dict[str, str | int] = {"code": case.code}
    return _wish(case, f"question:{number}", "writer_question", case.writer_id, at, params, "question_open", "reminder")


def follow_up_wishes(case: Case, owner_id: str, day: date, seats: Seats, workdays: Workdays) -> Iterator[Wish]:
    """On the day to the one responsible; a week later once more, and the working day after that to the leader.

    The key is the day's own: whoever writes in between that it is the same day as before books nothing twice.
    """
    due = workdays.next_open(datetime.combine(day, FOLLOW_UP_AT, workdays.zone))
    late = workdays.on_date(due, MISSED_AFTER)
    params: dict[str, str | int] = {"code": case.code, "date": day.isoformat()}
    missed = {**params, "days": MISSED_AFTER}
    key = day.isoformat()
    yield _wish(case, f"followup_due:{key}", "followup_due", owner_id, due, params, "followup_open", "reminder")
    yield _wish(case, f"followup_missed:{key}", "followup_missed", owner_id, late, missed, "followup_open", "reminder")
    leaders = [person for person in seats.members if hat(person, case.school_id) == "leader"] or list(seats.climb)
    for leader in leaders:
        if leader.id != owner_id:
            at = workdays.plus_days(late, 1, FOLLOW_UP_AT)
            name = f"followup_missed_leader:{key}"
            yield _wish(case, name, "followup_missed", leader.id, at, missed, "followup_open", "reminder")


def _wish(
    case: Case,
    key: str,
    template: str,
    recipient: str,
    at: datetime,
    params: dict[str, str | int],
    still: Still,
    delivery: DeliveryClass = "alert",
) -> Wish:
    return Wish(
        dedupe_key=f"{case.id}:{key}:{recipient}",
        recipient=recipient,
        template=template,
        due_at=at,
        params=params,
        delivery=delivery,
        case_id=case.id,
        still=still,
        red=case.colour.now == "red",
    )
