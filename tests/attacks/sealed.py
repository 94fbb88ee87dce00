"""T13: flips, swaps, wrong keys, shredding, old copies and interrupted rotations against a sealed database.

Each attack changes one thing behind the store's back and must be detected: the value does not open, or the database
does not. The database is SQLite in memory's place: a file in a temporary folder.
"""

from __future__ import annotations

import os
import random
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from storage.engines import engine_for
from storage.keyring import KeyRing
from storage.keys import Kek, KeyProblem
from storage.sealing import sealed_fields
from storage.vault import Field, Unreadable, Vault
from tests.migrated import migrated

OWNERS = 40


@dataclass
class Report:
    """How many attacks of each kind, and which were not noticed."""

    tried: Counter[str] = field(default_factory=Counter[str])
    missed: list[str] = field(default_factory=list[str])


@dataclass(frozen=True)
class Value:
    """One sealed value and where it belongs."""

    field: Field
    row: str
    owner: str
    sealed: bytes
    plain: dict[str, str]


class House:
    """A database with keys, and sealed values of every sealed column."""

    def __init__(self, connection: Connection, dice: random.Random) -> None:
        self.connection, self.dice = connection, dice
        self.keks = (Kek(os.urandom(32), "KEY_FILE"),)
        self.ring = KeyRing(self.keks)
        self.ring.unlock(connection)
        self.fields = sealed_fields()
        vault = self.vault()
        self.values = [self._value(vault, number) for number in range(OWNERS * len(self.fields))]

    def _value(self, vault: Vault, number: int) -> Value:
        place = self.fields[number % len(self.fields)]
        row, owner = f"row{number}", f"owner{number // len(self.fields)}"
        plain = {"text": f"hemmelig {number} " * self.dice.randint(1, 40)}
        return Value(place, row, owner, bytes(place.seal(vault, row, owner, plain)), plain)

    def vault(self, keks: tuple[Kek, ...] | None = None) -> Vault:
        """As another process would open it: nothing is known from before."""
        ring = KeyRing(keks or self.keks)
        ring.unlock(self.connection)
        return Vault(self.connection, ring)


def opens(vault: Vault, value: Value, **other: Any) -> bool:
    """Whether the value opens, in its own place or in another."""
    place: Field = other.get("field", value.field)
    try:
        place.open(vault, other.get("row", value.row), other.get("sealed", value.sealed))
    except Unreadable:
        return False
    return True


def flip(house: House, value: Value) -> bool:
    """One bit of the stored bytes, anywhere."""
    changed = bytearray(value.sealed)
    changed[house.dice.randrange(len(changed))] ^= 1 << house.dice.randrange(8)
    return not opens(house.vault(), value, sealed=bytes(changed))


def cut(house: House, value: Value) -> bool:
    """The end is missing."""
    return not opens(house.vault(), value, sealed=value.sealed[: house.dice.randrange(len(value.sealed))])


def to_another_row(house: House, value: Value) -> bool:
    """The value of one row stands in another."""
    return not opens(house.vault(), value, row=f"{value.row}0")


def to_another_column(house: House, value: Value) -> bool:
    """The value of one column stands in another, of the same or of another table."""
    others = [one for one in house.fields if one.column is not value.field.column]
    return not opens(house.vault(), value, field=house.dice.choice(others))


def to_another_tenant(house: House, value: Value) -> bool:
    """The whole database is passed off as another municipality's."""
    vault = house.vault()
    vault._ring.tenant = os.urandom(8).hex()
    return not opens(vault, value)


def with_another_key(house: House, value: Value) -> bool:
    """The name of another owner's key in front of the value."""
    other = house.dice.choice([one for one in house.values if one.sealed[1:9] != value.sealed[1:9]])
    return not opens(house.vault(), value, sealed=value.sealed[:1] + other.sealed[1:9] + value.sealed[9:])


def without_the_kek(house: House, value: Value) -> bool:
    """A thief of the database with a key of their own."""
    try:
        return not opens(house.vault((Kek(os.urandom(32), "KEY_FILE"),)), value)
    except KeyProblem:
        return True


def after_shredding(house: House, value: Value) -> bool:
    """A copy of the value is kept, and its key is destroyed."""
    house.connection.exec_driver_sql("SAVEPOINT here")
    vault = house.vault()
    vault.shred(value.field.kind, value.owner)
    gone = not opens(vault, value) and not opens(house.vault(), value)
    house.connection.exec_driver_sql("ROLLBACK TO here")
    return gone and opens(house.vault(), value)


def rotation_cut_short(house: House, value: Value) -> bool:
    """Some keys are wrapped by the new version, some by the old, and everything still opens."""
    ring = KeyRing(house.keks)
    ring.unlock(house.connection)
    newest = house.connection.exec_driver_sql("SELECT max(version) FROM tenant_keys").scalar_one() + 1
    house.connection.exec_driver_sql("SAVEPOINT here")
    ring.add_tenant_key(house.connection, ring.tenant, newest, ring.kek)
    rows = house.connection.exec_driver_sql("SELECT * FROM data_keys ORDER BY random() LIMIT 50").all()
    for row in rows:
        wrapped = ring.rewrap(house.connection, row, newest)
        change = "UPDATE data_keys SET version = ?, wrapped = ? WHERE ref = ?"
        house.connection.exec_driver_sql(change, (newest, wrapped, row.ref))
    fine = opens(house.vault(), value) and value.field.open(house.vault(), value.row, value.sealed) == value.plain
    house.connection.exec_driver_sql("ROLLBACK TO here")
    return fine


KINDS: tuple[tuple[Callable[[House, Value], bool], int], ...] = (
    (flip, 50),
    (cut, 10),
    (to_another_row, 10),
    (to_another_column, 10),
    (to_another_tenant, 5),
    (with_another_key, 5),
    (without_the_kek, 5),
    (after_shredding, 4),
    (rotation_cut_short, 1),
)  # of each hundred


def attack(seed: int, count: int) -> Report:
    """So many attacks, drawn from the seed."""
    dice, report = random.Random(seed), Report()
    with tempfile.TemporaryDirectory() as folder:
        url = migrated(Path(folder) / "angreb.db")
        engine = engine_for(url)
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            house = House(connection, dice)
            if not all(opens(house.vault(), value) for value in house.values):
                report.missed.append("a value does not open where it belongs")
            kinds = [kind for kind, share in KINDS for _ in range(share)]
            for number in range(count):
                kind = kinds[number % len(kinds)]
                value = dice.choice(house.values)
                report.tried[kind.__name__] += 1
                if not kind(house, value):
                    report.missed.append(f"{kind.__name__} of {value.field.column}")
            connection.exec_driver_sql("ROLLBACK")
        engine.dispose()
    return report
