"""The weekly meeting as it is held: built from the inbox, one case at a time, and nothing that is done can be lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.app.cases import team
from bot.app.drafts import sending
from bot.app.drafts.sending import Worry
from bot.app.meetings import agenda
from bot.app.meetings import deeds as meetings
from bot.app.meetings.agenda import AgendaPage, Now
from bot.app.meetings.deeds import Gathering
from dialogs.access import Actor
from dialogs.cases.acts import Act, Ask, Decide, Plan
from dialogs.cases.model import Colour, Light
from dialogs.drafts import emptied
from dialogs.meetings.moves import CloseIt
from dialogs.types import Draft
from dialogs.workdays import COPENHAGEN
from tests.app.kit import YELLOW
from tests.app.test_meetings import LEADER, PSYCHOLOGIST, SOCIAL, TEACHER
from tests.app.test_weekly import Week

BEGINS = datetime(2026, 11, 25, 12, 30, tzinfo=COPENHAGEN)
ANSWER = "Tak. Nadia kommer ud og ser klassen."


class Room(Week):
    """A team around its table on a Wednesday, with worries in its inbox."""

    def __init__(self) -> None:
        super().__init__()
        self.meeting = self.next()

    def send(self, name: str, colour: Light = "yellow", days: int = 2, **changes: Any) -> str:
        """A worry that was sent so many days ago."""
        at = self.house.clock.now() - timedelta(days=days)
        answers = {key: value for key, value in YELLOW.items() if key not in changes.get("without", ())}
        draft = Draft(
            f"kladde-{name}", "worry", 1, "", TEACHER, f"{name}-Måge", at, at + timedelta(days=30), answers=answers
        )
        draft = replace(draft, status="submitted")
        light = Colour(colour, colour, flow=changes.get("flow"), child=colour)

        class Ids:
            def new(self) -> str:
                return name.lower()

        def work(uow: Any) -> None:
            uow.drafts.add(emptied(draft))
            worry = Worry(band="B3", colour=light, excluded_people=changes.get("excluded", ()))
            sending.send(uow, uow.people.get(TEACHER), draft, worry, at, Ids(), self.house.app.world.workdays)

        self.house.app.store.run(Actor(TEACHER, "web", 2, "two"), work)
        return name.lower()

    def at_meeting(self) -> None:
        self.house.clock.at = BEGINS

    def look(self, who: str, what: Callable[[Gathering], Any]) -> Any:
        def work(uow: Any) -> Any:
            me = uow.people.get(who)
            room = meetings.enter(self.house.app.world, uow, me, self.meeting.id, self.house.clock.now())
            return what(room) if room is not None else None

        return self.house.acting(who, work)

    def page(self, who: str = LEADER) -> AgendaPage:
        return self.look(who, agenda.page)

    def screen(self, who: str = LEADER) -> Now:
        return self.look(who, agenda.now)

    def begin(self, who: str = LEADER) -> None:
        self.at_meeting()
        assert self.look(who, agenda.begin) == ()

    def codes(self, who: str = LEADER) -> list[str]:
        return [row.row.code for row in self.page(who).points]

    def decides(self, case_id: str, who: str = LEADER, **changes: Any) -> list[str]:
        values: dict[str, Any] = {
            "outcome": "local_effort", "owner_id": PSYCHOLOGIST, "reason": "Det kan løses her.", "words": ANSWER,
            "follow_up": date(2026, 12, 16),
        } | changes  # fmt: skip
        return self.does(case_id, Decide(**values), who)

    def does(self, case_id: str, what: Act, who: str = LEADER) -> list[str]:
        return [one.code for one in self.look(who, lambda room: agenda.do(room, case_id, what))]

    def case(self, case_id: str) -> Any:
        return self.house.run(lambda uow: uow.cases.get(case_id))


@pytest.fixture
def room() -> Room:
    return Room()


def test_the_agenda_is_the_inbox_the_gravest_and_longest_first_and_fits_the_hour(room: Room) -> None:
    room.send("AAAA", "green", 9)
    room.send("BBBB", "yellow", 1)
    room.send("CCCC", "yellow", 5)
    assert room.codes() == ["CCCC-Måge", "BBBB-Måge", "AAAA-Måge"]
    page = room.page()
    assert [row.row.waiting_days for row in page.points] == [5, 1, 9]
    assert page.minutes <= page.slot == 60


def test_what_there_is_no_time_for_is_named(room: Room) -> None:
    for number in range(14):
        room.send(f"AAA{number:X}", days=number)
    page = room.page()
    assert len(page.points) + len(page.left_over) == 14
    assert len(page.left_over) == 3


def test_it_says_what_is_missing_and_never_who_has_written(room: Room) -> None:
    room.send("AAAA", without=("q10_styrker",))
    room.send("BBBB", without=("q10_styrker", "q14_samtykke"))
    for moved_on in (lambda: None, room.begin, lambda: room.look(LEADER, lambda one: meetings.act(one, CloseIt()))):
        moved_on()
        assert [len(row.missing) for row in room.page().points] == [1, 1]
        assert "Maja" not in str(room.page()), "the list is read on the screen in the room"


def test_red_and_what_never_goes_through_the_team_first_are_not_on_it(room: Room) -> None:
    room.send("AAAA", "red")
    room.send("BBBB", "red", flow="violence")
    room.send("CCCC")
    assert room.codes() == ["CCCC-Måge"]


def test_a_case_that_is_led_around_the_chair_is_taken_by_another_one(room: Room) -> None:
    around, other = room.send("AAAA", excluded=(LEADER,)), room.send("BBBB")
    assert (room.codes(LEADER), room.codes(SOCIAL)) == (["BBBB-Måge"], ["AAAA-Måge", "BBBB-Måge"])
    room.begin(LEADER)
    assert room.does(around, Ask("Hvordan går det?"), LEADER) == ["not_found"]
    assert room.decides(other) == []
    assert room.screen(LEADER).case is None
    seen = room.screen(SOCIAL)
    assert seen.case is not None
    assert seen.case.case_id == around
    assert room.decides(around, SOCIAL, owner_id=SOCIAL) == []
    assert "AAAA" not in str(room.page(LEADER))


def test_a_decision_is_the_cases_own_and_the_next_one_stands_there(room: Room) -> None:
    first, second = room.send("AAAA", days=5), room.send("BBBB", days=2)
    room.begin()
    screen = room.screen()
    assert screen.case is not None
    assert (screen.case.case_id, screen.number, screen.of) == (first, 1, 2)
    assert [act.name for act in screen.case.acts][:1] == ["decide"]
    assert room.decides(first) == []
    after = room.screen()
    assert after.case is not None
    assert (after.case.case_id, after.number) == (second, 2)
    case = room.case(first)
    assert (case.state, case.owner_id, case.follow_up) == ("local_effort", PSYCHOLOGIST, date(2026, 12, 16))
    told = [wish.template for wish in room.house.wishes() if wish.case_id == first and wish.recipient == TEACHER]
    assert told.count("writer_decided") == 1
    assert "writer_planned" not in told  # the answer itself says more


def test_a_refused_decision_writes_nothing_and_the_case_stays_in_front(room: Room) -> None:
    first = room.send("AAAA")
    room.begin()
    before = room.case(first)
    assert room.decides(first, words="") == ["words_missing"]
    assert room.decides(first, owner_id="") == ["owner_missing"]
    assert (room.case(first).state, room.case(first).planned_for) == (before.state, None)
    screen = room.screen()
    assert screen.case is not None
    assert screen.case.case_id == first


def test_lejre_what_comes_later_loses_nothing_of_what_is_closed(room: Room) -> None:
    """The minutes of one child are closed before the next one's begin, and no document holds two children."""
    first, second, third = (room.send(name, days=days) for name, days in (("AAAA", 9), ("BBBB", 5), ("CCCC", 2)))
    room.begin()
    assert room.decides(first) == []

    def dies(room_: Gathering) -> None:
        agenda.do(room_, second, Ask("Hvad siger hun selv?"))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        room.look(LEADER, dies)
    assert (room.case(first).state, room.case(second).state) == ("local_effort", "sent")
    screen = room.screen()  # after a restart, or on another machine
    assert screen.case is not None
    assert (screen.case.case_id, screen.number) == (second, 2)
    assert room.look(LEADER, lambda one: meetings.act(one, CloseIt())) == ()
    states = {row.row.code[:4]: row.state for row in room.page().points}
    assert states == {"AAAA": "done", "BBBB": "left", "CCCC": "left"}
    assert room.case(third).state == "sent"
    stored = room.now(room.meeting)
    assert ANSWER not in str(stored)
    assert [point.case_id for point in stored.points] == [first, second, third]


