"""`python -m tests.botapi`: talk to a bot in the terminal, with no account and no network.

Start it, then start the bot with TELEGRAM_API_URL and TELEGRAM_BOT_TOKEN as printed. A line is sent as a text;
`!label` presses a button.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Mapping
from typing import Any

from tests.botapi.person import Person
from tests.botapi.server import TOKEN, BotApi


async def _listen(person: Person) -> None:
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        text = line.strip()
        try:
            if text.startswith("!"):
                await person.presses(text[1:], timeout=0.5)
            elif text:
                await person.says(text)
        except AssertionError as error:
            print(error, file=sys.stderr)


def _show(kind: str, message: Mapping[str, Any]) -> None:
    print(f"[{kind}] {message.get('text', '')}")
    for row in message.get("reply_markup", {}).get("inline_keyboard", []):
        print("   " + "  ".join(f"[{button['text']}]" for button in row), flush=True)


async def _watch(api: BotApi) -> None:
    shown = 0
    while True:
        for event in api.world.events[shown:]:
            _show(event.kind, event.message)
        shown = len(api.world.events)
        await api.world.change()


async def _serve(port: int, token: str, chat: int) -> None:
    async with BotApi(port=port, token=token) as api:
        print(f"TELEGRAM_API_URL={api.url}\nTELEGRAM_BOT_TOKEN={api.token}", flush=True)
        watching = asyncio.create_task(_watch(api))
        await _listen(api.person(chat))
        # Without a terminal there is nothing to read: serve until stopped.
        await watching


def main() -> None:
    """Read the command line and serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.botapi", description=__doc__)
    parser.add_argument("--port", type=int, default=8081, help="the port on 127.0.0.1 (default 8081)")
    parser.add_argument("--token", default=TOKEN, help="the bot token to accept")
    parser.add_argument("--chat", type=int, default=1001, help="the chat id of the fictional person")
    given = parser.parse_args()
    try:
        asyncio.run(_serve(given.port, given.token, given.chat))
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
