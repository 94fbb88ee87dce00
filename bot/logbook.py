"""What the use cases need for answering for what is kept: the log, members of cases, emergencies, deletion, keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Literal, Protocol

from dialogs.access.roster import Member
from dialogs.access.rules import Relation
from dialogs.audit import Anchor, Head, Keys, Line
from dialogs.cases.glass import Emergency
from dialogs.papers.dossier import Dossier
from dialogs.records import Trace
from dialogs.retention import Deletion


class Audit(Protocol):
    """The log: lines are added, read and, after two years, cut off at the far end. Nothing changes one."""

    def append(self, lines: Sequence[Line]) -> None:
        """Chain the lines behind the last one."""
        ...

    def keys(self) -> Keys: ...
    def head(self) -> Head: ...
    def anchor(self) -> Anchor | None: ...
    def lines(self, after: int = 0) -> Iterator[Line]: ...
    def about(self, case_id: str) -> Sequence[Line]: ...
    def report(self, case_id: str, school_id: str) -> Sequence[Line]:
        """What an access report is made of; the same lines, for others."""
        ...

    def since(self, at: datetime, actions: Sequence[str]) -> Sequence[Line]: ...
    def cut(self, before: datetime, now: datetime) -> int:
        """Forget lines from before this moment and seal where the log begins now; how many they were."""
        ...


class Reviews(Protocol):
    """What the protection officer has looked through. It is kept in the log, so that nobody can take it back."""

    def mark(self, key: str) -> None:
        """Write down that a line of the officer's lists was looked at."""
        ...


class Members(Protocol):
    """Who is on which case, since when and until when."""

    def of_case(self, case_id: str) -> Sequence[Member]: ...
    def relations(self, case_id: str, person_id: str, now: datetime) -> frozenset[Relation]: ...
    def cases_of(self, person_id: str, now: datetime) -> Mapping[str, frozenset[Relation]]: ...
    def cases_with(self, person_id: str, now: datetime) -> Sequence[str]:
        """Cases that this person is on, or is to come on later."""
        ...

    def ended(self, person_id: str) -> Sequence[Member]: ...
    def begin(self, member: Member) -> None: ...
    def end(self, member: Member, at: datetime) -> None: ...
    def unstaffed(self) -> Sequence[str]:
        """Cases from before there were rows: ids."""
        ...


class Emergencies(Protocol):
    def add(self, emergency: Emergency) -> None: ...
    def get(self, emergency_id: str) -> Emergency | None: ...
    def of_case(self, case_id: str) -> Sequence[Emergency]: ...
    def unjudged(self) -> Sequence[Emergency]: ...
    def judge(self, emergency: Emergency) -> bool:
        """Write the verdict; False where there is one already."""
        ...

    def find(self, code: str) -> str | None:
        """The id of the case with this code."""
        ...

    def code(self, case_id: str) -> str:
        """The case's code; "" when it is gone."""
        ...

    def to_tell(self, case_id: str) -> tuple[Sequence[str], Sequence[str]]:
        """Who hears of an opening: the people on the case now, and those who watch over privacy."""
        ...


class Dossiers(Protocol):
    """All that is held about one case, for whoever answers for it to the outside."""

    def open(self, case_id: str, action: Literal["case.package", "case.export"]) -> Dossier | None: ...
    def find(self, code: str) -> str:
        """The id of the case with this code; "" when there is none."""
        ...

    def ask(self, code: str) -> tuple[str, str, Sequence[str]] | None:
        """Ask for a package: the case's id and code, and who may make it. None for no such case; nothing is read."""
        ...


class Traces(Protocol):
    """Which messages stand in Telegram chats."""

    def leave(self, trace: Trace) -> None:
        """Note a message; one that is known keeps its first moment."""
        ...

    def take(self, before: datetime, along: datetime) -> Sequence[Trace]:
        """Take out what stood there before the first moment, and of the same chats what came before the second."""
        ...

    def take_all(self, chat_id: int) -> Sequence[Trace]:
        """Take out everything of one chat."""
        ...


class Retention(Protocol):
    """Deleting for good, and the ledger of it."""

    def closed_before(self, before: datetime, limit: int = 100) -> Sequence[tuple[str, str]]:
        """Ids and codes of cases that were closed before this moment, the oldest first."""
        ...

    def erase_case(self, case_id: str) -> dict[str, int]:
        """Delete a case with everything that hangs on it, and destroy its key; how many rows of each kind."""
        ...

    def sweep_outbox(self, before: datetime) -> int: ...
    def sweep_invites(self, before: datetime) -> int: ...
    def sweep_ledger(self, before: datetime) -> int: ...
    def record(self, deletion: Deletion) -> int:
        """Write a line of the ledger; its number."""
        ...

    def ledger(self, after: int = 0) -> Sequence[Deletion]: ...


class Vault(Protocol):
    """Keys for what is neither stored nor sealed: the audit chain, blind indexes, one-time links."""

    def subkey(self, label: str) -> bytes:
        """32 bytes for one purpose, such as `audit/v1`: the same for the life of the database."""
        ...
