"""Drafts and conversations in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from dialogs.records import Conversation
from dialogs.types import Draft
from storage.memory.state import State, insert, moment, need, plain
from storage.revisions import must_move


class MemoryDrafts:
    """The same as `SqlDrafts`."""

    def __init__(self, state: State, stamp: Callable[[], datetime]) -> None:
        self._state, self._stamp = state, stamp

    def add(self, draft: Draft) -> None:
        need(self._state.people, draft.owner)
        moment(draft.expires_at)
        insert(self._state.drafts, draft.id, draft)
        self._state.changed[draft.id] = self._stamp()

    def get(self, draft_id: str) -> Draft | None:
        return self._state.drafts.get(draft_id)

    def mine(self, draft_id: str, owner: str) -> Draft | None:
        draft = self.get(draft_id)
        return draft if draft is not None and draft.owner == owner else None

    def save(self, draft: Draft, expected_revision: int) -> bool:
        must_move(draft.revision, expected_revision)
        stored = self.mine(draft.id, draft.owner)
        if stored is None or stored.revision != expected_revision:
            return False
        self._state.drafts[draft.id] = draft
        self._state.changed[draft.id] = self._stamp()
        return True

    def close(self, draft: Draft, expected_revision: int) -> bool:
        return self.save(draft, expected_revision)

    def open_of(self, person_id: str) -> Sequence[Draft]:
        mine = [d for d in self._state.drafts.values() if d.owner == person_id and d.status == "open"]
        return sorted(mine, key=lambda draft: self._state.changed[draft.id], reverse=True)

    def expired(self, now: datetime) -> Sequence[Draft]:
        gone = [draft for draft in self._state.drafts.values() if draft.expires_at <= now]
        return sorted(gone, key=lambda draft: (draft.expires_at, draft.id))

    def delete(self, draft_id: str) -> None:
        self._state.drafts.pop(draft_id, None)
        self._state.changed.pop(draft_id, None)


class MemoryConversations:
    """The same as `SqlConversations`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def get(self, person_id: str) -> Conversation:
        return self._state.conversations.get(person_id) or Conversation(person_id)

    def save(self, conversation: Conversation) -> bool:
        if self.get(conversation.person_id).revision != conversation.revision:
            return False
        need(self._state.people, conversation.person_id)
        self._state.conversations[conversation.person_id] = replace(
            conversation, revision=conversation.revision + 1, reply=plain(conversation.reply)
        )
        return True
