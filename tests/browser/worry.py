"""A calm worry about an invented child as a practised person writes it: what is asked, and what is done then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

SEEN = "Mandag sad han alene i frikvarteret. Jeg spurgte, om han ville være med i spillet."
CHILD = "Ræven"


class Hands(Protocol):
    """How a person works the page: with keys, or with a mouse and no scripts."""

    def press(self, name: str) -> None: ...
    def tick(self, *names: str) -> None: ...
    def choose(self, name: str) -> None: ...
    def write(self, name: str, text: str) -> None: ...


@dataclass(frozen=True)
class Turn:
    """One question, by some of its words, and its answer: a press, ticks, a choice, or words."""

    asked: str
    press: str = "Svar"
    ticks: tuple[str, ...] = ()
    choice: str = ""
    note: tuple[str, str] = ("", "")
    words: str = ""

    def answer(self, hands: Hands) -> None:
        if self.choice:
            hands.choose(self.choice)
        hands.tick(*self.ticks)
        if self.note[0]:
            hands.write(*self.note)
        if self.words:
            hands.write("Dit svar", self.words)
        hands.press(self.press)


def answer(hands: Hands, turns: Sequence[Turn], at: Callable[[str], None]) -> None:
    """Give the answers one by one, each when its question is there."""
    for turn in turns:
        at(turn.asked)
        turn.answer(hands)


YELLOW = (
    Turn("bange for barnets sikkerhed", "Nej"),
    Turn("Hvor meget tid har du", "Det hele"),
    Turn("kalde barnet", words=CHILD),
    Turn("Hvor gammelt er barnet", "10–12 år, 4.–6. klasse"),
    Turn("Hvordan kender du barnet", choice="Klasselærer", note=("Hvor længe", "To år")),
    Turn("Hvad får dig til at stoppe op", words=SEEN),
    Turn("Hvad handler det mest om", ticks=("Venner", "Humør")),
    Turn("tegn hos barnet", ticks=("Er ofte alene", "Er trist")),
    Turn("Hvor længe har du set det", choice="2–11 uger"),
    Turn("Hvor tit sker det", "Flere gange om ugen"),
    Turn("Bliver det mere eller mindre", "Mere"),
    Turn("Hvor ser du det", ticks=("I frikvarteret",), note=("Hvor ser du det ikke", "Bedst, når han må tegne.")),
    Turn("Hvad er barnet god til", words="Tegner godt."),
    Turn("Hvad siger barnet selv", words="«Jeg vil gerne være med.»"),
    Turn("Hvad ønsker barnet skal ske", "Spring over"),
    Turn("Har du talt med forældrene", choice="Ja"),
    Turn("Har forældrene sagt ja", choice="Ja, mundtligt"),
    Turn("noget omkring barnet", "Spring over"),
    Turn("Hvad har I prøvet", words="Ny plads ved vinduet"),
    Turn("Hvordan virkede det", "Lidt"),
    Turn("Hvad vil du gerne have hjælp til", ticks=("Råd",)),
    Turn("Er du enig i farven", choice="Enig"),
)
RED = (
    Turn("bange for barnets sikkerhed", "Ja"),
    Turn("Hvad handler det om", "Vold eller mærker på kroppen"),
    Turn("hvem mistanken gælder", "En, som barnet bor med"),
    Turn("kalde barnet", words="Uglen"),
    Turn("Hvor gammelt er barnet", "6–9 år, 0.–3. klasse"),
    Turn("Hvordan kender du barnet", choice="Klasselærer"),
    Turn("Hvad får dig til at stoppe op", words="Hun fortalte i idrætstimen, at hendes far slog hende i går."),
)
