"""Calls to Telegram as plain JSON over aiogram's own session, past its models: those cost more than the turn's rules.

What is called here stands beside an answer and may fail without harm, so nothing is raised: the log gets the kind of
failure, never a text, and the caller gets None.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import orjson
from aiogram.client.session.aiohttp import AiohttpSession
from aiohttp import ClientError, ClientTimeout

log = logging.getLogger(__name__)

CALL_SECONDS = 10  # whoever waits for the webhook's 200 waits for these too
_TIMEOUT = ClientTimeout(total=CALL_SECONDS)
_JSON = {"Content-Type": "application/json"}


class Calls:
    """The Bot API by method and parameters."""

    def __init__(self, session: AiohttpSession, token: str) -> None:
        self._session, self._token = session, token

    async def make(self, method: str, params: Mapping[str, Any]) -> Any:
        """Call the method; its result, or None when Telegram refused or was out of reach."""
        client = await self._session.create_session()
        url = self._session.api.api_url(self._token, method)
        try:
            async with client.post(url, data=orjson.dumps(params), headers=_JSON, timeout=_TIMEOUT) as answer:
                body = orjson.loads(await answer.read())
        except (ClientError, TimeoutError, OSError, orjson.JSONDecodeError) as error:
            log.info("telegram call failed: %s", type(error).__name__)
            return None
        if not body.get("ok"):
            log.info("telegram refused %s with %s", method, body.get("error_code"))
            return None
        return body["result"]

    async def send(self, params: Mapping[str, Any]) -> int | None:
        """Send one message; its number, or None when it did not go."""
        sent = await self.make("sendMessage", params)
        return None if sent is None else int(sent["message_id"])
