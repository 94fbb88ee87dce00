"""Long polling for machines without a public address. The offset moves only after the update's commit."""

from __future__ import annotations

import asyncio
import logging

import orjson
from aiogram.exceptions import AiogramError
from aiogram.methods import GetUpdates
from aiogram.types import Update

from bot.ports import StorageBusy
from bot.telegram_gateway.gateway import Gateway
from bot.telegram_gateway.incoming import ALLOWED_UPDATES

log = logging.getLogger(__name__)

HOLD_SECONDS = 25
PAUSE_SECONDS = 2.0  # after a failure: a busy database, or a server that does not answer


async def poll(gateway: Gateway, stop: asyncio.Event) -> None:
    """Fetch, handle and answer updates one by one until told to stop."""
    await gateway.bot.delete_webhook()
    offset = 0
    while not stop.is_set():
        try:
            updates = await _fetch(gateway, offset, stop)
        except (AiogramError, TimeoutError, OSError) as error:
            log.warning("polling failed: %s", type(error).__name__)
            await _pause(stop)
            continue
        for update in updates:
            if not await _handled(gateway, update, stop):
                break
            offset = update.update_id + 1


async def _fetch(gateway: Gateway, offset: int, stop: asyncio.Event) -> list[Update]:
    """The next updates; an empty list when told to stop while waiting."""
    call = asyncio.ensure_future(
        gateway.bot(
            GetUpdates(offset=offset, timeout=HOLD_SECONDS, allowed_updates=list(ALLOWED_UPDATES)),
            request_timeout=HOLD_SECONDS + 10,
        )
    )
    ended = asyncio.ensure_future(stop.wait())
    done, _ = await asyncio.wait({call, ended}, return_when=asyncio.FIRST_COMPLETED)
    ended.cancel()
    if call in done:
        return call.result()
    call.cancel()
    return []


async def _handled(gateway: Gateway, update: Update, stop: asyncio.Event) -> bool:
    """Handle one update, then send its reply. False when it was not saved and must be fetched again."""
    raw = orjson.dumps(update.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_unset=True))
    try:
        answer = await gateway.take(raw)
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
