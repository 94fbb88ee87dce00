"""What the use cases need from the outside: one transaction at a time, a clock, fresh ids and a way to send."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal, Protocol, TypeVar

from bot.entrance import Doors, Exits, Identity
from bot.logbook import Audit, Dossiers, Emergencies, Members, Retention, Reviews, Traces, Vault
from bot.postbox import Outbox
from dialogs.access import Actor
from dialogs.access.rules import Relation
from dialogs.cases.digest import Digest
from dialogs.cases.model import Case, Entry
from dialogs.cases.teamdays import Weekly
from dialogs.guides.localnotes import LocalNote
from dialogs.identity import Challenge, Credential, Tries, WebSession
from dialogs.meetings.model import Meeting
from dialogs.notice_texts import NoticeText
from dialogs.notices import OutboxRow
from dialogs.papers.filings import Filing, FilingKind
from dialogs.people import Person, Reminding, School
from dialogs.records import Conversation, Invite, Receipt, StorageBusy
from dialogs.types import Draft

T = TypeVar("T")

__all__ = [  # records live below storage; the use cases meet them here
    "Challenge",
    "Conversation",
    "Credential",
    "Doors",
    "Exits",
    "Identity",
    "Invite",
    "Outbox",
    "Receipt",
    "Retention",
    "StorageBusy",
    "Tries",
    "Vault",
    "WebSession",
]


class Forbidden(Exception):  # noqa: N818 - told to the person as "not found", whatever it was
    """The actor may not do this. Nothing of the work is saved but the line in the log that says so."""


class DeliveryError(Exception):
    """A send did not succeed: `code` for people, `permanent` closes the channel, `retry_after` seconds to wait.

    `uncertain` means that the request was written and no answer was seen: it may or may not have arrived.
    """

    def __init__(
        self, code: str, *, permanent: bool = False, retry_after: float | None = None, uncertain: bool = False
    ) -> None:
        super().__init__(code)
        self.code, self.permanent, self.retry_after, self.uncertain = code, permanent, retry_after, uncertain


class NoPaper(Exception):  # noqa: N818 - an outcome that the page tells in words
    """A PDF could not be made: `why` is "missing" (no libraries here) or "stopped" (it took too much)."""

    def __init__(self, why: Literal["missing", "stopped"]) -> None:
        super().__init__(why)
        self.why = why


class People(Protocol):
    def get(self, person_id: str) -> Person | None: ...
    def by_chat(self, chat_id: int) -> Person | None: ...
    def at_school(self, school_id: str) -> Sequence[Person]:
        """Active people with any role at the school, in a stable order."""
        ...

    def everyone(self) -> Sequence[Person]: ...
    def add(self, person: Person) -> None: ...
    def save(self, person: Person) -> None: ...
    def choose(self, person_id: str, reminding: Reminding) -> None:
        """Store how a person wants to be reminded, and nothing else of them."""
        ...

    def school(self, school_id: str) -> School | None: ...
    def schools(self) -> Sequence[School]: ...
    def add_school(self, school: School) -> None: ...
    def put_school(self, school: School) -> None:
        """Store a school, new or known, as the municipality's overlay names it."""
        ...


class Conversations(Protocol):
    def get(self, person_id: str) -> Conversation:
        """The person's conversation; a fresh one when there is none yet."""
        ...

    def save(self, conversation: Conversation) -> bool:
        """Write it where the stored revision equals `conversation.revision`, then add one; False when it moved on."""
        ...


class Drafts(Protocol):
    def add(self, draft: Draft) -> None: ...
    def get(self, draft_id: str) -> Draft | None: ...
    def mine(self, draft_id: str, owner: str) -> Draft | None:
        """The draft when this person owns it: one and the same look for none and for another's."""
        ...

    def save(self, draft: Draft, expected_revision: int) -> bool:
        """Compare and set: False, and nothing written, when the stored revision or owner is another."""
        ...

    def close(self, draft: Draft, expected_revision: int) -> bool:
        """`save` for the last time: nothing that was stored of it before can be read any more."""
        ...

    def open_of(self, person_id: str) -> Sequence[Draft]:
        """Open drafts, the latest changed first."""
        ...

    def expired(self, now: datetime) -> Sequence[Draft]: ...
    def delete(self, draft_id: str) -> None: ...


