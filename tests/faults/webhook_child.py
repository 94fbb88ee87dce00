"""One bot process, forked from a warm interpreter: to import aiogram anew after each of 500 kills would take most of
an hour. Everything else is the real start: settings, content, database, webhook, port."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from datetime import datetime

import time_machine
import uvicorn

import bot.telegram_gateway
import bot.web.app
from bot.cli import main

PRELOADED = (uvicorn, bot.telegram_gateway, bot.web.app)


def serve(env: Mapping[str, str], log: str, command: str = "web", at: datetime | None = None) -> None:
    """Be `python -m bot web` (or another command) with these settings; what it says goes to the end of the log file.

    `at` sets the process's clock: a worker rings nobody on a Sunday, and tests run on Sundays too.
    """
    if at is not None:
        time_machine.travel(at).start()
    said = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(said, 1)
    os.dup2(said, 2)
    os.environ.update(env)
    sys.argv = ["bot", command]
    main()
