"""Inbound Telegram: updates to events, replies to messages. The one door for aiogram.

Importing aiogram costs seconds and 170 MB (architecture § 12.5), so only the commands that need it import this package.
"""

from bot.telegram_gateway.gateway import Gateway
from bot.telegram_gateway.polling import poll

__all__ = ["Gateway", "poll"]
