"""What a store holds of one person's notices, for tests that look past the questions that the program asks."""

from __future__ import annotations

from typing import Any

from dialogs.notices import OutboxRow
from storage.outbox import STATES


def notices_of(uow: Any, person_id: str) -> list[OutboxRow]:
    """All of them, the newest first."""
    return [row for row in uow.outbox.listing(STATES, 1_000_000) if row.wish.recipient == person_id]
