"""What a person in the benchmark does next, given what the bot last showed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bench.peers.questions import CONFIRM, DONE, QUESTIONS, START, THANKS


@dataclass(frozen=True, slots=True)
class Say:
    """Write a text."""

    text: str


@dataclass(frozen=True, slots=True)
class Press:
    """Press the button with this callback data on the last message."""

    data: str


Act = Say | Press


@dataclass(frozen=True, slots=True)
class Shown:
    """What the bot last sent or edited."""

    text: str
    buttons: tuple[tuple[str, str], ...]  # (label, callback data)

    @staticmethod
    def of(message: Mapping[str, Any]) -> Shown:
        """Read a Message document."""
        rows = (message.get("reply_markup") or {}).get("inline_keyboard", ())
        buttons = tuple((button["text"], button.get("callback_data", "")) for row in rows for button in row)
        return Shown(message.get("text", ""), buttons)


class Script(Protocol):
    """One person's way through a form; a new one per person. `finished` counts the forms she has sent."""

    finished: int

    def begin(self) -> Act:
        """The act that opens a form from any state."""
        ...

    def next(self, shown: Shown) -> Act | None:
        """The next act; None when this message asks for nothing and another is to come."""
        ...


class PeerScript:
    """The sixteen questions of the peers, by heart: it counts and does not read."""

    def __init__(self) -> None:
        self.finished = 0
        self._plan: list[Act | int | str] = []

    def begin(self) -> Act:
        """Start, and lay out what follows; numbers are places of buttons."""
        self._plan = []
        for question in QUESTIONS:
            match question.kind:
                case "text":
                    self._plan.append(Say("Det var i går i timen. Han ville ikke være med, og så gik han ud."))
                case "one":
                    self._plan.append(1)
                case "many":
                    self._plan += [0, 2, DONE]
        self._plan.append(CONFIRM)
        self._plan.reverse()
        return Say(START)

    def next(self, shown: Shown) -> Act | None:
        """The next planned act, and from the top when the form is sent."""
        if not self._plan:
            if shown.text != THANKS:
                raise AssertionError(f"the form should be sent by now, not at: {shown.text[:60]!r}")
            self.finished += 1
            return self.begin()
        act = self._plan.pop()
        match act:
            case int():
                return Press(shown.buttons[act][1])
            case str():
                return Press(next(data for label, data in shown.buttons if label == act))
            case _:
                return act
