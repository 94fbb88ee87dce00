"""People and schools in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dialogs.people import Person, Reminding, School
from storage.faults import Refused
from storage.mapping import by_name
from storage.memory.state import State, insert, need


class MemoryPeople:
    """The same as `SqlPeople`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def get(self, person_id: str) -> Person | None:
        return self._state.people.get(person_id)

    def by_chat(self, chat_id: int) -> Person | None:
        return next((p for p in self._state.people.values() if p.telegram_chat == chat_id), None)

    def at_school(self, school_id: str) -> Sequence[Person]:
        return [person for person in self.everyone() if person.active and person.roles_at(school_id)]

    def everyone(self) -> Sequence[Person]:
        return sorted(self._state.people.values(), key=by_name)

    def add(self, person: Person) -> None:
        self._check(person)
        insert(self._state.people, person.id, person)

    def save(self, person: Person) -> None:
        if person.id not in self._state.people:
            raise LookupError("no such person")
        self._check(person)
        self._state.people[person.id] = person

    def choose(self, person_id: str, reminding: Reminding) -> None:
        if (person := self._state.people.get(person_id)) is not None:
            self._state.people[person_id] = replace(person, reminding=reminding)

    def school(self, school_id: str) -> School | None:
        return self._state.schools.get(school_id)

    def schools(self) -> Sequence[School]:
        return sorted(self._state.schools.values(), key=by_name)

    def add_school(self, school: School) -> None:
        insert(self._state.schools, school.id, school)

    def put_school(self, school: School) -> None:
        """Store a school, new or known."""
        self._state.schools[school.id] = school

    def _check(self, person: Person) -> None:
        for membership in person.memberships:
            need(self._state.schools, membership.school_id)
        holder = None if person.telegram_chat is None else self.by_chat(person.telegram_chat)
        if holder is not None and holder.id != person.id:
            raise Refused("constraint")
