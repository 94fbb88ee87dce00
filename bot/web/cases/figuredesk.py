"""A month in numbers, in the hands of whoever asks."""

from __future__ import annotations

from datetime import date

from bot.app.entry.acting import as_person
from bot.ports import Clock, Store
from dialogs.access import Actor
from dialogs.cases.digest import Digest


class FigureDesk:
    """The Figures port of a real store."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store, self.clock = store, clock

    async def of(self, actor: Actor, school_id: str, month: date) -> Digest | None:
        """One school's month; None for whoever does not lead it, and for a month that goes on."""
        now = self.clock.now()
        return await as_person(self.store, actor, now, None, lambda uow, me, now: uow.figures.of(school_id, month))