class Cases(Protocol):
    def add(self, case: Case) -> None: ...
    def get(self, case_id: str) -> Case | None: ...
    def several(self, case_ids: Sequence[str]) -> Sequence[Case]:
        """These cases in one question, the one that has waited longest first; without those that there are not."""
        ...

    def by_code(self, code: str) -> Case | None: ...
    def by_draft(self, draft_id: str) -> Case | None: ...
    def taken(self, code: str) -> bool:
        """Whether a case has this code, whoever may see it: codes are unique among all."""
        ...

    def save(self, case: Case, expected_revision: int) -> bool: ...
    def of_school(self, school_id: str, *, include_closed: bool = False) -> Sequence[Case]: ...
    def of_writer(self, person_id: str) -> Sequence[Case]: ...
    def open_cases(self) -> Sequence[Case]: ...
    def add_entry(self, entry: Entry) -> Entry:
        """Append one line to the timeline; the returned entry has its gapless `seq` (from 1) within the case."""
        ...

    def entries(self, case_id: str) -> Sequence[Entry]: ...
    def entries_of(self, case_ids: Sequence[str]) -> Mapping[str, Sequence[Entry]]:
        """The timelines of many cases in one question, by case id; an empty one for a case without lines."""
        ...

    def seen(self, person_id: str, case_id: str) -> datetime | None:
        """When this person last looked at the case."""
        ...

    def looks(self, person_id: str) -> Mapping[str, datetime]:
        """When this person last looked at each case that they have ever looked at, by case id."""
        ...

    def mark_seen(self, person_id: str, case_id: str, at: datetime) -> None: ...


class Filings(Protocol):
    """Consents, exchanges without consent, and reports, each filed on its case."""

    def add(self, filing: Filing) -> None:
        """Store it. A taken slot ends the work: it is refused, or run again to find who took it."""
        ...

    def get(self, filing_id: str) -> Filing | None: ...
    def save(self, filing: Filing, expected_revision: int) -> bool: ...
    def of_case(self, case_id: str, kind: FilingKind) -> Sequence[Filing]: ...
    def of_cases(self, case_ids: Sequence[str], kind: FilingKind) -> Mapping[str, Sequence[Filing]]:
        """The same for many cases in one question, by case id; nothing for a case without any."""
        ...

    def of_group(self, group: str, kind: FilingKind) -> Sequence[Filing]: ...


class TiedFilings(Filings, Protocol):
    """Filings in the hands of one actor, who may say that two children are one."""

    def join(self, old: str, new: str) -> None:
        """Move what is tied to one child to the key of another, its meetings numbered on; not a word is read."""
        ...


class Meetings(Protocol):
    """Meetings and who sits in them. What a reader gets of one, and of which, the guard says."""

    def add(self, meeting: Meeting) -> None:
        """Store it. A taken slot ends the work: it is refused, or run again to find who took it."""
        ...

    def get(self, meeting_id: str) -> Meeting | None: ...
    def by_slot(self, slot: str) -> Meeting | None: ...
    def save(self, meeting: Meeting, expected_revision: int) -> bool: ...
    def of_person(self, person_id: str, since: datetime) -> Sequence[Meeting]:
        """Where this person has a seat, of those that begin from this moment on, the first to begin first."""
        ...

    def of_school(self, school_id: str, since: datetime) -> Sequence[Meeting]: ...
    def calendar(self, school_id: str) -> Sequence[Weekly]:
        """When a school's weekly meetings are, the moved and the cancelled too; no meeting is opened for it."""
        ...

    def of_case(self, case_id: str) -> Sequence[Meeting]: ...
    def between(self, since: datetime, before: datetime) -> Sequence[Meeting]: ...
    def sweep(self, before: datetime) -> int:
        """Delete those without a case that began before this moment; one about a case goes with the case."""
        ...


class Receipts(Protocol):
    def get(self, key: str) -> dict[str, Any] | None: ...
    def put(self, receipt: Receipt) -> None: ...
    def sweep(self, before: datetime) -> int: ...


class Notes(Protocol):
    """What the professions add to their cards. Versions are only added."""

    def versions(self, profession: str, school_id: str) -> Sequence[LocalNote]:
        """All versions of one note, the oldest first."""
        ...

    def add(self, note: LocalNote) -> bool:
        """Store the next version; False, and nothing written, when that version is taken."""
        ...


