"""The form that both peers ask: sixteen questions, a summary, a confirmation."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Literal

START = "/start"
DONE = "Videre"
CONFIRM = "Send"
CONFIRM_DATA = "confirm"
THANKS = "Tak. Skemaet er sendt."


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `options` are the labels of its buttons."""

    kind: Literal["text", "one", "many"]
    ask: str
    options: tuple[str, ...] = ()


QUESTIONS = (
    Question("text", "Hvad skal vi kalde barnet her?"),
    Question("one", "Hvor går barnet?", ("Børnehave", "0.-3. klasse", "4.-6. klasse", "7.-9. klasse")),
    Question("one", "Hvordan kender du barnet?", ("Klasselærer", "Pædagog", "Leder", "Andet")),
    Question("one", "Er du bange for barnets sikkerhed lige nu?", ("Ja", "Måske", "Nej")),
    Question("text", "Hvad har du set og hørt?"),
    Question("many", "Hvad handler det mest om?", ("Læring", "Sprog", "Venner", "Humør", "Fravær", "Andet")),
    Question("text", "Hvornår så du det første gang?"),
    Question("one", "Hvor tit sker det?", ("Hver dag", "Hver uge", "Sjældnere", "Det ved jeg ikke")),
    Question("many", "Hvor ser du det?", ("I timen", "I frikvarteret", "I SFO", "På tur", "Online")),
    Question("text", "Hvad er barnet god til?"),
    Question("text", "Hvad siger barnet selv?"),
    Question("one", "Har du talt med forældrene?", ("Ja", "Delvist", "Nej")),
    Question("text", "Hvad siger forældrene?"),
    Question("one", "Må TRIO kende barnets navn?", ("Ja", "Nej", "Ikke spurgt")),
    Question("text", "Hvad har I prøvet?"),
    Question("text", "Hvad vil du gerne have hjælp til?"),
)


def heading(number: int) -> str:
    """What the person reads at question `number`, counted from zero."""
    return f"Spørgsmål {number + 1} af {len(QUESTIONS)}\n{QUESTIONS[number].ask}"


def keyboard_rows(number: int, chosen: frozenset[int] = frozenset()) -> list[list[tuple[str, str]]]:
    """The buttons of a question as rows of (label, callback data); [] for a question in free text."""
    question = QUESTIONS[number]
    rows = [
        [(f"✓ {label}" if place in chosen else label, f"{number}:{place}")]
        for place, label in enumerate(question.options)
    ]
    return [*rows, [(DONE, f"{number}:done")]] if question.kind == "many" else rows


def summary(answers: dict[str, str]) -> str:
    """All answers in the order of the questions."""
    lines = [f"{question.ask} {answers.get(str(number), '-')}" for number, question in enumerate(QUESTIONS)]
    return "\n".join(["Er det rigtigt?", *lines])


@dataclass(frozen=True, slots=True)
class Settings:
    """What a peer reads from the environment; the names are those of our own bot."""

    token: str
    api_url: str
    secret: str
    port: int
    webhook_url: str
    path: str = "/telegram/webhook"

    @staticmethod
    def read() -> Settings:
        """From the environment; fails when something is missing."""
        path = "/telegram/webhook"
        return Settings(
            os.environ["TELEGRAM_BOT_TOKEN"],
            os.environ["TELEGRAM_API_URL"],
            os.environ["TELEGRAM_WEBHOOK_SECRET"],
            int(os.environ["PORT"]),
            os.environ["PUBLIC_URL"] + path,
        )
