"""The plan in the chat: mine only, one sign at a time, and nothing of it where the channel may not carry it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from bot.app.cases import filing
from bot.app.entry import secure
from bot.app.notices import comingup
from bot.app.notices.wanted import not_wanted
from bot.app.plans import deeds as plans
from bot.app.plans import watch as planwatch
from bot.app.turns.incoming import Pressed
from dialogs.access import DOOR, WORKER
from dialogs.cases.model import Case, Colour
from dialogs.plans import acts
from dialogs.plans.acts import Act
from dialogs.plans.model import Goal, Need, Sign
from tests.app.kit import Chat, House

WRITER, LEADER, PSYCHOLOGIST, STRANGER = "laerke-laerer", "laerke-leder", "laerke-psykolog", "fjord-laerer"
CASE, CODE = "sag1", "K7RT-Måge"
SIGNS = ("Går selv ind", "En venter på barnet")
PLAN: tuple[Act, ...] = (
    acts.PutNeed(Need("b1", "En god morgen")),
    acts.PutGoal(Goal("m1", "b1", "Er der kl. 8")),
    acts.PutSign("m1", Sign("t1", "child", SIGNS[0])),
    acts.PutSign("m1", Sign("t2", "peers", SIGNS[1])),
)


@pytest.fixture
def house() -> House:
    home = House()
    now = home.clock.now()
    colour = Colour("yellow", "yellow")
    case = Case(
        CASE, CODE, "laerkeskolen", WRITER, "k1", "worry", 1, {}, colour, "B3", "trio", (), "local_effort", now, now,
        opened_at=now,
    )  # fmt: skip
    home.acting(WRITER, lambda uow: uow.cases.add(case))
    does(home, WRITER, *PLAN)
    return home


def does(house: House, who: str, *wanted: Act) -> str:
    """Do it in the plan, which is made when there is none: "" or the code of the refusal."""

    def work(uow: Any) -> str:
        room = filing.enter(house.app.world, uow, uow.people.get(who), CASE, house.clock.now())
        assert room is not None
        problems = () if plans.stored(uow, CASE) is not None else plans.make(room)
        problems = problems or plans.do(room, wanted)
        return problems[0].code if problems else ""

    return house.acting(who, work)


def scores(house: House) -> dict[str, list[int]]:
    plan = house.acting(WRITER, lambda uow: uow.cases.get(CASE) and plans.stored(uow, CASE))
    return {sign.id: [score.value for score in sign.scores] for sign in plan.signs()}


def test_each_sign_is_asked_about_and_gets_its_number_by_press_or_by_word(house: House) -> None:
    chat = Chat(house, WRITER)
    assert CODE in chat.commands("plan")
    chat.presses(CODE)
    assert SIGNS[0] in chat.text
    chat.presses("7")
    assert "Gemt: 7 af 10" in chat.text
    assert SIGNS[1] in chat.text
    chat.says("3")
    assert "alle tegn" in chat.text
    assert scores(house) == {"t1": [7], "t2": [3]}


def test_a_sign_that_nobody_has_looked_for_is_passed_and_another_day_asked_again(house: House) -> None:
    chat = Chat(house, WRITER)
    chat.commands("plan")
    chat.presses(CODE)
    chat.presses("Ingen har set efter")
    assert SIGNS[1] in chat.text
    chat.presses("4")
    assert scores(house) == {"t1": [], "t2": [4]}
    house.wait(days=7)
    chat.commands("plan")
    chat.presses(CODE)
    assert SIGNS[0] in chat.text


def test_an_old_press_gives_no_number_twice_and_a_number_elsewhere_is_a_word(house: House) -> None:
    chat = Chat(house, WRITER)
    chat.commands("plan")
    chat.presses(CODE)
    seven = chat.find("7")
    chat.presses("7")
    chat.presses_old(seven)
    assert scores(house) == {"t1": [7], "t2": []}
    chat.commands("menu")
    chat.says("5")
    assert scores(house) == {"t1": [7], "t2": []}


def test_only_those_who_work_with_the_case_have_the_plan(house: House) -> None:
    assert CODE in Chat(house, PSYCHOLOGIST).commands("plan")
    assert "ikke med i nogen plan" in Chat(house, STRANGER).commands("plan")


def test_the_list_reads_no_case_so_that_the_log_says_who_has_looked(house: House) -> None:
    def reads() -> int:
        return len(house.run(lambda uow: [line for line in uow.audit.about(CASE) if line.action == "case.read"]))

    before = reads()
    chat = Chat(house, LEADER)
    chat.commands("plan")
    assert reads() == before
    chat.presses(CODE)
    assert reads() == before + 1


def test_below_class_2_there_is_the_way_to_the_page_and_not_a_word(house: House) -> None:
    chat = Chat(house, WRITER, channel="telegram", ceiling=1)
    assert CODE in chat.commands("plan")
    chat.presses(CODE)
    assert "kan ikke stå i Telegram" in chat.text
    chat.presses("Læs")
    assert chat.find("Åbn").act == "go:link:p-sag1"
    assert not [sign for sign in SIGNS if sign in chat.text]


def test_the_link_leads_its_own_person_to_the_plan_once(house: House) -> None:
    world, now = house.app.world, house.clock.now()

    def use(uow: Any) -> list[Any]:
        writer = uow.people.get(WRITER)
        secret = secure.mint(uow, world, writer, f"p-{CASE}", now)
        return [secure.redeem(uow, secret, now) for _ in range(2)]

    first, again = house.app.store.run(DOOR, use)
    assert (first[0].id, first[1].kind, first[1].id, again) == (WRITER, "plan", CASE, None)
    stranger = Chat(house, STRANGER, channel="telegram", ceiling=1)
    stranger.does(Pressed(f"go:secure:p-{CASE}"))
    assert not [press for press in stranger.presses_shown if press.act.startswith("go:link")]


# --- the keeper ---


def test_when_the_keeper_leaves_or_is_away_the_leader_is_asked_to_find_another(house: House) -> None:
    assert does(house, PSYCHOLOGIST, acts.Offer(PSYCHOLOGIST), acts.Accept(PSYCHOLOGIST)) == ""
    chore = partial(planwatch.look_for_keepers, house.app.world.handbook)

    def told(now: datetime) -> list[str]:
        house.app.store.run(WORKER, lambda uow: chore(uow, now))
        return [wish.recipient for wish in house.wishes("keeper_gone")]

    now = house.clock.now()
    house.run(lambda uow: uow.identity.was_here(PSYCHOLOGIST, now))
    assert told(now) == []
    later = now + timedelta(days=15)
    assert told(later) == [LEADER]
    assert told(later + timedelta(hours=2)) == [LEADER]
    (wish,) = house.wishes("keeper_gone")
    assert house.app.store.run(WORKER, lambda uow: not_wanted(uow, wish, later)) is None
    assert does(house, LEADER, acts.Offer(LEADER), acts.Accept(LEADER)) == ""
    assert house.app.store.run(WORKER, lambda uow: not_wanted(uow, wish, later)) == "keeper_found"


def test_a_keeper_whose_account_is_closed_still_stands_there_until_the_next_says_yes(house: House) -> None:
    does(house, PSYCHOLOGIST, acts.Offer(PSYCHOLOGIST), acts.Accept(PSYCHOLOGIST))
    house.change(replace(house.person(PSYCHOLOGIST), active=False))
    chore = partial(planwatch.look_for_keepers, house.app.world.handbook)
    house.app.store.run(WORKER, lambda uow: chore(uow, house.clock.now()))
    assert [wish.recipient for wish in house.wishes("keeper_gone")] == [LEADER]
    assert does(house, WRITER, acts.Offer(WRITER)) == "", "anybody on the case may ask now"
    plan = house.acting(WRITER, lambda uow: uow.cases.get(CASE) and plans.stored(uow, CASE))
    assert (plan.baton.keeper, plan.baton.offered) == (PSYCHOLOGIST, WRITER)


def test_reminders_come_on_working_mornings_and_the_next_keeper_has_them_too(house: House) -> None:
    does(house, WRITER, acts.Offer(WRITER), acts.Accept(WRITER))
    saturday = (house.clock.now() + timedelta(days=12)).date()
    assert saturday.weekday() == 5
    assert does(house, WRITER, acts.LookAgain(saturday)) == "follow_up_closed"
    assert house.wishes("plan_followup") == []
    does(house, WRITER, acts.LookAgain(saturday + timedelta(days=2)))
    first = house.wishes("plan_followup")
    assert {wish.recipient for wish in first} == {WRITER}
    assert {wish.due_at.astimezone(UTC).weekday() for wish in first} == {0}
    does(house, WRITER, acts.Offer(PSYCHOLOGIST))
    does(house, PSYCHOLOGIST, acts.Accept(PSYCHOLOGIST))
    now = house.clock.now()
    reasons = {
        wish.recipient: house.app.store.run(WORKER, lambda uow, wish=wish: not_wanted(uow, wish, now))
        for wish in house.wishes("plan_followup")
    }
    assert reasons == {WRITER: "handed_over", PSYCHOLOGIST: None}


def test_whoever_asked_for_a_keeper_hears_the_answer(house: House) -> None:
    does(house, WRITER, acts.Offer(LEADER))
    does(house, LEADER, acts.Decline(LEADER))
    assert [wish.recipient for wish in house.wishes("keeper_declined")] == [WRITER]
    does(house, WRITER, acts.Offer(PSYCHOLOGIST))
    does(house, PSYCHOLOGIST, acts.Accept(PSYCHOLOGIST))
    assert {wish.recipient for wish in house.wishes("keeper_new")} == {WRITER, LEADER}


def test_a_reminder_of_a_plan_that_has_stopped_itself_is_not_listed_any_more(house: House) -> None:
    def listed(who: str) -> str:
        world, now = house.app.world, house.clock.now()
        found = house.acting(who, lambda uow: comingup.listing(world, uow, uow.people.get(who), now))
        return "\n".join(one.text for one in found)

    does(house, WRITER, acts.Offer(LEADER))
    assert "Vil du være tovholder" in listed(LEADER)
    does(house, LEADER, acts.Decline(LEADER))
    assert "Vil du være tovholder" not in listed(LEADER)
    does(house, WRITER, acts.Offer(WRITER), acts.Accept(WRITER))
    for weeks in (2, 4):
        does(house, WRITER, acts.LookAgain(house.clock.now().date() + timedelta(weeks=weeks)))
    assert "mandag den 21. december" in listed(WRITER)
    assert "mandag den 7. december" not in listed(WRITER), "it was moved"


def test_of_every_third_day_of_a_year_no_reminder_falls_on_a_closed_hour_and_none_before_its_day(house: House) -> None:
    does(house, WRITER, acts.Offer(WRITER), acts.Accept(WRITER))
    today, workdays = house.clock.now().date(), house.app.world.workdays
    days = [today + timedelta(days=ahead) for ahead in range(1, 366, 3)]
    kept = [day for day in days if does(house, WRITER, acts.LookAgain(day)) == ""]
    assert kept == [day for day in days if workdays.opens_on(day)]
    told = house.wishes("plan_followup")
    assert len(told) == len(kept)
    for wish in (*told, *house.wishes("plan_missed")):
        assert workdays.is_open(wish.due_at), wish.due_at
        assert wish.due_at.astimezone(workdays.zone).date().isoformat() >= str(wish.params["date"])
    now = house.clock.now()
    reasons = [house.app.store.run(WORKER, lambda uow, wish=wish: not_wanted(uow, wish, now)) for wish in told]
    assert reasons.count(None) == 1, "only the day that stands now is still of use"
