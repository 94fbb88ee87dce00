"""Answering an invitation in the chat: yes, somebody else comes, or not at all; each at most two presses away.

Names of colleagues stay on our own pages. On Telegram a colleague is offered by what they are, where that
means one person only; every other one is chosen on the page. A reason is free words, so it is written there too. Where
the forum asks for a substitute there is no way to stay away without one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.app.meetings import deeds as meetings
from bot.app.meetings import views
from bot.app.meetings.deeds import Gathering
from bot.app.meetings.views import Choice
from bot.app.turns import menu
from bot.app.turns.turn import Turn, say
from dialogs.acts import Go, encode
from dialogs.meetings.moves import Reply as Answer
from dialogs.people import TRIO
from dialogs.replies import Button, Card, Reply

PLACE = "meeting"
MOST = 6  # colleagues to choose from in a chat; everybody is on the page
MAX_ID = 24  # what a press can carry (dialogs/acts.py)
SECURE = {"substitute": "s", "no": "n"}  # the short names of the page at exactly that answer (entry/secure.py)
PATH = {"substitute": "anden", "no": "nej"}


def absent(t: Turn, meeting_id: str) -> Reply | None:
    """Ask who comes instead, with the ways to say it; None for a meeting that waits for no answer of theirs."""
    room = _room(t, meeting_id)
    if room is None:
        return None
    t.visit(f"{PLACE}:{meeting_id}")
    talk, code = t.content.meetings, room.meeting.code
    must = meetings.must_substitute(room)
    rows: list[tuple[Button, ...]] = [
        (Button(label, encode(Go("send", one.id))),) for one, label in _offered(t, _nearest(room))
    ]
    ways: list[Card] = []
    for answer in ("substitute",) if must else ("substitute", "no"):
        label = talk(f"absent.{answer}")
        if t.actor.channel == "web":
            ways.append(
                Card(
                    kind="say",
                    text=talk(f"absent.why_{answer}"),
                    link=f"/moede/{meeting_id}?svar={PATH[answer]}#svar",
                    link_label=label,
                )
            )
        elif t.world.public_url:
            rows.append((Button(label, encode(Go("secure", f"{SECURE[answer]}-{meeting_id}"))),))
    back = (t.go("menu.menu", "menu", style="quiet"),)
    text = talk("absent.must" if must else "absent.ask", code=code)
    return say(Card(kind="question", text=text, buttons=(*rows, back)), *ways)


def current(t: Turn) -> Reply | None:
    """The open question who comes instead; None when the chat is about something else."""
    kind, meeting_id = t.subject
    return absent(t, meeting_id) if kind == PLACE else None


def send(t: Turn, person_id: str) -> Reply | None:
    """This colleague comes instead, and is invited; None when no meeting asks."""
    kind, meeting_id = t.subject
    room = _room(t, meeting_id) if kind == PLACE else None
    if room is None or room.seat is None:
        return None
    talk = t.content.meetings
    other = meetings.seat_for(t.world, t.uow, room.meeting.school_id, person_id)
    problems = meetings.act(room, Answer(room.seat.id, "substitute", "", other))
    if problems:
        again = absent(t, meeting_id)
        said = Card(kind="problem", text=talk(f"problems.{problems[0].code}"))
        return say(said, *(again.cards if again is not None else menu.cards(t)))
    t.go_to("")
    return say(Card(kind="receipt", text=talk("absent.sent", code=room.meeting.code)), *menu.cards(t))


def _room(t: Turn, meeting_id: str) -> Gathering | None:
    room = meetings.enter(t.world, t.uow, t.person, meeting_id, t.now)
    return room if room is not None and room.seat is not None and room.meeting.status == "planned" else None


def _nearest(room: Gathering) -> list[Choice]:
    """Who could come, those who do the same first, then the team, then the others of the school."""
    mine, school = room.seat.role if room.seat is not None else "", room.meeting.school_id

    def rank(one: Choice) -> int:
        person = room.uow.people.get(one.id)
        roles = person.roles_at(school) if person is not None else ()
        return 0 if mine in roles else 1 if any(role in TRIO for role in roles) else 2

    return sorted(views.page(room).others, key=rank)


def _offered(t: Turn, others: Sequence[Choice]) -> Iterator[tuple[Choice, str]]:
    """The colleagues to choose from here, with what they are called here."""
    how_many = Counter(one.role for one in others)
    shown = 0
    for one in others:
        named = t.actor.channel == "web"
        if shown < MOST and len(one.id) <= MAX_ID and (named or how_many[one.role] == 1):
            shown += 1
            yield one, f"{one.name}, {one.role}" if named else one.role[:1].upper() + one.role[1:]