class Figures(Protocol):
    """A school's months in numbers. What is below five never leaves the guard."""

    def of(self, school_id: str, month: date) -> Digest | None:
        """A month that is over, by its first day; None where it may not be seen."""
        ...


class Repositories(Protocol):
    """One open transaction of a store, and nobody to ask: for storage, the composition root and their tests."""

    @property
    def vault(self) -> Vault: ...

    @property
    def people(self) -> People: ...

    @property
    def conversations(self) -> Conversations: ...

    @property
    def drafts(self) -> Drafts: ...

    @property
    def cases(self) -> Cases: ...

    @property
    def filings(self) -> Filings: ...

    @property
    def meetings(self) -> Meetings: ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def receipts(self) -> Receipts: ...

    @property
    def doors(self) -> Doors: ...

    @property
    def traces(self) -> Traces: ...

    @property
    def identity(self) -> Identity: ...

    @property
    def retention(self) -> Retention: ...

    @property
    def notes(self) -> Notes: ...

    @property
    def audit(self) -> Audit: ...

    @property
    def members(self) -> Members: ...

    @property
    def emergencies(self) -> Emergencies: ...


class UnitOfWork(Repositories, Protocol):
    """One open transaction in the hands of one actor; its repositories answer to that actor only."""

    @property
    def actor(self) -> Actor: ...

    @property
    def filings(self) -> TiedFilings: ...

    @property
    def dossiers(self) -> Dossiers: ...

    @property
    def figures(self) -> Figures: ...

    @property
    def exits(self) -> Exits: ...

    @property
    def reviews(self) -> Reviews: ...

    def relation(self, case_id: str) -> Relation | None:
        """What the actor is to a case; None for a case that does not exist to them."""
        ...

    def relations(self) -> Mapping[str, Relation]:
        """What the actor is to each of their cases, by case id: the same in one question, for whoever lists them."""
        ...

    def acting(self, actor: Actor) -> UnitOfWork:
        """The same transaction in another's hands; only the door, which finds out who is there, may hand it on."""
        ...


class RawStore(Protocol):
    """The database itself. Work runs in one transaction: all of it is committed, or none of it is.

    Work must be a pure function of what it reads, since it may be run again after a conflict or a lost lock. Works of
    one lane, such as a chat, are done one after another in the order in which they were asked for, whichever process
    was asked.
    """

    def run(self, work: Callable[[Repositories], T]) -> T:
        """Run, commit, return; raise StorageBusy when it can't be saved now."""
        ...

    async def submit(self, work: Callable[[Repositories], T], lane: str = "") -> T:
        """The same from an event loop: one thread hop; SQLite groups waiting works into one commit."""
        ...

    def healthy(self) -> bool:
        """A write probe: True when the store can take a commit now."""
        ...

    def close(self) -> None: ...


class Store(Protocol):
    """The database as use cases get it: nobody does anything in it without saying who acts (bot/guard)."""

    def run(self, actor: Actor, work: Callable[[UnitOfWork], T]) -> T:
        """Run, commit, return; raise StorageBusy when it can't be saved now."""
        ...

    async def submit(self, actor: Actor, work: Callable[[UnitOfWork], T], lane: str = "") -> T:
        """The same from an event loop; works of one lane keep their order, whichever process was asked."""
        ...

    def healthy(self) -> bool:
        """A write probe: True when the store can take a commit now."""
        ...

    def close(self) -> None: ...


class Clock(Protocol):
    def now(self) -> datetime:
        """The time, aware, in UTC."""
        ...


class Ids(Protocol):
    def new(self) -> str:
        """A fresh unguessable id, 12 characters of a–z and 2–7."""
        ...

    def code(self) -> str:
        """A speakable case code such as K7RT-Måge; uniqueness is the caller's job."""
        ...

    def secret(self) -> str:
        """A 128-bit secret, URL-safe."""
        ...


class Messenger(Protocol):
    """Sends one notice on one channel. Raises DeliveryError; returns the channel's own reference."""

    async def send(self, row: OutboxRow, to: Person, notice: NoticeText, link: str | None) -> str: ...
    async def close(self) -> None: ...
