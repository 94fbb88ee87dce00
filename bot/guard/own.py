"""A person's own things behind the guard: drafts and the conversation. The hot path is one comparison a call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.guard.hall import Hand
from bot.ports import Conversation
from dialogs.access.decide import Resource
from dialogs.access.rules import Action
from dialogs.types import Draft


class GuardedDrafts:
    """The Drafts port in one actor's hands."""

    def __init__(self, hand: Hand) -> None:
        self._hand, self._raw = hand, hand.raw.drafts
        self.thrown_away: set[str] = set()  # in this transaction

    def add(self, draft: Draft) -> None:
        """Store a new draft of the actor's own."""
        self._must("draft.write", draft.owner, draft.id)
        self._raw.add(draft)

    def get(self, draft_id: str) -> Draft | None:
        """The draft, when it is the actor's own; the worker asks for any, to know whether a reminder is wanted."""
        if self._hand.service:
            return self._raw.get(draft_id) if self._hand.may("draft.read", Resource("draft", draft_id)) else None
        draft = self._raw.mine(draft_id, self._hand.me)
        if draft is None:
            self._hand.may("draft.read", Resource("draft", draft_id))  # none, or another's: one refusal in the log
        return draft

    def mine(self, draft_id: str, owner: str) -> Draft | None:
        """One's own draft."""
        return self.get(draft_id) if self._hand.is_me(owner) else None

    def save(self, draft: Draft, expected_revision: int) -> bool:
        """Compare and set one's own."""
        self._must("draft.write", draft.owner, draft.id)
        return self._raw.save(draft, expected_revision)

    def close(self, draft: Draft, expected_revision: int) -> bool:
        """End one's own draft, and forget the key that its answers were sealed under."""
        self._must("draft.write", draft.owner, draft.id)
        return self._raw.close(draft, expected_revision)

    def open_of(self, person_id: str) -> Sequence[Draft]:
        """The actor's own open drafts."""
        if not self._hand.is_me(person_id) and not self._hand.may("draft.read", Resource("draft")):
            return []
        return self._raw.open_of(person_id)

    def expired(self, now: datetime) -> Sequence[Draft]:
        """Drafts whose time is up, for the sweep; without answers, since the sweep needs none."""
        self._hand.need("draft.sweep", Resource("draft"))
        return [replace(draft, answers={}) for draft in self._raw.expired(now)]

    def delete(self, draft_id: str) -> None:
        """Throw away one's own, or what is out of date."""
        if self._hand.service:
            self._hand.must("draft.sweep", Resource("draft", draft_id))
        else:
            draft = self._raw.mine(draft_id, self._hand.me)
            self._must("draft.write", draft.owner if draft is not None else "", draft_id)
        self._raw.delete(draft_id)
        self.thrown_away.add(draft_id)

    def _must(self, action: Action, owner: str, draft_id: str) -> None:
        if not self._hand.is_me(owner):
            self._hand.must(action, Resource("draft", draft_id))


class GuardedConversations:
    """The Conversations port in one actor's hands."""

    def __init__(self, hand: Hand) -> None:
        self._hand, self._raw = hand, hand.raw.conversations

    def get(self, person_id: str) -> Conversation:
        """One's own conversation."""
        if not self._hand.is_me(person_id):
            self._hand.must("talk.read", Resource("talk", person_id))
        return self._raw.get(person_id)

    def save(self, conversation: Conversation) -> bool:
        """Write one's own."""
        if not self._hand.is_me(conversation.person_id):
            self._hand.must("talk.write", Resource("talk", conversation.person_id))
        return self._raw.save(conversation)