def test_what_was_not_reached_comes_again_on_the_next_agenda(room: Room) -> None:
    room.send("AAAA")
    room.begin()
    assert room.look(LEADER, lambda one: agenda.leave(one, "aaaa")) == ()
    assert room.does("aaaa", Ask("Nu?")) == ["point_done"]
    room.look(LEADER, lambda one: meetings.act(one, CloseIt()))
    room.house.wait(days=1)
    room.meeting = room.next()
    assert room.codes() == ["AAAA-Måge"]


def says_to_the_writer(room: Room, case_id: str) -> str:
    world, now = room.house.app.world, room.house.clock.now()
    shown = room.house.acting(
        TEACHER, lambda uow: team.my_case(world.handbook, uow, uow.people.get(TEACHER), case_id, now)
    )
    return " ".join([shown.status.text, *(line.text for line in shown.timeline)])


def test_what_is_put_off_is_told_as_put_off_with_the_new_day(room: Room) -> None:
    left, talked, unreached = (room.send(name, days=days) for name, days in (("AAAA", 9), ("BBBB", 5), ("CCCC", 2)))
    room.begin()
    assert room.look(LEADER, lambda one: agenda.leave(one, left)) == ()
    assert room.decides(talked) == []
    assert room.look(LEADER, agenda.end) == ()
    page = room.page()
    assert (page.number("done"), page.number("left")) == (1, 2)
    assert page.told is not None and page.told.cases == 1, "only what was talked about is counted"
    for case_id in (left, unreached):
        said = says_to_the_writer(room, case_id)
        assert "De nåede den ikke på mødet. Nu tager de den onsdag den 2. december." in said
        assert "talt om" not in said
    came = {row.row.case_id: row.came_of_it for row in page.points}
    assert came[left] == "Tages op onsdag den 2. december."
    assert came[talked].endswith("har ansvaret. I ser på det igen onsdag den 16. december.")


