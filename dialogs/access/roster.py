"""Who is on a case: who should be by the seats and the watchdog's plan, and how what is stored follows it.

The stored rows decide who may read (`decide.py`); they tell since when, until when and why. This module only says what
they should be. Every write to a case or to a person's seats brings the two together in the same transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from dialogs.access.rules import Relation
from dialogs.cases.model import Case, Entry, first_light, offered_to
from dialogs.cases.team import Seats, hat, routing_of, seats
from dialogs.cases.watch import plan
from dialogs.people import Person, Role, School
from dialogs.workdays import Workdays

Why = Literal["sent", "seat", "unopened", "opened", "owner", "asked", "emergency"]


@dataclass(frozen=True)
class Member:
    """One person on one case: as what, in which function, since when, until when, and why."""

    case_id: str
    person_id: str
    relation: Relation
    function: Role
    since: datetime
    until: datetime | None = None
    why: Why = "seat"
    id: int = 0  # the stored row; 0 before it is stored

    def active(self, now: datetime) -> bool:
        """Whether it counts at this moment: from its beginning up to, and not at, its end."""
        return self.since <= now and (self.until is None or now < self.until)


@dataclass(frozen=True)
class Change:
    """What brings the rows in line: rows to end, and rows to begin."""

    end: tuple[Member, ...] = ()
    begin: tuple[Member, ...] = ()


_Key = tuple[str, Relation]


def roster(
    case: Case, entries: Sequence[Entry], school: School, people: Sequence[Person], workdays: Workdays, now: datetime
) -> tuple[Member, ...]:
    """Everybody who should be on the case from now on, one row a person; some begin when their push is due.

    `people` are the school's, and the writer wherever she is now. A row that begins later stands beside the one that
    counts until then.
    """
    by_id = {person.id: person for person in people}
    wanted: dict[_Key, Member] = {}
    for person_id, relation, since, why in _seated(case, entries, school, people, workdays, now):
        person = by_id.get(person_id)
        if person is None or not person.active or person_id in case.excluded:
            continue
        function = _function(person, case, relation)
        if function is not None and (person_id, relation) not in wanted:
            wanted[person_id, relation] = Member(case.id, person_id, relation, function, since, why=why)
    return tuple(_strongest(wanted))


def _seated(
    case: Case, entries: Sequence[Entry], school: School, people: Sequence[Person], workdays: Workdays, now: datetime
) -> Iterator[tuple[str, Relation, datetime, Why]]:
    yield case.writer_id, "writer", now, "sent"
    found = seats(routing_of(case), people)
    for person in found.members:
        yield person.id, "member", now, "seat"
    # Whoever came in as a deputy stays in: they know the case now, and may have promised something.
    for entry in entries:
        if entry.kind == "opened":
            yield entry.actor_id, "member", now, "opened"
    if case.owner_id:
        yield case.owner_id, "member", now, "owner"
    if (asked := offered_to(entries)) is not None:
        yield asked, "member", now, "asked"
    if case.opened_at is None:
        yield from _stepping_in(case, entries, school, found, workdays, now)
    for person in found.informed:
        yield person.id, "informed", now, "seat"


def _stepping_in(
    case: Case, entries: Sequence[Entry], school: School, found: Seats, workdays: Workdays, now: datetime
) -> Iterator[tuple[str, Relation, datetime, Why]]:
    pushes = plan(first_light(case, entries), case.sent_at, found, school, workdays)
    for push in pushes[1:]:  # the first push goes to those who have it already
        for person in push.to:
            yield person.id, "member", max(push.at, now), "unopened"


def _function(person: Person, case: Case, relation: Relation) -> Role | None:
    if relation == "writer":
        mine = person.roles_at(case.school_id)
        return hat(person, case.school_id) or (mine[0] if mine else "colleague")
    return hat(person, case.school_id)


def _strongest(wanted: Mapping[_Key, Member]) -> Iterator[Member]:
    """A writer is nothing else on her case; whoever answers for it now is not also informed of it."""
    for (person_id, relation), member in wanted.items():
        if relation != "writer" and (person_id, "writer") in wanted:
            continue
        above = wanted.get((person_id, "member"))
        if relation == "informed" and above is not None and above.since <= member.since:
            continue
        yield member


def changes(stored: Sequence[Member], wanted: Sequence[Member], now: datetime) -> Change:
    """What to end and what to begin, so that the rows that are open from now on are the wanted ones.

    A row that has begun keeps its beginning; one that was to begin later is ended before it began when its moment has
    moved. Emergency reading is on its own clock and is left alone.
    """
    alive = [row for row in stored if row.relation != "glass" and (row.until is None or row.until > now)]
    keep: set[_Key] = set()
    end: list[Member] = []
    by_key = {(row.person_id, row.relation): row for row in wanted}
    for row in alive:
        key = (row.person_id, row.relation)
        want = by_key.get(key)
        begun = row.since <= now
        if want is not None and key not in keep and (want.since <= now if begun else want.since == row.since):
            keep.add(key)
        else:
            end.append(row)
    begin = [row for key, row in by_key.items() if key not in keep]
    return Change(tuple(end), tuple(begin))


def strongest(held: Collection[Relation]) -> Relation | None:
    """Of what somebody is to a case, the one that lets them do most; None when they are not on it."""
    order: tuple[Relation, ...] = ("writer", "member", "informed", "glass")
    return next((relation for relation in order if relation in held), None)
