"""Rows ↔ core types: the only place that knows both how a thing is stored and what it means."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any

from dialogs.cases.file import dump_case, load_case
from dialogs.cases.model import Case, Entry
from dialogs.drafts import dump, load
from dialogs.identity import Challenge, Credential, WebSession
from dialogs.meetings.model import Meeting
from dialogs.meetings.stored import dump_meeting, load_meeting
from dialogs.notices import OutboxRow, Wish, urgency_of
from dialogs.papers.filings import Filing
from dialogs.people import Membership, Person, Reminding, School
from dialogs.records import Conversation, Invite
from dialogs.types import Draft

Values = dict[str, Any]


def school_values(school: School) -> Values:
    """The row of a school."""
    return asdict(school)


def person_values(person: Person) -> Values:
    """The row of a person, memberships apart."""
    return {
        "id": person.id,
        "name": person.name,
        "email": person.email,
        "telegram_chat": person.telegram_chat,
        "telegram_on": person.telegram_on,
        "active": person.active,
        "let_in_by": " ".join(person.let_in_by),
        "came_back": person.came_back,
        **reminding_values(person.reminding),
    }


def reminding_values(reminding: Reminding) -> Values:
    """The columns of a person's choice of reminders."""
    return {"gathering": reminding.gathering, "gather_hour": reminding.hour, "first_road": reminding.first}


def membership_values(person: Person) -> list[Values]:
    """The membership rows of a person; the first one is home, so their order is kept."""
    return [
        {"person_id": person.id, "position": at, "school_id": m.school_id, "role": m.role, "deputy": m.deputy}
        for at, m in enumerate(person.memberships)
    ]


def people_from(rows: Iterable[Any], unseal: Callable[[Any], tuple[str, str | None]]) -> list[Person]:
    """People from rows of one person and one membership (or none) each, in a stable order.

    `unseal` gives the name and the e-mail address of a row.
    """
    found: dict[str, tuple[Any, list[Membership]]] = {}
    for row in rows:
        memberships = found.setdefault(row.id, (row, []))[1]
        if row.school_id is not None:
            memberships.append(Membership(row.school_id, row.role, row.deputy))
    people: list[Person] = []
    for r, memberships in found.values():
        name, email = unseal(r)
        reminding = Reminding(r.gathering, r.gather_hour, r.first_road)
        makers = tuple(r.let_in_by.split())
        person = Person(r.id, name, tuple(memberships), email, r.telegram_chat, r.telegram_on, r.active, reminding)
        people.append(replace(person, let_in_by=makers, came_back=r.came_back) if makers else person)
    return sorted(people, key=by_name)


def by_name(one: Person | School) -> tuple[str, str]:
    """The order of people and schools; sorted here, since databases disagree on the order of letters."""
    return one.name, one.id


_IN_BODY = tuple(item.name for item in fields(Conversation) if item.name not in ("person_id", "revision"))


def conversation_body(conversation: Conversation) -> Values:
    """Everything about a conversation that may hold words of the person."""
    return {name: getattr(conversation, name) for name in _IN_BODY}


def conversation_from(person_id: str, revision: int, body: Values) -> Conversation:
    """The conversation that was stored; names that this version does not know are passed over."""
    known: Values = {name: _frozen(body[name]) for name in _IN_BODY if name in body}
    return Conversation(person_id, revision=revision, **known)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def draft_values(draft: Draft, changed_at: datetime) -> Values:
    """The row of a draft."""
    return {
        "id": draft.id,
        "owner": draft.owner,
        "form_id": draft.form_id,
        "status": draft.status,
        "revision": draft.revision,
        "code": draft.code,
        "expires_at": draft.expires_at,
        "changed_at": changed_at,
        "body": dump(draft),
    }


def draft_from(body: Values) -> Draft:
    """The draft that was stored."""
    return load(body)


def case_values(case: Case) -> Values:
    """The row of a case."""
    return {
        "id": case.id,
        "code": case.code,
        "school_id": case.school_id,
        "writer_id": case.writer_id,
        "draft_id": case.draft_id,
        "state": case.state,
        "stored_at": case.stored_at,
        "answered_at": case.answered_at,
        "closed_at": case.closed_at,
        "revision": case.revision,
        "body": dump_case(case),
    }


