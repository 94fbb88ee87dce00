"""What is wrong in a content file: all of it at once, each with its place and a sentence that an editor can act on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Issue:
    """One finding. `id` names the thing (a question, a sign); `code` is API; `text` is Danish."""

    file: str
    line: int
    id: str
    code: str
    text: str

    def __str__(self) -> str:
        """One line for people: file:line: code: id: text."""
        return f"{self.file}:{self.line}: {self.code}: {self.id}: {self.text}"
