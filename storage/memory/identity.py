"""Ways to sign in, and what waits to come back, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from dialogs.identity import Challenge, Credential, Kind, Tries
from storage.memory.state import State, moment, need, plain

_EARLIEST = datetime.min.replace(tzinfo=UTC)


class MemoryIdentity:
    """The same as `SqlIdentity`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, credential: Credential) -> bool:
        need(self._state.people, credential.person_id)
        if credential.lookup in self._state.credentials:
            return False
        for at in (credential.created_at, credential.used_at):
            if at is not None:
                moment(at)
        self._state.credentials[credential.lookup] = replace(credential, data=plain(dict(credential.data)))
        return True

    def get(self, lookup: str) -> Credential | None:
        return self._state.credentials.get(lookup)

    def of_person(self, person_id: str, kind: Kind | None = None) -> Sequence[Credential]:
        mine = [c for c in self._state.credentials.values() if c.person_id == person_id and kind in (None, c.kind)]
        return sorted(mine, key=lambda c: (c.created_at or _EARLIEST, c.lookup))

    def save(self, credential: Credential) -> bool:
        known = self._state.credentials.get(credential.lookup)
        if known is None or known.revision != credential.revision:
            return False
        data, revision = plain(dict(credential.data)), known.revision + 1
        saved = replace(known, data=data, used_at=credential.used_at, revision=revision)
        self._state.credentials[credential.lookup] = saved
        return True

    def remove(self, lookup: str) -> None:
        self._state.credentials.pop(lookup, None)

    def remove_of(self, person_id: str, kind: Kind | None = None) -> int:
        mine = self.of_person(person_id, kind)
        for credential in mine:
            self.remove(credential.lookup)
        return len(mine)

    def put_challenge(self, challenge: Challenge) -> None:
        if challenge.person_id is not None:
            need(self._state.people, challenge.person_id)
        moment(challenge.expires_at)
        self._state.challenges[challenge.key_hash] = replace(challenge, data=plain(dict(challenge.data)))

    def challenge(self, key_hash: str, now: datetime) -> Challenge | None:
        found = self._state.challenges.get(key_hash)
        return found if found is not None and found.expires_at > now else None

    def take_challenge(self, key_hash: str, kind: str, now: datetime) -> Challenge | None:
        found = self.challenge(key_hash, now)
        if found is None or found.kind != kind:
            return None
        return self._state.challenges.pop(key_hash)

    def forget_challenges_of(self, person_id: str) -> None:
        for key in [key for key, one in self._state.challenges.items() if one.person_id == person_id]:
            del self._state.challenges[key]

    def tries(self, key: str) -> Tries | None:
        return self._state.tries.get(key)

    def put_tries(self, tries: Tries) -> None:
        moment(tries.since)
        self._state.tries[tries.key] = tries

    def forget_tries(self, key: str) -> None:
        self._state.tries.pop(key, None)

    def sweep(self, now: datetime, tries_before: datetime) -> int:
        old = [key for key, one in self._state.challenges.items() if one.expires_at <= now]
        for key in old:
            del self._state.challenges[key]
        stale = [key for key, one in self._state.tries.items() if one.since < tries_before]
        for key in stale:
            del self._state.tries[key]
        return len(old) + len(stale)

    def was_here(self, person_id: str, now: datetime) -> None:
        need(self._state.people, person_id)
        self._state.presence[person_id] = moment(now)

    def seen(self, person_id: str) -> bool:
        return person_id in self._state.presence

    def unseen_since(self, before: datetime) -> Sequence[str]:
        people = self._state.people
        return sorted(who for who, at in self._state.presence.items() if at < before and people[who].active)
