"""Meetings in the chat: when the person's own are, and a yes; a no is in `answering`."""

from __future__ import annotations

from bot.app.meetings import deeds as meetings
from bot.app.meetings import views as meetingviews
from bot.app.meetings.views import MeetingRow
from bot.app.turns import menu
from bot.app.turns.turn import Turn, say
from dialogs.acts import Go, encode
from dialogs.cases.words import moment_said
from dialogs.meetings.moves import Reply as Answer
from dialogs.replies import Button, Card, Reply, Row

PATH = "/moeder"
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
