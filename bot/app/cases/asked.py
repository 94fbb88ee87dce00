"""A request for access: whoever watches over privacy asks, and the leader on the case makes the package (ADR 62)."""

from __future__ import annotations

from datetime import datetime

from bot.ports import UnitOfWork
from dialogs.notices import Wish
from dialogs.types import Problem


def ask(uow: UnitOfWork, code: str, now: datetime) -> str | Problem:
    """Tell those who answer for the case that somebody has asked for access; the case's id, or why nobody was told.

    Nothing of the case is read. The same day's second request tells nobody twice.
    """
    found = uow.dossiers.ask(code.strip())
    if found is None:
        return Problem("access_unknown")
    case_id, code, heads = found
    for person_id in heads:
        uow.outbox.add(
            Wish(
                dedupe_key=f"access:{case_id}:{person_id}:{now.date().isoformat()}",
                recipient=person_id,
                template="access_asked",
                due_at=now,
                params={"code": code},
                delivery="alert",
                case_id=case_id,
            )
        )
    return case_id if heads else Problem("access_headless")
