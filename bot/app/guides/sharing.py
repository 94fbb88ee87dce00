"""«Må jeg dele det?» as a conversation: begun from a command, a button or a typed question, and thrown away after."""

from __future__ import annotations

import re

from bot.app.cases import team
from bot.app.drafts import showing, starting
from bot.app.drafts.keeping import here
from bot.app.guides import shareanswer
from bot.app.turns import menu
from bot.app.turns.turn import OPEN_PLACES, Turn, say
from dialogs.law.named import named_in
from dialogs.replies import Card, Reply


def start(t: Turn, *first: Card, about: str = "", words: str = "") -> Reply:
    """Begin the guide afresh, with a way back to what was open.

    An earlier walk is thrown away, for its answers were about something else. Asked from a case, or about one of the
    person's own, its registers answer what they can. Whom the `words` name is offered where it is asked about.
    """
    about = about or (t.subject[1] if t.on_case else "")
    if about and not team.relates(t.uow, about):
        return say(*first, t.problem("gone"), *menu.cards(t))
    now, sheet = t.conversation, here(t)
    again = sheet is not None and sheet.form.purpose == "sharing"
    back = now.place if t.subject[0] in OPEN_PLACES and not again else now.back
    for draft in t.uow.drafts.open_of(t.person.id):
        if t.content.purpose(draft) == "sharing":
            t.uow.drafts.delete(draft.id)
    begun = starting.start(t, shareanswer.FORM, about=about, named=named_in(t.content.directory, words))
    t.note(back=back)
    return say(*first, *begun.cards)


_CODE = re.compile(r"[A-Z0-9]{4}-\w{1,12}", re.IGNORECASE)  # as K7RT-Måge
MAX_CODES = 3  # nobody asks about more cases in one question; each costs a look


def named_case(t: Turn, text: str) -> str:
    """The id of the first case of hers that a text names by its code; "" when it names none."""
    for code in _CODE.findall(text)[:MAX_CODES]:
        case = t.uow.cases.by_code(f"{code[:5].upper()}{code[5:].capitalize()}")
        if case is not None and team.relates(t.uow, case.id):
            return case.id
    return ""


def basis(t: Turn) -> Reply | None:
    """The law behind the answer that is open; None when no answer is."""
    sheet = here(t)
    if sheet is None or sheet.form.purpose != "sharing":
        return None
    if sheet.seen.current is not None:
        return say(*showing.show(t, sheet))
    return say(*shareanswer.basis(t, sheet))
