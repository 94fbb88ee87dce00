"""What a simulated messenger was given, and when."""

from __future__ import annotations

from datetime import datetime

from dialogs.notice_texts import NoticeText
from dialogs.notices import OutboxRow
from dialogs.people import Person
from tests.clocks import HandClock


class Post:
    """Where messages end."""

    def __init__(self, clock: HandClock) -> None:
        self.clock, self.got = clock, list[tuple[datetime, OutboxRow, NoticeText]]()

    async def send(self, row: OutboxRow, to: Person, notice: NoticeText, link: str | None) -> str:
        self.got.append((self.clock.at, row, notice))
        return str(row.id)

    async def close(self) -> None:
        """Nothing is open."""
