"""Drafts and the store: find one's own, lay it out on today's content, save it only if nobody else has."""

from __future__ import annotations

from dataclasses import replace

from bot.app.turns.sheet import Sheet
from bot.app.turns.turn import Turn
from dialogs.drafts import Reconciled, reconcile
from dialogs.records import Moved
from dialogs.render import names_of
from dialogs.replies import Card
from dialogs.types import Draft, Form


def find(t: Turn, draft_id: str) -> Draft | None:
    """The person's own draft, whatever its state; None for others' and for what is gone."""
    draft = t.uow.drafts.get(draft_id)
    return draft if draft is not None and draft.owner == t.person.id else None


def here(t: Turn) -> Sheet | None:
    """The open draft that the conversation is about, laid out."""
    kind, thing = t.subject
    if kind != "draft":
        return None
    draft = find(t, thing)
    return lay(t, draft) if draft is not None and draft.status == "open" else None


def near(t: Turn) -> Sheet | None:
    """The open draft, or the one that waits behind a question: what it says about danger holds there too."""
    kind, thing = t.conversation.left
    if (sheet := here(t)) is not None or kind != "draft":
        return sheet
    draft = find(t, thing)
    return lay(t, draft) if draft is not None and draft.status == "open" else None


def lay(t: Turn, draft: Draft) -> Sheet:
    """The draft on today's content, saved when that changed anything."""
    form = t.content.form(draft.form_id)
    found = reconcile(form, draft)
    now = t.nature(form).refresh(t, found.draft, "")
    if now is draft:
        return Sheet(form, draft)
    moved_on = replace(now, revision=draft.revision + 1)
    save(t, moved_on, draft.revision)
    return Sheet(form, moved_on, _told(t, form, found))


def _told(t: Turn, form: Form, found: Reconciled) -> tuple[Card, ...]:
    if not found.changed:
        return ()
    text = t.words("changed.reconciled")
    if found.again:
        text += " " + t.words("changed.again", questions=names_of(form, found.again))
    return (Card(kind="say", text=text),)


def save(t: Turn, draft: Draft, expected: int) -> None:
    """Write the draft where its revision is still the expected one; Moved otherwise, so that the turn runs again."""
    if not t.uow.drafts.save(draft, expected):
        raise Moved
