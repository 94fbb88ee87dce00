"""Every stored column: its class, whose key seals it, how long it is kept and what for. A test fails on any other.

Classes: 0 public · 1 pseudonymous (ids, codes, times, states) · 2 personal, always sealed · key: wrapped or hashed.
"""

from __future__ import annotations

from dataclasses import dataclass

from storage.columns import Sealed
from storage.tables import Row


@dataclass(frozen=True)
class Kept:
    """One table: its retention rule, its purpose, and its columns by class, each written as words."""

    retention: str
    purpose: str
    one: str = ""
    two: str = ""
    zero: str = ""
    key: str = ""


@dataclass(frozen=True)
class Item:
    """One column."""

    table: str
    column: str
    data_class: str
    key: str
    retention: str
    purpose: str


TABLES = {
    "audit": Kept(
        "audit",
        "who did what, in a chain",
        "seq at actor role action object case_id purpose outcome channel session request details",
        key="prev mac",
    ),
    "audit_anchors": Kept("ledger", "where old lines of the log were cut off", "seq at", key="mac seal"),
    "case_members": Kept(
        "with the case",
        "who is on a case, since when and until when",
        "id case_id person_id relation function since until why",
    ),
    "emergencies": Kept(
        "with the case",
        "who opened a case in an emergency, and what was said of it",
        "id case_id person_id cause since until judged_at judged_by verdict",
        "data",
    ),
    "case_views": Kept("with the case", "who has seen a case, so that news is shown", "person_id case_id at"),
    "cases": Kept(
        "closed_cases",
        "a worry that was sent",
        "id code school_id writer_id draft_id state stored_at answered_at closed_at revision",
        "body",
    ),
    "challenges": Kept(
        "minutes", "what must come back once to sign in", "kind person_id expires_at", "data", key="key_hash"
    ),
    "conversations": Kept("until it changes", "where a person is in the chat", "person_id revision", "body"),
    "credentials": Kept(
        "until removed", "ways to sign in", "person_id kind created_at used_at revision", "data", key="lookup"
    ),
    "data_keys": Kept("with what they seal", "wrapped keys", "ref kind owner version made_at", key="wrapped"),
    "deletions": Kept("ledger", "proof of what is deleted for good", "seq kind owner rule at code counts"),
    "drafts": Kept(
        "drafts",
        "what a writer has answered so far",
        "id owner form_id status revision code expires_at changed_at",
        "body",
    ),
    "entries": Kept("with the case", "the timeline of a case", "case_id seq kind actor_id at event_at", "data"),
    "filings": Kept(
        "with the case",
        "consents, exchanges, reports and the one plan, filed on a case",
        "id case_id kind state owner group_key slot revision",
        "body",
    ),
    "invites": Kept(
        "invites", "one-time codes", "role school_id person_id expires_at used_at web_only", key="code_hash"
    ),
    "meeting_people": Kept("with the meeting", "who sits in which meeting", "meeting_id person_id"),
    "meetings": Kept(
        "meetings",
        "a meeting: when, who was asked, what they answered, what was agreed",
        "id kind code school_id case_id slot status starts_at revision",
        "body",
    ),
    "memberships": Kept("while employed", "who works where as what", "person_id position school_id role deputy"),
    "outbox": Kept(
        "outbox",
        "notices without content: code, colour, days",
        "id dedupe_key recipient template params channel delivery wished_at until case_id draft_id meeting_id still "
        "red urgency state attempts due_at lease_token lease_until tried sent_via sent_ref sent_at seen_at last_error "
        "reason",
    ),
    "paces": Kept("one row a road", "when the next message may be sent", zero="next_at", key="road"),
    "people": Kept(
        "while employed",
        "the employee",
        "id telegram_chat telegram_on active gathering gather_hour first_road let_in_by came_back",
        "name email",
    ),
    "presence": Kept("while employed", "when a person was last seen", "person_id seen_at"),
    "profile_notes": Kept(
        "with the school",
        "what a profession adds to its own card",
        "profession school_id version author_id role at",
        "body",
    ),
    "pulse": Kept("one row", "the health probe", zero="id at"),
    "receipts": Kept("receipts", "the reply to one event, so that a repeat does nothing", "key at", "reply"),
    "schools": Kept(
        "while open", "schools and their meetings", zero="id name trio_weekday trio_time trio_minutes trio_chair"
    ),
    "tenant_keys": Kept("until rotated", "wrapped keys", "version tenant kek_id made_at", key="wrapped"),
    "traces": Kept("telegram", "messages that stand in Telegram chats", "chat_id message_id person_id at"),
    "tries": Kept("tries", "failed tries to sign in", "count since", key="key"),
    "web_sessions": Kept(
        "sessions",
        "a signed-in browser",
        "person_id created_at seen_at assurance method device shared",
        key="token_hash",
    ),
}


def inventory() -> list[Item]:
    """Every column that is told about here, in the order of tables and columns."""
    return [item for table in sorted(TABLES) for item in _items(table, TABLES[table])]


def _items(table: str, kept: Kept) -> list[Item]:
    by_class = (("0", kept.zero), ("1", kept.one), ("2", kept.two), ("key", kept.key))
    return [
        Item(table, name, data_class, _key_of(table, name), kept.retention, kept.purpose)
        for data_class, names in by_class
        for name in names.split()
    ]


def _key_of(table: str, name: str) -> str:
    stored = Row.metadata.tables.get(table)
    column = None if stored is None else stored.c.get(name)
    return column.info["key"] if column is not None and isinstance(column.type, Sealed) else "-"


def untold() -> list[str]:
    """What is wrong with the inventory: columns that it misses, that are gone, told twice, or not sealed."""
    stored = {(table.name, column.name): column for table in Row.metadata.tables.values() for column in table.c}
    told = [(item.table, item.column) for item in inventory()]
    wrong = [f"{table}.{column}: not in the inventory" for table, column in stored if (table, column) not in told]
    wrong += [f"{table}.{column}: there is no such column" for table, column in told if (table, column) not in stored]
    wrong += [f"{table}.{column}: told twice" for table, column in set(told) if told.count((table, column)) > 1]
    for item in inventory():
        column = stored.get((item.table, item.column))
        if column is not None and isinstance(column.type, Sealed) != (item.data_class == "2"):
            wrong.append(f"{item.table}.{item.column}: class 2 and sealed must go together")
    return sorted(wrong)
