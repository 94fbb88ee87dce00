"""What the administrator's pages need from the use cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.app.entry.roll import Roll, Row, Waiting
from bot.app.entry.rolldeeds import Deed, Made
from bot.app.entry.vouching import Waiter
from dialogs.access import Actor
from dialogs.people import School
from dialogs.types import Problem


class RollKeeper(Protocol):
    """The list of people. Raises Forbidden for anybody who is no administrator."""

    async def everybody(self, actor: Actor) -> Roll: ...
    async def schools(self, actor: Actor) -> Sequence[School]: ...
    async def one(self, actor: Actor, person_id: str) -> tuple[Row, tuple[Waiting, ...]] | None: ...
    async def do(self, actor: Actor, deed: Deed, key: str | None) -> Made | Problem: ...
    async def waiting(self, actor: Actor) -> tuple[Waiter, ...]:
        """Those whom this person can vouch for; nobody for most."""
        ...

    async def vouch(self, actor: Actor, person_id: str, *, known: bool) -> Problem | None: ...
    def words(self, problem: Problem) -> str:
        """Why not, in Danish."""
        ...
