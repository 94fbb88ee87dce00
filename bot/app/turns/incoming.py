"""What a person did, whatever the channel, and who they are on it."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.access import Actor

__all__ = ["Actor", "Command", "Filled", "Incoming", "Opened", "Pressed", "Said", "SentMedia"]


@dataclass(frozen=True)
class Said:
    """A typed message.

    `beside` when it was written in a field of its own next to the one for answers: then it is no answer by itself.
    """

    text: str
    beside: bool = False


@dataclass(frozen=True)
class Pressed:
    """A button; `act` is its code (dialogs/acts.py)."""

    act: str


@dataclass(frozen=True)
class Filled:
    """One of our own forms, sent whole."""

    act: str
    picks: tuple[str, ...] = ()
    text: str = ""
    note: str = ""


@dataclass(frozen=True)
class Command:
    """A slash command, without the slash."""

    name: str
    arg: str = ""


@dataclass(frozen=True)
class SentMedia:
    """A picture, a voice message, a file: never taken in, whatever it holds."""


@dataclass(frozen=True)
class Opened:
    """The person looks again: nothing happens, the open question is shown."""


Incoming = Said | Pressed | Filled | Command | SentMedia | Opened
