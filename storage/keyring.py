"""The keys of one database, unlocked in one process: tenant keys, the root of subkeys, and a few data keys.

Only keys are kept here, never what they opened. The kept data keys are few, they grow old after minutes, and a key that
is shredded leaves at once. What a transaction made or shredded counts only when it is committed: that is the vault's
part (`storage/vault.py`).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from sqlalchemy import Connection, func, insert, select

from storage.keys import KEY_BYTES, Kek, Keks, KeyProblem, derived
from storage.prepared import Prepared
from storage.tables import Audit, DataKeys, TenantKeys

KEPT = 2048  # data keys in memory: more than a school's people and open drafts together
KEPT_SECONDS = 600.0  # another process may have shredded a key; then this one forgets it by itself
Owner = tuple[str, str]  # what a key is for: ("case", case id), ("person", person id) …
ROOT: Owner = ("root", "")
_CHANGED = "DATABASE_URL: a wrapped key in the database has been changed, or its version is gone"

_TENANTS, _KEYS = TenantKeys.__table__, DataKeys.__table__
_ALL_TENANT_KEYS = select(_TENANTS).order_by(_TENANTS.c.version)
_NEWEST = Prepared(select(func.max(_TENANTS.c.version)))
_SEALED_BEFORE = select(Audit.__table__.c.seq).limit(1)  # the log has lines from the first act on
_NEW_TENANT_KEY, _NEW_KEY = insert(_TENANTS), Prepared(insert(_KEYS))
_ROOT = select(_KEYS.c.version, _KEYS.c.wrapped).where(_KEYS.c.kind == ROOT[0], _KEYS.c.owner == ROOT[1])


@dataclass(frozen=True, repr=False, slots=True)
class DataKey:
    """An unwrapped data key, ready for use."""

    ref: bytes
    owner: Owner
    secret: bytes
    since: float

    @property
    def cipher(self) -> AESGCM:
        """The cipher under this key. Made for each use: that takes half a microsecond, and keeping it 2.5 kB."""
        return AESGCM(self.secret)


class KeyRing:
    """Unlocks a database with the first key that fits. Give one ring to one store."""

    def __init__(self, keks: Keks) -> None:
        self._keks = tuple(keks)
        self._tenant_keys: dict[int, bytes] = {}
        self._by_ref: dict[bytes, DataKey] = {}
        self._by_owner: dict[Owner, DataKey] = {}
        self._subkeys: dict[str, bytes] = {}
        self._root, self._kek_id = b"", ""
        self.tenant = ""

    def unlock(self, connection: Connection, *, create: bool = True) -> None:
        """Open the database's keys, making them in a new database; call it in a transaction of its own.

        Raises KeyProblem without a key that fits. Without `create` a new database stays without keys.
        """
        rows = connection.execute(_ALL_TENANT_KEYS).all()
        if not rows:
            if not create:
                return
            self._create(connection)
            rows = connection.execute(_ALL_TENANT_KEYS).all()
        self._tenant_keys = {row.version: self._unwrapped(row) for row in rows}
        version, wrapped = connection.execute(_ROOT).one()
        self._root = _unwrap(self._tenant_keys[version], wrapped)
        for kept in (self._by_ref, self._by_owner, self._subkeys):
            kept.clear()
        self._kek_id = rows[-1].kek_id
        self.tenant = rows[0].tenant

    def subkey(self, label: str) -> bytes:
        """The subkey of this name, such as `audit/v1`: the same for the life of the database, whatever is rotated."""
        if label not in self._subkeys:
            self._subkeys[label] = derived(self._root, label)
        return self._subkeys[label]

    def _create(self, connection: Connection) -> None:
        """A new database's tenant key under the first key that is given, and the root of the subkeys under that."""
        if connection.execute(_SEALED_BEFORE).first() is not None:
            # A fresh key would open nothing of it, and stand in the way of the keys when they are put back.
            raise KeyProblem(
                "DATABASE_URL: this database's wrapped keys are missing; put them back before anything else"
            )
        tenant, kek = os.urandom(8).hex(), self._first_kek()
        self.add_tenant_key(connection, tenant, 1, kek)
        self._tenant_keys = {1: self._unwrapped(connection.execute(_ALL_TENANT_KEYS).one())}
        self.make(connection, ROOT)

    @property
    def kek(self) -> Kek:
        """The key that the newest tenant key is wrapped by."""
        return next(kek for kek in self._keks if kek.id == self._kek_id)

    def tenant_keys(self) -> dict[int, bytes]:
        """Every version of the tenant key, for wrapping them anew."""
        return dict(self._tenant_keys)

    def _first_kek(self) -> Kek:
        if not self._keks:
            raise KeyProblem("SECRET_KEY: is missing; set it, or KEY_FILE: without a key nothing can be stored")
        return self._keks[0]

    def _unwrapped(self, row: Any) -> bytes:
        kek = next((kek for kek in self._keks if kek.id == row.kek_id), None)
        if kek is None:
            setting = self._first_kek().setting
            raise KeyProblem(f"{setting}: is not the key that this database was sealed with")
        return _unwrap(kek.secret, row.wrapped)

    @staticmethod
    def add_tenant_key(connection: Connection, tenant: str, version: int, kek: Kek) -> None:
        """Store a fresh tenant key, wrapped."""
        values = {"version": version, "tenant": tenant, "kek_id": kek.id, "made_at": datetime.now(UTC)}
        wrapped = aes_key_wrap(kek.secret, os.urandom(KEY_BYTES))
        connection.execute(_NEW_TENANT_KEY, values | {"wrapped": wrapped})

    # --- data keys ---

    def make(self, connection: Connection, owner: Owner) -> DataKey:
        """Store a fresh data key for this owner under the newest tenant key. It is not kept before the commit."""
        newest: int = _NEWEST.fetch(connection, {})[0][0]  # asked each time: a rotation may be under way
        ref, secret = os.urandom(8), os.urandom(KEY_BYTES)
        values = {"ref": ref.hex(), "kind": owner[0], "owner": owner[1], "version": newest}
        wrapped = aes_key_wrap(self._tenant_key(connection, newest), secret)
        _NEW_KEY.change(connection, values | {"wrapped": wrapped, "made_at": datetime.now(UTC)})
        return DataKey(ref, owner, secret, monotonic())

    def unwrap(self, connection: Connection, row: Any) -> DataKey:
        """The data key in a row of the key table; KeyProblem when the row has been changed."""
        secret = _unwrap(self._tenant_key(connection, row.version), row.wrapped)
        return DataKey(bytes.fromhex(row.ref), (row.kind, row.owner), secret, monotonic())

    def rewrap(self, connection: Connection, row: Any, version: int) -> bytes:
        """The same data key, wrapped by another version of the tenant key."""
        secret = _unwrap(self._tenant_key(connection, row.version), row.wrapped)
        return aes_key_wrap(self._tenant_key(connection, version), secret)

    def _tenant_key(self, connection: Connection, version: int) -> bytes:
        if version not in self._tenant_keys:  # another process has rotated
            for row in connection.execute(_ALL_TENANT_KEYS):
                if row.version not in self._tenant_keys:
                    self._tenant_keys[row.version] = self._unwrapped(row)
        if version not in self._tenant_keys:
            raise KeyProblem(_CHANGED)
        return self._tenant_keys[version]

    def of(self, owner: Owner) -> DataKey | None:
        """The kept key of this owner, if it is kept and young."""
        return self._young(self._by_owner.get(owner))

    def by_ref(self, ref: bytes) -> DataKey | None:
        """The kept key of this name, if it is kept and young."""
        return self._young(self._by_ref.get(ref))

    def _young(self, key: DataKey | None) -> DataKey | None:
        if key is not None and monotonic() - key.since > KEPT_SECONDS:
            self.forget(key.owner)
            return None
        return key

    def keep(self, key: DataKey) -> None:
        """Keep a key that is committed, letting go of the one that was kept first when there are too many."""
        if len(self._by_ref) >= KEPT:
            first = next(iter(self._by_ref.values()), None)
            if first is not None:
                self.forget(first.owner)
        self._by_ref[key.ref] = self._by_owner[key.owner] = key

    def forget(self, owner: Owner) -> None:
        """Let go of this owner's key."""
        key = self._by_owner.pop(owner, None)
        if key is not None:
            self._by_ref.pop(key.ref, None)


def _unwrap(by: bytes, wrapped: bytes) -> bytes:
    try:
        return aes_key_unwrap(by, wrapped)
    except (InvalidUnwrap, ValueError):
        raise KeyProblem(_CHANGED) from None
