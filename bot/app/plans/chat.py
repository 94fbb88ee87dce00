"""The plan in the chat: which are mine, and a number for each sign. Below class 2 only the way to the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.app.cases import filing
from bot.app.cases.filing import Room
from bot.app.plans import deeds as plans
from bot.app.turns import menu, ways
from bot.app.turns.turn import Turn, say
from dialogs.acts import Go, encode
from dialogs.cases.model import Case
from dialogs.cases.team import hat
from dialogs.cases.words import day_said
from dialogs.channels import WEB, WORDS
from dialogs.plans.acts import ScoreIt
from dialogs.plans.filed import Bare, load_bare
from dialogs.plans.model import SCALE, Plan, Score, Sign
from dialogs.replies import Button, Card, Reply, Row

PLACE = "plan"
MOST = 8  # plans to choose from: more than a screen of them is for the page
SKIP = "x"  # instead of a number: nobody has looked for this sign


def listing(t: Turn) -> Reply:
    """The plans that this person works with, the next follow-up first."""
    found = sorted(_mine(t), key=lambda one: (one[1].follow_up is None, one[1].follow_up or t.now.date()))[:MOST]
    words = t.content.plans
    back: tuple[Button, ...] = (t.go("menu.menu", "menu", style="quiet"),)
    if not found:
        return say(Card(kind="say", title=words("chat.title"), text=words("chat.none"), buttons=(back,)))
    rows = tuple(Row(case.code, _when(t, case, bare), encode(Go("plan", case.id))) for case, bare in found)
    return say(Card(kind="list", title=words("chat.title"), text=words("chat.pick"), rows=rows, buttons=(back,)))


def _mine(t: Turn) -> Iterator[tuple[Case, Bare]]:
    """Open plans on this person's cases. Nothing is read but outlines and bare facts, so nothing has to be logged."""
    schools = dict.fromkeys(m.school_id for m in t.person.memberships if hat(t.person, m.school_id) is not None)
    cases = [*t.uow.cases.of_writer(t.person.id)]
    for school_id in schools:
        cases += t.uow.cases.of_school(school_id)
    for case in {case.id: case for case in cases if case.state != "closed"}.values():
        filings = t.uow.filings.of_case(case.id, "plan") if t.uow.relation(case.id) in ("writer", "member") else ()
        for bare in map(load_bare, filings):
            if bare.open:
                yield case, bare


def _when(t: Turn, case: Case, bare: Bare) -> str:
    words = t.content.plans
    if bare.follow_up is None:
        return words("chat.no_day", code=case.code)
    return words("chat.next", code=case.code, day=day_said(bare.follow_up, t.world.handbook.today(t.now)))


def show(t: Turn, case_id: str) -> Reply | None:
    """Ask for the first sign that nobody has given a number today; None for what is not theirs."""
    room = filing.enter(t.world, t.uow, t.person, case_id, t.now)
    if room is None or not room.works:
        return None
    if t.actor.ceiling < WEB:
        return say(_pointer(t, room, "chat.hidden"))
    plan = plans.stored(t.uow, case_id)
    if plan is None or plan.status == "closed":
        return None
    sign = next(_unseen(t, plan), None)
    if sign is None:
        return _end(t, room, "chat.done" if any(plan.signs()) else "chat.no_signs")
    return _asked(t, case_id, sign)


@dataclass(frozen=True)
class _Open:
    """The sign that the chat asks about now, and whose plan it is in."""

    case_id: str
    sign_id: str

    @property
    def place(self) -> str:
        """Where the conversation is with it."""
        return f"{PLACE}:{self.case_id}:{self.sign_id}"


def _open(t: Turn) -> _Open | None:
    kind, thing = t.subject
    case_id, _, sign_id = thing.partition(":")
    return _Open(case_id, sign_id) if kind == PLACE else None


