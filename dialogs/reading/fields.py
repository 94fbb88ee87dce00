"""Read content documents field by field, so that every complaint names the file, the line and what to do."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from dialogs.reading.yamlio import ContentError, Document, Path_, Plain


@dataclass(frozen=True)
class Node:
    """One value of a document together with its place in it."""

    document: Document
    path: Path_
    value: Plain

    def error(self, code: str, text: str) -> ContentError:
        """A complaint about this value, for an editor."""
        return ContentError(self.document.file, self.document.line(*self.path), code, text)

    def entries(self) -> dict[str, Node]:
        """The children of a mapping whose names the editor chooses; raise ContentError when there are none."""
        if not isinstance(self.value, dict) or not self.value:
            raise self.error("not_mapping", "Her skal stå linjer med «navn: værdi».")
        return {name: Node(self.document, (*self.path, name), value) for name, value in self.value.items()}

    def fields(self, *required: str, optional: Collection[str] = ()) -> dict[str, Node]:
        """The children of a mapping whose names are fixed; a missing or an unknown name raises ContentError."""
        found = self.entries()
        for name, child in found.items():
            if name not in required and name not in optional:
                raise child.error("unknown_key", f"«{name}» kendes ikke her.")
        for name in required:
            if name not in found:
                raise self.error("missing_key", f"«{name}» mangler.")
        return found

    def items(self, *, some: bool = False) -> tuple[Node, ...]:
        """The members of a list; with `some`, an empty list raises ContentError."""
        if not isinstance(self.value, list) or (some and not self.value):
            raise self.error(
                "not_list", "Her skal stå en liste, som ikke er tom." if some else "Her skal stå en liste."
            )
        return tuple(Node(self.document, (*self.path, index), value) for index, value in enumerate(self.value))

    def text(self) -> str:
        """A text that is not empty."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.error("not_text", "Her skal stå en tekst.")
        return self.value.strip()

    def texts(self, *, some: bool = False) -> tuple[str, ...]:
        """A list of texts, each of them only once."""
        found = tuple(item.text() for item in self.items(some=some))
        if len(set(found)) != len(found):
            raise self.error("double", "Det samme står to gange i listen.")
        return found

    def one_of(self, choices: Collection[str]) -> str:
        """A text from a closed list."""
        text = self.text()
        if text not in choices:
            raise self.error("unknown_value", f"«{text}» kendes ikke. Vælg mellem: {', '.join(choices)}.")
        return text

    def number(self) -> int:
        """A whole number."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise self.error("not_number", "Her skal stå et helt tal.")
        return self.value

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise self.error("not_flag", "Skriv true eller false.")
        return self.value

    def day(self) -> date | None:
        """A date (2026-01-31), or None where the editor left it open."""
        if self.value is None:
            return None
        try:
            return date.fromisoformat(self.text())
        except ValueError as error:
            raise self.error("not_date", "Skriv datoen som 2026-01-31.") from error


def root(document: Document) -> Node:
    """The whole document as a node."""
    return Node(document, (), document.data)
