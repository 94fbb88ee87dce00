"""The ways from the chat to the secure page: what a short name opens, and the button that asks for a fresh link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from bot.app.turns.turn import Turn
from dialogs.acts import Go, encode
from dialogs.replies import Button

PREFIX: Final[dict[str, str]] = {
    "d": "draft", "c": "case", "p": "plan",
    "m": "meeting", "s": "meeting_substitute", "n": "meeting_no",
}  # fmt: skip

Kind = Literal["draft", "case", "plan"]


@dataclass(frozen=True)
class Target:
    """What a link opens; `question` is the one that was open when the link was made."""

    kind: str
    id: str
    question: str = ""


def button(t: Turn, kind: Kind, thing: str, *, write: bool = False) -> tuple[tuple[Button, ...], ...]:
    """The way to the secure page, as a row of buttons; none where there is no address to lead to."""
    if not t.world.public_url:
        return ()
    label = t.words("secure.write" if write else "secure.read")
    return ((Button(label, encode(Go("secure", f"{kind[0]}-{thing}")), "primary"),),)


def read(arg: str) -> Target | None:
    """What a button's or a page's short name means."""
    prefix, _, thing = arg.partition("-")
    kind = PREFIX.get(prefix)
    return Target(kind, thing) if kind and thing.isalnum() and thing.isascii() else None