def score(t: Turn, arg: str) -> Reply | None:
    """A press: a number for the sign that was asked about, or that nobody has looked; then the next one."""
    sign_id, _, said = arg.partition("-")
    now = _open(t)
    return _score(t, now, said) if now is not None and now.sign_id == sign_id else None


def heard(t: Turn, text: str) -> Reply | None:
    """A number that was typed instead of pressed; None for any other words."""
    said, now = text.strip(), _open(t)
    return _score(t, now, said) if now is not None and _number(said) in SCALE else None


def _score(t: Turn, now: _Open, said: str) -> Reply | None:
    room = filing.enter(t.world, t.uow, t.person, now.case_id, t.now)
    if room is None or not room.works or t.actor.ceiling < WEB:
        return None
    told: tuple[Card, ...] = ()
    if said != SKIP:
        number = _number(said)
        problems = plans.do(room, (ScoreIt(now.sign_id, Score(t.world.handbook.today(t.now), number)),))
        if problems:
            refused = tuple(Card(kind="problem", text=_words_of(t, problem.code)) for problem in problems)
            again = current(t)
            return say(*refused, *(again.cards if again is not None else menu.cards(t)))
        told = (Card(kind="receipt", text=t.content.plans("chat.saved", value=number), data_class=WORDS),)
    after = plans.stored(t.uow, now.case_id)
    following = next(_unseen(t, after, now.sign_id), None) if after is not None else None
    step = _asked(t, now.case_id, following) if following is not None else _end(t, room, "chat.done")
    return say(*told, *step.cards)


def current(t: Turn) -> Reply | None:
    """The open question about a sign; None when the chat is about something else."""
    now = _open(t)
    room = filing.enter(t.world, t.uow, t.person, now.case_id, t.now) if now is not None else None
    if now is None or room is None or not room.works:
        return None
    if t.actor.ceiling < WEB:
        return say(_pointer(t, room, "chat.hidden"))
    plan = plans.stored(t.uow, now.case_id)
    sign = next((one for one in plan.signs() if one.id == now.sign_id), None) if plan is not None else None
    return _asked(t, now.case_id, sign) if sign is not None else None


def _unseen(t: Turn, plan: Plan, after: str = "") -> Iterator[Sign]:
    """Signs without a number of today, from the one behind `after`."""
    today, passed = t.world.handbook.today(t.now), not after
    for sign in plan.signs():
        if passed and all(one.day != today for one in sign.scores):
            yield sign
        passed = passed or sign.id == after


def _asked(t: Turn, case_id: str, sign: Sign) -> Reply:
    t.visit(_Open(case_id, sign.id).place)
    words = t.content.plans
    presses = [Button(str(value), encode(Go("score", f"{sign.id}-{value}"))) for value in SCALE]
    rows = (tuple(presses[:4]), tuple(presses[4:8]), tuple(presses[8:]))
    skip = (Button(words("chat.skip"), encode(Go("score", f"{sign.id}-{SKIP}"))),)
    leave = (t.go("menu.menu", "menu", style="quiet"), t.go("question.acute", "acute", style="danger"))
    text = words("chat.ask", sign=sign.text)
    return say(Card(kind="question", text=text, buttons=(*rows, skip, leave), data_class=WORDS))


def _end(t: Turn, room: Room, key: str) -> Reply:
    t.visit("")  # and what was open before is still one press away
    return say(_pointer(t, room, key), *menu.cards(t))


def _pointer(t: Turn, room: Room, key: str) -> Card:
    words, path = t.content.plans, f"/sag/{room.case_id}/plan"
    text = words(key, code=room.scene.case.code)
    if t.actor.channel == "web":
        return Card(kind="say", text=text, link=path, link_label=words("chat.page"))
    return Card(kind="say", text=text, buttons=ways.button(t, "plan", room.case_id))


def _words_of(t: Turn, code: str) -> str:
    words = t.content.plans
    return words(f"problems.{code}") if words.has(f"problems.{code}") else t.words(f"problems.{code}")


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) <= 2 else -1
