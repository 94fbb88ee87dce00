"""Receipts, invitations and sessions in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from dialogs.identity import WebSession
from dialogs.records import Invite, Receipt, Trace
from storage.memory.state import State, insert, moment, need, plain


class MemoryReceipts:
    """The same as `SqlReceipts`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def get(self, key: str) -> dict[str, Any] | None:
        receipt = self._state.receipts.get(key)
        return plain(receipt.reply) if receipt else None

    def put(self, receipt: Receipt) -> None:
        moment(receipt.at)
        insert(self._state.receipts, receipt.key, replace(receipt, reply=plain(receipt.reply)))

    def sweep(self, before: datetime) -> int:
        old = [key for key, receipt in self._state.receipts.items() if receipt.at < before]
        for key in old:
            del self._state.receipts[key]
        return len(old)


class MemoryDoors:
    """The same as `SqlDoors`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add_invite(self, invite: Invite) -> None:
        need(self._state.schools, invite.school_id)
        if invite.person_id is not None:
            need(self._state.people, invite.person_id)
        moment(invite.expires_at)
        insert(self._state.invites, invite.code_hash, invite)

    def take_invite(self, code_hash: str, now: datetime, *, chat: bool = False) -> Invite | None:
        invite = self._state.invites.get(code_hash)
        if invite is None or invite.used_at is not None or invite.expires_at <= now or (invite.web_only and chat):
            return None
        used = self._state.invites[code_hash] = replace(invite, used_at=now)
        return used

    def open_invites(self, now: datetime) -> Sequence[Invite]:
        found = [one for one in self._state.invites.values() if one.used_at is None and one.expires_at > now]
        return sorted(found, key=lambda one: (one.expires_at, one.code_hash))

    def withdraw_invite(self, code_hash: str) -> bool:
        invite = self._state.invites.get(code_hash)
        if invite is None or invite.used_at is not None:
            return False
        del self._state.invites[code_hash]
        return True

    def add_session(self, session: WebSession) -> None:
        need(self._state.people, session.person_id)
        moment(session.created_at)
        insert(self._state.sessions, session.token_hash, session)

    def session(self, token_hash: str) -> WebSession | None:
        return self._state.sessions.get(token_hash)

    def sessions_of(self, person_id: str) -> Sequence[WebSession]:
        mine = [session for session in self._state.sessions.values() if session.person_id == person_id]
        return sorted(mine, key=lambda session: (-session.seen_at.timestamp(), session.token_hash))

    def touch_session(self, token_hash: str, now: datetime) -> None:
        if token_hash in self._state.sessions:
            self._state.sessions[token_hash] = replace(self._state.sessions[token_hash], seen_at=moment(now))

    def end_session(self, token_hash: str) -> None:
        self._state.sessions.pop(token_hash, None)

    def end_sessions_of(self, person_id: str) -> int:
        mine = self.sessions_of(person_id)
        for session in mine:
            self.end_session(session.token_hash)
        return len(mine)

    def sweep_sessions(self, begun_before: datetime) -> int:
        old = [session for session in self._state.sessions.values() if session.created_at < begun_before]
        for session in old:
            self.end_session(session.token_hash)
        return len(old)


class MemoryTraces:
    """The same as `SqlTraces`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def leave(self, trace: Trace) -> None:
        need(self._state.people, trace.person_id)
        moment(trace.at)
        self._state.traces.setdefault((trace.chat_id, trace.message_id), trace)

    def take(self, before: datetime, along: datetime) -> Sequence[Trace]:
        chats = {one.chat_id for one in self._state.traces.values() if one.at < before}
        return self._taken([one for one in self._state.traces.values() if one.chat_id in chats and one.at < along])

    def take_all(self, chat_id: int) -> Sequence[Trace]:
        return self._taken([one for one in self._state.traces.values() if one.chat_id == chat_id])

    def _taken(self, found: Sequence[Trace]) -> Sequence[Trace]:
        for one in found:
            del self._state.traces[one.chat_id, one.message_id]
        return sorted(found, key=lambda one: (one.chat_id, one.message_id))
