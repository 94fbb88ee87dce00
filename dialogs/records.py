"""Records that the use cases keep between turns, and the one word that storage has for "not now"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any


class StorageBusy(Exception):  # noqa: N818 - a state, not a mistake
    """The database is busy, full, read-only or gone: nothing of this turn was saved, and it may be tried again."""


@dataclass(frozen=True)
class Conversation:
    """Where one person is, whatever channel they use: facts only, the reply is computed.

    `place` is what the chat is about now: "" (nothing), "draft:<id>", "thread:<case id>", "confirm:<verb>:<id>" …
    `alert` is the flow of an acute hint that waits for an answer; `asked` are the
    marks of the words that it is about; `cleared` are marks that the person has answered "no" to outside a draft.
    `pending` is a text that waits for a choice; it is deleted when the choice is made.
    `back` is the place that a question was asked from: one press leads there again.
    """

    person_id: str
    place: str = ""
    alert: str | None = None
    asked: tuple[str, ...] = ()
    cleared: tuple[str, ...] = ()
    pending: str | None = None
    back: str = ""
    misses: int = 0  # refusals in a row at the same question, for the loop breaker
    anchor: int | None = None  # the Telegram message that holds the open question
    reply: dict[str, Any] | None = None  # the last reply that the web showed, so that a page can show it again
    shown: str = ""  # what that reply was about; when the draft has moved on since, the page looks anew
    revision: int = 0

    @property
    def subject(self) -> tuple[str, str]:
        """What the conversation is about: its kind ("draft", "thread", "add" or "") and the rest, an id first."""
        return _kind_and_thing(self.place)

    @property
    def left(self) -> tuple[str, str]:
        """The same of what waits behind a question."""
        return _kind_and_thing(self.back)

    def without(self, thing_id: str) -> Conversation:
        """The same, leading nowhere to this thing: neither where the person is nor on the way back."""
        place, back = ("" if thing_id in one.split(":") else one for one in (self.place, self.back))
        return replace(self, place=place, back=back)


def _kind_and_thing(place: str) -> tuple[str, str]:
    kind, _, thing = place.partition(":")
    return kind, thing


@dataclass(frozen=True)
class Receipt:
    """The stored answer to one incoming event, so that a redelivery gets the same reply and does nothing."""

    key: str
    reply: Any  # plain data, or dataclasses of it: the store writes JSON and gives plain data back
    at: datetime


@dataclass(frozen=True)
class Invite:
    """A one-time code that binds a role at a school to whoever brings it first. Only its hash is stored."""

    code_hash: str
    role: str
    school_id: str
    person_id: str | None
    expires_at: datetime
    used_at: datetime | None = None
    web_only: bool = False  # may live longer than ten minutes, and then binds no chat


@dataclass(frozen=True)
class Trace:
    """One message that stands in a Telegram chat, the bot's or the person's, since when: no word of it."""

    chat_id: int
    message_id: int
    person_id: str
    at: datetime


class Moved(Exception):  # noqa: N818 - a state, not a mistake
    """Somebody else changed the row since it was read: nothing is written, and the work is run again."""
