"""Telling whoever runs the program that something could not be saved: once a minute while it lasts."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from bot.ports import Clock, StorageBusy

log = logging.getLogger("trivselsbot.storage")
EVERY = timedelta(minutes=1)
OURS = {"closed", "moved"}  # we are ending, or somebody else was first: nothing is wrong with the database


class Troubles:
    """What is wrong with the store now, as its code: «full», «read_only», «gone». Never a word of what was written."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lost = 0
        self._told: datetime | None = None

    def saw(self, trouble: StorageBusy) -> None:
        """One piece of work was not saved; its person has been told so."""
        code = str(trouble)
        if code in OURS:
            return
        self._lost += 1
        now = self._clock.now()
        if self._told is None or now - self._told >= EVERY:
            log.error("the database can't save: %s (%d since this was last told)", code or "busy", self._lost)
            self._lost, self._told = 0, now
