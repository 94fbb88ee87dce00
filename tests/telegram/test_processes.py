"""Real processes: a worry from /start to the team's notice, with the bot stopped and killed on the way."""

from __future__ import annotations

import asyncio
import signal
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app.turns.incoming import Actor, Opened, Said
from dialogs.cases.model import Case
from dialogs.workdays import COPENHAGEN
from storage import SqliteStore, invariants
from tests.botapi.faults import Fault
from tests.clocks import HandClock
from tests.core.form_kit import danish
from tests.keys import KEYS
from tests.telegram.kit import ANE, BIRGIT, MONDAY, new_app
from tests.telegram.play import STORY, YELLOW, Step, ask, opening, play, until
from tests.telegram.processes import Town, town

pytestmark = pytest.mark.process
PATIENCE = 40.0  # the first start imports aiogram, and the machine is shared
TEAM = ("leder", "psykolog", "socialraadgiver")


async def everybody_comes_in(stage: Town) -> None:
    """Ane and the team send their codes; the first answer waits for the process to be up."""
    for chat, role in zip((ANE, BIRGIT, BIRGIT + 1, BIRGIT + 2), ("laerer", *TEAM), strict=True):
        person = stage.person(chat)
        await person.says(f"/start {stage.invite(role)}")
        await person.expects(opening("start.hello"), timeout=PATIENCE)


async def one_answer_on_the_web(stage: Town, text: str) -> None:
    """Ane answers the open question in another process: the web's use case on the same database."""
    clock = HandClock(MONDAY)
    store = SqliteStore(stage.url, keys=KEYS)
    try:
        person = store.run(lambda uow: uow.people.by_chat(ANE))
        assert person is not None
        chat, on_web = new_app(store, clock), Actor(person.id, "web", 2, "two")
        clock.at = store.run(lambda uow: uow.drafts.open_of(person.id))[0].started_at
        shown = await chat.handle(on_web, Opened())
        assert ask("q10_styrker") in shown.cards[-1].text
        await chat.handle(on_web, Said(text))
    finally:
        store.close()


def between(first: str, last: str) -> tuple[Step, ...]:
    """The steps from one question up to another."""
    return until(last)[len(until(first)) :]


async def test_a_worry_survives_stops_and_kills_and_reaches_the_team_by_webhook(tmp_path: Path) -> None:
    async with town(tmp_path, webhook=True) as stage:
        ane, birgit = stage.person(), stage.person(BIRGIT)
        web = stage.start_cold("web")
        await everybody_comes_in(stage)
        await play(stage, until("q05_set"))
        await ane.expects(ask("q05_set"))

        await stage.api.settled()
        assert await stage.end(web) in (0, -signal.SIGTERM)
        await ane.says(STORY)  # Telegram keeps it until there is somebody to take it
        second = stage.start("web")
        await ane.expects(ask("q06_omraader"), timeout=PATIENCE)
        await play(stage, between("q06_omraader", "q09_hvor"))
        await ane.expects(ask("q09_hvor"))
        assert await stage.end(second, signal.SIGKILL) == -signal.SIGKILL
        third = stage.start("web")
        await stage.api.webhook_is_set()
        await play(stage, between("q09_hvor", "q10_styrker"))
        await ane.expects(ask("q10_styrker"))

        await stage.api.settled()
        await one_answer_on_the_web(stage, "Han tegner godt.")
        await ane.says("/fortsaet")
        await play(stage, YELLOW[len(until("q11_barnets_ord")) :])
        receipt = await ane.expects(opening("sent.title"))
        page = await asyncio.to_thread(_get, f"http://127.0.0.1:{stage.port}/metrics")

        worker = stage.start("worker", at=when_people_are_at_work())
        (case,) = _cases(stage)
        notice = await birgit.expects(case.code, timeout=PATIENCE)
        assert case.code in receipt.text
        assert not any(step.text and step.text in notice.text for step in YELLOW)
        assert await stage.end(worker) == 0
        assert await stage.end(third) in (0, -signal.SIGTERM)

        assert case.answers["q05_set"] == STORY
        assert case.answers["q10_styrker"] == "Han tegner godt."
        assert "q09_hvor" in case.answers
        assert invariants(stage.url, case.stored_at, keys=KEYS) == []
        log = stage.log()
        for secret in (STORY[:20], "Han tegner", stage.api.token.partition(":")[2], "Traceback"):
            assert secret not in log, log[-2_000:]
            assert secret not in page


async def test_long_polling_takes_each_update_once_across_stops_and_kills(tmp_path: Path) -> None:
    async with town(tmp_path, webhook=False) as stage:
        ane = stage.person()
        bot = stage.start("telegram")
        await ane.says(f"/start {stage.invite('laerer')}")
        await ane.expects(opening("start.hello"), timeout=PATIENCE)
        await play(stage, until("q05_set"))
        await ane.expects(ask("q05_set"))
        assert await stage.end(bot) == 0

        # Killed before it can tell Telegram that the last update is done: it comes again, and does nothing.
        stage.api.faults.plan(Fault.ERROR_500, "getUpdates", skip=1, times=1_000)
        await ane.says(STORY)
        bot = stage.start("telegram")
        await ane.expects(ask("q06_omraader"), timeout=PATIENCE)
        assert await stage.end(bot, signal.SIGKILL) == -signal.SIGKILL
        waiting = len(stage.api.queue.waiting)
        stage.api.faults.clear()
        bot = stage.start("telegram")
        await stage.api.settled(PATIENCE)
        await play(stage, between("q06_omraader", "q07_hvornaar"))
        await ane.expects(ask("q07_hvornaar"))
        assert await stage.end(bot) == 0

        assert waiting == 1
        store = SqliteStore(stage.url, keys=KEYS)
        person = store.run(lambda uow: uow.people.by_chat(ANE))
        assert person is not None
        (draft,) = store.run(lambda uow: uow.drafts.open_of(person.id))
        store.close()
        assert draft.answers["q05_set"] == STORY
        assert draft.revision == len(until("q07_hvornaar")) - 1  # every step but /ny
        assert STORY[:20] not in stage.log()


def when_people_are_at_work() -> datetime:
    """Half an hour into the next opening: until then the worker rings nobody."""
    now = datetime.now(UTC)
    workdays = danish().local.calendar.workdays(COPENHAGEN, range(now.year, now.year + 2))
    return workdays.next_open(now) + timedelta(minutes=30)


def _get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return str(answer.read().decode())


def _cases(stage: Town) -> list[Case]:
    store = SqliteStore(stage.url, keys=KEYS)
    try:
        person = store.run(lambda uow: uow.people.by_chat(ANE))
        assert person is not None
        return list(store.run(lambda uow: uow.cases.of_writer(person.id)))
    finally:
        store.close()
