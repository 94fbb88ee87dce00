"""A deed is done once per key: a form that is sent twice gets the same outcome, and nothing is done again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.ports import Receipt, UnitOfWork


@dataclass(frozen=True)
class Done:
    """What came of a deed: why not, in words; the flow of a danger that was heard in it; the id of what it made."""

    refusals: tuple[str, ...] = ()
    danger: str = ""
    made: str = ""


def once(uow: UnitOfWork, key: str | None, now: datetime, deed: Callable[[], Done | None]) -> Done | None:
    """Do it, or say again what came of it; None where it is not theirs to do.

    A refusal leaves no receipt. It has changed nothing, and the same form may come again with better words.
    """
    if key is not None and (stored := uow.receipts.get(key)) is not None:
        return Done(tuple(stored["refusals"]), stored.get("danger", ""), stored.get("id", ""))
    done = deed()
    if done is not None and not done.refusals and key is not None:
        uow.receipts.put(Receipt(key, {"refusals": [], "danger": done.danger, "id": done.made}, now))
    return done
