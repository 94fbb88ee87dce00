"""Where a draft stands, as cards: the open question within what the channel may carry, or what follows the last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.app.drafts import finishing
from bot.app.drafts.keeping import here
from bot.app.turns import ways
from bot.app.turns.sheet import Sheet
from bot.app.turns.turn import Turn, say
from dialogs.acts import DraftAct, encode
from dialogs.channels import WEB, WORDS, asks_for
from dialogs.facts import LENGTH, red_lane
from dialogs.render import problem_card, question_card
from dialogs.replies import Button, Card, Reply
from dialogs.types import Problem, View

_UNTIL = frozenset({LENGTH, "q04_hvad"})  # once one of these is answered, it is known how long the way is


def show(t: Turn, sheet: Sheet, problems: Sequence[Problem] = ()) -> tuple[Card, ...]:
    """The open question, or what comes after the last one, below what was refused."""
    cards = tuple(problem_card(t.content.words, problem) for problem in problems)
    seen = sheet.seen
    if seen.current is None or seen.current.id in (finishing.COLOUR_QUESTION, finishing.REST_QUESTION):
        after = finishing.cards(t, sheet)
        return (*cards, *(_asked(t, sheet, card) if card.kind == "question" else card for card in after))
    return (*cards, _asked(t, sheet, question_card(t.content.words, seen, own_words=t.actor.ceiling >= WORDS)))


def _asked(t: Turn, sheet: Sheet, card: Card) -> Card:
    """The question as this channel may carry it.

    In the red lane no missing answer holds the worry back: every question shows the way to send it as it is.
    """
    card = within_ceiling(t, sheet.seen, card)
    if sheet.form.table:  # what is left to ask depends on the answer: «2 af 2» would promise too much
        card = replace(card, at=0, of=0)
    card = t.nature(sheet.form).asked(t, sheet.draft, card)
    if sheet.form.purpose == "worry" and _UNTIL.isdisjoint(sheet.at.values):  # «1 af 5» would become «3 af 19»
        card = replace(card, of=0)
    if not (sheet.seen.can_submit and red_lane(sheet.at.values)):
        return card
    look = DraftAct("send", sheet.draft.id, sheet.draft.revision, finishing.LOOK_FIRST)
    return replace(card, buttons=((Button(t.words("question.send_early"), encode(look)),), *card.buttons))


def within_ceiling(t: Turn, seen: View, card: Card) -> Card:
    """The question as this channel may carry it: where free text is not allowed, a pointer to the web chat."""
    question = seen.current
    if question is None or t.actor.ceiling >= WEB:
        return card
    if asks_for(question, seen.phase) <= t.actor.ceiling:
        return replace(card, entry=replace(card.entry, note=None, value="") if card.entry else None)
    keep = card.entry if card.entry and card.entry.choices else None
    rows = (*ways.button(t, "draft", seen.draft_id, write=True), *card.buttons)
    return replace(card, text=f"{card.text}\n\n{pointer(t)}", entry=keep, buttons=rows)


def pointer(t: Turn) -> str:
    """Where to write what this channel may not carry."""
    return t.words("secure.pointer" if t.world.public_url else "problems.strict")


def secure_row(t: Turn) -> tuple[tuple[Button, ...], ...]:
    """The button that opens the secure page at the open draft; no row where there is none, or no address."""
    kind, thing = t.subject
    return ways.button(t, "draft", thing) if kind == "draft" else ()


def current(t: Turn) -> Reply | None:
    """The open question of this conversation again, or None when no draft is open."""
    sheet = here(t)
    return say(*sheet.told, *show(t, sheet)) if sheet is not None else None
