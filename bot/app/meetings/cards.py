"""Meetings in the chat: when the person's own are, a yes, and how to be reminded; a no is in `answering`."""

from __future__ import annotations

from bot.app.chat import menu
from bot.app.chat.turn import Turn, say
from bot.app.meetings import choosing, comingup
from bot.app.meetings import deeds as meetings
from bot.app.meetings import views as meetingviews
from bot.app.meetings.choosing import Choice
from bot.app.meetings.views import MeetingRow
from dialogs.acts import Go, encode
from dialogs.cases.words import moment_said
from dialogs.meetings.moves import Reply as Answer
from dialogs.replies import Button, Card, Reply, Row

PATH, COMING = "/moeder", "/paamindelser"
MOST = 8  # meetings shown: more than a screen of them is for the page


def listing(t: Turn) -> Reply:
    """The person's meetings, with a yes for each that waits for one."""
    rows = [row for row in meetingviews.mine(t.world, t.uow, t.person, t.now) if not row.over][:MOST]
    talk = t.content.meetings
    back: tuple[Button, ...] = (t.go("menu.menu", "menu", style="quiet"),)
    way = talk("open_page")
    if not rows:
        return say(Card(kind="say", title=talk("title"), text=talk("none"), buttons=(back,), link=PATH, link_label=way))
    yes: list[tuple[Button, ...]] = []
    for row in rows:
        if row.asks:
            yes.append((Button(_said(t, "yes", row), encode(Go("meeting", row.id)), "primary"),))
            yes.append((Button(_said(t, "absent.not_me", row), encode(Go("absent", row.id))),))
    yes += [(t.go("prepare.begin", "prepare", row.id, code=row.code),) for row in rows if row.prepares]
    return say(
        Card(
            kind="list",
            title=talk("title"),
            text=talk("lead_chat"),
            rows=tuple(_line(t, row) for row in rows),
            buttons=(*yes, back),
            link=PATH,
            link_label=way,
        )
    )


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


def say_yes(t: Turn, meeting_id: str) -> Reply:
    """The person comes."""
    room = meetings.enter(t.world, t.uow, t.person, meeting_id, t.now)
    talk = t.content.meetings
    if room is None or room.seat is None:
        return say(Card(kind="problem", text=talk("problems.not_found")), *menu.cards(t))
    problems = meetings.act(room, Answer(room.seat.id, "yes"))
    if problems:
        return say(Card(kind="problem", text=talk(f"problems.{problems[0].code}")), *listing(t).cards)
    said = Card(kind="receipt", text=talk("said_yes", code=room.meeting.code))
    return say(said, *listing(t).cards)


def _line(t: Turn, row: MeetingRow) -> Row:
    when = moment_said(row.starts, t.now, t.world.workdays.zone)
    return Row(f"{row.code} · {row.title}", ". ".join(part for part in (when, row.answer) if part))


def _said(t: Turn, key: str, row: MeetingRow) -> str:
    return f"{t.content.meetings(key)} · {row.code}"
