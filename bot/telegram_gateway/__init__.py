"""Inbound Telegram: updates to events, replies to messages. The one door for aiogram.

Importing aiogram costs half a second and 40 MB, and would cost six times as much and more (`sparing.py`), so only the
commands that need it import this package.
"""

from bot.telegram_gateway.sparing import import_aiogram

import_aiogram()

from bot.telegram_gateway.gateway import Gateway  # noqa: E402
from bot.telegram_gateway.polling import poll  # noqa: E402

__all__ = ["Gateway", "poll"]
