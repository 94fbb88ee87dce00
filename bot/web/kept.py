"""Words that the assistant did not take: they are stored nowhere, and go back to where they can be put right."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.web.site import Form
from dialogs.acts import DraftAct, decode
from dialogs.replies import Card, Reply


@dataclass(frozen=True)
class Written:
    """What a form of the chat held: `place` is the field's own address, `said` what was written to the bot freely."""

    place: str = ""
    picks: tuple[str, ...] = ()
    words: str = ""
    said: str = ""


NOTHING = Written()


def not_taken(reply: Reply) -> bool:
    """Whether something was left unstored: that is what a problem card says, and what `refused` means."""
    return reply.refused or any(card.kind == "problem" for card in reply.cards)


def written(form: Form) -> Written:
    """The person's own words and ticks in a form; NOTHING for a form without any."""
    words = form.one("text") if form.one("text").strip() else form.one("note")
    found = Written(form.one("form"), form.all("pick"), words.strip(), form.one("say").strip())
    return found if found.words or found.said else NOTHING


def at_home(card: Card | None, what: Written) -> bool:
    """Whether the open question is the one that the words were written for."""
    return bool(what.words) and card is not None and card.entry is not None and _same(card.entry.act, what.place)


def put_back(card: Card | None, what: Written) -> Card | None:
    """The question with these words and ticks in place."""
    if card is None or card.entry is None:
        return card
    choices = tuple(replace(choice, on=choice.id in what.picks) for choice in card.entry.choices)
    return replace(card, entry=replace(card.entry, value=what.words, choices=choices))


def _same(ours: str, theirs: str) -> bool:
    """Whether two addresses mean one question of one draft, at whatever revision."""
    one, other = decode(ours), decode(theirs)
    if isinstance(one, DraftAct) and isinstance(other, DraftAct):
        return (one.draft, one.question) == (other.draft, other.question)
    return ours == theirs
