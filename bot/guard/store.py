"""Hands out units of work that belong to an actor; the store underneath is known to the composition root only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from bot.guard.books import GuardedAudit, GuardedEmergencies, GuardedMembers, GuardedReviews
from bot.guard.cases import GuardedCases, Shown
from bot.guard.dossiers import GuardedDossiers
from bot.guard.exits import GuardedExits
from bot.guard.figures import GuardedFigures
from bot.guard.files import GuardedFilings, GuardedRetention
from bot.guard.hall import Hall, Hand
from bot.guard.house import (
    GuardedDoors,
    GuardedNotes,
    GuardedOutbox,
    GuardedReceipts,
    GuardedTraces,
    identity_of,
    vault_of,
)
from bot.guard.meetings import GuardedMeetings
from bot.guard.own import GuardedConversations, GuardedDrafts
from bot.guard.people import GuardedPeople
from bot.guard.troubles import Troubles
from bot.ports import Clock, Forbidden, Identity, RawStore, Repositories, StorageBusy, UnitOfWork, Vault
from dialogs.access import Actor
from dialogs.access.roster import strongest
from dialogs.access.rules import Relation
from dialogs.audit import Line
from dialogs.workdays import Workdays

T = TypeVar("T")


class GuardedUnitOfWork:
    """The repositories of one transaction, in the hands of one actor."""

    def __init__(self, hall: Hall, actor: Actor) -> None:
        self._hall, self.actor = hall, actor
        self._hand = hand = Hand(hall, actor)
        shown = Shown()
        self.people = GuardedPeople(hand, shown)
        self.conversations = GuardedConversations(hand)
        self.drafts = drafts = GuardedDrafts(hand)
        self.cases = cases = GuardedCases(hand, shown)
        self.filings = GuardedFilings(hand, shown, cases)
        self.meetings = GuardedMeetings(hand)
        self.figures = GuardedFigures(hand)
        self.retention = GuardedRetention(hand, drafts)
        self.notes = GuardedNotes(hand)
        self.outbox = GuardedOutbox(hand)
        self.receipts = GuardedReceipts(hand)
        self.doors = GuardedDoors(hand)
        self.traces = GuardedTraces(hand)
        self.audit = GuardedAudit(hand)
        self.reviews = GuardedReviews(hand)
        self.members = GuardedMembers(hand)
        self.emergencies = GuardedEmergencies(hand)
        self.dossiers = GuardedDossiers(hand)
        self.exits = GuardedExits(hand)

    def acting(self, actor: Actor) -> UnitOfWork:
        """The same transaction in another's hands: the door found out who is there, or setup plays the past."""
        if self._hand.service not in ("door", "setup"):
            raise Forbidden("acting")
        self._hall.up_to_date()
        return GuardedUnitOfWork(self._hall, actor)

    def relation(self, case_id: str) -> Relation | None:
        """What the actor is to a case: of several things, the one that lets them do most."""
        held = self._hall.relations(case_id, self._hand.me) if self._hand.me else frozenset[Relation]()
        return strongest(held)

    def relations(self) -> Mapping[str, Relation]:
        """What the actor is to each of their cases."""
        held = self._hall.raw.members.cases_of(self._hand.me, self._hall.now) if self._hand.me else {}
        return {case_id: one for case_id, all_of in held.items() if (one := strongest(all_of)) is not None}

    @property
    def identity(self) -> Identity:
        """How people sign in."""
        return identity_of(self._hand)

    @property
    def vault(self) -> Vault:
        """Subkeys for one purpose each."""
        return vault_of(self._hand)


class GuardedStore:
    """The Store of the use cases. `workdays` says when a deputy steps in, and so who is on a case."""

    def __init__(self, raw: RawStore, clock: Clock, workdays: Workdays) -> None:
        self._raw, self._clock, self._workdays = raw, clock, workdays
        self._troubles = Troubles(clock)

    def run(self, actor: Actor, work: Callable[[UnitOfWork], T]) -> T:
        """Run the actor's work in one transaction with its log; StorageBusy when it can't be saved now, Forbidden when
        the actor may not do it: then nothing is saved but the refusal."""
        refused: list[Line] = []
        try:
            return self._raw.run(self._transaction(actor, work, refused))
        except Forbidden:
            self._raw.run(lambda raw: raw.audit.append(refused))
            raise
        except StorageBusy as trouble:
            self._troubles.saw(trouble)
            raise

    async def submit(self, actor: Actor, work: Callable[[UnitOfWork], T], lane: str = "") -> T:
        """The same from an event loop; works of one lane keep their order, whichever process was asked."""
        refused: list[Line] = []
        try:
            return await self._raw.submit(self._transaction(actor, work, refused), lane)
        except Forbidden:
            await self._raw.submit(lambda raw: raw.audit.append(refused))
            raise
        except StorageBusy as trouble:
            self._troubles.saw(trouble)
            raise

    def healthy(self) -> bool:
        """A write probe of the store underneath."""
        return self._raw.healthy()

    def close(self) -> None:
        """Close the store underneath."""
        self._raw.close()

    def _transaction(
        self, actor: Actor, work: Callable[[UnitOfWork], T], refused: list[Line]
    ) -> Callable[[Repositories], T]:
        def transaction(raw: Repositories) -> T:
            hall = Hall(raw, self._clock.now(), self._workdays)
            try:
                result = work(GuardedUnitOfWork(hall, actor))
            except Forbidden:
                refused[:] = [line for line in hall.lines if line.outcome == "deny"]
                raise
            hall.settle()
            return result

        return transaction
