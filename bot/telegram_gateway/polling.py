"""Long polling for machines without a public address. The offset moves only after the update's commit.

Updates are taken as plain JSON and read one by one: were they read as a batch, one that nobody understands would keep
all the others away for a day.
"""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

from aiogram.exceptions import AiogramError
from aiohttp import ClientError, ClientTimeout

from bot.ports import StorageBusy
from bot.settings import SettingsError
from bot.telegram_gateway.gateway import Gateway
from bot.telegram_gateway.incoming import ALLOWED_UPDATES

log = logging.getLogger(__name__)

HOLD_SECONDS = 25
PAUSE_SECONDS = 2.0  # after a failure: a busy database, or a server that does not answer
CONFLICT = 409  # a webhook is set, or another process polls
_UNKNOWN_TOKEN = (401, 404)

Json = dict[str, Any]


class PollFailed(Exception):  # noqa: N818 - a state of the network, not a mistake
    """Telegram did not hand out updates; the same call may succeed a little later."""


async def poll(gateway: Gateway, stop: asyncio.Event) -> None:
    """Fetch, handle and answer updates one by one until told to stop. Raises SettingsError for an unknown token."""
    offset = 0
    while not stop.is_set():
        try:
            updates = await _unless_stopped(_fetch(gateway, offset), stop)
        except (PollFailed, ClientError, TimeoutError, OSError, ValueError) as error:
            log.warning("polling failed: %s", str(error) if isinstance(error, PollFailed) else type(error).__name__)
            await _pause(stop)
            continue
        for update in updates or ():
            if stop.is_set() or not await _handled(gateway, update, stop):
                break
            offset = int(update["update_id"]) + 1


async def _fetch(gateway: Gateway, offset: int) -> list[Json]:
    """The next updates, at once or when they come."""
    session = await gateway.session.create_session()
    url = gateway.session.api.api_url(gateway.bot.token, "getUpdates")
    wish = {"offset": offset, "timeout": HOLD_SECONDS, "allowed_updates": list(ALLOWED_UPDATES)}
    async with session.post(url, json=wish, timeout=ClientTimeout(total=HOLD_SECONDS + 10)) as answer:
        status, body = answer.status, await answer.read()
    if status in _UNKNOWN_TOKEN:
        raise SettingsError(["TELEGRAM_BOT_TOKEN: Telegram does not know it; ask BotFather for a new one"])
    if status == CONFLICT:
        await _end_webhook(gateway)
    if status != 200:
        raise PollFailed(f"HTTP {status}")
    return json.loads(body)["result"]  # the standard reader: it also takes lone surrogates, which the codec mends


async def _end_webhook(gateway: Gateway) -> None:
    """A webhook from before would keep every update away. The other reason, a second poller, is not harmed by this."""
    try:
        await gateway.bot.delete_webhook()
    except (AiogramError, TimeoutError, OSError) as error:
        raise PollFailed(type(error).__name__) from None


async def _unless_stopped(call: Any, stop: asyncio.Event) -> Any:
    """The call's result; None when told to stop first."""
    work, ended = asyncio.ensure_future(call), asyncio.ensure_future(stop.wait())
    try:
        done, _ = await asyncio.wait({work, ended}, return_when=asyncio.FIRST_COMPLETED)
        return work.result() if work in done else None
    finally:
        ended.cancel()
        work.cancel()


async def _handled(gateway: Gateway, update: Json, stop: asyncio.Event) -> bool:
    """Handle one update, then send its reply. False when it was not saved and must be fetched again."""
    try:
        answer = await gateway.take(json.dumps(update).encode())
    except StorageBusy:
        await _pause(stop)
        return False
    await gateway.call(answer)
    return True


async def _pause(stop: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(stop.wait(), PAUSE_SECONDS)
    except TimeoutError:
        return
