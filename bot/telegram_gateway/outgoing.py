"""From a reply to Telegram messages: plain text, bold titles, numbered choices, keyboards within the limits. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dialogs.replies import Button, Card, Choice, Reply

MAX_UNITS = 4_096  # Telegram counts UTF-16 units
ROOM = 3_600  # where a new message begins, so that a keyboard's list still fits
SHORT_LABEL = 30  # longer labels are cut on a phone: they stand in the text, and the buttons carry numbers
PAIR_LABEL = 14
NUMBERS_IN_A_ROW = 5
MAX_BUTTONS = 96  # of Telegram's 100 in a message
_SAYS_DETAIL = frozenset(
    {"acute", "light", "receipt", "say", "summary"}
)  # the duty to report is shown with every result
TICK, NO_TICK = "☑", "☐"


SECURE, LINK = "go:secure:", "go:link:"
PAGE = f"{SECURE}d-"  # a draft's question; a case is read by a one-time link


@dataclass(frozen=True)
class Doorway:
    """How this message's ways to the secure page look: the Mini App's address, and fresh links by their press."""

    app_url: str = ""
    links: Mapping[str, str] = field(default_factory=dict[str, str])
    on_buttons: bool = True  # Telegram takes no address of this machine on a button


NO_DOORWAY = Doorway()


@dataclass
class Outgoing:
    """One message: text, the bold parts of it, and the keyboard."""

    text: str = ""
    bold: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    keyboard: list[list[tuple[str, str]]] = field(default_factory=list[list[tuple[str, str]]])

    def body(self, chat_id: int, doorway: Doorway = NO_DOORWAY) -> dict[str, Any]:
        """The parameters of sendMessage; forwarding, saving and previews of links are off."""
        data: dict[str, Any] = {"chat_id": chat_id, "text": self.text + self._addresses(doorway)}
        data |= {"protect_content": True}
        if self.leads_out:
            data["link_preview_options"] = {"is_disabled": True}
        if self.bold:
            data["entities"] = [{"type": "bold", "offset": at, "length": size} for at, size in self.bold]
        if self.keyboard:
            data["reply_markup"] = self.markup(doorway)
        return data

    def markup(self, doorway: Doorway = NO_DOORWAY) -> dict[str, Any]:
        """The inline keyboard; a way out that Telegram takes no button for stands in the text."""
        rows = [[_key(label, act, doorway) for label, act in row] for row in self.keyboard]
        return {"inline_keyboard": [kept for row in rows if (kept := [key for key in row if key])]}

    @property
    def leads_out(self) -> list[str]:
        """The presses that want a fresh one-time link."""
        return [act for row in self.keyboard for _, act in row if act.startswith(LINK)]

    def _addresses(self, doorway: Doorway) -> str:
        urls = [doorway.links[act] for act in self.leads_out if act in doorway.links and not doorway.on_buttons]
        return "".join(f"\n{url}" for url in urls)


def _key(label: str, act: str, doorway: Doorway) -> dict[str, Any] | None:
    """One button. A draft's secure page opens as a Mini App where it can; without a fresh link there is no way out."""
    if act.startswith(LINK):
        return {"text": label, "url": doorway.links[act]} if act in doorway.links and doorway.on_buttons else None
    if act.startswith(PAGE) and doorway.app_url:
        return {"text": label, "web_app": {"url": f"{doorway.app_url}/m?til={act.removeprefix(SECURE)}"}}
    return {"text": label, "callback_data": act}


def units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def messages(reply: Reply) -> list[Outgoing]:
    """The reply as few messages as fit, in order. The last one carries the open question."""
    done: list[Outgoing] = []
    now = Outgoing()
    for card in reply.cards:
        keyboard = list(_keyboard(card))
        for title, text in _blocks(card):
            if now.text and units(now.text) + units(title) + units(text) > ROOM:
                done.append(now)
                now = Outgoing()
            _append(now, title, text)
        now.keyboard += keyboard
    if now.text:
        done.append(now)
    for message in done:
        message.keyboard = _fitting(message.keyboard)
    return done


