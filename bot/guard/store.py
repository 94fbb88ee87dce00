"""Hands out units of work that belong to an actor; the store underneath is known to the composition root only."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from bot.ports import (
    Cases,
    Conversations,
    Doors,
    Drafts,
    Filings,
    Identity,
    Notes,
    Outbox,
    People,
    RawStore,
    Receipts,
    Repositories,
    Retention,
    UnitOfWork,
    Vault,
)
from dialogs.access import Actor

T = TypeVar("T")


class GuardedUnitOfWork:
    """The repositories of one transaction, in the hands of one actor."""

    def __init__(self, raw: Repositories, actor: Actor) -> None:
        self._raw, self.actor = raw, actor

    def acting(self, actor: Actor) -> UnitOfWork:
        """The same transaction in another's hands: the door found out who is there."""
        return GuardedUnitOfWork(self._raw, actor)

    @property
    def vault(self) -> Vault:
        """Subkeys for one purpose each."""
        return self._raw.vault

    @property
    def people(self) -> People:
        """People and schools."""
        return self._raw.people

    @property
    def conversations(self) -> Conversations:
        """Where each person's chat is."""
        return self._raw.conversations

    @property
    def drafts(self) -> Drafts:
        """Unfinished forms."""
        return self._raw.drafts

    @property
    def cases(self) -> Cases:
        """Cases and their timelines."""
        return self._raw.cases

    @property
    def filings(self) -> Filings:
        """Consents, exchanges and reports, each on its case."""
        return self._raw.filings

    @property
    def outbox(self) -> Outbox:
        """Notices."""
        return self._raw.outbox

    @property
    def receipts(self) -> Receipts:
        """What was answered to which event."""
        return self._raw.receipts

    @property
    def doors(self) -> Doors:
        """Invitations and sessions."""
        return self._raw.doors

    @property
    def identity(self) -> Identity:
        """How people sign in."""
        return self._raw.identity

    @property
    def retention(self) -> Retention:
        """Deleting for good."""
        return self._raw.retention

    @property
    def notes(self) -> Notes:
        """What the professions add to their cards."""
        return self._raw.notes


class GuardedStore:
    """The Store of the use cases."""

    def __init__(self, raw: RawStore) -> None:
        self._raw = raw

    def run(self, actor: Actor, work: Callable[[UnitOfWork], T]) -> T:
        """Run the actor's work in one transaction; raise StorageBusy when it can't be saved now."""
        return self._raw.run(lambda raw: work(GuardedUnitOfWork(raw, actor)))

    async def submit(self, actor: Actor, work: Callable[[UnitOfWork], T]) -> T:
        """The same from an event loop."""
        return await self._raw.submit(lambda raw: work(GuardedUnitOfWork(raw, actor)))

    def healthy(self) -> bool:
        """A write probe of the store underneath."""
        return self._raw.healthy()

    def close(self) -> None:
        """Close the store underneath."""
        self._raw.close()
