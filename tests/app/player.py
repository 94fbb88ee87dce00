"""Plays a written conversation over the real use cases, and says what the person would read.

A step is one of: `siger` (typed), `trykker` (a button, a choice or a row, by its label or how the label begins),
`trykker igen` (the same on an older message), `udfylder` (the web's own form: `valg` are option ids, `tekst`, `ord`
beside a choice), `kigger` (looks without doing anything), `kommando`, `sender medie`, `teamet` (what a team member does
to the latest case), `møde` (a network meeting that day), `stopper` (a person is deactivated). `kl` moves
the clock first; `som` says who writes, and where.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, time
from typing import Any

from dialogs.cases.forms import FIELDS, read_act
from dialogs.meetings.model import Meeting, Seat, Wall
from dialogs.notices import Wish
from dialogs.replies import Card
from dialogs.types import Problem
from dialogs.workdays import COPENHAGEN
from tests.app.kit import WRITER, Chat, House, Press, local

DOES = (
    "møde",
    "siger",
    "trykker",
    "trykker igen",
    "udfylder",
    "kigger",
    "kommando",
    "sender medie",
    "teamet",
    "stopper",
)
NAMES = {
    "say": "siger", "question": "spørger", "problem": "afviser", "summary": "resumé", "acute": "akut", "list": "liste",
    "light": "farve", "receipt": "kvittering",
}  # fmt: skip


class Player:
    """One house, and the chats that the conversation moves between."""

    def __init__(self, begins: str) -> None:
        self.house = House(local(begins))
        self.chats: dict[tuple[str, str, int], Chat] = {}
        self.chat = self._as({})
        self.pressed: list[Press] = []
        self.helps = {q.help for form in self.house.content.forms.values() for q in form.questions}
        self.said: list[Card] = []

    def step(self, step: Mapping[str, Any]) -> list[str]:
        """Do one step; what the bot says, and what notices it books."""
        if "kl" in step:
            self.house.clock.at = local(str(step["kl"]))
        if "som" in step:
            self.chat = self._as(step["som"])
        (verb,) = [key for key in step if key in DOES]
        before = {wish.dedupe_key for wish in self.house.wishes()}
        lines = list(self._do(verb, step[verb]))
        return [*lines, *notices([wish for wish in self.house.wishes() if wish.dedupe_key not in before])]

    def _as(self, who: Mapping[str, Any]) -> Chat:
        key = (who.get("person", WRITER), who.get("kanal", "web"), int(who.get("loft", 2)))
        return self.chats.setdefault(key, Chat(self.house, *key))

    def _do(self, verb: str, what: Any) -> Iterator[str]:
        chat = self.chat
        if verb == "møde":
            self.house.run(lambda uow: uow.meetings.add(network_meeting(str(what))))
            return
        if verb == "stopper":
            self.house.leaves(str(what))
            return
        if verb == "teamet":
            yield from self._team(what)
            return
        plain: Mapping[str, Callable[[], str]] = {
            "siger": lambda: chat.says(str(what)),
            "trykker": lambda: chat.presses(str(what)),
            "trykker igen": lambda: chat.presses_old(self._old(str(what))),
            "udfylder": lambda: chat.fills(*what.get("valg", ()), text=what.get("tekst", ""), note=what.get("ord", "")),
            "kigger": chat.opens,
            "kommando": lambda: chat.commands(str(what)),
            "sender medie": chat.sends_media,
        }
        plain[verb]()
        self.pressed += chat.presses_shown
        self.said += chat.reply.cards
        for card in chat.reply.cards:
            yield self._line(card)
        if chat.reply.refused:
            yield "(beskeden skal væk fra chatten)"

    def _old(self, label: str) -> Press:
        now = {press.act for press in self.chat.presses_shown}
        found = [press for press in self.pressed if press.label.startswith(label) and press.act not in now]
        assert found, f"no older message had {label!r}"
        return found[-1]

    def _team(self, step: Mapping[str, Any]) -> Iterator[str]:
        case = self.house.cases()[-1]
        if step["gør"] == "look":
            page = self.house.team_opens(step["hvem"], case.id)
            yield "teamet: åbner sagen" if page else "teamet: sagen findes ikke for dem"
            return
        fields = {name: str(step.get(name, "")) for name in FIELDS[step["gør"]]}
        act = read_act(step["gør"], fields, self.house.clock.now(), COPENHAGEN)
        assert not isinstance(act, Problem), act
        done = self.house.team_does(step["hvem"], case.id, act)
        yield f"teamet: {step['gør']}, {', '.join(p.code for p in done.problems) or 'i orden'}"

    def _line(self, card: Card) -> str:
        text = card.text
        if card.kind == "question":
            text = " / ".join(part for part in card.text.split("\n\n") if part not in self.helps)
            return f"spørger {card.at}/{card.of}: {text}{f' [{_labels(card)}]' if card.at == 0 else ''}"
        rows = [f"{row.label}: {row.text}" for row in card.rows]
        folded = f"(fold ud: {card.detail_title})\n{card.detail}" if card.kind == "say" and card.detail_title else ""
        duty = "(fold ud: pligten)" if "Din pligt til at underrette" in card.detail else folded
        buttons = f"[{_labels(card)}]" if card.buttons else ""
        said = "\n".join(part.strip() for part in (card.title, text, *rows, duty, buttons) if part.strip())
        return f"{NAMES[card.kind]}: {said}".replace("\n\n", "\n")


def network_meeting(day: str) -> Meeting:
    """A network meeting at two o'clock that day: the leader has called it, and the writer is asked."""
    seats = (Seat("s1", "LED", "laerke-leder", answer="yes"), Seat("s2", "LAER", WRITER), Seat("s3", "parent"))
    starts = Wall(date.fromisoformat(day), time(14))
    return Meeting("moede", "network", "laerkeskolen", starts, 60, seats, chair="s1", code="M8DE-Birk")


def notices(wishes: list[Wish]) -> list[str]:
    """The notices that a step books, those alike on one line."""
    found: dict[tuple[str, str], list[str]] = {}
    for wish in wishes:
        when = f"{wish.due_at.astimezone(COPENHAGEN):%d.%m. kl. %H.%M}"
        found.setdefault((when, wish.template), []).append(wish.recipient)
    return [f"besked {when}: {template} → {', '.join(people)}" for (when, template), people in found.items()]


def _labels(card: Card) -> str:
    return " | ".join(button.label for row in card.buttons for button in row)
