"""Which forum? The municipality's own ladder of teams, from the lowest step, as one card."""

from __future__ import annotations

from bot.app.guides import who
from bot.app.turns import lightcards
from bot.app.turns.turn import Turn, say
from dialogs.guides.forums import ladder
from dialogs.local import Forum
from dialogs.replies import Card, Reply, Row


def show(t: Turn) -> Reply:
    """All forums with what they take, who may bring it, who sits there and how often they meet."""
    t.visit(who.PLACE)
    return say(card(t))


def card(t: Turn) -> Card:
    """The ladder as rows, lowest first; danger climbs no ladder, and the card says so."""
    rows = tuple(_row(t, forum) for forum in ladder(t.content.ladder))
    buttons = ((t.go("who.other", "who"), t.go("menu.menu", "menu", style="quiet")),)
    text = t.words("forum.text", leader=t.content.cards.leader_now["unasked"])
    return Card(
        kind="say", title=t.words("forum.title"), text=text, rows=rows, buttons=buttons, detail=lightcards.duty(t)
    )


def _row(t: Turn, forum: Forum) -> Row:
    names = ", ".join(t.content.directory.professions[one].name for one in forum.members)
    lines = [forum.takes] if forum.takes else []
    lines.append(t.words("forum.members", names=names))
    lines.append(t.words("forum.rhythm", rhythm=forum.rhythm))
    if forum.sends:
        lines.append(t.words("forum.sends", who=forum.sends))
    if not forum.one_child:
        lines.append(t.words("forum.common"))
    return Row(t.words("forum.step", level=forum.level, name=forum.name), "\n".join(lines))
