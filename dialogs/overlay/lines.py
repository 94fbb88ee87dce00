"""Lines that remember their file: a text from an overlay is linted in its place but found in the overlay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from dialogs.reading.fields import Node
from dialogs.reading.files import issue_of
from dialogs.reading.issues import Issue
from dialogs.reading.yamlio import ContentError, Document, Path_

T = TypeVar("T")


class LineIn(int):
    """A line number of another file than the document that it stands in."""

    file: str

    @classmethod
    def of(cls, document: Document, *path: str | int) -> LineIn:
        """The line of a value of the overlay."""
        line = cls(document.line(*path))
        line.file = document.file
        return line


def at_home(issue: Issue) -> Issue:
    """The issue in the file where the editor can mend it."""
    if isinstance(issue.line, LineIn):
        return replace(issue, file=issue.line.file, line=int(issue.line))
    return issue


@dataclass
class Refusals:
    """What an overlay may not do, found so far; the reading goes on after each."""

    issues: list[Issue] = field(default_factory=list[Issue])

    def say(self, node: Node, thing: str, code: str, text: str) -> None:
        """Refuse what stands at a node."""
        self.issues.append(issue_of(node.error(code, text), thing))

    def take(self, thing: str, read: Callable[[], T], default: T) -> T:
        """What `read` gives, or the default with a refusal."""
        try:
            return read()
        except ContentError as error:
            self.issues.append(issue_of(error, thing))
            return default


def below(lines: dict[Path_, int], path: Path_) -> list[Path_]:
    """The paths at and under a path."""
    return [one for one in lines if one[: len(path)] == path]
