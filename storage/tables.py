"""The tables, as SQLModel classes that never leave `storage`.

`table=True` classes do not validate, so nobody builds rows from them: repositories use their `__table__` in Core
statements and `mapping` turns rows into core types. What people wrote, and who they are, sits in `sealed` columns only;
every other column is an id, an enumerated word, a number or a time.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, ForeignKey, Index, MetaData, Table, UniqueConstraint
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

from storage.columns import Instant, Json, Sealed


def sealed(key: str, of: str, *, nullable: bool = False) -> Any:
    """A sealed column: `key` is the kind of data key, `of` the column of the same table that says whose."""
    return Field(sa_type=Sealed, nullable=nullable, sa_column_kwargs={"info": {"key": key, "of": of}})


class Row(SQLModel):
    """The base of every table. Constraints get names, since Alembic can only change what has one."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    __table__: ClassVar[Table]

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805 # pyright: ignore[reportIncompatibleVariableOverride] - as SQLModel does
        """The class's name in the way of SQL: `CaseViews` is the table `case_views`."""
        return re.sub(r"(?<!^)([A-Z])", r"_\1", cls.__name__).lower()


class Schools(Row, table=True):
    id: str = Field(primary_key=True)
    name: str
    trio_weekday: int
    trio_time: str
    trio_minutes: int
    trio_chair: str


class People(Row, table=True):
    id: str = Field(primary_key=True)
    name: Any = sealed("person", "id")
    email: Any = sealed("person", "id", nullable=True)
    telegram_chat: int | None = Field(sa_type=BigInteger, unique=True)
    telegram_on: bool
    active: bool
    gathering: str
    gather_hour: int
    first_road: str
    let_in_by: str
    came_back: bool


class Memberships(Row, table=True):
    person_id: str = Field(primary_key=True, sa_column_args=[ForeignKey("people.id", ondelete="CASCADE")])
    position: int = Field(primary_key=True)
    school_id: str = Field(foreign_key="schools.id", index=True)
    role: str
    deputy: bool


class Conversations(Row, table=True):
    person_id: str = Field(primary_key=True, foreign_key="people.id")
    revision: int
    body: Any = sealed("person", "person_id")


class Drafts(Row, table=True):
    __table_args__ = (Index(None, "owner", "status"),)
    id: str = Field(primary_key=True)
    owner: str = Field(foreign_key="people.id")
    form_id: str
    status: str
    revision: int
    code: str
    expires_at: datetime = Field(sa_type=Instant, index=True)
    changed_at: datetime = Field(sa_type=Instant)
    body: Any = sealed("draft", "id")


class Cases(Row, table=True):
    """One worry. The columns copy what queries and checks need out of `body`, which alone is read back."""

    __table_args__ = (Index(None, "school_id", "state"),)
    id: str = Field(primary_key=True)
    code: str = Field(unique=True)
    school_id: str = Field(foreign_key="schools.id")
    writer_id: str = Field(foreign_key="people.id", index=True)
    draft_id: str = Field(unique=True)  # no foreign key: the draft is deleted long before the case
    state: str
    stored_at: datetime = Field(sa_type=Instant)
    answered_at: datetime | None = Field(sa_type=Instant)
    closed_at: datetime | None = Field(sa_type=Instant)
    revision: int
    body: Any = sealed("case", "id")


class Entries(Row, table=True):
    case_id: str = Field(primary_key=True, foreign_key="cases.id")
    seq: int = Field(primary_key=True)
    kind: str
    actor_id: str
    at: datetime = Field(sa_type=Instant)
    event_at: datetime = Field(sa_type=Instant)
    data: Any = sealed("case", "case_id")


class Filings(Row, table=True):
    """What is filed on a case. `slot` can be taken once; it is empty for what can be there many times."""

    __table_args__ = (Index(None, "case_id", "kind"),)
    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="cases.id")
    kind: str
    state: str
    owner: str
    group_key: str = Field(index=True)
    slot: str | None = Field(unique=True)
    revision: int
    body: Any = sealed("case", "case_id")


