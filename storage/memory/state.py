"""What the in-memory store holds: one dictionary for each table, and the rules that the database would enforce."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

import orjson

from dialogs.access.roster import Member
from dialogs.audit import Anchor, Line
from dialogs.cases.glass import Emergency
from dialogs.cases.model import Case, Entry
from dialogs.guides.localnotes import LocalNote
from dialogs.identity import Challenge, Credential, Tries, WebSession
from dialogs.meetings.model import Meeting
from dialogs.notices import OutboxRow
from dialogs.papers.filings import Filing
from dialogs.people import Person, School
from dialogs.records import Conversation, Invite, Receipt, Trace
from dialogs.retention import Deletion
from dialogs.types import Draft
from storage.faults import Refused


@dataclass
class State:
    """All rows. The values are frozen, so a copy of the dictionaries is a copy of everything."""

    schools: dict[str, School] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    changed: dict[str, datetime] = field(default_factory=dict)  # when each draft was last written
    cases: dict[str, Case] = field(default_factory=dict)
    entries: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    views: dict[tuple[str, str], datetime] = field(default_factory=dict)
    filings: dict[str, Filing] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    outbox: dict[int, OutboxRow] = field(default_factory=dict)
    paces: dict[str, datetime] = field(default_factory=dict)
    dedupe: dict[str, int] = field(default_factory=dict)
    receipts: dict[str, Receipt] = field(default_factory=dict)
    traces: dict[tuple[int, int], Trace] = field(default_factory=dict)
    invites: dict[str, Invite] = field(default_factory=dict)
    sessions: dict[str, WebSession] = field(default_factory=dict)
    credentials: dict[str, Credential] = field(default_factory=dict)
    challenges: dict[str, Challenge] = field(default_factory=dict)
    tries: dict[str, Tries] = field(default_factory=dict)
    audit: dict[int, Line] = field(default_factory=dict)
    anchors: dict[int, Anchor] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    emergencies: dict[str, Emergency] = field(default_factory=dict)
    presence: dict[str, datetime] = field(default_factory=dict)
    notes: dict[tuple[str, str, int], LocalNote] = field(default_factory=dict)

    ledger: dict[int, Deletion] = field(default_factory=dict)

    def copy(self) -> State:
        """A state that can be changed without touching this one."""
        return State(**{item.name: dict(getattr(self, item.name)) for item in fields(self)})


def insert(table: dict[Any, Any], key: Any, row: Any) -> None:
    """Add a row; Refused when its key is taken."""
    if key in table:
        raise Refused("constraint")
    table[key] = row


def need(table: Mapping[Any, Any], key: Any) -> None:
    """Refused unless the row that another row refers to is there."""
    if key not in table:
        raise Refused("constraint")


def plain(value: Any) -> Any:
    """What a JSON column gives back: lists for tuples, and nothing shared with the caller."""
    return orjson.loads(orjson.dumps(value))


def moment(at: datetime) -> datetime:
    """The time as a column would take it; a naive one is refused."""
    if at.tzinfo is None:
        raise ValueError("a stored time needs a zone")
    return at
