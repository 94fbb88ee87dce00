"""A strict stand-in for Telegram: `async with BotApi() as api`, then `api.person(1001)`."""

from tests.botapi import updates
from tests.botapi.faults import Fault, FloodLimits
from tests.botapi.person import Person, Reply
from tests.botapi.server import TOKEN, BotApi, Call
from tests.botapi.webhook import Target

__all__ = ["TOKEN", "BotApi", "Call", "Fault", "FloodLimits", "Person", "Reply", "Target", "updates"]