class Meetings(Row, table=True):
    """One meeting. `slot` can be taken once (a school's weekly meeting of one day); the rest is copied from `body`."""

    id: str = Field(primary_key=True)
    kind: str
    code: str
    school_id: str = Field(foreign_key="schools.id", index=True)
    case_id: str | None = Field(foreign_key="cases.id", index=True)
    slot: str | None = Field(unique=True)
    status: str
    starts_at: datetime = Field(sa_type=Instant, index=True)
    revision: int
    body: Any = sealed("meeting", "id")


class MeetingPeople(Row, table=True):
    """Who sits in which meeting, so that a person's own meetings are found without opening any."""

    meeting_id: str = Field(primary_key=True, sa_column_args=[ForeignKey("meetings.id", ondelete="CASCADE")])
    person_id: str = Field(primary_key=True, foreign_key="people.id", index=True)


class CaseMembers(Row, table=True):
    """One person on one case; never deleted, since the end is part of the record."""

    __table_args__ = (Index(None, "person_id", "case_id"),)
    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(foreign_key="cases.id", index=True)
    person_id: str = Field(foreign_key="people.id")
    relation: str
    function: str
    since: datetime = Field(sa_type=Instant)
    until: datetime | None = Field(sa_type=Instant)
    why: str


class Emergencies(Row, table=True):
    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="cases.id", index=True)
    person_id: str = Field(foreign_key="people.id")
    cause: str
    since: datetime = Field(sa_type=Instant)
    until: datetime = Field(sa_type=Instant)
    judged_at: datetime | None = Field(sa_type=Instant)
    judged_by: str | None = Field(foreign_key="people.id")
    verdict: str | None
    data: Any = sealed("case", "case_id")


class Audit(Row, table=True):
    """One line of the log. Ids, enumerated words and times; `mac` chains it to the line before."""

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=Instant, index=True)
    actor: str
    role: str
    action: str
    object: str
    case_id: str = Field(index=True)
    purpose: str
    outcome: str
    channel: str
    session: str
    request: str
    details: str
    prev: str
    mac: str


class AuditAnchors(Row, table=True):
    """Where older lines were cut off."""

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    mac: str
    at: datetime = Field(sa_type=Instant)
    seal: str


class CaseViews(Row, table=True):
    person_id: str = Field(primary_key=True, foreign_key="people.id")
    case_id: str = Field(primary_key=True, foreign_key="cases.id")
    at: datetime = Field(sa_type=Instant)


class Outbox(Row, table=True):
    """A notice. `wished_at` is when it was first wanted, `due_at` when it may be tried next.

    No foreign keys: a record of what was sent outlives the draft, the case and the person it was about.
    """

    # An id is never used twice: it is the name of the notice in what has been sent, also after old rows are deleted.
    __table_args__ = (
        Index(None, "state", "due_at"),
        Index(None, "state", "urgency", "due_at"),
        {"sqlite_autoincrement": True},
    )
    id: int | None = Field(default=None, primary_key=True)
    dedupe_key: str = Field(unique=True)
    recipient: str = Field(index=True)
    template: str
    params: Any = Field(sa_type=Json, nullable=False)
    channel: str
    delivery: str
    wished_at: datetime = Field(sa_type=Instant)
    until: datetime | None = Field(sa_type=Instant)
    case_id: str | None = Field(index=True)
    draft_id: str | None = Field(index=True)
    meeting_id: str | None = Field(index=True)
    still: str | None
    red: bool
    urgency: int
    state: str
    attempts: int
    due_at: datetime = Field(sa_type=Instant)
    lease_token: str | None
    lease_until: datetime | None = Field(sa_type=Instant)
    tried: Any = Field(sa_type=Json, nullable=False)
    sent_via: str | None
    sent_ref: str | None
    sent_at: datetime | None = Field(sa_type=Instant)
    seen_at: datetime | None = Field(sa_type=Instant)
    last_error: str | None
    reason: str | None


class Paces(Row, table=True):
    """When the next message may go on a road: one row for all processes that send with the same token."""

    road: str = Field(primary_key=True)
    next_at: datetime = Field(sa_type=Instant)


