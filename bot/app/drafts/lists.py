"""The person's drafts as a list of safe names, and throwing one away after asking."""

from __future__ import annotations

from dataclasses import replace

from bot.app.drafts.keeping import find
from bot.app.turns import menu
from bot.app.turns.turn import Turn, say
from dialogs.cases.words import day_words
from dialogs.drafts import reconcile
from dialogs.engine import advance, view
from dialogs.replies import Card, Reply, Row
from dialogs.retention import Deletion
from dialogs.types import Discard, Draft
from dialogs.worry import known_as


def listing(t: Turn) -> Reply:
    """The person's open drafts by their safe names."""
    drafts = t.uow.drafts.open_of(t.person.id)
    if not drafts:
        return say(t.card("drafts.none"), *menu.cards(t))
    return say(
        Card(
            kind="list",
            title=t.words("drafts.title"),
            text="",
            rows=tuple(_draft_row(t, draft) for draft in drafts),
            buttons=tuple(
                (
                    t.go("menu.resume", "resume", draft.id, "primary", code=draft.code),
                    t.go("drafts.delete", "discard", draft.id, "quiet", code=draft.code),
                )
                for draft in drafts
            ),
        )
    )


def full(t: Turn) -> Reply:
    """There are as many drafts as anybody needs: finish one or throw one away first."""
    return replace(listing(t), cards=(t.problem("too_many_drafts"), *listing(t).cards))


def _draft_row(t: Turn, draft: Draft) -> Row:
    form = t.content.form(draft.form_id)
    progress = view(form, reconcile(form, draft).draft).progress
    date = day_words(draft.started_at.astimezone(t.world.workdays.zone).date())
    name = known_as(draft.code, draft.answers) if t.actor.channel == "web" else draft.code
    return Row(f"{name} · {form.title}", t.words("drafts.row", date=date, at=progress.at, of=progress.of))


def ask_discard(t: Turn, draft_id: str) -> Reply:
    """Ask before anything is thrown away."""
    draft = find(t, draft_id)
    if draft is None or draft.status != "open":
        return say(t.problem("gone"), *menu.cards(t))
    card = replace(
        t.card("drafts.discard", code=draft.code),
        buttons=((t.go("drafts.discard_yes", "discard_yes", draft.id, "danger"), t.go("drafts.discard_no", "drafts")),),
    )
    return say(card)


def discard(t: Turn, draft_id: str) -> Reply:
    """Throw a draft away: its row goes, and reminders about it stop."""
    draft = find(t, draft_id)
    if draft is None or draft.status != "open":
        return say(t.problem("gone"), *menu.cards(t))
    step = advance(t.content.form(draft.form_id), draft, Discard())
    t.uow.outbox.cancel(draft.id, "discarded")
    t.uow.drafts.delete(step.draft.id)
    t.uow.retention.record(Deletion("draft", draft.id, "drafts", t.now, draft.code))
    if t.subject == ("draft", draft.id):
        t.go_to("")
    return say(t.card("drafts.discarded", "receipt", code=draft.code), *menu.cards(t))
