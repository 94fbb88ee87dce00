"""T09: a school that lives on at random, everybody trying everything, and an own idea of who may see what.

The oracle is the rule as it was before there were rows: computed from the case, its timeline and today's seats. It
shares no line with the table or the guard. A case that is open must be seen by exactly those whom the oracle names; a
closed one by nobody else. Every refusal must be in the log, and nothing that was refused may have changed anything.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.app.cases import team
from bot.app.drafts import sending
from bot.app.drafts.sending import Worry
from bot.demo import PEOPLE, SCHOOLS
from bot.guard import GuardedStore
from bot.ports import Forbidden, UnitOfWork
from dialogs.access import OPERATOR, Actor
from dialogs.audit import verify
from dialogs.cases.acts import Act, Add, Close, Decide, Discuss, GiveTo, Open, Plan, Raise, Reopen
from dialogs.cases.model import Case, Entry, first_light, offered_to
from dialogs.cases.team import hat, routing_of, seats
from dialogs.cases.watch import plan
from dialogs.people import ROLES, Membership, Person
from dialogs.types import Draft
from storage.memory import MemoryStore
from tests.core.case_kit import HANDBOOK, MONDAY, WORKDAYS, Ids, colour

Step = Callable[["School"], None]
OF_A_SCHOOL = 2_000  # guesses
WORDS = "Han sad alene i frikvarteret."


@dataclass
class Tally:
    """What was tried and what went wrong."""

    tried: int = 0
    refused: int = 0
    wrong: list[str] = field(default_factory=list[str])


class School:
    """Two schools behind the guard, a clock, and dice."""

    def __init__(self, seed: int, tally: Tally) -> None:
        self.dice, self.tally, self.at = random.Random(seed), tally, MONDAY
        self.raw, self.ids = MemoryStore(self.now), Ids()
        self.store = GuardedStore(self.raw, self, WORKDAYS)
        self.store.run(OPERATOR, self._fill)

    @staticmethod
    def _fill(uow: UnitOfWork) -> None:
        for school in SCHOOLS:
            uow.people.add_school(school)
        for person in PEOPLE:
            uow.people.add(person)

    def now(self) -> datetime:
        return self.at

    # --- what happens ---

    def time_passes(self) -> None:
        self.at += timedelta(minutes=self.dice.choice((5, 50, 500, 5_000)))

    def somebody_writes(self) -> None:
        writer, draft_id = self._person(), f"kladde{self.ids.new()}"
        light = self.dice.choice(("green", "yellow", "red"))
        worry = Worry(
            "B3",
            colour(light, locked=light == "red"),  # type: ignore[arg-type]
            flow=self.dice.choice((None, None, "violence")) if light == "red" else None,
            suspect=self.dice.choice((None, None, None, "leader", "staff", "home")),
            excluded_people=tuple(p.id for p in PEOPLE if self.dice.random() < 0.08),
        )
        draft = Draft(draft_id, "worry", 1, "", writer.id, "", self.at, self.at, {"q05_set": WORDS})
        draft = replace(draft, code=self.ids.code())
        self._as(writer, lambda uow: sending.send(uow, writer, draft, worry, self.at, self.ids, WORKDAYS))

    def somebody_acts(self) -> None:
        case = self._case()
        if case is None:
            return
        actor, day = self._person(), HANDBOOK.today(HANDBOOK.workdays.next_open(self.at + timedelta(days=3)))
        owner = self._person().id
        what: Act = self.dice.choice((
            Open(), Plan(day), Discuss(), Raise("Fordi."), GiveTo(owner), Reopen("Igen."), Close("Tak."),
            Add("Mere.", self.at), Decide("local_effort", owner, "Grund.", "Svar.", day),
        ))  # fmt: skip
        allowed = self.may(actor.id, case.id) in ("writer", "member")
        before, lines = self._stored(case.id), self._denials()
        done = self._as(actor, lambda uow: team.act(HANDBOOK, uow, actor, case.id, what, self.at))
        if not allowed and self._stored(case.id) != before:
            self._wrong(f"{actor.id} wrote to {case.id}")
        if done is not None and done.case is None and self._denials() == lines:
            self._wrong(f"the refusal of {actor.id} is not in the log")

    def somebody_comes_or_goes(self) -> None:
        person = self._person(everybody=True)
        seats_now = tuple(
            Membership(self.dice.choice(SCHOOLS).id, self.dice.choice(ROLES), self.dice.random() < 0.3)
            for _ in range(self.dice.choice((0, 1, 1, 2)))
        )
        change = self.dice.choice(("active", "seats", "back"))
        known = next((p for p in PEOPLE if p.id == person.id), person)
        after = {
            "active": replace(person, active=not person.active),
            "seats": replace(person, memberships=seats_now),
            "back": replace(known),
        }[change]
        self.store.run(OPERATOR, lambda uow: uow.people.save(after))

    def everybody_looks(self) -> None:
        """One person knocks at every door of every case."""
        person = self._person(everybody=True)
        for case in self._cases():
            self._look(person, case)

    # --- the checks ---

    def _look(self, person: Person, case: Case) -> None:
        self.tally.tried += 1
        wanted, lines = self.may(person.id, case.id), self._denials()
        found = self._as(person, lambda uow: uow.cases.get(case.id))
        entries = self._as(person, lambda uow: list(uow.cases.entries(case.id)))
        listed = self._as(person, lambda uow: [one.id for one in uow.cases.of_school(case.school_id)])
        if wanted is None:
            self.tally.refused += 1
            if found is not None or entries or case.id in (listed or ()):
                self._wrong(f"{person.id} saw {case.id}")
            if self._denials() < lines + 2:
                self._wrong(f"a refusal of {person.id} is not in the log")
        elif found is None and case.state != "closed":
            self._wrong(f"{person.id} ({wanted}) did not get {case.id}")
        elif found is not None and found.answers != case.answers:
            self._wrong(f"{person.id} got another {case.id}")

    def may(self, person_id: str, case_id: str) -> str | None:
        """The oracle."""
        person = self.raw.run(lambda raw: raw.people.get(person_id))
        case: Case | None = self.raw.run(lambda raw: raw.cases.get(case_id))
        assert person is not None and case is not None
        people = self.raw.run(lambda raw: list(raw.people.at_school(case.school_id)))
        entries: list[Entry] = self.raw.run(lambda raw: list(raw.cases.entries(case_id)))
        school = next(one for one in SCHOOLS if one.id == case.school_id)
        if not person.active or person_id in case.excluded:
            return None
        if person_id == case.writer_id:
            return "writer"
        if hat(person, case.school_id) is None:
            return None
        found = seats(routing_of(case), people)
        pushes = plan(first_light(case, entries), case.sent_at, found, school, WORKDAYS)
        inside = {one.id for one in found.members} | {entry.actor_id for entry in entries if entry.kind == "opened"}
        inside |= {one for one in (case.owner_id, offered_to(entries)) if one}
        if case.opened_at is None:
            inside |= {one.id for push in pushes[1:] if push.at <= self.at for one in push.to}
        if person_id in inside:
            return "member"
        return "informed" if person_id in {one.id for one in found.informed} else None

    def ends(self) -> None:
        """After all: the log is in order, and nobody who has left is on a case."""
        if self.raw.run(lambda raw: verify(raw.audit.keys(), raw.audit.lines())).bad is not None:
            self._wrong("the log is not in order")
        for person in self.raw.run(lambda raw: list(raw.people.everyone())):
            if not person.active and self.raw.run(lambda raw, p=person: raw.members.cases_of(p.id, self.at)):
                self._wrong(f"{person.id} has left and is on a case")

    # --- small things ---

    def _as(self, person: Person, work: Callable[[UnitOfWork], Any]) -> Any:
        try:
            return self.store.run(Actor(person.id, "web", 2, "two"), work)
        except Forbidden:
            return None

    def _person(self, *, everybody: bool = False) -> Person:
        people = self.raw.run(lambda raw: list(raw.people.everyone()))
        return self.dice.choice([p for p in people if everybody or p.active] or people)

    def _cases(self) -> list[Case]:
        return self.raw.run(lambda raw: [c for s in SCHOOLS for c in raw.cases.of_school(s.id, include_closed=True)])

    def _case(self) -> Case | None:
        cases = self._cases()
        return self.dice.choice(cases) if cases else None

    def _stored(self, case_id: str) -> Any:
        return self.raw.run(lambda raw: (raw.cases.get(case_id), list(raw.cases.entries(case_id))))

    def _denials(self) -> int:
        return self.raw.run(lambda raw: sum(line.outcome == "deny" for line in raw.audit.lines()))

    def _wrong(self, what: str) -> None:
        self.tally.wrong.append(what)


STEPS: tuple[Step, ...] = (
    School.time_passes, School.somebody_writes, School.somebody_writes, School.somebody_acts, School.somebody_acts,
    School.somebody_acts, School.somebody_comes_or_goes, School.everybody_looks, School.everybody_looks,
)  # fmt: skip


def trespass(seed: int, count: int, steps: int = 25) -> Tally:
    """So many lives of a school, each from a seed of its own."""
    tally = Tally()
    for n in range(count):
        school = School(seed * 1_000_003 + n, tally)
        for _ in range(steps):
            school.dice.choice(STEPS)(school)
        school.everybody_looks()
        school.ends()
    return tally


def guess(seed: int, count: int) -> Tally:
    """T10: ids that nobody was given, and ids of others: always the same nothing, and never more than a line.

    A school for every few thousand guesses: each guess leaves lines in the log, and a store in memory copies all that
    it has for each transaction, so that one school for all of them takes the square of the time.
    """
    tally = Tally()
    for first in range(0, count, OF_A_SCHOOL):
        _guess_at(School(seed + first, tally), min(OF_A_SCHOOL, count - first), tally)
    return tally


def _guess_at(school: School, count: int, tally: Tally) -> None:
    for _ in range(12):
        school.somebody_writes()
    cases, stranger = school._cases(), next(p for p in PEOPLE if p.id == "fjord-laerer")
    for _ in range(count):
        real = school.dice.random() < 0.5
        case_id = school.dice.choice(cases).id if real else school.ids.new()
        answers = school._as(
            stranger,
            lambda uow, key=case_id: (
                uow.cases.get(key), list(uow.cases.entries(key)), uow.relation(key), uow.drafts.get(f"kladde{key}"),
                team.act(HANDBOOK, uow, stranger, key, Open(), school.at),
                team.case_page(HANDBOOK, uow, stranger, key, school.at),
                team.my_case(HANDBOOK, uow, stranger, key, school.at),
            ),
        )  # fmt: skip
        tally.tried += 1
        if any(school.may(stranger.id, c.id) for c in cases if c.id == case_id):
            continue
        nothing = (None, [], None, None, team.Acted(None, (team.Problem("not_found"),)), None, None)
        if answers != nothing:
            tally.wrong.append(f"{'real' if real else 'made up'}: another answer")
