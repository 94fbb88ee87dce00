"""Who has looked, emergencies and oversight, each in one transaction in the hands of whoever asks."""

from __future__ import annotations

from collections.abc import Sequence

from bot.app.cases import asked, emergency, seen, standouts
from bot.app.cases.seen import Report, SeenRow, Watch
from bot.app.entry.acting import as_person
from bot.app.turns.handbook import Handbook
from bot.ports import Clock, Ids, Store
from bot.web.cases.ears import Ears
from dialogs.access import Actor
from dialogs.cases.glass import Emergency, Verdict
from dialogs.types import Problem


class WatchDesk:
    """The Oversight port of a real store."""

    def __init__(self, store: Store, handbook: Handbook, clock: Clock, ids: Ids, ears: Ears) -> None:
        self.store, self.handbook, self.clock, self.ids, self.ears = store, handbook, clock, ids, ears

    def causes(self) -> Sequence[tuple[str, str]]:
        """What one may give as the reason for an emergency, with its words."""
        return seen.causes(self.handbook)

    async def break_glass(self, actor: Actor, code: str, cause: str, words: str) -> tuple[str, str]:
        """Open a case in an emergency: its id, or "" and why not in words."""
        made = await as_person(
            self.store,
            actor,
            self.clock.now(),
            Problem("glass_unknown"),
            lambda uow, me, now: emergency.break_glass(self.handbook, uow, me, code, cause, words, now, self.ids),
        )
        return (made.case_id, "") if isinstance(made, Emergency) else ("", self.ears.said((made,))[0])

    async def report(self, actor: Actor, case_id: str) -> Report | None:
        """A child's access report, for the school's leader."""
        now = self.clock.now()
        return await as_person(
            self.store, actor, now, None, lambda uow, me, now: seen.report(self.handbook, uow, case_id)
        )

    async def watch(self, actor: Actor) -> Watch:
        """What the protection officer looks after. Raises Forbidden for anybody else."""
        now = self.clock.now()
        nothing = Watch((), (), "")
        return await as_person(
            self.store, actor, now, nothing, lambda uow, me, now: seen.watch(self.handbook, uow, now)
        )

    async def mark(self, actor: Actor, key: str) -> bool:
        """Write down that a line was looked at; False for what stands on no list or is marked already."""
        now = self.clock.now()
        return await as_person(
            self.store, actor, now, False, lambda uow, me, now: standouts.mark(self.handbook, uow, key, now)
        )

    async def watched_case(self, actor: Actor, case_id: str) -> tuple[str, Sequence[SeenRow]] | None:
        """A case's code and all its readings with names, for the protection officer."""
        now = self.clock.now()
        return await as_person(
            self.store, actor, now, None, lambda uow, me, now: seen.watched_case(self.handbook, uow, case_id)
        )

    async def ask(self, actor: Actor, code: str) -> tuple[str, str]:
        """Pass a request for access on: the case's id, or "" and why not in words."""
        now = self.clock.now()
        made = await as_person(
            self.store, actor, now, Problem("access_unknown"), lambda uow, me, now: asked.ask(uow, code, now)
        )
        return ("", self.ears.said((made,))[0]) if isinstance(made, Problem) else (made, "")

    async def judge(self, actor: Actor, emergency_id: str, verdict: Verdict) -> bool:
        """Write a verdict on an opening."""
        now = self.clock.now()
        return await as_person(
            self.store, actor, now, False, lambda uow, me, now: seen.judge(uow, me, emergency_id, verdict, now)
        )
