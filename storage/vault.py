"""The one door for what people wrote: sealed on the way in, and opened only for the row that it was sealed for.

    version 1 | name of the key (8) | nonce (12) | AES-256-GCM ciphertext and tag          of JSON
    bound to   tenant | table | row | column | 1

A column of the type `Sealed` takes nothing but what `Field.seal` gives, so plain text can't be stored in it by mistake.
"""

from __future__ import annotations

import os
from collections import namedtuple
from datetime import UTC, datetime
from typing import Any

import orjson
from cryptography.exceptions import InvalidTag
from sqlalchemy import Column, Connection, bindparam, delete, select

from storage.columns import Ciphertext
from storage.keyring import DataKey, KeyRing, Owner
from storage.keys import KeyProblem
from storage.prepared import Prepared
from storage.tables import DataKeys

VERSION = b"\x01"
_NONCE = 12
_HEAD = 1 + 8 + _NONCE
SHORTEST = _HEAD + 16  # an empty text still has its tag

_T = DataKeys.__table__
_COLUMNS = (_T.c.ref, _T.c.kind, _T.c.owner, _T.c.version, _T.c.wrapped)
_Row = namedtuple("_Row", [column.name for column in _COLUMNS])  # type: ignore[misc]  # the table names them
_BY_OWNER = Prepared(select(*_COLUMNS).where(_T.c.kind == bindparam("of_kind"), _T.c.owner == bindparam("of")))
_BY_REF = Prepared(select(*_COLUMNS).where(_T.c.ref == bindparam("name")))
_SHRED = Prepared(delete(_T).where(_T.c.kind == bindparam("of_kind"), _T.c.owner == bindparam("of")))
_BEFORE = select(_T.c.owner).where(_T.c.kind == bindparam("of_kind"), _T.c.owner < bindparam("of"))
_WARM = select(*_COLUMNS).where(_T.c.kind == bindparam("of_kind"), _T.c.owner.in_(bindparam("these", expanding=True)))


class Unreadable(Exception):  # noqa: N818 - a state of the stored value
    """A stored value can't be opened: it was changed, moved to another place, or its key is gone."""


class Vault:
    """Seals and opens within one open transaction. `begin` and `committed` frame it."""

    def __init__(self, connection: Connection, ring: KeyRing) -> None:
        self._db, self._ring = connection, ring
        self._fresh: dict[Owner, DataKey] = {}  # made here, and real only when the transaction is committed
        self.shredded = False  # whether a wrapped key has been deleted that the file may still hold a copy of

    def begin(self) -> None:
        """A transaction begins: what an earlier one made and took back never was."""
        self._fresh.clear()

    def committed(self) -> None:
        """The transaction is in the database, and its new keys with it."""
        for key in self._fresh.values():
            self._ring.keep(key)
        self._fresh.clear()

    def subkey(self, label: str) -> bytes:
        """32 bytes for one purpose (`audit/v1`, `bidx/v1`, `link/v1`); the same for the life of the database."""
        return self._ring.subkey(label)

    def shred(self, kind: str, owner: str) -> bool:
        """Delete an owner's key: what it sealed can't be opened again by anybody. False when there was none."""
        self._fresh.pop((kind, owner), None)
        self._ring.forget((kind, owner))
        gone = _SHRED.change(self._db, {"of_kind": kind, "of": owner}) > 0
        self.shredded |= gone
        return gone

    def shred_before(self, kind: str, owner: str) -> None:
        """Delete all keys of a kind whose owners' names sort before this one."""
        gone = self._db.execute(_BEFORE, {"of_kind": kind, "of": owner}).scalars().all()
        for one in gone:
            self.shred(kind, one)

    def warm(self, kind: str, owners: list[str]) -> None:
        """Fetch many owners' keys in one go, before a list of them is opened."""
        missing = [one for one in owners if self._kept((kind, one)) is None]
        if len(missing) > 1:
            for row in self._db.execute(_WARM, {"of_kind": kind, "these": missing}):
                self._ring.keep(self._ring.unwrap(self._db, row))

    @property
    def tenant(self) -> str:
        """This database's own name, which every sealed value is bound to."""
        return self._ring.tenant

    def key_of(self, owner: Owner) -> DataKey:
        """The owner's key; a fresh one when there is none."""
        key = self._kept(owner)
        if key is not None:
            return key
        rows = _BY_OWNER.fetch(self._db, {"of_kind": owner[0], "of": owner[1]})
        if not rows:
            key = self._fresh[owner] = self._ring.make(self._db, owner)
            return key
        return self._keep(_Row._make(rows[0]))

    def key_named(self, ref: bytes) -> DataKey:
        """The key with this name; Unreadable when it is gone."""
        key = self._ring.by_ref(ref) or next((key for key in self._fresh.values() if key.ref == ref), None)
        if key is not None:
            return key
        rows = _BY_REF.fetch(self._db, {"name": ref.hex()})
        if not rows:
            raise Unreadable("no key")
        return self._keep(_Row._make(rows[0]))

    def _kept(self, owner: Owner) -> DataKey | None:
        return self._fresh.get(owner) or self._ring.of(owner)

    def _keep(self, row: Any) -> DataKey:
        try:
            key = self._ring.unwrap(self._db, row)
        except KeyProblem:
            raise Unreadable("its key was changed") from None
        self._ring.keep(key)
        return key


def key_of_day(at: datetime) -> str:
    """Whose key seals what lives for hours or days only: its day's, in UTC. The names sort as the days do."""
    return at.astimezone(UTC).date().isoformat()


class Field:
    """One sealed column. `kind` says whose key seals it: the owner's id is given with each value."""

    def __init__(self, column: Column[Any]) -> None:
        self.column = column
        self.kind: str = column.info["key"]
        self._place = f"|{column.table.name}|", f"|{column.name}|1"

    def seal(self, vault: Vault, row: str, owner: str, value: Any) -> Ciphertext:
        """The value as the column takes it, for this row (its primary key) and under this owner's key."""
        key, nonce = vault.key_of((self.kind, owner)), os.urandom(_NONCE)
        sealed = key.cipher.encrypt(nonce, orjson.dumps(value), self._bound(vault, row))
        return Ciphertext(b"".join((VERSION, key.ref, nonce, sealed)))

    def open(self, vault: Vault, row: str, sealed: Any) -> Any:
        """The value that was sealed for this row; Unreadable when that is not what stands there."""
        if not isinstance(sealed, bytes) or len(sealed) < SHORTEST or sealed[:1] != VERSION:
            raise Unreadable("not sealed")
        key = vault.key_named(sealed[1:9])
        try:
            return orjson.loads(key.cipher.decrypt(sealed[9:_HEAD], sealed[_HEAD:], self._bound(vault, row)))
        except InvalidTag:
            raise Unreadable("changed or moved") from None

    def _bound(self, vault: Vault, row: str) -> bytes:
        # Table and column are names without "|", so no two places write themselves the same.
        return f"{vault.tenant}{self._place[0]}{row}{self._place[1]}".encode()
