"""A month in numbers: for the leader of the school alone, withheld where it is made, and the same by the command."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app
from dialogs.access import OPERATOR, WORKER, Actor
from dialogs.cases.digest import last_month
from tests.bare import bare
from tests.web.demo_house import LEADER, OTHER_TEACHER, PSYCHOLOGIST, QUIET, TEACHER, Guest, demo_house

SCHOOL = "laerkeskolen"


@pytest.fixture
async def leader() -> Guest:
    """The leader of a school that had seven yellow worries and two red ones in the month before."""
    house = demo_house()
    now = house.clock.now()
    month = last_month(house.handbook.today(now))
    sent = datetime.combine(month, datetime.min.time(), house.workdays.zone) + timedelta(days=4, hours=10)

    def fill(uow: Any) -> None:
        one = uow.cases.get(QUIET)
        for number in range(9):
            light = "yellow" if number < 7 else "red"
            draft = uow.drafts.get(one.draft_id)
            uow.drafts.add(replace(draft, id=f"k{number}"))
            uow.cases.add(
                replace(
                    one, id=f"s{number}", code=f"S{number}XY-Eng", draft_id=f"k{number}", sent_at=sent, stored_at=sent,
                    opened_at=sent + timedelta(days=number % 3), answered_at=None,
                    colour=replace(one.colour, now=light),
                )
            )  # fmt: skip

    bare(house).run(fill)
    return await Guest(house=house).become(LEADER)


async def test_the_leader_sees_the_month_with_the_small_numbers_withheld(leader: Guest) -> None:
    page = await leader.get("/team/tal")
    assert page.status == 200
    assert "I alt 9" in page.words
    assert "Rød skjult" in page.words
    assert "Gul skjult" in page.words, "the total less the yellow would be the red"
    assert "halvdelen var åbnet 1" in page.words
    assert "halvdelen havde fået svar skjult" in page.words


async def test_nobody_else_sees_it_and_every_look_is_logged(leader: Guest) -> None:
    await leader.get("/team/tal")
    for who in (TEACHER, PSYCHOLOGIST, OTHER_TEACHER):
        guest = await Guest(house=leader.house).become(who)
        assert (await guest.get(f"/team/tal?skole={SCHOOL}")).status == 404
    assert (await leader.get("/team/tal?skole=fjordskolen")).status == 404
    since = leader.house.clock.now() - timedelta(days=1)
    lines = bare(leader.house).run(lambda uow: list(uow.audit.since(since, ["digest.read"])))
    assert [(line.actor, line.outcome) for line in lines if line.outcome == "allow"] == [(LEADER, "allow")]
    assert len([line for line in lines if line.outcome == "deny"]) == 4
    assert not [line for line in lines if line.case_id]


@pytest.mark.parametrize("month", ["2020-01", "9999-12", "nu", ""])
async def test_a_month_that_goes_on_or_never_was_is_not_found(leader: Guest, month: str) -> None:
    now = f"{leader.house.handbook.today(leader.house.clock.now()):%Y-%m}"
    assert (await leader.get(f"/team/tal?maaned={month or now}")).status == 404


async def test_one_factor_the_worker_and_a_running_month_get_nothing(leader: Guest) -> None:
    house = leader.house
    month = last_month(house.handbook.today(house.clock.now()))
    seen = [
        house.store.run(actor, lambda uow: uow.figures.of(SCHOOL, month))
        for actor in (Actor(LEADER, "web", 2, "one"), Actor(LEADER, "web", 2, "two"), WORKER, OPERATOR)
    ]
    assert [found is not None for found in seen] == [False, True, False, True]
    running = house.handbook.today(house.clock.now()).replace(day=1)
    assert house.store.run(OPERATOR, lambda uow: uow.figures.of(SCHOOL, running)) is None


def test_the_command_tells_the_same_as_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'tal.db'}")
    monkeypatch.setenv("SECRET_KEY", "a secret of the tests, long enough")
    run = CliRunner().invoke
    assert run(app, ["migrate"]).exit_code == 0
    assert run(app, ["invite", "--role", "leader", "--school", "Havskolen"]).exit_code == 0
    told = run(app, ["digest", "--json"])
    assert told.exit_code == 0, told.output
    (school,) = json.loads(told.stdout)["schools"]
    assert school["worries"] == {"green": None, "none": None, "yellow": None, "red": None, "total": None}
    wrong = run(app, ["digest", "--month", "i dag"])
    assert (wrong.exit_code, "--month" in wrong.output) == (2, True)
    assert "withheld" in run(app, ["digest"]).stdout
