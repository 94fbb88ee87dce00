"""The table of who may do what: action × how somebody stands to the thing × the terms. What is not here is denied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from dialogs.access.actor import Service

Action = Literal[
    "draft.read", "draft.write", "draft.sweep",
    "talk.read", "talk.write",
    "case.list", "case.overview", "case.read", "case.open", "case.write", "case.erase", "case.package", "case.export",
    "access.ask", "notice.write", "notice.list", "notice.settle", "notice.send", "notice.admin",
    "receipt.use", "receipt.sweep", "trace.leave", "trace.sweep", "note.read", "note.write",
    "person.read", "person.list", "person.find", "person.write", "school.read", "school.write",
    "invite.make", "invite.list", "invite.withdraw", "invite.take",
    "session.use", "session.open", "session.sweep", "access.end", "access.renew", "access.vouch",
    "audit.who", "audit.report", "audit.read", "audit.mark", "audit.head", "audit.verify", "audit.cut",
    "glass.open", "glass.read", "glass.judge", "digest.read",
    "meeting.list", "meeting.overview", "meeting.read", "meeting.book", "meeting.answer", "meeting.prepare",
    "meeting.write", "meeting.plan", "meeting.sweep",
]  # fmt: skip
# How somebody stands to what they ask for. The first six come from being on the case (`dialogs/access/roster.py`),
# two from a seat at a meeting. "head" is the leader on the case (their superior, where it leads around them), "holder"
# whoever is responsible for it; the others from being oneself, from a role at the school, or from nothing at all.
Tie = Literal[
    "writer", "member", "informed", "glass", "casemate", "recipient",
    "invited", "chair", "head", "holder", "self", "staff", "team", "leader", "dpo", "admin", "anyone",
]  # fmt: skip
Relation = Literal["writer", "member", "informed", "glass"]
# Why a person reads: what a child's access report says instead of a name (Datatilsynet, 6 June 2024).
Purpose = Literal["own_worry", "case_work", "information", "emergency", "oversight", "access", "journal", "running", ""]


@dataclass(frozen=True)
class Terms:
    """On what terms: the class of what is handed out, why it is read, and whether the two factors must be there."""

    data_class: int = 1
    purpose: Purpose = ""
    sure: bool = False  # two factors even for what is class 1


_OWN: Final = Terms()
_OVERSIGHT: Final = Terms(purpose="oversight", sure=True)

# "team" is the school's team for its own meetings; who may see a meeting about a case follows from the case.
_AT_MEETINGS: Final[tuple[Tie, ...]] = ("chair", "invited", "writer", "member", "team")
_BOOKS: Final[tuple[Tie, ...]] = ("writer", "member", "team")
_PREPARES: Final[tuple[Tie, ...]] = ("invited", "chair", "member", "writer")
_LEADS: Final[tuple[Tie, ...]] = ("chair", "member", "team")

# A person's own drafts and talk are class 1 here though their answers are class 2: the conversation has to compute with
# them in any channel, and what it may show there is checked on every reply (bot/app/chat/handle.py).
PEOPLE: Final[Mapping[Action, Mapping[Tie, Terms]]] = {
    "draft.read": {"self": _OWN},
    "draft.write": {"self": _OWN},
    "talk.read": {"self": _OWN},
    "talk.write": {"self": _OWN},
    "case.list": {"self": Terms(purpose="own_worry"), "team": Terms(purpose="case_work")},
    "case.overview": {
        "writer": Terms(purpose="own_worry"),
        "member": Terms(purpose="case_work"),
        "informed": Terms(purpose="information"),
        "glass": Terms(purpose="emergency"),
    },
    "case.read": {
        "writer": Terms(2, "own_worry"),
        "member": Terms(2, "case_work"),
        "informed": Terms(2, "information"),
        "glass": Terms(2, "emergency"),
    },
    "case.open": {"staff": Terms(purpose="own_worry")},
    "case.write": {"writer": Terms(2, "own_worry"), "member": Terms(2, "case_work")},
    # The data protection officer passes a request on and reads nothing: making the package is the controller's task.
    "access.ask": {"dpo": Terms(purpose="access", sure=True)},
    # All that is held, for those who ask for access, and a copy for the municipality's journal. Not for the data
    # protection officer, who watches over reading and reads nothing.
    "case.package": {"head": Terms(2, "access", sure=True)},
    "case.export": {"head": Terms(2, "journal", sure=True), "holder": Terms(2, "journal", sure=True)},
    "notice.write": {"anyone": _OWN},
    "notice.list": {"self": _OWN},
    "notice.settle": {"self": _OWN},
    "receipt.use": {"anyone": _OWN},
    "note.read": {"staff": _OWN},
    "note.write": {"staff": _OWN},
    "person.read": {"self": _OWN, "staff": _OWN, "casemate": _OWN, "dpo": _OVERSIGHT, "admin": _OWN},
    "person.list": {"staff": _OWN, "casemate": _OWN, "dpo": _OVERSIGHT, "admin": _OWN},
    "person.find": {"admin": Terms(sure=True), "dpo": _OVERSIGHT},
    "person.write": {"admin": Terms(sure=True)},
    "school.read": {"anyone": _OWN},
    "school.write": {"admin": Terms(sure=True)},
    "invite.make": {"admin": Terms(sure=True)},
    "invite.list": {"admin": Terms(sure=True)},
    "invite.withdraw": {"admin": Terms(sure=True)},
    # Ending is all that another's ways in are good for: nobody signs in as somebody else.
    "access.end": {"admin": Terms(sure=True)},
    "access.renew": {"admin": Terms(sure=True)},
    # Never for one's own code: the guard asks that too.
    "access.vouch": {"leader": Terms(sure=True), "admin": Terms(sure=True)},
    "session.use": {"self": _OWN},
    "session.open": {"self": _OWN},
    "audit.who": {"writer": _OWN, "member": _OWN},
    "audit.report": {"leader": Terms(purpose="oversight", sure=True), "dpo": _OVERSIGHT},
    "digest.read": {"leader": Terms(purpose="oversight", sure=True)},
    "audit.read": {"dpo": _OVERSIGHT},
    "audit.mark": {"dpo": _OVERSIGHT},
    "audit.head": {"dpo": _OVERSIGHT},
    "audit.verify": {"dpo": _OVERSIGHT},
    "glass.open": {"leader": Terms(2, "emergency", sure=True)},
    "glass.read": {"dpo": Terms(2, "oversight")},
    "glass.judge": {"dpo": Terms(2, "oversight")},
    # When and where is class 1, as in a notice; what it is about and what was said there is class 2. An answer is one's
    # own, and a yes has no words in it, so it may be given on any channel.
    "meeting.list": {"self": _OWN, "team": Terms(purpose="case_work")},
    "meeting.overview": {tie: Terms(purpose="case_work") for tie in _AT_MEETINGS},
    "meeting.read": {tie: Terms(2, "case_work") for tie in _AT_MEETINGS},
    "meeting.book": {tie: Terms(2, "case_work") for tie in _BOOKS},
    "meeting.answer": {"invited": _OWN},
    "meeting.prepare": {tie: Terms(2, "case_work") for tie in _PREPARES},
    "meeting.write": {tie: Terms(2, "case_work") for tie in _LEADS},
}
_SERVICES: Final[Mapping[Service, tuple[Action, ...]]] = {
    # It knows people and sessions, and nothing of what they write; whom it finds gets the transaction.
    "door": (
        "person.read", "person.find", "person.list", "person.write", "school.read", "invite.make",
        "invite.take", "session.use", "session.open", "receipt.use", "notice.write", "trace.leave", "trace.sweep",
    ),
    # It asks whether a notice is still wanted and forgets what is out of date. It shows nobody anything.
    "worker": (
        "draft.read", "draft.write", "draft.sweep", "talk.read", "talk.write", "case.overview", "case.list",
        "case.erase", "notice.write", "notice.send", "notice.list", "receipt.use", "receipt.sweep",
        "trace.leave", "trace.sweep",
        "person.read", "person.find", "person.list", "person.write", "school.read", "session.sweep",
        "session.open", "access.end", "audit.read", "audit.head", "audit.verify", "audit.cut", "glass.read",
        "meeting.list", "meeting.overview", "meeting.plan", "meeting.sweep",
    ),
    # Commands on the server: no content, not even by break-glass. A package of all that is held leaves the command only
    # sealed to somebody else's key.
    "operator": (
        "draft.sweep", "talk.write", "talk.read", "case.erase", "notice.admin", "notice.write", "receipt.sweep",
        "trace.sweep",
        "person.read", "person.find", "person.list", "person.write", "school.read", "school.write",
        "invite.make", "invite.list", "invite.withdraw", "session.sweep", "session.open", "access.end", "access.renew",
        "access.vouch", "audit.verify", "audit.head", "audit.cut", "audit.read",
        "audit.report", "case.package", "meeting.sweep", "digest.read",
    ),
    "setup": (
        "person.read", "person.find", "person.write", "person.list", "school.read", "school.write",
        "meeting.list", "meeting.overview", "meeting.plan", "notice.write",
    ),
}  # fmt: skip
SERVICES: Final[Mapping[Service, frozenset[Action]]] = {who: frozenset(acts) for who, acts in _SERVICES.items()}
# What is written down when it is allowed, before anybody sees the answer. What is refused is always written down.
LOGGED: Final[frozenset[Action]] = frozenset({
    "case.read", "case.open", "case.write", "case.erase", "case.package", "case.export", "access.ask",
    "draft.sweep", "notice.admin",
    "note.write", "person.find", "person.write", "school.write", "invite.make", "invite.withdraw", "invite.take",
    "session.open", "access.end", "access.renew", "access.vouch",
    "audit.report", "audit.read", "audit.mark", "audit.verify", "audit.cut",
    "glass.open", "glass.read", "glass.judge", "digest.read",
    "meeting.read", "meeting.book", "meeting.answer", "meeting.prepare", "meeting.write",
})  # fmt: skip
