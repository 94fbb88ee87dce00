"""Writes notices to a stream, for a machine without Telegram and without mail. They are content-free by contract."""

from __future__ import annotations

from typing import TextIO

from dialogs.notice_texts import NoticeText
from dialogs.notices import OutboxRow
from dialogs.people import Person


class Console:
    """A messenger that everybody near the screen can read."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    async def send(self, row: OutboxRow, to: Person, notice: NoticeText, link: str | None) -> str:
        """Write one line; the row's number is the reference."""
        self._stream.write(f"notice {row.id} {row.wish.template}: {notice.text} {link or ''}".rstrip() + "\n")
        self._stream.flush()
        return f"console-{row.id}"

    async def close(self) -> None:
        """Nothing to close: the stream belongs to whoever gave it."""