def case_from(body: Values) -> Case:
    """The case that was stored."""
    return load_case(body)


def by_arrival(case: Case) -> tuple[datetime, str]:
    """The order of cases in a list: the one that has waited longest comes first."""
    return case.stored_at, case.id


def entry_from(row: Any, data: Values) -> Entry:
    """One line of a timeline."""
    return Entry(row.case_id, row.kind, row.actor_id, row.at, row.event_at, data, row.seq)


def filing_values(filing: Filing) -> Values:
    """The row of something that is filed on a case."""
    return {
        "id": filing.id,
        "case_id": filing.case_id,
        "kind": filing.kind,
        "state": filing.state,
        "owner": filing.owner,
        "group_key": filing.group,
        "slot": filing.slot,
        "revision": filing.revision,
        "body": dict(filing.body),
    }


def filing_from(row: Any, body: Values) -> Filing:
    """The filing that was stored."""
    return Filing(row.id, row.case_id, row.kind, row.state, body, row.owner, row.group_key, row.slot, row.revision)


def meeting_values(meeting: Meeting) -> Values:
    """The row of a meeting."""
    return {
        "id": meeting.id,
        "kind": meeting.kind,
        "code": meeting.code,
        "school_id": meeting.school_id,
        "case_id": meeting.case_id,
        "slot": meeting.slot,
        "status": meeting.status,
        "starts_at": meeting.starts.utc,
        "revision": meeting.revision,
        "body": dump_meeting(meeting),
    }


def meeting_from(body: Values) -> Meeting:
    """The meeting that was stored."""
    return load_meeting(body)


def in_time(meeting: Meeting) -> tuple[datetime, str]:
    """The order of meetings in a list: the one that begins first comes first."""
    return meeting.starts.utc, meeting.id


def wish_values(wish: Wish) -> Values:
    """The row of a notice that nobody has tried to send yet."""
    return {
        "dedupe_key": wish.dedupe_key,
        "recipient": wish.recipient,
        "template": wish.template,
        "params": dict(wish.params),
        "channel": wish.channel,
        "delivery": wish.delivery,
        "wished_at": wish.due_at,
        "until": wish.until,
        "case_id": wish.case_id,
        "draft_id": wish.draft_id,
        "meeting_id": wish.meeting_id,
        "still": wish.still,
        "red": wish.red,
        "urgency": urgency_of(wish),
        "state": "pending",
        "attempts": 0,
        "due_at": wish.due_at,
        "tried": (),
    }


def fate_values(row: OutboxRow) -> Values:
    """What became of a notice; whoever finishes a row gives its lease back."""
    return {
        "state": row.state,
        "attempts": row.attempts,
        "due_at": row.due_at or row.wish.due_at,
        "lease_token": None,
        "lease_until": None,
        "tried": row.tried,
        "sent_via": row.sent_via,
        "sent_ref": row.sent_ref,
        "sent_at": row.sent_at,
        "seen_at": row.seen_at,
        "last_error": row.last_error,
        "reason": row.reason,
    }


def outbox_from(row: Any) -> OutboxRow:
    """The wish and its fate so far."""
    wish = Wish(
        row.dedupe_key,
        row.recipient,
        row.template,
        row.wished_at,
        row.params,
        row.channel,
        row.delivery,
        row.until,
        row.case_id,
        row.draft_id,
        row.still,
        row.red,
        row.meeting_id,
    )
    return OutboxRow(
        row.id,
        wish,
        row.state,
        row.attempts,
        row.due_at,
        row.lease_token,
        row.lease_until,
        tuple(row.tried),
        row.sent_via,
        row.sent_ref,
        row.sent_at,
        row.seen_at,
        row.last_error,
        row.reason,
    )


def invite_from(row: Any) -> Invite:
    """An invitation as it was issued."""
    return Invite(row.code_hash, row.role, row.school_id, row.person_id, row.expires_at, row.used_at, row.web_only)


def session_from(row: Any) -> WebSession:
    """A signed-in browser."""
    return WebSession(**row._mapping)


def credential_from(row: Any, data: Values) -> Credential:
    """One way in of one person."""
    return Credential(**{**row._mapping, "data": data})


def challenge_from(row: Any, data: Values) -> Challenge:
    """Something that waits to come back."""
    return Challenge(**{**row._mapping, "data": data})
