"""A whole yellow worry as a person taps and types it. Questions and answers by their ids: the words may change."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from dialogs.acts import DraftAct, decode
from tests import botapi
from tests.botapi.updates import Json
from tests.core.form_kit import danish
from tests.telegram.kit import ANE

STORY = "Hun tegnede i sin bog hele timen. Hun lavede sine opgaver og spurgte om hjælp til dansk."


@dataclass(frozen=True)
class Step:
    """One thing to do at a question: press an option or a verb of its buttons, or type a text.

    `note` waits for the words beside a choice; `ticked` waits until this option has its tick.
    """

    question: str
    press: str = ""
    text: str = ""
    note: bool = False
    ticked: str = ""


YELLOW: tuple[Step, ...] = (
    Step("", text="/ny"),
    Step("q04_sikkerhed", "nej"),
    Step("q00_udgave", "hele"),
    Step("q01_barn", text="Uglen"),
    Step("q02_alder", "k46"),
    Step("q03_rolle", "laerer"),
    Step("q03_rolle", text="Siden august", note=True),
    Step("q05_set", text=STORY),
    Step("q06_omraader", "venner"),
    Step("q06_omraader", "done", ticked="venner"),
    Step("q06_tegn", "B3CY2"),
    Step("q06_tegn", "done", ticked="B3CY2"),
    Step("q07_hvornaar", "uger"),
    Step("q07_hvornaar", text="En ven skiftede skole.", note=True),
    Step("q08_hvortit", "flere"),
    Step("q08_retning", "mere"),
    Step("q09_hvor", "timer"),
    Step("q09_hvor", "done", ticked="timer"),
    Step("q09_hvor", text="Det går bedst i billedkunst.", note=True),
    Step("q10_styrker", text="Han tegner godt og griner, når vi spiller bold."),
    Step("q11_barnets_ord", text="Der er ikke nogen, der spørger mig."),
    Step("q12_barnets_oenske", text="Han vil gerne have en at være sammen med."),
    Step("q13_foraeldre", "delvist"),
    Step("q13_foraeldre", text="Mor ser det også derhjemme.", note=True),
    Step("q14_samtykke", "mundtligt"),
    Step("q14_samtykke", text="Ved mødet i sidste uge", note=True),
    Step("q15_omkring", text="Familien er lige flyttet."),
    Step("q16_proevet", text="Han fik en fast makker i uge 40"),
    Step("q17_effekt", "lidt"),
    Step("q18_hjaelp", "raad"),
    Step("q18_hjaelp", "done", ticked="raad"),
    Step("q18_hjaelp", text="At en anden skal se klassen.", note=True),
    Step("q19_farve", "enig"),
    Step("", "send"),
)


def until(question: str) -> tuple[Step, ...]:
    """The steps of the yellow worry up to this question; "send" is the summary."""
    return YELLOW[: next(n for n, step in enumerate(YELLOW) if question in (step.question, step.press))]


def ask(question: str, *, note: bool = False) -> str:
    """What the bot says when it asks this: the beginning, before any list of answers."""
    found = danish().form("worry").question(question)
    assert found is not None
    return (found.note or "") if note else found.ask


def opening(key: str) -> str:
    """How one of the bot's own texts begins, up to its first hole."""
    return danish().words(key).partition("{")[0].partition("\n")[0].strip()


class Stage(Protocol):
    """Where a play is given: Telegram, and Ane in front of it."""

    @property
    def api(self) -> botapi.BotApi: ...

    def person(self, chat_id: int = ANE) -> botapi.Person: ...


async def play(room: Stage, steps: Iterable[Step], texts: Mapping[str, str] | None = None) -> None:
    """Let Ane take the steps; each waits for its question first. `texts` are typed instead, by question."""
    ane = room.person()
    for step in steps:
        if step.question and not step.ticked:
            await ane.expects(ask(step.question, note=step.note))
        if step.text:
            await ane.says((texts or {}).get(step.question, step.text))
        else:
            message, data = await button(room, step)
            await ane.presses_data(data, message=message)


async def button(room: Stage, step: Step) -> tuple[Json, str]:
    """Wait for the button of a step; the message that it stands under, and its code."""
    async with asyncio.timeout(botapi.person.PATIENCE):
        while True:
            for message in reversed(room.api.messages(ANE)):
                found = [code for code in codes(message) if fits(code, step)]
                if found and (not step.ticked or _is_ticked(message, step)):
                    return message, found[0]
            await room.api.world.change()


def codes(message: Json) -> list[str]:
    """The callback data of all buttons under a message."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["callback_data"] for row in rows for button in row if "callback_data" in button]


def fits(code: str, step: Step) -> bool:
    """Whether a button's code is what a step presses."""
    act = decode(code)
    return isinstance(act, DraftAct) and act.question == step.question and step.press in (act.option, act.verb)


def _is_ticked(message: Json, step: Step) -> bool:
    acts = [decode(code) for code in codes(message)]
    return any(isinstance(act, DraftAct) and (act.verb, act.option) == ("clear", step.ticked) for act in acts)


def pick(room: Stage, ending: str, chat_id: int = ANE) -> str:
    """The newest callback data in a chat that ends like this, such as ":q00_udgave:hele" or "help"."""
    newest = (code for message in reversed(room.api.messages(chat_id)) for code in codes(message))
    return next(code for code in newest if code.endswith(ending))
