"""One transaction as the guard sees it: who is there, who is on which case, and what is to be written in the log."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.guard.staffing import staff, touched_by
from bot.ports import Forbidden, Repositories
from dialogs.access import Actor
from dialogs.access.decide import Allow, Context, Deny, Resource, decide
from dialogs.access.rules import LOGGED, Action, Relation, Tie
from dialogs.audit import Line
from dialogs.cases.team import hat
from dialogs.people import Person
from dialogs.workdays import Workdays

MAX_ID = 40  # longer than any id of ours: what people type into an address is not worth keeping


class Hall:
    """What all hands in one transaction share. `settle` is its last act before the commit."""

    def __init__(self, raw: Repositories, now: datetime, workdays: Workdays) -> None:
        self.raw, self.now, self.workdays = raw, now, workdays
        self.lines: list[Line] = []
        self._people: dict[str, Person | None] = {}
        self._stale: dict[str, None] = {}  # cases whose members have to be looked at anew, in order
        self._request = ""

    def person(self, person_id: str) -> Person | None:
        """A person, read once a transaction."""
        if person_id not in self._people:
            self._people[person_id] = self.raw.people.get(person_id)
        return self._people[person_id]

    def met(self, person: Person | None) -> Person | None:
        """Remember somebody who has been read already."""
        if person is not None:
            self._people[person.id] = person
        return person

    def changed(self, case_id: str) -> None:
        """The case was written: who is on it may be others now."""
        self._stale[case_id] = None

    def gone(self, case_id: str) -> None:
        """The case was deleted: nobody is on it any more."""
        self._stale.pop(case_id, None)

    def moved(self, before: Person | None, after: Person) -> None:
        """Somebody came, left or changed seats."""
        self._people[after.id] = after
        for case_id in touched_by(self.raw, before, after, self.now):
            self._stale[case_id] = None

    def relations(self, case_id: str, person_id: str) -> frozenset[Relation]:
        """What somebody is to a case; the same for none of theirs and for none at all.

        As it was when their hand came in: one act is several writes, and a deputy who opens a case is on it by the
        watchdog at the first of them and by the opening only after the last.
        """
        return self.raw.members.relations(case_id, person_id, self.now)

    def up_to_date(self) -> None:
        """Bring the members of every changed case in line."""
        for case_id in list(self._stale):
            self._staff(case_id)

    def settle(self) -> None:
        """The members first, then the log: nothing leaves the transaction before its lines are in it."""
        self.up_to_date()
        if self.lines:
            self.raw.audit.append(self.lines)

    def write_down(self, line: Line) -> None:
        """Put a line among those of this transaction."""
        self._request = self._request or secrets.token_hex(6)
        self.lines.append(replace(line, request=self._request))

    def _staff(self, case_id: str) -> None:
        self._stale.pop(case_id, None)
        staff(self.raw, case_id, self.workdays, self.now)


class Hand:
    """One actor in a hall. It asks `decide`, and writes down what was refused and what the table says is logged."""

    def __init__(self, hall: Hall, actor: Actor) -> None:
        self.hall, self.actor = hall, actor
        self.me = actor.person_id
        self.service = actor.service
        self.raw = hall.raw

    @property
    def person(self) -> Person | None:
        """The person behind the actor; None for a service, and for somebody who is gone."""
        return self.hall.person(self.me) if self.me else None

    def is_me(self, person_id: str) -> bool:
        """Whether it is the actor's own thing: the one comparison of the hot path."""
        return person_id == self.me and not self.service

    def ask(self, action: Action, thing: Resource, ties: Iterable[Tie] = (), *, excluded: bool = False) -> Allow | Deny:
        """What the table says; nothing is written down."""
        return decide(self.actor, action, thing, Context(self.person, frozenset(ties), excluded))

    def may(
        self, action: Action, thing: Resource, ties: Iterable[Tie] = (), *, excluded: bool = False, details: str = ""
    ) -> bool:
        """Whether it may be done; a refusal, and whatever is to be logged, is written down."""
        answer = self.ask(action, thing, ties, excluded=excluded)
        self.note(action, thing, answer, details)
        return isinstance(answer, Allow)

    def need(self, action: Action, thing: Resource, ties: Iterable[Tie] = ()) -> None:
        """Raise Forbidden unless it may be done; only a refusal is written down."""
        answer = self.ask(action, thing, ties)
        if isinstance(answer, Deny):
            self.note(action, thing, answer)
            raise Forbidden(action)

    def must(
        self, action: Action, thing: Resource, ties: Iterable[Tie] = (), *, excluded: bool = False, details: str = ""
    ) -> None:
        """The same, raising Forbidden: for what no use case asks for unless something is wrong."""
        if not self.may(action, thing, ties, excluded=excluded, details=details):
            raise Forbidden(action)

    def note(self, action: Action, thing: Resource, answer: Allow | Deny, details: str = "") -> None:
        """Write down a refusal, and what the table says is logged."""
        match answer:
            case Allow() if action in LOGGED:
                self._line(action, thing, answer.purpose, details)
            case Deny():
                line = self._of(action, thing, "", answer.reason)
                self.hall.write_down(replace(line, outcome="deny"))
            case Allow():
                pass

    def _line(self, action: Action, thing: Resource, purpose: str, details: str) -> None:
        self.hall.write_down(self._of(action, thing, purpose, details))

    def _of(self, action: Action, thing: Resource, purpose: str, details: str) -> Line:
        ours = thing.id if len(thing.id) <= MAX_ID and thing.id.isascii() and thing.id.isprintable() else ""
        return Line(
            at=self.hall.now,
            actor=self.me or self.service,
            role=self._role(thing.school_id),
            action=action,
            object=f"{thing.kind}:{ours}",
            case_id=ours if thing.kind == "case" else "",
            purpose=purpose,
            channel=self.actor.channel,
            session=self.actor.session,
            details=details,
        )

    def _role(self, school_id: str) -> str:
        person = self.person
        if person is None:
            return self.service
        here = (hat(person, school_id), *person.roles_at(school_id), *(m.role for m in person.memberships))
        return next((role for role in here if role is not None), "")
