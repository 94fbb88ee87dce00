"""The one message of a day: what it tells of when it is sent, and that there is a next one.

    1. the next one is put in the outbox first, so that no trouble with this one ends the row of them
    2. every reminder that is due before the next, and still of use, is shown on the page from now on
    3. none is left: nothing is sent. One is left: it goes as itself, at its own time
What this one took before it was put off, or before a numbered repetition, still counts: nothing is told twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.app.notices.wanted import not_wanted
from bot.ports import UnitOfWork
from dialogs.gathering import FEWEST, MAY_GATHER, TEMPLATE, may_gather, next_moment, stands, taken_by, wish_for
from dialogs.notices import OutboxRow, Wish
from dialogs.people import Person, Reminding
from dialogs.workdays import Workdays


@dataclass(frozen=True)
class Gatherer:
    """Does it for the worker, by one calendar."""

    workdays: Workdays

    def go_on(self, uow: UnitOfWork, wish: Wish, to: Person, now: datetime) -> None:
        """A reminder goes to somebody who wants one message a day: see to it that there is a next one."""
        if to.reminding.gathering == "daily" and wish.template in MAY_GATHER | {TEMPLATE}:
            uow.outbox.add(wish_for(to.id, to.reminding, self.workdays, now))

    def gather(self, uow: UnitOfWork, row: OutboxRow, to: Person, now: datetime) -> Wish | None:
        """The wish with what it tells of, taken from now on; None when there is nothing to tell."""
        if not stands(row.wish, to.reminding):
            return None
        outbox, reason = uow.outbox, taken_by(row.wish)
        before = next_moment(to.reminding, self.workdays, now)
        told = [one for one in outbox.gathered_by(to.id, reason) if not_wanted(uow, one.wish, now) is None]
        due = [one for one in outbox.pending_of_person(to.id) if may_gather(one, before)]
        waiting = [one for one in due if not_wanted(uow, one.wish, now) is None]
        if len(waiting) + len(told) >= FEWEST:
            taken = outbox.gather([one.id for one in waiting], to.id, reason, now)
            told += [one for one in waiting if one.id in taken]
        return replace(row.wish, params={**row.wish.params, **_said(told)}) if told else None


def choose(uow: UnitOfWork, person: Person, reminding: Reminding, workdays: Workdays, now: datetime) -> None:
    """Store the choice; who wants one message a day gets the first of them on its way."""
    uow.people.choose(person.id, reminding)
    if reminding.gathering == "daily":
        uow.outbox.add(wish_for(person.id, reminding, workdays, now))


def _said(rows: Sequence[OutboxRow]) -> Mapping[str, str | int]:
    first = min(rows, key=lambda row: (row.wish.due_at, row.id)).wish.params
    keys = ("code", "date", "time") if "time" in first else ("code",)
    return {"n": len(rows), **{key: first[key] for key in keys if key in first}}
