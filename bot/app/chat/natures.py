"""What each purpose of a form means in the conversation: a row for each, so that nobody else asks which form it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.app.drafts import finishing
from bot.app.guides import known, shareanswer
from bot.app.meetings import prepcards
from bot.app.turns.turn import Nature
from dialogs.types import Purpose

NATURES: Final[Mapping[Purpose, Nature]] = {
    "worry": Nature(finishing.after_worry, finishing.send_worry),
    "light": Nature(finishing.after_light, keeps=False),
    "sharing": Nature(
        shareanswer.result, keeps=False, refresh=known.refresh, told=known.told, asked=known.asked_otherwise
    ),
    "preparation": Nature(prepcards.result, prepcards.send),
}
