"""Ways to sign in, and what waits to come back. Everything is found by a hash of what is brought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from dialogs.identity import Challenge, Credential, Kind
from dialogs.identity import Tries as TriesRecord
from storage.columns import Ciphertext
from storage.mapping import challenge_from, credential_from
from storage.statements import Upsert
from storage.tables import Challenges, Credentials, People, Presence, Tries
from storage.vault import Field, Vault, key_of_day

_KEYS, _CHALLENGES, _TRIES = Credentials.__table__, Challenges.__table__, Tries.__table__
_SECRET, _WAITING = Field(_KEYS.c.data), Field(_CHALLENGES.c.data)
_PRESENCE, _PEOPLE = Presence.__table__, People.__table__


def _new_key(insert_into: Any) -> Any:
    return insert_into(_KEYS).on_conflict_do_nothing(index_elements=["lookup"])


def _put(table: Any, *names: str) -> Upsert:
    def build(insert_into: Any) -> Any:
        row = insert_into(table)
        key = next(iter(table.primary_key.columns)).name
        return row.on_conflict_do_update(index_elements=[key], set_={name: row.excluded[name] for name in names})

    return Upsert(build)


_ADD = Upsert(_new_key)
_PUT_CHALLENGE = _put(_CHALLENGES, "kind", "person_id", "data", "expires_at")
_PUT_TRIES = _put(_TRIES, "count", "since")
_PUT_PRESENCE = _put(_PRESENCE, "seen_at")
_LIVE = _CHALLENGES.c.expires_at > bindparam("now", type_=_CHALLENGES.c.expires_at.type)
_TAKE = (
    delete(_CHALLENGES)
    .where(_CHALLENGES.c.key_hash == bindparam("key"), _CHALLENGES.c.kind == bindparam("kind"), _LIVE)
    .returning(_CHALLENGES)
)
_SAVE = (
    update(_KEYS)
    .where(_KEYS.c.lookup == bindparam("key"), _KEYS.c.revision == bindparam("expected"))
    .values(
        data=bindparam("data", type_=_KEYS.c.data.type),
        used_at=bindparam("used", type_=_KEYS.c.used_at.type),
        revision=_KEYS.c.revision + 1,
    )
)
_UNSEEN = (
    select(_PRESENCE.c.person_id)
    .join(_PEOPLE, _PEOPLE.c.id == _PRESENCE.c.person_id)
    .where(_PEOPLE.c.active, _PRESENCE.c.seen_at < bindparam("before", type_=_PRESENCE.c.seen_at.type))
    .order_by(_PRESENCE.c.person_id)
)


class SqlIdentity:
    """Credentials, challenges, failed tries and who was last seen when, in one open transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._db, self._vault = connection, vault

    def add(self, credential: Credential) -> bool:
        """Store a new credential; False, and nothing written, when its `lookup` is taken."""
        values = asdict(credential) | {"data": self._seal(credential)}
        return bool(self._db.execute(_ADD.on(self._db), values).rowcount)

    def get(self, lookup: str) -> Credential | None:
        """The credential that this was brought for, or None."""
        row = self._db.execute(select(_KEYS).where(_KEYS.c.lookup == lookup)).first()
        return self._credential(row) if row else None

    def of_person(self, person_id: str, kind: Kind | None = None) -> Sequence[Credential]:
        """The person's credentials, the oldest first."""
        found = select(_KEYS).where(*_whose(person_id, kind)).order_by(_KEYS.c.created_at, _KEYS.c.lookup)
        return [self._credential(row) for row in self._db.execute(found).all()]

    def save(self, credential: Credential) -> bool:
        """Write data and time of use where the revision is still the credential's, then add one; False otherwise."""
        values = {
            "key": credential.lookup,
            "expected": credential.revision,
            "data": self._seal(credential),
            "used": credential.used_at,
        }
        return bool(self._db.execute(_SAVE, values).rowcount)

    def remove(self, lookup: str) -> None:
        """Take one way in away."""
        self._db.execute(delete(_KEYS).where(_KEYS.c.lookup == lookup))

    def remove_of(self, person_id: str, kind: Kind | None = None) -> int:
        """Take the person's ways in away, all or those of one kind; how many there were."""
        return self._db.execute(delete(_KEYS).where(*_whose(person_id, kind))).rowcount

    def put_challenge(self, challenge: Challenge) -> None:
        """Store it, in place of an older one with the same key."""
        day = key_of_day(challenge.expires_at)
        data = _WAITING.seal(self._vault, challenge.key_hash, day, dict(challenge.data))
        self._db.execute(_PUT_CHALLENGE.on(self._db), asdict(challenge) | {"data": data})

    def challenge(self, key_hash: str, now: datetime) -> Challenge | None:
        """What waits under this key, or None."""
        row = self._db.execute(
            select(_CHALLENGES).where(_CHALLENGES.c.key_hash == bindparam("key"), _LIVE), {"key": key_hash, "now": now}
        ).first()
        return self._challenge(row) if row else None

    def take_challenge(self, key_hash: str, kind: str, now: datetime) -> Challenge | None:
        """Use it up: the challenge once, then None; also None when it has run out or is of another kind."""
        row = self._db.execute(_TAKE, {"key": key_hash, "kind": kind, "now": now}).first()
        return self._challenge(row) if row else None

    def forget_challenges_of(self, person_id: str) -> None:
        """Nothing waits for this person any more."""
        self._db.execute(delete(_CHALLENGES).where(_CHALLENGES.c.person_id == person_id))

    def tries(self, key: str) -> TriesRecord | None:
        """The failed tries under this key, or None."""
        row = self._db.execute(select(_TRIES).where(_TRIES.c.key == key)).first()
        return TriesRecord(*row) if row else None

    def put_tries(self, tries: TriesRecord) -> None:
        """Store the count of failed tries."""
        self._db.execute(_PUT_TRIES.on(self._db), asdict(tries))

    def forget_tries(self, key: str) -> None:
        """A try has succeeded: begin again."""
        self._db.execute(delete(_TRIES).where(_TRIES.c.key == key))

    def sweep(self, now: datetime, tries_before: datetime) -> int:
        """Delete challenges that have run out and windows that opened before; how many rows."""
        self._vault.shred_before(_WAITING.kind, key_of_day(now))
        old = self._db.execute(delete(_CHALLENGES).where(_CHALLENGES.c.expires_at <= now)).rowcount
        return old + self._db.execute(delete(_TRIES).where(_TRIES.c.since < tries_before)).rowcount

    def was_here(self, person_id: str, now: datetime) -> None:
        """Write down that the person has been seen, on whatever channel."""
        self._db.execute(_PUT_PRESENCE.on(self._db), {"person_id": person_id, "seen_at": now})

    def seen(self, person_id: str) -> bool:
        """Whether the person has ever been seen."""
        found = select(_PRESENCE.c.person_id).where(_PRESENCE.c.person_id == person_id)
        return self._db.execute(found).first() is not None

    def unseen_since(self, before: datetime) -> Sequence[str]:
        """Ids of active people who were last seen before this moment; people who were never seen are not among them."""
        return list(self._db.execute(_UNSEEN, {"before": before}).scalars())

    def _seal(self, credential: Credential) -> Ciphertext:
        return _SECRET.seal(self._vault, credential.lookup, credential.person_id, dict(credential.data))

    def _credential(self, row: Any) -> Credential:
        return credential_from(row, _SECRET.open(self._vault, row.lookup, row.data))

    def _challenge(self, row: Any) -> Challenge:
        return challenge_from(row, _WAITING.open(self._vault, row.key_hash, row.data))


def _whose(person_id: str, kind: Kind | None) -> list[Any]:
    return [_KEYS.c.person_id == person_id, *([_KEYS.c.kind == kind] if kind else [])]
