"""What the assistant says back, free of any channel: cards with words, rows, buttons and at most one place to write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import orjson

CardKind = Literal["say", "question", "problem", "summary", "acute", "list", "light", "receipt"]
ButtonStyle = Literal["primary", "secondary", "quiet", "danger"]
EntryKind = Literal["text", "date", "number", "list", "choice", "choices"]


@dataclass(frozen=True)
class Button:
    """A press. `act` is the ≤ 64-byte code of dialogs/acts.py; `on` shows a tick that is set (None: no tick)."""

    label: str
    act: str
    style: ButtonStyle = "secondary"
    on: bool | None = None


@dataclass(frozen=True)
class Choice:
    """One option of a question, for channels that draw real radio buttons and boxes."""

    id: str
    label: str
    act: str = ""  # the press that picks it, or sets/clears its tick
    on: bool = False
    exclusive: bool = False


@dataclass(frozen=True)
class Entry:
    """What may be written or ticked for the open question; `act` is where a channel's own form posts it."""

    kind: EntryKind
    act: str
    label: str
    choices: tuple[Choice, ...] = ()
    note: str | None = None  # label of the words beside a choice
    value: str = ""
    max_length: int = 4_000
    max_picks: int | None = None
    required: bool = False


@dataclass(frozen=True)
class Row:
    """A labelled line; `act` lets the person change it; `mark` is a light or a state that also has words."""

    label: str
    text: str
    act: str | None = None
    mark: str | None = None


@dataclass(frozen=True)
class Card:
    """One bubble. `data_class` is the highest class of anything in it; a channel refuses what is above its ceiling."""

    kind: CardKind
    text: str
    title: str = ""
    rows: tuple[Row, ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = ()
    entry: Entry | None = None
    at: int = 0
    of: int = 0
    detail_title: str = ""
    detail: str = ""
    faint: str = ""  # small and grey, but in sight: what the answer rests on has not been read well enough
    light: str | None = None
    data_class: int = 0
    link: str = ""  # a page of ours that this card leads to, as a path; a channel without pages says it in words
    link_label: str = ""


@dataclass(frozen=True)
class Reply:
    """Everything said for one event. `edits` asks the channel to change the pressed message instead of adding one."""

    cards: tuple[Card, ...]
    edits: bool = False
    refused: bool = False  # the person's own message held something that must not stay in the chat
    toast: str = ""  # a short receipt for a button press


def dump(reply: Reply) -> dict[str, Any]:
    """Plain JSON data of a reply, for the stored receipt."""
    return orjson.loads(orjson.dumps(reply))  # reads dataclasses itself; ten times as fast as asdict


def load(data: dict[str, Any]) -> Reply:
    """The reply that `dump` wrote."""
    return Reply(
        cards=tuple(_card(card) for card in data["cards"]),
        edits=data["edits"],
        refused=data["refused"],
        toast=data["toast"],
    )


def _card(data: dict[str, Any]) -> Card:
    entry: dict[str, Any] | None = data["entry"]
    fields: dict[str, Any] = dict(data)
    fields["rows"] = tuple(Row(**row) for row in data["rows"])
    fields["buttons"] = tuple(tuple(Button(**button) for button in row) for row in data["buttons"])
    fields["entry"] = None if entry is None else _entry(entry)
    return Card(**fields)


def _entry(data: dict[str, Any]) -> Entry:
    fields: dict[str, Any] = dict(data)
    fields["choices"] = tuple(Choice(**choice) for choice in data["choices"])
    return Entry(**fields)
