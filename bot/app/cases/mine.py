"""The writer's own cases in the chat: status in words, the team's question, her answer, and what she adds later."""

from __future__ import annotations

from dataclasses import replace

from bot.app.cases import team
from bot.app.cases.stored import all_said
from bot.app.chat import acute, menu
from bot.app.chat.turn import Turn, say
from bot.app.entry import secure
from bot.app.papers.consenting import must_wait
from dialogs.cases.acts import Add
from dialogs.cases.acts import Reply as CaseReply
from dialogs.cases.words import day_words
from dialogs.channels import CLOSED, WEB, WORDS
from dialogs.replies import Button, Card, Reply, Row

PLACES = ("thread", "add")


def listing(t: Turn) -> Reply:
    """What this person has sent, with the status in words."""
    rows = team.my_cases(t.world.desk, t.uow, t.person, t.now)
    if not rows:
        return say(t.card("cases.none"), *menu.cards(t))
    return say(
        Card(
            kind="list",
            title=t.words("cases.title"),
            text="",
            rows=tuple(
                Row(
                    f"{row.code} · {row.colour_words}",
                    f"{row.title}. {row.next}",
                    t.go("sent.see", "case", row.case_id).act,
                )
                for row in rows
            ),
            buttons=((t.go("menu.menu", "menu", style="quiet"),),),
        )
    )


def sent_already(t: Turn, draft_id: str) -> Reply | None:
    """The case that this draft of the person's became; None when it became none."""
    case = t.uow.cases.by_draft(draft_id)
    if case is None or case.writer_id != t.person.id:
        return None
    shown = show(t, case.id)
    return replace(shown, cards=(t.card("sent.already"), *shown.cards))


def show(t: Turn, case_id: str) -> Reply:
    """One case: where it stands, what happens next, and what she can do."""
    found = team.my_case(t.world.desk, t.uow, t.person, case_id, t.now)
    if found is None:
        return say(t.problem("gone"), *menu.cards(t))
    zone = t.world.workdays.zone
    lines = [f"{day_words(row.event_at.astimezone(zone).date())}: {row.text}" for row in found.timeline]
    buttons: list[tuple[Button, ...]] = []
    if found.question:
        buttons.append((t.go("cases.answer", "thread", case_id, "primary"),))
    buttons.append((t.go("cases.add", "add", case_id),))
    if t.actor.ceiling < WEB:
        buttons += secure.button(t, "case", case_id)
    buttons.append((t.go("sharing.from_case", "share", case_id), t.go("menu.who", "who", case_id)))
    if (case := t.uow.cases.get(case_id)) is not None and not must_wait(case):
        buttons.append((t.go("cases.network", "network", case_id),))
    buttons.append((t.go("menu.menu", "menu", style="quiet"),))
    text = "\n\n".join(part for part in (found.status.text, found.status.next) if part)
    return say(
        Card(
            kind="say",
            title=f"{found.code} · {found.status.title}",
            text=text,
            rows=tuple(Row(line.partition(": ")[0], line.partition(": ")[2]) for line in _safe(t, lines)),
            buttons=tuple(buttons),
            detail=found.duty,
            data_class=WORDS if t.actor.ceiling >= WORDS else CLOSED,
        )
    )


def _safe(t: Turn, lines: list[str]) -> list[str]:
    """The timeline holds people's own words; a channel below class 2 gets the status only."""
    return lines if t.actor.ceiling >= WORDS else []


def open_place(t: Turn, kind: str, case_id: str) -> Reply:
    """Start answering the team, or adding to a case."""
    found = team.my_case(t.world.desk, t.uow, t.person, case_id, t.now)
    if found is None:
        return say(t.problem("gone"), *menu.cards(t))
    t.go_to(f"{kind}:{case_id}")
    return current(t) or say(*menu.cards(t))


def listens(t: Turn) -> bool:
    """Whether a typed text belongs to a case now."""
    return t.subject[0] in PLACES


def current(t: Turn) -> Reply | None:
    """The open question of the team, or the invitation to add; None when the chat is about something else."""
    kind, case_id = t.subject
    found = team.my_case(t.world.desk, t.uow, t.person, case_id, t.now) if kind in PLACES else None
    if found is None:
        return None
    leave = ((t.go("menu.menu", "menu", style="quiet"), t.go("question.acute", "acute", style="danger")),)
    if t.actor.ceiling < WORDS:
        text = t.words("cases.thread_hidden", code=found.code)
        return say(Card(kind="say", text=text, buttons=(*secure.button(t, "case", case_id), *leave)))
    if kind == "thread" and found.question:
        text, data_class = t.words("cases.thread_ask", question=found.question), 2
    else:
        text, data_class = t.words("cases.add_ask", code=found.code), 1
    return say(Card(kind="question", text=text, buttons=leave, data_class=data_class))


def said(t: Turn, text: str) -> Reply:
    """Her answer or addition: kept at the team first, and only then said to be kept."""
    kind, case_id = t.subject
    found = team.my_case(t.world.desk, t.uow, t.person, case_id, t.now)
    what = CaseReply(text) if kind == "thread" and found is not None and found.question else Add(text, t.now)
    acted = team.act(t.world.desk, t.uow, t.person, case_id, what, t.now)
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
