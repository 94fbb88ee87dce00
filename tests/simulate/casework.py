"""What people do on cases and their plans in the simulation of promises, and the ledger of what follows from it.

Everything goes through the use cases that people's presses reach; what is known of a case is kept beside it, by hand.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from bot.app.cases import filing, team
from bot.app.meetings import agreed
from bot.app.meetings import deeds as meetings
from bot.app.meetings.deeds import Booking
from bot.app.meetings.leftbehind import look_for_holders
from bot.app.papers import consenting
from bot.app.papers.consenting import Asking
from bot.app.plans import deeds as plans
from bot.app.turns.handbook import handbook_of
from bot.app.turns.turn import World
from bot.guard import GuardedStore
from dialogs.access import OPERATOR, WORKER, Actor
from dialogs.cases.acts import Close, FollowUp
from dialogs.cases.model import Case, Colour
from dialogs.meetings import agreements
from dialogs.meetings.agreements import Agreement, AskHelp, Done, HandTo, MoveTo
from dialogs.meetings.model import Meeting, Wall
from dialogs.papers.consents import Record, Scope, Withdraw, Word
from dialogs.plans import acts
from dialogs.plans.model import Effort, Goal, Need, Score, Sign
from dialogs.workdays import COPENHAGEN, danish
from storage.memory import MemoryStore
from tests.clocks import HandClock
from tests.core.form_kit import danish as content
from tests.simulate.kept import NINE, Due, Ledger, Standing
from tests.simulate.oracle import CPH
from tests.simulate.people import Ids, settle_in
from tests.simulate.year import AUTUMN, CALENDAR, SUMMER

CASES: Final = 4
WRITER, LEADER, OWNER, OTHER = "l0", "lars", "pia", "sara"
PEOPLE: Final = (WRITER, LEADER, OWNER, OTHER)
GUEST: Final = "l1"  # a colleague who has agreements, leaves, and may come back
PEOPLE_THERE: Final = (WRITER, OWNER, GUEST)


@dataclass
class Agreed:
    """An agreement as the ledger knows it."""

    meeting: str
    id: str
    holder: str | None
    turn: int = 0
    state: str = "open"


@dataclass
class Known:
    """A case and its plan as the ledger knows them."""

    id: str
    follow_up: date | None = None
    closed: bool = False
    open: bool = True  # the plan
    plan_day: date | None = None
    keeper: str | None = None
    offered: str | None = None
    ends: dict[str, date] = field(default_factory=dict[str, date])  # of efforts that are not done
    by: dict[str, str] = field(default_factory=dict[str, str])  # who does each effort, also those that are done
    yes: dict[str, date] = field(default_factory=dict[str, date])  # consents that hold, and their last day
    meeting: str = ""
    agreed: list[Agreed] = field(default_factory=list[Agreed])

    @property
    def needs_keeper(self) -> bool:
        return self.open and self.keeper is None and len({"LAER", *self.by.values()}) > 1

    def standing(self) -> Iterator[Standing]:
        """Everything that is asked for on this case now."""
        if self.closed:
            return
        if self.follow_up is not None:
            yield "follow_up", self.id, str(self.follow_up)
        if self.yes:
            yield "consent", self.id, str(max(self.yes.values()))
        for one in self.agreed:
            yield "agreed", one.meeting, one.id, str(one.turn), one.state
            if (
                one.holder == GUEST and one.state != "done"
            ):  # what they are reminded of themselves, or once they have left, others are told of
                yield "held", one.meeting, one.id, str(one.turn), one.state, GUEST
        if self.open:
            yield from self._of_plan()

    def _of_plan(self) -> Iterator[Standing]:
        hearing = [self.keeper] if self.keeper is not None else list(PEOPLE)
        if self.plan_day is not None:
            yield "plan_missed", self.id, str(self.plan_day)
            yield from (("plan_day", self.id, str(self.plan_day), person) for person in hearing)
        for effort, day in self.ends.items():
            yield from (("effort", self.id, effort, str(day), person) for person in hearing)
        if self.offered is not None:
            yield "asked", self.id, self.offered
        elif self.keeper is None:
            yield "needed", self.id


class Casework:
    """Some cases over one store, with people who work on them."""

    def __init__(self, clock: HandClock, chance: random.Random, last_day: date) -> None:
        self.clock, self.chance, self.last_day = clock, chance, last_day
        self.ledger, self.cases, self.made = Ledger(CALENDAR), list[Known](), 0
        self.here = True  # the guest
        workdays = replace(danish(COPENHAGEN, range(2026, 2030), SUMMER), no_school=AUTUMN)
        self.store = GuardedStore(MemoryStore(self.clock.now), self.clock, workdays)
        self.raw: Any = self.store._raw  # pyright: ignore[reportPrivateUsage]
        self.raw.run(settle_in)
        words = content()
        self.world = World(
            words,
            Ids(),
            handbook_of(words, workdays),
        )

    def something_happens(self) -> None:
        """Perhaps one deed on one case; and what stands from now on is written down."""
        while len([one for one in self.cases if not one.closed]) < CASES:
            self._begin()
        case = self.chance.choice([one for one in self.cases if not one.closed])
        deeds: tuple[Callable[[Known], None], ...] = (
            self._follow_up, self._look_again, self._score, self._effort, self._effort, self._effort_moves,
            self._offer, self._offer, self._answer, self._answer, self._plan_ends, self._consent, self._take_back,
            self._agree, self._agree, self._agreement, self._agreement, self._hand, self._leaves, self._close,
        )  # fmt: skip
        if self.chance.random() < 0.5:
            self.chance.choice(deeds)(case)
        standing = {one for case in self.cases for one in case.standing()}
        if not self.here:
            standing = {("left", *one[1:4], GUEST) if one[-1] == GUEST else one for one in standing}
        self.ledger.stands(self.clock.at, standing)

    def _day(self, least: int = 1, most: int = 25) -> date:
        return self._today + timedelta(days=self.chance.randint(least, most))

    @property
    def _today(self) -> date:
        return self.clock.at.astimezone(CPH).date()

    def _as(self, who: str, work: Callable[[Any], Any]) -> Any:
        return self.store.run(Actor(who, "web", 2, "two"), work)

    def _in_case(self, who: str, case_id: str, deed: Callable[[Any], Any]) -> bool:
        def work(uow: Any) -> bool:
            room = filing.enter(self.world, uow, uow.people.get(who), case_id, self.clock.at)
            return room is not None and not deed(room)

        return bool(self._as(who, work))

    def _begin(self) -> None:
        self.made += 1
        known = Known(f"case{self.made}")
        now, code = self.clock.at, f"{self.made + 1000:04}-Måge"
        yellow = Colour("yellow", "yellow")
        case = Case(
            known.id, code, "skov", WRITER, f"draft{self.made}", "worry", 1, {}, yellow, "B3", "trio", (), "follow_up",
            now, now, opened_at=now, answered_at=now, owner_id=OWNER,
        )  # fmt: skip
        self._as(WRITER, lambda uow: uow.cases.add(case))
        seats = [WRITER, OWNER, *([GUEST] if self.here else [])]
        starts = Wall(self.last_day + timedelta(days=60), time(10))

        def call(uow: Any) -> str:
            places = tuple(meetings.seat_for(self.world, uow, "skov", one) for one in seats)
            wanted = Booking("network", "skov", starts, 45, places, case_id=known.id)
            room, problems = meetings.book(self.world, uow, uow.people.get(LEADER), wanted, now)
            assert room is not None, problems
            return room.meeting.id

        known.meeting = self._as(LEADER, call)
        first = (
            acts.PutNeed(Need("n", "En at være sammen med")),
            acts.PutGoal(Goal("g", "n", "Er med i en leg")),
            acts.PutSign("g", Sign("s", "child", "Spørger selv")),
        )
        assert self._in_case(WRITER, known.id, plans.make)
        assert self._in_case(WRITER, known.id, lambda room: plans.do(room, first))
        self.cases.append(known)

    # --- the case itself ---

    def _follow_up(self, case: Known) -> None:
        day = self._day()
        what = FollowUp(5, "Det går fremad.", day)
        done = self._as(OWNER, lambda uow: self._acted(uow, OWNER, case.id, what))
        if not done or day == case.follow_up:
            return
        case.follow_up = day
        self._promise_follow_up(case, day)

    def _acted(self, uow: Any, who: str, case_id: str, what: FollowUp | Close) -> bool:
        done = team.act(self.world.handbook, uow, uow.people.get(who), case_id, what, self.clock.at)
        return not done.problems

    def _promise_follow_up(self, case: Known, day: date) -> None:
        due = self.ledger.morning(day)
        late = self.ledger.week_after(due)
        leader, asks = self.ledger.later(late, 1, NINE), ("follow_up", case.id, str(day))
        for template, person, at in (
            ("followup_due", OWNER, due), ("followup_missed", OWNER, late), ("followup_missed", LEADER, leader),
        ):  # fmt: skip
            self.ledger.promise((template, case.id, str(day), person), Due(template, person, case.id, at, asks))

    def _close(self, case: Known) -> None:
        if self.chance.random() < 0.3 and self._as(
            OWNER, lambda uow: self._acted(uow, OWNER, case.id, Close("Det går godt nu."))
        ):
            case.closed = True

    # --- the plan ---

    def _plan(self, case: Known, who: str, act: acts.Act) -> bool:
        return self._in_case(who, case.id, lambda room: plans.do(room, (act,)))

    def _look_again(self, case: Known) -> None:
        day = self._day()
        if day != case.plan_day and self._plan(case, WRITER, acts.LookAgain(day)):
            self._changed(case, replace(case, plan_day=day))

    def _score(self, case: Known) -> None:
        held = case.plan_day is not None and case.plan_day <= self._today
        if self._plan(case, WRITER, acts.ScoreIt("s", Score(self._today, 5))) and held:
            case.plan_day = None

    def _effort(self, case: Known) -> None:
        self.made += 1
        name, by, day = f"e{self.made}", self.chance.choice(("LAER", "PSY")), self._day(3)
        effort = Effort(name, "n", "Leger i lille gruppe", by, self._today, day)
        if self._plan(case, WRITER, acts.PutEffort(effort)):
            self._changed(case, replace(case, ends={**case.ends, name: day}, by={**case.by, name: by}))

    def _effort_moves(self, case: Known) -> None:
        if not case.ends:
            return
        name, day = self.chance.choice(sorted(case.ends)), self._day(3)
        if self.chance.random() < 0.6:
            if self._plan(case, WRITER, acts.DoneIt(name, self._today)):
                del case.ends[name]
            return
        effort = Effort(name, "n", "Leger i lille gruppe", "LAER", self._today, day)
        if self._plan(case, WRITER, acts.PutEffort(effort)):
            self._changed(case, replace(case, ends={**case.ends, name: day}, by={**case.by, name: "LAER"}))

    def _offer(self, case: Known) -> None:
        who = self.chance.choice([one for one in PEOPLE if one != LEADER])
        if who not in (case.keeper, case.offered) and self._plan(case, LEADER, acts.Offer(who)):
            case.offered = who
            self.made += 1
            asks, again = ("asked", case.id, who), self.ledger.later(self.clock.at, 2)
            for number, at in enumerate((self.clock.at, again), 1):
                due = Due("keeper_asked", who, f"{case.id}:{number}", at, asks)
                self.ledger.promise(("keeper_asked", str(self.made), str(number)), due)

    def _answer(self, case: Known) -> None:
        who, yes = case.offered, self.chance.random() < 0.6
        if who is None or not self._plan(case, who, acts.Accept(who) if yes else acts.Decline(who)):
            return
        self._changed(case, replace(case, keeper=who if yes else case.keeper, offered=None))

    def _plan_ends(self, case: Known) -> None:
        act = acts.CloseIt("Vi lærte at begynde småt.") if case.open else acts.OpenAgain()
        if not self._plan(case, WRITER, act):
            return
        if case.open:
            case.open, case.plan_day = False, None
        else:
            self._changed(case, replace(case, open=True))

    def _changed(self, case: Known, after: Known) -> None:
        """Take what is known of a plan from there, and promise what follows from it."""
        hands, who, now = case.keeper != after.keeper, after.keeper or OWNER, self.clock.at
        if after.open and after.plan_day is not None and (hands or case.plan_day != after.plan_day):
            self._promise_plan_day(after, after.plan_day, who)
        for effort, end in after.ends.items() if after.open else ():
            if hands or case.ends.get(effort) != end:
                self._promise_effort(case.id, effort, end, who)
        if after.needs_keeper and not case.needs_keeper:
            self.made += 1
            due = Due("keeper_needed", who, case.id, self.ledger.later(now, 1), ("needed", case.id))
            self.ledger.promise(("keeper_needed", str(self.made)), due)
        case.__dict__.update(after.__dict__)

    def _promise_effort(self, case_id: str, effort: str, end: date, who: str) -> None:
        first = self.ledger.morning(end + timedelta(days=1), self.clock.at)
        asks = ("effort", case_id, effort, str(end), who)
        for number, at in enumerate((first, self.ledger.week_after(first))):
            due = Due("plan_effort", who, f"{case_id}:{effort}", at, asks)
            self.ledger.promise(("plan_effort", str(number), *asks), due)

    def _promise_plan_day(self, case: Known, day: date, who: str) -> None:
        due = self.ledger.morning(day, self.clock.at)
        late = self.ledger.week_after(due)
        asks, missed = ("plan_day", case.id, str(day), who), ("plan_missed", case.id, str(day))
        self.ledger.promise(("plan_followup", *asks), Due("plan_followup", who, case.id, due, asks))
        for person, at in ((who, late), (LEADER, self.ledger.later(late, 1, NINE))):
            self.ledger.promise((*missed, person), Due("plan_missed", person, case.id, at, missed))

    # --- consents ---

    def _consent(self, case: Known) -> None:
        until = self._day(16, 90)
        if until in case.yes.values() or not CALENDAR.hours(until, school=False):
            return
        scope = Scope(("psychologist",), ("wellbeing",), "Et møde om skoledagen", until)
        asked = self._in_case(WRITER, case.id, lambda room: consenting.ask(room, Asking(scope, "u15", "one")))
        assert asked, "consent"
        filed = self.raw.run(lambda uow: uow.filings.of_case(case.id, "consent"))
        new = next(one.id for one in filed if one.state == "asked")
        word = Word("holder_1", "yes", "written", self._today, WRITER)
        if self._in_case(WRITER, case.id, lambda room: consenting.act(room, new, Record(word))):
            case.yes[new] = until
            for days in (14, 0):
                at = self.ledger.morning(until - timedelta(days=days), self.clock.at)
                for who in (WRITER, OWNER):
                    due = Due("consent_ends", who, f"{case.id}:{new}", at, ("consent", case.id, str(until)))
                    self.ledger.promise(("consent_ends", new, str(days), who), due)

    def _take_back(self, case: Known) -> None:
        if not case.yes or self.chance.random() < 0.5:
            return
        name = self.chance.choice(sorted(case.yes))
        what = Withdraw("holder_1", self._today, "somebody")
        if self._in_case(WRITER, case.id, lambda room: consenting.act(room, name, what)):
            del case.yes[name]

    # --- what is agreed at a meeting ---

    def _at_meeting(self, who: str, case: Known, deed: Callable[[Any], Any]) -> bool:
        def work(uow: Any) -> bool:
            room = meetings.enter(self.world, uow, uow.people.get(who), case.meeting, self.clock.at)
            return room is not None and not deed(room)

        return bool(self._as(who, work))

    def _agree(self, case: Known) -> None:
        meeting = self.raw.run(lambda uow: uow.meetings.get(case.meeting))
        holder, by = self.chance.choice((WRITER, OWNER, GUEST, None)), self._day(0)
        holder = holder if holder is None or self._sits(meeting, holder) else WRITER
        seat = meeting.seat_of(holder).id if holder is not None else ""
        new = Agreement("Spiser frokost med ham", "Lærer", by, seat=seat)
        if self._at_meeting(LEADER, case, lambda room: agreed.agree(room, new)):
            name = agreements.of(self.raw.run(lambda uow: uow.meetings.get(case.meeting)))[-1].id
            known = Agreed(case.meeting, name, holder)
            case.agreed.append(known)
            self._promise_agreed(case, known, by)

    def _promise_agreed(self, case: Known, one: Agreed, by: date, who: str = LEADER) -> None:
        minder = self._minder(case, one.holder, who)
        nine = datetime.combine(by, NINE, CPH)
        due, late = CALENDAR.earlier(nine), self.ledger.school_morning(nine + timedelta(days=1))
        missed = self.ledger.week_after(late, school=True)
        if one.holder is not None and due > self.clock.at:
            self._promise_one(one, "agreement_due", one.holder, due, late)
        self._promise_one(one, "agreement_late" if one.holder else "agreement_missed", one.holder or minder, late)
        self._promise_one(one, "agreement_missed", minder, missed)

    def _minder(self, case: Known, holder: str | None, who: str = LEADER) -> str:
        """Who keeps the threads, as far as whoever acts knows of the plan; else who leads; never the one who has it."""
        keeper = case.keeper if case.open and who != GUEST else None
        return next(one for one in (keeper, LEADER) if one is not None and one != holder)

    def _promise_one(self, one: Agreed, template: str, to: str, at: datetime, until: datetime | None = None) -> None:
        state = "help" if template == "agreement_help" else "open"
        asks: Standing = ("agreed", one.meeting, one.id, str(one.turn), state)
        if template == "agreement_left":
            asks = ("left", *asks[1:4], GUEST)
        elif to == GUEST:
            asks = ("held", *asks[1:], GUEST)
        due = Due(template, to, f"{one.meeting}:{one.id}", at, asks, until)
        # Of one who has left it is told once a month; everything else once for each time.
        once = f"{self._today:%Y-%m}" if template == "agreement_left" else str(at)
        self.ledger.promise((template, once, to, *asks), due)

    def _agreement(self, case: Known) -> None:
        """The one who has it says how it goes; the leader says it for those without an account."""
        live = [one for one in case.agreed if one.state != "done"]
        if not live:
            return
        one, by = self.chance.choice(live), self._day(0)
        who = one.holder or LEADER
        who = LEADER if who == GUEST and not self.here else who
        what = self.chance.choice((Done(), MoveTo(by), AskHelp("Jeg mangler tid")))
        helper = [person for person in (self._minder(case, one.holder, who), LEADER) if person not in (who, one.holder)]
        if not self._at_meeting(who, case, lambda room: agreed.act(room, one.id, what)):
            return
        if isinstance(what, Done):
            one.state = "done"
        elif isinstance(what, MoveTo):
            one.turn, one.state = one.turn + 1, "open"
            self._promise_agreed(case, one, by, who)
        else:
            one.state = "help"
            for at in (self.clock.at, self.ledger.later(self.clock.at, 2, school=True)):
                self._promise_one(one, "agreement_help", helper[0], at)

    def _hand(self, case: Known) -> None:
        """The leader gives an agreement to somebody else who was there."""
        live = [one for one in case.agreed if one.state != "done"]
        if not live:
            return
        one, by = self.chance.choice(live), self._day(0)
        meeting = self.raw.run(lambda uow: uow.meetings.get(case.meeting))
        to = self.chance.choice([who for who in PEOPLE_THERE if who != one.holder and self._sits(meeting, who)])
        seat = meeting.seat_of(to)
        what = HandTo(seat.id, "En anden", by, "Det passer bedre nu")
        if self._at_meeting(LEADER, case, lambda room: agreed.act(room, one.id, what)):
            one.turn, one.state, one.holder = one.turn + 1, "open", to
            self._promise_one(one, "agreement_given", to, self.clock.at)
            self._promise_agreed(case, one, by)

    def _sits(self, meeting: Meeting, who: str) -> bool:
        return meeting.seat_of(who) is not None and (who != GUEST or self.here)

    def _leaves(self, case: Known) -> None:
        """The guest is deactivated, and the worker looks; or comes back. It touches every case."""
        self.here = not self.here
        guest = self.raw.run(lambda uow: uow.people.get(GUEST))
        self.store.run(OPERATOR, lambda uow: uow.people.save(replace(guest, active=self.here)))
        self.store.run(WORKER, lambda uow: look_for_holders(self.world.handbook, uow, self.clock.at))
        for one_case in () if self.here else self.cases:
            for one in one_case.agreed:
                if one.holder == GUEST and one.state != "done" and not one_case.closed:
                    self._promise_one(one, "agreement_left", self._minder(one_case, GUEST), self.clock.at)
