"""People and schools behind the guard: colleagues know each other, nobody can page through a municipality."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.guard.cases import Shown
from bot.guard.hall import Hand
from bot.ports import Forbidden
from dialogs.access.decide import Resource
from dialogs.access.rules import Tie
from dialogs.access.vouching import let_in
from dialogs.people import Person, Reminding, School


class GuardedPeople:
    """The People port in one actor's hands."""

    def __init__(self, hand: Hand, shown: Shown) -> None:
        self._hand, self._shown, self._raw = hand, shown, hand.raw.people

    def get(self, person_id: str) -> Person | None:
        """Oneself, a colleague, or somebody of a case that one is on."""
        found = self._hand.hall.person(person_id)
        if self._hand.is_me(person_id):
            return found
        ties: list[Tie] = ["casemate"] if person_id in self._shown.writers else []
        if found is not None and self._shares_a_school(found):
            ties.append("staff")
        return found if self._hand.may("person.read", Resource("person", person_id), ties) else None

    def by_chat(self, chat_id: int) -> Person | None:
        """Whose chat this is: for the door only."""
        self._hand.need("session.use", Resource("person"))
        return self._hand.hall.met(self._raw.by_chat(chat_id))

    def at_school(self, school_id: str) -> Sequence[Person]:
        """The people of a school where one works, or whose case one is on."""
        ties: tuple[Tie, ...] = ("casemate",) if school_id in self._shown.schools() else ()
        if not self._hand.may("person.list", Resource("school", school_id, school_id), ties):
            return []
        return self._raw.at_school(school_id)

    def everyone(self) -> Sequence[Person]:
        """Everybody, for services and for those whose role is the municipality's."""
        self._hand.must("person.find", Resource("person"))
        return self._raw.everyone()

    def add(self, person: Person) -> None:
        """Store somebody new."""
        self._hand.must("person.write", Resource("person", person.id), details=_what(None, person))
        if self._hand.me:  # by their e-mail somebody may come in without any code
            person = let_in(person, self._hand.me, again=False)
        self._raw.add(person)
        self._hand.hall.moved(None, person)

    def save(self, person: Person) -> None:
        """Change somebody; who leaves a school or the team leaves its cases in the same transaction."""
        before = self._hand.hall.person(person.id)
        if before is not None and self._hand.is_me(person.id) and _standing(before) != _standing(person):
            raise Forbidden("person.write")  # nobody gives themselves a function, or comes back by themselves
        if before is not None and self._hand.me and _opened(before, person, own=self._hand.is_me(person.id)):
            raise Forbidden("person.write")
        self._hand.must("person.write", Resource("person", person.id), details=_what(before, person))
        self._raw.save(person)
        self._hand.hall.moved(before, person)

    def choose(self, person_id: str, reminding: Reminding) -> None:
        """How one is reminded oneself: nobody chooses for another."""
        ties: tuple[Tie, ...] = ("self",) if self._hand.is_me(person_id) else ()
        self._hand.must("notice.settle", Resource("notice"), ties)
        before = self._hand.hall.person(person_id)
        self._raw.choose(person_id, reminding)
        if before is not None:
            self._hand.hall.met(replace(before, reminding=reminding))

    def school(self, school_id: str) -> School | None:
        """A school."""
        return self._raw.school(school_id)

    def schools(self) -> Sequence[School]:
        """All schools: their names are no secret."""
        return self._raw.schools()

    def add_school(self, school: School) -> None:
        """Store a new school."""
        self._hand.must("school.write", Resource("school", school.id))
        self._raw.add_school(school)

    def put_school(self, school: School) -> None:
        """Store a school, new or known."""
        if self._raw.school(school.id) == school:
            return  # the overlay says the same at every start: nothing was done, and nothing is to be logged
        self._hand.must("school.write", Resource("school", school.id))
        self._raw.put_school(school)

    def _shares_a_school(self, other: Person) -> bool:
        me = self._hand.person
        mine = {seat.school_id for seat in me.memberships} if me is not None else set[str]()
        return any(seat.school_id in mine for seat in other.memberships)


def _opened(before: Person, after: Person, *, own: bool) -> bool:
    """Whether this would open a way in: a lock taken off, or another's chat or mail set, by which one could be them."""
    if (before.let_in_by, before.came_back) != (after.let_in_by, after.came_back):
        return True
    return not own and (after.telegram_chat not in (None, before.telegram_chat) or after.email != before.email)


def _standing(person: Person) -> tuple[object, ...]:
    return person.memberships, person.active


def _what(before: Person | None, after: Person) -> str:
    """What was done, for the log: functions by their names, since they are what opens cases."""
    old = before.memberships if before is not None else ()
    given = sorted({seat.role for seat in after.memberships if seat not in old})
    taken = sorted({seat.role for seat in old if seat not in after.memberships})
    if before is not None and before.active != after.active:
        return "active" if after.active else "left"
    if before is not None and not given and not taken:
        return "contact"
    seats = "".join([*(f" +{role}" for role in given), *(f" -{role}" for role in taken)])
    return f"{'new' if before is None else 'seats'}{seats}"
