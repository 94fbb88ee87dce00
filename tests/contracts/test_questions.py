"""A list asks the store as much for fifty cases as for five: nobody waits because their school has many."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest

from bot.app.cases import team
from bot.app.meetings import agenda
from bot.app.meetings.deeds import Gathering
from bot.app.turns.turn import World
from bot.guard import GuardedStore
from bot.ports import UnitOfWork
from bot.runtime import RandomIds
from dialogs.access import Actor
from dialogs.access.roster import Member
from dialogs.meetings.model import Meeting, Seat, Wall
from dialogs.people import Membership, Person
from tests.clocks import HandClock
from tests.contracts.stores import ADA, NOW, a_case, an_entry
from tests.core.case_kit import HANDBOOK, WORKDAYS
from tests.core.form_kit import danish

LEA = Person("lea", "Lea Lund", (Membership("skov", "leader"),))
Listed = Callable[[UnitOfWork], int]


def _inbox(unit: UnitOfWork) -> int:
    found = team.inbox(HANDBOOK, unit, LEA, "skov", NOW)
    return len(found.rows) if found is not None else 0


def _my_cases(unit: UnitOfWork) -> int:
    return len(team.my_cases(HANDBOOK, unit, ADA, NOW))


def _agenda(unit: UnitOfWork) -> int:
    world = World(danish(), RandomIds(), HANDBOOK)
    seat = Seat("stol", "leader", LEA.id)
    team_day = Wall(date(2026, 11, 25), time(12, 30))
    meeting = Meeting("uge", "staff", "skov", team_day, 60, (seat,), seat.id)
    shown = agenda.page(Gathering(world, unit, LEA, meeting, NOW))
    return len(shown.points) + len(shown.left_over)


class Counting:
    """A store that counts what it is asked: every call of a repository is a question."""

    def __init__(self, raw: Any) -> None:
        self.raw, self.asked = raw, 0

    def run(self, work: Callable[[Any], Any]) -> Any:
        return self.raw.run(lambda unit: work(_Counted(unit, self)))


class _Counted:
    def __init__(self, thing: Any, count: Counting) -> None:
        self._thing, self._count = thing, count

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._thing, name)
        if not callable(found):
            return _Counted(found, self._count)

        def ask(*args: Any, **more: Any) -> Any:
            self._count.asked += 1
            return found(*args, **more)

        return ask


def _with_cases(store: Any, numbers: range) -> None:
    def work(unit: Any) -> None:
        for number in numbers:
            case = a_case(f"c{number}", excluded=(), code=f"K{number:03}-Måge", draft_id=f"d{number}")
            unit.cases.add(case)
            unit.cases.add_entry(an_entry(case_id=case.id))
            unit.members.begin(Member(case.id, LEA.id, "member", "leader", NOW))
            unit.members.begin(Member(case.id, ADA.id, "writer", "teacher", NOW))
            unit.cases.mark_seen(LEA.id, case.id, NOW)

    store.run(work)


def _asked(store: Any, who: Person, listed: Listed) -> tuple[int, int]:
    """How many rows there are, and how many questions they took."""
    counting = Counting(store)
    rows = GuardedStore(counting, HandClock(NOW), WORKDAYS).run(Actor(who.id, "web", 2, "two"), listed)
    return rows, counting.asked


@pytest.mark.parametrize(
    ("who", "listed"), [(LEA, _inbox), (ADA, _my_cases), (LEA, _agenda)], ids=["inbox", "my cases", "agenda"]
)
def test_fifty_cases_take_as_many_questions_as_five(filled: Any, who: Person, listed: Listed) -> None:
    filled.run(lambda unit: unit.people.add(LEA))
    _with_cases(filled, range(5))
    few, questions = _asked(filled, who, listed)
    _with_cases(filled, range(5, 50))
    assert (few, _asked(filled, who, listed)) == (5, (50, questions))
