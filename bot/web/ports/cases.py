"""What the pages about cases need from the use cases: the team, its figures, and who watches over it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.app.cases.seen import Report, Watch
from bot.app.cases.views import CasePage, Inbox, MyCase, MyCaseRow, SeenRow
from bot.web.once import Done
from dialogs.access import Actor
from dialogs.cases.acts import Act
from dialogs.cases.digest import Digest
from dialogs.cases.glass import Verdict
from dialogs.types import Problem


class Team(Protocol):
    """The team's and the writer's cases. None always means "not found" to this person."""

    async def inbox(self, actor: Actor, school_id: str) -> Inbox | None: ...
    async def case_page(self, actor: Actor, case_id: str) -> CasePage | None: ...
    async def my_cases(self, actor: Actor) -> Sequence[MyCaseRow]: ...
    async def my_case(self, actor: Actor, case_id: str) -> MyCase | None: ...

    async def act(self, actor: Actor, case_id: str, act: Act, key: str | None) -> Done | None:
        """Do it once per key. Raises StorageBusy when nothing was saved."""
        ...

    def refusal(self, problem: Problem) -> str:
        """A problem in words."""
        ...


class Figures(Protocol):
    async def of(self, actor: Actor, school_id: str, month: date) -> Digest | None:
        """One school's month that is over, with what is below five withheld; None where it may not be seen."""
        ...


class Oversight(Protocol):
    """Who has looked, and opening a case in an emergency. What is not this person's raises Forbidden or is None."""

    def causes(self) -> Sequence[tuple[str, str]]: ...
    async def break_glass(self, actor: Actor, code: str, cause: str, words: str) -> tuple[str, str]:
        """The opened case's id, or "" and why not in words."""
        ...

    async def report(self, actor: Actor, case_id: str) -> Report | None: ...
    async def watch(self, actor: Actor) -> Watch: ...
    async def mark(self, actor: Actor, key: str) -> bool: ...
    async def watched_case(self, actor: Actor, case_id: str) -> tuple[str, Sequence[SeenRow]] | None: ...
    async def ask(self, actor: Actor, code: str) -> tuple[str, str]: ...
    async def judge(self, actor: Actor, emergency_id: str, verdict: Verdict) -> bool: ...
