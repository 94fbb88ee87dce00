"""Makes files of papers without holding up anybody else's page."""

from __future__ import annotations

import asyncio
from typing import Final, assert_never

from bot.documents import pdf, word
from dialogs.papers.documents import Format, Paper, as_text

AT_ONCE: Final = 2  # a PDF takes a core for half a second and 90 MB: more at once would only make all of them late


class Press:
    """Renders papers in threads and child processes. Safe to share between requests of one event loop."""

    def __init__(self) -> None:
        self._room = asyncio.Semaphore(AT_ONCE)

    async def make(self, paper: Paper, form: Format) -> bytes:
        """The paper as a file. Raises NoPaper when a PDF can't be made; text and DOCX always can."""
        match form:
            case "txt":
                return as_text(paper).encode("utf-8", "replace")
            case "docx":
                return await asyncio.to_thread(word.make, paper)
            case "pdf":
                async with self._room:
                    return await asyncio.to_thread(pdf.make, paper)
            case _:
                assert_never(form)
