"""The use cases behind the paper pages, each in one transaction."""

from __future__ import annotations

from bot.app import reporting
from bot.app.acting import as_person
from bot.app.turn import World
from bot.ports import Clock, Store
from dialogs.access import Actor
from dialogs.documents import Paper


class PaperDesk:
    """The Papers port of a real store."""

    def __init__(self, store: Store, world: World, clock: Clock) -> None:
        self.store, self.world, self.clock = store, world, clock

    def words(self, key: str) -> str:
        """A text about papers."""
        return self.world.content.papers(key)

    async def report(self, actor: Actor, case_id: str) -> Paper | None:
        """The draft of a report from a case that this person may see."""
        now = self.clock.now()
        return await as_person(
            self.store, actor, now, None, lambda uow, me, at: reporting.of_case(self.world, uow, me, case_id, at)
        )

    async def report_of_draft(self, actor: Actor, draft_id: str) -> Paper | None:
        """The same from an unsent worry of their own."""
        now = self.clock.now()
        return await as_person(
            self.store, actor, now, None, lambda uow, me, at: reporting.of_draft(self.world, uow, me, draft_id, at)
        )
