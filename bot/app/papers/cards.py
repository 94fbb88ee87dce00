"""The ways from the chat to the paper pages: what it is for, and where. On a phone app only the way, never a text."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from bot.app.cases import team
from bot.app.turns import menu
from bot.app.turns.turn import Turn, say
from dialogs.acts import Go, encode
from dialogs.cases.model import Case
from dialogs.cases.team import hat
from dialogs.channels import CLOSED, WEB
from dialogs.replies import Button, Card, Reply

Paper = Literal["report", "consent", "exchange", "network", "sparring"]
PATHS: dict[Paper, str] = {
    "report": "/sag/{id}/underretning",
    "consent": "/sag/{id}/samtykke",
    "exchange": "/sag/{id}/udveksling",
    "network": "/sag/{id}/moede",
    "sparring": "/sparring",
}
DRAFT_REPORT = "/kladde/{id}/underretning"
MOST = 8  # cases to choose from; whoever has more goes by "mine sager"


def show(t: Turn, kind: Paper, case_id: str = "") -> Reply:
    """The page of one case; without a case, those to choose from; for sparring, the page that needs none."""
    if kind == "sparring":
        return say(_card(t, kind, PATHS[kind]))
    if case_id and team.relates(t.uow, case_id):
        here = (_call_here(t, case_id),) if kind == "network" and t.actor.ceiling >= WEB else ()
        return say(page_of(t, kind, case_id), *here)
    draft = next((one for one in t.uow.drafts.open_of(t.person.id) if t.content.purpose(one) == "worry"), None)
    if kind == "report" and not case_id and draft is not None:
        return say(_card(t, kind, DRAFT_REPORT.replace("{id}", draft.id)), *_choose(t, kind))
    return say(*(_choose(t, kind) or (_without(t, kind),)))


def page_of(t: Turn, kind: Paper, case_id: str, why: str = "") -> Card:
    """The way to the page of one case; `why` is said instead of what the page is for.

    Telegram hears only that there is a reason: the reason itself may tell of the child.
    """
    path = PATHS[kind].replace("{id}", case_id)
    if t.actor.channel == "web":
        card = _card(t, kind, path)
        return replace(card, text=why) if why else card
    if kind == "network" and t.actor.ceiling < WEB:
        return _card(t, kind, path, t.content.network("call.why_strict"))
    return _card(t, kind, path, t.content.network("call.why_page") if why else "")


def _card(t: Turn, kind: Paper, path: str, why: str = "") -> Card:
    papers = t.content.papers
    text = "\n\n".join(part for part in (why, papers(f"point.{kind}")) if part)
    if t.actor.channel != "web":
        text = papers("sparring.on_phone") if kind == "sparring" else text
        text = f"{text}\n\n{t.world.public_url}{path}" if t.world.public_url else text
    back = (t.go("menu.menu", "menu", style="quiet"),)
    return Card(
        kind="say",
        title=papers(f"point.{kind}_title"),
        text=text,
        buttons=(back,),
        link=path,
        link_label=papers("point.open"),
    )


def _call_here(t: Turn, case_id: str) -> Card:
    """The short way: a few presses in the chat instead of the page."""
    press = Button(t.content.network("call.here"), encode(Go("call", case_id)), "primary")
    return Card(kind="say", text="", buttons=((press,),), data_class=CLOSED)


def _choose(t: Turn, kind: Paper) -> tuple[Card, ...]:
    """The cases that the person has written or works with, each as a press."""
    mine = [case for case in t.uow.cases.of_writer(t.person.id) if case.state != "closed"]
    known = {case.id for case in mine}
    others = [case for case in _of_team(t) if case.id not in known]
    cases = [*mine[-MOST:], *others[-MOST:]][:MOST]
    if not cases:
        return ()
    rows: tuple[tuple[Button, ...], ...] = tuple(
        (Button(case.code, t.go("menu.menu", kind, case.id).act),) for case in cases
    )
    title = t.content.papers(f"point.{kind}_title")
    return (Card(kind="say", title=title, text=t.content.papers("point.which"), buttons=rows, data_class=CLOSED),)


def _of_team(t: Turn) -> list[Case]:
    """The open cases of the person's teams that are theirs too, in outline: the longest untouched first."""
    schools = dict.fromkeys(one.school_id for one in t.person.memberships if hat(t.person, one.school_id) is not None)
    found = [case for school in schools for case in t.uow.cases.of_school(school)]
    mine = [case for case in found if t.uow.relation(case.id) == "member"]
    return sorted(mine, key=lambda case: case.changed_at or case.sent_at)


def _without(t: Turn, kind: Paper) -> Card:
    papers = t.content.papers
    card = Card(kind="say", title=papers(f"point.{kind}_title"), text=papers(f"point.{kind}_none"))
    return Card(kind="say", title=card.title, text=card.text, buttons=menu.cards(t)[0].buttons)
