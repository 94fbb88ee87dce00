"""«Må jeg dele det?» as a conversation: begun from a command, a button or a typed question, and thrown away after."""

from __future__ import annotations

from bot.app import shareanswer, showing, starting
from bot.app.keeping import here
from bot.app.turn import OPEN_PLACES, Turn, say
from dialogs.replies import Card, Reply


def start(t: Turn, *first: Card) -> Reply:
    """Begin the guide afresh, with a way back to what was open.

    An earlier walk is thrown away, for its answers were about something else.
    """
    now, sheet = t.conversation, here(t)
    again = sheet is not None and sheet.form.id == shareanswer.FORM
    back = now.place if t.subject[0] in OPEN_PLACES and not again else now.back
    for draft in t.uow.drafts.open_of(t.person.id):
        if draft.form_id == shareanswer.FORM:
            t.uow.drafts.delete(draft.id)
    begun = starting.start(t, shareanswer.FORM)
    t.note(back=back)
    return say(*first, *begun.cards)


def basis(t: Turn) -> Reply | None:
    """The law behind the answer that is open; None when no answer is."""
    sheet = here(t)
    if sheet is None or sheet.form.id != shareanswer.FORM:
        return None
    if sheet.seen.current is not None:
        return say(*showing.show(t, sheet))
    return say(*shareanswer.basis(t, sheet))
