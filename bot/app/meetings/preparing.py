"""Beginning to prepare for a network meeting in the chat; the end of it is in `prepcards`."""

from __future__ import annotations

from bot.app.drafts import starting
from bot.app.meetings import deeds as meetings
from bot.app.meetings.prepcards import FORM, SCALE, TEXTS
from bot.app.turns import menu
from bot.app.turns.turn import Turn, say
from dialogs.meetings import voices
from dialogs.meetings.model import Meeting
from dialogs.replies import Reply
from dialogs.values import Value


def start(t: Turn, meeting_id: str) -> Reply:
    """Begin, or go on where it was left; whoever has answered before sees that and may change it."""
    room = meetings.enter(t.world, t.uow, t.person, meeting_id, t.now)
    if room is None or room.seat is None or room.meeting.kind != "network" or room.meeting.status != "planned":
        return say(t.problem("gone"), *menu.cards(t))
    for draft in t.uow.drafts.open_of(t.person.id):
        if (draft.form_id, draft.about) == (FORM, meeting_id):
            return starting.resume(t, draft.id)
    return starting.start(t, FORM, _known(room.meeting, room.seat.id), about=meeting_id)


def _known(meeting: Meeting, seat_id: str) -> dict[str, Value]:
    said = voices.said_by(meeting, seat_id)
    if said is None:
        return {}
    known: dict[str, Value] = {question: text for name, question in TEXTS.items() if (text := getattr(said, name))}
    return known if said.scale is None else {**known, SCALE: said.scale}
