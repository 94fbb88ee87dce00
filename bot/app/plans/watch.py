"""The plan's notices: a day to look again, an effort over time, and the baton. Each says why and stops itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.app.cases.filing import Room
from bot.app.cases.scene import look
from bot.app.turns.handbook import Handbook
from bot.ports import UnitOfWork
from dialogs.cases.model import Case
from dialogs.notices import DeliveryClass, Still, Wish, parts_of
from dialogs.plans.filed import Bare, bare_of, load_bare
from dialogs.plans.model import Plan

AT: Final = time(9)
MISSED_AFTER: Final = 7  # days
AWAY: Final = timedelta(days=14)  # longer than a bout of flu, shorter than what a family should wait
ASKED_AGAIN: Final = 2  # working days until somebody who is asked hears it once more
FOLLOW_UP: Final = "plan_followup"  # these are `still` codes, and mostly templates too
EFFORT: Final = "plan_effort"
ASKED: Final = "keeper_asked"
NEEDED: Final = "keeper_needed"
KEEPER_GONE: Final = "keeper_gone"


def wishes(room: Room, before: Plan, after: Plan, who: str, *, needed: bool) -> Iterator[Wish]:
    """What is to be told after a deed. What is booked already is not booked twice: its key is there."""
    booking, old, new = _Booking(room, who), bare_of(before), bare_of(after)
    changed_hands = old.keeper != new.keeper
    if new.open and new.follow_up is not None and (changed_hands or new.follow_up != old.follow_up):
        yield from booking.follow_up(new.follow_up)
    if new.open:
        for effort, day in new.ends.items():
            if changed_hands or old.ends.get(effort) != day:
                yield from booking.effort(effort, day)
    yield from booking.baton(old, new, after.revision)
    if needed:
        yield booking.wish(f"{NEEDED}:{after.revision}", NEEDED, who, booking.in_days(1), still=NEEDED)


def look_for_keepers(handbook: Handbook, uow: UnitOfWork, now: datetime) -> None:
    """The worker's chore: ask the leader to find a new keeper where the old one has left or is away."""
    away = set(uow.identity.unseen_since(now - AWAY))
    for case in uow.cases.open_cases():
        for filing in uow.filings.of_case(case.id, "plan"):
            bare = load_bare(filing)
            if bare.open and bare.keeper is not None and _missing(uow, case, bare.keeper, away):
                _tell_leaders(uow, handbook, case, bare.keeper, now)


def _missing(uow: UnitOfWork, case: Case, keeper: str, away: Collection[str]) -> bool:
    person = uow.people.get(keeper)
    if person is None or not person.active or keeper in away:
        return True
    return keeper != case.writer_id and not person.roles_at(case.school_id)


def _tell_leaders(uow: UnitOfWork, handbook: Handbook, case: Case, keeper: str, now: datetime) -> None:
    """Once a month for each keeper: who is told already has it in the inbox."""
    month = f"{handbook.today(now):%Y-%m}"
    for leader in look(uow, case, handbook).leaders():
        if leader != keeper:
            name = f"{case.id}:{KEEPER_GONE}:{month}:{keeper}:{leader}"
            params = {"code": case.code}
            uow.outbox.add(
                Wish(name, leader, KEEPER_GONE, now, params, delivery="alert", case_id=case.id, still=KEEPER_GONE)
            )


def effort_of(wish: Wish) -> str:
    """The id of the effort whose end this reminder is about."""
    return parts_of(wish)[-2]


def keeper_of(wish: Wish) -> str:
    """The person who kept the threads when this notice was made."""
    return parts_of(wish)[-2]


@dataclass(frozen=True)
class _Booking:
    """The wishes of one case; `who` hears of what the plan asks for."""

    room: Room
    who: str

    def follow_up(self, day: date) -> Iterator[Wish]:
        """On the day; a week later once more; and the working day after that to the leader."""
        due = self._morning(day)
        late = self.room.world.workdays.on_date(due, MISSED_AFTER)
        yield self.wish(f"{FOLLOW_UP}:{day}", "plan_followup", self.who, due, day=day, still=FOLLOW_UP)
        yield self.wish(f"plan_missed:{day}", "plan_missed", self.who, late, day=day, still=FOLLOW_UP)
        for leader in self.room.scene.leaders():
            if leader != self.who:
                at = self.room.world.workdays.plus_days(late, 1, AT)
                yield self.wish(f"plan_missed:{day}", "plan_missed", leader, at, day=day, still=FOLLOW_UP)

    def effort(self, effort: str, day: date) -> Iterator[Wish]:
        """The working day after an effort should have ended, and a week later once more."""
        first = self._morning(day + timedelta(days=1))
        for number, at in enumerate((first, self.room.world.workdays.on_date(first, MISSED_AFTER)), 1):
            yield self.wish(f"{EFFORT}:{number}:{day}:{effort}", "plan_effort", self.who, at, day=day, still=EFFORT)

    def baton(self, old: Bare, new: Bare, revision: int) -> Iterator[Wish]:
        """To the one who is asked, now and once more; to those who must know when the answer has come."""
        now = self.room.now
        if new.offered is not None and new.offered not in (old.offered, self.room.person.id):
            again = self.in_days(ASKED_AGAIN)
            yield self.wish(f"{ASKED}:{revision}:1", ASKED, new.offered, now, still=ASKED, delivery="alert")
            yield self.wish(f"{ASKED}:{revision}:2", ASKED, new.offered, again, still=ASKED)
        told = dict.fromkeys(one for one in (old.keeper, old.asked_by, *self.room.scene.leaders()) if one is not None)
        declined = old.offered is not None and new.offered is None and new.keeper == old.keeper
        template = "keeper_new" if old.keeper != new.keeper else "keeper_declined" if declined else ""
        for person_id in told:
            if template and person_id != self.room.person.id:
                yield self.wish(f"{template}:{revision}", template, person_id, now)

    def wish(
        self,
        key: str,
        template: str,
        to: str,
        at: datetime,
        *,
        day: date | None = None,
        still: Still | None = None,
        delivery: DeliveryClass = "reminder",
    ) -> Wish:
        """One content-free notice about this case's plan."""
        case = self.room.scene.case
        params: dict[str, str | int] = {"code": case.code}
        if day is not None:
            params["date"] = day.isoformat()
        name = f"{case.id}:{key}:{to}"
        return Wish(name, to, template, at, params, delivery=delivery, case_id=case.id, still=still)

    def in_days(self, days: int) -> datetime:
        """The same hour some working days from now."""
        return self.room.world.workdays.plus_days(self.room.now, days)

    def _morning(self, day: date) -> datetime:
        workdays = self.room.world.workdays
        return workdays.next_open(max(datetime.combine(day, AT, workdays.zone), self.room.now))