def _fitting(rows: list[list[tuple[str, str]]]) -> list[list[tuple[str, str]]]:
    """The rows within Telegram's limit. What is left out is taken from above: the ways on and out stand at the end."""
    left = MAX_BUTTONS
    kept: list[list[tuple[str, str]]] = []
    for row in reversed(rows):
        left -= len(row)
        if left < 0:
            break
        kept.append(row)
    return kept[::-1]


def _append(message: Outgoing, title: str, text: str) -> None:
    if not (title or text):  # only buttons: they go below what the message says anyway
        return
    if message.text:
        message.text += "\n\n"
    if title:
        message.bold.append((units(message.text), units(title)))
        message.text += title + ("\n" if text else "")
    message.text += text


def _blocks(card: Card) -> Iterator[tuple[str, str]]:
    """The card's title and text, in pieces that each fit a message."""
    said = f"{card.at}/{card.of}\n{card.text}" if card.of else card.text
    rows = [": ".join(part for part in (row.label, row.text) if part) for row in card.rows]
    parts = [*rows, said] if card.kind == "summary" else [said, *rows]
    if card.entry is not None and _listed(card.entry.choices):
        parts.append("\n".join(f"{n}. {choice.label}" for n, choice in enumerate(card.entry.choices, 1)))
    if card.faint:
        parts.append(f"({card.faint})")
    if card.detail and card.kind in _SAYS_DETAIL:
        parts.append(card.detail)
    whole = "\n\n".join(part for part in parts if part)
    pieces = list(_pieces(whole)) or [""]
    yield card.title, pieces[0]
    for piece in pieces[1:]:
        yield "", piece


def _pieces(text: str) -> Iterator[str]:
    """Cut a long text at blank lines, lines, spaces, and only then inside a word; never inside a surrogate pair."""
    while units(text) > ROOM:
        head = text[:ROOM]
        while units(head) > ROOM:
            head = head[: len(head) - max(1, (units(head) - ROOM) // 2)]
        cut = max(head.rfind("\n\n"), head.rfind("\n"), head.rfind(" "))
        cut = cut if cut > ROOM // 2 else len(head)
        yield text[:cut].rstrip()
        text = text[cut:].lstrip()
    if text:
        yield text


def _listed(choices: Sequence[Choice]) -> bool:
    return any(len(choice.label) > SHORT_LABEL for choice in choices)


def _keyboard(card: Card) -> Iterator[list[tuple[str, str]]]:
    if card.entry is not None and card.entry.choices:
        yield from _choice_rows(card.entry.choices, ticks=card.entry.kind == "choices")
    if (card.kind == "list" and not card.buttons) or (card.kind == "list" and any(row.act for row in card.rows)):
        yield from _row_buttons(card)
    for row in card.buttons:
        yield [_pair(button) for button in row]


def _choice_rows(choices: Sequence[Choice], *, ticks: bool) -> Iterator[list[tuple[str, str]]]:
    def mark(choice: Choice) -> str:
        return f"{TICK if choice.on else NO_TICK} " if ticks else ""

    if _listed(choices):
        cells = [(f"{mark(choice)}{n}", choice.act) for n, choice in enumerate(choices, 1)]
        yield from (cells[at : at + NUMBERS_IN_A_ROW] for at in range(0, len(cells), NUMBERS_IN_A_ROW))
        return
    named = [(f"{mark(choice)}{choice.label}", choice.act) for choice in choices]
    width = 2 if len(named) > 2 and all(len(label) <= PAIR_LABEL + 2 for label, _ in named) else 1
    yield from (named[at : at + width] for at in range(0, len(named), width))


def _row_buttons(card: Card) -> Iterator[list[tuple[str, str]]]:
    cells = [(re.sub(r"\s+", " ", row.label)[:SHORT_LABEL], row.act) for row in card.rows if row.act]
    yield from (cells[at : at + 2] for at in range(0, len(cells), 2))


def _pair(button: Button) -> tuple[str, str]:
    tick = "" if button.on is None else f"{TICK if button.on else NO_TICK} "
    return f"{tick}{button.label}", button.act
