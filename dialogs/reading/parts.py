"""What was made of files before, for whoever reads the same content more than once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from dialogs.reading.yamlio import Document, parse, text_of

T = TypeVar("T")


class Parts:
    """What was made of files before. Content that is loaded with it takes the same part when the text is the same.

    For whoever loads more than one content, such as a command that compares two, or many commands in one process; a
    server loads one and needs none.
    """

    def __init__(self) -> None:
        self._read: dict[tuple[str, str], Document] = {}
        # What a part was made of is kept with it, so that nothing else can come by the same ids.
        self._made: dict[tuple[object, ...], tuple[tuple[object, ...], Any]] = {}

    def read(self, path: Path, name: str | None = None) -> Document:
        """The parsed file; raise ContentError as `yamlio.read` does."""
        file = name or path.name
        text = text_of(path, file)
        if (file, text) not in self._read:
            self._read[file, text] = parse(text, file)
        return self._read[file, text]

    def of(self, make: Callable[..., T], *sources: object) -> T:
        """What `make` makes of these documents, or of parts made of them; it is made once."""
        key = (make, *map(id, sources))
        if key not in self._made:
            self._made[key] = sources, make(*sources)
        return self._made[key][1]
