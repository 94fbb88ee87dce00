"""The use cases behind the plan's page, each in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from bot.app.cases.filing import Room
from bot.app.plans import deeds as plans
from bot.app.plans import views as planviews
from bot.app.plans.views import PlanPage
from bot.web.desk import DeskOfCase
from dialogs.access import Actor
from dialogs.papers.documents import Paper
from dialogs.plans.acts import Act
from dialogs.plans.paper import Around, paper_of
from dialogs.plans.source import Taking
from dialogs.words import Words

T = TypeVar("T")


class PlanDesk(DeskOfCase):
    """The Plans port of a real store."""

    def words(self, key: str) -> str:
        """A text about plans."""
        return self.world.content.plans(key)

    @property
    def books(self) -> tuple[Words, ...]:
        """Plans, the meetings that something is taken from, and the papers."""
        content = self.world.content
        return content.plans, content.network, content.papers

    async def page(self, actor: Actor, case_id: str) -> PlanPage | None:
        """All about the plan of one case."""
        return await self.look(actor, case_id, planviews.page)

    async def paper(self, actor: Actor, case_id: str) -> Paper | None:
        """The plan to take along; None for whoever does not read it."""
        return await self.look(actor, case_id, self._paper)

    async def make(self, actor: Actor, case_id: str, key: str | None) -> tuple[str, ...] | None:
        """Begin the plan, once a key."""
        return await self.deed(actor, case_id, key, plans.make)

    async def do(self, actor: Actor, case_id: str, acts: Sequence[Act], key: str | None) -> tuple[str, ...] | None:
        """Do these acts, once a key."""
        return await self.deed(actor, case_id, key, lambda room: plans.do(room, acts))

    async def take(self, actor: Actor, case_id: str, wanted: Taking, key: str | None) -> tuple[str, ...] | None:
        """Take something agreed elsewhere into the plan, once a key."""
        return await self.deed(actor, case_id, key, lambda room: plans.take(room, wanted))

    def _paper(self, room: Room) -> Paper | None:
        plan = plans.stored(room.uow, room.case_id)
        if plan is None or room.seen_as == "informed":
            return None
        shown = planviews.visible(room, plan)
        around = Around(
            words=room.world.content.plans,
            doers=dict(planviews.doers(room)),
            shared=planviews.shared_words(room, plan),
            code=room.scene.case.code,
            today=room.world.handbook.today(room.now),
            hidden=shown != plan,
        )
        return paper_of(shown, around)
