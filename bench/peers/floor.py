"""The form by hand, nothing stored, no library: not a peer, but the proof that the load generator carries more.

Run it with `python -m bench forms --only floor`.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import orjson
import uvloop

from bench.peers.questions import (
    CONFIRM,
    CONFIRM_DATA,
    QUESTIONS,
    START,
    THANKS,
    Settings,
    heading,
    keyboard_rows,
    summary,
)
from tests.botapi.client import HttpClient
from tests.botapi.wire import Answer, HttpServer, Request


@dataclass(slots=True)
class Form:
    """How far one person is."""

    number: int = 0
    answers: dict[str, str] = field(default_factory=dict[str, str])
    chosen: frozenset[int] = frozenset()


forms: dict[int, Form] = {}


def say(chat: int, text: str, rows: list[list[tuple[str, str]]]) -> Answer:
    """The reply, carried by the webhook's answer."""
    keyboard = [[{"text": label, "callback_data": data} for label, data in row] for row in rows]
    reply: dict[str, Any] = {"method": "sendMessage", "chat_id": chat, "text": text}
    if keyboard:
        reply["reply_markup"] = {"inline_keyboard": keyboard}
    return Answer(200, orjson.dumps(reply))


def ask(chat: int, form: Form) -> Answer:
    """The open question, or the summary."""
    if form.number == len(QUESTIONS):
        return say(chat, summary(form.answers), [[(CONFIRM, CONFIRM_DATA)]])
    return say(chat, heading(form.number), keyboard_rows(form.number, form.chosen))


def take(chat: int, raw: str) -> Answer:
    """Take an answer to the open question."""
    form = forms.setdefault(chat, Form())
    if raw == START:
        forms[chat] = Form()
        return ask(chat, forms[chat])
    if raw == CONFIRM_DATA:
        del forms[chat]
        return say(chat, THANKS, [])
    question = QUESTIONS[form.number]
    place = raw.partition(":")[2]
    if question.kind == "many" and place != "done":
        form.chosen ^= {int(place)}
        return ask(chat, form)
    form.answers[str(form.number)] = raw
    form.number += 1
    form.chosen = frozenset()
    return ask(chat, form)


def on_update(request: Request) -> Answer:
    """One update in, one method out."""
    update = orjson.loads(request.body)
    if "message" in update:
        return take(update["message"]["chat"]["id"], update["message"]["text"])
    query = update["callback_query"]
    return take(query["from"]["id"], query["data"])


async def main() -> None:
    """Serve the webhook until stopped."""
    settings = Settings.read()
    parts = urlsplit(settings.api_url)
    async with HttpServer(on_update, port=settings.port):
        hook = orjson.dumps({"url": settings.webhook_url, "secret_token": settings.secret})
        client = HttpClient(parts.hostname or "", parts.port or 80)
        await client.post(f"/bot{settings.token}/setWebhook", hook)
        client.close()
        await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main())
