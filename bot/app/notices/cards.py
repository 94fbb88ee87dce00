"""Reminders in the chat: what the person will be reminded of, and one press that chooses how."""

from __future__ import annotations

from bot.app.notices import choosing, comingup
from bot.app.notices.choosing import Choice
from bot.app.turns.turn import Turn, say
from dialogs.acts import Go, encode
from dialogs.cases.words import moment_said
from dialogs.replies import Button, Card, Reply, Row

COMING = "/paamindelser"
MOST = 8  # reminders shown: more than a screen of them is for the page


def coming(t: Turn) -> Reply:
    """What the person will be reminded of, and why; putting off and turning off are on the page."""
    talk, rows = t.content.meetings, comingup.listing(t.world, t.uow, t.person, t.now)[:MOST]
    back: tuple[Button, ...] = (t.go("menu.menu", "menu", style="quiet"),)
    zone = t.world.workdays.zone
    lines = tuple(Row(moment_said(row.when, t.now, zone), row.text) for row in rows)
    text = talk("reminders.lead_chat") if rows else talk("reminders.none")
    way = talk("reminders.open_page")
    title = talk("reminders.title")
    shown = Card(kind="list", title=title, text=text, rows=lines, link=COMING, link_label=way)
    return say(shown, _ways(t, back))


def choose(t: Turn, code: str) -> Reply | None:
    """One press chooses how to be reminded; None for a choice that there is not."""
    person = choosing.pick(t.world, t.uow, t.person, code, t.now)
    if person is None:
        return None
    t.person = person
    back: tuple[Button, ...] = (t.go("menu.menu", "menu", style="quiet"),)
    return say(Card(kind="receipt", text=t.content.meetings("reminders.chosen")), _ways(t, back))


def _ways(t: Turn, back: tuple[Button, ...]) -> Card:
    """The ways to be reminded, each one press away; what holds now is marked."""
    talk, found = t.content.meetings, choosing.choices(t.world, t.person)
    parts = [
        talk("reminders.choice"),
        *(one.hint for one in found.gathering if one.on),
        talk("reminders.choice_always"),
    ]
    rows = [*((_choice(one),) for one in found.gathering), tuple(map(_choice, found.hours))]
    rows += [tuple(map(_choice, found.first)), back]
    return Card(kind="say", text="\n\n".join(parts), buttons=tuple(row for row in rows if row))


def _choice(one: Choice) -> Button:
    return Button(one.label, encode(Go("told", one.code)), on=one.on)
