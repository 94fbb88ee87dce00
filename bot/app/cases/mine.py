"""The writer's own cases in the chat: which there are, and where each stands in words."""

from __future__ import annotations

from dataclasses import replace

from bot.app.cases import team
from bot.app.cases.views import MyCase
from bot.app.turns import menu, ways
from bot.app.turns.turn import Turn, say
from dialogs.cases.model import must_wait
from dialogs.cases.words import day_words
from dialogs.channels import CLOSED, WEB, WORDS
from dialogs.replies import Button, Card, Reply, Row


def listing(t: Turn) -> Reply:
    """What this person has sent, with the status in words."""
    rows = team.my_cases(t.world.handbook, t.uow, t.person, t.now)
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
    found = team.my_case(t.world.handbook, t.uow, t.person, case_id, t.now)
    if found is None:
        return say(t.problem("gone"), *menu.cards(t))
    buttons: list[tuple[Button, ...]] = []
    if found.question:
        buttons.append((t.go("cases.answer", "thread", case_id, "primary"),))
    buttons.append((t.go("cases.add", "add", case_id),))
    if t.actor.ceiling < WEB:
        buttons += ways.button(t, "case", case_id)
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
            rows=_timeline(t, found),
            buttons=tuple(buttons),
            detail=found.duty,
            data_class=WORDS if t.actor.ceiling >= WORDS else CLOSED,
        )
    )


def _timeline(t: Turn, found: MyCase) -> tuple[Row, ...]:
    """What has happened, by its days. It holds people's own words: a channel below class 2 gets the status only."""
    if t.actor.ceiling < WORDS:
        return ()
    zone = t.world.workdays.zone
    return tuple(Row(day_words(one.event_at.astimezone(zone).date()), one.text) for one in found.timeline)
