"""The store without a database: the same contract, for tests and for looking around. Nothing survives the process."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import TypeVar

from dialogs.records import StorageBusy
from storage.keys import KEY_BYTES, derived
from storage.memory.access import MemoryAudit, MemoryEmergencies, MemoryMembers
from storage.memory.cases import MemoryCases
from storage.memory.doors import MemoryDoors, MemoryReceipts, MemoryTraces
from storage.memory.drafts import MemoryConversations, MemoryDrafts
from storage.memory.filings import MemoryFilings
from storage.memory.identity import MemoryIdentity
from storage.memory.meetings import MemoryMeetings
from storage.memory.notes import MemoryNotes
from storage.memory.outbox import MemoryOutbox
from storage.memory.people import MemoryPeople
from storage.memory.retention import MemoryRetention
from storage.memory.state import State
from storage.uow import Stamps, utc_now

T = TypeVar("T")


class MemoryVault:
    """Subkeys of a store that nothing survives; there is nothing to seal."""

    def __init__(self) -> None:
        self._root = os.urandom(KEY_BYTES)

    def subkey(self, label: str) -> bytes:
        """The subkey of this name."""
        return derived(self._root, label)


class MemoryUnitOfWork:
    """The repositories over one copy of the state."""

    def __init__(self, state: State, stamps: Callable[[], datetime], vault: MemoryVault) -> None:
        self.vault = vault
        self.people = MemoryPeople(state)
        self.conversations = MemoryConversations(state)
        self.drafts = MemoryDrafts(state, stamps)
        self.cases = MemoryCases(state)
        self.filings = MemoryFilings(state)
        self.meetings = MemoryMeetings(state)
        self.outbox = MemoryOutbox(state)
        self.receipts = MemoryReceipts(state)
        self.retention = MemoryRetention(state)
        self.doors = MemoryDoors(state)
        self.traces = MemoryTraces(state)
        self.identity = MemoryIdentity(state)
        self.notes = MemoryNotes(state)
        self.audit = MemoryAudit(state, vault.subkey)
        self.members = MemoryMembers(state)
        self.emergencies = MemoryEmergencies(state)


class MemoryStore:
    """Work runs on a copy of the state, which takes the state's place when the work returns."""

    def __init__(self, now: Callable[[], datetime] = utc_now) -> None:
        self._state, self._stamps = State(), Stamps(now)
        self._lock, self._closed, self._vault = Lock(), False, MemoryVault()

    def run(self, work: Callable[[MemoryUnitOfWork], T]) -> T:
        """Run, commit, return."""
        with self._lock:
            if self._closed:
                raise StorageBusy("closed")
            draft = self._state.copy()
            result = work(MemoryUnitOfWork(draft, self._stamps, self._vault))
            self._state = draft
            return result

    async def submit(self, work: Callable[[MemoryUnitOfWork], T], lane: str = "") -> T:
        """The same; memory is quick enough for the event loop itself, where all is done in order."""
        return self.run(work)

    def healthy(self) -> bool:
        """True until the store is closed."""
        return not self._closed

    def close(self) -> None:
        """Refuse work from now on."""
        self._closed = True
