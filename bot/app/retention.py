"""Carries out the table of how long things are kept (dialogs/retention.py). The worker does it; so can an operator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.app.turns.traces import fade
from bot.ports import UnitOfWork
from dialogs.cases.model import Case
from dialogs.retention import Deletion, Keeping, keeping

Sweep = Callable[[UnitOfWork, datetime, datetime], int]  # what is from before the first moment; the second is now


def sweep(uow: UnitOfWork, now: datetime, table: Keeping | None = None) -> dict[str, int]:
    """Forget what its time is up for; how many of each, by the rule's name."""
    table = table or keeping()
    return {name: forget(uow, now - table[name].keep, now) for name, forget in SWEEPS.items()}


def erase(uow: UnitOfWork, case_id: str, code: str, rule: str, now: datetime) -> Deletion:
    """Delete a case for good, and write it in the ledger: the line that was written."""
    case = uow.cases.get(case_id)
    if case is not None:
        _forget_in_chat(uow, case)
    line = Deletion("case", case_id, rule, now, code, uow.retention.erase_case(case_id))
    return replace(line, seq=uow.retention.record(line))


def erase_on_request(uow: UnitOfWork, code: str, now: datetime) -> Deletion | Case | None:
    """Delete a closed case on request; the case itself when it is open, None when there is none with this code."""
    case = uow.cases.by_code(code)
    if case is None or case.state != "closed":
        return case
    return erase(uow, case.id, case.code, "asked", now)


def _forget_in_chat(uow: UnitOfWork, case: Case) -> None:
    """The last reply of the writer's chat may quote the case; it is shown anew when she comes back."""
    talk = uow.conversations.get(case.writer_id)
    if talk.revision:
        uow.conversations.save(replace(talk.without(case.id), pending=None, reply=None, shown=""))


def _drafts(uow: UnitOfWork, before: datetime, now: datetime) -> int:
    """Drafts on their last day, with all that hangs on them. Each carries its own last day."""
    expired = uow.drafts.expired(now)
    for draft in expired:
        uow.outbox.cancel(draft.id, "draft_expired")
        conversation = uow.conversations.get(draft.owner)
        away = conversation.without(draft.id)
        if away.place != conversation.place:
            uow.conversations.save(replace(away, alert=None, asked=(), pending=None, reply=None))
        elif away != conversation:
            uow.conversations.save(away)
        uow.drafts.delete(draft.id)
        if draft.status == "open":  # what was sent lives in a case; a restored copy from before that must keep it
            uow.retention.record(Deletion("draft", draft.id, "drafts", now, draft.code))
    return len(expired)


def _closed_cases(uow: UnitOfWork, before: datetime, now: datetime) -> int:
    closed = uow.retention.closed_before(before)
    for case_id, code in closed:
        erase(uow, case_id, code, "closed_cases", now)
    return len(closed)


SWEEPS: Final[dict[str, Sweep]] = {
    "receipts": lambda uow, before, now: uow.receipts.sweep(before),
    "drafts": _drafts,
    "sessions": lambda uow, before, now: uow.doors.sweep_sessions(before),
    "tries": lambda uow, before, now: uow.identity.sweep(now, before),
    "invites": lambda uow, before, now: uow.retention.sweep_invites(before),
    "outbox": lambda uow, before, now: uow.retention.sweep_outbox(before),
    "telegram": fade,
    "closed_cases": _closed_cases,
    "meetings": lambda uow, before, now: uow.meetings.sweep(before),
    "audit": lambda uow, before, now: uow.audit.cut(before, now),
    "ledger": lambda uow, before, now: uow.retention.sweep_ledger(before),
}
