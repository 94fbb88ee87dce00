"""The use cases behind the plan's page, each in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.app.cases.filing import Room
from bot.app.plans import deeds as plans
from bot.app.plans import views as planviews
from bot.app.plans.views import PlanPage
from bot.web.papers.desk import PaperDesk
from dialogs.access import Actor
from dialogs.papers.documents import Paper
from dialogs.plans.acts import Act
from dialogs.plans.paper import Around, paper_of
from dialogs.types import Problem

T = TypeVar("T")


class PlanDesk:
    """The Plans port of a real store."""

    def __init__(self, papers: PaperDesk) -> None:
        self._papers = papers

    def words(self, key: str) -> str:
        """A text about plans."""
        return self._papers.world.content.plans(key)

    def refusals(self, problems: Sequence[Problem]) -> tuple[str, ...]:
        """Problems in words; those of meetings, of papers and of the case itself have theirs there."""
        return tuple(self._refusal(one) for one in problems)

    def _refusal(self, problem: Problem) -> str:
        content, key = self._papers.world.content, f"problems.{problem.code}"
        for texts in (content.plans, content.network):
            if texts.has(key):
                return texts(key, **dict(problem.params))
        return self._papers.refusals((problem,))[0]

    async def page(self, actor: Actor, case_id: str) -> PlanPage | None:
        """All about the plan of one case."""
        return await self._papers.look(actor, case_id, planviews.page)

    async def paper(self, actor: Actor, case_id: str) -> Paper | None:
        """The plan to take along; None for whoever does not read it."""
        return await self._papers.look(actor, case_id, self._paper)

    async def make(self, actor: Actor, case_id: str, key: str | None) -> tuple[str, ...] | None:
        """Begin the plan, once a key."""
        return await self._deed(actor, case_id, key, plans.make)

    async def do(self, actor: Actor, case_id: str, acts: Sequence[Act], key: str | None) -> tuple[str, ...] | None:
        """Do these acts, once a key."""
        return await self._deed(actor, case_id, key, lambda room: plans.do(room, acts))

    async def take(
        self, actor: Actor, case_id: str, ref: str, need: str, by: str, key: str | None
    ) -> tuple[str, ...] | None:
        """Take something agreed elsewhere into the plan, once a key."""
        return await self._deed(actor, case_id, key, lambda room: plans.take(room, ref, need, by))

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
            today=room.world.desk.today(room.now),
            hidden=shown != plan,
        )
        return paper_of(shown, around)

    async def _deed(
        self, actor: Actor, case_id: str, key: str | None, deed: Callable[[Room], tuple[Problem, ...]]
    ) -> tuple[str, ...] | None:
        return await self._papers.deed(actor, case_id, key, deed, self.refusals)
