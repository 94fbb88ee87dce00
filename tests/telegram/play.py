"""A whole yellow worry as a person taps and types it, and what a person in front of Telegram does besides."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence

from tests.botapi.updates import Json
from tests.telegram.kit import ANE, Room

# What she sees, and what she does: "!" presses a button, anything else is typed.
YELLOW: tuple[tuple[str, str], ...] = (
    ("", "/ny"),
    ("Er der noget, der gør dig bange", "!Nej"),
    ("Hvor meget tid har du?", "!Det hele"),
    ("Hvad skal vi kalde barnet her?", "Elev 3B-2"),
    ("Hvor gammelt er barnet", "!4"),
    ("Hvordan kender du barnet?", "!Faglærer"),
    ("Hvor længe har du kendt barnet?", "Siden august"),
    ("Fortæl, hvad du har set og hørt.", "Mandag i timen ville han ikke være med. Han gik ud og satte sig på gangen."),
    ("Hvad handler det mest om?", "!Venner"),
    ("☑ Venner", "!Færdig"),
    ("Kender du nogle af de her tegn hos barnet?", "!☐ 2"),
    ("☑ 2", "!Færdig"),
    ("Hvor længe har du set det?", "!2–11 uger"),
    ("Skete der noget på samme tid?", "En ven skiftede skole."),
    ("Hvor tit sker det?", "!Flere gange om ugen"),
    ("Bliver det mere eller mindre?", "!Mere"),
    ("Hvor ser du det?", "!I timerne"),
    ("☑ I timerne", "!Færdig"),
    ("Hvor ser du det ikke?", "Det går bedst i billedkunst."),
    ("Hvad er barnet god til", "Han tegner godt og griner, når vi spiller bold."),
    ("Hvad siger barnet selv?", "Der er ikke nogen, der spørger mig."),
    ("Hvad ønsker barnet skal ske?", "Han vil gerne have en at være sammen med."),
    ("Har du talt med forældrene?", "!Delvist"),
    ("Hvad siger de?", "Mor ser det også derhjemme."),
    ("Har forældrene sagt ja", "!Ja, mundtligt"),
    ("Hvornår sagde de ja?", "Ved mødet i sidste uge"),
    ("Er der noget omkring barnet", "Familien er lige flyttet."),
    ("Hvad har I prøvet?", "Han fik en fast makker i uge 40"),
    ("Hvordan virkede det?", "!Lidt"),
    ("Hvad vil du gerne have hjælp til?", "!Råd"),
    ("☑ Råd", "!Færdig"),
    ("Hvad tænker du selv, næste skridt er?", "At en anden skal se klassen."),
    ("Er du enig i farven?", "!Enig"),
    ("Sådan ser den ud", "!Send"),
)
SENT = "har fået din bekymring"


async def play(room: Room, steps: Iterable[tuple[str, str]], texts: Mapping[str, str] | None = None) -> None:
    """Let Ane take the steps; each waits for what it must see first. `texts` are typed instead, by what is seen."""
    ane = room.person()
    for seen, act in steps:
        at = None
        if seen:
            at = await ticked(room, seen) if seen.startswith("☑") else (await ane.expects(seen)).message_id
        if act.startswith("!"):
            await ane.presses(act[1:], message_id=at)
        else:
            await ane.says((texts or {}).get(seen, act))


async def ticked(room: Room, label: str) -> int:
    """Wait for a message of Ane's with this button, such as one with its tick set; returns its message_id."""
    async with asyncio.timeout(5):
        while True:
            for message in reversed(room.api.messages(ANE)):
                rows = message.get("reply_markup", {}).get("inline_keyboard", [])
                if any(label in button["text"] for row in rows for button in row):
                    return int(message["message_id"])
            await room.api.world.change()


def until(seen: str) -> list[tuple[str, str]]:
    """The steps of the yellow worry up to the question that says this."""
    at = next(number for number, (text, _) in enumerate(YELLOW) if text.startswith(seen))
    return list(YELLOW[:at])


def code(rows: Sequence[Sequence[Json]], label: str) -> str:
    """The callback data of a button, by a part of its label."""
    return next(str(button["callback_data"]) for row in rows for button in row if label in button["text"])
