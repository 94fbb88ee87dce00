"""The writer's talk with the team about one case: its question, her answer, and what she adds later."""

from __future__ import annotations

from dataclasses import replace

from bot.app.cases import team
from bot.app.cases.stored import all_said
from bot.app.drafts import acute
from bot.app.turns import menu, ways
from bot.app.turns.turn import Turn, say
from dialogs.cases.acts import Add
from dialogs.cases.acts import Reply as CaseReply
from dialogs.channels import WORDS
from dialogs.replies import Card, Reply


def open_place(t: Turn, kind: str, case_id: str) -> Reply:
    """Start answering the team, or adding to a case."""
    found = team.my_case(t.world.handbook, t.uow, t.person, case_id, t.now)
    if found is None:
        return say(t.problem("gone"), *menu.cards(t))
    t.go_to(f"{kind}:{case_id}")
    return current(t) or say(*menu.cards(t))


def current(t: Turn) -> Reply | None:
    """The open question of the team, or the invitation to add; None when the chat is about something else."""
    kind, case_id = t.subject
    found = team.my_case(t.world.handbook, t.uow, t.person, case_id, t.now) if t.on_case else None
    if found is None:
        return None
    leave = ((t.go("menu.menu", "menu", style="quiet"), t.go("question.acute", "acute", style="danger")),)
    if t.actor.ceiling < WORDS:
        text = t.words("cases.thread_hidden", code=found.code)
        return say(Card(kind="say", text=text, buttons=(*ways.button(t, "case", case_id), *leave)))
    if kind == "thread" and found.question:
        text, data_class = t.words("cases.thread_ask", question=found.question), 2
    else:
        text, data_class = t.words("cases.add_ask", code=found.code), 1
    return say(Card(kind="question", text=text, buttons=leave, data_class=data_class))


def said(t: Turn, text: str) -> Reply:
    """Her answer or addition: kept at the team first, and only then said to be kept."""
    kind, case_id = t.subject
    found = team.my_case(t.world.handbook, t.uow, t.person, case_id, t.now)
    what = CaseReply(text) if kind == "thread" and found is not None and found.question else Add(text, t.now)
    acted = team.act(t.world.handbook, t.uow, t.person, case_id, what, t.now)
    if acted.case is None or acted.problems:
        problems = (Card(kind="problem", text=why) for why in all_said(t.content, acted.problems))
        return say(*problems, *(current(t) or say(*menu.cards(t))).cards)
    key = "cases.replied" if isinstance(what, CaseReply) else "cases.added"
    receipt = t.card(key, "receipt", code=acted.case.code)
    t.go_to("")  # what comes next is not for the case, whatever is made of an alert
    heard = acute.listen(t, text, {}, kept=False)  # the receipt says already that it is kept
    if heard is not None:
        return say(receipt, *heard)
    return say(replace(receipt, buttons=((t.go("sent.see", "case", case_id),),)), *menu.cards(t))
