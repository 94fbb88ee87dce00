"""A municipality's overlay."""

from __future__ import annotations

from pathlib import Path

from dialogs.files import Files
from dialogs.issues import Issue
from dialogs.local import Local


def lay(folder: Path, files: Files) -> tuple[Files, Local, list[Issue]]:
    """The files with the overlay on top."""
    return files, Local(), []


def at_home(issue: Issue) -> Issue:
    """The issue where the editor can mend it."""
    return issue
