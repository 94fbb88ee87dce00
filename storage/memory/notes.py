"""What the professions add to their cards, in memory."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.guides.localnotes import LocalNote
from storage.memory.state import State, moment, need


class MemoryNotes:
    """The same as `SqlNotes`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def versions(self, profession: str, school_id: str) -> Sequence[LocalNote]:
        mine = [note for key, note in self._state.notes.items() if key[:2] == (profession, school_id)]
        return sorted(mine, key=lambda note: note.version)

    def add(self, note: LocalNote) -> bool:
        need(self._state.schools, note.school_id)
        need(self._state.people, note.author_id)
        moment(note.at)
        key = (note.profession, note.school_id, note.version)
        if key in self._state.notes:
            return False
        self._state.notes[key] = note
        return True
