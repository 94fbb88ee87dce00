"""The invented people, stores and clocks of the simulations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from dialogs.people import Membership, Person, School

T = TypeVar("T")
SCHOOL = School("skov", "Skovskolen", 2, "12:30")
TEAM = (
    Person("lars", "Lars Lund", (Membership("skov", "leader"),), "lars@skov.example", 101),
    Person("pia", "Pia Palm", (Membership("skov", "psychologist"),), "pia@skov.example", 102),
    Person("sara", "Sara Sand", (Membership("skov", "social_worker"),), "sara@skov.example", 103),
)
WRITERS = tuple(
    Person(f"l{n}", f"Lise {n}", (Membership("skov", "teacher"),), f"l{n}@skov.example", 200 + n) for n in range(6)
)


class Ids:
    """Counted ids and codes."""

    def __init__(self) -> None:
        self.made = 0

    def new(self) -> str:
        self.made += 1
        return f"id{self.made:07}"

    def code(self) -> str:
        self.made += 1
        letters = "BCDFGHJKLMNPRSTVWXZ23456"
        number, signs = self.made, ""
        for _ in range(4):
            number, rest = divmod(number, len(letters))
            signs += letters[rest]
        return f"{signs}-Bølge"

    def secret(self) -> str:
        return self.new()


class Inline:
    """A store whose `submit` runs at once: the loop's time is not the machine's, so no thread may be waited for."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    def run(self, work: Callable[[Any], T]) -> T:
        return self.inner.run(work)

    async def submit(self, work: Callable[[Any], T], lane: str = "") -> T:
        return self.inner.run(work)

    def healthy(self) -> bool:
        return bool(self.inner.healthy())

    def close(self) -> None:
        self.inner.close()


def settle_in(uow: Any, people: tuple[Person, ...] = (*TEAM, *WRITERS)) -> None:
    """The school and its people."""
    uow.people.add_school(SCHOOL)
    for person in people:
        uow.people.add(person)
