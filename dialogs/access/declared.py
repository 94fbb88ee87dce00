"""What each door of the house asks of the table: every web route, slash command, button and command of the operator's.

A door that is not here fails the build (tests/arch/test_rights.py). `()` means that it reads and writes nothing that
belongs to anybody. The guard asks again at every repository, so a wrong line here opens nothing: it misleads a reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dialogs.access.rules import Action

Asks = tuple[Action, ...]
_NOTHING: Final[Asks] = ()
_TALK: Final[Asks] = ("talk.read", "talk.write", "receipt.use")
_DRAFT: Final[Asks] = (*_TALK, "draft.read", "draft.write")
_MINE: Final[Asks] = (*_TALK, "case.list", "case.overview", "case.read")
_SEND: Final[Asks] = (*_DRAFT, "case.open", "case.write", "person.list", "notice.write")
_ENTER: Final[Asks] = ("session.use", "session.open")
_CALLS: Final[Asks] = (*_DRAFT, "case.list", "case.read", "meeting.read", "meeting.overview")
_CASE: Final[Asks] = ("case.read", "case.write", "receipt.use", "notice.write")
_INVITES: Final[Asks] = (
    "person.find", "person.write", "invite.make", "invite.list", "invite.withdraw", "receipt.use",
)  # fmt: skip
_MEETING_TOOLS: Final = ("forberedelse", "tavle", "aftaler", "bagefter", "samarbejde")
_AT_MEETING: Final[Asks] = ("meeting.read", "meeting.prepare", "meeting.write", "case.read", "notice.write", *_TALK)
_PREPARE: Final[Asks] = (*_DRAFT, "meeting.read", "meeting.overview", "meeting.prepare")
_ANY_TURN: Final[Asks] = tuple(dict.fromkeys((*_SEND, *_MINE)))

ROUTES: Final[Mapping[str, Asks]] = {
    "GET /": ("session.use",),
    "POST /proev": _ENTER,
    "GET /ind/{code}": _NOTHING,
    "POST /ind": ("invite.take", *_ENTER),
    "POST /ud": _ENTER,
    "GET /log-ind": ("session.use",),
    "POST /log-ind": _ENTER,
    "GET /log-ind/trin": ("session.use",),
    "POST /log-ind/kode": _ENTER,
    "POST /log-ind/noegle/valg": ("session.use",),
    "POST /log-ind/noegle": _ENTER,
    "GET /min-adgang": ("session.use",),
    "POST /min-adgang/saetning": ("session.use",),
    "GET /min-adgang/app": ("session.use",),
    "POST /min-adgang/app": ("session.use",),
    "POST /min-adgang/noegle/valg": ("session.use",),
    "POST /min-adgang/noegle": ("session.use",),
    "POST /min-adgang/fjern": ("session.use",),
    "POST /min-adgang/enhed": _ENTER,
    "GET /min-adgang/telegram": ("session.use",),
    "POST /min-adgang/telegram": ("session.use",),
    "POST /min-adgang/telegram/svar": ("session.use", "person.write"),
    "GET /log-ind/kommune": ("session.use",),
    "GET /log-ind/svar": _ENTER,
    "GET /medarbejdere": ("person.find", "invite.list"),
    "POST /medarbejdere": (
        "person.find",
        "person.write",
        "invite.make",
        "invite.list",
        "invite.withdraw",
        "receipt.use",
    ),
    "GET /medarbejdere/{person_id}": ("person.find", "invite.list"),
    "POST /medarbejdere/{person_id}": (*_INVITES, "access.end", "access.renew"),
    "GET /chat": ("talk.read", "draft.read"),
    "POST /chat": _ANY_TURN,
    "GET /nyt": ("notice.list",),
    "GET /sager": ("case.list",),
    "GET /sag/{case_id}": ("case.read", "audit.who"),
    "POST /sag/{case_id}": _CASE,
    "GET /team": ("case.list", "person.list"),
    "GET /team/tal": ("digest.read",),
    "GET /team/sag/{case_id}": ("case.read", "case.write", "audit.who"),
    "POST /team/sag/{case_id}": _CASE,
    "GET /sag/{case_id}/underretning": ("case.read",),
    "GET /sag/{case_id}/underretning.{form}": ("case.read",),
    "GET /kladde/{draft_id}/underretning": ("draft.read",),
    "GET /kladde/{draft_id}/underretning.{form}": ("draft.read",),
    "POST /sag/{case_id}/underretning": _CASE,
    "GET /sag/{case_id}/samtykke": ("case.read",),
    "POST /sag/{case_id}/samtykke": _CASE,
    "GET /sag/{case_id}/samtykke/{consent_id}.{form}": ("case.read",),
    "GET /sag/{case_id}/udveksling": ("case.read",),
    "POST /sag/{case_id}/udveksling": _CASE,
    "GET /sag/{case_id}/udveksling/{exchange_id}.{form}": ("case.read",),
    "GET /sag/{case_id}/plan": ("case.read", "meeting.overview", "meeting.read"),
    "POST /sag/{case_id}/plan": (*_CASE, "meeting.overview", "meeting.read", "meeting.prepare", "meeting.write"),
    "GET /sag/{case_id}/plan.{form}": ("case.read", "meeting.overview"),
    "GET /sag/{case_id}/tilbagemelding": ("case.read",),
    "POST /sag/{case_id}/tilbagemelding": _CASE,
    "GET /sag/{case_id}/udlevering": ("case.read",),
    "POST /sag/{case_id}/udlevering": ("case.package", "case.export", "person.list"),
    "GET /paamindelser": ("notice.list", "meeting.list"),
    "POST /paamindelser": ("notice.list", "notice.settle", "notice.write", "meeting.list", "receipt.use"),
    "GET /moeder": ("meeting.list", "person.list"),
    "POST /moeder": ("meeting.book", "notice.write", "receipt.use"),
    "GET /sag/{case_id}/moede": ("case.read", "meeting.read", "person.list"),
    "POST /sag/{case_id}/moede": ("case.read", "meeting.book", "meeting.write", "notice.write", "receipt.use"),
    **{f"GET /moede/{{meeting_id}}/{page}": ("meeting.read",) for page in _MEETING_TOOLS},
    **{f"POST /moede/{{meeting_id}}/{page}": _AT_MEETING for page in _MEETING_TOOLS},
    "GET /moede/{meeting_id}/brev": ("meeting.read",),
    "GET /moede/{meeting_id}/brev.{form}": ("meeting.read",),
    "GET /moede/{meeting_id}/kalender.ics": ("meeting.read", "meeting.overview"),
    "GET /moede/{meeting_id}": ("meeting.read", "meeting.overview"),
    "POST /moede/{meeting_id}": ("meeting.answer", "meeting.write", "notice.write", "receipt.use"),
    "GET /moede/{meeting_id}/dagsorden": ("meeting.read", "case.list", "case.read"),
    "GET /moede/{meeting_id}/nu": ("meeting.read", "case.list", "case.read", "case.write"),
    "POST /moede/{meeting_id}/nu": (*_CASE, "meeting.write"),
    "GET /sparring": _NOTHING,
    "POST /sparring": _NOTHING,
    "GET /skjul": _NOTHING,
    "GET /l/{ref}": _NOTHING,
    "POST /l": _ENTER,
    "GET /m": _NOTHING,
    "POST /m": _ENTER,
    "GET /skriv": ("talk.read", "draft.read"),
    "POST /skriv": _ANY_TURN,
    "GET /noedadgang": _NOTHING,
    "POST /noedadgang": ("glass.open", "notice.write"),
    "GET /team/sag/{case_id}/indsigt": ("case.read", "audit.report"),
    "GET /tilsyn": ("glass.read", "audit.read", "audit.verify", "person.read"),
    "GET /tilsyn/sag/{case_id}": ("audit.report", "person.read"),
    "POST /tilsyn/indsigt": ("access.ask", "notice.write"),
    "POST /tilsyn/noedadgang/{emergency_id}": ("glass.read", "glass.judge"),
    "GET /viden": _NOTHING,
    "GET /viden/{card_id}": _NOTHING,
    "GET /fag": _NOTHING,
    "GET /fag/{profession}": ("note.read",),
    "POST /fag/{profession}": ("note.read", "note.write"),
    "GET /beskeder": ("notice.list",),
    "GET /hjaelp": _NOTHING,
    "GET /akut": _NOTHING,
    "GET /tilgaengelighed": _NOTHING,
    "GET /healthz": _NOTHING,
    "GET /readyz": _NOTHING,
    "GET /metrics": _NOTHING,
}
COMMANDS: Final[Mapping[str, Asks]] = {
    "start": _TALK,
    "ny": _DRAFT,
    "fortsaet": _DRAFT,
    "kladder": _DRAFT,
    "sager": _MINE,
    "trafiklys": _DRAFT,
    "hvem": _DRAFT,
    "dele": _DRAFT,
    "viden": _TALK,
    "moeder": (*_TALK, "meeting.list"),
    "paamindelser": (*_TALK, "notice.list", "meeting.list"),
    "plan": _MINE,
    "hjaelp": _DRAFT,
    "tilbage": _DRAFT,
    "gem": _DRAFT,
    "stop": _DRAFT,
    "akut": _TALK,
}
PRESSES: Final[Mapping[str, Asks]] = {
    "answer": _DRAFT, "mark": _DRAFT, "clear": _DRAFT, "done": _DRAFT, "skip": _DRAFT, "unknown": _DRAFT,
    "keep": _DRAFT, "edit": _DRAFT, "back": _DRAFT, "help": _DRAFT, "fill": _DRAFT, "send": _SEND, "save": _DRAFT,
    "leave": _SEND,
}  # fmt: skip
PLACES: Final[Mapping[str, Asks]] = {
    "menu": _TALK, "new": _DRAFT, "drafts": _DRAFT, "resume": _DRAFT, "discard": _DRAFT, "discard_yes": _DRAFT,
    "cases": _MINE, "case": _MINE, "thread": (*_MINE, "case.write"), "add": (*_MINE, "case.write"), "light": _DRAFT,
    "help": _DRAFT, "acute": _TALK, "card": _TALK, "alert": _DRAFT, "stop": _DRAFT, "tell": _SEND,
    "worry_from": _DRAFT, "guide": _DRAFT, "meant": _DRAFT, "back": _DRAFT, "who": _DRAFT, "area": _DRAFT,
    "basis": _DRAFT, "share": _DRAFT, "duty": _TALK, "link": (*_TALK, "session.use"), "secure": (*_TALK, "session.use"),
    "consent": _MINE, "exchange": _MINE, "network": _MINE, "prepare": _PREPARE,
    "report": _MINE, "sparring": _TALK, "know": _TALK,
    "plans": _MINE, "plan": _MINE, "score": (*_MINE, "case.write", "notice.write"),
    "prof": _DRAFT, "crew": (*_DRAFT, "person.list"), "forum": _DRAFT,
    "call": (*_CALLS, "person.list"),
    "called": (*_CALLS, "person.list", "meeting.book", "notice.write"),
    "absent": (*_DRAFT, "meeting.list", "meeting.read", "person.list"),
    "send": (*_DRAFT, "meeting.list", "meeting.read", "meeting.answer", "person.list", "notice.write"),
    "told": (*_TALK, "notice.list", "notice.settle", "notice.write", "meeting.list"),
    "meetings": (*_TALK, "meeting.list"), "meeting": (*_TALK, "meeting.list", "meeting.answer"),
}  # fmt: skip
OPERATOR: Final[Mapping[str, Asks]] = {
    "demo": _NOTHING, "web": _NOTHING, "worker": _NOTHING, "telegram": _NOTHING, "migrate": _NOTHING,
    "invite": ("invite.make", "person.write", "school.write", "person.find"),
    "check": _NOTHING,
    "retention": ("draft.sweep", "receipt.sweep", "session.sweep", "case.erase", "audit.cut", "trace.sweep"),
    "inventory": _NOTHING, "backup": _NOTHING, "restore": _NOTHING, "content law": _NOTHING,
    "keys new": _NOTHING, "keys check": _NOTHING, "keys rotate": _NOTHING,
    "erase": ("case.erase", "talk.read", "talk.write"),
    "people list": ("person.find",), "people activate": ("person.write", "access.renew"),
    "people deactivate": ("person.write", "access.end"), "people reset": ("person.write", "access.end"),
    "demo-people": ("person.write", "school.write"),
    "outbox list": ("notice.admin",), "outbox retry": ("notice.admin",),
    "digest": ("school.read", "digest.read"),
    "audit verify": ("audit.verify", "audit.read", "audit.head"), "audit head": ("audit.head", "audit.verify"),
    "subject-access key": _NOTHING, "subject-access open": _NOTHING,
    "subject-access make": ("case.package", "person.list", "school.read"),
    "audit sample": ("audit.read",), "audit access-report": ("audit.report",),
    "content check": _NOTHING, "content play": _NOTHING, "content graph": _NOTHING, "content diff": _NOTHING,
    "content triage": _NOTHING, "content decide": _NOTHING, "content guard": _NOTHING, "content route": _NOTHING,
    "content lookup": _NOTHING,
}  # fmt: skip
