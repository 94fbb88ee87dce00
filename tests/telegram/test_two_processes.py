"""Two web processes on one PostgreSQL: what a chat writes is answered in the order in which it came."""

from __future__ import annotations

import asyncio
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import orjson
import pytest

from storage import PostgresStore
from tests.botapi import updates
from tests.botapi.client import HttpClient
from tests.contracts.lanes import blocked
from tests.contracts.postgres import postgres_url
from tests.contracts.stores import clean_postgres, migrated_postgres
from tests.keys import KEYS
from tests.telegram.kit import ANE, SECRET
from tests.telegram.play import ask, opening, play, until
from tests.telegram.processes import Town, free_port, town

__all__ = ["clean_postgres", "migrated_postgres", "postgres_url"]

pytestmark = [pytest.mark.process, pytest.mark.postgres]
PATIENCE = 40.0
KNOCK_SECONDS = 0.05
TEXTS = {"q10_styrker": "Han tegner godt.", "q11_barnets_ord": "Ingen spørger mig."}


def written(stage: Town, text: str) -> bytes:
    """An update with a text of Ane's, as Telegram would send it."""
    message_id = stage.api.world.new_message_id()
    body = updates.text_message(message_id, updates.private_chat(ANE), updates.user(ANE), text)
    return orjson.dumps(updates.message(stage.api.queue.new_id(), body))


async def test_a_chat_keeps_its_order_when_two_processes_take_its_updates(tmp_path: Path, clean_postgres: str) -> None:
    async with town(tmp_path, webhook=True, database=clean_postgres) as stage:
        ane, other = stage.person(), free_port()
        web = stage.start("web")
        await ane.says(f"/start {stage.invite('laerer')}")
        await ane.expects(opening("start.hello"), timeout=PATIENCE)
        second = stage.start("web", PORT=str(other))
        await play(stage, until("q10_styrker"))
        await ane.expects(ask("q10_styrker"))
        await stage.api.settled()

        doors = [HttpClient("127.0.0.1", port, timeout=PATIENCE) for port in (stage.port, other)]
        await is_up(doors[1], second)
        header = f"x-telegram-bot-api-secret-token: {SECRET}\r\n".encode()
        with blocked(clean_postgres, f"chat:{ANE}") as gate:
            sent: list[asyncio.Task[Any]] = []
            for door, text in zip(doors, TEXTS.values(), strict=True):
                sent.append(asyncio.create_task(door.post("/telegram/webhook", written(stage, text), header)))
                await gate.has_waiting(len(sent))
            gate.open()
            answers = await asyncio.gather(*sent)
        assert [answer.status for answer in answers] == [200] * len(TEXTS)
        for door in doors:
            door.close()
        for process in (web, second):
            await stage.end(process)

    store = PostgresStore(clean_postgres, keys=KEYS)
    person = store.run(lambda uow: uow.people.by_chat(ANE))
    assert person is not None
    (draft,) = store.run(lambda uow: uow.drafts.open_of(person.id))
    store.close()
    assert {question: draft.answers[question] for question in TEXTS} == TEXTS


async def is_up(door: HttpClient, process: BaseProcess) -> None:
    """Return when a process answers; fail when it ends first."""
    async with asyncio.timeout(PATIENCE):
        while process.is_alive():
            try:
                await door.post("/healthz", b"")
            except OSError:
                await asyncio.to_thread(process.join, KNOCK_SECONDS)  # its end, or the time until the next knock
            else:
                return
    raise AssertionError(f"it ended: {process.exitcode}")
