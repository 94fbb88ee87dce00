"""The use cases behind the paper pages, each in one transaction."""

from __future__ import annotations

from bot.app import reporting
from bot.app.turn import World
from bot.ports import Clock, Store
from dialogs.documents import Paper
from dialogs.people import Person


class PaperDesk:
    """The Papers port of a real store."""

    def __init__(self, store: Store, world: World, clock: Clock) -> None:
        self.store, self.world, self.clock = store, world, clock

    def words(self, key: str) -> str:
        """A text about papers."""
        return self.world.content.papers(key)

    async def report(self, person: Person, case_id: str) -> Paper | None:
        """The draft of a report from a case that this person may see."""
        now = self.clock.now()
        return await self.store.submit(lambda uow: reporting.of_case(self.world, uow, person, case_id, now))

    async def report_of_draft(self, person: Person, draft_id: str) -> Paper | None:
        """The same from an unsent worry of their own."""
        now = self.clock.now()
        return await self.store.submit(lambda uow: reporting.of_draft(self.world, uow, person, draft_id, now))
