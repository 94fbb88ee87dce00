"""How the assistant's cards are drawn in a browser: which buttons stay, and where the answer is given."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from dialogs.acts import DraftAct, Go, decode
from dialogs.replies import Button, Card, Reply, Row

MARK = re.compile(r"([0-9]{1,4})\.")
# Always at hand below the chat: the command and its icon; and what a person may begin at any time.
QUICK = {"tilbage": "arrow-back", "hjaelp": "help", "gem": "save", "akut": "warning"}
NEW = ("ny", "trafiklys", "dele", "kladder")


def asking(reply: Reply) -> Card | None:
    """The card that waits for an answer, if any: the last one with a place to write or tick."""
    return next((card for card in reversed(reply.cards) if card.entry), None)


def buttons_of(card: Card) -> tuple[tuple[Button, ...], ...]:
    """The card's buttons, less those that a browser draws better: choices, rows, the form's own, the quick bar."""
    entry = card.entry
    drawn = {row.act for row in card.rows} | ({choice.act for choice in entry.choices} if entry else set[str]())
    rows = (tuple(b for b in row if b.act not in drawn and not _at_hand(b.act, card)) for row in card.buttons)
    return tuple(row for row in rows if row)


def _at_hand(act_code: str, card: Card) -> bool:
    """Whether the quick bar or the form's own button already does this."""
    match decode(act_code):
        case Go("help" | "acute"):
            return True
        case DraftAct("back" | "help"):
            return True
        case DraftAct("done" | "save"):
            return card.entry is not None
        case _:
            return False


def one_press(card: Card) -> bool:
    """Whether picking one choice can be the whole answer: then each choice is a button of its own."""
    entry = card.entry
    return entry is not None and entry.kind == "choice" and entry.note is None


def mark_of(history: Sequence[Row]) -> str:
    """What a page shows of the past, in short: how many answers, and a digest that changes when one does."""
    digest = hashlib.sha256(repr([(row.label, row.text, row.act) for row in history]).encode("utf-8", "replace"))
    return f"{len(history)}.{digest.hexdigest()[:16]}"


def added_since(history: Sequence[Row], mark: str) -> Sequence[Row] | None:
    """The answers that came after what the page shows, or None when something earlier has changed too."""
    found = MARK.match(mark)
    count = int(found[1]) if found else 0
    if not found or count > len(history) or mark_of(history[:count]) != mark:
        return None
    return history[count:]
