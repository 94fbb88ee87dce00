"""What somebody says to a network meeting, to look at and to put on the meeting: the same questions to everybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.app.meetings import deeds as meetings
from bot.app.meetings import netdeeds
from bot.app.turns import menu
from bot.app.turns.sheet import Sheet
from bot.app.turns.turn import Turn, say
from dialogs.acts import DraftAct, Go, encode
from dialogs.channels import WORDS
from dialogs.drafts import emptied
from dialogs.engine import advance
from dialogs.meetings.voices import Said
from dialogs.records import Moved
from dialogs.replies import Button, Card, Reply, Row
from dialogs.types import Submit

FORM: Final = "preparation"
TEXTS: Final[Mapping[str, str]] = {
    "works": "p_fungerer",
    "worries": "p_bekymrer",
    "wishes": "p_oensker",
    "understanding": "p_forstaa",
}
SCALE: Final = "p_skala"


def said_in(sheet: Sheet) -> Said:
    """What the answers of a draft say."""
    values = sheet.at.values
    texts = {name: str(values.get(question) or "") for name, question in TEXTS.items()}
    scale = values.get(SCALE)
    return Said(**texts, scale=scale if isinstance(scale, int) else None)


def result(t: Turn, sheet: Sheet) -> tuple[Card, ...]:
    """After the last question: all of it, to look at before it is put on the meeting."""
    draft, values = sheet.draft, sheet.at.values
    rows = tuple(
        Row(question.summary, str(values[question.id])) for question in sheet.form.questions if question.id in values
    )
    send = Button(t.words("prepare.send"), encode(DraftAct("send", draft.id, draft.revision)), "primary")
    fix = Button(t.words("summary.fix"), encode(DraftAct("edit", draft.id, draft.revision)))
    keep = Button(t.words("summary.save"), encode(DraftAct("save", draft.id, draft.revision)))
    return (
        Card(
            kind="summary",
            title=t.words("prepare.title"),
            text=t.words("prepare.ask"),
            rows=rows,
            buttons=((send,), (fix, keep)),
            data_class=WORDS,
        ),
    )


def send(t: Turn, sheet: Sheet) -> Reply:
    """Put it on the meeting; the draft is closed in the same transaction."""
    room = meetings.enter(t.world, t.uow, t.person, sheet.draft.about, t.now)
    if room is None or room.seat is None or t.actor.ceiling < WORDS:
        return say(*result(t, sheet)) if room is not None else say(t.problem("gone"), *menu.cards(t))
    problems = netdeeds.say(room, room.seat.id, said_in(sheet))
    if problems:
        key, words = f"problems.{problems[0].code}", t.content.network
        said = words(key) if words.has(key) else t.content.meetings(key)
        return say(Card(kind="problem", text=said), *result(t, sheet))
    done = advance(sheet.form, sheet.draft, Submit(), sheet.at).draft
    if not t.uow.drafts.close(emptied(done), sheet.draft.revision):
        raise Moved
    t.go_to("")
    path = f"/moede/{room.meeting.id}/forberedelse"
    said = t.words("prepare.sent", code=room.meeting.code)
    back = ((Button(t.words("menu.menu"), encode(Go("menu")), "quiet"),),)
    return say(Card("receipt", said, buttons=back, link=path, link_label=t.words("prepare.open")))
