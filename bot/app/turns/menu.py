"""Where a person starts, and what they can do from anywhere."""

from __future__ import annotations

from dataclasses import replace

from bot.app.turns.turn import Turn, say
from dialogs.replies import Button, Card, Reply


def hello(t: Turn) -> Reply:
    """The first words: what this is, what it never does, and what to do if a child is in danger."""
    return say(t.card("start.hello"), t.card("start.never"), *cards(t))


def cards(t: Turn) -> tuple[Card, ...]:
    """The menu, with the latest draft on top when there is one."""
    drafts = t.uow.drafts.open_of(t.person.id)
    worries = [draft for draft in drafts if t.content.purpose(draft) == "worry"]
    cases = t.uow.cases.of_writer(t.person.id)
    rows: list[tuple[Button, ...]] = [(t.go("menu.new", "new", style="primary"),)]
    if worries:
        rows.insert(0, (t.go("menu.resume", "resume", worries[0].id, "primary", code=worries[0].code),))
    rows += [(t.go("menu.light", "light"),), (t.go("menu.share", "share"), t.go("menu.who", "who"))]
    if drafts:
        rows.append((t.go("menu.drafts", "drafts", n=len(drafts)),))
    if cases:
        rows.append((t.go("menu.cases", "cases", n=len(cases)),))
    rows.append((t.go("menu.help", "help", style="quiet"), t.go("menu.acute", "acute", style="danger")))
    return (replace(t.card("menu.ask"), buttons=tuple(rows)),)


def help_reply(t: Turn) -> Reply:
    """How to use the bot, and that it is one."""
    text = "\n\n".join(t.words(f"help.{key}") for key in ("text", "human", "honest"))
    return say(Card(kind="say", title=t.words("menu.help"), text=text), *cards(t))
