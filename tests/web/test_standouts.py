"""What the protection officer looks through: a line a person and day, a month that stays, and marks that stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.app.cases.oversight import watch_over
from bot.app.cases.standouts import alarm_rows, month_sample
from bot.bootstrap import House
from bot.ports import Forbidden
from dialogs.access import OPERATOR, WORKER, Actor
from dialogs.audit import Line
from dialogs.people import Membership
from tests.bare import bare
from tests.web.demo_house import LEADER, PSYCHOLOGIST, QUIET, TEACHER, Guest, demo_house

DPO, ADMIN = "solbaek-tilsyn", "solbaek-administrator"
ME = Actor(DPO, "web", 2, "two")


def read(house: House, count: int, ago: timedelta, actor: str = LEADER) -> None:
    """So many readings by the team, some time ago."""
    at = house.clock.now() - ago
    one = Line(at, actor, "leader", "case.read", f"case:{QUIET}", QUIET, "case_work", channel="web")
    lines = [replace(one, at=at + timedelta(minutes=n), case_id=f"{QUIET}{n}" if n else QUIET) for n in range(count)]
    bare(house).run(lambda raw: raw.audit.append(lines))


async def officer(house: House) -> Guest:
    guest = Guest(house=house)
    await guest.become(DPO)
    await guest.get("/tilsyn")
    return guest


def last_month(house: House) -> timedelta:
    """So long ago that it was the middle of last month."""
    now = house.clock.now().astimezone(house.settings.zone)
    return now - (now.replace(day=1) - timedelta(days=12)).replace(hour=12)


async def test_two_reasons_on_one_day_are_one_line_and_one_notice_and_it_is_marked_once() -> None:
    house = demo_house()
    reader = Guest(house=house)
    await reader.become(PSYCHOLOGIST)
    seat = bare(house).run(lambda raw: raw.people.get(PSYCHOLOGIST))
    now = house.clock.now().astimezone(house.settings.zone)
    read(house, 40, now - (now - timedelta(days=1)).replace(hour=21), PSYCHOLOGIST)
    moved = replace(seat, memberships=(Membership("fjordskolen", "psychologist"),))
    house.store.run(OPERATOR, lambda uow: uow.people.save(moved))
    await reader.get(f"/team/sag/{QUIET}")
    chore = watch_over(house.settings.zone)
    house.store.run(WORKER, lambda uow: chore(uow, house.clock.now()))
    told = [row.wish for row in bare(house).run(lambda raw: raw.outbox.listing(["pending"], 999))]
    # In the evening the demo's own people stand out too: their first lines are written now.
    about = [wish for wish in told if wish.template == "dpo_alarm" and PSYCHOLOGIST in wish.dedupe_key]
    shown = [(wish.recipient, str(dict(wish.params))) for wish in about]
    assert shown and len(shown) == len(set(shown)), "the same words twice"
    ida = await officer(house)
    rows = house.store.run(ME, lambda uow: alarm_rows(house.handbook, uow, house.clock.now()))
    hers = [row for row in rows if row.name == seat.name]
    assert ida.page is not None and len({(row.name, row.day) for row in rows}) == len(rows)
    assert len(hers) == 2
    assert "mere end 30 sager på én dag, og har læst om aftenen" in ida.page.words
    assert "lige efter at være gået" in ida.page.words
    key = hers[0].key
    for _ in range(2):
        page = await ida.post("/tilsyn/set", line=key)
        assert page.words.count("Set af Ida") == 1
    marks = bare(house).run(lambda raw: [line for line in raw.audit.lines() if line.action == "audit.mark"])
    assert [(line.actor, line.details) for line in marks] == [(DPO, key)]


async def test_the_sample_of_a_month_that_is_over_stays_the_same_whatever_is_read_since() -> None:
    house = demo_house()
    read(house, 60, last_month(house))

    def drawn() -> list[str]:
        return [
            one.key
            for one in house.store.run(ME, lambda uow: month_sample(house.handbook, uow, house.clock.now())).rows
        ]

    first = drawn()
    assert len(first) == 25
    read(house, 30, timedelta(minutes=40), TEACHER)
    assert drawn() == first
    ida = await officer(house)
    page = await ida.post("/tilsyn/set", line=first[0])
    assert "1 af 25 er set" in page.words and page.words.count("Set af Ida") == 1 and drawn() == first


async def test_a_house_that_is_younger_than_a_month_shows_this_one() -> None:
    house = demo_house()
    read(house, 3, timedelta(seconds=200))
    month = house.store.run(ME, lambda uow: month_sample(house.handbook, uow, house.clock.now()))
    assert month.rows and month.month.endswith(str(house.clock.now().year))


@pytest.mark.parametrize("who", [TEACHER, LEADER, ADMIN])
async def test_nobody_else_marks_and_nothing_but_a_line_that_stands_there(who: str) -> None:
    house = demo_house()
    read(house, 3, last_month(house))
    key = house.store.run(ME, lambda uow: month_sample(house.handbook, uow, house.clock.now())).rows[0].key
    other = Guest(house=house)
    await other.become(who)
    assert (await other.post("/tilsyn/set", line=key)).status == 404
    ida = await officer(house)
    for line in ("sample:999999", "alarm:x", "<b>", ""):
        await ida.post("/tilsyn/set", line=line)
    with pytest.raises(Forbidden):
        house.store.run(ME, lambda uow: uow.reviews.mark("Søren slår"))
    lines = bare(house).run(lambda raw: list(raw.audit.lines()))
    assert not [line for line in lines if line.action == "audit.mark" and line.outcome == "allow"]
