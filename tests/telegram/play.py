"""A whole yellow worry as a person taps and types it, and what a person in front of Telegram does besides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tests import botapi
from tests.botapi.updates import Json

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
    ("Hvad har I prøvet?", "Ny plads ved siden af en rolig klassekammerat"),
    ("Hvordan virkede det?", "!Lidt"),
    ("Hvad vil du gerne have hjælp til?", "!Råd"),
    ("☑ Råd", "!Færdig"),
    ("Hvad tænker du selv, næste skridt er?", "At en anden skal se klassen."),
    ("Er du enig i farven?", "!Enig"),
    ("Sådan ser den ud", "!Send"),
)
SENT = "har fået din bekymring"


async def play(person: botapi.Person, steps: Iterable[tuple[str, str]], texts: Mapping[str, str] | None = None) -> None:
    """Take the steps; each waits for what it must see first. `texts` are typed instead, by what is seen before them."""
    for seen, act in steps:
        if seen.startswith("☑"):
            await sees_button(person, seen)
        elif seen:
            await person.expects(seen)
        if act.startswith("!"):
            await person.presses(act[1:])
        else:
            await person.says((texts or {}).get(seen, act))


async def sees_button(person: botapi.Person, label: str) -> None:
    """Wait for a button on the newest message, such as one with its tick set."""
    while True:
        reply = await person.expects()
        if any(label in shown for shown in reply.labels):
            return


def until(seen: str) -> list[tuple[str, str]]:
    """The steps of the yellow worry up to the question that says this."""
    at = next(number for number, (text, _) in enumerate(YELLOW) if text.startswith(seen))
    return list(YELLOW[:at])


def code(rows: Sequence[Sequence[Json]], label: str) -> str:
    """The callback data of a button, by a part of its label."""
    return next(str(button["callback_data"]) for row in rows for button in row if label in button["text"])
