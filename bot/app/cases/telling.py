"""The social worker's lawful answer to whoever reported: sentences of the law's own choosing, nothing else."""

from __future__ import annotations

from bot.app.cases.filing import Room
from dialogs.cases.feedback import Ticks, compose
from dialogs.types import Problem


def may_tell(room: Room) -> bool:
    """Whether this person speaks for the authority here."""
    return room.seen_as == "member" and room.role == "social_worker"


def tell(room: Room, ticks: Ticks) -> tuple[Problem, ...]:
    """Put the chosen sentences on the case, and let the writer know that there is something to read."""
    if not may_tell(room):
        return (Problem("told_role"),)
    codes = compose(ticks)
    if isinstance(codes, Problem):
        return (codes,)
    room.line("told", {"codes": list(codes)})
    room.tell("writer_told", [room.scene.case.writer_id], f"told:{room.scene.case.revision}")
    return ()