def test_a_case_that_waits_for_its_writer_goes_on_waiting_when_it_is_put_off(room: Room) -> None:
    case_id = room.send("AAAA")
    room.begin()
    assert room.house.team_does(LEADER, case_id, Ask("Hvad siger hun selv?")).problems == ()
    assert room.look(LEADER, lambda one: agenda.leave(one, case_id)) == ()
    assert room.case(case_id).state == "waiting"


def test_the_case_that_waits_for_her_answer_stands_first_of_hers(room: Room) -> None:
    asked, planned = room.send("AAAA", days=9), room.send("BBBB", days=2)
    assert room.house.team_does(LEADER, asked, Ask("Hvad siger hun selv?")).problems == ()
    room.house.wait(hours=1)
    assert room.house.team_does(LEADER, planned, Plan(date(2026, 11, 25))).problems == ()
    world, now = room.house.app.world, room.house.clock.now()
    mine = room.house.acting(TEACHER, lambda uow: team.my_cases(world.handbook, uow, uow.people.get(TEACHER), now))
    assert [row.case_id for row in mine] == [asked, planned]


def test_a_meeting_that_is_days_away_says_so_and_on_its_day_it_does_not(room: Room) -> None:
    assert room.page().early == "onsdag den 25. november"
    room.at_meeting()
    assert room.page().early == ""


def test_whether_the_writers_hear_within_one_working_day_is_counted(room: Room) -> None:
    for name in ("AAAA", "BBBB", "CCCC"):
        room.send(name)
    room.begin()
    assert room.decides("aaaa") == []
    assert room.does("bbbb", Ask("Hvad siger hun selv?")) == []
    room.look(LEADER, lambda one: meetings.act(one, CloseIt()))
    told = room.page().told
    assert told is not None
    assert (told.in_time, told.late, told.waiting, told.cases) == (2, 0, (), 2)
    assert f"{told.by.astimezone(COPENHAGEN):%a %d %H:%M}" == "Thu 26 13:30"


def test_only_the_team_runs_it(room: Room) -> None:
    room.send("AAAA")
    room.at_meeting()
    assert room.look(TEACHER, agenda.begin) is None
    assert room.look(SOCIAL, agenda.begin) == ()
    assert room.look(SOCIAL, agenda.begin)[0].code == "meeting_held"


def test_the_screen_in_the_room_tells_no_more_than_each_of_the_team_may_know() -> None:
    """The leader knows who wrote, PPR and the social worker do not: on a screen they all look at, nobody does."""
    room = Room()
    room.send("stille", without=("q14_samtykke",))
    room.begin()
    alone = room.house.acting(
        LEADER,
        lambda uow: team.case_page(
            room.house.app.world.handbook, uow, uow.people.get(LEADER), "stille", room.house.clock.now()
        ),
    )
    assert alone.writer != "læreren"
    shown = room.screen().case
    assert shown is not None
    assert shown.writer == "læreren"
    assert room.screen().untouched


@pytest.mark.parametrize("day", [date(2026, 12, 5), date(2026, 12, 24)])
def test_nobody_looks_again_on_a_day_when_nobody_is_there(room: Room, day: date) -> None:
    case_id = room.send("AAAA")
    room.begin()
    assert room.decides(case_id, follow_up=day) == ["follow_up_closed"]
    assert room.case(case_id).state == "sent", "nothing of a refused decision is written"
    assert room.decides(case_id, follow_up=date(2026, 12, 7)) == []
