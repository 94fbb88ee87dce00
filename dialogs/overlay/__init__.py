"""A municipality's overlay: its own words, questions and calendar on top of the content. Data, never a template.

It works on the parsed files before anything is made of them, so that what it changes is read and linted like the rest.
"""

from __future__ import annotations

from pathlib import Path

from dialogs.local import Local
from dialogs.overlay.folder import FORMS, KNOWN, LOCAL, TEXTS, open_overlay
from dialogs.overlay.forms import change_forms
from dialogs.overlay.lines import Refusals, at_home
from dialogs.overlay.local import read_local
from dialogs.overlay.texts import put_texts
from dialogs.reading.files import Files
from dialogs.reading.issues import Issue

__all__ = ["KNOWN", "at_home", "lay"]


def lay(folder: Path, files: Files) -> tuple[Files, Local, list[Issue]]:
    """The files with a municipality's changes, what it says about itself, and everything that it may not do."""
    found, issues = open_overlay(folder)
    changed, local, refusals = dict(files), Local(), Refusals(issues)
    if LOCAL in found:
        local = read_local(found[LOCAL], _professions(changed), _switches(changed), refusals)
    if TEXTS in found:
        put_texts(found[TEXTS], changed, refusals)
    if FORMS in found:
        change_forms(found[FORMS], changed, refusals)
    return changed, local, refusals.issues


def _professions(files: Files) -> tuple[str, ...]:
    return _ids(files, "professions.yaml", "professions")


def _switches(files: Files) -> tuple[str, ...]:
    return _ids(files, "tables/sharing.yaml", "switches")


def _ids(files: Files, name: str, key: str) -> tuple[str, ...]:
    data = files[name].data if name in files else None
    listed = data.get(key) if isinstance(data, dict) else None
    return tuple(str(one.get("id")) for one in listed if isinstance(one, dict)) if isinstance(listed, list) else ()