class Traces(Row, table=True):
    """Messages that stand in Telegram chats, so that they are taken away in time."""

    chat_id: int = Field(sa_type=BigInteger, primary_key=True)
    message_id: int = Field(sa_type=BigInteger, primary_key=True)
    person_id: str = Field(foreign_key="people.id")
    at: datetime = Field(sa_type=Instant, index=True)


class ProfileNotes(Row, table=True):
    """What a profession adds to its card at a school. Rows are only ever added: the highest version is shown.

    The words belong to the school, not to who wrote them: they are sealed with the school's key, so that they stay when
    their author leaves and the key of that person goes.
    """

    profession: str = Field(primary_key=True)
    school_id: str = Field(primary_key=True, foreign_key="schools.id")
    version: int = Field(primary_key=True)
    author_id: str = Field(foreign_key="people.id", index=True)
    role: str
    at: datetime = Field(sa_type=Instant)
    body: Any = sealed("school", "school_id")


class Receipts(Row, table=True):
    key: str = Field(primary_key=True)
    reply: Any = sealed("receipts", "at")  # one key a day, shredded with the day's receipts
    at: datetime = Field(sa_type=Instant, index=True)


class Invites(Row, table=True):
    code_hash: str = Field(primary_key=True)
    role: str
    school_id: str = Field(foreign_key="schools.id")
    person_id: str | None = Field(foreign_key="people.id")
    expires_at: datetime = Field(sa_type=Instant)
    used_at: datetime | None = Field(sa_type=Instant)
    web_only: bool


class WebSessions(Row, table=True):
    token_hash: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="people.id", index=True)
    created_at: datetime = Field(sa_type=Instant)
    seen_at: datetime = Field(sa_type=Instant)
    assurance: str
    method: str
    device: str
    shared: bool


class Credentials(Row, table=True):
    """A way to sign in. `data` holds all that is secret: a hash, a seed, a key."""

    lookup: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="people.id", index=True)
    kind: str
    data: Any = sealed("person", "person_id")
    created_at: datetime | None = Field(sa_type=Instant)
    used_at: datetime | None = Field(sa_type=Instant)
    revision: int


class Challenges(Row, table=True):
    """Something that must come back within minutes, once."""

    key_hash: str = Field(primary_key=True)
    kind: str
    person_id: str | None = Field(foreign_key="people.id", index=True)
    data: Any = sealed("challenges", "expires_at")  # one key a day
    expires_at: datetime = Field(sa_type=Instant, index=True)


class Tries(Row, table=True):
    """Failed tries under a keyed hash of whom or where."""

    key: str = Field(primary_key=True)
    count: int
    since: datetime = Field(sa_type=Instant)


class Presence(Row, table=True):
    """When a person was last seen, so that who has stopped coming can be let go."""

    person_id: str = Field(primary_key=True, foreign_key="people.id")
    seen_at: datetime = Field(sa_type=Instant)


class Pulse(Row, table=True):
    """One row that the health probe writes, so that "healthy" means that a commit has just succeeded."""

    id: int = Field(primary_key=True)
    at: datetime = Field(sa_type=Instant)


class TenantKeys(Row, table=True):
    """A version of the key that wraps the data keys, itself wrapped by a key that is not in the database."""

    version: int = Field(primary_key=True)
    tenant: str
    kek_id: str
    wrapped: bytes
    made_at: datetime = Field(sa_type=Instant)


class DataKeys(Row, table=True):
    """A wrapped data key. Without its row, what it sealed is noise: that is how things are deleted for good."""

    __table_args__ = (UniqueConstraint("kind", "owner"),)
    ref: str = Field(primary_key=True)
    kind: str
    owner: str
    version: int = Field(foreign_key="tenant_keys.version", index=True)
    wrapped: bytes
    made_at: datetime = Field(sa_type=Instant)


class Deletions(Row, table=True):
    """The ledger of what is gone for good: ids, a code and counts. It is read again when an older copy is restored."""

    __table_args__ = ({"sqlite_autoincrement": True},)
    seq: int | None = Field(default=None, primary_key=True)
    kind: str
    owner: str = Field(index=True)
    rule: str
    at: datetime = Field(sa_type=Instant, index=True)
    code: str
    counts: Any = Field(sa_type=Json, nullable=False)
