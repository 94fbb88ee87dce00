"""Schools, people and what they are where."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from dialogs.people import Person, Reminding, School
from storage.mapping import (
    Values,
    by_name,
    membership_values,
    people_from,
    person_values,
    reminding_values,
    school_values,
)
from storage.prepared import Prepared
from storage.tables import Memberships, People, Schools
from storage.vault import Field, Vault

_PEOPLE, _MEMBERSHIPS, _SCHOOLS = People.__table__, Memberships.__table__, Schools.__table__
_NAME, _EMAIL = Field(_PEOPLE.c.name), Field(_PEOPLE.c.email)
_ALL = (
    select(_PEOPLE, _MEMBERSHIPS.c.school_id, _MEMBERSHIPS.c.role, _MEMBERSHIPS.c.deputy)
    .outerjoin_from(_PEOPLE, _MEMBERSHIPS)
    .order_by(_PEOPLE.c.id, _MEMBERSHIPS.c.position)
)
_BY_ID = Prepared(_ALL.where(_PEOPLE.c.id == bindparam("key")))
_BY_CHAT = Prepared(_ALL.where(_PEOPLE.c.telegram_chat == bindparam("chat")))
_Row = namedtuple("_Row", [column.name for column in _ALL.selected_columns])  # type: ignore[misc]  # the table names them
_AT_SCHOOL = Prepared(
    _ALL.where(
        _PEOPLE.c.active,
        _PEOPLE.c.id.in_(select(_MEMBERSHIPS.c.person_id).where(_MEMBERSHIPS.c.school_id == bindparam("school"))),
    )
)
_EVERYONE = Prepared(_ALL)
_ADD, _ADD_MEMBERSHIPS = insert(_PEOPLE), insert(_MEMBERSHIPS)
_SAVE = update(_PEOPLE).where(_PEOPLE.c.id == bindparam("key"))
_FORGET_MEMBERSHIPS = delete(_MEMBERSHIPS).where(_MEMBERSHIPS.c.person_id == bindparam("key"))
_PUT_SCHOOL = update(_SCHOOLS).where(_SCHOOLS.c.id == bindparam("key"))
_SCHOOL = select(_SCHOOLS).where(_SCHOOLS.c.id == bindparam("key"))


class SqlPeople:
    """People and schools in one open transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._db, self._vault = connection, vault

    def get(self, person_id: str) -> Person | None:
        """The person with this id, or None."""
        return _first(self._people(map(_Row._make, _BY_ID.fetch(self._db, {"key": person_id}))))

    def by_chat(self, chat_id: int) -> Person | None:
        """The person whose Telegram chat this is, or None."""
        return _first(self._people(map(_Row._make, _BY_CHAT.fetch(self._db, {"chat": chat_id}))))

    def at_school(self, school_id: str) -> Sequence[Person]:
        """Active people with any role at the school, by name."""
        return self._many(_AT_SCHOOL, school=school_id)

    def everyone(self) -> Sequence[Person]:
        """All people, also those who have left, by name."""
        return self._many(_EVERYONE)

    def add(self, person: Person) -> None:
        """Store a new person."""
        self._db.execute(_ADD, self._values(person))
        self._add_memberships(person)

    def save(self, person: Person) -> None:
        """Store a known person anew, memberships too; LookupError when there is no such person."""
        if not self._db.execute(_SAVE, self._values(person) | {"key": person.id}).rowcount:
            raise LookupError("no such person")
        self._db.execute(_FORGET_MEMBERSHIPS, {"key": person.id})
        self._add_memberships(person)

    def choose(self, person_id: str, reminding: Reminding) -> None:
        """Store how a person wants to be reminded, and nothing else of them."""
        self._db.execute(_SAVE, reminding_values(reminding) | {"key": person_id})

    def school(self, school_id: str) -> School | None:
        """The school with this id, or None."""
        row = self._db.execute(_SCHOOL, {"key": school_id}).first()
        return School(*row) if row else None

    def schools(self) -> Sequence[School]:
        """All schools, by name."""
        return sorted((School(*row) for row in self._db.execute(select(_SCHOOLS))), key=by_name)

    def add_school(self, school: School) -> None:
        """Store a new school."""
        self._db.execute(insert(_SCHOOLS), school_values(school))

    def put_school(self, school: School) -> None:
        """Store a school, new or known."""
        known = self._db.execute(_PUT_SCHOOL, school_values(school) | {"key": school.id}).rowcount
        if not known:
            self.add_school(school)

    def _values(self, person: Person) -> Values:
        values = person_values(person)
        for field in (_NAME, _EMAIL):
            plain = values[field.column.name]
            if plain is not None:
                values[field.column.name] = field.seal(self._vault, person.id, person.id, plain)
        return values

    def _many(self, statement: Prepared, **params: str) -> list[Person]:
        rows = [_Row._make(row) for row in statement.fetch(self._db, params)]
        self._vault.warm(_NAME.kind, [row.id for row in rows])
        return self._people(rows)

    def _people(self, rows: Iterable[Any]) -> list[Person]:
        return people_from(rows, self._unseal)

    def _unseal(self, row: Any) -> tuple[str, str | None]:
        name = _NAME.open(self._vault, row.id, row.name)
        return name, None if row.email is None else _EMAIL.open(self._vault, row.id, row.email)

    def _add_memberships(self, person: Person) -> None:
        if rows := membership_values(person):
            self._db.execute(_ADD_MEMBERSHIPS, rows)


def _first(people: list[Person]) -> Person | None:
    return people[0] if people else None
