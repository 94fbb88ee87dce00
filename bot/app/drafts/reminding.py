"""Reminders about a draft, booked as wishes; each stops itself when the draft has moved on."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from bot.app.turns.turn import Turn
from dialogs.notices import Wish
from dialogs.types import Draft

RESTS_AT: Final = time(14)  # before people go home
EXPIRY_WARNINGS: Final = (10, 3)  # days left: day 20 and day 27 of thirty


def later(t: Turn, draft: Draft) -> None:
    """A nudge after some days, as the municipality wants it, and warnings before the draft runs out."""
    waiting = t.world.workdays.patience.draft_days
    last_day = draft.expires_at.astimezone(t.world.workdays.zone).date()
    plan = [("draft_waiting", t.now + timedelta(days=waiting), waiting)]
    plan += [("draft_expiring", draft.expires_at - timedelta(days=left), left) for left in EXPIRY_WARNINGS]
    for template, at, days in plan:
        wish = Wish(
            dedupe_key=f"{template}:{draft.id}:{days}",
            recipient=t.person.id,
            template=template,
            due_at=t.world.workdays.next_open(at),
            params={"code": draft.code, "days": days, "date": last_day.isoformat()},
            delivery="nudge",
            until=draft.expires_at,
            draft_id=draft.id,
            still="draft_open",
        )
        t.uow.outbox.add(wish)


def rest(t: Turn, draft: Draft) -> datetime:
    """The rest of a short version: the next working day at 14.

    Booked when it is chosen, since nobody has to say goodbye. One that still waits is the one promised again; after
    it, a later day has its own key.
    """
    for row in t.uow.outbox.pending_of_person(t.person.id):
        wish = row.wish
        if (wish.template, wish.draft_id) == ("draft_rest", draft.id) and wish.due_at > t.now:
            return wish.due_at.astimezone(t.world.workdays.zone)
    due = t.world.workdays.plus_days(t.now, 1, at_time=RESTS_AT)
    wish = Wish(
        dedupe_key=f"draft_rest:{draft.id}:{due.date().isoformat()}",
        recipient=t.person.id,
        template="draft_rest",
        due_at=due,
        params={"code": draft.code},
        until=draft.expires_at,
        draft_id=draft.id,
        still="draft_short",
    )
    t.uow.outbox.add(wish)
    return due
